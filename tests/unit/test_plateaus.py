"""Where XOR rests: known numbers, and that nothing that answers those rows alike does better."""

import numpy as np
import pytest

from backprop import Network, backward, forward
from backprop.plateaus import CONVENTIONS, PLATEAUS, TARGETS
from backprop.serving.stuck import stuck_table

KNOWN = {  # by hand
    "half": (0.25, 0.125, np.log(2)), "two": (0.125, 0.0625, np.log(2) / 2),
    "one": (1 / 6, 1 / 12, (2 * np.log(1.5) + np.log(3)) / 4),
}


@pytest.mark.parametrize("plateau", PLATEAUS, ids=lambda plateau: plateau.name)
def test_the_losses_are_the_known_ones(plateau):
    for convention, wanted in zip(CONVENTIONS, KNOWN[plateau.name], strict=True):
        assert plateau.loss(convention) == pytest.approx(wanted, rel=1e-12)
        assert plateau.loss(convention, "sum") == pytest.approx(4 * wanted, rel=1e-12)


@pytest.mark.parametrize("plateau", PLATEAUS, ids=lambda plateau: plateau.name)
def test_each_is_what_the_engines_own_loss_says_of_such_outputs(plateau):
    """A network of one row per input: its output is sigmoid(w), so any four outputs can be had, but for 0 and 1."""
    for outputs in plateau.outputs:
        a = np.clip(outputs, 1e-12, 1 - 1e-12)
        network = Network([np.log(a / (1 - a))[:, None]], activations=["sigmoid"])
        for convention in CONVENTIONS:
            found = backward(network, forward(network, np.eye(4)), np.array(TARGETS)[:, None], loss=convention)
            assert plateau.loss(convention) == pytest.approx(found.loss, abs=1e-9)


@pytest.mark.parametrize("convention", CONVENTIONS)
@pytest.mark.parametrize("plateau", PLATEAUS, ids=lambda plateau: plateau.name)
def test_no_other_shared_answer_is_better(plateau, convention):
    targets = np.array(TARGETS)
    for outputs in plateau.outputs:
        shared = np.array(outputs) != targets
        assert shared.sum() == plateau.alike

        def loss(c, shared=shared):
            t = targets[shared]
            terms = {"squared_error": (c - t) ** 2, "half_squared_error": (c - t) ** 2 / 2,
                     "binary_cross_entropy": -t * np.log(c) - (1 - t) * np.log(1 - c)}[convention]
            return terms.sum() / 4

        value = np.array(outputs)[shared][0]
        assert loss(value) == pytest.approx(plateau.loss(convention))
        assert all(loss(c) >= loss(value) for c in np.linspace(0.01, 0.99, 99))


def test_all_variants_are_there_and_differ():
    assert [len(set(plateau.outputs)) for plateau in PLATEAUS] == [1, 4, 4]
    assert PLATEAUS[2].outputs[3] == (0.0, 2 / 3, 2 / 3, 2 / 3)


def test_the_table_has_an_0_125_of_two_kinds():
    rows = {row["name"]: row["losses"] for row in stuck_table()["rows"]}
    assert rows["two"]["squared_error"]["mean"] == rows["half"]["half_squared_error"]["mean"] == 0.125

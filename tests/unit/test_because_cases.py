"""Each case of a number has its own sentence: a zero, a sign, a saturated slope, a target reached, a shut gate."""

from __future__ import annotations

import math
import re

import pytest

from backprop import Network, trace
from backprop.because import backward, forward, loss, show, update
from backprop.because.words import sentence
from backprop.signs import SIGNS
from tests.unit.tape_networks import entry_of, textbook


@pytest.mark.parametrize(("value", "shown"), [
    (0.0, "0"), (-0.0, "0"), (1.0, "1"), (-0.5, "−0.5"), (0.66507363, "0.6651"), (12345.678, "12345.678"),
    (0.000954655, "0.00095"), (-0.00003, "−0.00003"), (3.14e-9, "3.1×10⁻⁹"), (-2e-300, "−2×10⁻³⁰⁰"), (1e22, "1×10²²"),
    (100.0, "100"), (0.00099999, "0.001"), (math.inf, "more than can be written")])
def test_numbers_as_they_are_read(value: float, shown: str) -> None:
    assert show(value) == shown


def test_a_sentence_opens_with_a_capital_or_with_a_node() -> None:
    assert sentence("the output") == "The output."
    assert sentence("h1 answers") == "h1 answers."
    assert sentence("h1_2's sum") == "h1_2's sum."


def one_node(kind: str, z: float, t: float, loss_name: str = "half_squared_error", eta: float = 1.0) -> dict[str, str]:
    tape = trace(Network([[[z]]], activations=[kind]), [1.0], [t], loss=loss_name, learning_rate=eta)
    return {entry.id: entry.because for entry in tape}


def test_a_zero_input_is_named_as_the_reason() -> None:
    tape = trace(textbook().network, [0.0, 0.7], [0.5], loss="half_squared_error", learning_rate=1.0)
    assert entry_of(tape, "grad:x1>h1").because.startswith("x1 was 0, so the weight x1→h1 had nothing to multiply")
    assert "only x2" in entry_of(tape, "h1.z").because.lower()
    assert re.search("no reason to move|it stays", entry_of(tape, "change:x1>h1").because)
    assert entry_of(tape, "new:x1>h1").because == "The weight x1→h1 stays at 0.2."


def test_a_target_reached_exactly_leaves_no_blame() -> None:
    said = one_node("linear", 2.0, 2.0)
    assert "so there is no loss" in said["loss"]
    assert "no blame to hand out" in said["o1.grad_a"]
    assert "nothing to blame o1 for" in said["o1.delta"]
    assert said["grad:x1>o1"] == "The delta of o1 is 0, and so is the gradient of the weight x1→o1."
    assert said["new:x1>o1"] == "The weight x1→o1 stays at 2."


def test_a_saturated_node_is_called_so() -> None:
    said = one_node("sigmoid", 9.0, 0.0)
    assert "all but 1" in said["o1.a"]
    assert "saturated" in said["o1.slope"]
    assert said["o1.delta"].startswith("Hardly any blame gets past so flat a slope")
    assert "flat to the last digit" in one_node("sigmoid", 50.0, 0.0)["o1.slope"]
    assert "none of the blame" in one_node("tanh", 50.0, 0.0)["o1.delta"]


def test_gates_are_open_or_shut() -> None:
    shut = trace(Network([[[-1.0]], [[1.0]]], activations=["relu", "linear"]), [2.0], [1.0], loss="squared_error",
                 learning_rate=1.0)
    assert "gate of h1 stays shut" in entry_of(shut, "h1.a").because
    assert "its gate is shut" in entry_of(shut, "h1.slope").because
    assert "its gate is shut" in entry_of(shut, "h1.delta").because
    assert "open" in one_node("relu", 2.0, 1.0)["o1.slope"]
    assert "exactly 0, which counts as shut" in one_node("relu", 0.0, 1.0)["o1.slope"]
    assert "a hundredth" in one_node("leaky_relu", -2.0, 1.0)["o1.slope"]


def test_gaps_and_gradients_of_either_sign() -> None:
    high, low = one_node("linear", 3.0, 1.0), one_node("linear", 1.0, 3.0)
    assert high["o1.grad_a"].endswith("2 too high, so a higher output would raise the loss.")
    assert low["o1.grad_a"].endswith("2 too low, so a higher output would lower the loss.")
    assert "would raise the loss" in high["o1.delta"]
    assert "would lower the loss" in low["o1.delta"]
    assert "goes down by 2" in high["change:x1>o1"]
    assert "goes up by 2" in low["change:x1>o1"]
    assert "at twice that rate" in one_node("linear", 3.0, 1.0, "squared_error")["o1.grad_a"]


def test_a_learning_rate_of_zero_moves_nothing() -> None:
    said = one_node("linear", 3.0, 1.0, eta=0.0)
    assert said["change:x1>o1"] == "A learning rate of 0 moves nothing, so the weight x1→o1 stays where it is."


@pytest.mark.parametrize(("w", "words"), [
    (0.0, "hands nothing back"), (0.01, "little blame comes back"), (0.3, "handed only 0.3 of the delta of o1"),
    (1.0, "handed all of the delta of o1"), (2.5, "more than the delta of o1 itself"),
    (-0.5, "with the sign turned: −0.1")])
def test_shares_by_the_weight_they_came_through(w: float, words: str) -> None:
    assert words in backward.share("h1", "o1", w, 0.2, w * 0.2, 0, SIGNS["gradient"])


@pytest.mark.parametrize(("shares", "words"), [
    ([("o1", 0.0)], "o1 handed nothing back"), ([("o1", 0.5)], "feeds only o1"),
    ([("o1", 0.5), ("o2", -0.5)], "cancel exactly"), ([("o1", 0.5), ("o2", 0.1)], "both shares agree"),
    ([("o1", 0.5), ("o2", -0.1)], "that of o1, 0.5, prevails"), ([("o1", 0.5), ("o2", 0.0)], "only o1 has blame"),
    ([("o1", -0.5), ("o2", 0.3), ("o3", 0.4)], "the others together outweigh it"),
    ([("o1", 0.3), ("o2", 0.3), ("o3", 0.3)], "all 3 shares agree")])
def test_shares_add_up_in_words(shares: list[tuple[str, float]], words: str) -> None:
    assert words in backward.answers_for("h1", shares, sum(share for _, share in shares), 0, SIGNS["gradient"]).lower()


@pytest.mark.parametrize(("pushes", "bias", "words"), [
    ([("x1", 0.0), ("x2", 0.0)], None, "nothing but zeros"), ([("x1", 0.0)], 0.5, "only its own bias of 0.5"),
    ([("x1", 0.5), ("x2", -0.5)], None, "cancel exactly"), ([("x1", 0.5), ("x2", -0.2)], None, "by only 0.2"),
    ([("x1", 0.2), ("x2", -0.5)], None, "x2 pulls h1 down by 0.5, and x1 pushes it up by only 0.2"),
    ([("x1", -0.5), ("x2", -0.4)], None, "x1 takes away 0.5 and x2 takes away 0.4"),
    ([("x1", 0.9), ("x2", 0.1)], None, "x1 speaks loudest"), ([("x1", 0.5), ("x2", -0.2)], -0.1, "more pushes h1 up"),
    ([("x1", 0.5), ("x2", -0.49999)], None, "all but cancel"),
    ([("x1", 0.5)], None, "x1 is all that feeds h1"), ([(f"x{k}", 0.1 * k) for k in range(1, 5)], None, "x4 the most")])
def test_sums_in_words(pushes: list[tuple[str, float]], bias: float | None, words: str) -> None:
    z = sum(amount for _, amount in pushes) + (bias or 0.0)
    said = forward.pre_activation("h1", pushes, bias, z, 0)
    assert words in said[0].lower() + said[1:]


@pytest.mark.parametrize(("a", "t", "words"), [
    (0.9999, 1.0, "all but said it"), (0.00001, 1.0, "all but ruled it out"), (0.5, 1.0, "a chance of 0.5"),
    (0.25, 0.0, "left it a chance of 0.75"), (0.3, 0.3, "about the 0.3 wanted"), (0.3, 0.6, "said 0.3 where 0.6")])
def test_binary_cross_entropy_in_words(a: float, t: float, words: str) -> None:
    value = -t * math.log(a) - (1 - t) * math.log(1 - a)
    assert words in loss.binary("o1", a, t, value)


@pytest.mark.parametrize(("a", "t", "words"), [
    (0.3, 0.0, "not the right answer"), (0.25, 1.0, "a share of 0.25; minus the logarithm of that is 1.3863"),
    (0.99999, 1.0, "all but the whole share"), (1e-6, 1.0, "next to no share"), (0.25, 0.5, "where 0.5 was wanted")])
def test_cross_entropy_in_words(a: float, t: float, words: str) -> None:
    assert words in loss.share("o1", a, t, -t * math.log(a))


def test_a_weight_that_crosses_zero_is_told() -> None:
    assert "crosses zero, from 0.1 to −0.2" in update.new("h1", "o1", 0.1, -0.3, -0.2, False, 0)
    assert "leans the other way" in update.new("b", "o1", -0.1, 0.3, 0.2, False, 0)
    assert "still reads 0.5" in update.new("h1", "o1", 0.5, 1e-9, 0.5 + 1e-9, False, 0)
    assert "lost beyond its last digit" in update.new("h1", "o1", 0.5, 1e-30, 0.5, False, 0)

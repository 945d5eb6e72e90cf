"""One word and one sign for each quantity of a pass: delta, share, gradient and change are never called each other."""

from __future__ import annotations

import re

import pytest

from backprop.because import show
from backprop.entries import Entry, Tape
from backprop.exports import worked_solution
from backprop.signs import SIGNS
from tests.unit.exported import pass_of
from tests.unit.tape_networks import entry_of, reference_cases, textbook

TAPES = [pytest.param(turn.trace(), id=f"{name} {turn.sign}") for name, case in reference_cases()
         for turn in (case, case.turned())]


@pytest.mark.parametrize("tape", TAPES)
def test_a_change_is_capital_delta_and_small_delta_is_only_in_what_is_handed_back(tape: Tape) -> None:
    for entry in tape:
        assert (r"\Delta" in entry.symbol) == entry.id.startswith("change:"), entry.id
        assert (r"\delta" in entry.symbol) == entry.id.startswith("blame:"), entry.id


@pytest.mark.parametrize("tape", TAPES)
def test_a_piece_is_called_by_the_one_word_of_its_quantity(tape: Tape) -> None:
    words = {"grad_a": {"blame of"}, "slope": {"slope of"}, "delta": {"delta of", "error term of"},
             "blame": {"share from"}, "grad": {"its gradient", "minus its gradient"}, "change": {"its change"}}
    for piece in (piece for entry in tape for piece in entry.pieces if piece.ref):
        kind = re.sub(r"^(\w+):.*|.*\.(\w+)$", r"\1\2", str(piece.ref))
        if kind in words:
            assert any(piece.meaning.startswith(word) for word in words[kind]), (piece.ref, piece.meaning)


@pytest.mark.parametrize("tape", TAPES)
def test_only_what_is_added_up_is_a_share_and_none_is_of_more_than_it_all(tape: Tape) -> None:
    for entry in tape:
        if entry.id.startswith(("grad:", "change:", "new:")):
            said = entry.because
            assert not re.search(r"share|that much of|that many times|answers? for|blame of", said), said


def test_a_gradient_is_delta_times_what_was_sent() -> None:
    """0.5523 and 0.5781 of one blame would be more than all of it."""
    tape = textbook().trace()
    assert entry_of(tape, "grad:h1>o1").because == (
        "The delta of o1 times the 0.5523 that h1 sent along the weight h1→o1: 0.0203.")
    assert "error term of o1 times" in entry_of(textbook().turned().trace(), "grad:h1>o1").because


@pytest.mark.parametrize("sign", SIGNS)
def test_one_share_is_told_to_be_the_only_one(sign: str) -> None:
    case = textbook() if sign == "gradient" else textbook().turned()
    for node in ("h1", "h2"):
        blame = entry_of(case.trace(), f"{node}.grad_a")
        assert isinstance(blame, Entry) and "only this one share" in blame.because
        assert blame.formula == rf"\delta_{{o_1}} w_{{h_{node[1]} \to o_1}}"
        assert show(blame.value) in blame.because or node == "h1"


def test_the_worked_solution_says_what_its_signs_are_short_for() -> None:
    plain, turned = (worked_solution(*pass_of("xor", sign)) for sign in SIGNS)
    assert "δ of a node is short for its ∂L/∂z." in plain
    assert "δ of a node is short for its −∂L/∂z." in turned
    assert "Δw is the change of a weight." in plain and r"\Delta w_{" in plain

"""Who goes on through a run in equal strides finds the next answers made: the same bytes, and bounded."""

from __future__ import annotations

from typing import Any

import pytest

from backprop.serving import read_ahead, run_pieces
from backprop.serving.answer_cache import AN_ANSWER_BYTES
from backprop.serving.read_ahead import MOST, MOST_BYTES, ReadAhead, after
from backprop.serving.run_answers import RunAnswers
from backprop.serving.wire import WithBytes
from tests.unit.counting import Counting
from tests.unit.run_specs import FATES, WILD

BODY = b"twelve bytes"


def asked(epoch: int, *, length: int = 10, every: int | None = 10, grid: int = 8, spec: Any = FATES) -> dict[str, Any]:
    return {"spec": spec.as_dict(), "epoch": epoch, "stop": epoch + length, "every": every, "grid": grid}


def made(strides: int) -> dict[read_ahead.Stride, WithBytes]:
    return {(number, number + 1, 1, 0): WithBytes(body=BODY) for number in range(strides)}


def test_twice_as_far_each_time_up_to_a_bound() -> None:
    ahead, stride, far = ReadAhead(), (0, 10, 10, 28), []
    for _ in range(6):
        far.append(ahead.far(stride, 100))
        stride = after(stride, 1 + far[-1])
        ahead.keep({}, stride)
    assert far == [0, 1, 3, 7, MOST, MOST]
    assert ahead.far(stride, 2) == 2  # there is no more to make
    assert ahead.far((0, 10, 10, 28), 100) == 0  # it goes back
    assert ahead.far(after(stride, 2), 100) == 1  # what was left out may have been refused
    assert ahead.far(after(stride, MOST + 1), 100) == 0  # it is elsewhere


@pytest.mark.parametrize("other", [
    (0, 10, 10, 28), (110, 120, 10, 28), (10, 25, 10, 28), (10, 20, 5, 28), (10, 20, 10, 0)])
def test_who_goes_elsewhere_or_asks_otherwise_has_nothing_made(other: read_ahead.Stride) -> None:
    ahead = ReadAhead()
    ahead.keep({}, after((0, 10, 10, 28)))
    assert ahead.far(other, 100) == 0


def test_what_was_made_is_given_once_and_replaced_by_the_next() -> None:
    ahead = ReadAhead()
    ahead.keep(made(3), (3, 4, 1, 0))
    assert ahead.size == 3 * (len(BODY) + AN_ANSWER_BYTES)
    assert ahead.take((1, 2, 1, 0)) == {"body": BODY}
    assert ahead.take((1, 2, 1, 0)) is None
    assert ahead.size == 2 * (len(BODY) + AN_ANSWER_BYTES)
    ahead.keep({}, (9, 10, 1, 0))
    assert ahead.size == 0


@pytest.mark.parametrize(("length", "every", "grid", "spec"), [
    (10, 10, 8, FATES), (10, 5, 8, FATES), (7, 3, 0, FATES), (10, 25, 8, FATES), (3, 1, 4, WILD),
])
def test_going_through_a_run_gives_what_each_question_gives_by_itself(
        length: int, every: int, grid: int, spec: Any) -> None:
    going = RunAnswers(Counting())
    for epoch in range(0, 300, length):
        question = asked(epoch, length=length, every=every, grid=grid, spec=spec)
        answer, alone = going.run(question), RunAnswers(Counting()).run(question)
        assert answer == alone
        assert answer.head == alone.head  # type: ignore[attr-defined]
        assert going.run(question) is answer
    assert going._size == sum(kept.size for kept in going._runs.values())


def test_most_questions_of_who_goes_on_are_answered_already() -> None:
    processor = Counting()
    answers = RunAnswers(processor)
    for epoch in range(0, 250, 10):
        answers.run(asked(epoch))
    assert processor.done == 2 + 6  # two stretches of training; the frames of 1, 2, 4, 8, 9 answers and of one
    answers.run(asked(100, length=20))
    assert processor.done == 9  # who asks otherwise has what is asked, and no more
    assert not next(iter(answers._runs.values())).ahead.size


def test_nothing_is_made_beyond_what_is_trained_and_what_is_small(monkeypatch: pytest.MonkeyPatch) -> None:
    processor = Counting()
    answers = RunAnswers(processor)
    for epoch in range(0, 251, 10):
        answers.run(asked(epoch))
    [kept] = answers._runs.values()
    assert kept.run.known == 512  # the last question needed epochs 256 to 259, and the next piece of training
    for epoch in range(260, 600, 20):
        answers.run(asked(epoch, length=20, every=1, grid=28))
        assert kept.ahead.size <= MOST_BYTES + MOST * AN_ANSWER_BYTES
    monkeypatch.setattr(run_pieces, "AHEAD_WORK", 0)
    for epoch in range(600, 700, 10):
        answers.run(asked(epoch))
        assert kept.ahead.size == 0


def test_losses_alone_are_not_made_ahead() -> None:
    answers = RunAnswers(Counting())
    for epoch in range(0, 100, 10):
        answers.run(asked(epoch, every=None, grid=0))
        assert next(iter(answers._runs.values())).ahead.size == 0

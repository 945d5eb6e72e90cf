"""Who goes on through a run in equal strides finds the next answers made: the same bytes, and bounded."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from typing import Any

import pytest

from backprop.bounds import EPOCH
from backprop.known_run import STRETCH
from backprop.serving import read_ahead, run_pieces
from backprop.serving.answer_cache import AN_ANSWER_BYTES
from backprop.serving.read_ahead import MOST, MOST_BYTES, ReadAhead, after, begins
from backprop.serving.run_answers import RunAnswers
from backprop.serving.wire import WithBytes
from tests.unit.counting import Counting
from tests.unit.run_specs import FATES, WILD, lane, xor

BODY = b"twelve bytes"


def asked(epoch: int, *, length: int = 10, every: int | None = 10, grid: int = 8, spec: Any = FATES) -> dict[str, Any]:
    return {"spec": spec.as_dict(), "epoch": epoch, "stop": epoch + length, "every": every, "grid": grid}


def made(strides: int) -> dict[read_ahead.Stride, WithBytes]:
    return {(number, number + 1, 1, 0): WithBytes(body=BODY) for number in range(strides)}


@pytest.mark.parametrize("steps", [(), (2,), (3, 5), (MOST,)])
def test_who_goes_on_is_worked_ahead_for(steps: read_ahead.Steps) -> None:
    ahead, stride, far = ReadAhead(steps), (0, 10, 10, 28), []
    for _ in range(5):
        far.append(ahead.far(stride, 100))
        stride = after(stride, 1 + far[-1])
        ahead.keep({}, stride)
    assert far == [0, *steps, *[MOST] * (4 - len(steps))]
    assert ahead.far(stride, 2) == 2  # there is no more to make
    assert ahead.far((0, 10, 10, 28), 100) == 0  # it goes back


def test_a_class_takes_short_steps_at_first_and_is_spread_over_the_moments_after_them() -> None:
    class_ = [begins(number) for number in range(80)]
    assert {steps[0] for steps in class_} == {0, 1}
    dear = Counter(1 + sum(1 + step for step in steps) for steps in class_)
    assert dear == dict.fromkeys(range(2, 10), 10)


def test_what_was_left_out_may_have_been_refused() -> None:
    for left_out, far in ((2, 3), (MOST, 3), (MOST + 1, 0)):
        ahead = ReadAhead((3,))
        ahead.keep({}, (10, 20, 10, 28))
        assert ahead.far(after((10, 20, 10, 28), left_out), 100) == far


def test_of_a_class_that_goes_through_runs_together_few_ask_for_dear_answers_at_a_time() -> None:
    answers, class_ = RunAnswers(Counting()), 32
    made = [[0] * class_ for _ in range(30)]
    for turn, of_turn in enumerate(made):
        for seed in range(class_):
            answers.run(asked(10 * turn, spec=xor(lane(0.5, seed))))
        for number, kept in enumerate(answers._runs.values()):
            of_turn[number] = len(kept.ahead._made)
    dear = [sum(now > max(before, 1) for before, now in zip(*turns, strict=True)) for turns in pairwise(made)]
    assert max(made[1]) == 1
    assert 0 < max(dear) <= class_ // 4


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
        assert answer.head == alone.head == WithBytes(answer).head  # as an encoder writes it
        assert going.run(question) is answer
    assert going._size == sum(kept.size for kept in going._runs.values())


def test_most_questions_of_who_goes_on_are_answered_already() -> None:
    processor = Counting()
    answers = RunAnswers(processor)
    for epoch in range(0, 250, 10):
        answers.run(asked(epoch))
    assert processor.done == 6  # the training and the frames of 1, 2, 9, 9 and 9 answers; a checkpoint is between
    answers.run(asked(100, length=20))
    assert processor.done == 7  # who asks otherwise has what is asked, and no more
    assert not next(iter(answers._runs.values())).ahead.size


def test_nothing_is_made_ahead_beyond_what_is_small(monkeypatch: pytest.MonkeyPatch) -> None:
    processor = Counting()
    answers = RunAnswers(processor)
    for epoch in range(0, 251, 10):
        answers.run(asked(epoch))
    [kept] = answers._runs.values()
    assert kept.run.known == 290  # 250 was asked, the other epochs go with what was made ahead
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


def test_nothing_is_made_ahead_beyond_the_last_epoch() -> None:
    answers = RunAnswers(Counting())
    for epoch in range(EPOCH.high - 50, EPOCH.high, 10):
        answers.run(asked(epoch, every=5))
    [kept] = answers._runs.values()
    assert EPOCH.high <= kept.run.known < EPOCH.high + STRETCH
    assert not kept.ahead.size

"""Equal questions are worked out once, however many ask at once; what is kept is bounded."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from backprop.kernels.thresholds import LEARNING
from backprop.known_run import STRETCH, Film, KnownRun
from backprop.refusals import Refused
from backprop.run_presets import RUN_PRESETS
from backprop.serving import run_answers, run_payloads
from backprop.serving.answer_cache import AN_ANSWER_BYTES, AnswerCache
from backprop.serving.asker import Gone
from backprop.serving.chunks import Packed, frame_bytes
from backprop.serving.processor import INLINE_WORK, Processor
from backprop.serving.read_ahead import ReadAhead
from backprop.serving.run_answers import RUNS_BYTES, RunAnswers
from backprop.serving.run_payloads import RunWanted
from backprop.serving.run_pieces import ANSWER_BYTES, KeptRun, TrainedFrames
from tests.unit.counting import Counting
from tests.unit.run_specs import FATES, WILD

ROOT = Path(__file__).parents[2]


def question(spec: dict[str, Any], stop: int = 10, **more: Any) -> dict[str, Any]:
    return {"spec": spec, "epoch": 0, "stop": stop, "every": 5, "grid": 3, **more}


def test_the_same_question_is_worked_out_once() -> None:
    processor = Counting()
    answers = RunAnswers(processor)
    spec = FATES.as_dict()
    first = answers.run(question(spec))
    assert processor.done == 1  # the training and the frames
    assert answers.run(question(dict(reversed(spec.items())))) is first
    assert processor.done == 1
    [kept] = answers._runs.values()
    trained = [kept.run.known]
    for stop in (STRETCH, STRETCH + 1):
        answers.run(question(spec, stop))
        trained.append(kept.run.known)
    assert processor.done == 3
    assert trained == [STRETCH, STRETCH, 2 * STRETCH]  # what was trained is not trained again
    seeds = {"spec": spec, "stop": 20, "seeds": 3}
    assert answers.seeds(seeds) is answers.seeds(seeds)
    assert processor.done == 4


PROGRAM = """
from gevent import monkey
monkey.patch_all()
import gevent
from backprop.serving.processor import INLINE_WORK, Processor
from backprop.serving.read_ahead import ReadAhead
from backprop.serving.run_answers import RunAnswers
from tests.unit.run_specs import FATES

class Slow(Processor):
    done, most, now = 0, 0, 0

    def breathe(self):
        gevent.sleep(0)

    def aside(self, work):
        Slow.done, Slow.now = Slow.done + 1, Slow.now + 1
        Slow.most = max(Slow.most, Slow.now)
        for _ in range(5):
            gevent.sleep(0)  # everybody else gets a turn, as while a thread works
        made = work()
        Slow.now -= 1
        return made

answers, spec = RunAnswers(Slow()), FATES.as_dict()
run = {"spec": spec, "epoch": 0, "stop": 600, "every": 100, "grid": 3}
seeds = {"spec": spec, "stop": 20, "seeds": 3}
for ask, payload in ((answers.run, run), (answers.seeds, seeds)):
    Slow.done = Slow.most = 0
    asked = [gevent.spawn(ask, dict(payload)) for _ in range(20)]
    gevent.joinall(asked, raise_error=True)
    print(Slow.done, Slow.most, len({id(each.value) for each in asked}))

Slow.done, order = 0, []
run = {**run, "spec": {**spec, "order_seed": 1}}  # a run that nobody knows
gevent.spawn(answers.run, run | {"stop": 5000}).link(lambda _: order.append("long"))
gevent.spawn(answers.run, run | {"stop": 300}).link(lambda _: order.append("short"))
gevent.wait()
print(order, Slow.done)
"""


def test_twenty_who_ask_at_once_cost_one_computation() -> None:
    done = subprocess.run([sys.executable, "-c", PROGRAM], cwd=ROOT, capture_output=True, text=True, check=True)
    run, seeds, order = done.stdout.splitlines()
    assert run == "3 1 1"  # three checkpoints, one at a time, the frames with the last, one answer for all
    assert seeds == "1 1 1"
    assert order == "['short', 'long'] 21"  # the short one does not wait for the long one; nothing is done twice


def test_runs_are_forgotten_from_the_oldest(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run_answers, "RUNS_KEPT", 20)
    processor = Counting()
    answers = RunAnswers(processor)
    specs = [FATES.as_dict() | {"order_seed": seed} for seed in range(21)]
    for number, spec in enumerate(specs):
        answers.run(question(spec))
        answers.run(question(specs[0], 11 + number))  # asked about again and again: it stays
    assert processor.done == 2 * len(specs)
    answers.run(question(specs[0], 32))
    assert processor.done == 2 * len(specs) + 1  # the frames
    again = answers.run(question(specs[1], 32))
    assert processor.done == 2 * len(specs) + 2
    assert again["body"] == answers.run(question(specs[-1], 32))["body"]  # the order's seed plays no part here
    monkeypatch.setattr(run_answers, "RUNS_BYTES", 1)
    answers.run(question(specs[0], 9))
    answers.run(question(specs[-1], 9))  # all but the run at hand were let go
    assert processor.done == 2 * len(specs) + 5


def test_what_is_kept_of_runs_is_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run_answers, "RUNS_BYTES", 4_000_000)
    answers = RunAnswers(Counting())
    for seed in range(5):
        answers.run({"spec": FATES.as_dict() | {"order_seed": seed}, "epoch": 19_999, "stop": 20_000})
    assert answers._size == sum(kept.size for kept in answers._runs.values()) <= 4_000_000
    assert 1 <= len(answers._runs) < 5


def test_as_many_races_as_there_may_be_learners_are_kept_at_once() -> None:
    answers = RunAnswers(Counting())
    race = next(preset for preset in RUN_PRESETS if preset.name == "race")
    spec = race.spec.as_dict()
    answers.run({"spec": spec, "epoch": race.epochs, "stop": race.epochs + 1})
    [kept] = answers._runs.values()
    assert 400 * kept.size < RUNS_BYTES  # 200 who race, twice over


def test_answers_are_forgotten_by_their_bytes_from_the_oldest() -> None:
    cache = AnswerCache(3 * (AN_ANSWER_BYTES + 100))
    for name in "abc":
        cache.keep(name, {"name": name}, 100)
    assert cache.get("a") == {"name": "a"}
    cache.keep("d", {"name": "d"}, 100)
    assert [cache.get(name) is not None for name in "abcd"] == [True, False, True, True]
    assert cache.size == 3 * (AN_ANSWER_BYTES + 100)


def test_an_answer_is_the_same_however_far_the_run_was_trained() -> None:
    near, far = RunAnswers(Processor()), RunAnswers(Processor())
    spec = WILD.as_dict()
    far.run(question(spec, 3000))
    for stop in (10, 44, 45, 50, 51, 256):
        assert near.run(question(spec, stop)) == far.run(question(spec, stop))


@pytest.mark.parametrize("every", [None, 1, 3, 1000, 100_000])
def test_no_answer_is_larger_than_a_megabyte(every: int | None) -> None:
    six = FATES.as_dict() | {"lanes": FATES.as_dict()["lanes"] * 2}
    answer = RunAnswers(Processor()).run({"spec": six, "epoch": 0, "stop": 100_000, "every": every, "grid": 48})
    assert len(answer["body"]) <= ANSWER_BYTES + frame_bytes(6, 17, 4, 48)
    assert answer["stop"] > 10


def test_a_gradient_beyond_float64_is_minus_one_on_the_wire() -> None:
    film = Film([3], np.zeros((1, 2, 1)), np.zeros((1, 2, 1, 1)), np.array([[np.inf, 2.0]]),
                np.array([[[LEARNING, 3, 0, 3]] * 2]), None)
    body = Packed(film).body(np.zeros((2, 0)), slice(0, 1))
    assert np.frombuffer(body[:48], "<f8").tolist() == [0.0, 0.0, -1.0, 0.0, 0.0, 2.0]
    assert np.frombuffer(body[48:], "<i4").tolist() == [LEARNING, 3, 0, 3] * 2
    assert len(body) == frame_bytes(2, 1, 1, 0)


class Leaving(Processor):
    """Find after the first piece of training that nobody waits any more."""

    def breathe(self) -> None:
        raise Gone


def test_what_was_trained_for_who_left_is_counted() -> None:
    answers = RunAnswers(Leaving())
    with pytest.raises(Gone):
        answers.run(question(FATES.as_dict(), stop=900))
    (kept,) = answers._runs.values()
    assert kept.run.known > 0
    assert answers._size == kept.counted == kept.size


def test_a_question_asked_again_is_what_it_was_read_as() -> None:
    answers = RunAnswers(Processor())
    spec = FATES.as_dict()
    assert answers.asked_again((FATES.canonical(), (0, 10, 5, 3))) is None
    name, _ = answers.run(question(spec)).question
    assert name == FATES.canonical()
    for epoch, stop, every in ((10, 20, 5), (15, 40, None)):
        again = answers.asked_again((name, (epoch, stop, every or 0, 3)))
        written = question(spec, stop, epoch=epoch, every=every)
        assert answers.run(again) is answers.run(written)
        assert answers.run(again) == RunAnswers(Processor()).run(written)
    for epoch, stop in ((10, 10), (20, 10), (0, 100_001), (100_001, 100_002), (0, 999_999)):
        refusals = []
        for payload in (answers.asked_again((name, (epoch, stop, 5, 3))), question(spec, stop, epoch=epoch)):
            with pytest.raises(Refused) as one:
                answers.run(payload)
            refusals.append(one.value.as_dict())
        assert refusals[0] == refusals[1]


class Interrupted(Processor):
    """Let something else happen once, between two pieces of work."""

    def __init__(self, other: Callable[[], None]) -> None:
        self._other: Callable[[], None] | None = other

    def breathe(self) -> None:
        other, self._other = self._other, None
        if other:
            other()


def test_a_run_that_is_forgotten_while_it_is_worked_on_ends_as_it_began(monkeypatch: pytest.MonkeyPatch) -> None:
    """Another who asks the same has the run begun anew, and both have the answer of the one that was trained."""
    monkeypatch.setattr(run_answers, "RUNS_KEPT", 1)
    asked, others = question(FATES.as_dict(), 630, epoch=600), list[Any]()

    def meanwhile() -> None:
        answers.run(question(WILD.as_dict()))  # FATES is let go
        others.append(answers.run(asked))

    answers = RunAnswers(Interrupted(meanwhile))
    assert answers.run(asked) == others[0] == RunAnswers(Processor()).run(asked)


def test_what_may_not_be_asked_is_not_made_ahead(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run_payloads, "MOST_WORK", 3 * 4 * 17 * 100)  # a hundred epochs
    answers = RunAnswers(Processor())
    for epoch in range(0, 100, 10):
        answers.run(question(FATES.as_dict(), epoch + 10, epoch=epoch))
    assert answers.ready((FATES.canonical(), (90, 100, 5, 3))) is not None
    assert answers.ready((FATES.canonical(), (100, 110, 5, 3))) is None


def test_frames_far_into_a_run_are_large_pieces_for_their_verdicts_look_back() -> None:
    kept = KeptRun(KnownRun(FATES), FATES, ReadAhead())
    near, far = (TrainedFrames(kept, RunWanted(spec=FATES, epoch=stop - 256, stop=stop, every=1), stop)
                 for stop in (256, 100_000))
    assert near.size < INLINE_WORK < far.size

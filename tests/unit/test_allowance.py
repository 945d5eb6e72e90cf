"""What a question costs, who pays for it, and who waits in line."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from backprop.refusals import Refused
from backprop.serving import allowance
from backprop.serving.allowance import GREEDY_SECONDS, Allowance, Gone, Meter
from backprop.serving.limits import ConnectionLimits
from backprop.serving.processor import Processor
from backprop.serving.shared_work import SharedWork

ROOT = Path(__file__).parents[2]


class Time:
    """Two clocks that stand still until they are set."""

    def __init__(self) -> None:
        self.now = self.worked = 0.0


@pytest.fixture
def clocks(monkeypatch: pytest.MonkeyPatch) -> Time:
    held = Time()
    monkeypatch.setattr(allowance.time, "thread_time", lambda: held.worked)
    return held


def test_an_allowance_refills_and_is_never_more_than_full(clocks: Time) -> None:
    own = Allowance(10.0, 20.0, clock=lambda: clocks.now)
    own.spend(4.0)
    assert (own.used, own.wait, own.greedy) == (4.0, 0.0, True)
    clocks.now = 6.0
    assert (own.used, own.greedy) == (1.0, False)
    clocks.now = 1000.0
    assert own.used == 0.0
    own.spend(13.0)
    assert own.wait == 6.0  # three seconds of debt, half a second a second
    clocks.now += 6.0
    assert own.wait == 0.0
    assert own.used > GREEDY_SECONDS


def test_a_connection_in_debt_is_told_when_to_ask_again(clocks: Time) -> None:
    limits = ConnectionLimits(allowance=Allowance(60.0, 120.0, clock=lambda: clocks.now))
    limits.allowance.spend(61.2)
    with pytest.raises(Refused, match=r"Ask again in 3 seconds\.$") as refused:
        limits.enter()
    assert (refused.value.field, refused.value.got) == ("rate", "more than that")
    assert refused.value.takes == "60 seconds of the engine, which come back within 2 minutes"
    clocks.now = 2.0
    with pytest.raises(Refused, match=r"Ask again in 1 second\.$"):
        limits.enter()
    assert limits.in_flight == 0
    clocks.now = 2.5
    limits.enter()


def test_a_meter_counts_work_and_not_what_others_do_in_its_pauses(clocks: Time) -> None:
    own = Allowance(60.0, 120.0, clock=lambda: clocks.now)
    meter = Meter(own)
    assert allowance.current() is None
    with meter:
        assert allowance.current() is meter
        clocks.worked += 1.0
        with meter.paused():
            clocks.worked += 50.0
        clocks.worked += 0.25
    assert allowance.current() is None
    assert own.used == 1.25


def test_faults_cost_too(clocks: Time) -> None:
    own = Allowance(60.0, 120.0, clock=lambda: clocks.now)

    def fault() -> None:
        clocks.worked += 2.0
        raise KeyError

    with pytest.raises(KeyError), Meter(own):
        fault()
    assert own.used == 2.0


class Counted:
    """Work of so many pieces."""

    size = 10_000_000

    def __init__(self, pieces: int) -> None:
        self.left = pieces

    @property
    def done(self) -> bool:
        return self.left == 0

    def go_on(self) -> None:
        self.left -= 1


class Leaving(Processor):
    """Find, after so many pieces, that nobody waits any more."""

    def __init__(self, patience: int) -> None:
        self.patience = patience

    def breathe(self) -> None:
        self.patience -= 1
        if self.patience == 0:
            raise Gone


def test_work_that_nobody_waits_for_is_dropped() -> None:
    processor = Leaving(3)
    shared: SharedWork[Counted] = SharedWork(processor)
    begun: list[Counted] = []

    def begin() -> Counted:
        begun.append(Counted(10))
        return begun[-1]

    with pytest.raises(Gone):
        shared.finished("question", begin)
    assert begun[0].left == 7
    shared.finished("question", begin)
    assert (len(begun), begun[0].left, begun[1].left) == (2, 7, 0)  # begun anew: what was dropped is not kept


class Faulty(Counted):
    """Work that finds a fault."""

    def go_on(self) -> None:
        raise MemoryError


def test_a_fault_ends_the_work_of_all_who_wait_and_is_not_kept() -> None:
    shared: SharedWork[Counted] = SharedWork(Processor())
    with pytest.raises(MemoryError):
        shared.finished("question", lambda: Faulty(2))
    assert not shared.under_way("question")
    assert shared.finished("question", lambda: Counted(2)).done

    class OthersFail(Processor):
        """Let another find a fault while we wait."""

        def breathe(self) -> None:
            if not waited:
                waited.append(True)
                waiting._under_way["question"].failed = True

    waited: list[bool] = []
    waiting: SharedWork[Counted] = SharedWork(OthersFail())
    with pytest.raises(RuntimeError, match="Another who asked the same"):
        waiting.finished("question", lambda: Counted(5))


PROGRAM = """
from gevent import monkey
monkey.patch_all()
import gevent, time
from backprop.serving.allowance import Allowance, Gone, Meter
from backprop.serving.processor import SharedProcessor
from backprop.serving.run_answers import RunAnswers
from tests.unit.run_specs import FATES

processor = SharedProcessor()
answers, spec = RunAnswers(processor), FATES.as_dict()
payload = {"spec": spec, "stop": 4_000, "seeds": 40}
gone, own = [], {}

def ask(name, question, payload):
    own[name] = Allowance()
    with Meter(own[name], lambda: name in gone):
        return question(dict(payload))

whole = answers.seeds(dict(payload))
for question, payload in ((answers.seeds, {"spec": spec | {"order_seed": 9}, "stop": 4_000, "seeds": 40}),
                          (answers.run, {"spec": spec, "epoch": 0, "stop": 4_000, "every": 100, "grid": 9})):
    gone.clear()
    asked = {name: gevent.spawn(ask, name, question, payload) for name in ("stays", "leaves")}
    gevent.sleep(0)
    gone.append("leaves")
    gevent.joinall(asked.values())
    print(asked["stays"].value["ok"], type(asked["leaves"].exception).__name__,
          own["stays"].used > 0, own["leaves"].used < own["stays"].used)

gone.append("alone")
left = gevent.spawn(ask, "alone", answers.run, {"spec": spec | {"order_seed": 3}, "epoch": 0, "stop": 30_000})
left.join()
print(type(left.exception).__name__, max(kept.run.known for kept in answers._runs.values()) < 30_000)
print(len(answers._starts._under_way), len(answers._frames._under_way))

# who has used much waits in line: of ten who have, one at a time has a thread
inside, most = 0, 0
def slow():
    global inside, most
    inside += 1
    most = max(most, inside)
    time.sleep(0.002)
    inside -= 1
def greedy():
    allowance = Allowance()
    allowance.spend(30)
    with Meter(allowance):
        processor.aside(slow)
gevent.joinall([gevent.spawn(greedy) for _ in range(10)], raise_error=True)
print(most)

# nor do they hold all places of `seeds`: who has used little need not wait for one of the ten to end
order = []
def starts(name, seed):
    allowance = Allowance()
    allowance.spend(30 if name == "greedy" else 0)
    with Meter(allowance):
        answers.seeds({"spec": spec | {"order_seed": seed}, "stop": 4_000 if name == "greedy" else 400, "seeds": 40})
    order.append(name)
all_asked = [gevent.spawn(starts, "greedy", 100 + seed) for seed in range(10)]
gevent.sleep(0)
all_asked.append(gevent.spawn(starts, "frugal", 99))
gevent.joinall(all_asked, raise_error=True)
print(order[0])
"""


def test_the_last_who_waits_keeps_it_going_and_each_pays_for_what_it_did() -> None:
    done = subprocess.run([sys.executable, "-W", "ignore", "-c", PROGRAM], cwd=ROOT, capture_output=True, text=True,
                          check=True, timeout=300)
    assert done.stdout.splitlines() == [
        "True Gone True True", "True Gone True True", "Gone True", "0 0", "1", "frugal"], done.stderr

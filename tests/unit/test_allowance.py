"""What a question costs, who pays for it, and who waits in line."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from backprop.refusals import Refused
from backprop.serving import asker
from backprop.serving.allowance import GREEDY_SECONDS, Allowance
from backprop.serving.asker import Asker, Gone
from backprop.serving.limits import ConnectionLimits
from backprop.serving.processor import Processor
from backprop.serving.shared_work import SharedWork

ROOT = Path(__file__).parents[2]


class Time:
    """A clock that stands still until it is set."""

    now = 0.0


def test_an_allowance_refills_and_is_never_more_than_full() -> None:
    clocks = Time()
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


def test_a_connection_in_debt_is_told_when_to_ask_again() -> None:
    clocks = Time()
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


def test_a_request_is_somebody_s_in_its_own_greenlet_and_no_longer() -> None:
    one, other = Asker(ConnectionLimits()), Asker(ConnectionLimits(), lambda: True)
    assert asker.current() is None
    with one.asking():
        with other.asking():
            assert asker.current() is other
        assert asker.current() is one
        one.check()
    assert asker.current() is None
    with pytest.raises(Gone):
        other.check()


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
from backprop.serving.allowance import Allowance
from backprop.serving.asker import Asker, Gone
from backprop.serving.limits import ConnectionLimits
from backprop.serving.processor import SharedProcessor
from backprop.serving.run_answers import RunAnswers
from tests.unit.run_specs import FATES

processor = SharedProcessor()
answers, spec = RunAnswers(processor), FATES.as_dict()
payload = {"spec": spec, "stop": 4_000, "seeds": 40}
gone, own = [], {}

def ask(name, question, payload):
    own[name] = Allowance()
    with Asker(ConnectionLimits(allowance=own[name]), lambda: name in gone).asking():
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

# Python has one thread, whoever asks, and the kernels have as many as there are
inside = {}
def slow(name):
    inside[name, "now"] = inside.get((name, "now"), 0) + 1
    inside[name] = max(inside.get(name, 0), inside[name, "now"])
    time.sleep(0.002)
    inside[name, "now"] -= 1
def asking(name, work):
    limits = ConnectionLimits()
    with Asker(limits).asking():
        work(lambda: slow(name))
gevent.joinall([gevent.spawn(asking, name, work) for _ in range(10) for name, work in (
    ("python", processor.aside), ("kernels", lambda work: processor.worked(work, 10**9)))], raise_error=True)
print(inside["python"], inside["kernels"])

# what a thread did is paid for, and held against whoever let it work: there, and on gevent's loop
limits = ConnectionLimits()
def spin():
    end = time.thread_time() + 0.05
    while time.thread_time() < end:
        pass
with Asker(limits).asking():
    processor.aside(spin)
print(limits.allowance.used > 0.03, limits.for_python.until >= 0.05, limits.on_the_loop.until >= 0.05)

# who has used much does not hold all places of `seeds`: who has used little need not wait for one of ten to end
order = []
def starts(name, seed):
    allowance = Allowance()
    allowance.spend(30 if name == "greedy" else 0)
    with Asker(ConnectionLimits(allowance=allowance)).asking():
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
        "True Gone True True", "True Gone True True", "Gone True", "0 0", "1 2", "True True True",
        "frugal"], done.stderr

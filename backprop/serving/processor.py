"""Where the work is done, so that one client's large network does not keep the others waiting.

Measured on two cores, with one client asking for passes of a 360-parameter network without a pause: another one's
remembered pass takes 15 ms in the middle and 177 ms at the 95th percentile with everything on gevent's own thread,
20 and 43 ms with large passes on a thread of their own. A 2→2→1 costs 4 ms and stays where it is.

Whoever has used much of late (allowance.py) waits in line with the others who have: one of them at a time has a
thread of the pool, and one of them a turn of gevent's loop. So however many they are, the other thread and most of the
loop are for those who ask little.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from typing import Any, TypeVar

import gevent
from gevent.lock import BoundedSemaphore
from gevent.threadpool import ThreadPool

from . import allowance

INLINE_PARAMETERS = 40
INLINE_WORK = 600_000  # samples times parameters, of training or of a picture: a millisecond and a half of the kernels
THREADS = 2

Result = TypeVar("Result")


class Processor:
    """Do all work at once, on this thread."""

    greedy = False  # whether who asks has used much of late

    def breathe(self) -> None:
        """Let others have their turn; allowance.Gone where nobody waits for the answer any more."""

    @contextmanager
    def turn(self, lock: Any) -> Iterator[None]:
        """Hold a lock that others may hold first."""
        with lock:
            yield

    def aside(self, work: Callable[[], Result]) -> Result:
        """Return what `work` makes, which must touch nothing that others may touch meanwhile."""
        return work()

    def worked(self, work: Callable[[], Result], size: int) -> Result:
        """Return what `work` makes: aside, if it is large. size: samples times parameters that the kernels see."""
        return self.aside(work)

    def text(self, make: Callable[[], str], parameters: int) -> str:
        """Return what `make` makes for a network with so many parameters."""
        return make()


class SharedProcessor(Processor):
    """Do small work on gevent's thread and large work on others: training lets go of the GIL."""

    def __init__(self, threads: int = THREADS) -> None:
        """Begin without a thread; the first large piece of work starts one."""
        self._aside = ThreadPool(threads)
        self._line_for_a_thread, self._line_for_the_loop = BoundedSemaphore(1), BoundedSemaphore(1)

    @property
    def greedy(self) -> bool:  # type: ignore[override]
        """Whether the request that this greenlet works on is of one who has used much of late."""
        meter = allowance.current()
        return meter is not None and meter.greedy

    def breathe(self) -> None:
        """Let the other greenlets have their turn; allowance.Gone where nobody waits for the answer any more."""
        meter = allowance.current()
        if meter is None:
            gevent.sleep(0)
            return
        with meter.paused(), self._line_for_the_loop if meter.greedy else nullcontext():
            gevent.sleep(0)
        meter.check()

    @contextmanager
    def turn(self, lock: Any) -> Iterator[None]:
        """Hold a lock; what others do while this greenlet waits for it is not its own."""
        if not lock.acquire(blocking=False):
            self._wait_for(lock)
        try:
            yield
        finally:
            lock.release()

    def _wait_for(self, lock: Any) -> None:
        meter = allowance.current()
        with meter.paused() if meter else nullcontext():
            lock.acquire()
        try:
            if meter:
                meter.check()
        except allowance.Gone:
            lock.release()
            raise

    def aside(self, work: Callable[[], Result]) -> Result:
        """Return what `work` makes on another thread; meanwhile the other greenlets have their turn."""
        result: Result
        meter = allowance.current()
        if meter is None:
            result = self._aside.apply(work)
            return result

        cost = 0.0

        def measured() -> Result:
            nonlocal cost
            begun = time.thread_time()
            try:
                return work()
            finally:
                cost = time.thread_time() - begun

        try:
            with meter.paused(), self._line_for_a_thread if meter.greedy else nullcontext():
                meter.check()
                result = self._aside.apply(measured)
        finally:
            meter.spend(cost)
        return result

    def worked(self, work: Callable[[], Result], size: int) -> Result:
        """Return what `work` makes; on this thread where the way to another one would take longer than the work."""
        return self.aside(work) if size > INLINE_WORK else work()

    def text(self, make: Callable[[], str], parameters: int) -> str:
        """Return what `make` makes, which must touch nothing that is shared."""
        if parameters > INLINE_PARAMETERS:
            return self.aside(make)
        self.breathe()
        return make()

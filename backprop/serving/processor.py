"""Where the work is done, so that one client's large network does not keep the others waiting.

Measured on two cores, with one client asking for passes of a 360-parameter network without a pause: another one's
remembered pass takes 15 ms in the middle and 177 ms at the 95th percentile with everything on gevent's own thread,
20 and 43 ms with large passes on a thread of their own. A 2→2→1 costs 4 ms and stays where it is.

All who ask share what there is: gevent's loop (line.py), and on other threads a place for what Python works out, one
at a time as they would take the interpreter from each other, and places for what the kernels do, which let go of it
(places.py). Wherever some wait, whoever has had least comes next.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

import gevent
from gevent.threadpool import ThreadPool

from . import asker
from .fair_queue import Share
from .line import Line
from .places import Places
from .working_time import working_time

INLINE_PARAMETERS = 40
INLINE_WORK = 600_000  # samples times parameters, of training or of a picture: a millisecond and a half of the kernels
THREADS = 2

Result = TypeVar("Result")


class Processor:
    """Do all work at once, on this thread."""

    greedy = False  # whether who asks has used much of late

    def breathe(self) -> None:
        """Let others have their turn; asker.Gone where nobody waits for the answer any more."""

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

    def __init__(self, line: Line | None = None, threads: int = THREADS) -> None:
        """Begin without a thread; the first large piece of work starts one. threads: for the kernels."""
        self._line = line or Line()
        self._pool = ThreadPool(1 + threads)
        self._for_python, self._for_kernels = Places(1), Places(threads)

    @property
    def greedy(self) -> bool:  # type: ignore[override]
        """Whether the request that this greenlet works on is of one who has used much of late."""
        asking = asker.current()
        return asking is not None and asking.greedy

    def breathe(self) -> None:
        """Go on when it is one's turn again; asker.Gone where nobody waits for the answer any more."""
        asking = asker.current()
        if asking is None:
            gevent.sleep(0)
            return
        self._line.wait(asking.limits.on_the_loop)
        asking.check()

    @contextmanager
    def turn(self, lock: Any) -> Iterator[None]:
        """Hold a lock, and if others held it first, go on when it is one's turn."""
        if not lock.acquire(blocking=False):
            lock.acquire()
        try:
            asking = asker.current()
            if asking is not None:
                asking.check()
            yield
        finally:
            lock.release()

    def aside(self, work: Callable[[], Result]) -> Result:
        """Return what `work` makes on another thread; meanwhile the other greenlets have their turn."""
        asking = asker.current()
        made = self._on_a_thread(work, self._for_python, asking.limits.for_python if asking else None)
        if asking is not None:
            self.breathe()
        return made

    def _on_a_thread(self, work: Callable[[], Result], places: Places, share: Share | None) -> Result:
        asking = asker.current()
        if asking is None or share is None:
            made: Result = self._pool.apply(work)
            return made

        used = 0.0

        def measured() -> Result:
            nonlocal used
            begun = working_time()
            try:
                return work()
            finally:
                used = working_time() - begun

        with places.place(share):
            asking.check()
            try:
                made = self._pool.apply(measured)
            finally:
                places.used(share, used)
                self._line.spend(asking.limits.on_the_loop, used)
        return made

    def worked(self, work: Callable[[], Result], size: int) -> Result:
        """Return what `work` makes; on this thread where the way to another one would take longer than the work."""
        if size <= INLINE_WORK:
            return work()
        asking = asker.current()
        return self._on_a_thread(work, self._for_kernels, asking.limits.for_kernels if asking else None)

    def text(self, make: Callable[[], str], parameters: int) -> str:
        """Return what `make` makes, which must touch nothing that is shared."""
        if parameters > INLINE_PARAMETERS:
            return self.aside(make)
        self.breathe()
        return make()

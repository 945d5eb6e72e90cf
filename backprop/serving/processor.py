"""Where the work is done, so that one client's large network does not keep the others waiting.

Measured on two cores, with one client asking for passes of a 360-parameter network without a pause: another one's
remembered pass takes 15 ms in the middle and 177 ms at the 95th percentile with everything on gevent's own thread,
20 and 43 ms with large passes on a thread of their own. A 2→2→1 costs 4 ms and stays where it is.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import gevent
from gevent.threadpool import ThreadPool

INLINE_PARAMETERS = 40
INLINE_WORK = 200_000  # samples times parameters, of training or of a picture: half a millisecond of the kernels
THREADS = 2

Result = TypeVar("Result")


class Processor:
    """Do all work at once, on this thread."""

    def breathe(self) -> None:
        """Let others have their turn."""

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

    def breathe(self) -> None:
        """Let the other greenlets have their turn."""
        gevent.sleep(0)

    def aside(self, work: Callable[[], Result]) -> Result:
        """Return what `work` makes on another thread; meanwhile the other greenlets have their turn."""
        result: Result = self._aside.apply(work)
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

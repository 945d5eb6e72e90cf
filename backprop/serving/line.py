"""The line for gevent's loop, where what has come in is read and what is short is worked out, one piece at a time.

gevent lets in whoever was woken first, and all of them before it looks for what has come in meanwhile. With twenty who
ask for what takes five milliseconds each, without a pause, everybody else waits for all twenty, again and again. Here
whoever has had least comes first (fair_queue.py), and what came in is looked at after every few milliseconds.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import gevent

from .fair_queue import FairQueue, Share
from .next_round import NextRound
from .working_time import working_time

AT_A_TIME = 0.005  # seconds of pieces before what has come in is looked at


class Place:
    """Be somebody's place in the line; left, where nobody is to be let in any more."""

    __slots__ = ("waiting",)

    def __init__(self, waiting: Any) -> None:
        """Keep who waits."""
        self.waiting = waiting


class Line:
    """Let greenlets go on one after the other, and charge each with the time it takes until it waits again."""

    def __init__(self) -> None:
        """Begin with nobody in line."""
        self._queue: FairQueue[Place] = FairQueue()
        self._next_round = NextRound(self._serve)
        self._called = False  # whether gevent's loop will come to this line
        self._served: Share | None = None  # who has been let in and not waited since
        self._counted = 0.0  # the time of this thread up to which it was charged

    def wait(self, share: Share) -> None:
        """Return when it is this greenlet's turn, which ends when it waits for anything."""
        place = Place(gevent.getcurrent())
        self._put(share, place)
        self._served = None
        try:
            gevent.get_hub().switch()
        except BaseException:  # it was killed, or its time is over
            place.waiting = None
            raise

    def begin(self, share: Share, work: Callable[..., object], *arguments: Any) -> None:
        """Begin work in a greenlet of its own, when it is its turn."""
        self._put(share, Place(gevent.Greenlet(work, *arguments)))

    def spend(self, share: Share, seconds: float) -> None:
        """Charge what was used elsewhere: who lets a thread work for it comes later here too."""
        self._queue.spend(share, seconds)

    def _put(self, share: Share, place: Place) -> None:
        self._count()  # or its next piece would come in as if this one had cost nothing
        self._queue.push(share, place)
        if not self._called:
            self._called = True
            gevent.get_hub().loop.run_callback(self._serve)

    def _serve(self) -> None:
        """Let some in; the loop calls this, so that whoever waits for anything comes back to here."""
        begun = self._counted = working_time()
        try:
            while len(self._queue) and self._counted - begun < AT_A_TIME:
                self._served, place = self._queue.pop()
                if place.waiting is not None:
                    place.waiting.switch()
                    self._count()
        finally:
            self._served = None
            if len(self._queue):
                self._next_round.begin()
            else:
                self._queue.rest()
                self._called = False

    def _count(self) -> None:
        """Charge who is served with the time since it was charged last."""
        if self._served is not None:
            before, self._counted = self._counted, working_time()
            self._queue.served(self._served, self._counted - before)

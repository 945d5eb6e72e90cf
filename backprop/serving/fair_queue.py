"""Who comes next, where many wait for the same thing: whoever came first, but for those who had more than their part.

After start-time fair queueing (Goyal, Vin and Chen 1997). There is a clock that does not count seconds but each one's
part: while n wait or are served, it goes on by an nth of what is had, a little less of that, but by three hundredths
at least. Each has a time of this clock up to which it has had its part, and some room beside it. Whoever comes takes
the clock's time as its place, or, if it had more than part and room, a later one; the least place comes next, and the
clock falls no further behind it than the room. So each of n who always want something gets an nth, whatever one piece
of it costs, up to a tenth of a second. Who wants less than its part comes before all of them, and those among each
other in the order in which they come; beyond some thirty, everybody does. What a piece costs need not be known
beforehand.
"""

from __future__ import annotations

from heapq import heappop, heappush
from itertools import count
from typing import Generic, TypeVar

from .allowance import Allowance

ROOM_SECONDS = 0.02  # that somebody may have beside its part: some small questions
NEW_SECONDS = 0.05  # that whoever is new counts as having had: so it comes in with those who want without end
OWED_SECONDS = 0.1  # beyond that, the most that counts: or whoever asked one dear question would wait for a minute
PACE = 0.75  # of everybody's part, at which the clock goes: who always wants something runs ahead of it
LEAST = 0.03  # that nobody's part counts as less than: a class that fills the server is served in order, and who joins
# it begins within a second
Item = TypeVar("Item")


class Share:
    """Be one of those among whom something is shared out.

    until: the time of the queue's clock up to which it has had its part; None before it ever had anything.
    allowance: what is paid from, if there is one.
    """

    __slots__ = ("allowance", "until")

    def __init__(self, allowance: Allowance | None = None) -> None:
        """Begin with nothing had."""
        self.allowance = allowance
        self.until: float | None = None


class FairQueue(Generic[Item]):
    """Keep who waits. Knows neither what for, nor the time of day."""

    def __init__(self) -> None:
        """Begin with nobody."""
        self._now = self._latest = 0.0
        self._waiting: list[tuple[float, int, Share, Item]] = []
        self._order = count()

    def __len__(self) -> int:
        """Return how many wait."""
        return len(self._waiting)

    def push(self, share: Share, item: Item) -> None:
        """Let one wait. Whoever is new has had something: or who comes again and again would come before the others."""
        if share.until is None:
            share.until = self._now + NEW_SECONDS
        heappush(self._waiting, (max(self._now, share.until - ROOM_SECONDS), next(self._order), share, item))

    def pop(self) -> tuple[Share, Item]:
        """Return whose turn it is; IndexError where nobody waits."""
        place, _, share, item = heappop(self._waiting)
        self._now = max(self._now, place - ROOM_SECONDS)
        return share, item

    def served(self, share: Share, seconds: float, serving: int = 1) -> None:
        """Count what one who was let in has had; all who wait or are served have each come nearer by their part of it.

        serving: how many have been let in and not left, this one among them.
        """
        self._now += seconds * max(PACE / (serving + len(self._waiting)), LEAST)
        self.spend(share, seconds)

    def spend(self, share: Share, seconds: float) -> None:
        """Count what one has had elsewhere."""
        had = self._now if share.until is None else max(share.until, self._now)
        share.until = min(had + seconds, max(had, self._now + ROOM_SECONDS + OWED_SECONDS))
        self._latest = max(self._latest, share.until)
        if share.allowance is not None:
            share.allowance.spend(seconds)

    def rest(self) -> None:
        """Forgive what anybody has had: nobody waits, and nobody has been let in any more."""
        self._now = max(self._now, self._latest)

"""Working ahead for who goes through a run in equal strides, as a disk is read ahead.

Many frames are worked out together in a third of the time that each takes by itself, and what is asked next is there.
For a class that goes through its runs together it is not as far for each at first (`begins`): or all would always ask
at the same time for the dear answer that makes eight.
"""

from __future__ import annotations

from .answer_cache import AN_ANSWER_BYTES
from .wire import WithBytes

MOST, MOST_BYTES = 8, 40_000  # answers made before they are asked for, and bytes of them
SHORT, MIDDLE = ((0,), (1,), (0, 1), (1, 1)), 3  # steps at first, when a class has only begun
Steps = tuple[int, ...]

Stride = tuple[int, int, int, int]  # what is asked of a run: epoch, stop, every, grid
Question = tuple[str, Stride]  # of the run of this spec, as text


class ReadAhead:
    """Keep what was made ahead of one run, and know how far it is worth going."""

    def __init__(self, begins: Steps = ()) -> None:
        """Begin with nothing made. begins: how far to go at first; then it is MOST."""
        self._begins = begins
        self._made: dict[Stride, WithBytes] = {}
        self._next: Stride | None = None
        self.size = 0  # bytes that it keeps

    def take(self, stride: Stride) -> WithBytes | None:
        """Return the answer, if it was made ahead; it is not kept any longer."""
        answer = self._made.pop(stride, None)
        if answer is not None:
            self.size -= _bytes_of(answer)
        return answer

    def far(self, stride: Stride, most: int) -> int:
        """Return how many strides after this one to make with it: none for who has just come, or goes elsewhere."""
        if not self._goes_on(stride):
            return 0
        far, *begins = *self._begins, MOST
        self._begins = tuple(begins[:-1])
        return min(far, most)

    def _goes_on(self, stride: Stride) -> bool:
        """Say whether this is what comes next, or a little after it: who is refused once may leave that out."""
        if self._next is None:
            return False
        length, left_out = stride[1] - stride[0], stride[0] - self._next[0]
        return (length == self._next[1] - self._next[0] and stride[2:] == self._next[2:]
                and 0 <= left_out <= MOST * length)

    def keep(self, made: dict[Stride, WithBytes], following: Stride) -> None:
        """Keep answers made ahead instead of those before, and remember what is asked after them by who goes on."""
        self._made, self._next = made, following
        self.size = sum(map(_bytes_of, made.values()))


def _bytes_of(answer: WithBytes) -> int:
    return len(answer["body"]) + AN_ANSWER_BYTES


def after(stride: Stride, count: int = 1) -> Stride:
    """Return the stride so many strides on."""
    epoch, stop, every, grid = stride
    way = count * (stop - epoch)
    return epoch + way, stop + way, every, grid


def begins(number: int) -> Steps:
    """Return how far to go at first for one run after the other.

    So one in eight asks for its first dear answer as question 2, one as question 3, and so on up to question 9.
    """
    return SHORT[number % len(SHORT)] + ((), (MIDDLE,))[number // len(SHORT) % 2]

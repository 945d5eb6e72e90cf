"""The same question of a run a stride on, known by its text: where its answer is there, nothing is read or checked.

Who plays a run asks the same again and again but for two numbers, and what is made ahead (read_ahead.py) costs less to
send than such a question costs to read.
"""

from __future__ import annotations

import re

from .read_ahead import Question

LONGEST = 4096  # characters of a question that is remembered: each connection may have one
EPOCH, STOP = '"epoch"', '"stop"'
NUMBER = "(0|[1-9][0-9]{0,5})"
STRIDE = re.compile(rf'42([0-9]{{1,15}})(\["run",.*{EPOCH}:){NUMBER},{STOP}:{NUMBER}([,}}].*)', re.DOTALL)


class Again:
    """Remember what one connection asked of a run last, and read what it asks next, if only the numbers are others."""

    def __init__(self) -> None:
        """Begin with nothing remembered."""
        self._before = self._after = self._spec = ""
        self._every = self._grid = 0

    def remember(self, text: str, question: Question) -> None:
        """Keep a question that was answered, if all that can change in it are its two numbers."""
        found = _found(text)
        spec, (epoch, stop, every, grid) = question
        once = text.count(EPOCH) == text.count(STOP) == 1 and "\\" not in text  # of two of a name the last one counts
        if once and found and (int(found[3]), int(found[4])) == (epoch, stop):
            self._before, self._after = found[2], found[5]
            self._spec, self._every, self._grid = spec, every, grid

    def read(self, text: str) -> tuple[str, Question] | None:
        """Return the id of this request and its question, if it is the one remembered but for its numbers."""
        found = _found(text) if self._spec else None
        if found is None or found[2] != self._before or found[5] != self._after:
            return None
        return found[1], (self._spec, (int(found[3]), int(found[4]), self._every, self._grid))


def _found(text: str) -> re.Match[str] | None:
    return STRIDE.fullmatch(text) if len(text) <= LONGEST else None

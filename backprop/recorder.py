"""Write a tape: each number goes in once, under its id, and can be asked for by those that follow."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

from . import tex
from .because import not_finite
from .entries import Entry, Given, Phase, Piece
from .signs import Sign


class Recorder:
    """Collect givens and entries in order, and answer for the value of any of them by its id."""

    def __init__(self, sign: Sign) -> None:
        """Start with an empty tape, whose backward pass is written with this sign."""
        self.sign = sign
        self.givens: list[Given] = []
        self.entries: list[Entry] = []
        self._known: dict[str, Given | Entry] = {}

    def __getitem__(self, ref: str) -> float:
        """Return the value of a given or an entry."""
        return self._known[ref].value

    def give(self, ref: str, symbol: str, value: float, place: str, meaning: str) -> None:
        """Record a number that the pass starts from."""
        given = Given(ref, symbol, value + 0.0, place, meaning)  # + 0.0: there is no -0.0 on a tape
        self.givens.append(given)
        self._known[ref] = given

    def enter(self, ref: str, phase: Phase, symbol: str, pieces: Sequence[Piece], value: float,
              because: Callable[[], str], place: str, decided_by: str | None = None) -> None:
        """Record a computed number; `decided_by` names a parent that the pieces do not show.

        `because` is asked for its sentence only where all the numbers in it are finite.
        """
        refs = [piece.ref for piece in pieces if piece.ref is not None]
        parents = tuple(dict.fromkeys([*refs, decided_by] if decided_by else refs))
        finite = all(math.isfinite(number) for number in (value, *(self[parent] for parent in parents)))
        entry = Entry(
            id=ref, phase=phase, symbol=symbol, pieces=tuple(pieces),
            formula=" ".join(piece.fill(tex.beside(self._known[piece.ref].symbol)) if piece.ref else piece.tex
                             for piece in pieces),
            substituted=" ".join(piece.fill(tex.number(self[piece.ref])) if piece.ref else piece.tex
                                 for piece in pieces),
            value=value + 0.0, parents=parents, because=because() if finite else not_finite(value), place=place,
        )
        self.entries.append(entry)
        self._known[ref] = entry

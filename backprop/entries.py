"""The tape's own shapes: what is given, what is computed, and the tape that holds both in order."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from .network import Network

Phase = Literal["forward", "loss", "backward", "update"]
Json = dict[str, object]


@dataclass(frozen=True)
class Piece:
    """Hold one part of a right-hand side.

    `tex` holds `#` wherever the value of `ref` goes. A piece without `ref` (an operator, a bracket, a constant)
    holds none, and its `meaning` is empty. Each piece is TeX that can be set by itself. `meaning`: up to four words.
    """

    tex: str
    ref: str | None = None
    meaning: str = ""

    def fill(self, operand: str) -> str:
        """Return the TeX with `operand` in the place of every `#`."""
        return self.tex.replace("#", operand)

    def as_dict(self) -> Json:
        """Return the piece as JSON-ready data."""
        return {"tex": self.tex, "ref": self.ref, "meaning": self.meaning}


@dataclass(frozen=True)
class Given:
    """Hold one number that a pass starts from: an input, a target, a weight, a bias, the learning rate."""

    id: str
    symbol: str
    value: float
    place: str
    meaning: str

    def as_dict(self) -> Json:
        """Return the given as JSON-ready data; a value that is not finite becomes None (JSON has no infinity)."""
        return {"id": self.id, "symbol": self.symbol, "value": self.value if math.isfinite(self.value) else None,
                "place": self.place, "meaning": self.meaning}


@dataclass(frozen=True)
class Entry:
    """Hold one assignment of a pass: symbol = formula = substituted = value, and why.

    `parents` are the ids of what the value was computed from: the refs of `pieces` in order of appearance, and
    after them, where the formula is a constant, the number that decided which constant.
    """

    id: str
    phase: Phase
    symbol: str
    pieces: tuple[Piece, ...]
    formula: str
    substituted: str
    value: float
    parents: tuple[str, ...]
    because: str
    place: str

    def as_dict(self) -> Json:
        """Return the entry as JSON-ready data; a value that is not finite becomes None (JSON has no infinity)."""
        return {
            "id": self.id, "phase": self.phase, "symbol": self.symbol, "formula": self.formula,
            "substituted": self.substituted, "value": self.value if math.isfinite(self.value) else None,
            "parents": list(self.parents), "because": self.because, "place": self.place,
            "pieces": [piece.as_dict() for piece in self.pieces],
        }


@dataclass(frozen=True)
class Tape:
    """Hold one pass, number by number, in the order in which they can be computed.

    givens: what the pass starts from. entries: what is computed, parents before children. before: the network as it
    was. after: the network that the `new:` entries describe (not `finite` where a step was too large for float64).
    """

    givens: tuple[Given, ...]
    entries: tuple[Entry, ...]
    before: Network
    after: Network

    def __getitem__(self, ref: str) -> Given | Entry:
        """Return the given or the entry with that id; KeyError where there is none."""
        return self._by_id[ref]

    def __iter__(self) -> Iterator[Entry]:
        """Go through the entries in order."""
        return iter(self.entries)

    def __len__(self) -> int:
        """Count the entries."""
        return len(self.entries)

    @cached_property
    def _by_id(self) -> dict[str, Given | Entry]:
        return {**{given.id: given for given in self.givens}, **{entry.id: entry for entry in self.entries}}

    @property
    def not_finite(self) -> Entry | None:
        """The first entry whose value is infinite or not a number; None where all numbers are finite."""
        return next((entry for entry in self.entries if not math.isfinite(entry.value)), None)

    def as_dict(self) -> dict[str, list[Json]]:
        """Return {"givens": [...], "entries": [...]} as plain floats, text, lists and None: strict JSON."""
        return {"givens": [given.as_dict() for given in self.givens],
                "entries": [entry.as_dict() for entry in self.entries]}

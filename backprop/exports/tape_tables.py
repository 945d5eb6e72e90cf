"""A pass as a table: one row per number, with every digit."""

from __future__ import annotations

from .. import tex
from ..runs import OnePass
from ..spec import Spec
from .tables import Cell, csv_text, json_text

HEADER = ("id", "phase", "value", "formula", "because", "parents")
FORMAT = "backprop pass, version 1"


def tape_csv(spec: Spec, one: OnePass) -> str:
    """Return the tape as CSV: first what is given (phase "given"), then an entry a row.

    formula: TeX, symbol = right-hand side. parents: the ids that the value was computed from, a space between them.
    """
    tape = one.tape()
    rows: list[tuple[Cell, ...]] = [(given.id, "given", given.value, given.symbol, given.meaning, "")
                                    for given in tape.givens]
    rows += [(entry.id, entry.phase, entry.value, f"{tex.beside(entry.symbol)} = {entry.formula}", entry.because,
              " ".join(entry.parents)) for entry in tape]
    return csv_text(HEADER, rows)


def tape_json(spec: Spec, one: OnePass) -> str:
    """Return the tape as JSON, with the spec and the pass that give it again, and the gradient check."""
    tape = one.tape().as_dict()
    entries = [{name: value for name, value in entry.items() if name != "pieces"} for entry in tape["entries"]]
    return json_text({"format": FORMAT, "spec": spec.as_dict(), "pass": one.number, "sample": one.sample,
                      "givens": tape["givens"], "entries": entries, "check": one.check().as_dict()})

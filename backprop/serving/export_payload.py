"""What the event `export` takes: a kind, and the pass or the epoch of a run that it is of."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field, model_validator

from ..bounds import EVERY, LANES_SHOWN, PASS
from ..exports.kinds import KINDS, PASS_KINDS, TABLE_KINDS
from ..exports.run_tables import MOST_LOSSES, spacing
from ..refusals import NOTHING, at, refuse
from ..run_spec import RunSpec
from ..spec import Spec, Strict
from ..spec_words import disagreement, lanes_taken, read_model
from .run_payloads import Epoch, check_work


class PassExport(Strict):
    """Ask for a pass as a file: 0 to 999."""

    kind: str
    spec: Spec
    number: Annotated[int, Field(alias="pass", ge=PASS.low, le=PASS.high)]


class RunExport(Strict):
    """Ask for a run up to an epoch as a file; `every`, of a table, thins out its epochs (None: as far as needed)."""

    TAKES: ClassVar = {"lanes": lanes_taken(LANES_SHOWN)}
    kind: str
    spec: RunSpec
    epoch: Epoch
    every: Annotated[int, Field(ge=EVERY.low, le=EVERY.high)] | None = None

    @model_validator(mode="after")
    def _fits(self) -> RunExport:
        lanes = len(self.spec.lanes)
        if lanes > LANES_SHOWN.high:
            raise disagreement(refuse("lanes", lanes, f"{LANES_SHOWN} lanes", "A run on a page takes"))
        if self.kind in TABLE_KINDS:
            check_work(self.spec, lanes, self.epoch + 1, "epoch")
        elif self.every is not None:
            raise disagreement(refuse("every", self.every, "nothing", f"With the kind {self.kind}, every takes"))
        if self.every is not None and (self.epoch // self.every + 1) * lanes > MOST_LOSSES:
            takes = f"{spacing(self.epoch, lanes)} or more"
            raise disagreement(refuse("every", self.every, takes, f"With {lanes} lanes up to epoch {self.epoch}, "
                                                                  "every takes"))
        return self


def read_export(payload: object) -> PassExport | RunExport:
    """Return the payload as what it asks for, or raise Refused for its first fault."""
    if not isinstance(payload, dict):
        return read_model(PassExport, payload)  # which refuses it in its own words
    kind = at(payload, ("kind",))
    if kind not in KINDS:
        raise refuse("kind", kind if "kind" in payload else NOTHING, f"one of {', '.join(KINDS)}", "Kind takes")
    return read_model(PassExport, payload) if kind in PASS_KINDS else read_model(RunExport, payload)

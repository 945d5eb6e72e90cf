"""What each event takes, as typed and bounded as a spec."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, model_validator

from ..bounds import COUNT, PASS
from ..refusals import refuse
from ..spec import Spec, Strict
from ..spec_words import disagreement


class PassWanted(Strict):
    """Ask for one pass: 0 to 999."""

    spec: Spec
    number: Annotated[int, Field(alias="pass", ge=PASS.low, le=PASS.high)]


class PassesWanted(Strict):
    """Ask for consecutive passes: 1 to 20 of them, none beyond 999."""

    spec: Spec
    start: Annotated[int, Field(ge=PASS.low, le=PASS.high)]
    count: Annotated[int, Field(ge=COUNT.low, le=COUNT.high)]

    @model_validator(mode="after")
    def _ends_in_time(self) -> PassesWanted:
        left = PASS.high + 1 - self.start
        if self.count > left:
            raise disagreement(refuse("count", self.count, f"1 to {left}", f"From pass {self.start} on, count takes"))
        return self


class NothingWanted(Strict):
    """Ask for something that needs no more said."""

"""What the event `batch` takes: a spec, and the two parameters whose plane is looked at."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, model_validator

from ..batch_steps import parameter_places
from ..refusals import refuse
from ..spec import Spec, Strict
from ..spec_words import disagreement


class BatchWanted(Strict):
    """Ask for one epoch of a spec's samples: together, and one at a time."""

    spec: Spec
    edges: Annotated[tuple[str, ...], Field(min_length=2, max_length=2, strict=False)]

    @model_validator(mode="after")
    def _names_a_plane(self) -> BatchWanted:
        known = parameter_places(self.spec.network())
        if self.edges[0] == self.edges[1] or any(edge not in known for edge in self.edges):
            some = ", ".join(list(known)[:8])
            takes = f"two different edges of this network, such as {some}" if len(known) > 1 else \
                "two different edges, and this network has only one"
            raise disagreement(refuse("edges", list(self.edges), takes, "Edges take"))
        return self

    @model_validator(mode="after")
    def _moves(self) -> BatchWanted:
        if self.spec.hold:
            raise disagreement(refuse("hold", True, "false, for this is about moves", "Hold takes"))
        return self

"""The answer to `export`: a pass or a run as the text of a file."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ..exports import Exported, Trained, of_pass, of_run, of_training
from ..exports.kinds import SCRIPT_KINDS
from ..exports.run_tables import spacing
from ..known_run import KnownRun
from ..runs import OnePass
from ..spec import Spec
from .export_payload import PassExport, RunExport, read_export
from .processor import Processor
from .run_answers import RunAnswers


class Exports:
    """Answer `export`. What a file holds is made of the same passes and runs as the page's own numbers."""

    def __init__(self, pass_of: Callable[[Spec, int], OnePass], runs: RunAnswers, processor: Processor) -> None:
        """Keep where passes and runs come from."""
        self._pass_of, self._runs, self._processor = pass_of, runs, processor

    def answer(self, payload: object) -> dict[str, Any]:
        """Return {"ok", "name", "type", "text"}; Refused for the first fault of the payload."""
        wanted = read_export(payload)
        made = self._of_pass(wanted) if isinstance(wanted, PassExport) else self._of_run(wanted)
        return {"ok": True, "name": made.name, "type": made.type, "text": made.text}

    def _of_pass(self, wanted: PassExport) -> Exported:
        spec, one = wanted.spec, self._pass_of(wanted.spec, wanted.number)
        return self._processor.aside(lambda: of_pass(wanted.kind, spec, one))

    def _of_run(self, wanted: RunExport) -> Exported:
        spec, epoch = wanted.spec, wanted.epoch
        if wanted.kind in SCRIPT_KINDS:
            return of_run(wanted.kind, spec, epoch)
        every = wanted.every or spacing(epoch, len(spec.lanes))
        trained = self._runs.ask(spec, epoch + 1, lambda run: trained_to(run, epoch, every))
        return self._processor.aside(lambda: of_training(wanted.kind, spec, trained))


def trained_to(run: KnownRun, epoch: int, every: int) -> Trained:
    """Return what a table says of a run that is known up to `epoch`."""
    [shown] = run.shown([epoch], 0)
    return Trained(epoch, every, run.losses(0, epoch + 1), run.diverged(epoch + 1), shown.frame.parameters,
                   shown.frame.outputs)

"""What the answer of a run is made of: the run that is kept, its frames, some at a time, and the bytes of all."""

from __future__ import annotations

import threading
from bisect import bisect_left
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from ..bounds import EPOCH
from ..kernels.plan import parameter_count
from ..known_run import CHECKPOINT_EVERY, Film, KnownRun
from ..planes import SURFACE_HIGH, SURFACE_LOW
from ..run_spec import RunSpec
from ..typical import PIECE_WORK
from ..verdicts import finishing_line
from .chunks import Packed, as_bytes, frame_bytes
from .read_ahead import MOST_BYTES, ReadAhead, Stride, after
from .run_payloads import RunWanted, most_epochs
from .wire import WithBytes, encode

A_RUN_BYTES = 16_000  # that a run takes beside the numbers it counts
ANSWER_BYTES = 1_000_000
FRAMES_AN_ANSWER = 256
AHEAD_WORK = 400_000  # samples times parameters that may be made ahead at a time: a millisecond of the kernels


@dataclass(eq=False)
class KeptRun:
    """A run, what every answer says of it, and the turn of whoever works on it."""

    run: KnownRun
    spec: RunSpec
    ahead: ReadAhead
    turn: threading.Lock = field(default_factory=threading.Lock)
    counted: int = 0

    def __post_init__(self) -> None:
        spec = self.spec
        self.parameters, self.samples = parameter_count(spec.layers, spec.biases), len(spec.data.x)
        self.outputs = spec.layers[-1] * self.samples
        self.always, self.always_encoded = _always(self.parameters, self.samples, spec.layers[-1], finishing_line(spec))

    @property
    def size(self) -> int:
        """How many bytes it takes."""
        return self.run.size + A_RUN_BYTES + self.ahead.size

    @property
    def an_epoch(self) -> int:
        """Samples times parameters that an epoch takes, thrice for what goes forward, back and into the update."""
        return 3 * len(self.spec.lanes) * self.samples * self.parameters


@lru_cache(maxsize=64)
def _always(parameters: int, samples: int, outputs: int, finish: float | None) -> tuple[dict[str, Any], str]:
    """Return what every answer says, and how it is written."""
    fields = {"parameters": parameters, "samples": samples, "outputs": outputs, "low": SURFACE_LOW,
              "high": SURFACE_HIGH, "finish": finish}
    return fields, encode(fields)[1:-1]


class TrainedFrames:
    """The training up to an answer's end and its frames, some at a time, and those of what who goes on asks next."""

    def __init__(self, kept: KeptRun, wanted: RunWanted, stop: int) -> None:
        """Begin. stop: that of the answer, which may be before the one that is wanted."""
        self.kept, self._run, self._grid = kept, kept.run, wanted.grid
        self.first: Stride = wanted.epoch, stop, wanted.every or 0, wanted.grid
        way = min(wanted.every or 1, CHECKPOINT_EVERY) * kept.an_epoch
        judging = len(kept.spec.lanes) * wanted.stop  # a verdict looks back, to the first epoch if need be
        self._a_frame = way + judging + len(kept.spec.lanes) * wanted.grid ** 2 * kept.parameters
        self.ahead = kept.ahead.far(self.first, self._most_ahead(kept)) if wanted.every and stop == wanted.stop else 0
        self._until = after(self.first, self.ahead)[1]
        self.epochs = [] if wanted.every is None else [
            epoch for epoch in range(wanted.epoch, self._until) if epoch % wanted.every == 0]
        self._films: list[Film] = []
        self._filmed = 0
        self._a_piece = max(1, PIECE_WORK // self._a_frame)
        frames = min(self._a_piece, len(self.epochs)) * self._a_frame + CHECKPOINT_EVERY // 2 * kept.an_epoch
        self.size = frames + min(CHECKPOINT_EVERY, max(0, self._until - kept.run.known)) * kept.an_epoch

    @property
    def done(self) -> bool:
        """Whether all is there."""
        return self._filmed == len(self.epochs) and self._run.known >= self._until

    def go_on(self) -> None:
        """Train on, and where that is done, work the next frames out."""
        if self._run.known < self._until:
            self._run.extend(self._until)
        if self._run.known < self._until or not self.epochs:
            return
        next_ones = self.epochs[self._filmed:self._filmed + self._a_piece]
        self._films.append(self._run.film(next_ones, self._grid))
        self._filmed += len(next_ones)

    def packed(self) -> Packed | None:
        """Return all of them as bytes; None if there are none."""
        return Packed(Film.joined(self._films)) if self._films else None

    def _most_ahead(self, kept: KeptRun) -> int:
        """Return how many more such strides are little to keep and to work out."""
        epoch, stop, every, grid = self.first
        lanes, frames = len(kept.spec.lanes), -(-(stop - epoch) // every)
        size = frames * frame_bytes(lanes, kept.parameters, kept.outputs, grid) + 8 * lanes * (stop - epoch)
        may_be_asked = min(EPOCH.high, most_epochs(kept.spec, lanes)) - stop
        return min(may_be_asked // (stop - epoch), MOST_BYTES // size, AHEAD_WORK // (frames * self._a_frame))


def told(frames: TrainedFrames) -> dict[Stride, WithBytes]:
    """Return the answer whose frames these are, and after it those made ahead."""
    strides = [after(frames.first, count) for count in range(1 + frames.ahead)]
    packed = frames.packed()
    return {stride: _told(frames.kept, stride, frames.epochs, packed) for stride in strides}


def _told(kept: KeptRun, stride: Stride, epochs: list[int], packed: Packed | None) -> WithBytes:
    epoch, stop, _, grid = stride
    here = slice(bisect_left(epochs, epoch), bisect_left(epochs, stop))
    losses, diverged, frames = kept.run.losses(epoch, stop), list(kept.run.diverged(stop)), epochs[here]
    grid = grid if packed and packed.surfaced and frames else 0
    answer = WithBytes(ok=True, epoch=epoch, stop=stop, frames=frames, diverged=diverged, grid=grid, **kept.always,
                       body=packed.body(losses, here) if packed else as_bytes(losses))
    answer.head = (f'{{"ok":true,"epoch":{epoch},"stop":{stop},"frames":{plain(frames)},"diverged":{plain(diverged)},'
                   f'"grid":{grid},{kept.always_encoded},"body":{{"_placeholder":true,"num":0}}}}')
    return answer


def plain(numbers: list[Any]) -> str:
    """Return whole numbers and None as JSON: what an encoder does ten times as slowly, in every answer."""
    return str(numbers).replace(" ", "").replace("None", "null")


def fitting(wanted: RunWanted, parameters: int) -> int:
    """Return how many epochs an answer may hold: a million bytes, and 256 frames."""
    spec = wanted.spec
    lanes, outputs = len(spec.lanes), spec.layers[-1] * len(spec.data.x)
    without_frames = ANSWER_BYTES // (8 * lanes)
    if wanted.every is None:
        return without_frames
    a_frame = frame_bytes(lanes, parameters, outputs, wanted.grid)
    frames = min(FRAMES_AN_ANSWER, ANSWER_BYTES // (a_frame + 8 * lanes * wanted.every))
    return min(max(1, frames) * wanted.every, without_frames)

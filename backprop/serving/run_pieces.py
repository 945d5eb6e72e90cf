"""What the answer of a run is made of: the run that is kept, its frames, some at a time, and the bytes of all."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field

from ..kernels.plan import parameter_count
from ..known_run import CHECKPOINT_EVERY, KnownRun, Shown
from ..planes import SURFACE_HIGH, SURFACE_LOW
from ..run_spec import RunSpec
from ..typical import PIECE_WORK
from ..verdicts import finishing_line
from .chunks import frame_bytes, packed
from .read_ahead import MOST_BYTES, ReadAhead, Stride, after
from .run_payloads import RunWanted
from .wire import WithBytes

A_RUN_BYTES = 16_000  # that a run takes beside the numbers it counts
ANSWER_BYTES = 1_000_000
FRAMES_AN_ANSWER = 256
AHEAD_WORK = 400_000  # samples times parameters that may be made ahead at a time: a millisecond of the kernels


@dataclass(eq=False)
class KeptRun:
    """A run, what every answer says of it, and the turn of whoever works on it."""

    run: KnownRun
    spec: RunSpec
    turn: threading.Lock = field(default_factory=threading.Lock)
    ahead: ReadAhead = field(default_factory=ReadAhead)
    counted: int = 0

    def __post_init__(self) -> None:
        spec = self.spec
        self.parameters, self.samples = parameter_count(spec.layers, spec.biases), len(spec.data.x)
        self.outputs = spec.layers[-1] * self.samples
        self.finish = finishing_line(spec)

    @property
    def size(self) -> int:
        """How many bytes it takes."""
        return self.run.size + A_RUN_BYTES + self.ahead.size

    @property
    def an_epoch(self) -> int:
        """Samples times parameters that an epoch takes, thrice for what goes forward, back and into the update."""
        return 3 * len(self.spec.lanes) * self.samples * self.parameters


class Frames:
    """The frames of an answer, some at a time, and those of the answers that who goes on asks for next."""

    def __init__(self, kept: KeptRun, wanted: RunWanted, stop: int) -> None:
        """Begin. stop: that of the answer, which may be before the one that is wanted."""
        self._run, self._grid = kept.run, wanted.grid
        self.first: Stride = wanted.epoch, stop, wanted.every or 0, wanted.grid
        way = min(wanted.every or 1, CHECKPOINT_EVERY) * kept.an_epoch
        self._a_frame = way + len(kept.spec.lanes) * wanted.grid ** 2 * kept.parameters
        self.ahead = kept.ahead.far(self.first, self._most_ahead(kept)) if wanted.every and stop == wanted.stop else 0
        self.epochs = [] if wanted.every is None else [
            epoch for epoch in range(wanted.epoch, after(self.first, self.ahead)[1]) if epoch % wanted.every == 0]
        self.shown: list[Shown] = []
        self._a_piece = max(1, PIECE_WORK // self._a_frame)
        self.size = min(self._a_piece, len(self.epochs)) * self._a_frame + CHECKPOINT_EVERY // 2 * kept.an_epoch

    @property
    def done(self) -> bool:
        """Whether all frames are there."""
        return len(self.shown) == len(self.epochs)

    def go_on(self) -> None:
        """Work the next ones out."""
        done = len(self.shown)
        self.shown += self._run.shown(self.epochs[done:done + self._a_piece], self._grid)

    def _most_ahead(self, kept: KeptRun) -> int:
        """Return how many more such strides are trained already, and little to keep and to work out."""
        epoch, stop, every, grid = self.first
        lanes, frames = len(kept.spec.lanes), -(-(stop - epoch) // every)
        size = frames * frame_bytes(lanes, kept.parameters, kept.outputs, grid) + 8 * lanes * (stop - epoch)
        trained = (kept.run.known - stop) // (stop - epoch)
        return min(trained, MOST_BYTES // size, AHEAD_WORK // (frames * self._a_frame))


def told(kept: KeptRun, frames: Frames) -> dict[Stride, WithBytes]:
    """Return the answer whose frames these are, and after it those made ahead."""
    return {stride: _told(kept, stride, frames.shown)
            for stride in (after(frames.first, count) for count in range(1 + frames.ahead))}


def _told(kept: KeptRun, stride: Stride, shown: list[Shown]) -> WithBytes:
    run, spec = kept.run, kept.spec
    epoch, stop, _, grid = stride
    here = [each for each in shown if epoch <= each.frame.epoch < stop]
    return WithBytes(
        ok=True, epoch=epoch, stop=stop, frames=[each.frame.epoch for each in here],
        diverged=list(run.diverged(stop)), parameters=kept.parameters, samples=kept.samples, outputs=spec.layers[-1],
        grid=grid if here and here[0].surfaces is not None else 0, low=SURFACE_LOW, high=SURFACE_HIGH,
        finish=kept.finish, body=packed(run.losses(epoch, stop), here))


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

"""Layouts that runs share: all of a training but where it starts. A thousand races of one kind take turns in one.

A training has room to work and no memory of what it did, so any run of its kind may have it, one at a time.
"""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import blake2b

from .kernels.plan import parameter_count
from .run_spec import RunSpec
from .training import Training

KINDS_KEPT = 32
LARGEST_KEPT = 20_000  # lanes times samples times parameters: some megabytes; laying out more is little beside using it

START = re.compile(r'"initial":\{[^}]*\},')  # of a lane, in a spec's text: it has other fields after it

_kinds: OrderedDict[bytes, list[Training]] = OrderedDict()  # of each kind those that nobody works in


class Layouts:
    """Lend the trainings of one run's kind. A run holds none of them: it may be kept for long after its kind is not."""

    def __init__(self, spec: RunSpec) -> None:
        """Know the kind."""
        self._spec, self._kind = spec, _kind_of(spec)
        self._keeps = (len(spec.lanes) * len(spec.data.x) * parameter_count(spec.layers, spec.biases)
                       <= LARGEST_KEPT)

    @contextmanager
    def lent(self) -> Iterator[Training]:
        """Hold a training: one that is free, or another one; two threads never share one."""
        try:
            training = _kinds[self._kind].pop()
        except (KeyError, IndexError):
            training = self._spec.training()
        yield training
        if self._keeps:  # but not after a fault
            _kinds.setdefault(self._kind, []).append(training)
            _kinds.move_to_end(self._kind)
            while len(_kinds) > KINDS_KEPT:
                _kinds.popitem(last=False)


def _kind_of(spec: RunSpec) -> bytes:
    """Return what names the spec without where its lanes start: a hash, as each run keeps it."""
    return blake2b(START.sub("", spec.canonical()).encode(), digest_size=16).digest()

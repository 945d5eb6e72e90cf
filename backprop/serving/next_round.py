"""Go on when gevent's loop has looked for what came in.

What is given to `run_callback` while the loop runs its callbacks is run at once, up to fifty times, before the loop
looks: of pieces of five milliseconds that is a quarter of a second in which nobody is heard.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import gevent


class NextRound:
    """Call something again, in the loop's next round."""

    def __init__(self, call: Callable[[], object]) -> None:
        """Keep what to call. A process may still fork: the loop is not touched yet."""
        self._call = call
        self._timer: Any = None

    def begin(self) -> None:
        """Let the loop call it, after all that came in."""
        if self._timer is None:
            loop = gevent.get_hub().loop
            self._timer = loop.timer(0.0, priority=loop.MINPRI)
        self._timer.start(self._call)

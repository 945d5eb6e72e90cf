"""The processor time that a thread has worked, for who is charged with it: looking for garbage is nobody's work.

Python looks for it in the middle of whatever needs the next new object. With a thousand learners that takes a tenth of
a second now and then: whose piece it was would come after everybody else for as long as that is a learner's part.
"""

from __future__ import annotations

import gc
import time
from typing import Any

from gevent.monkey import get_original

_thread: Any = get_original("_thread", "get_ident")  # and not which greenlet
_begun: dict[int, float] = {}
_collecting: dict[int, float] = {}  # seconds, of each thread that ever did


def working_time() -> float:
    """Return the seconds of a processor that this thread has used, but for those in which it looked for garbage."""
    return time.thread_time() - _collecting.get(_thread(), 0.0)


def _collects(phase: str, found: dict[str, Any]) -> None:
    thread = _thread()
    if phase == "start":
        _begun[thread] = time.thread_time()
    elif thread in _begun:
        _collecting[thread] = _collecting.get(thread, 0.0) + time.thread_time() - _begun.pop(thread)


gc.callbacks.append(_collects)

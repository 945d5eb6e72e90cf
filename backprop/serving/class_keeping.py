"""Where classes are kept: in this process, or in a Redis that several processes share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ..classes.classes import Classes
from ..classes.memory_store import MemoryStore


class Keeping:
    """Hold the classes, what Socket.IO has to be given for them, and what waits until all processes are heard."""

    def __init__(self, redis_url: str | None) -> None:
        """Choose by whether there is a Redis; it may be away, and come later."""
        self.options: dict[str, Any] = {}
        self.listening: Callable[[], None] = lambda: None
        if redis_url is None:
            self.classes = Classes(MemoryStore())
            return
        from ..classes.redis_store import RedisStore
        from .message_queue import MessageQueue

        queue = MessageQueue(redis_url)
        self.options = {"client_manager": queue}
        self.listening = queue.wait
        self.classes = Classes(RedisStore(redis_url))

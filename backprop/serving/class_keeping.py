"""Where classes are kept: in this process, or in a Redis that several processes share."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from ..classes.classes import Classes
from ..classes.memory_store import MemoryStore

if TYPE_CHECKING:
    from .message_queue import MessageQueue


class Keeping:
    """Hold the classes, and what joins the processes that they are kept for."""

    def __init__(self, redis_url: str | None) -> None:
        """Choose by whether there is a Redis; it may be away, and come later."""
        self._queue: MessageQueue | None = None
        if redis_url is None:
            self.classes = Classes(MemoryStore())
            return
        from ..classes.redis_store import RedisStore  # only where there is one: the client takes time to load
        from .message_queue import MessageQueue

        self._queue = MessageQueue(redis_url)
        self.classes = Classes(RedisStore(redis_url))

    @property
    def options(self) -> dict[str, Any]:
        """What Socket.IO has to be given."""
        return {"client_manager": self._queue} if self._queue else {}

    def listen(self) -> None:
        """Wait until this process hears the others; Refused where it does not."""
        if self._queue:
            self._queue.wait()

    def when_resumed(self, act: Callable[[], None]) -> None:
        """Call `act` whenever this process hears the others again, and may have missed something."""
        if self._queue:
            self._queue.resumed = act

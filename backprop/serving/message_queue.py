"""What joins several processes into one: what one sends to a room reaches those in it on every other."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from typing import Any

import gevent
import gevent.event
import socketio
from redis.exceptions import RedisError

from ..classes.redis_store import PREFIX, patient
from ..refusals import Refused
from . import logs

CHANNEL = f"{PREFIX}rooms"
AGAIN_SECONDS = 1.0  # a Redis that was away is asked again so soon
PATIENCE_SECONDS = 5.0


class MessageQueue(socketio.RedisManager):  # type: ignore[misc]
    """Be Socket.IO's message queue over Redis, and know whether this process hears the others.

    The library's own waits up to a minute before it listens again, and nobody is told that it does not.
    """

    def __init__(self, url: str) -> None:
        """Begin to listen when the first client connects."""
        super().__init__(url, channel=CHANNEL, redis_options=patient())
        self._hears = gevent.event.Event()
        self._complained = False
        self._began = False
        self.resumed: Callable[[], None] = lambda: None  # called after a time in which something may have been missed

    def wait(self) -> None:
        """Wait until this process hears the others; Refused where it does not."""
        if not self._hears.wait(PATIENCE_SECONDS):
            raise Refused("server", "nothing", "a Redis that answers",
                          "The server cannot reach its other processes. Try again in a moment.")

    def _redis_listen_with_retries(self) -> Iterator[dict[str, Any]]:
        while True:
            try:
                self._redis_connect()
                with self.redis.pubsub() as listening:
                    listening.subscribe(self.channel)
                    for message in listening.listen():
                        self._heard(message["type"])
                        yield message
            except (RedisError, OSError) as fault:
                self._lost(fault)
            gevent.sleep(AGAIN_SECONDS)

    def _heard(self, kind: str) -> None:
        """Take note of a message, the answer to `subscribe` too: from then on nothing is missed."""
        self._hears.set()
        self._complained = False
        if kind == "subscribe":
            if self._began:
                gevent.spawn(self.resumed)
            self._began = True

    def _lost(self, fault: Exception) -> None:
        self._hears.clear()
        if not self._complained:
            logs.say("redis away", logging.ERROR, kind=type(fault).__name__)
            self._complained = True

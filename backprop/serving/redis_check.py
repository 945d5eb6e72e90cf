"""Is Redis there? Asked anew each time, and never for long."""

from __future__ import annotations

from collections.abc import Callable

import redis

PATIENCE_SECONDS = 1.0


def redis_check(url: str) -> Callable[[], str | None]:
    """Return what says why Redis is of no use, and None where it answers; its address may hold a password: unsaid."""
    client = redis.Redis.from_url(url, socket_timeout=PATIENCE_SECONDS, socket_connect_timeout=PATIENCE_SECONDS)

    def check() -> str | None:
        try:
            client.ping()
        except (redis.RedisError, OSError):
            return "Redis cannot be reached."
        return None

    return check

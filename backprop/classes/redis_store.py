"""Classes of several processes, in a Redis that they share. All of a class expires there by itself when it ends."""

from __future__ import annotations

import socket
from collections.abc import Sequence
from typing import Any

import redis
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

from ..refusals import Refused
from . import redis_scripts as scripts
from .state import Classroom, Question, Shown
from .store import (
    COUNTS_SECONDS,
    LATELY_SECONDS,
    MOST_CLASSES,
    MOST_LEARNERS,
    Clock,
    Counted,
    Outcome,
    Place,
    wall_clock,
)

PREFIX = "backprop:"
PATIENCE_SECONDS = 2.0  # a Redis that is slower than this is as good as away
MOST_CONNECTIONS = 20
ALL = f"{PREFIX}classes"


# a Redis on another machine that vanishes without a word is noticed within half a minute (where the system can)
KEEPALIVE = {getattr(socket, name): value for name, value in
             (("TCP_KEEPIDLE", 15), ("TCP_KEEPINTVL", 5), ("TCP_KEEPCNT", 3)) if hasattr(socket, name)}


def patient() -> dict[str, Any]:
    """Return how to treat Redis: one more try, for a connection that it has closed, and no long wait."""
    return {"socket_timeout": PATIENCE_SECONDS, "socket_connect_timeout": PATIENCE_SECONDS,
            "retry": Retry(NoBackoff(), 1), "socket_keepalive": True, "socket_keepalive_options": KEEPALIVE}


class RedisStore:
    """Keep classes in Redis; Refused with the field "server" while it is away."""

    def __init__(self, url: str, clock: Clock = wall_clock) -> None:
        """Connect when first needed. `clock` gives seconds of the Unix epoch."""
        pool: redis.BlockingConnectionPool = redis.BlockingConnectionPool.from_url(
            url, max_connections=MOST_CONNECTIONS, timeout=PATIENCE_SECONDS, decode_responses=True, **patient())
        self._redis = redis.Redis(connection_pool=pool)
        self._clock = clock
        self._scripts: dict[str, Any] = {}

    def begin(self, room: Classroom) -> Outcome:
        """Keep a new class."""
        return Outcome(self._run(scripts.OPEN, room.code, room.lock, room.ends, MOST_CLASSES))

    def find(self, code: str) -> Classroom | None:
        """Return the class."""
        fields = self._run(scripts.FIND, code)
        return _room(code, fields) if fields else None

    def show(self, code: str, figure: str, state: str) -> Shown | None:
        """Keep what is shown from now on."""
        number = self._run(scripts.SHOW, code, figure, state)
        return None if number is None else Shown(figure, state, number)

    def ask(self, code: str, kind: str, about: str, choices: int) -> Question | None:
        """Keep a new question."""
        number = self._run(scripts.ASK, code, kind, about, choices)
        return None if number is None else Question(number, kind, about, choices)

    def answer(self, code: str, learner: str, question: int, choice: int) -> Outcome:
        """Keep a learner's answer."""
        return Outcome(self._run(scripts.ANSWER, code, learner, question, choice, MOST_LEARNERS))

    def reveal(self, code: str) -> Counted | None:
        """Take no more answers."""
        return _counted(code, self._run(scripts.REVEAL, code))

    def counts(self, code: str) -> Counted | None:
        """Return the question, and how many took each choice."""
        return _counted(code, self._run(scripts.COUNTS, code))

    def seen(self, code: str, places: Sequence[Place]) -> Outcome:
        """Keep that these learners are there now."""
        members = [" ".join(place) for place in places]
        return Outcome(self._run(scripts.SEEN, code, self._since(), MOST_LEARNERS, *members))

    def left(self, code: str, place: Place) -> None:
        """Forget that a learner is there."""
        self._run(scripts.LEFT, code, " ".join(place))

    def here(self, code: str) -> int:
        """Return how many learners are there."""
        number: int = self._run(scripts.HERE, code, self._since())
        return number

    def turn(self, code: str) -> bool:
        """Say whether the counts may be told now."""
        return bool(self._run(scripts.TURN, code, COUNTS_SECONDS))

    def end(self, code: str) -> None:
        """Forget the class."""
        self._run(scripts.END, code)

    def sweep(self) -> None:
        """Do nothing: Redis forgets what has ended."""

    def close(self) -> None:
        """Let go of all connections."""
        self._redis.connection_pool.disconnect()

    def _since(self) -> float:
        return self._clock() - LATELY_SECONDS

    def _run(self, script: str, code: str, *said: str | float) -> Any:
        """Run a script on a class."""
        ready = self._scripts.get(script) or self._scripts.setdefault(script, self._redis.register_script(script))
        keys = [f"{PREFIX}class:{code}{part}" for part in ("", ":answers", ":seen")]
        try:
            return ready(keys=[*keys, ALL], args=[repr(self._clock()), code, *said])
        except RedisError:
            raise Refused("server", "nothing", "a Redis that answers",
                          "The server cannot reach what keeps its classes. Try again in a moment.") from None


def _counted(code: str, found: Any) -> Counted | None:
    if found is None:
        return None
    fields, counts = found
    question = _room(code, fields).question
    assert question is not None  # the script has seen to it
    return question, counts


def _room(code: str, fields: Sequence[str]) -> Classroom:
    kept = dict(zip(fields[::2], fields[1::2], strict=True))
    shown = Shown(kept["figure"], kept["state"], int(kept["shown"])) if "shown" in kept else None
    question = Question(int(kept["asked"]), kept["kind"], kept["about"], int(kept["choices"]),
                        kept["revealed"] == "1") if "asked" in kept else None
    return Classroom(code, kept["lock"], int(kept["ends"]), shown, question)

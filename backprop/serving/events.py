"""The Socket.IO events: every request gets an answer, and a bad one does not close the connection."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask_socketio import SocketIO

from ..classes.classes import Guessed
from ..refusals import NOTHING, Refused
from . import gevent_adapter, logs
from .allowance import Gone, Meter
from .answers import Answer, Answers, DivergedRefusal
from .class_answers import ClassAnswers
from .direct import Direct
from .gevent_adapter import ENVIRON_KEY
from .limits import GUESS_COST, MORE_COST, ConnectionLimits
from .packets import MALFORMED
from .read_ahead import Question
from .wire import WithBytes

LIMITS_KEY = "backprop.limits"  # in the environ of the connection, so that they live and end with it


def register(socketio: SocketIO, answers: Answers, classes: ClassAnswers,
             new_limits: Callable[[], ConnectionLimits] = ConnectionLimits,
             counted: Callable[[Any], Any] = lambda handler: handler) -> None:
    """Answer every event on this server, straight from the WebSocket (direct.py); `counted` wraps what answers."""
    server = socketio.server

    def answered(name: str, sid: str, environ: dict[str, Any], payload: tuple[object, ...]) -> Answer:
        limits = limits_of(environ)
        try:
            if name in classes.names:  # it waits for the store more than it works, and pays in requests
                limits.bucket.spend(MORE_COST.get(name, 0))
                return classes.answer(name, _only(payload), sid)
            with Meter(limits.allowance, _gone_of(environ)):
                return _answer(answers, name, payload)
        except Gone:
            return {}  # to nobody
        except Guessed as guessed:
            limits.bucket.spend(GUESS_COST)
            return refusal(guessed)
        except Refused as refused:
            return refusal(refused)
        except Exception:
            logs.fault(name if name in answers.names | classes.names else "an event that there is not")
            return refusal(Refused("server", "a fault", "nothing", "The server could not work this out."))

    def limits_of(environ: dict[str, Any]) -> ConnectionLimits:
        limits: ConnectionLimits | None = environ.get(LIMITS_KEY)
        if limits is None:
            limits = environ[LIMITS_KEY] = new_limits()
        return limits

    answer: Callable[..., Answer] = counted(answered)
    refuse: Callable[[str, Refused], Answer] = counted(lambda name, refused: refusal(refused))
    ready: Callable[[str, Question], WithBytes | None] = counted(lambda name, question: answers.ready(question))

    def on_disconnect(sid: str, reason: object) -> None:
        classes.disconnected(sid)

    server.on("disconnect", on_disconnect)
    gevent_adapter.install(server.eio, Direct(server.manager, limits_of, answer, refuse, ready,
                                               answers.asked_again).take)


def refusal(refused: Refused) -> dict[str, Any]:
    """Return a refusal as the wire carries it."""
    answer: dict[str, Any] = {"ok": False, "error": refused.as_dict()}
    if isinstance(refused, DivergedRefusal):
        answer["diverged"] = refused.diverged
    return answer


def _answer(answers: Answers, name: str, payload: tuple[object, ...]) -> Answer:
    if name == MALFORMED:
        raise Refused("message", "something else", "one event, as text, with its payload as JSON",
                      "A message takes one event with its payload as JSON, and no binary.")
    return answers.answer(name, _only(payload))


def _only(payload: tuple[object, ...]) -> object:
    if len(payload) > 1:
        raise Refused("payload", f"{len(payload)} values", "one object",
                      f"A request takes one object, but got {len(payload)} values.")
    return payload[0] if payload else NOTHING


def _gone_of(environ: dict[str, Any]) -> Callable[[], bool]:
    """Return what says whether the client of this connection has vanished."""
    websocket = environ.get(ENVIRON_KEY)
    return lambda: websocket is not None and not websocket.open

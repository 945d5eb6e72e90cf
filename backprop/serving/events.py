"""The Socket.IO events: every request gets an answer, and a bad one does not close the connection."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask_socketio import SocketIO

from ..classes.classes import Guessed
from ..refusals import NOTHING, Refused
from . import gevent_adapter, logs
from .answers import Answer, Answers, DivergedRefusal
from .asker import Asker, Gone
from .class_answers import ClassAnswers
from .direct import Direct
from .gevent_adapter import GeventWebSocket
from .limits import GUESS_COST, MORE_COST, ConnectionLimits
from .line import Line
from .packets import MALFORMED
from .read_ahead import Question
from .wire import WithBytes


def register(socketio: SocketIO, answers: Answers, classes: ClassAnswers, line: Line,
             new_limits: Callable[[], ConnectionLimits] = ConnectionLimits,
             counted: Callable[[Any], Any] = lambda handler: handler) -> None:
    """Answer every event on this server, straight from the WebSocket (direct.py); `counted` wraps what answers."""
    server = socketio.server

    def answered(name: str, sid: str, websocket: GeventWebSocket, payload: tuple[object, ...]) -> Answer:
        limits = websocket.limits
        try:
            if name in classes.names:  # it waits for the store more than it works, and pays in requests
                limits.bucket.spend(MORE_COST.get(name, 0))
                return classes.answer(name, _only(payload), sid)
            with Asker(limits, lambda: not websocket.open).asking():
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

    answer: Callable[..., Answer] = counted(answered)
    refuse: Callable[[str, Refused], Answer] = counted(lambda name, refused: refusal(refused))
    ready: Callable[[str, Question], WithBytes | None] = counted(lambda name, question: answers.ready(question))

    def on_disconnect(sid: str, reason: object) -> None:
        classes.disconnected(sid)

    server.on("disconnect", on_disconnect)
    gevent_adapter.install(server.eio, Direct(server.manager, answer, refuse, ready, answers.asked_again).take, line,
                           new_limits)


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

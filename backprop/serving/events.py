"""The Socket.IO events: every request gets an answer, and a bad one does not close the connection."""

from __future__ import annotations

import logging
from typing import Any

import gevent
from flask import request
from flask_socketio import SocketIO

from ..classes.classes import Guessed
from ..refusals import NOTHING, Refused
from .answers import Answer, Answers, DivergedRefusal
from .class_answers import ClassAnswers
from .gevent_adapter import ENVIRON_KEY
from .limits import GUESS_COST, MORE_COST, ConnectionLimits
from .packets import MALFORMED, REQUEST

LIMITS_KEY = "backprop.limits"  # in the environ of the connection, so that they live and end with it
log = logging.getLogger("backprop")


def register(socketio: SocketIO, answers: Answers, classes: ClassAnswers) -> None:
    """Answer every event on this server (packets.py has made each one "request")."""

    @socketio.on(REQUEST)  # type: ignore[untyped-decorator]
    def on_request(name: str, *payload: object) -> Answer:
        limits = request.environ.setdefault(LIMITS_KEY, ConnectionLimits())
        sid: str = request.sid  # type: ignore[attr-defined]
        try:
            with limits.admit(_unsent(socketio, sid)):
                gevent.sleep(0)  # requests that came together are all in flight before the first is worked on
                if name in classes.names:
                    limits.bucket.spend(MORE_COST.get(name, 0))
                    return classes.answer(name, _only(payload), sid)
                return _answer(answers, name, payload)
        except Guessed as guessed:
            limits.bucket.spend(GUESS_COST)
            return refusal(guessed)
        except Refused as refused:
            return refusal(refused)
        except Exception:
            log.exception("No answer to %r", name[:60])
            return refusal(Refused("server", "a fault", "nothing", "The server could not work this out."))

    @socketio.on("disconnect")  # type: ignore[untyped-decorator]
    def on_disconnect(reason: object) -> None:
        classes.disconnected(request.sid)  # type: ignore[attr-defined]


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


def _unsent(socketio: SocketIO, sid: str) -> int:
    """Return how many packets wait for this client to read, the one that is half sent included."""
    server = socketio.server
    connection = server.eio.sockets.get(server.manager.eio_sid_from_sid(sid, "/"))
    websocket = request.environ.get(ENVIRON_KEY)
    return (connection.queue.qsize() if connection else 0) + (1 if websocket and websocket.sending else 0)

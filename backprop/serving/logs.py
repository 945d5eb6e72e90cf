"""The log: a line for the start, the stop and each fault. Who connected and what was asked is in none of them.

A fault is told by its kind and the places it came through. Its message is left out: it may quote what somebody sent.
So is what libraries log (an origin, a packet): only the place where they do.
"""

from __future__ import annotations

import json
import logging
import sys
import traceback
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import gevent

log = logging.getLogger("backprop")
PLACES_TOLD = 8


def configure(form: str, level: str) -> None:
    """Write everything that is logged to standard error, as "text" or as "json", one line each."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(Lines(form))
    root = logging.getLogger()
    for old in root.handlers[:]:
        if isinstance(old.formatter, Lines):
            root.removeHandler(old)
    root.addHandler(handler)
    root.setLevel(logging.WARNING)
    log.setLevel(level.upper())
    gevent.get_hub().print_exception = _fault_of_a_greenlet  # its own prints the message, and the environ


def of_library(name: str) -> logging.Logger:
    """Return a logger for a library that would otherwise write by itself, and too much."""
    logger = logging.getLogger(name)
    logger.setLevel(logging.ERROR)
    return logger


def say(event: str, level: int = logging.INFO, **fields: object) -> None:
    """Log an event of the server; `fields` are numbers and words of our own, never something that was sent."""
    log.log(level, event, extra={"fields": fields})


def fault(where: str) -> None:
    """Log the exception at hand; `where` is one of our own words."""
    log.error("fault", exc_info=True, extra={"fields": {"at": where}})


def _fault_of_a_greenlet(context: object, kind: Any, value: Any, trace: Any) -> None:
    log.error("fault", exc_info=(kind, value, trace), extra={"fields": {"at": "a greenlet"}})


class Lines(logging.Formatter):
    """Write a record as one line."""

    def __init__(self, form: str) -> None:
        """Take "text" or "json"."""
        super().__init__()
        self._json = form == "json"

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        time = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        level, told = record.levelname.lower(), told_of(record)
        if self._json:
            return json.dumps({"time": time, "level": level, **told})
        words = " ".join(f"{name}={_word(value)}" for name, value in told.items() if name != "event")
        return f"{time} {level} {told['event']} {words}".rstrip()


def told_of(record: logging.LogRecord) -> dict[str, Any]:
    """Return the event and its fields; of a library only its name and the place."""
    if record.name == log.name and hasattr(record, "fields"):
        told = {"event": record.getMessage(), **record.fields}
    else:
        told = {"event": "library", "name": record.name, "at": f"{record.filename}:{record.lineno} {record.funcName}"}
    if record.exc_info and record.exc_info[0] is not None:
        kind, _, trace = record.exc_info
        told |= {"kind": kind.__name__, "through": places(trace)}
    return told


def places(trace: Any) -> list[str]:
    """Return the innermost places of a traceback, as file:line function."""
    return [f"{Path(frame.filename).name}:{frame.lineno} {frame.name}"
            for frame in traceback.extract_tb(trace)[-PLACES_TOLD:]]


def _word(value: object) -> str:
    if isinstance(value, list):
        return json.dumps(" < ".join(reversed(value)))
    text = str(value)
    return json.dumps(text) if not text or not text.isprintable() or any(each in text for each in ' "=') else text

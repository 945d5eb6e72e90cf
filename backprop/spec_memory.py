"""Specs that were read before: what is asked about one spec a hundred times is checked once."""

from __future__ import annotations

import marshal
from collections import OrderedDict
from typing import Any

from pydantic import BaseModel

BYTES_KEPT = 2_000_000  # of what was sent; read, a spec takes some ten times as much
Key = tuple[Any, bytes]

_known: OrderedDict[Key, BaseModel] = OrderedDict()
_size = 0


def key_of(model: type[BaseModel], payload: object) -> Key | None:
    """Return what names the spec in this payload to the last bit, 1 and 1.0 apart; None if there is none."""
    field = model.model_fields.get("spec")
    if field is None or not isinstance(payload, dict) or not isinstance(payload.get("spec"), dict):
        return None
    try:
        return field.annotation, marshal.dumps(payload["spec"], 2)  # 2: equal values have equal bytes
    except ValueError:  # too deep, or nothing that JSON has
        return None


def known(key: Key) -> BaseModel | None:
    """Return the spec that was read from such a payload before."""
    spec = _known.get(key)
    if spec is not None:
        _known.move_to_end(key)
    return spec


def remember(key: Key, spec: BaseModel) -> None:
    """Keep a spec that was read without a fault; let go of those used longest ago."""
    global _size
    if key not in _known:
        _size += len(key[1])
    _known[key] = spec
    while _size > BYTES_KEPT:
        _size -= len(_known.popitem(last=False)[0][1])

"""A spec that was read before is not checked again, and nothing else is taken for it."""

from __future__ import annotations

import gc
import weakref
from typing import Any

import pytest
from pydantic import BaseModel

from backprop import spec_memory
from backprop.refusals import Refused
from backprop.serving.hill_payload import HillWanted
from backprop.serving.payloads import PassWanted
from backprop.serving.run_payloads import RunWanted
from backprop.spec_words import read_model
from tests.unit.run_specs import FATES


def wanted(**change: Any) -> dict[str, Any]:
    return {"spec": FATES.as_dict(), "epoch": 0, "stop": 10} | change


def test_a_spec_is_read_once() -> None:
    first = read_model(RunWanted, wanted())
    assert read_model(RunWanted, wanted(stop=20)).spec is first.spec
    assert first.spec == FATES


@pytest.mark.parametrize("change", [{"v": True}, {"v": 1.0}, {"layers": "24"}, {"biases": 1}, {"more": 1}])
def test_what_looks_alike_is_still_refused(change: dict[str, Any]) -> None:
    read_model(RunWanted, wanted())
    with pytest.raises(Refused):
        read_model(RunWanted, wanted(spec=FATES.as_dict() | change))
    with pytest.raises(Refused):  # and is not remembered either
        read_model(RunWanted, wanted(spec=FATES.as_dict() | change))


def test_a_known_spec_lets_nothing_else_through() -> None:
    read_model(RunWanted, wanted())
    for change, field in (({"stop": 0}, "stop"), ({"grid": 1}, "grid"), ({"epoch": True}, "epoch"), ({"x": 1}, "x")):
        with pytest.raises(Refused) as refused:
            read_model(RunWanted, wanted(**change))
        assert refused.value.field == field
    with pytest.raises(Refused):  # a run's spec is no pass's
        read_model(PassWanted, {"spec": FATES.as_dict(), "pass": 0})


def test_what_is_kept_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spec_memory, "BYTES_KEPT", 10_000)
    for seed in range(40):
        read_model(RunWanted, wanted(spec=FATES.as_dict() | {"order_seed": seed}))
    assert spec_memory._size == sum(len(key[1]) for key in spec_memory._known) <= 10_000


def test_what_is_too_deep_is_refused_and_not_kept() -> None:
    deep: list[Any] = []
    for _ in range(5000):
        deep = [deep]
    assert spec_memory.key_of(RunWanted, {"spec": {"layers": deep}}) is None


LANES = {"spec": {**FATES.as_dict(), "lanes": [FATES.as_dict()["lanes"][0]] * 50}, "epoch": 0, "stop": 9}
WRONG_START = {**FATES.as_dict()["lanes"][0], "initial": {"kind": "given", "weights": [[[1.0]]], "biases": None}}


@pytest.mark.parametrize(("model", "payload"), [
    (RunWanted, LANES),
    (RunWanted, {"spec": {**FATES.as_dict(), "lanes": [WRONG_START]}, "epoch": 0, "stop": 9}),
    (RunWanted, {"spec": FATES.as_dict(), "epoch": 9, "stop": 9}),
    (RunWanted, {"spec": {**FATES.as_dict(), "loss": "none"}, "epoch": 0, "stop": 9}),
    (HillWanted, {"landscape": "nowhere", "steps": 3}),
    (RunWanted, 3),
], ids=["lanes", "start", "stop", "name", "landscape", "no object"])
def test_a_refusal_keeps_nothing_alive(model: type[BaseModel], payload: object) -> None:
    """The validator's finding holds the refusal, and no collector looks into it."""
    def refused() -> weakref.ref[Refused]:
        try:
            read_model(model, payload)
        except Refused as fault:
            return weakref.ref(fault)
        raise AssertionError("it was read")

    gc.disable()
    try:
        assert refused()() is None
    finally:
        gc.enable()

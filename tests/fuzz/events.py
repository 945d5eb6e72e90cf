"""Every event and the models of its payloads, found in the code: a new one is fuzzed without being named."""

from __future__ import annotations

import ast
import importlib
import pkgutil
from pathlib import Path
from typing import Any

import pytest

import backprop.serving
from backprop.refusals import Refused
from backprop.serving.answers import Answers
from backprop.spec import Strict

REGISTRY = "_by_name"  # the attribute that holds what answers each event, in every class that answers some
Models = dict[str, tuple[type[Strict], ...]]


def payload_models() -> Models:
    """Return each event with the models that its payloads are read as: all there are, where that cannot be seen."""
    known = _everything_strict()
    found: Models = {}
    for path in sorted(Path(backprop.serving.__path__[0]).glob("*.py")):
        module = ast.parse(path.read_text(encoding="utf-8"))
        for owner in (node for node in module.body if isinstance(node, ast.ClassDef)):
            for event, answered_by in _registered(owner):
                found[event] = _read_in(owner, answered_by, known)
    for event, models in _probed([event for event in found if not found[event]]).items():
        found[event] = models
    return {event: models or tuple(known.values()) for event, models in found.items()}


def _everything_strict() -> dict[str, type[Strict]]:
    for module in pkgutil.iter_modules(backprop.serving.__path__):
        if module.name not in ("application", "launch", "http_server"):
            importlib.import_module(f"backprop.serving.{module.name}")
    return {model.__name__: model for model in _below(Strict)}


def _below(model: type[Strict]) -> list[type[Strict]]:
    return [each for child in model.__subclasses__() for each in (child, *_below(child))]


def _registered(owner: ast.ClassDef) -> list[tuple[str, ast.expr]]:
    found = []
    for node in ast.walk(owner):
        if not isinstance(node, ast.Assign | ast.AnnAssign) or not isinstance(node.value, ast.Dict):
            continue
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        if any(isinstance(target, ast.Attribute) and target.attr == REGISTRY for target in targets):
            found += [(key.value, value) for key, value in zip(node.value.keys, node.value.values, strict=True)
                      if isinstance(key, ast.Constant)]
    return found


def _read_in(owner: ast.ClassDef, answered_by: ast.expr, known: dict[str, type[Strict]]) -> tuple[type[Strict], ...]:
    """Return the models that a method of this class names, where it is one that answers."""
    name = answered_by.attr if isinstance(answered_by, ast.Attribute) else ""
    return tuple(known[node.id] for method in owner.body if isinstance(method, ast.FunctionDef) and method.name == name
                 for node in ast.walk(method) if isinstance(node, ast.Name) and node.id in known)


def _probed(events: list[str]) -> Models:
    """Ask each event in this process, see which model reads the payload, and follow where it must name a kind first."""
    seen: list[type[Strict]] = []
    read = Strict.model_validate.__func__  # type: ignore[attr-defined]

    def noticed(model: type[Strict], payload: Any, **options: Any) -> Any:
        seen.append(model)
        return read(model, payload, **options)

    found: Models = {}
    with pytest.MonkeyPatch.context() as patch:
        answers = Answers()
        patch.setattr(Strict, "model_validate", classmethod(noticed))
        for event in events:
            seen.clear()
            payloads: list[dict[str, Any]] = [{}]
            for payload in payloads:
                try:
                    answers.answer(event, payload)
                except Refused as refused:
                    if not payload and refused.takes.startswith("one of ") and not seen:
                        payloads += [{refused.field: word} for word in refused.takes[len("one of "):].split(", ")]
            found[event] = tuple(dict.fromkeys(seen))
    return found

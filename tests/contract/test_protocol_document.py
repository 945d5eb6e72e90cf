"""docs/protocol.md is true: its client runs, its examples are what the server answers, its limits are the server's."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from typing import Any

import pytest

from backprop.serving import limits
from backprop.serving.door import SECURITY_HEADERS
from tests.contract.raw import RawClient
from tests.server import DEADLINE_SECONDS, ROOT, RunningServer

DOCUMENT = (ROOT / "docs" / "protocol.md").read_text(encoding="utf-8")


def examples(heading: str) -> list[Any]:
    """Return the JSON examples under the heading that begins so."""
    section = next(part for part in DOCUMENT.split("\n## ") if part.startswith(heading))
    return [json.loads(text) for text in re.findall(r"```json\n(.*?)```", section, re.DOTALL)]


def check_likeness(example: Any, real: Any, place: str = "answer") -> None:
    """Hold the example's fields and first items against the real answer's; "…" stands for anything more."""
    if isinstance(example, dict):
        fields = {name: value for name, value in example.items() if name != "…"}
        assert set(fields) <= set(real), place
        assert set(fields) == set(real) or "…" in example, place
        for name, value in fields.items():
            check_likeness(value, real[name], f"{place}.{name}")
    elif isinstance(example, list):
        for index, value in enumerate(item for item in example if item != "…"):
            check_likeness(value, real[index], f"{place}[{index}]")
    elif example != "…":
        assert real == (pytest.approx(example, rel=5e-3) if isinstance(example, float) else example), place


@pytest.fixture
def textbook(presets: dict[str, Any]) -> dict[str, Any]:
    spec: dict[str, Any] = presets["textbook"]
    return spec


def test_the_client_in_the_document_runs(server: RunningServer) -> None:
    [program] = re.findall(r"```python\n(.*?)```", DOCUMENT, re.DOTALL)
    program = program.replace("http://127.0.0.1:5000", server.url)
    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=DEADLINE_SECONDS,
                           check=False, encoding="utf-8", env={"PYTHONIOENCODING": "utf-8"})
    assert ended.stderr == ""
    assert "h1.z = 0.210000" in ended.stdout
    assert "the loss falls from 0.0136" in ended.stdout


def test_the_examples_are_what_the_server_answers(raw: RawClient, textbook: dict[str, Any]) -> None:
    assert examples("The spec") == [textbook]
    check_likeness(examples("`pass`")[0], raw.call("pass", {"spec": textbook, "pass": 0}))
    check_likeness(examples("`passes`")[0], raw.call("passes", {"spec": textbook, "start": 0, "count": 2}))
    check_likeness(examples("`catalog`")[0], raw.call("catalog", {}))
    check_likeness(examples("Answers")[0], raw.call("pass", {"spec": textbook | {"learning_rate": -3}, "pass": 0}))
    [wanted] = re.findall(r"^Request: `({\"layers\".*?})`", DOCUMENT, re.MULTILINE)
    check_likeness(examples("`new_weights`")[0], raw.call("new_weights", json.loads(wanted)))


def test_the_limits_are_the_servers() -> None:
    for line in (
        f"requests under way on one connection | {limits.MOST_IN_FLIGHT} |",
        f"requests of one connection | {limits.REQUESTS_PER_SECOND} a second, {limits.REQUESTS_AT_ONCE} at once |",
        f"one message to the server | {limits.MESSAGE_BYTES // 1024} KiB, ",
        "frames to the server on one connection | "
        f"{limits.FRAMES_PER_SECOND} a second, {limits.FRAMES_AT_ONCE} at once |",
        f"connections to one server | {limits.MOST_CONNECTIONS} |",
        *(f"{name}: {value}" for name, value in SECURITY_HEADERS),
    ):
        assert line in DOCUMENT

"""docs/protocol.md is true: its client runs, its examples are what the server answers, its limits are the server's."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from typing import Any

import pytest
import socketio

from backprop import read_run_spec
from backprop.classes import codes, store
from backprop.serving import class_rooms, limits
from backprop.serving.door import SECURITY_HEADERS
from backprop.serving.run_payloads import MOST_WORK
from backprop.serving.run_pieces import ANSWER_BYTES, FRAMES_AN_ANSWER
from tests.contract.class_client import ClassClient
from tests.contract.raw import RawClient
from tests.contract.run_reader import read
from tests.server import DEADLINE_SECONDS, ROOT, RunningServer

DOCUMENT = (ROOT / "docs" / "protocol.md").read_text(encoding="utf-8")


def section(heading: str) -> str:
    """Return what stands under the heading that begins so."""
    return next(part for part in DOCUMENT.split("\n## ") if part.startswith(heading))


def examples(heading: str) -> list[Any]:
    """Return the JSON examples under the heading that begins so."""
    return [json.loads(text) for text in re.findall(r"```json\n(.*?)```", section(heading), re.DOTALL)]


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
    elif place.endswith("relative_difference"):  # of rounding alone, which is each processor's own
        assert 0.0 <= real < 1e-8 and 0.0 <= example < 1e-8, place
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
    assert "lane 2 goes from 0.7046" in ended.stdout and " to 0.0048" in ended.stdout


def test_the_examples_are_what_the_server_answers(raw: RawClient, textbook: dict[str, Any]) -> None:
    assert examples("The spec") == [textbook]
    check_likeness(examples("`pass`")[0], raw.call("pass", {"spec": textbook, "pass": 0}))
    check_likeness(examples("`passes`")[0], raw.call("passes", {"spec": textbook, "start": 0, "count": 2}))
    check_likeness(examples("`catalog`")[0], raw.call("catalog", {}))
    check_likeness(examples("Answers")[0], raw.call("pass", {"spec": textbook | {"learning_rate": -3}, "pass": 0}))
    [wanted] = re.findall(r"^Request: `({\"layers\".*?})`", DOCUMENT, re.MULTILINE)
    check_likeness(examples("`new_weights`")[0], raw.call("new_weights", json.loads(wanted)))
    [wanted] = re.findall(r"^Request: `({\"landscape\".*?})`", DOCUMENT, re.MULTILINE)
    check_likeness(examples("`hill`")[0], raw.call("hill", json.loads(wanted)))
    check_likeness(examples("`guessing`")[0], raw.call("guessing", {}))


def asked(heading: str, spec: dict[str, Any]) -> dict[str, Any]:
    """Return the request of a section, with a spec in the place of the dots."""
    [wanted] = re.findall(r"^Request: `({.*?})`", section(heading), re.MULTILINE)
    request: dict[str, Any] = json.loads(wanted.replace("…", json.dumps(spec)))
    return request


def test_the_run_in_the_document_is_the_server_s_byte_for_byte(client: socketio.Client) -> None:
    [spec] = examples("The run spec")
    assert read_run_spec(spec).as_dict() == spec
    answer = client.call("run", asked("`run`", spec))
    body = answer.pop("body")
    [example] = examples("`run`")
    assert example.pop("body") == "…"
    assert answer == example
    [dump] = re.findall(r"```hex\n(.*?)```", section("`run`"), re.DOTALL)
    written = bytes.fromhex("".join(re.match(r"[0-9a-f ]+(?=  )", line)[0] for line in dump.splitlines()))
    assert written == body and len(body) == 96
    chunk = read(answer | {"body": body})
    assert chunk["losses"] == [[2.0, 0.5]]
    assert [frame[0]["verdict"]["kind"] for frame in chunk["frames"]] == ["ready", "learning"]
    [_, wanted] = re.findall(r"`({\"kind\".*?})`", section("`export`"))
    assert examples("`export`") == [client.call("export", json.loads(wanted.replace("…", json.dumps(spec))))]
    assert examples("`seeds`") == [client.call("seeds", asked("`seeds`", spec))]


def test_the_class_in_the_document_takes_place(server: RunningServer) -> None:
    [script] = re.findall(r"```class\n(.*?)```", DOCUMENT, re.DOTALL)
    people: dict[str, ClassClient] = {}
    answer: dict[str, Any] = {}
    began: dict[str, Any] = {}
    for line in script.splitlines():
        name, sign, rest = re.fullmatch(r"(\w+) +([><!]) (.*)", line).groups()
        event, text = re.fullmatch(r"(?:(\w+) )?({.*})", rest).groups()
        person = people[name] = people.get(name) or ClassClient(server)
        said = json.loads(text)
        for field in ("code", "key", "ends"):
            if field in said and began:
                said[field] = began[field]
        if sign == ">":
            answer = person.call(event, said)
        elif sign == "!":
            person.until(event, said)
        elif not began:
            began = answer
            assert set(answer) == set(said)
        else:
            assert answer == said, line
    for person in people.values():
        person.close()


def test_the_limits_are_the_servers() -> None:
    for line in (
        f"requests of one connection whose answer is not out yet | {limits.MOST_IN_FLIGHT} |",
        f"requests of one connection | {limits.REQUESTS_PER_SECOND} a second, {limits.REQUESTS_AT_ONCE} at once |",
        f"one message to the server | {limits.MESSAGE_BYTES // 1024} KiB, ",
        "frames to the server on one connection | "
        f"{limits.FRAMES_PER_SECOND} a second, {limits.FRAMES_AT_ONCE} at once |",
        f"| `class_start` | costs as much as {1 + limits.MORE_COST['class_start']} requests |",
        f"| `class_show` | costs as much as {1 + limits.MORE_COST['class_show']} requests |",
        f"| `class_ask` | costs as much as {1 + limits.MORE_COST['class_ask']} requests |",
        f"a wrong key or code of a class | costs {limits.GUESS_COST} requests more |",
        f"classes at once | {store.MOST_CLASSES} |",
        f"classes that one connection is in | {class_rooms.MOST_CLASSES_AT_ONCE} |",
        f"learners in a class | {store.MOST_LEARNERS} |",
        f"in the last {store.LATELY_SECONDS:.0f} seconds",
        f"at most {1 / store.COUNTS_SECONDS:.0f} times a second",
        f"six of `{codes.ALPHABET}`",
        f"connections to one server | {limits.MOST_CONNECTIONS} |",
        f"an answer to `run` | {FRAMES_AN_ANSWER} frames, about {ANSWER_BYTES // 10**6} MB |",
        f"epochs, from 0 to the `stop` of `run` or `seeds` | {MOST_WORK // 10**6} million |",
        *(f"{name}: {value}" for name, value in SECURITY_HEADERS),
    ):
        assert line in DOCUMENT

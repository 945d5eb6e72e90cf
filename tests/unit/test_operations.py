"""The log, the metrics, readiness and the blackboard, each by itself."""

from __future__ import annotations

import json
import logging
import sys
from typing import Any

import gevent
import pytest

from backprop.serving import answers, logs, network
from backprop.serving.metrics import Metrics
from backprop.serving.redis_check import redis_check
from backprop.serving.state import State

SECRET = "203.0.113.7 KEY-abc"


def record(name: str = "backprop", message: str = "start", *arguments: object, **more: Any) -> logging.LogRecord:
    made = logging.LogRecord(name, logging.INFO, "", 0, message, arguments, more.pop("exc_info", None))
    for field, value in more.items():
        setattr(made, field, value)
    return made


def test_a_line_is_text_or_json() -> None:
    start = record(fields={"port": 5000, "why": "two words"})
    text = logs.Lines("text").format(start)
    assert text.endswith('Z info start port=5000 why="two words"')
    line = json.loads(logs.Lines("json").format(start))
    assert line.pop("time").endswith("Z")
    assert line == {"level": "info", "event": "start", "port": 5000, "why": "two words"}


@pytest.mark.parametrize("form", ["text", "json"])
def test_a_fault_is_told_without_what_it_quotes(form: str) -> None:
    def raised() -> None:
        raise ValueError(SECRET)

    try:
        raised()
    except ValueError:
        line = logs.Lines(form).format(record(message="fault", fields={"at": "run"}, exc_info=sys.exc_info()))
    assert "ValueError" in line and "test_operations.py" in line and "raised" in line
    assert SECRET not in line and "\n" not in line


def test_a_fault_of_a_greenlet_is_told_the_same_way(capsys: pytest.CaptureFixture[str]) -> None:
    hub, root = gevent.get_hub(), logging.getLogger()
    kept = (hub.print_exception, root.level, logs.log.level)
    logs.configure("text", "info")
    [handler] = [each for each in root.handlers if isinstance(each.formatter, logs.Lines)]
    try:
        gevent.spawn(lambda: {}[SECRET]).join()
    finally:
        hub.print_exception = kept[0]
        root.setLevel(kept[1])
        logs.log.setLevel(kept[2])
        root.removeHandler(handler)
    told = capsys.readouterr().err
    assert 'error fault at="a greenlet" kind=KeyError' in told and SECRET not in told and told.count("\n") == 1


def test_of_what_libraries_log_only_the_place_is_told() -> None:
    line = logs.Lines("text").format(record("library.engineio", f"{SECRET} is not an accepted origin: %s", SECRET))
    assert "info library name=library.engineio at=" in line
    assert SECRET not in line


def test_metrics_count_answers_by_event_and_refusals_by_field() -> None:
    metrics = Metrics(answers.Answers().names)
    metrics.watch(lambda: 3, lambda: 1000, lambda: 70)
    counted = metrics.counted(lambda name, payload: payload)
    for _ in range(2):
        counted("pass", {"ok": True})
    for field in ("spec.layers", "learning_rate", SECRET):
        counted(SECRET, {"ok": False, "error": {"field": field}})
    metrics.turned_away()
    lines = metrics.text().decode().splitlines()
    for line in ('backprop_answers_total{event="pass"} 2.0', 'backprop_answers_total{event="other"} 3.0',
                 'backprop_answer_seconds_count{event="pass"} 2.0', 'backprop_refused_total{field="spec"} 1.0',
                 'backprop_refused_total{field="learning_rate"} 1.0', 'backprop_refused_total{field="other"} 1.0',
                 "backprop_connections_refused_total 1.0", "backprop_learners_connected 3.0",
                 "backprop_sent_bytes_total 1000.0", "backprop_unsent_bytes 70.0"):
        assert line in lines
    assert SECRET not in metrics.text().decode()


def test_two_servers_in_one_process_count_apart() -> None:
    one, other = Metrics({"pass"}), Metrics({"pass"})
    one.turned_away()
    assert b"backprop_connections_refused_total 0.0" in other.text()


def test_ready_means_warm_and_not_stopping_and_checked() -> None:
    state = State()
    assert state.not_ready() == "The kernels are not ready yet."
    state.warm = True
    assert state.not_ready() is None
    state.checks.append(redis_check("redis://:secret@127.0.0.1:1/0"))  # nobody listens there
    assert state.not_ready() == "Redis cannot be reached."
    state.stopping = True
    assert state.not_ready() == "The server is stopping."


@pytest.mark.parametrize(("addresses", "words"), [
    (["192.0.2.7"], "Put this on the blackboard: http://192.0.2.7:80"),
    (["192.0.2.7", "198.51.100.1", "203.0.113.9"], "Put this on the blackboard: http://192.0.2.7:80 "
     "(should it not open, try http://198.51.100.1:80, http://203.0.113.9:80)"),
    ([], "No network was found: nobody but this machine can reach it."),
])
def test_the_blackboard_gets_one_address_first(addresses: list[str], words: str) -> None:
    assert network.for_the_blackboard(addresses, 80) == words


def test_an_address_is_told_once_and_none_that_only_this_machine_reaches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(network, "_routed", lambda: "192.0.2.7")
    monkeypatch.setattr(network, "_of_interfaces", lambda: ["127.0.0.1", "169.254.3.4", "198.51.100.1", "192.0.2.7"])
    assert network.network_addresses() == ["192.0.2.7", "198.51.100.1"]
    assert network.for_the_teacher(network.network_addresses(), 5000) == "http://192.0.2.7:5000"
    monkeypatch.setattr(network, "_routed", lambda: None)
    monkeypatch.setattr(network, "_of_interfaces", list)
    assert network.network_addresses() == []
    assert network.for_the_teacher([], 5000) is None


def test_this_machines_addresses_are_its_own() -> None:
    """Each can be listened on; where the loopback is all there is, there is none."""
    import socket
    for address in network.network_addresses():
        with socket.create_server((address, 0)):
            pass

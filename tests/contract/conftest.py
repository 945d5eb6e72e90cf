"""One real server for all contract tests, and clients of both kinds."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import requests
import socketio

from tests.contract.raw import RawClient
from tests.server import RunningServer, running_server


@pytest.fixture(scope="session")
def server() -> Iterator[RunningServer]:
    with running_server() as running:
        yield running


@pytest.fixture
def client(server: RunningServer) -> Iterator[socketio.Client]:
    connected = socketio.Client(reconnection=False)
    connected.connect(server.url, transports=["websocket"])
    yield connected
    connected.disconnect()


@pytest.fixture
def http() -> Iterator[requests.Session]:
    session = requests.Session()
    session.trust_env = False  # no proxy between the two of us
    with session:
        yield session


@pytest.fixture
def raw(server: RunningServer) -> Iterator[RawClient]:
    connected = RawClient(server).connect()
    yield connected
    connected.close()


@pytest.fixture(scope="session")
def presets(server: RunningServer) -> dict[str, Any]:
    connected = RawClient(server).connect()
    answer = connected.call("catalog", {})
    connected.close()
    return {preset["name"]: preset["spec"] for preset in answer["presets"]}

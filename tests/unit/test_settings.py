"""The settings: their bounds, their sentences, and the table in docs/operations.md."""

from __future__ import annotations

import re

import pytest

from backprop.serving import settings
from backprop.serving.settings import SettingError, Settings, read
from tests.server import ROOT


def test_without_a_setting_the_defaults_hold() -> None:
    assert read({}) == Settings()
    assert read({"PORT": "", "REDIS_URL": "", "UNKNOWN": "x"}) == Settings()
    assert Settings().most_connections == 2000


def test_settings_are_read_from_the_environment() -> None:
    chosen = read({"HOST": "0.0.0.0", "PORT": "0", "REDIS_URL": "redis://127.0.0.1:6379/0", "MOST_CONNECTIONS": "7",
                   "REQUESTS_PER_SECOND": "5", "REQUESTS_AT_ONCE": "6", "THREADS": "3", "STOP_SECONDS": "4",
                   "METRICS": "1", "TRUST_PROXY": "1", "LOG_FORMAT": "json", "LOG_LEVEL": "debug"})
    assert chosen == Settings(host="0.0.0.0", port=0, redis_url="redis://127.0.0.1:6379/0", most_connections=7,
                              requests_per_second=5, requests_at_once=6, threads=3, stop_seconds=4, metrics="1",
                              trust_proxy="1", log_format="json", log_level="debug")


@pytest.mark.parametrize(("name", "text", "sentence"), [
    ("PORT", "65536", "PORT takes a whole number from 0 to 65535, but got '65536'."),
    ("PORT", "-1", "PORT takes a whole number from 0 to 65535, but got '-1'."),
    ("PORT", "٣", "PORT takes a whole number from 0 to 65535, but got '٣'."),
    ("HOST", "a b", "HOST takes a name or an address, but got 'a b'."),
    ("MOST_CONNECTIONS", "0", "MOST_CONNECTIONS takes a whole number from 1 to 100000, but got '0'."),
    ("MOST_CONNECTIONS", "1e3", "MOST_CONNECTIONS takes a whole number from 1 to 100000, but got '1e3'."),
    ("REQUESTS_AT_ONCE", "9" * 99, f"REQUESTS_AT_ONCE takes a whole number from 1 to 10000, but got '{'9' * 60}'."),
    ("THREADS", "two", "THREADS takes a whole number from 1 to 64, but got 'two'."),
    ("METRICS", "yes", "METRICS takes 0 or 1, but got 'yes'."),
    ("LOG_FORMAT", "xml", "LOG_FORMAT takes text or json, but got 'xml'."),
    ("LOG_LEVEL", "INFO", "LOG_LEVEL takes debug or info or warning or error, but got 'INFO'."),
])
def test_a_wrong_setting_is_named_with_what_it_got_and_what_it_takes(name: str, text: str, sentence: str) -> None:
    with pytest.raises(SettingError) as wrong:
        read({name: text})
    assert str(wrong.value) == sentence


@pytest.mark.parametrize("url", ["http://127.0.0.1", "redis://", "redis://:secret@host:port/0", "secret"])
def test_a_wrong_redis_url_is_not_repeated(url: str) -> None:
    with pytest.raises(SettingError) as wrong:
        read({"REDIS_URL": url})
    assert str(wrong.value) == "REDIS_URL takes an address such as redis://127.0.0.1:6379/0, but got something else."


def test_the_document_has_every_setting_as_it_is() -> None:
    document = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    part = document.split("## Settings", 1)[1].split("\n## ", 1)[0]
    rows = [tuple(cell.strip() for cell in line.strip("|").split("|"))
            for line in re.findall(r"^\| `.*\|$", part, re.MULTILINE)]
    assert rows == [(f"`{name}`", f"`{default}`" if default else "unset", taken, meaning)
                    for name, default, taken, meaning in settings.table()]

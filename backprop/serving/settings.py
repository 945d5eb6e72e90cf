"""Every setting of the server, with its bounds, read from the environment."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, get_args
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field
from pydantic.fields import FieldInfo

from .allowance import ALLOWANCE_SECONDS
from .limits import MOST_CONNECTIONS, REQUESTS_AT_ONCE, REQUESTS_PER_SECOND
from .processor import THREADS

LONGEST_SHOWN = 60
SECRET = ("redis_url",)  # what stands in them is shown to nobody: there may be a password


class SettingError(Exception):
    """Say in one sentence which setting is wrong, what it got and what it takes."""


class Settings(BaseModel):
    """Hold what an operator may choose. The name in the environment is the field's, in capitals."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    host: str = Field("127.0.0.1", description="the address to listen on; 0.0.0.0 for all of this machine's")
    port: int | None = Field(None, ge=0, le=65535, description="the port to listen on; 0 for any free one; "
                             "unset: 5000, or a free one where that is taken")
    redis_url: str | None = Field(None, description="the Redis that several servers share; unset: one server alone")
    trust_proxy: Literal["0", "1"] = Field("0", description="1: believe what a proxy says of the address that browsers "
                                           "asked for (X-Forwarded-Proto, X-Forwarded-Host)")
    most_connections: int = Field(MOST_CONNECTIONS, ge=1, le=100_000,
                                  description="connections to one server; one more gets HTTP 503")
    requests_per_second: int = Field(REQUESTS_PER_SECOND, ge=1, le=10_000,
                                     description="requests of one connection, in the long run")
    requests_at_once: int = Field(REQUESTS_AT_ONCE, ge=1, le=10_000,
                                  description="requests of one connection, in one burst")
    allowance_seconds: int = Field(int(ALLOWANCE_SECONDS), ge=1, le=100_000,
                                   description="processor seconds that one connection's requests may cost at once")
    threads: int = Field(THREADS, ge=1, le=64, description="threads that train networks, beside the one that answers "
                                                           "and one that helps it")
    stop_seconds: int = Field(10, ge=1, le=600, description="the longest that a clean stop takes")
    metrics: Literal["0", "1"] = Field("0", description="1: serve /metrics for Prometheus")
    log_format: Literal["text", "json"] = Field("text", description="how a line of the log is written")
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        "info", description="the least that is logged; debug: the end of each connection too")


def read(environment: Mapping[str, str]) -> Settings:
    """Return the settings that the environment gives; an empty one counts as not set. SettingError for a wrong one."""
    given = {name: _value(name, field, environment[name.upper()])
             for name, field in Settings.model_fields.items() if environment.get(name.upper())}
    return Settings(**given)


def takes(name: str) -> str:
    """Return in words what a setting takes."""
    field = Settings.model_fields[name]
    if name == "host":
        return "a name or an address"
    if name == "redis_url":
        return "an address such as redis://127.0.0.1:6379/0"
    bounds = {key: getattr(entry, key) for entry in field.metadata for key in ("ge", "le") if hasattr(entry, key)}
    if bounds:
        return f"a whole number from {bounds['ge']} to {bounds['le']}"
    return " or ".join(get_args(field.annotation))


def table() -> list[tuple[str, str, str, str]]:
    """Return a row for each setting: its name, its default, what it takes, what it means."""
    return [(name.upper(), "" if field.default is None else str(field.default), takes(name), field.description or "")
            for name, field in Settings.model_fields.items()]


def _value(name: str, field: FieldInfo, text: str) -> Any:
    value: Any = text
    if name == "redis_url":
        good = _is_redis(text)
    elif name == "host":
        good = not any(character.isspace() for character in text)
    elif field.metadata:
        good = text.isascii() and text.isdigit() and len(text) < 10
        value = int(text) if good else text
        good = good and all(getattr(entry, "ge", value) <= value <= getattr(entry, "le", value)
                            for entry in field.metadata)
    else:
        good = text in get_args(field.annotation)
    if not good:
        got = "something else" if name in SECRET else repr(text[:LONGEST_SHOWN])
        raise SettingError(f"{name.upper()} takes {takes(name)}, but got {got}.")
    return value


def _is_redis(text: str) -> bool:
    try:
        parts = urlsplit(text)
        _ = parts.port
    except ValueError:
        return False
    return parts.scheme in ("redis", "rediss") and bool(parts.hostname)

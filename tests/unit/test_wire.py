"""The wire: strict JSON both ways."""

from __future__ import annotations

import json
import math

import numpy as np
import pytest

from backprop.serving.packets import Packet
from backprop.serving.routes import StrictProvider
from backprop.serving.texts import TextCache
from backprop.serving.wire import Encoded, StrictJSON, encode, encode_object, joined


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf])
def test_what_is_not_finite_never_goes_out(value: float) -> None:
    for dumps in (encode, StrictJSON.dumps, lambda found: StrictProvider.dumps(None, found)):  # type: ignore[arg-type]
        with pytest.raises(ValueError, match="not JSON compliant"):
            dumps({"loss": [value]})


@pytest.mark.parametrize("value", [np.float32(1), np.int64(1), np.bool_(True), np.ones(2), {1}, b"bytes"])
def test_what_is_not_plain_never_goes_out(value: object) -> None:
    with pytest.raises(TypeError, match="not JSON serializable"):
        StrictJSON.dumps([{"loss": value}])


def test_encoded_text_goes_out_as_it_is() -> None:
    inner = Encoded(encode({"b": "−1", "c": None}))
    assert StrictJSON.dumps([inner], separators=(",", ":")) == r'[{"b":"\u22121","c":null}]'
    assert encode_object({"a": 0.1, "list": [inner, 2], "one": inner}).text == (
        r'{"a":0.1,"list":[{"b":"\u22121","c":null},2],"one":{"b":"\u22121","c":null}}')
    assert joined(inner, encode_object({"d": [1]})).text == r'{"b":"\u22121","c":null,"d":[1]}'


@pytest.mark.parametrize("number", [0.1, 1 / 3, 5e-324, 1.7976931348623157e308, -2.5e-10, 0.30000000000000004])
def test_numbers_come_back_to_the_bit(number: float) -> None:
    assert json.loads(encode(number)) == number


def test_inbound_oddities_become_numbers_that_bounds_refuse() -> None:
    nan, endless, large = StrictJSON.loads('[NaN, ' + "9" * 1000 + ", 12345678901234567890]")
    assert math.isnan(nan)
    assert endless == math.inf
    assert isinstance(large, float)


@pytest.mark.parametrize(("sent", "number", "data"), [
    ('2["pass",{"a":1}]', None, ["pass", {"a": 1}]),
    ('212["pass",{"a":1}]', 12, ["pass", {"a": 1}]),
    ('2/other,12["pass"]', 12, ["pass"]),
    ('212["connect"]', 12, ["connect"]),
    ('212["pass"', 12, [""]),
    ("212[]", 12, [""]),
    ("212{}", 12, [""]),
    ("212[7]", 12, [""]),
    ('51-12["pass",{"_placeholder":true,"num":0}]', 12, [""]),
    ("3", None, [""]),
    ("9", None, [""]),
    ("2", None, [""]),
    ("4", None, [""]),
])
def test_every_packet_becomes_a_request(sent: str, number: int | None, data: list[object]) -> None:
    packet = Packet(encoded_packet=sent)
    assert (packet.packet_type, packet.id, packet.data, packet.attachment_count) == (2, number, data, 0)


def test_the_text_cache_forgets_the_oldest_beyond_its_size() -> None:
    cache = TextCache(kept=10)
    made: list[str] = []

    def make(text: str) -> str:
        made.append(text)
        return text

    for text in ("aaaa", "bbbb", "aaaa", "cccc", "aaaa", "bbbb", "a" * 11, "cccc"):
        assert cache.text(text, lambda text=text: make(text)) == text  # type: ignore[misc]
    assert made == ["aaaa", "bbbb", "cccc", "bbbb", "a" * 11, "cccc"]

"""Payloads made from the models' own schemas: good ones, and the same with something wrong in them."""

from __future__ import annotations

import copy
import json
import math
from typing import Any

from hypothesis import strategies as st

from backprop.exports.kinds import KINDS
from backprop.hill import LANDSCAPES
from backprop.presets import PRESETS
from backprop.run_presets import RUN_PRESETS
from backprop.spec import Strict
from backprop.spec_words import NAMES

WORDS = sorted({word for words in NAMES.values() for word in words} | set(KINDS) | set(LANDSCAPES) | {
    "slice", "h1>o1", "x1>h1", "b>h1", "given", "random", "momentum", "race", "passes", "ABCDEF", "A" * 32, "1.x"})
EDGES = ["h1>o1", "h2>o1", "x1>h1", "b>h1"]
POOLS = {"kind": KINDS, "landscape": [*LANDSCAPES, "slice"], "weight": EDGES, "edges": EDGES,
         **{name.rsplit(".", 1)[-1]: list(words) for name, words in NAMES.items()}}
EXAMPLES = {"Spec": [preset.spec.as_dict() for preset in PRESETS],
            "RunSpec": [preset.spec.as_dict() for preset in RUN_PRESETS]}
DEEP: Any = 7
for _ in range(400):
    DEEP = [DEEP]
HOSTILE: list[Any] = [
    None, True, False, 0, -1, 1, 0.5, -0.0, math.nan, math.inf, -math.inf, 1e308, -1e308, 5e-324, 2**31, -2**31,
    2**53 + 1, 2**63, 2**64, 10**17, 10**40, -10**400, 1e17, "", "0", "x" * 3000, "\x00", "\ud800", "‮", "__proto__",
    "constructor",
    "../../etc/passwd", "<script>", "${jndi:x}", "%s%n", [], {}, [[]], [None] * 3, {"": ""}, {"__proto__": {}}, DEEP,
    list(range(5000)), {str(number): number for number in range(1500)}, [[0.5] * 64] * 64, [1e999]]
FIELDS = ["spec", "data", "x", "y", "lanes", "layers", "seed", "epoch", "stop", "every", "kind", "colour", "__class__"]


def payloads(model: type[Strict]) -> st.SearchStrategy[Any]:
    """Return payloads for a model: some as it takes them, most with up to three things wrong."""
    schema = model.model_json_schema(by_alias=True)
    good = of_schema(schema, schema.get("$defs", {}))
    return st.one_of(good, good, mutated(good), mutated(good), mutated(good), st.sampled_from(HOSTILE))


def of_schema(schema: dict[str, Any], models: dict[str, Any], name: str = "") -> st.SearchStrategy[Any]:
    """Return values that fit a JSON schema, as far as it says what fits."""
    if "$ref" in schema:
        model = schema["$ref"].rsplit("/", 1)[1]
        made = st.deferred(lambda: of_schema(models[model], models))
        return st.one_of(*[st.sampled_from(EXAMPLES[model])] * 3, made) if model in EXAMPLES else made
    choices = schema.get("anyOf") or schema.get("oneOf") or schema.get("allOf")
    if choices:
        return st.one_of(*(of_schema(choice, models, name) for choice in choices))
    if "const" in schema or "enum" in schema:
        return st.sampled_from(schema.get("enum", [schema.get("const")]))
    kind = schema.get("type")
    low, high = schema.get("minimum", -3), schema.get("maximum", 1000)
    if kind == "integer":
        return st.one_of(st.integers(low, min(high, low + 30)), st.sampled_from([low, high, (low + high) // 2]))
    if kind == "number":
        return st.one_of(st.floats(low, high), st.sampled_from([0.0, 0.5, 1.0, 3.0, low, high]))
    if kind == "boolean":
        return st.booleans()
    if kind == "null":
        return st.none()
    if kind == "string":
        likely = st.sampled_from(list(POOLS.get(name, WORDS)))
        return st.one_of(likely, likely, likely, st.sampled_from(WORDS), st.text(max_size=schema.get("maxLength", 30)))
    if kind == "array":
        least = schema.get("minItems", 0)
        return st.lists(of_schema(schema.get("items", {}), models, name), min_size=least,
                        max_size=max(least, min(schema.get("maxItems", 4), 4)))
    if kind == "object":
        needed = set(schema.get("required", []))
        fields = {field: of_schema(of, models, field) for field, of in schema.get("properties", {}).items()}
        return st.fixed_dictionaries({field: made for field, made in fields.items() if field in needed},
                                     optional={field: made for field, made in fields.items() if field not in needed})
    return st.sampled_from(HOSTILE[:30])


@st.composite
def mutated(draw: st.DrawFn, good: st.SearchStrategy[Any]) -> Any:
    """Draw a good payload and do something wrong to it, up to three times."""
    payload = copy.deepcopy(draw(good))
    for _ in range(draw(st.integers(1, 3))):
        places = list(_places(payload))
        if not places:
            break
        container, key = draw(st.sampled_from(places))
        act = draw(st.sampled_from(["replace", "replace", "replace", "remove", "add", "double"]))
        hostile = copy.deepcopy(draw(st.sampled_from(HOSTILE)))
        if act == "remove":
            container.pop(key, None) if isinstance(container, dict) else container.pop(key)
        elif act == "add":
            if isinstance(container, dict):
                container[draw(st.sampled_from(FIELDS))] = hostile
            else:
                container.insert(key, hostile)
        elif act == "double" and isinstance(container, list):
            container *= draw(st.sampled_from([2, 10, 100]))
        else:
            container[key] = hostile
    return payload


def _places(value: Any, depth: int = 0) -> Any:
    """Yield every (container, key) of a payload that can be changed."""
    if depth > 8:
        return
    items: Any = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in items:
        yield value, key
        yield from _places(inner, depth + 1)


def as_text(payload: Any) -> str:
    """Return the JSON as a hostile client writes it: with NaN, Infinity and integers of any length."""
    return json.dumps(payload, separators=(",", ":"))

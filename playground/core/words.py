"""Sentences about fields: what may stand there, and what stood there instead.

The rule of a field is read from its JSON schema, which pydantic makes from the declaration in `parts`. So a
range is written down once, and the link, the controls and the constructors all state it in the same words.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

Schema = Mapping[str, Any]

MAX_QUOTED = 40
_NUMBER = re.compile(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]+)?")


def number(value: float) -> str:
    """The shortest text that reads back as the same number: 0.03, 1e-05, and 1 rather than 1.0."""
    return "0" if value == 0 else repr(value).removesuffix(".0")


def looks_like_a_number(text: str) -> bool:
    """Whether `text` is a plain decimal number in ASCII digits; nan, inf and 1_000 are not."""
    return _NUMBER.fullmatch(text) is not None


def is_read_as_a_number(text: str) -> bool:
    """Whether `text`, which somebody has typed, is a plain decimal number, and not so long that nobody means it."""
    return len(text) <= MAX_QUOTED and looks_like_a_number(text)


def whole_number(text: str, schema: Schema) -> int:
    """The whole number that `text` stands for, in the range of `schema`.

    Raises
    ------
    ValueError
        When it stands for none; the message does not say the rule.
    """
    if not is_read_as_a_number(text):
        raise ValueError("not a number")
    value = int(text)
    if not schema["minimum"] <= value <= schema["maximum"]:
        raise ValueError("out of range")
    return value


def quoted(value: object) -> str:
    """`value` for a sentence: safe to print (control characters escaped) and at most a line long."""
    if isinstance(value, str):
        shown = _fitting(value)
        if shown != value:
            return f"{shown!r}… ({len(value)} characters)"
        return value if looks_like_a_number(value) else repr(value)
    text = ascii(value)
    return text if len(text) <= MAX_QUOTED else f"{text[:MAX_QUOTED]}…"


def _fitting(text: str) -> str:
    """As much of the beginning as is at most `MAX_QUOTED` characters long when it is escaped."""
    shown = text[:MAX_QUOTED]
    while len(repr(shown)) > MAX_QUOTED + len("''"):
        shown = shown[:-1]
    return shown


def rule(name: str, schema: Schema) -> str:
    """What may stand in the field `name`, as a sentence without its full stop."""
    return f"{name} must be {_allowed(schema)}"


def refusal(name: str, schema: Schema, value: object) -> str:
    """The rule of the field `name`, then the value that broke it."""
    return f"{rule(name, schema)}. Got {quoted(value)}."


def bounds(schema: Schema) -> tuple[float, float]:
    """Lower and upper end of a number's range, or of each number in a list.

    Raises
    ------
    ValueError
        When the field does not hold numbers.
    """
    schema = schema.get("items", schema)
    if schema["type"] not in ("integer", "number"):
        raise ValueError(f"a field with bounds must hold numbers. Got one of type {schema['type']}.")
    low = schema["minimum"] if "minimum" in schema else schema["exclusiveMinimum"]
    high = schema["maximum"] if "maximum" in schema else schema["exclusiveMaximum"]
    return low, high


def _allowed(schema: Schema) -> str:
    if "allowed" in schema:
        return str(schema["allowed"])
    if "enum" in schema:
        return f"one of {', '.join(schema['enum'])}"
    if schema["type"] == "boolean":
        return "true or false"
    if schema["type"] == "array":
        return _allowed_list(schema)
    return f"{_kind(schema, 'a whole number ')}in {_range(schema)}"


def _allowed_list(schema: Schema) -> str:
    items, most = schema["items"], schema.get("maxItems")
    if "enum" in items:
        once = ", each once" if schema.get("uniqueItems") else ""
        count = "one or more" if most is None else f"1 to {most}"
        return f"{count} of {', '.join(items['enum'])}{once}"
    return f"none or up to {most} {_kind(items, 'whole ')}numbers in {_range(items)}"


def _kind(schema: Schema, whole: str) -> str:
    return whole if schema["type"] == "integer" else ""


def _range(schema: Schema) -> str:
    low, high = bounds(schema)
    left = "[" if "minimum" in schema else "("
    right = "]" if "maximum" in schema else ")"
    return f"{left}{number(low)}, {number(high)}{right}"

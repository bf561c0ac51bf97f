"""Every knob by its field name: the part it belongs to, its default, its rule, its bounds and its choices."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from playground.core import words
from playground.core.parts import Data, Knobs, Model, Train

PARTS: tuple[type[Knobs], ...] = (Data, Model, Train)
PART_OF: Mapping[str, type[Knobs]] = MappingProxyType({name: part for part in PARTS for name in part.model_fields})
"""The part each field belongs to, in the order of declaration."""


def default(name: str) -> Any:
    """The value of the field `name` when nobody chose one."""
    return PART_OF[name].model_fields[name].default


def schema(name: str) -> words.Schema:
    """The JSON schema of the field `name`."""
    return PART_OF[name].schemas()[name]


def rule(name: str) -> str:
    """What may stand in the field `name`: "learning_rate must be in (0, 100]"."""
    return words.rule(name, schema(name))


def refusal(name: str, value: object) -> str:
    """The rule of the field `name`, then the value that broke it."""
    return words.refusal(name, schema(name), value)


def bounds(name: str) -> tuple[float, float]:
    """Lower and upper end of the range of the field `name`; for a list, of each number in it.

    Raises
    ------
    ValueError
        When the field does not hold numbers.
    """
    return words.bounds(schema(name))


def choices(name: str) -> tuple[str, ...]:
    """The names the field `name` may hold, in the order of declaration; empty when it does not hold names."""
    declared = schema(name)
    return tuple(declared.get("items", declared).get("enum", ()))

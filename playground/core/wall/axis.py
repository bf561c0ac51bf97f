"""An axis of a wall: a knob and the values it takes."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from playground.core import knobs, query, words
from playground.core.wall import shape

MAX_NETWORKS = 256
"""Of a wall, and so the values of an axis."""
KNOBS: tuple[str, ...] = (*knobs.PART_OF, *shape.SCHEMAS)
"""What may be on an axis."""

Scale: TypeAlias = Literal["names", "linear", "log", "log_with_zero"]

LOGARITHMIC = frozenset(
    {
        "batch_size", "epochs", "init_deviation", "l1", "l2", "learning_rate", "min_delta", "patience", "samples",
        "schedule_epochs", "schedule_factor", shape.WIDTH,
    }
)  # fmt: skip
"""Numbers of which the double, not one more, makes the difference. Their ranges alone do not tell."""


@dataclass(frozen=True)
class Axis:
    """A knob of a wall and its values, in the order given.

    Raises
    ------
    ValueError
        When there is no such knob, or there are no values, too many, or one twice.
    """

    knob: str
    values: tuple[Any, ...]

    def __post_init__(self) -> None:
        if self.knob not in KNOBS:
            raise ValueError(f"There is no knob called {words.quoted(self.knob)}.")
        if not 1 <= len(self.values) <= MAX_NETWORKS:
            raise ValueError(f"An axis must have 1 to {MAX_NETWORKS} values. Got {len(self.values)}.")
        if len(set(self.values)) < len(self.values):
            raise ValueError(f"The values of an axis must differ. Got {words.quoted(self.values)}.")

    def __len__(self) -> int:
        """How many values there are."""
        return len(self.values)

    @property
    def labels(self) -> tuple[str, ...]:
        """The values as a link spells them."""
        return tuple(query.text_of(value) for value in self.values)

    @property
    def text(self) -> str:
        """The axis as a link spells it: `learning_rate:0.01|0.1`."""
        return f"{self.knob}:{'|'.join(self.labels)}"

    @property
    def scale(self) -> Scale:
        """How the values stand apart: as names, by their size, or by its logarithm, zero apart."""
        if schema(self.knob)["type"] not in ("integer", "number"):
            return "names"
        if self.knob not in LOGARITHMIC or not any(self.values):
            return "linear"
        return "log" if all(self.values) else "log_with_zero"

    @property
    def positions(self) -> tuple[float, ...]:
        """Where each value stands along the axis, in the unit of its scale.

        Names stand at 0, 1, …; numbers at their size or, on a logarithmic scale, at its base-10 logarithm. Zero has
        none: it stands as far below the least value as the others stand apart on average (1 if there is one other).
        """
        if self.scale == "names":
            return tuple(map(float, range(len(self))))
        if self.scale == "linear":
            return tuple(map(float, self.values))
        zero = _below([math.log10(value) for value in self.values if value])
        return tuple(math.log10(value) if value else zero for value in self.values)

    def without(self, places: set[int]) -> Axis | None:
        """The same without the values at these places; None where none is left."""
        left = tuple(value for place, value in enumerate(self.values) if place not in places)
        return Axis(self.knob, left) if left else None


def schema(knob: str) -> words.Schema:
    """The JSON schema of what may be on an axis."""
    return shape.SCHEMAS[knob] if knob in shape.SCHEMAS else knobs.schema(knob)


def value_of(knob: str, text: str) -> Any:
    """The value that `text` stands for: of a knob as in a link, of depth and width a whole number.

    Raises
    ------
    ValueError
        When it stands for none that the knob may hold; the message says the rule.
    """
    if knob not in shape.SCHEMAS:
        return query.value_of(knob, text)
    return whole_number(knob, text, shape.SCHEMAS[knob])


def whole_number(name: str, text: str, rule: words.Schema) -> int:
    """The number that `text` stands for; refused by `rule` in the words of the knobs. Raises ValueError."""
    try:
        return words.whole_number(text.strip(), rule)
    except ValueError:
        raise ValueError(words.refusal(name, rule, text)) from None


def _below(logarithms: list[float]) -> float:
    apart = (max(logarithms) - min(logarithms)) / max(len(logarithms) - 1, 1)
    return min(logarithms) - (apart or 1.0)

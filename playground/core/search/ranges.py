"""What a search may try of each knob: sensible values, fewer than the knob may hold."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from playground.core.experiment import Experiment
from playground.core.wall.axis import LOGARITHMIC, Scale, schema, value_of
from playground.core.wall.cells import cell
from playground.core.wall.offers import offered
from playground.core.wall.shape import DEPTH, WIDTH

DIGITS = 3
"""Significant ones, of a number that is tried: a link of it is read by people."""
NUMBERS: Mapping[str, tuple[float, float]] = {
    "init_deviation": (0.01, 10),
    "l1": (1e-5, 0.1),
    "l2": (1e-5, 0.1),
    "learning_rate": (0.001, 1),
    "schedule_factor": (0.01, 10),
    DEPTH: (1, 4),
    WIDTH: (2, 16),
}
"""Least and most of those that are numbers. Of what may be 0, a tenth of the least is as far as it goes below."""
MAY_BE_ZERO = frozenset({"l1", "l2"})
FEWER: Mapping[str, tuple[str, ...]] = {
    "activation": ("relu", "elu", "silu", "tanh", "sigmoid"),
    "batch_size": ("10", "32", "100"),
    "optimizer": ("sgd", "momentum", "rmsprop", "adam"),
}
"""Of those that are names, what differs most: each optimizer and each batch size is a program more to compile, and of
activations all are computed for each network."""
OFFERED = ("features", "hidden", "init", "momentum", "schedule", "schedule_epochs", "standardize")
"""Knobs of which a search tries what a wall offers."""
SEARCHED: tuple[str, ...] = tuple(sorted({*NUMBERS, *FEWER, *OFFERED}))
"""Knobs that a search may set: how the network is and how it learns. Other data would be another task."""


@dataclass(frozen=True)
class Range:
    """What is tried of a knob: numbers from `low` to `high`, or one of the `choices`, as a link spells them."""

    knob: str
    low: float = 0.0
    high: float = 0.0
    choices: tuple[str, ...] = ()

    @property
    def whole(self) -> bool:
        """Whether its numbers are whole."""
        return bool(schema(self.knob)["type"] == "integer")

    @property
    def may_be_zero(self) -> bool:
        """Whether what is drawn below `low` stands for 0."""
        return self.knob in MAY_BE_ZERO

    @property
    def scale(self) -> Scale:
        """How its values stand apart."""
        if self.choices:
            return "names"
        if self.knob not in LOGARITHMIC and self.low / self.high > 0.1:
            return "linear"
        return "log_with_zero" if self.may_be_zero else "log"

    def value(self, drawn: Any) -> Any:
        """The value that was drawn, as the knob holds it."""
        if self.choices:
            return value_of(self.knob, drawn)
        if self.whole:
            return int(drawn)
        return 0.0 if drawn < self.low else float(f"{drawn:.{DIGITS}g}")


def ranges_of(base: Experiment, knobs: Iterable[str] = SEARCHED) -> dict[str, Range]:
    """What is tried of each of these knobs; those that make no difference to `base` are left out."""
    asked = tuple(knobs)
    if DEPTH in asked:  # then there are hidden layers, whatever the base has
        base = cell(base, ((DEPTH, 1),)).experiment
    found = offered(base, [knob for knob in asked if knob in SEARCHED])
    return {knob: _range(knob, found[knob]) for knob in asked if knob in found}


def _range(knob: str, texts: tuple[str, ...]) -> Range:
    if knob in NUMBERS:
        return Range(knob, *NUMBERS[knob])
    return Range(knob, choices=FEWER.get(knob, texts))

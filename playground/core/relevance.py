"""Which knobs matter for what is chosen, and the rule that says when.

The page hides the others, which keep their value and leave the link; a wall has no axis of them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from playground.core.datasets import RECORDS, datasets_with, given_sets, own_knobs
from playground.core.optimizers import WITH_MOMENTUM
from playground.core.parts import COORDINATES, MANY_CLASS_DATASETS, REGRESSION_DATASETS, Data

Values = Mapping[str, Any]


class Condition(NamedTuple):
    """When a knob matters.

    Attributes
    ----------
    holds : whether it does, for the values of all knobs
    words : the same in words, as they follow "only"
    decided_by : the knobs that it hangs on
    """

    holds: Callable[[Values], bool]
    words: str
    decided_by: tuple[str, ...]


def _is_drawn(values: Values) -> bool:
    return values["dataset"] not in given_sets()


def _draws_two_classes(values: Values) -> bool:
    if not _is_drawn(values):
        return False
    if values["dataset"] in REGRESSION_DATASETS:
        return False
    return values["dataset"] not in MANY_CLASS_DATASETS or values["classes"] == 2


def _is_of_the_plane(values: Values) -> bool:
    return not RECORDS[values["dataset"]].tabular


def _inputs(values: Values) -> int:
    """How many coordinates the points have."""
    fields = ("dataset", *own_knobs())
    data = Data.model_construct(**{name: values[name] for name in fields if name in values})
    return len(data.inputs)


def _has_two_inputs(values: Values) -> bool:
    return _inputs(values) == len(COORDINATES)


def _has_more_inputs(values: Values) -> bool:
    return _inputs(values) > len(COORDINATES)


def _has_hidden_layers(values: Values) -> bool:
    return bool(values["hidden"])


def _stops_early(values: Values) -> bool:
    return bool(values["patience"] > 0)


def _when(name: str, *choices: str) -> Condition:
    return Condition(lambda values: values[name] in choices, f"with {name}={' or '.join(choices)}", (name,))


DRAWN_AT_RANDOM = Condition(_is_drawn, "with points drawn at random", ("dataset",))
OF_INPUTS = ("dataset", "table")
WITH_TWO_CLASSES = Condition(_draws_two_classes, "with points of two classes drawn at random", ("dataset", "classes"))
WITH_HIDDEN_LAYERS = Condition(_has_hidden_layers, "with a hidden layer", ("hidden",))
WITH_EARLY_STOPPING = Condition(_stops_early, "with early stopping", ("patience",))

CONDITIONS: Mapping[str, Condition] = {
    "samples": DRAWN_AT_RANDOM,
    "noise": DRAWN_AT_RANDOM,
    "classes": _when("dataset", *sorted(MANY_CLASS_DATASETS)),
    **{knob: _when("dataset", *sorted(datasets_with(knob))) for knob in own_knobs()},
    "plane": Condition(_has_more_inputs, "with more than two inputs", OF_INPUTS),
    "balance": WITH_TWO_CLASSES,
    "features": Condition(_has_two_inputs, "with two inputs", OF_INPUTS),
    "standardize": Condition(_is_of_the_plane, "with points of the plane", ("dataset",)),
    "activation": WITH_HIDDEN_LAYERS,
    "dropout": WITH_HIDDEN_LAYERS,
    "batch_norm": WITH_HIDDEN_LAYERS,
    "init_deviation": _when("init", "normal"),
    "momentum": _when("optimizer", *WITH_MOMENTUM),
    "schedule_factor": _when("schedule", "exponential", "step"),
    "schedule_epochs": _when("schedule", "exponential", "step"),
    "min_delta": WITH_EARLY_STOPPING,
    "restore_best": WITH_EARLY_STOPPING,
}
"""Knobs that only sometimes matter. One that is not here always does."""


def matters(name: str, values: Values) -> bool:
    """Whether the knob `name` makes a difference to the experiment that all the `values` describe."""
    return name not in CONDITIONS or CONDITIONS[name].holds(values)

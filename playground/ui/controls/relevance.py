"""Which knobs matter for what is chosen: the others are hidden, keep their value and leave the link."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from playground.core.datasets import datasets_with, own_knobs
from playground.core.optimizers import WITH_MOMENTUM
from playground.core.parts import MANY_CLASS_DATASETS, REGRESSION_DATASETS

Values = Mapping[str, Any]


def _has_two_classes(values: Values) -> bool:
    if values["dataset"] in REGRESSION_DATASETS:
        return False
    return values["dataset"] not in MANY_CLASS_DATASETS or values["classes"] == 2


def _has_hidden_layers(values: Values) -> bool:
    return bool(values["hidden"])


def _stops_early(values: Values) -> bool:
    return bool(values["patience"] > 0)


def _when(name: str, *choices: str) -> Callable[[Values], bool]:
    return lambda values: values[name] in choices


MATTERS: Mapping[str, Callable[[Values], bool]] = {
    "classes": _when("dataset", *MANY_CLASS_DATASETS),
    **{knob: _when("dataset", *datasets_with(knob)) for knob in own_knobs()},
    "balance": _has_two_classes,
    "activation": _has_hidden_layers,
    "dropout": _has_hidden_layers,
    "batch_norm": _has_hidden_layers,
    "init_deviation": _when("init", "normal"),
    "momentum": _when("optimizer", *WITH_MOMENTUM),
    "schedule_factor": _when("schedule", "exponential", "step"),
    "schedule_epochs": _when("schedule", "exponential", "step"),
    "min_delta": _stops_early,
    "restore_best": _stops_early,
}
"""Knobs that only sometimes matter. One that is not here always does."""


def matters(name: str, values: Values) -> bool:
    """Whether the knob `name` makes a difference to the experiment that all the `values` describe."""
    return name not in MATTERS or MATTERS[name](values)

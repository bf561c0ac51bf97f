"""Experiments of all kinds, and trained or random weights for them."""

from __future__ import annotations

from itertools import cycle
from typing import Any

import numpy as np

from playground.core import Experiment
from playground.core.datasets._packed import packed
from playground.core.features import FEATURES
from playground.core.layers import ACTIVATIONS
from playground.engine import build_model
from playground.engine.epoch import Weights
from tests.engine.conftest import experiment_with

ALL = tuple(FEATURES)
INPUTS: dict[str, dict[str, Any]] = {
    "plain": {},
    "exchanged": {"features": ("x2", "x1")},
    "one": {"features": ("x1x2",)},
    "all": {"features": ALL},
    "standardised": {"standardize": True},
    "all standardised": {"features": ALL, "standardize": True},
}
HEADS: dict[str, dict[str, Any]] = {
    "sigmoid": {"dataset": "circle"},
    "softmax of two": {"dataset": "moons", "output": "softmax"},
    "softmax": {"dataset": "spirals", "classes": 3},
    "softmax, mse": {"dataset": "blobs", "classes": 4, "output": "softmax", "loss": "mse"},
    "sigmoids": {"dataset": "spirals", "classes": 3, "output": "sigmoids"},
    "one softmax unit": {"dataset": "xor", "output": "softmax1"},
    "tanh": {"dataset": "spiral", "output": "tanh"},
    "tanh, mse": {"dataset": "gaussians", "output": "tanh", "loss": "mse"},
    "TensorFlow Playground": {"dataset": "circle", "output": "tanh", "loss": "half_squared", "init": "playground"},
    "linear": {"dataset": "circle", "output": "linear", "loss": "mse"},
    "linear, hinge": {"dataset": "circle", "output": "linear", "loss": "hinge"},
    "linear of three": {"dataset": "spirals", "classes": 3, "output": "linear", "loss": "mse"},
    "number": {"dataset": "plane"},
    "number by tanh": {"dataset": "hills", "output": "tanh", "loss": "half_squared"},
}


def own_table(n: int = 60, inputs: int = 2, classes: int = 3) -> str:
    """A packed table of numbers in the thousands that differ by a few."""
    random = np.random.default_rng(5)
    X = 2000 + 5 * random.normal(size=(n, inputs)) * (1 + np.arange(inputs))
    order = np.argsort(np.argsort(X.sum(axis=1)))
    y = order * classes // n if classes else 30.0 + X.sum(axis=1) / 7
    names = [f"kind {k}" for k in range(classes)]
    return packed(X, y, [f"input {k}" for k in range(inputs)], names, "target")


TABLES: dict[str, dict[str, Any]] = {
    "iris": {"dataset": "iris"},
    "iris, as it is": {"dataset": "iris", "scaled": False},
    "wine": {"dataset": "wine", "plane": (1, 3)},
    "diabetes": {"dataset": "diabetes"},
    "diabetes, as it is": {"dataset": "diabetes", "scaled": False},
    "own of two": {"dataset": "own", "table": own_table(), "features": ALL},
    "own of one": {"dataset": "own", "table": own_table(inputs=1)},
    "own of numbers": {"dataset": "own", "table": own_table(inputs=3, classes=0)},
    "drawn": {"dataset": "drawn", "features": ("x1", "sinx1")},
    "formula": {"dataset": "formula", "standardize": True},
}


def every_experiment() -> dict[str, Experiment]:
    """Every head with every way of giving inputs, and tables."""
    return _made({f"{head} · {inputs}": {**HEADS[head], **INPUTS[inputs]} for head in HEADS for inputs in INPUTS})


def experiments() -> dict[str, Experiment]:
    """Every head, every way of giving inputs, and tables, each at least once."""
    return _made(
        {f"{head} · {inputs}": {**HEADS[head], **INPUTS[inputs]} for head, inputs in zip(HEADS, cycle(INPUTS))}
    )


def _made(kinds: dict[str, dict[str, Any]]) -> dict[str, Experiment]:
    """With activations and batch normalisation that take turns."""
    activations = cycle(ACTIVATIONS)
    found = {}
    for number, (name, fields) in enumerate((kinds | TABLES).items()):
        chosen = {"activation": (next(activations), next(activations)), "batch_norm": number % 3 == 0, "hidden": (4, 3)}
        if number % 11 == 10:
            chosen = {"hidden": ()}
        found[name] = experiment_with(Experiment(), **{"samples": 60, "dropout": 0.1, **chosen, **fields})
    return found


def some_weights(experiment: Experiment) -> Weights:
    """As if it had been trained: no weight is what it began with."""
    random = np.random.default_rng(1)
    model = build_model(experiment)
    return [
        (np.abs(each) if "variance" in variable.path else each).astype(np.float32)
        for variable in model.weights
        for each in [random.normal(0.1, 0.8, variable.shape)]
    ]

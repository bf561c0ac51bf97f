"""Runs of all kinds, short ones: what a script must make again."""

from __future__ import annotations

from typing import Any

from playground.core import Experiment, RateChange
from playground.core.drawn_points import pack_points
from playground.core.features import FEATURES
from playground.core.rates import RateName
from tests.engine.conftest import experiment_with

from .cases import own_table

ALL = tuple(FEATURES)
OF_TENSORFLOW_PLAYGROUND = {
    "output": "tanh",
    "loss": "half_squared",
    "init": "playground",
    "regularization": "playground",
}
DRAWN = pack_points([(x / 3 - 2, (x * x) % 7 / 2 - 2 + (x % 3)) for x in range(24)], [x % 3 for x in range(24)])
MANY: dict[str, Any] = {"samples": 120, "epochs": 12, "noise": 0.1, "seed": 7, "data_seed": 3}
RUNS: dict[str, dict[str, Any]] = {
    "circle": {"hidden": (4, 2)},
    "xor, adam, relu": {"dataset": "xor", "activation": ("relu",), "optimizer": "adam", "learning_rate": 0.01},
    "gaussians, no hidden layer": {"dataset": "gaussians", "hidden": (), "test": 0.3},
    "spiral, all features": {"dataset": "spiral", "features": ALL, "standardize": True, "optimizer": "nadam"},
    "moons, dropout": {"dataset": "moons", "hidden": (16, 8), "dropout": 0.3, "optimizer": "rmsprop"},
    "two rings, batch normalisation": {"dataset": "circles", "batch_norm": True, "batch_size": 13},
    "four blobs": {"dataset": "blobs", "classes": 4, "hidden": (5,), "activation": ("gelu",), "deviation": 1.5},
    "two blobs, centres": {"dataset": "blobs", "centers": (0, 0, 15, 15), "balance": 0.8},
    "random clusters": {"dataset": "classification", "classes": 3, "output": "sigmoids", "optimizer": "adagrad"},
    "three arms": {"dataset": "spirals", "classes": 3, "activation": ("silu", "elu"), "optimizer": "adamw"},
    "long arms": {"dataset": "spirals", "classes": 3, "reach": 10.0, "output": "softmax", "loss": "mse"},
    "parabolas": {"dataset": "parabolas", "slope": 0.5, "init": "he_uniform", "activation": ("leaky_relu",)},
    "checkerboard": {"dataset": "checkerboard", "features": ("sinx1", "sinx2", "x1x2"), "init": "lecun"},
    "plane": {"dataset": "plane", "optimizer": "momentum", "learning_rate": 0.01},
    "hills": {"dataset": "hills", "loss": "mae", "activation": ("softplus",), "features": ("x1", "x1sq")},
    "by a formula": {"dataset": "formula", "rule": "x1^2 + x2^2 - 9 > 2*-x1/(1+exp(-x2))", "validation": 0.25},
    "drawn": {"dataset": "drawn", "points": DRAWN, "activation": ("selu",), "batch_size": 5},
    "iris": {"dataset": "iris", "l2": 0.01, "validation": 0.2},
    "wine": {"dataset": "wine", "l1": 0.001, "l2": 0.01, "plane": (1, 3)},
    "digits": {"dataset": "digits", "batch_size": 200, "epochs": 5, "hidden": (16,)},
    "diabetes": {"dataset": "diabetes", "optimizer": "nesterov", "learning_rate": 0.003},
    "diabetes, as it is": {"dataset": "diabetes", "scaled": False, "learning_rate": 1e-6},
    "own table": {"dataset": "own", "table": own_table(), "features": ALL},
    "own table of numbers": {"dataset": "own", "table": own_table(inputs=3, classes=0)},
    "TensorFlow Playground, L1": {**OF_TENSORFLOW_PLAYGROUND, "l1": 0.01, "hidden": (4, 2)},
    "TensorFlow Playground, L2": {**OF_TENSORFLOW_PLAYGROUND, "dataset": "plane", "l2": 0.01},
    "squared hinge": {"output": "tanh", "noise": 0.3},
    "hinge": {"output": "linear", "loss": "hinge", "learning_rate": 0.003, "optimizer": "adadelta"},
    "softmax over one unit": {"output": "softmax1"},
    "exponential": {"schedule": "exponential", "schedule_factor": 0.5, "schedule_epochs": 5},
    "growing steps": {"schedule": "step", "schedule_factor": 2.0, "schedule_epochs": 4, "learning_rate": 0.01},
    "cosine": {"schedule": "cosine", "loss": "poisson"},
    "early stopping": {"patience": 2, "min_delta": 0.01, "restore_best": True, "noise": 0.5, "epochs": 60},
    "normal start, one batch": {"init": "normal", "init_deviation": 0.5, "batch_size": 1000},
    "zeros": {"init": "zeros", "output": "softmax", "activation": ("sigmoid",)},
}
CHANGES: dict[str, tuple[dict[str, Any], list[tuple[int, RateName, float]]]] = {
    "another rate": ({}, [(4, "learning_rate", 0.3), (8, "learning_rate", 0.01)]),
    "a rate and a schedule": ({"schedule": "step", "schedule_epochs": 3}, [(5, "learning_rate", 0.3)]),
    "penalties": ({"l2": 0.1}, [(3, "l1", 0.01), (6, "l2", 0.0)]),
    "penalties after the step": (
        {**OF_TENSORFLOW_PLAYGROUND, "l2": 0.1, "dataset": "spiral"},
        [(3, "l1", 0.03), (6, "learning_rate", 0.1), (8, "l1", 0.0)],
    ),
}


def runs() -> dict[str, Experiment]:
    """Each run by name."""
    found = {name: experiment_with(Experiment(), **{**MANY, **fields}) for name, fields in RUNS.items()}
    for name, (fields, changes) in CHANGES.items():
        experiment = experiment_with(Experiment(), **{**MANY, **fields})
        found[name] = experiment.with_rates(experiment.rates, tuple(RateChange(*change) for change in changes))
    return found

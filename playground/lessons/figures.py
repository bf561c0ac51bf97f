"""Every figure of a run that a check, a prediction or an explanation may name."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from types import MappingProxyType
from typing import Literal, NamedTuple, TypeAlias

import numpy as np

from playground.core.rounding import OF_FLOAT32
from playground.lessons.run import Arrays, Run

ZERO_WEIGHT = 1e-3
"""A weight smaller than this in size counts as zero."""
SMALL_WEIGHT = 0.02
"""A weight smaller than this in size is small: a step of L1 throws a weight to and fro around zero, not onto it."""

AROUND = 5
"""Epochs over which the loss is averaged to tell where it is least."""

Style: TypeAlias = Literal["share", "points", "number", "count"]
Early: TypeAlias = Literal["", ">", "<", "<>"]


class Figure(NamedTuple):
    """A figure.

    Attributes
    ----------
    name : in checks and in braces
    words : in sentences, where ``{part}`` is what training is watched on: test, or validation
    value : of a run
    style : how it is shown: in percent, in points of percent, as a number, or as a whole number
    early : which conditions on it are more than a start: met before the end of training they count
    whole : whether all epochs of a run are needed
    of_classes : whether a regression has none
    range : the least and the most that it can be
    counts_epochs : whether it is at most the epochs that are trained
    """

    name: str
    words: str
    value: Callable[[Run], float]
    style: Style = "number"
    early: Early = ""
    whole: bool = False
    of_classes: bool = False
    range: tuple[float, float] = (0.0, math.inf)
    counts_epochs: bool = False


def _last(name: str) -> Callable[[Run], float]:
    return lambda run: float(run.column(name)[-1])


def _first(name: str) -> Callable[[Run], float]:
    return lambda run: float(run.column(name)[0])


def _least(name: str) -> Callable[[Run], float]:
    return lambda run: float(np.fmin.reduce(run.column(name)))


def _largest(name: str) -> Callable[[Run], float]:
    return lambda run: float(np.fmax.reduce(run.column(name)))


def _change(name: str) -> Callable[[Run], float]:
    return lambda run: float(np.ptp(run.column(name)))


def _rises(name: str) -> Callable[[Run], float]:
    def count(run: Run) -> float:
        values = run.column(name)
        return float(np.count_nonzero(np.diff(values) > OF_FLOAT32 * np.abs(values[:-1])))

    return count


def _at_least_of(name: str, shown: str) -> Callable[[Run], float]:
    """The `shown` of the epoch with the least `name`."""

    def value(run: Run) -> float:
        values = run.column(name)
        finite = np.where(np.isfinite(values), values, np.inf)
        return float(run.column(shown)[int(finite.argmin())])

    return value


def _around_least_of(name: str, shown: str) -> Callable[[Run], float]:
    """The `shown` of the epoch about which `name` is least over `AROUND` epochs: one lucky epoch decides nothing."""

    def value(run: Run) -> float:
        values = run.column(name)
        if len(values) < AROUND:
            return _at_least_of(name, shown)(run)
        means = np.convolve(values, np.ones(AROUND) / AROUND, "valid")
        return float(run.column(shown)[AROUND // 2 + int(np.where(np.isfinite(means), means, np.inf).argmin())])

    return value


def _gap(run: Run) -> float:
    return float(run.column("accuracy")[-1] - run.column("val_accuracy")[-1])


def _loss_gap(run: Run) -> float:
    return float(run.column("val_loss")[-1] - run.column("loss")[-1])


def _kernels(weights: Arrays) -> list[np.ndarray[tuple[int, ...], np.dtype[np.floating]]]:
    return [array for array in weights if array.ndim == 2]


def _weights_below(size: float) -> Callable[[Run], float]:
    return lambda run: float(sum(np.count_nonzero(np.abs(kernel) < size) for kernel in _kernels(run.weights)))


def _zero_inputs(run: Run) -> float:
    first = _kernels(run.weights)[0]
    return float(np.count_nonzero((np.abs(first) < ZERO_WEIGHT).all(axis=1)))


def _largest_weight(run: Run) -> float:
    return float(max(np.abs(kernel).max() for kernel in _kernels(run.weights)))


def _hidden_units(run: Run) -> float:
    return float(sum(kernel.shape[1] for kernel in _kernels(run.weights)[:-1]))


def _hidden_layers(run: Run) -> float:
    return float(len(_kernels(run.weights)) - 1)


def _inputs(run: Run) -> float:
    return float(_kernels(run.weights)[0].shape[0])


NEEDING_WEIGHTS = frozenset(
    {"zero weights", "small weights", "zero inputs", "largest weight", "hidden units", "hidden layers", "inputs"}
)

SHARE = (0.0, 1.0)
_ACCURACIES = (("accuracy", "training accuracy"), ("val_accuracy", "{part} accuracy"))
_LOSSES = (("loss", "training loss"), ("val_loss", "{part} loss"))


def _figures() -> Iterator[Figure]:
    for name, words in _ACCURACIES:
        share, points = (partial(Figure, style=style, of_classes=True, range=SHARE) for style in ("share", "points"))
        yield share(name, words, _last(name), early=">")
        yield share(f"first {name}", f"first {words}", _first(name), whole=True)
        yield share(f"best {name}", f"best {words}", _largest(name), early=">", whole=True)
        yield points(f"change of {name}", f"change of {words}", _change(name), whole=True)
    count = partial(Figure, style="count", counts_epochs=True)
    for name, words in _LOSSES:
        yield Figure(name, words, _last(name), early="<")
        yield Figure(f"first {name}", f"first {words}", _first(name), whole=True)
        yield Figure(f"least {name}", f"least {words}", _least(name), early="<", whole=True)
        yield Figure(f"largest {name}", f"largest {words}", _largest(name), whole=True)
        yield Figure(f"change of {name}", f"change of {words}", _change(name), whole=True)
        yield count(f"rises of {name}", f"number of rises of {words}", _rises(name), early=">", whole=True)
        best = _around_least_of(name, "learning_rate")
        when = _around_least_of(name, "epoch")
        yield count(f"epoch of least {name}", f"epoch of the least {words}", when, whole=True)
        yield Figure(f"rate of least {name}", f"learning rate at the least {words}", best, whole=True)
    gap = "training accuracy minus {part} accuracy"
    yield Figure("gap", gap, _gap, "points", of_classes=True, range=(-1.0, 1.0))
    yield Figure("loss gap", "{part} loss minus training loss", _loss_gap, range=(-math.inf, math.inf))
    yield count("epoch", "epoch", _last("epoch"), early="<>")
    # as the page calls it
    yield count("best epoch", "epoch of the least {part} loss", _at_least_of("val_loss", "epoch"), whole=True)
    yield Figure("learning_rate", "learning rate", _last("learning_rate"), early="<>")
    yield Figure("zero weights", "number of weights at zero", _weights_below(ZERO_WEIGHT), "count")
    small = f"number of weights smaller than {SMALL_WEIGHT}"
    yield Figure("small weights", small, _weights_below(SMALL_WEIGHT), "count")
    yield Figure("zero inputs", "number of inputs whose weights are all zero", _zero_inputs, "count")
    yield Figure("largest weight", "largest weight", _largest_weight)
    yield Figure("hidden units", "number of hidden units", _hidden_units, "count", early="<>")
    yield Figure("hidden layers", "number of hidden layers", _hidden_layers, "count", early="<>")
    yield Figure("inputs", "number of inputs", _inputs, "count", early="<>")


FIGURES: Mapping[str, Figure] = MappingProxyType({figure.name: figure for figure in _figures()})
"""Each figure by its name."""

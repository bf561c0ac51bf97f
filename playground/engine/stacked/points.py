"""What a stack's members are trained on and looked at with: points of their own, shared where they are the same."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import tensorflow as tf
from numpy.typing import ArrayLike, NDArray

from playground.core.experiment import Experiment
from playground.core.stacks import StackShape, points_key
from playground.engine.inputs import expand, sampled, targets
from playground.engine.stacked.program import StackData

Floats32 = NDArray[np.float32]


def stack_data(experiments: Sequence[Experiment], shape: StackShape) -> StackData:
    """The points of all members, the training part and then the part watched; each set once."""
    places: dict[object, int] = {}
    of = np.array([places.setdefault(points_key(each), len(places)) for each in experiments], np.int32)
    firsts = [experiments[int(np.argmax(of == place))] for place in places.values()]
    X, y = zip(*(_points(experiment, shape.features) for experiment in firsts), strict=True)
    return StackData(tf.constant(_filled(X, shape.sets)), tf.constant(_filled(y, shape.sets)), tf.constant(of))


def expanded(experiments: Sequence[Experiment], X: ArrayLike, features: int) -> Floats32:
    """Points (n, 2), or of each member its own (members, n, 2), as inputs (members, n, features) of each member."""
    points = np.broadcast_to(np.asarray(X, np.float64), (len(experiments), *np.shape(X)[-2:]))
    return np.stack([_padded(expand(each, own), features) for each, own in zip(experiments, points, strict=True)])


def _points(experiment: Experiment, features: int) -> tuple[Floats32, NDArray[np.generic]]:
    points = sampled(experiment.data)
    X_watched, y_watched = points.watched
    inputs = expand(experiment, np.concatenate([points.X_train, X_watched]))
    return _padded(inputs, features), targets(experiment, np.concatenate([points.y_train, y_watched]))


def _padded(inputs: Floats32, features: int) -> Floats32:
    """With columns of zeros, whose weights are zeros and stay so."""
    return np.pad(inputs, ((0, 0), (0, features - inputs.shape[1])))


def _filled(sets: Sequence[NDArray[np.generic]], room: int) -> NDArray[np.generic]:
    """All sets in one array, with zeros where there is more room."""
    filled = np.zeros((room, *sets[0].shape), sets[0].dtype)
    filled[: len(sets)] = sets
    return filled

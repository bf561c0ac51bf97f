"""What a stack's members are trained on: points of their own, shared where they are the same."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import tensorflow as tf
from numpy.typing import NDArray

from playground.core.experiment import Experiment
from playground.core.stacks import StackShape, points_key
from playground.engine.inputs import points
from playground.engine.stacked.program import StackData

Floats32 = NDArray[np.float32]


def stack_data(experiments: Sequence[Experiment], shape: StackShape) -> StackData:
    """The points of all members, the training part and then the part watched; each set once."""
    places: dict[object, int] = {}
    of = np.array([places.setdefault(points_key(each), len(places)) for each in experiments], np.int32)
    firsts = [experiments[int(np.argmax(of == place))] for place in places.values()]
    inputs, y = zip(*map(points, firsts), strict=True)
    X = [_padded(own, shape.features) for own in inputs]
    return StackData(tf.constant(_filled(X, shape.sets)), tf.constant(_filled(y, shape.sets)), tf.constant(of))


def _padded(inputs: Floats32, features: int) -> Floats32:
    """With columns of zeros, whose weights are zeros and stay so."""
    return np.pad(inputs, ((0, 0), (0, features - inputs.shape[1])))


def _filled(sets: Sequence[NDArray[np.generic]], room: int) -> NDArray[np.generic]:
    """All sets in one array, with zeros where there is more room."""
    filled = np.zeros((room, *sets[0].shape), sets[0].dtype)
    filled[: len(sets)] = sets
    return filled

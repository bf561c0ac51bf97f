"""The losses a learner may choose. The engine's table says which of Keras's each one is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple


class Loss(NamedTuple):
    """A loss, and what it can be computed for.

    Attributes
    ----------
    label : what the page calls it
    one_unit, unit_per_class, tanh : whether it can be computed for one output, for one a class, and for one of tanh
    signed : whether its targets are -1 and +1
    any_number : whether it suits targets that can be any number
    finite : whether it is a finite number for any outputs that are
    """

    label: str
    one_unit: bool = True
    unit_per_class: bool = False
    tanh: bool = False
    signed: bool = False
    any_number: bool = False
    finite: bool = False


LOSSES: Mapping[str, Loss] = {
    "binary_crossentropy": Loss("Binary cross-entropy", unit_per_class=True, finite=True),
    "sparse_categorical_crossentropy": Loss("Categorical cross-entropy", one_unit=False, unit_per_class=True),
    "hinge": Loss("Hinge", tanh=True, signed=True, finite=True),
    "squared_hinge": Loss("Squared hinge", tanh=True, signed=True, finite=True),
    "half_squared": Loss("TensorFlow Playground", tanh=True, signed=True, any_number=True, finite=True),
    "mse": Loss("Mean squared error", unit_per_class=True, tanh=True, any_number=True, finite=True),
    "mae": Loss("Mean absolute error", unit_per_class=True, tanh=True, any_number=True, finite=True),
    "poisson": Loss("Poisson"),
}

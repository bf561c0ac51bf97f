"""The weights that the members of a stack begin with: each its own, as if it were alone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from playground.core.experiment import Experiment
from playground.engine.build import initial_bias, kernel_initializers
from playground.engine.stacked.layout import Layout

Floats32 = NDArray[np.float32]


def initial_rows(experiments: Sequence[Experiment], layout: Layout) -> Floats32:
    """(members, P): the untrained members, as the stack's `Layout` has them."""
    shapes = [layout.real_shapes(place) for place in range(len(experiments))]
    return layout.pack(list(map(_initial_weights, experiments, shapes)))


def _initial_weights(experiment: Experiment, shapes: Sequence[tuple[int, ...]]) -> list[NDArray[np.float32]]:
    """Those that `build_model(experiment)` starts from: kernels as Keras draws them in their own shapes."""
    initializers: list[Any] = kernel_initializers(experiment)
    kernels = [np.asarray(draw(shape, dtype="float32")) for draw, shape in zip(initializers, shapes[::2], strict=True)]
    bias = initial_bias(experiment.model)
    return [each for kernel in kernels for each in (kernel, np.full(kernel.shape[1], bias, np.float32))]

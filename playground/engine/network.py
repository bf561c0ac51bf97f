"""A network at one epoch, as one value: all that can be asked of it is a pure function of what it holds."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import ArrayLike, NDArray

from playground.core.experiment import Experiment
from playground.core.grid import Range
from playground.core.signals import Signals
from playground.engine.boundary import Boundary, Picture, boundary_of, picture_of, values_at
from playground.engine.epoch import Weights
from playground.engine.inputs import expand
from playground.engine.layers import (
    LOGIT_MAP_SIZE,
    Dense,
    LayerOutputs,
    dense_of,
    layer_outputs_of,
    logit_maps_of,
    neuron_maps_of,
)
from playground.engine.plane import MAP_SIZE, VIEW_SIZE
from playground.engine.program import Program, as_program
from playground.engine.signals import MOST_POINTS, signals_of
from playground.engine.ties import Ties, ties_of

Floats32 = NDArray[np.float32]


@dataclass(frozen=True)
class Network:
    """What a program makes of an experiment and these weights.

    Attributes
    ----------
    program : of the experiment's architecture
    experiment : with the penalties in use, if they were changed while it trained
    weights : in the order and shapes of `model.get_weights()`, from any epoch; not to be written to
    """

    program: Program
    experiment: Experiment
    weights: Weights = field(repr=False)

    def predict(self, X: ArrayLike) -> Floats32:
        """The values at points.

        Parameters
        ----------
        X : (n, 2) float

        Returns
        -------
        (n, K) float32
            The probability of class 1, or of each class; for targets -1 and +1 an output o counts as (o + 1) / 2;
            a linear output is clipped to [0, 1]. For regression the output itself.
        """
        return values_at(self, X)

    def boundary(self, x1: Range, x2: Range, n: int = VIEW_SIZE) -> Boundary:
        """The values and borders on an n×n grid."""
        return boundary_of(self, x1, x2, n)

    def picture(self, x1: Range, x2: Range, maps: bool) -> Picture:
        """What a frame shows: the boundary, and with `maps` what each hidden neuron says over the same plane.

        One compiled call, in which the maps cost next to nothing. The boundary is bit for bit that of `boundary`, the
        maps are those of `neuron_maps` to rounding.
        """
        return picture_of(self, x1, x2, maps)

    def layers(self, X: ArrayLike) -> LayerOutputs:
        """What the network makes of points (n, 2), layer by layer, as Keras does in inference mode."""
        return layer_outputs_of(self, X)

    def neuron_maps(self, x1: Range, x2: Range, n: int = MAP_SIZE) -> list[Floats32]:
        """What each input, neuron and output says over the plane.

        Returns
        -------
        list of (units, n, n) float32
            Inputs, hidden layers, outputs; entry [unit, i, j] is at the i-th x2 and the j-th x1.
        """
        return neuron_maps_of(self, x1, x2, n)

    def logit_maps(self, x1: Range, x2: Range, n: int = LOGIT_MAP_SIZE) -> Floats32:
        """What goes into the output activation over the plane.

        Returns
        -------
        (output units, n, n) float32
            Entry [unit, i, j] is at the i-th x2 and the j-th x1.
        """
        return logit_maps_of(self, x1, x2, n)

    def ties(self, x1: Range, x2: Range, n: int = VIEW_SIZE) -> Ties:
        """The decision boundary as points, one on each edge of an n×n grid that it crosses."""
        return ties_of(self, x1, x2, n)

    def gradients(self, X: ArrayLike, targets: NDArray[np.float32] | NDArray[np.int32]) -> list[Floats32]:
        """The gradient of the loss over points (n, 2) and what `targets` makes of their classes, penalties included.

        Returns
        -------
        One array for each trainable variable, in their order and shapes.
        """
        model = self.experiment.model
        return self.program.gradients(self.weights, expand(self.experiment, X), targets, model.l1, model.l2)

    def signals(self, before: Weights | None = None, epochs: int = 1, most_points: int = MOST_POINTS) -> Signals:
        """The learning signals of every Dense layer, over the first `most_points` training points.

        Parameters
        ----------
        before : the weights `epochs` epochs earlier; without them the update ratios are nan
        """
        return signals_of(self, before, epochs, most_points)

    def dense(self) -> list[Dense]:
        """The hidden layers and the output: where their weights are, and which."""
        return dense_of(self.experiment, self.weights)


def make_network(program: object, experiment: Experiment, weights: Weights) -> Network:
    """The network with these weights.

    Raises
    ------
    TypeError
        When the program is not one that `compile_program` made.
    """
    return Network(as_program(program), experiment, weights)

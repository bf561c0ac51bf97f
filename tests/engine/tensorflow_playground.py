"""TensorFlow Playground's network as its `nn.ts` and `playground.ts` have it, in NumPy: one example after the other.

https://github.com/tensorflow/playground/blob/master/src/nn.ts. Nothing of the playground's own is used: it is what
tests hold the engine against.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Function = Callable[[Floats], Floats]


def _sigmoid(z: Floats) -> Floats:
    return 1 / (1 + np.exp(-z))


ACTIVATIONS: dict[str, tuple[Function, Function]] = {
    "tanh": (np.tanh, lambda z: 1 - np.tanh(z) ** 2),
    "relu": (lambda z: np.maximum(0, z), lambda z: np.where(z <= 0, 0.0, 1.0)),
    "sigmoid": (_sigmoid, lambda z: _sigmoid(z) * (1 - _sigmoid(z))),
    "linear": (lambda z: z, np.ones_like),
}
"""Each activation and its derivative."""
SLOPES: dict[str, Function] = {"none": np.zeros_like, "L1": np.sign, "L2": lambda w: w}
"""The derivative of each regularisation."""


@dataclass
class Layer:
    """The links into a layer of nodes, and what they have accumulated since the last update."""

    weights: Floats
    bias: Floats
    activation: str
    dead: NDArray[np.bool_] = field(init=False)

    def __post_init__(self) -> None:
        self.dead = np.zeros(self.weights.shape, bool)
        self.reset()

    def reset(self) -> None:
        """Forget what was accumulated."""
        self.acc_weights, self.acc_bias, self.count = np.zeros_like(self.weights), np.zeros_like(self.bias), 0


class Network:
    """A network of given weights, kernel (inputs, units) and bias (units,) of each layer in turn."""

    def __init__(self, weights: Sequence[Any], activations: Sequence[str]) -> None:
        layers = zip(weights[::2], weights[1::2], activations, strict=True)
        self.layers = [
            Layer(np.array(kernel, np.float64), np.array(bias, np.float64), activation)
            for kernel, bias, activation in layers
        ]

    @property
    def weights(self) -> list[Floats]:
        """Kernel and bias of each layer."""
        return [each for layer in self.layers for each in (layer.weights, layer.bias)]

    def forward(self, inputs: Floats) -> float:
        """`forwardProp`: remembers what goes into each layer, and into its activation."""
        signal = inputs
        self.inputs, self.totals = [], []
        for layer in self.layers:
            self.inputs.append(signal)
            self.totals.append(layer.bias + signal @ layer.weights)
            signal = ACTIVATIONS[layer.activation][0](self.totals[-1])
        return float(signal[0])

    def backward(self, output: float, target: float) -> None:
        """`backProp` of half the squared error, of the example that went forward last."""
        output_slope = np.array([output - target])
        for layer, inputs, totals in reversed(list(zip(self.layers, self.inputs, self.totals, strict=True))):
            input_slope = output_slope * ACTIVATIONS[layer.activation][1](totals)
            layer.acc_bias += input_slope
            layer.acc_weights += np.where(layer.dead, 0, np.outer(inputs, input_slope))
            layer.count += 1
            output_slope = layer.weights @ input_slope

    def update(self, rate: float, regularization: str, regularization_rate: float) -> None:
        """`updateWeights`: the mean of what was accumulated, then the regularisation by what the weight was before."""
        for layer in self.layers:
            layer.bias = layer.bias - rate * layer.acc_bias / layer.count
            slope = SLOPES[regularization](layer.weights)
            stepped = layer.weights - rate / layer.count * layer.acc_weights
            wanted = stepped - rate * regularization_rate * slope
            crosses = (stepped * wanted < 0) & (regularization == "L1")
            layer.weights = np.where(layer.dead, layer.weights, np.where(crosses, 0, wanted))
            layer.dead |= crosses
            layer.reset()

    def one_step(self, X: Floats, y: Floats, batch_size: int, *rates: Any) -> None:
        """`oneStep`, an epoch: examples in their order, an update after each `batch_size` of them."""
        for place, (inputs, target) in enumerate(zip(X, y, strict=True), 1):
            self.backward(self.forward(inputs), target)
            if place % batch_size == 0:
                self.update(*rates)

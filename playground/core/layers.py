"""Hidden layers: what their units may do, how their first weights may be drawn, and how their number is changed."""

from __future__ import annotations

from collections.abc import Mapping

ACTIVATIONS: Mapping[str, str] = {
    "linear": "Linear",
    "relu": "ReLU",
    "leaky_relu": "Leaky ReLU",
    "elu": "ELU",
    "selu": "SELU",
    "gelu": "GELU",
    "silu": "SiLU",
    "tanh": "Tanh",
    "sigmoid": "Sigmoid",
    "softplus": "Softplus",
}
"""Keras's names, which the engine hands to Keras as they are."""
INITS: Mapping[str, str] = {
    "auto": "Automatic",
    "glorot": "Glorot",
    "he": "He (normal)",
    "he_uniform": "He (uniform)",
    "lecun": "LeCun",
    "zeros": "Zeros",
    "normal": "Normal",
    "playground": "TensorFlow Playground",
}
FIRST_WIDTH = 4
"""Units of a layer added where there was none."""


def resized(
    hidden: tuple[int, ...], activation: tuple[str, ...], count: int
) -> tuple[tuple[int, ...], tuple[str, ...]]:
    """The widths and the activation for so many hidden layers: the first ones stay, new ones are as the last.

    One activation for all layers stays one; of one a layer, one is left where no layer is.
    """
    width = hidden[-1] if hidden else FIRST_WIDTH
    if len(activation) > 1:
        activation = (activation + activation[-1:] * count)[: max(count, 1)]
    return (hidden + (width,) * count)[:count], activation

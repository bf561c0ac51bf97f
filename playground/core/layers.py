"""What a hidden layer's units may do, and how its first weights may be drawn: names and what the page calls them."""

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
}

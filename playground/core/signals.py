"""What tells whether a network learns: numbers a layer, from its weights; and the spread of the weights themselves."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


class Signals(NamedTuple):
    """One float64 number for each Dense layer, hidden layers first, the output layer last; each (layers,).

    A layer's kernel and bias count as one vector; norms are Euclidean.

    Attributes
    ----------
    weight_norms : norm of the weights
    gradient_norms : norm of the gradient of the loss, penalties included, over the training points, in inference mode
    update_ratios : how far the weights moved in an epoch, as a share of their norm before; nan where that is unknown
    dead : share of the units whose output is exactly 0 for all training points; nan for all but relu
    saturated : share of the units that work in the flat tails of tanh or sigmoid; nan for other activations
    """

    weight_norms: Floats
    gradient_norms: Floats
    update_ratios: Floats
    dead: Floats
    saturated: Floats


class Histograms(NamedTuple):
    """`counts` (layers, bins) of each Dense layer's kernel between `edges` (bins + 1,), the same for all layers."""

    edges: Floats
    counts: NDArray[np.int64]


def layer_vectors(weights: Sequence[NDArray[np.floating]]) -> list[Floats]:
    """Kernel and bias of each Dense layer as one float64 vector.

    Parameters
    ----------
    weights : in the order of `model.get_weights()`; what batch normalisation keeps is left out
    """
    pairs = zip(weights, [*weights[1:], np.empty(0)], strict=True)
    return [
        np.concatenate([kernel.ravel(), bias.ravel()]).astype(np.float64) for kernel, bias in pairs if kernel.ndim == 2
    ]


def norms(weights: Sequence[NDArray[np.floating]]) -> Floats:
    """The Euclidean norm of each Dense layer's kernel and bias, (layers,)."""
    return np.array([np.linalg.norm(vector) for vector in layer_vectors(weights)])


def update_ratios(
    weights: Sequence[NDArray[np.floating]], before: Sequence[NDArray[np.floating]], epochs: int = 1
) -> Floats:
    """How far each Dense layer moved from `before` to `weights`, an epoch, as a share of its norm before.

    nan for a layer whose weights were all 0.
    """
    moved, length = norms([new - old for new, old in zip(weights, before, strict=True)]), norms(before)
    ratios: Floats = np.divide(moved, epochs * length, out=np.full(len(length), np.nan), where=length > 0)
    return ratios


def weight_histograms(weights: Sequence[NDArray[np.floating]], bins: int = 30) -> Histograms:
    """How many weights of each Dense layer's kernel lie where, in bins that all layers share.

    Parameters
    ----------
    weights : in the order of `model.get_weights()`; numbers that are not finite are left out
    """
    kernels = [kernel[np.isfinite(kernel)].astype(np.float64) for kernel in weights if kernel.ndim == 2]
    edges = np.histogram_bin_edges(np.concatenate(kernels), bins)
    return Histograms(edges, np.array([np.histogram(kernel, edges)[0] for kernel in kernels]))

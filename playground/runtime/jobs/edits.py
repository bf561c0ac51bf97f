"""A weight that a learner sets by hand."""

from __future__ import annotations

import numpy as np

from playground.runtime.engine import Network, Weights
from playground.runtime.protocol.page import Edit


def edited_weights(network: Network, wanted: Edit) -> Weights:
    """The network's weights with one of them changed.

    Raises
    ------
    ValueError
        When there is no such weight; the message is a sentence for the page.
    """
    layers = network.dense()
    if wanted.layer > len(layers):
        raise ValueError(f"layer must be in [1, {len(layers)}]. Got {wanted.layer}.")
    dense = layers[wanted.layer - 1]
    sources, units = dense.kernel.shape
    if wanted.unit >= units or (wanted.source is not None and wanted.source >= sources):
        raise ValueError(f"A weight of layer {wanted.layer} must lead from one of {sources} to one of {units} neurons.")
    weights = [np.array(each) for each in network.weights]
    if wanted.source is None:
        weights[dense.place + 1][wanted.unit] = wanted.value
    else:
        weights[dense.place][wanted.source, wanted.unit] = wanted.value
    return weights

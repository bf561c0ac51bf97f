"""The stacked network: Keras layers with a leading member axis, all of whose weights lie in one packed tensor."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import groupby
from operator import itemgetter
from typing import TypeAlias

import keras
import tensorflow as tf

from playground.core.stacks import chosen_from
from playground.engine.build import ACTIVATION_OF_OUTPUT
from playground.engine.compiled import Tensor

Groups: TypeAlias = Sequence[tuple[int, tuple[str, ...]]]
FEW = 32
"""Numbers in a kernel up to which calling a matrix product takes longer than the product."""


class StackedNetwork:
    """The forward pass of all members at once.

    Parameters
    ----------
    shapes : of the padded weights of a member, kernel and bias of each layer in turn
    groups : of the members in a row, how many have which activations, as a `StackShape` has them
    output : the output layer's activation, which all members share
    """

    def __init__(self, shapes: Sequence[tuple[int, ...]], groups: Groups, output: str) -> None:
        self._shapes, self._groups = shapes, groups
        self._output = keras.activations.get(ACTIVATION_OF_OUTPUT[output])

    def logits(self, packed: Tensor, x: Tensor, masks: Sequence[Tensor]) -> Tensor:
        """(members, n, units) of inputs (members, n, features), by weights (members, P).

        Parameters
        ----------
        masks : for each hidden layer (members, choices, units), as a `Layout` makes them
        """
        *hidden, last = self.layers(packed)
        signal = x
        for layer, weights in enumerate(hidden):
            signal = self._activate(layer, _dense(signal, *weights), masks[layer])
        return _dense(signal, *last)

    def outputs(self, logits: Tensor) -> Tensor:
        """(members · n, units): of all members in a row, as Keras's losses and metrics are used to see points."""
        return self._output(tf.reshape(logits, [-1, logits.shape[-1]]))

    def layers(self, packed: Tensor) -> list[tuple[Tensor, Tensor]]:
        """Kernel (members, d, units) and bias (members, units) of each layer."""
        pieces = tf.split(packed, [math.prod(shape) for shape in self._shapes], axis=1)
        weights = [tf.reshape(piece, [-1, *shape]) for piece, shape in zip(pieces, self._shapes, strict=True)]
        return list(zip(weights[::2], weights[1::2], strict=True))

    def penalties(self, packed: Tensor, l1: Tensor, l2: Tensor) -> Tensor:
        """(members,): Keras's L1 and L2 of each member's kernels, with its own rates (members,)."""
        kernels = [kernel for kernel, _bias in self.layers(packed)]
        ones = sum(tf.reduce_sum(tf.abs(kernel), [1, 2]) for kernel in kernels)
        squares = sum(tf.reduce_sum(tf.square(kernel), [1, 2]) for kernel in kernels)
        return l1 * ones + l2 * squares

    def _activate(self, layer: int, z: Tensor, mask: Tensor) -> Tensor:
        """Each member by its own activation."""
        names = [(own[layer], count) for count, own in self._groups]
        runs = [(name, sum(count for _, count in run)) for name, run in groupby(names, key=itemgetter(0))]
        counts = [count for _, count in runs]
        pieces = zip(runs, tf.split(z, counts), tf.split(mask, counts), strict=True)
        signals = [_by_choice(chosen_from(names), piece, own) for (names, _), piece, own in pieces]
        return signals[0] if len(signals) == 1 else tf.concat(signals, 0)


def _by_choice(names: Sequence[str], z: Tensor, mask: Tensor) -> Tensor:
    """Masked, since sigmoid and others are not 0 where padding is.

    Of several activations each is computed for all members, and that of each is taken. What is not is computed of
    zeros: of other numbers it could be infinite, and its slope would spoil that of the one that is.
    """
    if len(names) == 1:
        return keras.activations.get(names[0])(z) * mask[:, :1]
    masks = [mask[:, choice : choice + 1] for choice in range(len(names))]
    pairs = zip(names, masks, strict=True)
    return sum(keras.activations.get(name)(tf.where(own > 0, z, 0.0)) * own for name, own in pairs)


def _dense(x: Tensor, kernel: Tensor, bias: Tensor) -> Tensor:
    """Each member's inputs by its kernel; the sum of a tiny one is written out, and compiled into what is around it."""
    if kernel.shape[1] * kernel.shape[2] <= FEW:
        return tf.reduce_sum(x[..., tf.newaxis] * kernel[:, tf.newaxis], axis=2) + bias[:, tf.newaxis]
    return tf.matmul(x, kernel) + bias[:, tf.newaxis]

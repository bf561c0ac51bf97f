"""A rewritten function does in a loop what it does alone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import tensorflow as tf

from playground.engine.compiled import IN_PLACE, QUEUED, BranchesError, Compiled
from playground.engine.rewritten import Rewritten

ROWS = tf.TensorSpec([None, 3], tf.float32)


def times(step: Callable[[Any], Any], count: int) -> Compiled:
    """A loop that takes a table `count` times through a step, and sums what that gives."""

    def loop(x: Any) -> list[Any]:
        def once(index: Any, total: Any) -> tuple[Any, Any]:
            return index + 1, total + step(x)[0]

        return [tf.while_loop(lambda index, _: index < count, once, (0, 0.0))[1]]

    return Compiled(loop, [tf.TensorSpec([4, 3], tf.float32)], IN_PLACE)


def test_effects_on_variables_are_had_in_every_round_before_the_next() -> None:
    total = tf.Variable(1.0)

    def step(x: Any) -> list[Any]:
        before = total.read_value()
        total.assign(before * 2.0 + tf.reduce_sum(x))
        return [before]

    (seen,) = times(Rewritten(step, [ROWS]), 5)(tf.ones([4, 3]))
    expected = [1.0]
    for _ in range(5):
        expected.append(expected[-1] * 2.0 + 12.0)
    assert float(total.numpy()) == expected[-1]
    assert float(seen.numpy()) == sum(expected[:-1])


def test_a_round_gives_the_bits_of_the_same_function_outside_of_a_loop() -> None:
    """Of many numbers, with what TensorFlow rewrites: a fused product, factors that move, a reciprocal root."""
    generator = np.random.default_rng(5)
    kernel = tf.Variable(generator.normal(size=(3, 50)).astype(np.float32))
    bias = tf.Variable(generator.normal(size=50).astype(np.float32))

    def step(x: Any) -> list[Any]:
        hidden = tf.nn.elu(tf.nn.bias_add(tf.matmul(x, kernel), bias)) * 0.3 / 7.0
        return [tf.reduce_sum(hidden / tf.sqrt(1.0 + hidden * hidden))]

    x = tf.constant(generator.normal(size=(4, 3)).astype(np.float32))
    (inside,) = times(Rewritten(step, [ROWS]), 1)(x)
    alone = tf.function(lambda x: step(x), input_signature=[ROWS])(x)[0]
    assert inside.numpy().tobytes() == alone.numpy().tobytes()


def absolute(x: Any) -> list[Any]:
    return [tf.cond(tf.reduce_all(x > 0), lambda: x, lambda: -x)]


def test_a_branch_is_refused_where_it_would_be_waited_for_for_ever() -> None:
    with pytest.raises(BranchesError, match="is a branch"):
        Rewritten(absolute, [ROWS])
    with pytest.raises(BranchesError, match="is a branch"):
        times(lambda x: [tf.reduce_sum(absolute(x)[0])], 3)
    with pytest.raises(BranchesError, match="is a branch"):
        Compiled(absolute, [ROWS], IN_PLACE)
    (found,) = Compiled(absolute, [ROWS], QUEUED)(tf.constant([[-1.0, -2.0, -3.0]]))
    assert found.numpy().tolist() == [[1.0, 2.0, 3.0]]

"""Penalties that are not in the loss: the optimizer takes them off the weights when it has stepped.

As TensorFlow Playground does (`updateWeights` of https://github.com/tensorflow/playground/blob/master/src/nn.ts), after
plain gradient descent, the only optimizer it has.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

import keras
from keras import ops


class Decoupled(keras.optimizers.Optimizer):
    """What an optimizer gets added to regularise by itself.

    With the rate η and a weight that was w before the step and is v after it, the weight becomes
    v - η · (l1 · sign(w) + l2 · w). Where l1 is not 0 and that has another sign than v, it becomes 0, and is dead: no
    step moves it any more. Biases are left alone.

    Attributes
    ----------
    l1, l2 : the rates, numbers or what may stand for them in a trace
    share_of : of a variable, 1 where it is penalised and 0 where not, in its shape or one that fits
    alive : for each variable 1 where it moves and 0 where it is dead; they are among the optimizer's own variables
    """

    l1: Any = 0.0
    l2: Any = 0.0
    share_of: Callable[[keras.Variable], Any]

    def build(self, variables: Sequence[keras.Variable]) -> None:
        """Let all weights live."""
        super().build(variables)
        self.alive = [
            self.add_variable_from_reference(variable, name="alive", initializer="ones") for variable in variables
        ]

    def apply(self, grads: Sequence[Any], trainable_variables: Sequence[keras.Variable] | None = None) -> None:
        """Step, then regularise."""
        if trainable_variables is not None and not self.built:
            self.build(trainable_variables)
        variables = list(self._trainable_variables if trainable_variables is None else trainable_variables)
        before = [_read(variable) for variable in variables]
        rate = ops.cast(self._get_current_learning_rate(), "float32")
        super().apply(grads, trainable_variables)
        for variable, old in zip(variables, before, strict=True):
            self._regularise(variable, old, rate)

    def _regularise(self, variable: keras.Variable, old: Any, rate: Any) -> None:
        alive = self.alive[self._get_variable_index(variable)]
        stepped = _read(variable)
        slope = self.l1 * ops.sign(old) + self.l2 * old
        wanted = stepped - rate * slope * self.share_of(variable)
        # By their signs: the product of two small numbers may be 0.
        crosses = ops.logical_and(ops.sign(stepped) * ops.sign(wanted) < 0, ops.convert_to_tensor(self.l1) > 0)
        lives = _read(alive) > 0
        variable.assign(ops.where(lives, ops.where(crosses, 0.0, wanted), old))
        alive.assign(ops.cast(ops.logical_and(lives, ops.logical_not(crosses)), alive.dtype))


def decoupled(
    optimizer: keras.optimizers.Optimizer,
    l1: Any,
    l2: Any,
    share_of: Callable[[keras.Variable], Any] | None = None,
) -> Decoupled:
    """The same optimizer, which also regularises; by default the kernels, whole."""
    kind: Any = type(optimizer)
    made: Decoupled = _decoupled_kind(kind).from_config(optimizer.get_config())
    made.l1, made.l2 = l1, l2
    made.share_of = share_of or _of_kernels
    return made


@cache
def _decoupled_kind(kind: type[keras.optimizers.Optimizer]) -> type[Decoupled]:
    made: type[Decoupled] = type(f"Decoupled{kind.__name__}", (Decoupled, kind), {})
    return made


def _read(variable: keras.Variable) -> Any:
    """What it holds now, whatever it is assigned later."""
    return variable.value.read_value()


def _of_kernels(variable: keras.Variable) -> float:
    return 1.0 if variable.name == "kernel" else 0.0

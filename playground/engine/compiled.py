"""A function of tensors, traced once and called without ceremony."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeAlias

import tensorflow as tf
from tensorflow.python.eager import context, execute
from tensorflow.python.framework.func_graph import dismantle_func_graph

Tensor: TypeAlias = Any
Tensors: TypeAlias = list[Any]

_ATTRIBUTES = "executor_type", "", "config_proto", ""

_traces = 0


def traces() -> int:
    """How often this process has traced a function so far: equal before and after means nothing was compiled."""
    return _traces


class Compiled:
    """A function with tensors of these shapes as arguments and results.

    A call costs 0.05 ms where calling TensorFlow's own `ConcreteFunction` costs 0.1 to 0.7, by the number of arguments:
    the operation it would arrive at is called at once, and computes in the calling thread.

    Parameters
    ----------
    function : takes a tensor for each spec, returns a flat list of tensors; it is traced now
    spec : shapes and types of the arguments; only known sizes for `zeros`
    """

    def __init__(self, function: Callable[..., Any], spec: Sequence[tf.TensorSpec]) -> None:
        global _traces
        _traces += 1
        # Not with TensorFlow's single-threaded executor, whose epochs take a fifth less time: it leaves the bodies of
        # loops as they were traced, while in `fit` Grappler rewrites them, and another rounding is another run.
        self._function = tf.function(function, autograph=False).get_concrete_function(*spec)
        self._spec = spec
        self._name, self._n_results = tf.compat.as_str(self._function.name), len(self._function.outputs)
        self._captured = list(self._function.captured_inputs)
        for graph in _with_nested([self._function.graph]):
            dismantle_func_graph(graph)

    def __call__(self, *arguments: Tensor) -> Tensors:
        """The results for these arguments."""
        # As TensorFlow does it in the end. Its public `tf.raw_ops.StatefulPartitionedCall` is as fast, but its kernels
        # outlive the function: 3 MB of every network ever compiled.
        inputs = [*arguments, *self._captured]
        return execute.execute(self._name, self._n_results, inputs, _ATTRIBUTES, context.context())

    def zeros(self) -> Tensors:
        """Arguments for a call whose result does not matter."""
        return [tf.zeros(each.shape, each.dtype) for each in self._spec]


def _with_nested(graphs: list[Any]) -> list[Any]:
    """The graphs, and those of the branches and loops in them.

    Python's side of a graph is no longer needed once TensorFlow has the function, but is full of cycles that no garbage
    collection can break: 3 MB of every network ever compiled.
    """
    for graph in graphs:  # grows while it is walked
        for operation in graph.get_operations():
            graphs += _graphs_of(operation, "_true_graph", "_false_graph", "_cond_graph", "_body_graph")
    return graphs


def _graphs_of(operation: Any, *names: str) -> list[Any]:
    return [getattr(operation, name) for name in names if getattr(operation, name, None) is not None]

"""A function of tensors, traced once and called without ceremony."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeAlias

import tensorflow as tf
from tensorflow.python.eager import context, execute
from tensorflow.python.framework.func_graph import dismantle_func_graph

Tensor: TypeAlias = Any
Tensors: TypeAlias = list[Any]

IN_PLACE = "SINGLE_THREADED_EXECUTOR"
"""TensorFlow's executor without queues, in the calling thread: handing an operation to another one takes longer than
most operations of small networks. The bodies of its loops must be `Rewritten`, and it takes no branches."""
QUEUED = ""
"""TensorFlow's usual executor."""
XLA = "XLA"
"""No executor: XLA makes one piece of code of the function."""

BRANCHES = frozenset({"If", "StatelessIf", "Case", "StatelessCase"})

_NESTED = "_true_graph", "_false_graph", "_cond_graph", "_body_graph"

_traces = 0


def traces() -> int:
    """How often this process has traced a function so far: equal before and after means nothing was compiled."""
    return _traces


class BranchesError(NotImplementedError):
    """A function has branches, which IN_PLACE hands to another thread, and with one thread waits for them for ever."""


class Compiled:
    """A function with tensors of these shapes as arguments and results.

    A call costs 0.05 ms where calling TensorFlow's own `ConcreteFunction` costs 0.1 to 0.7, by the number of arguments:
    the operation it would arrive at is called at once, and computes in the calling thread.

    Parameters
    ----------
    function : takes a tensor for each spec, returns a flat list of tensors; it is traced now
    spec : shapes and types of the arguments
    executor : what runs its operations, IN_PLACE, QUEUED or XLA

    Raises
    ------
    BranchesError
        When the function has branches and is to run IN_PLACE.
    """

    def __init__(self, function: Callable[..., Any], spec: Sequence[tf.TensorSpec], executor: str = IN_PLACE) -> None:
        global _traces
        _traces += 1
        as_one = executor == XLA
        executor = QUEUED if as_one else executor
        with tf.experimental.function_executor_type(executor):
            traced = tf.function(function, autograph=False, jit_compile=as_one or None)
            self._function = traced.get_concrete_function(*spec)
        if executor == IN_PLACE:
            refuse_branches(self._function.graph)
        self._spec = spec
        self._attributes = "executor_type", executor, "config_proto", ""
        self._name, self._n_results = tf.compat.as_str(self._function.name), len(self._function.outputs)
        self._captured = list(self._function.captured_inputs)
        release(self._function.graph)

    def __call__(self, *arguments: Tensor) -> Tensors:
        """The results for these arguments."""
        # As TensorFlow does it in the end. Its public `tf.raw_ops.StatefulPartitionedCall` is as fast, but its kernels
        # outlive the function: 3 MB of every network ever compiled.
        inputs = [*arguments, *self._captured]
        return execute.execute(self._name, self._n_results, inputs, self._attributes, context.context())

    def zeros(self, unknown: int = 1) -> Tensors:
        """Arguments for a call whose result does not matter, where sizes are not known of so many."""
        sizes = [[unknown if size is None else size for size in each.shape] for each in self._spec]
        return [tf.zeros(size, each.dtype) for size, each in zip(sizes, self._spec, strict=True)]


def refuse_branches(graph: Any) -> None:
    """Raise BranchesError when a traced graph holds a branch, at any depth."""
    for each in _with_nested(graph):
        for operation in each.get_operations():
            if operation.type in BRANCHES:
                raise BranchesError(f"{operation.name} is a branch.")


def release(graph: Any) -> None:
    """Break up a traced graph, and those of the branches and loops in it, that TensorFlow has as functions by now.

    Python's side of them is full of cycles that no garbage collection can break: 3 MB of every network ever compiled.
    """
    for each in _with_nested(graph):
        dismantle_func_graph(each)


def _with_nested(graph: Any) -> list[Any]:
    graphs = [graph]
    for each in graphs:  # grows while it is walked
        for operation in each.get_operations():
            found = [getattr(operation, name, None) for name in _NESTED]
            graphs += [nested for nested in found if nested is not None]
    return graphs

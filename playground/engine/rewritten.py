"""A function as Grappler rewrites it, to stand in the body of a loop."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import tensorflow as tf
from tensorflow.core.protobuf.config_pb2 import ConfigProto
from tensorflow.python.grappler import tf_optimizer
from tensorflow.python.training.saver import export_meta_graph

from playground.engine.compiled import IN_PLACE, Tensor, Tensors, refuse_branches, release

CPU = "/device:CPU:0"


class Rewritten:
    """A function of tensors, traced and rewritten once, whose operations each call puts into the graph being traced.

    The executor `IN_PLACE` leaves the body of a loop as it was traced. In `fit` the same operations are not in a loop,
    so Grappler, TensorFlow's optimizer of graphs, rewrites them, and that rounds differently. With its own rewriting a
    loop's step is `fit`'s step to the last bit, and has a quarter fewer operations.

    Raises
    ------
    BranchesError
        When the function has branches.
    """

    def __init__(self, function: Callable[..., Any], spec: Sequence[tf.TensorSpec]) -> None:
        with tf.experimental.function_executor_type(IN_PLACE):
            traced = tf.function(function, autograph=False).get_concrete_function(*spec)
        graph = traced.graph
        refuse_branches(graph)
        self._inputs, self._outputs = [each.name for each in graph.inputs], [each.name for each in graph.outputs]
        self._effects = [operation.name for operation in graph.control_outputs]
        self._captured = list(traced.captured_inputs)
        self._graph = self._rewrite(graph)
        release(graph)

    def __call__(self, *arguments: Tensor) -> Tensors:
        """The results for these arguments, once all effects on variables have been had."""
        graph = tf.compat.v1.get_default_graph()
        inputs = [graph.capture(each) for each in [*arguments, *self._captured]]
        found = tf.graph_util.import_graph_def(
            self._graph,
            input_map=dict(zip(self._inputs, inputs, strict=True)),
            return_elements=[*self._outputs, *self._effects],
            name="step",
        )
        with tf.control_dependencies(found[len(self._outputs) :]):
            return [tf.identity(each) for each in found[: len(self._outputs)]]

    def _rewrite(self, graph: Any) -> Any:
        meta = export_meta_graph(graph_def=graph.as_graph_def(add_shapes=True), graph=graph)
        for node in _nodes(meta.graph_def):
            node.device = CPU  # where it will be in `fit`: Grappler fuses operations by what the device can do
        kept = [*self._inputs, *self._outputs, *self._effects]
        meta.collection_def["train_op"].node_list.value.extend(kept)
        return tf_optimizer.OptimizeGraph(ConfigProto(), meta)


def _nodes(graph: Any) -> Iterator[Any]:
    """All nodes, those in functions included."""
    yield from graph.node
    for function in graph.library.function:
        yield from function.node_def

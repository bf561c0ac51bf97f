"""The same as an ONNX graph, of operations that every runtime has."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import ArrayLike

from playground.core.experiment import Experiment
from playground.engine.epoch import Weights
from playground.engine.export.portable import Layer, Portable, portable
from playground.engine.export.terms import Term, computed

if TYPE_CHECKING:
    from onnx import NodeProto, TensorProto

OPSET = 17
"""Of 2022: what runtimes of the years since understand."""
IR_VERSION = 8
FLOAT, DOUBLE = 1, 11
"""The types float32 and float64, by ONNX's numbers."""
LEAKY_SLOPE = 0.2
"""Keras's; ONNX's own is another."""

OPERATIONS: Mapping[str, str] = {
    "+": "Add",
    "-": "Sub",
    "*": "Mul",
    "/": "Div",
    "**": "Pow",
    "negative": "Neg",
    "abs": "Abs",
    "sin": "Sin",
    "cos": "Cos",
    "tanh": "Tanh",
    "exp": "Exp",
    "log": "Log",
    "sqrt": "Sqrt",
}


def onnx(experiment: Experiment, weights: Weights) -> bytes:
    """The network of an experiment with these weights as an ONNX file, its features and scaling inside.

    Its input `points` is (n, coordinates) float32, its output `probability` (n, K) float32 as `keras_model` gives it;
    of a regression the output is called `values`.

    Raises
    ------
    ValueError
        When the weights are not those of such a network.
    """
    network = portable(experiment, weights)
    graph = _Graph(DOUBLE if network.scaler else FLOAT)
    last = graph.cast("points", DOUBLE) if network.scaler else "points"
    last = _inputs(graph, network, last)
    for layer in network.layers:
        last = _layer(graph, layer, last)
    name = "values" if network.reading == "number" else "probability"
    graph.add("Identity", _read(graph, network, last), name=name)
    return graph.file(network.coordinates, name, len(network.layers[-1].bias))


class _Graph:
    """A graph as it grows.

    Attributes
    ----------
    number : the type of a number that is written into the graph
    """

    def __init__(self, number: int) -> None:
        from onnx import helper, numpy_helper  # a fifth of a second, which only an export needs

        self._helper, self._arrays = helper, numpy_helper
        self._nodes: list[NodeProto] = []
        self._constants: list[TensorProto] = []
        self.number = number

    def add(self, operation: str, *inputs: str, name: str = "", **attributes: Any) -> str:
        """Add an operation; the name of its result."""
        name = name or f"{operation.lower()}_{len(self._nodes)}"
        self._nodes.append(self._helper.make_node(operation, list(inputs), [name], name=name, **attributes))
        return name

    def constant(self, value: ArrayLike, kind: int = FLOAT) -> str:
        """Add numbers, or with another kind float64 or int64; their name."""
        name = f"constant_{len(self._constants)}"
        types = {FLOAT: np.float32, DOUBLE: np.float64}
        array = np.asarray(value, types.get(kind, np.int64))
        self._constants.append(self._arrays.from_array(array, name))
        return name

    def cast(self, values: str, kind: int) -> str:
        """The same values in another type."""
        return self.add("Cast", values, to=kind)

    def file(self, coordinates: int, output: str, units: int) -> bytes:
        """All of it."""
        import onnx as library

        helper = self._helper
        graph = helper.make_graph(
            self._nodes,
            "playground",
            [helper.make_tensor_value_info("points", FLOAT, ["n", coordinates])],
            [helper.make_tensor_value_info(output, FLOAT, ["n", units])],
            self._constants,
        )
        model = helper.make_model(
            graph,
            producer_name="Keras Playground",
            ir_version=IR_VERSION,
            opset_imports=[helper.make_opsetid("", OPSET)],
        )
        library.checker.check_model(model)
        return bytes(model.SerializeToString())


# From points to what the first layer is given.


def _inputs(graph: _Graph, network: Portable, points: str) -> str:
    if network.features is not None:
        points = _features(graph, network.features, points)
    scaler = network.scaler
    if scaler is None:
        return points
    shifted = graph.add("Sub", points, graph.constant(scaler.mean, DOUBLE))
    return graph.cast(graph.add("Div", shifted, graph.constant(scaler.deviation, DOUBLE)), FLOAT)


def _features(graph: _Graph, features: tuple[Term, ...], points: str) -> str:
    columns = {
        name: graph.add("Gather", points, graph.constant([place], kind=0), axis=1)
        for place, name in enumerate(("x1", "x2"))
    }

    def operation(name: str) -> Any:
        def added(*operands: str | float) -> str:
            named = [each if isinstance(each, str) else graph.constant(each, graph.number) for each in operands]
            return graph.add("Mul", named[0], named[0]) if name == "square" else graph.add(OPERATIONS[name], *named)

        return added

    operations = {name: operation(name) for name in (*OPERATIONS, "square")}
    return graph.add("Concat", *(computed(term, operations, columns) for term in features), axis=1)


# The layers.


def _layer(graph: _Graph, layer: Layer, inputs: str) -> str:
    sums = graph.add("Gemm", inputs, graph.constant(layer.kernel), graph.constant(layer.bias))
    if layer.scale is not None and layer.shift is not None:
        sums = graph.add("Add", graph.add("Mul", sums, graph.constant(layer.scale)), graph.constant(layer.shift))
    return _activated(graph, layer.activation, sums)


def _activated(graph: _Graph, activation: str, x: str) -> str:
    """Keras's activation of this name."""
    match activation:
        case "linear":
            return x
        case "gelu":  # x · Φ(x), exactly
            share = graph.add("Erf", graph.add("Div", x, graph.constant(np.sqrt(2))))
            twice = graph.add("Mul", x, graph.add("Add", share, graph.constant(1)))
            return graph.add("Mul", twice, graph.constant(0.5))
        case "silu":
            return graph.add("Mul", x, graph.add("Sigmoid", x))
        case "leaky_relu":
            return graph.add("LeakyRelu", x, alpha=LEAKY_SLOPE)
        case "softmax":
            return graph.add("Softmax", x, axis=-1)
        case "relu" | "elu" | "selu" | "tanh" | "sigmoid" | "softplus":
            return graph.add(activation.capitalize(), x)
    raise NotImplementedError(f"ONNX must be told what {activation} is.")


# What the page shows of it.


def _read(graph: _Graph, network: Portable, outputs: str) -> str:
    if network.reading == "number":
        middle, deviation = network.target
        return graph.add("Add", graph.add("Mul", outputs, graph.constant(deviation)), graph.constant(middle))
    if network.reading == "signed":
        outputs = graph.add("Div", graph.add("Add", outputs, graph.constant(1)), graph.constant(2))
    return graph.add("Clip", outputs, graph.constant(0), graph.constant(1))

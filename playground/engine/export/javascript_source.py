"""The same as a function in plain JavaScript, which runs wherever JavaScript does."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from playground.core.experiment import Experiment
from playground.engine.epoch import Weights
from playground.engine.export.portable import Layer, Portable, portable
from playground.engine.export.terms import computed

OPERATIONS: Mapping[str, Callable[..., str]] = {
    **{sign: lambda a, b, sign=sign: f"({a} {sign} {b})" for sign in ("+", "-", "*", "/", "**")},
    "square": lambda a: f"{a} * {a}" if a.isalnum() else f"{a} ** 2",
    "negative": lambda a: f"(-{a})",
    **{name: lambda a, name=name: f"Math.{name}({a})" for name in ("abs", "sin", "cos", "tanh", "exp", "log", "sqrt")},
}
ACTIVATIONS: Mapping[str, str] = {
    "linear": "x",
    "relu": "Math.max(0, x)",
    "leaky_relu": "x < 0 ? 0.2 * x : x",
    "elu": "x < 0 ? Math.expm1(x) : x",
    "selu": "1.0507009873554805 * (x < 0 ? 1.6732632423543772 * Math.expm1(x) : x)",
    "gelu": "x * (1 + erf(x / Math.SQRT2)) / 2",
    "silu": "x / (1 + Math.exp(-x))",
    "tanh": "Math.tanh(x)",
    "sigmoid": "1 / (1 + Math.exp(-x))",
    "softplus": "Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)))",
}
"""Keras's, of one number; softmax alone is one of many."""
ERF = """
// The error function: a series whose terms all have one sign, so that nothing cancels out.
function erf(x) {
  if (Math.abs(x) > 6) return Math.sign(x);
  let term = x;
  let sum = x;
  for (let n = 1; Math.abs(term) > 1e-17 * Math.abs(sum); n += 1) {
    term *= (2 * x * x) / (2 * n + 1);
    sum += term;
  }
  return (2 / Math.sqrt(Math.PI)) * Math.exp(-x * x) * sum;
}
"""
SOFTMAX = """
function softmax(xs) {
  const most = Math.max(...xs);
  const parts = xs.map((x) => Math.exp(x - most));
  const whole = parts.reduce((sum, part) => sum + part, 0);
  return parts.map((part) => part / whole);
}
"""
DENSE = """
// A layer: what goes into each unit is its bias plus the inputs, each times its weight.
function dense(inputs, { weights, biases }) {
  return biases.map((bias, unit) => inputs.reduce((sum, input, i) => sum + input * weights[i][unit], bias));
}
"""


def javascript(experiment: Experiment, weights: Weights) -> str:
    """The network of an experiment with these weights as a JavaScript function `predict`, without any library.

    `predict([x1, x2])` takes one raw point and returns an array: the probability of class 1, or of each class; of a
    regression the target, in its own unit. In Node it is what the file exports; where a file exports nothing it is
    global, also that of a module.

    Raises
    ------
    ValueError
        When the weights are not those of such a network.
    """
    network = portable(experiment, weights)
    return "".join([*_head(experiment, network), *_functions(network), *_predict(experiment, network)])


def _head(experiment: Experiment, network: Portable) -> Iterator[str]:
    names = ", ".join(json.dumps(name, ensure_ascii=False) for name in experiment.data.inputs)
    yield "// A network of Keras Playground, in plain JavaScript: predict(point) takes one point as it is measured,\n"
    yield f"// [{names}].\n"
    yield f"// It returns {_what_it_returns(experiment)}.\n\n"
    yield "const layers = [\n"
    for layer in network.layers:
        yield "  {\n    weights: [\n"
        yield "".join(f"      {_row(row)},\n" for row in layer.kernel)
        yield f"    ],\n    biases: {_row(layer.bias)},\n"
        if layer.scale is not None and layer.shift is not None:
            yield "    // Batch normalisation, with the means and variances that training has collected.\n"
            yield f"    scale: {_row(layer.scale)},\n    shift: {_row(layer.shift)},\n"
        yield "  },\n"
    yield "];\n"
    if network.scaler is not None:
        yield "\n// Of the training points: inputs are shifted to mean 0 and scaled to deviation 1.\n"
        yield f"const means = {_row(network.scaler.mean)};\nconst deviations = {_row(network.scaler.deviation)};\n"


def _what_it_returns(experiment: Experiment) -> str:
    data = experiment.data
    if data.task == "regression":
        return f"[{json.dumps((data.given.target if data.given else '') or 'y', ensure_ascii=False)}]"
    names = [json.dumps(name, ensure_ascii=False) for name in data.class_names]
    if experiment.output in ("softmax", "sigmoids") or len(names) > 2:
        return f"the probability of each class: [{', '.join(names)}]"
    return f"the probability of {names[1]} in an array of one"


def _functions(network: Portable) -> Iterator[str]:
    used = {layer.activation: None for layer in network.layers}
    yield DENSE
    if "gelu" in used:
        yield ERF
    for name in used:
        if name == "softmax":
            yield SOFTMAX
        elif name != "linear":
            yield f"\nconst {_camel(name)} = (x) => {ACTIVATIONS[name]};\n"


def _predict(experiment: Experiment, network: Portable) -> Iterator[str]:
    yield "\nfunction predict(point) {\n"
    yield f"  let x = {_inputs(network)};\n"
    if network.scaler is not None:
        yield "  x = x.map((value, i) => (value - means[i]) / deviations[i]);\n"
    for index, layer in enumerate(network.layers):
        yield f"  x = dense(x, layers[{index}]);\n"
        if layer.scale is not None:
            yield f"  x = x.map((value, unit) => layers[{index}].scale[unit] * value + layers[{index}].shift[unit]);\n"
        yield _activated(layer)
    yield from _read(network)
    yield "  return x;\n}\n\n"
    yield 'if (typeof module !== "undefined") module.exports = { predict };\n'
    yield "else globalThis.predict = predict; // in a page, as a plain script and as a module\n"


def _inputs(network: Portable) -> str:
    if network.features is None:
        return "point"
    names = {"x1": "point[0]", "x2": "point[1]"}
    return f"[{', '.join(_unwrapped(computed(term, OPERATIONS, names)) for term in network.features)}]"


def _unwrapped(text: str) -> str:
    """Without the parentheses around the whole."""
    return text[1:-1] if text.startswith("(") and text.endswith(")") and text.count("(") == 1 else text


def _activated(layer: Layer) -> str:
    match layer.activation:
        case "linear":
            return ""
        case "softmax":
            return "  x = softmax(x);\n"
    return f"  x = x.map({_camel(layer.activation)});\n"


def _read(network: Portable) -> Iterator[str]:
    if network.reading == "number":
        middle, deviation = network.target
        if network.target != (0.0, 1.0):
            yield "  // Back from the scale on which the target was learnt.\n"
            yield f"  x = x.map((value) => {deviation!r} * value + {middle!r});\n"
        return
    if network.reading == "signed":
        yield "  // It has learnt -1 for class 0 and +1 for class 1.\n"
        yield "  x = x.map((value) => (value + 1) / 2);\n"
    if network.layers[-1].activation in ("linear", "tanh"):
        yield "  x = x.map((value) => Math.min(Math.max(value, 0), 1));\n"


def _camel(name: str) -> str:
    first, *others = name.split("_")
    return first + "".join(other.capitalize() for other in others)


def _row(values: NDArray[Any]) -> str:
    return f"[{', '.join(map(_number, values))}]"


def _number(value: Any) -> str:
    """As short as it reads back the same; a network that has diverged holds what are none."""
    if not np.isfinite(value):
        return "NaN" if np.isnan(value) else f"{'-' if value < 0 else ''}Infinity"
    if value == 0 or 1e-4 <= abs(value) < 1e7:
        return np.format_float_positional(value, unique=True, trim="-")
    return str(value)

"""Which output and loss a network gets, which pairs can be computed, and which are the classic mistakes."""

from __future__ import annotations

from collections.abc import Mapping

from playground.core.losses import LOSSES
from playground.core.parts import Data, LossName, Model, OutputName

ONE_UNIT_LOSSES = frozenset(name for name, loss in LOSSES.items() if loss.one_unit)
TANH_LOSSES = frozenset(name for name, loss in LOSSES.items() if loss.tanh)
UNIT_PER_CLASS_LOSSES = frozenset(name for name, loss in LOSSES.items() if loss.unit_per_class)

_NO_PROBABILITY = "Cross-entropy expects probabilities, and a linear output is not one: use sigmoid or softmax."
_NO_LOGARITHM = "poisson takes the logarithm of the output, and a linear output can be negative: use mse."
_NO_NEGATIVE = "Hinge losses pull the output towards −1 or +1, and a sigmoid cannot go below 0: use tanh or linear."
_NO_MINUS_ONE = "TensorFlow Playground's loss wants −1 or +1, and a sigmoid cannot go below 0: use tanh."
MISTAKES: Mapping[tuple[OutputName, LossName], str] = {
    ("linear", "binary_crossentropy"): _NO_PROBABILITY,
    ("linear", "sparse_categorical_crossentropy"): _NO_PROBABILITY,
    ("linear", "poisson"): _NO_LOGARITHM,
    ("sigmoid", "hinge"): _NO_NEGATIVE,
    ("sigmoid", "squared_hinge"): _NO_NEGATIVE,
    ("sigmoid", "half_squared"): _NO_MINUS_ONE,
    ("softmax", "binary_crossentropy"): (
        "Binary cross-entropy judges each output by itself, while softmax shares one probability among them: "
        "use sparse_categorical_crossentropy, or sigmoids."
    ),
    ("sigmoids", "sparse_categorical_crossentropy"): (
        "Categorical cross-entropy expects probabilities that sum to 1, and sigmoids do not: "
        "use softmax, or binary_crossentropy."
    ),
}
"""Outputs and losses of a classification that can be computed together and should not be: why, and what to use."""


def resolve_output(data: Data, model: Model) -> OutputName:
    """The output in use: `auto` follows the data."""
    if model.output != "auto":
        return model.output
    if data.task == "regression":
        return "linear"
    return "sigmoid" if data.n_classes == 2 else "softmax"


def resolve_loss(data: Data, model: Model) -> LossName:
    """The loss in use: `auto` follows the data, and a tanh output gets squared hinge."""
    if model.loss != "auto":
        return model.loss
    if data.task == "regression":
        return "mse"
    output = resolve_output(data, model)
    if output == "tanh":
        return "squared_hinge"
    if has_unit_per_class(data, model) and output != "sigmoids":
        return "sparse_categorical_crossentropy"
    return "binary_crossentropy"


def has_unit_per_class(data: Data, model: Model) -> bool:
    """Whether the output layer has a unit for each class; otherwise it has one unit."""
    if data.task == "regression":
        return False
    output = resolve_output(data, model)
    if output == "linear":
        return data.n_classes > 2 or model.loss == "sparse_categorical_crossentropy"
    return output in ("softmax", "sigmoids")


def output_units(data: Data, model: Model) -> int:
    """Units of the output layer."""
    return data.n_classes if has_unit_per_class(data, model) else 1


def losses_of(data: Data, model: Model) -> frozenset[str]:
    """The losses that can be computed for the output in use, right or wrong."""
    if data.task == "classification" and resolve_output(data, model) == "tanh":
        return TANH_LOSSES
    if data.n_classes == 2 and resolve_output(data, model) == "linear":
        return ONE_UNIT_LOSSES | {"sparse_categorical_crossentropy"}
    return UNIT_PER_CLASS_LOSSES if has_unit_per_class(data, model) else ONE_UNIT_LOSSES


def has_signed_targets(data: Data, model: Model) -> bool:
    """Whether the two classes are the targets -1 and +1; accuracy is then the share of correct signs."""
    if data.task == "regression":
        return False
    return resolve_output(data, model) == "tanh" or LOSSES[resolve_loss(data, model)].signed


def mistake(data: Data, model: Model) -> str | None:
    """A sentence on why this output and loss are a classic mistake, or None when they belong together."""
    output, loss = resolve_output(data, model), resolve_loss(data, model)
    if output == "softmax1":
        return "Softmax over one unit is always 1: this network cannot tell the classes apart, whatever its loss says."
    if data.task == "classification":
        return MISTAKES.get((output, loss))
    if output != "linear":
        return f"The targets of a regression are any numbers; a {output} output can only reach part of them."
    if not LOSSES[loss].any_number:
        return f"{loss} is not made for targets that can be any number: use mse or mae."
    return None

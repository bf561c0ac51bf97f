"""Which output and loss a network gets, which pairs can be computed, and which are the classic mistakes."""

from __future__ import annotations

from playground.core.parts import Data, LossName, Model, OutputName

ONE_UNIT_LOSSES = frozenset({"binary_crossentropy", "hinge", "squared_hinge", "mse", "mae", "poisson"})
TANH_LOSSES = frozenset({"hinge", "squared_hinge", "mse", "mae"})
UNIT_PER_CLASS_LOSSES = frozenset({"binary_crossentropy", "sparse_categorical_crossentropy", "mse", "mae"})


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
    return output in ("softmax", "sigmoids") or (output == "linear" and data.n_classes > 2)


def output_units(data: Data, model: Model) -> int:
    """Units of the output layer."""
    return data.n_classes if has_unit_per_class(data, model) else 1


def losses_of(data: Data, model: Model) -> frozenset[str]:
    """The losses that can be computed for the output in use, right or wrong."""
    if data.task == "classification" and resolve_output(data, model) == "tanh":
        return TANH_LOSSES
    return UNIT_PER_CLASS_LOSSES if has_unit_per_class(data, model) else ONE_UNIT_LOSSES


def has_signed_targets(data: Data, model: Model) -> bool:
    """Whether the two classes are the targets -1 and +1; accuracy is then the share of correct signs."""
    if data.task == "regression":
        return False
    return resolve_output(data, model) == "tanh" or resolve_loss(data, model) in ("hinge", "squared_hinge")


def mistake(data: Data, model: Model) -> str | None:
    """A sentence on why this output and loss are a classic mistake, or None when they belong together."""
    output, loss = resolve_output(data, model), resolve_loss(data, model)
    if output == "softmax1":
        return "Softmax over one unit is always 1: this network cannot tell the classes apart, whatever its loss says."
    if output == "linear" and loss in ("binary_crossentropy", "sparse_categorical_crossentropy"):
        return "Cross-entropy expects probabilities, and a linear output is not one: use sigmoid or softmax."
    if data.task == "regression" and output != "linear":
        return f"The targets of a regression are any numbers; a {output} output can only reach part of them."
    if data.task == "regression" and loss in ("binary_crossentropy", "poisson", "hinge", "squared_hinge"):
        return f"{loss} is not made for targets that can be any number: use mse or mae."
    return None

"""From an experiment to real Keras objects: layers, initialisers, penalties, optimizer, loss and accuracy."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import keras
import numpy as np

from playground.core import heads
from playground.core.experiment import Experiment
from playground.core.parts import Model, Train
from playground.core.regularization import AFTER_THE_STEP
from playground.engine.decoupled import decoupled
from playground.engine.inputs import SPARSE_LOSS

SMOOTH_AND_PLAIN_RELUS = frozenset({"relu", "leaky_relu", "elu", "gelu", "silu", "softplus"})
"""Activations that pass about half of their input on: He's deviation keeps the signal's size through them."""

OWN_INIT = "playground"
"""The way to draw weights that has biases of its own."""
ACTIVATION_OF_OUTPUT: Mapping[str, str] = {
    "sigmoid": "sigmoid",
    "sigmoids": "sigmoid",
    "softmax": "softmax",
    "softmax1": "softmax",
    "tanh": "tanh",
    "linear": "linear",
}


@keras.saving.register_keras_serializable(package="playground")
class HalfSquaredError(keras.losses.Loss):
    """Half of Keras's squared error: TensorFlow Playground's, whose slope is output - target."""

    def call(self, y_true: Any, y_pred: Any) -> Any:
        """Of each point."""
        return 0.5 * keras.losses.mean_squared_error(y_true, y_pred)


LOSSES: Mapping[str, Callable[[], keras.losses.Loss]] = {
    "binary_crossentropy": keras.losses.BinaryCrossentropy,
    SPARSE_LOSS: keras.losses.SparseCategoricalCrossentropy,
    "hinge": keras.losses.Hinge,
    "squared_hinge": keras.losses.SquaredHinge,
    "half_squared": HalfSquaredError,
    "mse": keras.losses.MeanSquaredError,
    "mae": keras.losses.MeanAbsoluteError,
    "poisson": keras.losses.Poisson,
}
OPTIMIZERS: Mapping[str, Callable[[Train], keras.optimizers.Optimizer]] = {
    "sgd": lambda train: keras.optimizers.SGD(train.learning_rate),
    "momentum": lambda train: keras.optimizers.SGD(train.learning_rate, momentum=train.momentum),
    "nesterov": lambda train: keras.optimizers.SGD(train.learning_rate, momentum=train.momentum, nesterov=True),
    "rmsprop": lambda train: keras.optimizers.RMSprop(train.learning_rate),
    "adagrad": lambda train: keras.optimizers.Adagrad(train.learning_rate),
    "adadelta": lambda train: keras.optimizers.Adadelta(train.learning_rate),
    "adam": lambda train: keras.optimizers.Adam(train.learning_rate),
    "adamw": lambda train: keras.optimizers.AdamW(train.learning_rate),
    "nadam": lambda train: keras.optimizers.Nadam(train.learning_rate),
}


def build_model(experiment: Experiment) -> keras.Sequential:
    """The untrained network of an experiment, compiled, with initial weights drawn from `train.seed`.

    Its input is what `expand` gives, (n, number of features) float32; its targets are what `targets` gives: `model.fit`
    works at once. It puts out (n, units) float32. The learning rate is the base rate; a schedule is the caller's to
    apply.
    """
    model = build_layers(experiment, kernel_penalty(experiment.model))
    metric = accuracy_metric(experiment)
    model.compile(
        optimizer=build_optimizer(experiment),
        loss=LOSSES[experiment.loss](),
        metrics=[metric] if metric else None,
    )
    return model


def build_optimizer(experiment: Experiment) -> keras.optimizers.Optimizer:
    """The optimizer; where the penalties are not in the loss, it takes them off the weights, at the base rates."""
    optimizer = OPTIMIZERS[experiment.train.optimizer](experiment.train)
    if experiment.model.regularization != AFTER_THE_STEP:
        return optimizer
    return decoupled(optimizer, experiment.model.l1, experiment.model.l2)


def build_layers(experiment: Experiment, penalty: keras.regularizers.Regularizer | None) -> keras.Sequential:
    """The layers, with `penalty` on the kernel of every Dense layer."""
    model, seed = experiment.model, experiment.train.seed
    layers: list[keras.layers.Layer] = [keras.Input((len(experiment.inputs),), name="features")]
    for index, (units, activation) in enumerate(zip(model.hidden, model.activations, strict=True)):
        layers += _hidden_layers(model, index, units, activation, penalty, seed)
    output = keras.layers.Dense(
        heads.output_units(experiment.data, model),
        activation=ACTIVATION_OF_OUTPUT[experiment.output],
        kernel_initializer=kernel_initializers(experiment)[-1],
        bias_initializer=keras.initializers.Constant(initial_bias(model)),
        kernel_regularizer=penalty,
        name="output",
    )
    return keras.Sequential([*layers, output], name="network")


def _hidden_layers(
    model: Model,
    index: int,
    units: int,
    activation: str,
    penalty: keras.regularizers.Regularizer | None,
    seed: int,
) -> list[keras.layers.Layer]:
    dense = keras.layers.Dense(
        units,
        activation=None if model.batch_norm else activation,
        kernel_initializer=_kernel_initializer(model, activation, seed, index),
        bias_initializer=keras.initializers.Constant(initial_bias(model)),
        kernel_regularizer=penalty,
        name=f"hidden_{index + 1}",
    )
    layers = [dense]
    if model.batch_norm:
        layers.append(keras.layers.BatchNormalization(name=f"normalise_{index + 1}"))
        layers.append(keras.layers.Activation(activation, name=f"activation_{index + 1}"))
    if model.dropout > 0:
        draws = dropout_seed(seed, index)
        layers.append(keras.layers.Dropout(model.dropout, seed=draws, name=f"dropout_{index + 1}"))
    return layers


def kernel_initializers(experiment: Experiment) -> list[keras.initializers.Initializer]:
    """The initialiser of each Dense layer's kernel, hidden layers first, each with a seed of its own."""
    model, seed = experiment.model, experiment.train.seed
    activations = [*model.activations, ACTIVATION_OF_OUTPUT[experiment.output]]
    return [_kernel_initializer(model, name, seed, index) for index, name in enumerate(activations)]


def _kernel_initializer(model: Model, activation: str, seed: int, index: int) -> keras.initializers.Initializer:
    own_seed = _derived_seed(seed, index, purpose=0)
    if model.init == "normal":
        return keras.initializers.RandomNormal(stddev=model.init_deviation, seed=own_seed)
    if model.init == "zeros":
        return keras.initializers.Zeros()
    if model.init == OWN_INIT:
        return keras.initializers.RandomUniform(-0.5, 0.5, seed=own_seed)
    chosen = {
        "glorot": keras.initializers.GlorotUniform,
        "he": keras.initializers.HeNormal,
        "he_uniform": keras.initializers.HeUniform,
        "lecun": keras.initializers.LecunUniform,
        "auto": _automatic(activation),
    }
    return chosen[model.init](seed=own_seed)


def initial_bias(model: Model) -> float:
    """Of every unit: 0, or TensorFlow Playground's."""
    return 0.1 if model.init == OWN_INIT else 0.0


def _automatic(activation: str) -> type[keras.initializers.Initializer]:
    """He for the relu family, LeCun normal for selu (its self-normalising needs it), Glorot for the rest."""
    if activation == "selu":
        return keras.initializers.LecunNormal
    return keras.initializers.HeNormal if activation in SMOOTH_AND_PLAIN_RELUS else keras.initializers.GlorotUniform


def dropout_seed(seed: int, index: int) -> int:
    """The seed of the Dropout after hidden layer `index`."""
    return _derived_seed(seed, index, purpose=1)


def _derived_seed(seed: int, index: int, purpose: int) -> int:
    """A seed for one use in one layer, so that no two draws of a network are related."""
    return int(np.random.SeedSequence(seed, spawn_key=(index, purpose)).generate_state(1)[0] >> 1)


def kernel_penalty(model: Model) -> keras.regularizers.Regularizer | None:
    """Keras's own L1, L2 or L1L2 regularizer, or None when both rates are 0, or not in the loss."""
    if model.regularization == AFTER_THE_STEP:
        return None
    if model.l1 > 0 and model.l2 > 0:
        return keras.regularizers.L1L2(model.l1, model.l2)
    if model.l1 > 0:
        return keras.regularizers.L1(model.l1)
    return keras.regularizers.L2(model.l2) if model.l2 > 0 else None


@keras.saving.register_keras_serializable(package="playground")
def sign_accuracy(y_true: Any, y_pred: Any) -> Any:
    """1 where the output has the target's sign, else 0: accuracy for targets -1 and +1.

    Keras's own binary accuracy thresholds outputs to {0, 1}, which never equals a target of -1.
    """
    right = keras.ops.equal(y_true > 0, y_pred > 0)
    return keras.ops.mean(keras.ops.cast(right, keras.config.floatx()), axis=-1)


def accuracy_of_points(experiment: Experiment) -> Callable[[Any, Any], Any] | None:
    """The function (targets, outputs) -> 0 or 1 for each point; None for regression, where it means nothing."""
    data, model = experiment.data, experiment.model
    if data.task == "regression":
        return None
    if heads.has_unit_per_class(data, model):
        sparse = experiment.loss == SPARSE_LOSS
        return keras.metrics.sparse_categorical_accuracy if sparse else keras.metrics.categorical_accuracy
    return sign_accuracy if heads.has_signed_targets(data, model) else keras.metrics.binary_accuracy


def accuracy_metric(experiment: Experiment) -> keras.metrics.Metric | None:
    """The metric `accuracy` to compile a model with, or None for regression."""
    of_points = accuracy_of_points(experiment)
    return keras.metrics.MeanMetricWrapper(of_points, name="accuracy") if of_points else None

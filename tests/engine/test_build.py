"""The network, its initial weights and its targets."""

from __future__ import annotations

from typing import Any

import keras
import numpy as np
import pytest

from playground.core import Experiment, make_dataset
from playground.core.architecture import trainable_parameters
from playground.engine import build_model, compile_program, expand, targets
from playground.engine.build import sign_accuracy

from .conftest import experiment_with


def test_layers_stand_in_the_order_of_the_recipe(small: Experiment) -> None:
    model = build_model(experiment_with(small, hidden=(3, 2), batch_norm=True, dropout=0.1, activation=("relu", "elu")))
    kinds = [type(layer).__name__ for layer in model.layers]
    assert kinds == ["Dense", "BatchNormalization", "Activation", "Dropout"] * 2 + ["Dense"]
    assert [layer.activation.__name__ for layer in model.layers if hasattr(layer, "activation")] == [
        "linear", "relu", "linear", "elu", "sigmoid"
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("fields", "kind", "config"),
    [
        ({"l1": 0.1}, keras.regularizers.L1, {"l1": 0.1}),
        ({"l2": 0.2}, keras.regularizers.L2, {"l2": 0.2}),
        ({"l1": 0.1, "l2": 0.2}, keras.regularizers.L1L2, {"l1": 0.1, "l2": 0.2}),
        ({}, type(None), {}),
    ],
)
def test_every_kernel_has_keras_own_penalty(
    small: Experiment, fields: dict[str, Any], kind: Any, config: dict[str, Any]
) -> None:
    for layer in build_model(experiment_with(small, **fields)).layers:
        regularizer = layer.kernel_regularizer
        assert type(regularizer) is kind
        assert layer.bias_regularizer is None
        assert not config or regularizer.get_config() == pytest.approx(config)


@pytest.mark.parametrize(
    ("optimizer", "kind", "config"),
    [
        ("sgd", "SGD", {"momentum": 0.0, "nesterov": False}),
        ("momentum", "SGD", {"momentum": 0.7, "nesterov": False}),
        ("nesterov", "SGD", {"momentum": 0.7, "nesterov": True}),
        ("rmsprop", "RMSprop", {"rho": 0.9}),
        ("adagrad", "Adagrad", {"initial_accumulator_value": 0.1}),
        ("adadelta", "Adadelta", {"rho": 0.95}),
        ("adam", "Adam", {"beta_1": 0.9, "beta_2": 0.999}),
        ("adamw", "AdamW", {"weight_decay": 0.004}),
        ("nadam", "Nadam", {"beta_1": 0.9}),
    ],
)
def test_optimizers_are_keras_own_with_keras_defaults(
    small: Experiment, optimizer: str, kind: str, config: dict[str, Any]
) -> None:
    made = build_model(experiment_with(small, optimizer=optimizer, learning_rate=0.25, momentum=0.7)).optimizer
    assert type(made) is getattr(keras.optimizers, kind)
    told = made.get_config()
    assert told["learning_rate"] == 0.25
    assert {name: told[name] for name in config} == config


@pytest.mark.parametrize(
    ("init", "activation", "kind"),
    [
        ("auto", "relu", "HeNormal"),
        ("auto", "leaky_relu", "HeNormal"),
        ("auto", "gelu", "HeNormal"),
        ("auto", "selu", "LecunNormal"),
        ("auto", "tanh", "GlorotUniform"),
        ("auto", "linear", "GlorotUniform"),
        ("glorot", "relu", "GlorotUniform"),
        ("he", "tanh", "HeNormal"),
        ("he_uniform", "tanh", "HeUniform"),
        ("lecun", "tanh", "LecunUniform"),
        ("zeros", "tanh", "Zeros"),
        ("normal", "tanh", "RandomNormal"),
    ],
)
def test_the_initialiser_is_the_chosen_or_the_activations_own(
    small: Experiment, init: str, activation: str, kind: str
) -> None:
    hidden, *_ = build_model(experiment_with(small, init=init, activation=(activation,), init_deviation=3.0)).layers
    assert type(hidden.kernel_initializer).__name__ == kind
    assert kind != "RandomNormal" or hidden.kernel_initializer.get_config()["stddev"] == 3.0


def _weights(experiment: Experiment) -> np.ndarray:
    return np.concatenate([weight.ravel() for weight in build_model(experiment).get_weights()])


def test_initial_weights_depend_on_the_seed_alone(small: Experiment) -> None:
    first = _weights(small)
    keras.utils.set_random_seed(123)
    np.testing.assert_array_equal(first, _weights(experiment_with(small, learning_rate=1.0, noise=0.4)))
    assert not np.array_equal(first, _weights(experiment_with(small, seed=1)))


def test_equal_layers_draw_different_weights(small: Experiment) -> None:
    a, b, *_ = (layer.kernel.numpy() for layer in build_model(experiment_with(small, hidden=(2, 2))).layers)
    assert not np.array_equal(a, b)


def test_a_program_starts_from_the_weights_of_build_model_whatever_it_was_compiled_for(
    small: Experiment,
) -> None:
    program = compile_program(experiment_with(small, batch_norm=True, dropout=0.1, seed=4))
    for fields in ({"seed": 9}, {"init": "normal", "init_deviation": 2.0}, {"init": "zeros"}):
        experiment = experiment_with(small, batch_norm=True, dropout=0.1, **fields)
        for ours, theirs in zip(
            program.initial_weights(experiment), build_model(experiment).get_weights(), strict=True
        ):
            np.testing.assert_array_equal(ours, theirs)


def test_a_model_compiled_by_hand_trains_to_the_same_weights(small: Experiment) -> None:
    built = build_model(small)
    by_hand = keras.Sequential(
        [
            keras.Input((2,)),
            keras.layers.Dense(4, "tanh"),
            keras.layers.Dense(2, "tanh"),
            keras.layers.Dense(1, "sigmoid"),
        ]
    )
    by_hand.set_weights(built.get_weights())
    by_hand.compile(keras.optimizers.SGD(0.03), "binary_crossentropy")
    data = make_dataset(small.data)
    for model in (built, by_hand):
        model.fit(data.X_train, data.y_train, batch_size=10, epochs=3, shuffle=False, verbose=0)
    for ours, theirs in zip(built.get_weights(), by_hand.get_weights(), strict=True):
        np.testing.assert_array_equal(ours, theirs)


@pytest.mark.parametrize(
    ("fields", "y", "expected"),
    [
        ({}, [0, 1], [[0.0], [1.0]]),
        ({"output": "tanh"}, [0, 1], [[-1.0], [1.0]]),
        ({"output": "tanh", "loss": "mse"}, [0, 1], [[-1.0], [1.0]]),
        ({"output": "linear", "loss": "hinge"}, [0, 1], [[-1.0], [1.0]]),
        ({"output": "softmax"}, [0, 1], [0, 1]),
        ({"output": "softmax", "loss": "mse"}, [0, 1], [[1.0, 0.0], [0.0, 1.0]]),
        (
            {"output": "sigmoids", "dataset": "blobs", "classes": 3},
            [2, 1],
            [[0.0, 0.0, 1.0], [0.0, 1.0, 0.0]],
        ),
        ({"dataset": "plane"}, [0.5, -2.0], [[0.5], [-2.0]]),
        ({"dataset": "plane", "output": "tanh", "loss": "mse"}, [0.5, -2.0], [[0.5], [-2.0]]),
    ],
)
def test_targets_have_the_form_the_loss_needs(
    small: Experiment, fields: dict[str, Any], y: list[float], expected: list[Any]
) -> None:
    fed = targets(experiment_with(small, **fields), np.array(y))
    np.testing.assert_array_equal(fed, np.array(expected))
    assert fed.dtype == (np.int32 if np.ndim(expected) == 1 else np.float32)


def test_expanded_inputs_are_scaled_by_the_training_part(small: Experiment) -> None:
    experiment = experiment_with(small, features=("x2", "x1sq"), standardize=True)
    X_train = make_dataset(experiment.data).X_train
    columns = np.stack([X_train[:, 1], X_train[:, 0] ** 2], axis=1)
    X = np.array([[1.0, 2.0], [3.0, -4.0]])
    expected = (np.array([[2.0, 1.0], [-4.0, 9.0]]) - columns.mean(axis=0)) / columns.std(axis=0)
    np.testing.assert_allclose(expand(experiment, X), expected, rtol=1e-4)
    assert expand(experiment, X).dtype == np.float32


def test_accuracy_of_signs_counts_correct_signs() -> None:
    y, outputs = np.array([[1.0], [1.0], [-1.0], [-1.0]]), np.array([[0.2], [-0.1], [-0.9], [0.9]])
    assert np.asarray(sign_accuracy(y, outputs)).tolist() == [1, 0, 1, 0]


def test_importing_the_engine_alone_does_not_import_tensorflow() -> None:
    import subprocess
    import sys

    code = "import playground.engine, sys; assert not {'tensorflow', 'keras'} & set(sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True)


def test_an_unknown_name_of_the_engine_is_an_attribute_error() -> None:
    import playground.engine

    with pytest.raises(AttributeError, match="nothing_here"):
        playground.engine.nothing_here  # noqa: B018


@pytest.mark.parametrize(
    "link",
    [
        {},
        {"hidden": "none"},
        {"hidden": "5,3", "batch_norm": "true", "dropout": "0.2", "features": "x1,x2,sinx1"},
        {"dataset": "blobs", "classes": "4", "output": "softmax"},
        {"dataset": "hills", "hidden": "8"},
        {"dataset": "iris"},
        {"output": "softmax1"},
    ],
    ids=str,
)
def test_what_training_changes_are_so_many_numbers(link: dict[str, str]) -> None:
    experiment, _refused = Experiment.from_query(link)
    model = build_model(experiment)
    assert trainable_parameters(experiment) == sum(int(np.prod(each.shape)) for each in model.trainable_variables)

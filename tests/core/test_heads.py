"""Outputs and losses: what automatic means, and what is called a mistake."""

from __future__ import annotations

import itertools

import pytest

from playground.core import Data, Experiment, Model, heads
from playground.core.parts import OutputName

RING, ARMS, PLANE = Data(), Data(dataset="spirals", classes=3), Data(dataset="plane")


@pytest.mark.parametrize(
    ("data", "output", "expected_output", "loss", "units"),
    [
        (RING, "auto", "sigmoid", "binary_crossentropy", 1),
        (RING, "softmax", "softmax", "sparse_categorical_crossentropy", 2),
        (RING, "sigmoids", "sigmoids", "binary_crossentropy", 2),
        (RING, "tanh", "tanh", "squared_hinge", 1),
        (RING, "linear", "linear", "binary_crossentropy", 1),
        (RING, "softmax1", "softmax1", "binary_crossentropy", 1),
        (ARMS, "auto", "softmax", "sparse_categorical_crossentropy", 3),
        (ARMS, "linear", "linear", "sparse_categorical_crossentropy", 3),
        (ARMS, "sigmoids", "sigmoids", "binary_crossentropy", 3),
        (PLANE, "auto", "linear", "mse", 1),
        (PLANE, "softmax", "softmax", "mse", 1),
        (PLANE, "tanh", "tanh", "mse", 1),
    ],
)
def test_automatic_heads_follow_the_data(
    data: Data, output: OutputName, expected_output: str, loss: str, units: int
) -> None:
    experiment = Experiment(data=data, model=Model(output=output))
    assert (experiment.output, experiment.loss) == (expected_output, loss)
    assert heads.output_units(experiment.data, experiment.model) == units


def test_the_right_pairs_are_no_mistake() -> None:
    of_two_classes: tuple[OutputName, ...] = ("auto", "softmax", "sigmoids", "tanh")
    right: list[tuple[Data, OutputName]] = [*((RING, output) for output in of_two_classes), (PLANE, "auto")]
    for data, output in [*right, (ARMS, "auto"), (ARMS, "sigmoids")]:
        assert heads.mistake(data, Model(output=output)) is None
    for loss in ("hinge", "squared_hinge", "mse"):
        assert heads.mistake(RING, Model(output="linear", loss=loss)) is None


def test_a_linear_output_with_categorical_cross_entropy_has_a_unit_for_each_of_two_classes() -> None:
    experiment, refused = Experiment.from_query({"output": "linear", "loss": "sparse_categorical_crossentropy"})
    assert refused == []
    assert heads.output_units(experiment.data, experiment.model) == 2


@pytest.mark.parametrize(
    ("data", "model", "word"),
    [
        (RING, Model(output="softmax1"), "always 1"),
        (RING, Model(output="linear"), "probabilities"),
        (ARMS, Model(output="linear"), "probabilities"),
        (RING, Model(output="linear", loss="sparse_categorical_crossentropy"), "probabilities"),
        (RING, Model(output="linear", loss="poisson"), "logarithm"),
        (RING, Model(loss="hinge"), "below 0"),
        (RING, Model(loss="squared_hinge"), "below 0"),
        (RING, Model(output="softmax", loss="binary_crossentropy"), "sigmoids"),
        (ARMS, Model(output="softmax", loss="binary_crossentropy"), "sigmoids"),
        (ARMS, Model(output="sigmoids", loss="sparse_categorical_crossentropy"), "sum to 1"),
        (PLANE, Model(output="softmax"), "any numbers"),
        (PLANE, Model(loss="poisson"), "mse or mae"),
    ],
)
def test_classic_mistakes_are_explained(data: Data, model: Model, word: str) -> None:
    sentence = heads.mistake(data, model)
    assert sentence is not None
    assert word in sentence


def test_targets_are_signed_for_tanh_and_hinge_and_never_in_regression() -> None:
    assert heads.has_signed_targets(RING, Model(output="tanh"))
    assert heads.has_signed_targets(RING, Model(output="linear", loss="hinge"))
    assert not heads.has_signed_targets(RING, Model())
    assert not heads.has_signed_targets(PLANE, Model(loss="hinge"))


def test_one_activation_name_stands_for_every_hidden_layer() -> None:
    assert Model(hidden=(8, 8, 8), activation=("relu",)).activations == ("relu",) * 3
    assert Model(activation=("relu", "tanh")).activations == ("relu", "tanh")
    assert Model(hidden=()).activations == ()


def test_every_split_leaves_a_point_on_each_side() -> None:
    for samples in (20, 21, 33, 100_000):
        for test, validation in itertools.product((0.05, 0.5, 0.9), (0, 0.001, 0.5)):
            data = Data(samples=samples, test=test, validation=validation)
            assert data.n_train >= 1
            assert data.n_test >= 1
            assert (data.n_validation >= 1) == (validation > 0)
            assert data.n_train + data.n_validation + data.n_test == samples
    assert (Data().n_train, Data().n_test) == (250, 250)

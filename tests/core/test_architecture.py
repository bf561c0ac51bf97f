"""Which experiments share a compiled program."""

from __future__ import annotations

import pytest

from playground.core import Experiment
from playground.core.architecture import program_key


def key(**query: str) -> str:
    experiment, refused = Experiment.from_query(query)
    assert refused == []
    return program_key(experiment)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("learning_rate", "1"),
        ("schedule", "cosine"),
        ("l1", "0.1"),
        ("l2", "0.1"),
        ("seed", "7"),
        ("data_seed", "7"),
        ("dataset", "xor"),
        ("noise", "0.3"),
        ("init", "zeros"),
        ("features", "x2,x1x2"),
        ("standardize", "true"),
        ("epochs", "7"),
        ("patience", "7"),
        ("momentum", "0.5"),
        ("activation", "tanh,tanh"),
        ("output", "sigmoid"),
    ],
)
def test_what_is_an_input_of_a_program_does_not_change_its_key(name: str, value: str) -> None:
    assert key(**{name: value}) == key()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("features", "x1"),
        ("hidden", "4"),
        ("activation", "relu"),
        ("dropout", "0.1"),
        ("batch_norm", "true"),
        ("output", "tanh"),
        ("loss", "mse"),
        ("optimizer", "adam"),
        ("batch_size", "11"),
        ("samples", "502"),
        ("test", "0.4"),
        ("validation", "0.2"),
    ],
)
def test_what_shapes_a_program_changes_its_key(name: str, value: str) -> None:
    assert key(**{name: value}) != key()


def test_batches_larger_than_the_training_part_are_all_of_it() -> None:
    assert key(batch_size="250") == key(batch_size="100000") != key(batch_size="249")


def test_points_that_are_never_evaluated_do_not_shape_a_program() -> None:
    """250 points to train on and 250 to watch; of these two the second also keeps 250 for the end."""
    assert key(samples="500") == key(samples="750", test="0.333", validation="0.5")


def test_momentum_counts_only_where_it_is_used() -> None:
    assert key(optimizer="momentum", momentum="0.5") != key(optimizer="momentum")

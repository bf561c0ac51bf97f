"""Weights and history as CSV and JSON, read back by pandas and Python."""

from __future__ import annotations

import io
import json

import numpy as np
import pandas as pd
import pytest

from playground.core import Data, Experiment, Model
from playground.core.history import CURVES
from playground.core.run_tables import history_csv, history_json, weights_csv, weights_json

EXPERIMENT = Experiment(data=Data(dataset="iris"), model=Model(hidden=(3, 2), batch_norm=True, activation=("relu",)))
SHAPES = [(4, 3), *[(3,)] * 5, (3, 2), *[(2,)] * 5, (2, 3), (3,)]


@pytest.fixture
def weights() -> list[np.ndarray]:
    random = np.random.default_rng(0)
    return [random.normal(0, 1e-3, shape).astype(np.float32) for shape in SHAPES]


def test_every_weight_has_a_row_that_says_where_it_is(weights: list[np.ndarray]) -> None:
    table = pd.read_csv(io.BytesIO(weights_csv(EXPERIMENT, weights)), keep_default_na=False)
    assert len(table) == sum(map(np.size, weights))
    np.testing.assert_array_equal(
        table["weight"].astype(np.float32), np.concatenate([each.ravel() for each in weights])
    )
    (first,) = table[(table["from"] == "petal width (cm)") & (table["to"] == "hidden_1[2]")]["weight"]
    assert np.float32(first) == weights[0][3, 1]
    (bias,) = table[(table["array"] == "bias") & (table["to"] == "versicolor")]["weight"]
    assert np.float32(bias) == weights[-1][1]
    assert list(table["array"].unique()) == ["kernel", "bias", "gamma", "beta", "moving_mean", "moving_variance"]


def test_weights_in_json_are_nested_lists_by_layer(weights: list[np.ndarray]) -> None:
    made = json.loads(weights_json(EXPERIMENT, weights, 7))
    assert made["epoch"] == 7
    assert [layer["name"] for layer in made["layers"]] == ["hidden_1", "hidden_2", "output"]
    np.testing.assert_array_equal(np.array(made["layers"][1]["kernel"], np.float32), weights[6])
    np.testing.assert_array_equal(np.array(made["layers"][1]["moving_variance"], np.float32), weights[11])
    assert made["layers"][2]["units"] == ["setosa", "versicolor", "virginica"]
    assert made["layers"][0]["inputs"][0] == "sepal length (cm)"


def test_one_output_of_a_network_without_hidden_layers_is_told() -> None:
    plain = Experiment(model=Model(hidden=()))
    rows = weights_csv(plain, [np.array([[1], [2]]), np.array([3])]).decode("utf-8-sig").splitlines()
    assert rows[1:] == ["output,kernel,x1,output,1.0", "output,kernel,x2,output,2.0", "output,bias,,output,3.0"]


def test_weights_of_another_network_are_refused(weights: list[np.ndarray]) -> None:
    with pytest.raises(ValueError, match=r"weights must have the shapes .*\. Got"):
        weights_csv(Experiment(), weights)


def test_the_history_reads_back_and_has_nothing_where_there_is_no_figure() -> None:
    curves = np.array([[0, 0.7, np.nan, 0.8, np.nan, 0.03], [1, 0.1, np.nan, np.inf, np.nan, 0.03]], np.float32)
    table = pd.read_csv(io.BytesIO(history_csv(curves)))
    assert tuple(table.columns) == CURVES
    np.testing.assert_array_equal(table.to_numpy(np.float32), np.where(np.isinf(curves), np.nan, curves))
    made = json.loads(history_json(curves))
    assert made["epoch"] == [0, 1] and made["loss"] == [0.7, 0.1] and made["val_loss"] == [0.8, None]
    assert tuple(made) == CURVES

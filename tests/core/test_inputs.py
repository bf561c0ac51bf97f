"""Features, scaling, the grid and the learning-rate schedules."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from sklearn.preprocessing import StandardScaler

from playground.core import (
    FEATURES,
    Data,
    Scaler,
    Train,
    axis,
    choices,
    default_view,
    expand_features,
    grid_points,
    learning_rate_at,
    make_dataset,
)
from playground.core.parts import DatasetName


@pytest.fixture
def X() -> np.ndarray:
    return np.random.default_rng(0).uniform(-6, 6, (50, 2))


def test_each_feature_is_its_formula(X: np.ndarray) -> None:
    columns = expand_features(X, FEATURES)
    assert columns.dtype == np.float32
    for row, (a, b) in zip(columns, X, strict=True):
        expected = [a, b, a * a, b * b, a * b, math.sin(a), math.sin(b)]
        np.testing.assert_allclose(row, expected, rtol=1e-6)


def test_features_come_in_the_order_asked_for(X: np.ndarray) -> None:
    np.testing.assert_array_equal(expand_features(X, ("x2", "x1")), expand_features(X, ("x1", "x2"))[:, ::-1])


def test_every_feature_that_can_be_chosen_is_known() -> None:
    assert set(choices("features")) == set(FEATURES)


def test_scaling_is_that_of_scikit_learn(X: np.ndarray) -> None:
    train, test = X[:30] * 100 + 7, X[30:]
    reference = StandardScaler().fit(train)
    scaler = Scaler.fit(train)
    np.testing.assert_allclose(scaler.transform(test), reference.transform(test), rtol=1e-5, atol=1e-6)
    assert scaler.transform(test).dtype == np.float32


def test_a_column_that_never_changes_is_scaled_to_zero() -> None:
    columns = np.full((10, 1), 3.5, np.float32)
    assert np.all(Scaler.fit(columns).transform(columns) == 0)


def test_row_i_column_j_of_the_grid_is_x2_i_x1_j() -> None:
    points = grid_points((-1, 1), (10, 30), 5).reshape(5, 5, 2)
    for i in range(5):
        for j in range(5):
            assert points[i, j, 0] == axis(-1, 1, 5)[j]
            assert points[i, j, 1] == axis(10, 30, 5)[i]


def test_an_axis_includes_both_ends() -> None:
    np.testing.assert_array_equal(axis(-6, 6, 4), [-6, -2, 2, 6])


@pytest.mark.parametrize("name", ["circle", "xor", "gaussians", "spiral", "checkerboard", "plane", "hills"])
def test_sets_of_the_wide_domain_are_shown_from_minus_6_to_6(name: DatasetName) -> None:
    X = make_dataset(Data(dataset=name)).X_train
    assert default_view(name, X) == ((-6, 6), (-6, 6))


def test_other_sets_are_shown_with_a_margin() -> None:
    X = np.array([[0.0, 5.0], [10.0, 5.0], [4.0, 5.0]])
    (left, right), (low, high) = default_view("blobs", X)
    assert -3 < left < 0
    assert 10 < right < 13
    assert low < 5 < high


def rates(**fields: Any) -> list[float]:
    train = Train(**fields)
    return [learning_rate_at(train, epoch) for epoch in range(41)]


def test_a_constant_rate_stays() -> None:
    assert set(rates(learning_rate=0.03)) == {0.03}


def test_an_exponential_rate_changes_by_its_factor_every_so_many_epochs() -> None:
    found = rates(learning_rate=1e-4, schedule="exponential", schedule_factor=10, schedule_epochs=20)
    np.testing.assert_allclose(found, 1e-4 * np.logspace(0, 2, 41))


def test_a_stepped_rate_changes_at_once() -> None:
    found = rates(learning_rate=1, schedule="step", schedule_factor=0.5, schedule_epochs=15)
    np.testing.assert_allclose(found, [1] * 15 + [0.5] * 15 + [0.25] * 11)


def test_a_cosine_rate_falls_from_full_over_half_to_none() -> None:
    found = rates(learning_rate=2, schedule="cosine", epochs=40)
    np.testing.assert_allclose(found[:41:20], [2, 1, 0], atol=1e-12)
    assert found == sorted(found, reverse=True)


def test_rates_that_outgrow_every_number_stay_finite() -> None:
    train = Train(schedule="exponential", schedule_factor=1000, schedule_epochs=1)
    assert np.isfinite(np.float32(learning_rate_at(train, 10_000)))
    vanishing = Train(schedule="step", schedule_factor=1e-300, schedule_epochs=1)
    assert learning_rate_at(vanishing, 10_000) == 0

"""The datasets, against their geometry and against scikit-learn called directly."""

from __future__ import annotations

from typing import Any, get_args

import numpy as np
import pytest
import sklearn.datasets
from hypothesis import given
from hypothesis import strategies as st

from playground.core import Data, Dataset, knobs, make_dataset
from playground.core.datasets import datasets_with, given_sets
from playground.core.parts import DatasetName

NAMES = [name for name in get_args(DatasetName) if name not in given_sets()]
"""The sets whose points are drawn at random."""
TWO_CLASS_NAMES = [name for name in NAMES if name not in ("plane", "hills")]


def points(dataset: Dataset) -> tuple[Any, Any]:
    X, y = zip(dataset[0:2], dataset[4:6], dataset[2:4], strict=True)
    return np.concatenate(X), np.concatenate(y)


def sample(name: DatasetName, **fields: Any) -> tuple[Any, Any]:
    return points(make_dataset(Data(dataset=name, **fields)))


def in_order(X: Any, y: Any) -> Any:
    rows = np.column_stack([X, y])
    return rows[np.lexsort(rows.T)]


@given(
    st.sampled_from(NAMES),
    st.integers(20, 300),
    st.sampled_from([0.0, 0.3, 1.0]),
    st.sampled_from([0.05, 0.5, 0.9]),
    st.integers(2, 4),
    st.sampled_from([0.02, 0.5, 0.9, 0.98]),
    st.integers(0, 2**31 - 1),
)
def test_every_set_has_its_shapes_its_counts_and_every_class(
    name: Any, samples: int, noise: float, test: float, classes: int, balance: float, seed: int
) -> None:
    data = Data(
        dataset=name,
        samples=samples,
        noise=noise,
        test=test,
        classes=classes,
        balance=balance,
        data_seed=seed,
    )
    X_train, y_train, X_test, y_test, *_ = make_dataset(data)
    assert X_train.shape == (data.n_train, 2)
    assert X_test.shape == (data.n_test, 2)
    assert X_train.dtype == X_test.dtype == np.float64
    y = np.concatenate([y_train, y_test])
    assert np.isfinite(X_train).all()
    assert np.isfinite(X_test).all()
    if data.task == "regression":
        assert y.shape == (samples,)
        assert y_train.dtype == y_test.dtype == np.float64
    else:
        assert y_train.dtype == y_test.dtype == np.int64
        assert set(y) == set(range(data.n_classes))


@given(
    st.sampled_from(NAMES),
    st.integers(20, 200),
    st.floats(0.05, 0.9),
    st.floats(0, 0.5, exclude_min=True),
    st.integers(0, 2**31 - 1),
)
def test_validation_points_are_the_last_of_the_training_points_and_the_test_points_stay(
    name: Any, samples: int, test: float, validation: float, seed: int
) -> None:
    without = Data(dataset=name, samples=samples, test=test, data_seed=seed)
    data = without.model_copy(update={"validation": validation})
    whole, split = make_dataset(without), make_dataset(data)
    assert min(data.n_train, data.n_validation, data.n_test) >= 1
    assert data.n_train + data.n_validation + data.n_test == samples
    assert data.n_validation == pytest.approx(validation * without.n_train, abs=1)
    assert [len(part) for part in split] == 2 * [data.n_train] + 2 * [data.n_test] + 2 * [data.n_validation]
    assert [part.dtype for part in split] == 3 * [np.float64, whole.y_train.dtype]
    np.testing.assert_array_equal(np.concatenate([split.X_train, split.X_validation]), whole.X_train)
    np.testing.assert_array_equal(np.concatenate([split.y_train, split.y_validation]), whole.y_train)
    np.testing.assert_array_equal(split.X_test, whole.X_test)
    np.testing.assert_array_equal(split.y_test, whole.y_test)


def test_without_a_validation_part_the_test_part_is_watched() -> None:
    data = Data(samples=100, test=0.3)
    dataset = make_dataset(data)
    assert (data.watched, data.n_watched, data.n_validation) == ("test", 30, 0)
    assert dataset.X_validation.shape == (0, 2) and dataset.y_validation.shape == (0,)
    assert dataset.watched == (dataset.X_test, dataset.y_test)
    data = Data(samples=100, test=0.3, validation=0.2)
    dataset = make_dataset(data)
    assert (data.watched, data.n_watched, data.n_train, data.n_test) == ("validation", 14, 56, 30)
    assert dataset.watched == (dataset.X_validation, dataset.y_validation)


@pytest.mark.parametrize("name", NAMES)
def test_equal_data_gives_equal_points_and_another_seed_gives_others(name: Any) -> None:
    data = Data(dataset=name, noise=0.1)
    for one, two in zip(make_dataset(data), make_dataset(data), strict=True):
        np.testing.assert_array_equal(one, two)
    other = make_dataset(data.model_copy(update={"data_seed": 1}))
    assert not np.array_equal(make_dataset(data).X_train, other.X_train)


@pytest.mark.parametrize("name", TWO_CLASS_NAMES)
def test_balance_is_the_share_of_class_0(name: Any) -> None:
    for balance, samples in [(0.5, 400), (0.5, 401), (0.1, 400), (0.75, 400), (0.98, 1000)]:
        _, y = sample(name, balance=balance, samples=samples)
        assert abs(np.sum(y == 0) - balance * samples) <= 1


@pytest.mark.parametrize("name", ["circle", "xor", "gaussians", "spiral", "checkerboard", "parabolas"])
def test_balance_is_kept_under_noise(name: Any) -> None:
    for noise in (0.2, 1.0):
        _, y = sample(name, noise=noise, balance=0.9, samples=400)
        assert np.sum(y == 0) == 360


@pytest.mark.parametrize("name", ["blobs", "spirals", "classification"])
def test_many_classes_share_the_points_evenly(name: Any) -> None:
    _, y = sample(name, classes=4, samples=402)
    counts = np.bincount(y)
    assert len(counts) == 4
    assert counts.max() - counts.min() <= 1


@pytest.mark.parametrize("name", NAMES)
def test_training_and_test_points_are_mixed(name: Any) -> None:
    dataset = make_dataset(Data(dataset=name, samples=2000))
    for part in (dataset.y_train, dataset.y_test):
        reference = np.mean(np.concatenate([dataset.y_train, dataset.y_test]))
        assert abs(np.mean(part) - reference) < 0.1


def test_circle_is_a_disc_of_class_1_in_a_ring() -> None:
    X, y = sample("circle", samples=4000)
    r = np.hypot(*X.T)
    assert r[y == 1].max() < 2.5
    assert r[y == 0].min() >= 3.5
    assert r[y == 0].max() <= 5
    # r is uniform, not the area: its mean lies in the middle of its range
    assert np.mean(r[y == 1]) == pytest.approx(1.25, abs=0.05)
    assert np.mean(r[y == 0]) == pytest.approx(4.25, abs=0.05)


def test_circle_noise_moves_classes_and_not_points() -> None:
    X, y = sample("circle", samples=4000, noise=0.5)
    r = np.hypot(*X.T)
    assert np.all((r < 2.5) | (r >= 3.5))
    assert r.max() <= 5
    inside = r < 2.5
    assert 0.05 < np.mean(y[inside] == 0) < 0.6
    assert 0.05 < np.mean(y[~inside] == 1) < 0.6


def test_xor_has_four_squares_off_the_axes() -> None:
    X, y = sample("xor", samples=4000)
    assert np.abs(X).min() >= 0.3
    assert 5.2 < np.abs(X).max() <= 5.3
    np.testing.assert_array_equal(y, (X[:, 0] * X[:, 1] >= 0).astype(int))
    for signs in ((1, 1), (1, -1), (-1, 1), (-1, -1)):
        assert np.mean((np.sign(X) == signs).all(axis=1)) == pytest.approx(0.25, abs=0.05)


def test_noise_changes_every_dataset() -> None:
    for name in NAMES:
        without, with_noise = (make_dataset(Data(dataset=name, noise=noise)) for noise in (0.0, 0.3))
        changed = [np.array_equal(a, b) for a, b in zip(without, with_noise, strict=True)]
        assert not all(changed), name


def test_xor_noise_moves_classes_and_not_points() -> None:
    X, y = sample("xor", samples=4000, noise=0.5)
    assert np.abs(X).min() >= 0.3
    assert np.abs(X).max() <= 5.3
    wrong = y != (X[:, 0] * X[:, 1] >= 0)
    assert 0.1 < wrong.mean() < 0.4
    # shifts of at most 2.5 cannot carry a point past both axes' neighbourhood
    assert not wrong[np.abs(X).min(axis=1) > 2.5].any()


@pytest.mark.parametrize(("noise", "variance"), [(0, 0.5), (0.25, 2.25), (0.5, 4), (1, 7.5)])
def test_gaussians_have_their_centres_and_a_variance_linear_in_noise(noise: float, variance: float) -> None:
    X, y = sample("gaussians", samples=40_000, noise=noise)
    for k, center in ((1, 2), (0, -2)):
        np.testing.assert_allclose(X[y == k].mean(axis=0), center, atol=0.1)
        np.testing.assert_allclose(X[y == k].var(axis=0), variance, rtol=0.05)


def test_spiral_is_two_arms_half_a_turn_apart() -> None:
    X, y = sample("spiral", samples=400)
    n = 200
    expected = []
    for k, delta in ((1, 0.0), (0, np.pi)):
        for i in range(n):
            r, t = i / n * 5, 1.75 * i / n * 2 * np.pi + delta
            expected.append((r * np.sin(t), r * np.cos(t), k))
    rows = np.array(expected)
    np.testing.assert_allclose(in_order(X.round(9), y), in_order(rows[:, :2].round(9), rows[:, 2]), atol=1e-8)


def test_spiral_noise_moves_each_coordinate_by_at_most_noise() -> None:
    X, y = sample("spiral", samples=400, noise=0.2)
    clean, clean_y = sample("spiral", samples=400)
    for k in (0, 1):
        gaps = np.abs(X[y == k][:, np.newaxis] - clean[clean_y == k]).max(axis=2).min(axis=1)
        assert 0.01 < gaps.max() <= 0.2


def test_plane_targets_are_a_tenth_of_the_sum() -> None:
    X, y = sample("plane", samples=1000)
    np.testing.assert_allclose(y, X.sum(axis=1) / 10)
    assert 5.9 < np.abs(X).max() <= 6
    X, y = sample("plane", samples=1000, noise=0.5)
    error = np.abs(y - X.sum(axis=1) / 10)
    assert 0.3 < error.max() <= 0.6
    assert np.abs(X).max() <= 6


def test_hills_are_those_of_the_source() -> None:
    centers = [(-4, 2.5, 1), (0, 2.5, -1), (4, 2.5, 1), (-4, -2.5, -1), (0, -2.5, 1), (4, -2.5, -1)]

    def height(x1: float, x2: float) -> float:
        best = 0.0
        for c1, c2, sign in centers:
            distance = ((x1 - c1) ** 2 + (x2 - c2) ** 2) ** 0.5
            new = sign * (1 - min(max(distance / 2, 0), 1))
            if abs(new) > abs(best):
                best = new
        return best

    X, y = sample("hills", samples=1000)
    np.testing.assert_allclose(y, [height(*x) for x in X], atol=1e-12)
    assert y.min() < -0.8
    assert y.max() > 0.8


@pytest.mark.parametrize("samples", [400, 401])
def test_moons_and_circles_are_those_of_scikit_learn(samples: int) -> None:
    moons = sklearn.datasets.make_moons(samples, noise=0.2, random_state=7)
    circles = sklearn.datasets.make_circles(samples, noise=0.05, factor=0.3, random_state=7)
    np.testing.assert_array_equal(in_order(*sample("moons", samples=samples, noise=0.2, data_seed=7)), in_order(*moons))
    np.testing.assert_array_equal(
        in_order(*sample("circles", samples=samples, noise=0.05, factor=0.3, data_seed=7)), in_order(*circles)
    )


def test_blobs_are_those_of_scikit_learn() -> None:
    expected = sklearn.datasets.make_blobs(300, centers=[(0, 0), (5, 5), (-5, 5)], cluster_std=0.7, random_state=3)
    drawn = sample("blobs", samples=300, classes=3, centers=(0, 0, 5, 5, -5, 5), deviation=0.7, data_seed=3)
    np.testing.assert_array_equal(in_order(*drawn), in_order(*expected))


@pytest.mark.parametrize("classes", [2, 3, 4, 5, 6])
def test_blobs_without_centres_lie_on_a_circle_of_radius_4(classes: int) -> None:
    X, y = sample("blobs", samples=600, classes=classes, deviation=0)
    centers = np.array([X[y == k][0] for k in range(classes)])
    np.testing.assert_allclose(np.hypot(*centers.T), 4)
    apart = np.linalg.norm(centers[:, np.newaxis] - centers, axis=2) + 100 * np.eye(classes)
    np.testing.assert_allclose(apart.min(axis=1), 8 * np.sin(np.pi / classes))


@pytest.mark.parametrize("classes", [2, 3, 4])
def test_classification_is_that_of_scikit_learn(classes: int) -> None:
    expected = sklearn.datasets.make_classification(
        400,
        n_features=2,
        n_informative=2,
        n_redundant=0,
        n_clusters_per_class=1,
        n_classes=classes,
        class_sep=1.5,
        flip_y=0.1,
        random_state=5,
    )
    drawn = sample("classification", samples=400, classes=classes, separation=1.5, noise=0.1, data_seed=5)
    np.testing.assert_array_equal(in_order(*drawn), in_order(*expected))


@pytest.mark.parametrize("knob", ["deviation", "factor", "gap", "separation", "slope"])
def test_a_dataset_is_drawn_at_both_ends_of_a_knob_of_its_own(knob: str) -> None:
    (name,) = datasets_with(knob)
    for value in knobs.bounds(knob):
        X, _y = sample(name, samples=50, noise=0.1, **{knob: value})
        assert X.shape == (50, 2) and np.isfinite(X).all()


def test_three_short_arms_are_those_of_cs231n() -> None:
    X, y = sample("spirals", classes=3, samples=300)
    expected, classes = np.zeros((300, 2)), np.zeros(300)
    for j in range(3):
        r = np.linspace(0.0, 1, 100)
        t = np.linspace(j * 4, (j + 1) * 4, 100)
        expected[100 * j : 100 * (j + 1)] = np.c_[r * np.sin(t), r * np.cos(t)]
        classes[100 * j : 100 * (j + 1)] = j
    np.testing.assert_allclose(in_order(X.round(9), y), in_order(expected.round(9), classes), atol=1e-8)


def test_short_arm_noise_turns_points_by_a_normal_angle() -> None:
    X, y = sample("spirals", classes=3, samples=30_000, noise=0.2)
    r = np.hypot(*X.T)
    assert r.max() <= 1 + 1e-9
    turned = np.angle(np.exp(1j * (np.arctan2(X[:, 0], X[:, 1]) - 4 * r - 4 * y)))[r > 0.01]
    assert turned.std() == pytest.approx(0.2, rel=0.03)
    assert turned.mean() == pytest.approx(0, abs=0.01)


@pytest.mark.parametrize("classes", [2, 3, 4, 5, 6])
@pytest.mark.parametrize("reach", [0, 40])
def test_arms_do_not_coincide(classes: int, reach: float) -> None:
    X, y = sample("spirals", classes=classes, samples=600, reach=reach)
    r = np.hypot(*X.T)
    for k in range(1, classes):
        one, other = X[(y == 0) & (r > 0.5 * r.max())], X[(y == k) & (r > 0.5 * r.max())]
        gaps = np.linalg.norm(one[:, np.newaxis] - other, axis=2)
        assert gaps.min() > 0.15 * r.max()


def test_long_arms_reach_from_2_to_reach_and_turn_by_an_eighth_a_unit() -> None:
    X, y = sample("spirals", classes=3, samples=3000, reach=100)
    r = np.hypot(*X.T)
    assert 2 <= r.min() < 3
    assert 99 < r.max() <= 100
    turned = np.angle(np.exp(1j * (np.arctan2(X[:, 0], X[:, 1]) - r / 8 - 2 * np.pi * y / 3)))
    np.testing.assert_allclose(turned, 0, atol=1e-9)


def test_parabolas_are_gap_apart() -> None:
    X, y = sample("parabolas", samples=1000, gap=1.5)
    np.testing.assert_allclose(X[:, 1], X[:, 0] ** 2 + 1.5 * y)
    assert 1.9 < np.abs(X[:, 0]).max() <= 2


def test_sloping_parabolas_are_the_squares_of_scikit_learns_regression() -> None:
    x1, t, coefficient = sklearn.datasets.make_regression(40_000, n_features=1, noise=10, coef=True, random_state=3)
    slope = float(coefficient) / 100
    X, y = sample("parabolas", samples=40_000, slope=slope, noise=0.1, gap=0.5)
    assert np.bincount(y).tolist() == [20_000, 20_000]
    for k in (0, 1):
        ours, theirs = X[y == k], np.column_stack([x1[:, 0], (t / 100) ** 2])
        height = ours[:, 1] - 0.5 * k
        for share in (0.1, 0.5, 0.9):
            assert np.quantile(ours[:, 0], share) == pytest.approx(np.quantile(theirs[:, 0], share), abs=0.03)
            assert np.quantile(height, share) == pytest.approx(np.quantile(theirs[:, 1], share), rel=0.06, abs=0.003)
        steep = np.abs(ours[:, 0]) > 1
        assert np.std(np.sqrt(height) - slope * np.abs(ours[:, 0]), where=steep) == pytest.approx(0.1, rel=0.03)


def test_sloping_parabolas_without_noise_are_parabolas() -> None:
    X, y = sample("parabolas", samples=1000, slope=0.5, gap=1.5)
    np.testing.assert_allclose(X[:, 1], (0.5 * X[:, 0]) ** 2 + 1.5 * y)


def test_checkerboard_alternates_over_sixteen_cells() -> None:
    X, y = sample("checkerboard", samples=4000)
    assert 5.9 < np.abs(X).max() <= 6
    cells = np.floor((X + 6) / 3).astype(int)
    np.testing.assert_array_equal(y, cells.sum(axis=1) % 2)
    assert len(np.unique(cells, axis=0)) == 16


def test_checkerboard_noise_moves_points_after_they_have_their_class() -> None:
    X, y = sample("checkerboard", samples=4000, noise=0.3)
    wrong = y != np.floor((X + 6) / 3).astype(int).sum(axis=1) % 2
    assert 0.05 < wrong.mean() < 0.35


def test_a_hundred_thousand_points_are_drawn_for_every_set() -> None:
    for name in NAMES:
        X, _ = sample(name, samples=100_000, noise=0.1)
        assert len(X) == 100_000


def test_data_that_contradicts_itself_is_refused_in_a_sentence() -> None:
    with pytest.raises(ValueError, match=r"classes must be in \[2, 4\] for classification. Got 5."):
        make_dataset(Data(dataset="classification", classes=5))
    with pytest.raises(ValueError, match="centers must hold two numbers for each of the 3 classes"):
        make_dataset(Data(dataset="blobs", classes=3, centers=(1, 2)))

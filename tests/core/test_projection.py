"""Where a layer's outputs are drawn, against scikit-learn's PCA computed apart and by hand."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.decomposition import PCA

from playground.core.projection import MARGIN, fit_projection


def outputs_of(units: int, n: int = 60, seed: int = 0) -> np.ndarray:
    """Outputs whose components differ clearly in variance."""
    random = np.random.default_rng(seed)
    mixed = random.normal(size=(units, units))
    return random.normal(size=(n, units)) * 3.0 ** -np.arange(units) @ mixed + random.normal(size=units)


@pytest.mark.parametrize(("units", "dimensions"), [(1, 2), (2, 2), (1, 3), (2, 3), (3, 3)])
def test_few_units_are_drawn_as_they_are(units: int, dimensions: int) -> None:
    outputs = outputs_of(units)
    projection = fit_projection(outputs, dimensions)
    coordinates = projection.coordinates(outputs)
    assert coordinates.shape == (60, dimensions)
    assert np.array_equal(coordinates[:, :units], outputs)
    assert not coordinates[:, units:].any()
    assert projection.names == ("unit 1", "unit 2", "unit 3")[:units] + ("",) * (dimensions - units)
    assert projection.explained == 1


@pytest.mark.parametrize(("units", "dimensions"), [(3, 2), (4, 2), (4, 3), (16, 2), (100, 3)])
def test_many_units_are_drawn_by_scikit_learns_first_components(units: int, dimensions: int) -> None:
    final, earlier = outputs_of(units), outputs_of(units, seed=1)
    projection = fit_projection(final, dimensions)
    oracle = PCA(dimensions, svd_solver="full").fit(final)
    np.testing.assert_allclose(projection.coordinates(final), oracle.transform(final), atol=1e-9)
    np.testing.assert_allclose(projection.coordinates(earlier), oracle.transform(earlier), atol=1e-9)
    assert projection.explained == pytest.approx(oracle.explained_variance_ratio_.sum())
    share = 100 * oracle.explained_variance_ratio_[0]
    assert projection.names[0] == f"component 1 ({share:.0f}\u202f%)"


def test_components_lose_as_little_as_the_singular_values_say() -> None:
    final = outputs_of(5)
    coordinates = fit_projection(final, 2).coordinates(final)
    centred = final - final.mean(axis=0)
    singular = np.linalg.svd(centred, compute_uv=False)
    np.testing.assert_allclose((coordinates**2).sum(axis=0), singular[:2] ** 2)


def test_every_epoch_has_the_axes_of_the_final_one() -> None:
    final, earlier = outputs_of(6), 0.1 * outputs_of(6, seed=1)
    projection = fit_projection(final, 2)
    both = projection.coordinates(np.concatenate([earlier, final]))
    np.testing.assert_array_equal(both, np.concatenate([projection.coordinates(each) for each in (earlier, final)]))
    spread = projection.coordinates(2 * earlier) - projection.coordinates(earlier)
    np.testing.assert_allclose(spread, projection.coordinates(earlier) - projection.coordinates(0 * earlier))


def test_equal_outputs_give_equal_axes_bit_for_bit() -> None:
    final = outputs_of(30)
    once, again = (fit_projection(final.copy(), 3) for _ in range(2))
    assert np.array_equal(once.coordinates(final), again.coordinates(final))
    assert np.array_equal(once.ranges, again.ranges)


def test_ranges_hold_the_final_points_with_a_margin() -> None:
    final = np.array([[-1.0, 0.0], [3.0, 0.5]])
    room = 4 * MARGIN
    np.testing.assert_allclose(fit_projection(final, 3).ranges[0], [-1 - room, 3 + room])
    np.testing.assert_allclose(fit_projection(final, 3).ranges[2], [-1, 1])


@pytest.mark.parametrize(
    ("value", "low", "high"), [(0.0, -1, 1), (5.0, 0, 10), (-1e-30, -2e-30, 0), (1e30, 0, 2e30), (3e38, 0, 6e38)]
)
@pytest.mark.parametrize("units", [2, 8])
def test_a_layer_that_says_one_thing_has_axes_still(value: float, low: float, high: float, units: int) -> None:
    projection = fit_projection(np.full((20, units), value), 2)
    assert np.isfinite(projection.ranges).all()
    assert (projection.ranges[:, 0] < projection.ranges[:, 1]).all()
    if units == 2:
        np.testing.assert_allclose(projection.ranges, [[low, high]] * 2)
    assert 0 <= projection.explained <= 1 + 1e-9


@pytest.mark.parametrize("value", [1.0, -0.3, 1e20])
def test_rounding_is_not_drawn_large(value: float) -> None:
    """The outputs of a saturated layer differ by their last bits, and by others on another processor."""
    random = np.random.default_rng(0)
    value32 = np.float32(value)
    final = np.where(random.random((50, 8)) < 0.5, value32, np.nextafter(value32, np.float32(0)))
    projection = fit_projection(final, 2)
    assert projection.names == ("component 1 (0\u202f%)", "component 2 (0\u202f%)")
    assert projection.explained == 0
    drawn = projection.coordinates(final) / np.diff(projection.ranges).T
    assert np.abs(drawn).max() < 1e-5


@pytest.mark.parametrize("units", [1, 2, 3, 12])
@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf])
def test_what_is_no_number_is_left_out(units: int, bad: float) -> None:
    final = outputs_of(units)
    broken = np.insert(final, 7, bad, axis=0)
    projection, expected = fit_projection(broken, 2), fit_projection(final, 2)
    np.testing.assert_array_equal(projection.ranges, expected.ranges)
    coordinates = projection.coordinates(broken)
    assert np.isnan(coordinates[7]).all()
    np.testing.assert_array_equal(np.delete(coordinates, 7, axis=0), expected.coordinates(final))


@pytest.mark.parametrize("n", [0, 1, 2, 3])
@pytest.mark.parametrize("units", [1, 2, 9])
def test_hardly_any_points_will_do(n: int, units: int) -> None:
    for final in (outputs_of(units, n), np.full((n, units), np.nan)):
        projection = fit_projection(final, 3)
        assert projection.coordinates(final).shape == (n, 3)
        assert np.isfinite(projection.ranges).all()


def test_other_dimensions_are_refused() -> None:
    with pytest.raises(ValueError, match=r"dimensions must be 2 or 3. Got 4"):
        fit_projection(outputs_of(2), 4)
    with pytest.raises(ValueError, match=r"final must be \(n, units\). Got \(60,\)"):
        fit_projection(np.zeros(60), 2)


def test_units_may_have_names() -> None:
    assert fit_projection(outputs_of(1), 2, ["P(class 1)"]).names == ("P(class 1)", "")

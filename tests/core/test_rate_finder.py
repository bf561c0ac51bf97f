"""The rates of a range test, and the rates that its losses suggest, against fastai's rules computed step by step."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from playground.core.rate_finder import published_rates, range_test_rates, smoothed, suggest, usable

Floats = NDArray[np.float64]

RATES = range_test_rates(1e-4, 10, 101)
DECADES = np.log10(RATES)


def noisy(losses: Floats, size: float) -> Floats:
    noise: Floats = losses + size * np.random.default_rng(3).normal(size=len(losses))
    return noise


BOWL = 0.3 + 0.1 * (DECADES + 1) ** 2
CLIFF = 0.7 - 0.5 / (1 + np.exp(-4 * (DECADES + 2))) + 10.0 ** (2 * (DECADES - 0.5))
CURVES = {
    "a bowl": BOWL,
    "a cliff": CLIFF,
    "a noisy cliff": noisy(CLIFF, 0.02),
    "a smoothed noisy cliff": smoothed(noisy(CLIFF, 0.05), 0.8),
    "a plain": np.full(101, 0.5),
    "all downhill": np.linspace(1, 0.1, 101),
    "all uphill": np.linspace(0.1, 1, 101),
    "two valleys": 0.5 + 0.2 * np.cos(3 * DECADES),
    "stairs": np.round(BOWL, 1),
    "the fewest points": BOWL[40:56],
}


# fastai's rules, as fastai/callback/schedule.py goes through them -----------------------------------------------


def index_of_valley(losses: list[float]) -> int:
    n = len(losses)
    best_start, best_end = 0, 0
    lengths = [1] * n
    for i in range(1, n):
        for j in range(i):
            if losses[i] < losses[j] and lengths[i] < lengths[j] + 1:
                lengths[i] = lengths[j] + 1
            if lengths[best_end] < lengths[i]:
                best_end = i
                best_start = best_end - lengths[best_end]
    sections = (best_end - best_start) / 3
    return best_start + int(sections) + int(sections / 2)


def rate_by_slide(rates: list[float], losses: list[float]) -> float:
    slopes = [losses[1] - losses[0]]
    slopes += [(losses[i + 1] - losses[i - 1]) / 2 for i in range(1, len(losses) - 1)]
    slopes += [losses[-1] - losses[-2]]
    right, left = -1, -16
    rate = rates[left]
    while left >= -len(losses) and abs(slopes[right] - slopes[left]) > 0.005:
        rate = rates[left]
        right -= 1
        left -= 1
    return rate


def slopes_over_the_logarithm(rates: list[float], losses: list[float]) -> list[float]:
    return [(losses[i + 1] - losses[i]) / (math.log(rates[i + 1]) - math.log(rates[i])) for i in range(len(losses) - 1)]


def by_hand(rates: list[float], losses: list[float]) -> dict[str, float]:
    return {
        "valley": rates[index_of_valley(losses)],
        "slide": rate_by_slide(rates, losses),
        "minimum": rates[losses.index(min(losses))] / 10,
    }


def assert_as_by_hand(rates: list[float], losses: list[float], expected: dict[str, float]) -> None:
    suggested = suggest(rates, losses)
    slopes = slopes_over_the_logarithm(rates, losses)
    # Of slopes that rounding alone tells apart any is the steepest.
    assert slopes[rates.index(suggested.pop("steep"))] == pytest.approx(min(slopes), rel=1e-9)
    assert suggested == expected


# ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", CURVES)
def test_the_suggestions_are_those_of_fastai(name: str) -> None:
    losses = CURVES[name]
    rates = RATES[: len(losses)]
    assert_as_by_hand(rates.tolist(), losses.tolist(), by_hand(rates.tolist(), losses.tolist()))


@pytest.mark.parametrize("name", ["a bowl", "a cliff", "a noisy cliff"])
def test_the_steepest_rate_is_the_first_where_the_slope_over_its_logarithm_is_least(name: str) -> None:
    slopes = slopes_over_the_logarithm(RATES.tolist(), CURVES[name].tolist())
    assert suggest(RATES, CURVES[name])["steep"] == RATES[slopes.index(min(slopes))]


@given(st.lists(st.integers(-20, 20), min_size=16, max_size=60), st.sampled_from([1.0, 0.1, 0.001]))
def test_the_suggestions_are_those_of_fastai_for_any_losses(steps: list[int], scale: float) -> None:
    losses = [scale * step for step in steps]
    rates = RATES[: len(losses)].tolist()
    expected = by_hand(rates, losses)
    if index_of_valley(losses) == -1:
        expected["valley"] = rates[0]
    assert_as_by_hand(rates, losses, expected)


def test_a_loss_that_falls_for_a_single_step_suggests_no_high_rate() -> None:
    losses = np.array([0.5, 0.4, *np.linspace(0.6, 2, 30)])
    assert index_of_valley(losses.tolist()) == -1
    assert suggest(RATES[:32], losses)["valley"] == RATES[0]


def test_what_each_rule_sees_in_a_curve_drawn_by_hand() -> None:
    rates = 10.0 ** np.arange(-19, 1)
    losses = np.array([*[9.0] * 5, 9, 8, 7, 6, 5, 1, 0.5, 0.4, 0.3, *[0.2] * 5, 99])
    assert suggest(rates, losses) == pytest.approx(
        {"valley": rates[8], "slide": rates[4], "steep": rates[9], "minimum": rates[14] / 10}
    )


def test_lists_are_as_good_as_arrays() -> None:
    assert suggest(RATES.tolist(), BOWL.tolist()) == suggest(RATES, BOWL)


@pytest.mark.parametrize("lost", [math.nan, math.inf, -math.inf])
def test_a_curve_ends_where_its_loss_is_no_number(lost: float) -> None:
    losses = CLIFF.copy()
    losses[80] = lost
    assert suggest(RATES, losses) == suggest(RATES[:80], CLIFF[:80])


def test_the_first_tenth_and_the_last_five_points_are_left_out() -> None:
    rates, losses = usable(RATES, CLIFF)
    assert (rates == RATES[10:-5]).all()
    assert (losses == CLIFF[10:-5]).all()


def test_the_first_tenth_is_one_of_the_points_planned_where_the_test_ended_early() -> None:
    rates, losses = usable(RATES[:60], CLIFF[:60], planned=101)
    assert (rates == RATES[10:55]).all()
    assert (losses == CLIFF[10:55]).all()


def test_points_are_left_out_before_the_curve_is_cut_where_its_loss_is_no_number() -> None:
    losses = CLIFF.copy()
    losses[80:] = np.nan
    kept = usable(RATES, losses)
    assert (kept[0] == RATES[10:80]).all()
    assert (kept[1] == CLIFF[10:80]).all()


def test_of_too_few_points_none_is_left() -> None:
    assert [len(part) for part in usable(RATES[:5], CLIFF[:5])] == [0, 0]
    assert [len(part) for part in usable([], [])] == [0, 0]


def test_the_smoothed_losses_are_the_weighted_means_of_those_so_far() -> None:
    losses = noisy(CLIFF, 0.05)
    weights = [0.98 ** np.arange(n, -1, -1.0) for n in range(len(losses))]
    means = [np.average(losses[: n + 1], weights=weights[n]) for n in range(len(losses))]
    np.testing.assert_allclose(smoothed(losses), means, rtol=1e-12)


def test_a_steady_loss_stays_as_it_is_when_smoothed() -> None:
    np.testing.assert_allclose(smoothed([0.7] * 30), [0.7] * 30, rtol=1e-14)


def test_without_weight_on_the_past_nothing_is_smoothed() -> None:
    np.testing.assert_array_equal(smoothed(BOWL, 0), BOWL)


def test_smoothing_says_nothing_from_the_first_loss_on_that_is_no_number() -> None:
    assert np.isfinite(smoothed([1, 2, math.inf, 1, 1])).tolist() == [True, True, False, False, False]
    assert smoothed([]).tolist() == []
    assert np.isnan(smoothed([math.nan])).all()


def test_the_rates_of_a_test_grow_by_the_same_multiple() -> None:
    assert RATES[[0, 100]] == pytest.approx([1e-4, 10])
    assert np.ptp(RATES[1:] / RATES[:-1]) < 1e-12


def test_the_published_schedule_grows_tenfold_in_a_hundred_epochs() -> None:
    assert published_rates(301)[[0, 100, 150, 300]] == pytest.approx([1e-4, 1e-3, 10**-2.5, 1e-1])


def test_what_is_no_curve_is_refused_by_the_rule() -> None:
    with pytest.raises(ValueError, match=r"at least 16 finite losses\. Got 15\.$"):
        suggest(RATES[:15], BOWL[:15])
    with pytest.raises(ValueError, match=r"at least 16 finite losses\. Got 0\.$"):
        suggest(RATES, np.full(101, np.nan))
    with pytest.raises(ValueError, match=r"as many, in one row each\. Got shapes \(101,\) and \(100,\)\.$"):
        suggest(RATES, BOWL[:-1])
    with pytest.raises(ValueError, match=r"^rates must be above 0\. Got -1\.0\.$"):
        suggest(np.linspace(-1, 1, 20), BOWL[:20])


@pytest.mark.parametrize(("least", "most"), [(0, 1), (1, 1), (2, 1), (-1, 1), (math.nan, 1), (1, math.inf)])
def test_rates_that_do_not_grow_are_refused(least: float, most: float) -> None:
    with pytest.raises(ValueError, match="must be finite and 0 < least < most"):
        range_test_rates(least, most, 10)


def test_a_test_of_one_rate_and_a_smoothing_of_nothing_but_the_past_are_refused() -> None:
    with pytest.raises(ValueError, match=r"^count must be at least 2\. Got 1\.$"):
        range_test_rates(1, 2, 1)
    with pytest.raises(ValueError, match=r"^beta must be in \[0, 1\)\. Got 1\.$"):
        smoothed([1.0], 1)

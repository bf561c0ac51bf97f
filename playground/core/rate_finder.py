"""The learning-rate range test: the rates to train with, and which of them the losses suggest.

The rate grows from step to step while a network trains. Where the loss falls fastest the rate is about right; where it
rises again the rate is too high (Smith, Cyclical Learning Rates for Training Neural Networks, 2017, section 3.3).
The suggestions are those of fastai: https://github.com/fastai/fastai/blob/master/fastai/callback/schedule.py
(`valley`, `slide`, `steep`, `minimum`, and `lr_find`, which calls them).

From the raw losses of a test to the suggestions it is ``suggest(*usable(rates, smoothed(losses)))``.
"""

from __future__ import annotations

from itertools import accumulate
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]

FIRST_RATE = 1e-4
EPOCHS_A_DECADE = 100
"""The published schedule: 1e-4 · 10^(epoch / 100)."""

LEAST_RATE, MOST_RATE, STEPS = 1e-4, 10.0, 2400
"""Of a test, where nothing else is said."""
SMOOTHING_OF_MEDIANS = 0.9
"""A median over seeds is less noisy than the loss of one batch."""

SMOOTHING = 0.98
"""The share of the average that stays from step to step, as in fastai."""
LEFT_OUT_AT_THE_START = 10
"""One in so many points is left out: its losses are those of a network that has hardly begun."""
LEFT_OUT_AT_THE_END = 5
SLIDE = 15
"""Points between the two whose slopes are compared."""
SETTLED = 0.005
"""Slopes (loss a point) that differ by no more are alike."""
FEWEST = SLIDE + 1
"""Finite losses that are needed for suggestions."""


class FoundRates(NamedTuple):
    """What a test with several seeds says.

    Attributes
    ----------
    median, smoothed : (steps,), of the seeds' losses, and that smoothed
    low, high : (steps,), a quarter of the seeds lie below, a quarter above
    suggested : the rate that each rule suggests; empty while there are too few losses
    """

    median: Floats
    smoothed: Floats
    low: Floats
    high: Floats
    suggested: dict[str, float]


def found_rates(rates: ArrayLike, losses: ArrayLike) -> FoundRates:
    """What the losses of several seeds in a test say.

    A loss that is no number counts as above all others, so that a seed that has diverged does not flatter a rate.

    Parameters
    ----------
    rates : (steps,) all that are planned
    losses : (seeds, steps so far)
    """
    given = np.asarray(losses, np.float64)
    values = np.where(np.isfinite(given), given, np.inf)
    low, median, high = np.percentile(values, [25, 50, 75], axis=0, method="lower")  # between two may be no number
    smooth = smoothed(median, SMOOTHING_OF_MEDIANS)
    planned = np.asarray(rates, np.float64)
    kept = usable(planned[: len(smooth)], smooth, len(planned))
    enough = len(kept[1]) >= FEWEST
    return FoundRates(median, smooth, low, high, suggest(*kept) if enough else {})


def range_test_rates(least: float = LEAST_RATE, most: float = MOST_RATE, count: int = STEPS) -> Floats:
    """The rates of a test: `count` from `least` to `most`, each the same multiple of the one before.

    With fewer steps a decade a network cannot follow, and the loss is least at rates that are too high to train with.

    Raises
    ------
    ValueError
        When `least` is not above 0 and below `most`, or `count` is below 2.
    """
    if not 0 < least < most < np.inf:
        raise ValueError(f"least and most must be finite and 0 < least < most. Got {least} and {most}.")
    if count < 2:
        raise ValueError(f"count must be at least 2. Got {count}.")
    rates: Floats = np.geomspace(least, most, count)
    return rates


def published_rates(count: int) -> Floats:
    """The rates of the published schedule, 1e-4 · 10^(epoch / 100), for epochs 0 to `count` - 1."""
    return FIRST_RATE * 10 ** (np.arange(count) / EPOCHS_A_DECADE)


def smoothed(losses: ArrayLike, beta: float = SMOOTHING) -> Floats:
    """The exponential moving average of (n,) losses, without its bias towards 0 at the start.

    From the first loss on that is no number, none is. The average trails what it follows by up to 1 / (1 - `beta`)
    points: fastai's 0.98 suits single batches; for the losses of whole epochs, or a median over seeds, a smaller
    `beta` shows the turn where it is.

    Raises
    ------
    ValueError
        When `beta` is not in [0, 1).
    """
    if not 0 <= beta < 1:
        raise ValueError(f"beta must be in [0, 1). Got {beta}.")
    values = _until_not_finite(losses)
    sums = list(accumulate(values.tolist(), lambda kept, loss: beta * kept + (1 - beta) * loss, initial=0.0))[1:]
    averages = np.full(np.shape(losses), np.nan)
    averages[: len(values)] = np.array(sums) / (1 - beta ** np.arange(1, len(values) + 1))
    return averages


def usable(rates: ArrayLike, losses: ArrayLike, planned: int | None = None) -> tuple[Floats, Floats]:
    """The part of a test that fastai's `lr_find` suggests from.

    The first tenth of the points that were `planned` (all there are, if it is not said; a test may end early) and the
    last five are left out; of the rest, all from the first loss on that is no finite number.

    Parameters
    ----------
    rates, losses : (n,) in the order of the test

    Raises
    ------
    ValueError
        When there are not as many losses as rates.
    """
    x, y = _curve(rates, losses)
    kept = slice((len(x) if planned is None else planned) // LEFT_OUT_AT_THE_START, -LEFT_OUT_AT_THE_END)
    y = _until_not_finite(y[kept])
    return x[kept][: len(y)], y


def suggest(rates: ArrayLike, losses: ArrayLike) -> dict[str, float]:
    """The rate that each of fastai's rules suggests for the curve as it is given: no point of it is left out.

    `lr_find` calls them with what `usable` gives. From the first loss on that is no finite number the curve is not
    looked at.

    Parameters
    ----------
    rates : (n,) above 0, in the order of the test
    losses : (n,) smoothed or not

    Returns
    -------
    valley : the middle of the longest run of falling losses, which may have higher ones in between; the default
    slide : left of where the slope, from the end backwards, is for the first time what it is 15 points before
    steep : where the loss falls fastest over the logarithm of the rate
    minimum : a tenth of the rate with the least loss

    Raises
    ------
    ValueError
        When there are not as many losses as rates, a rate is not above 0, or fewer than 16 losses are finite.
    """
    x, y = _curve(rates, losses)
    y = _until_not_finite(y)
    x = x[: len(y)]
    if len(y) < FEWEST:
        raise ValueError(f"A rate is suggested from at least {FEWEST} finite losses. Got {len(y)}.")
    if not (x > 0).all():
        raise ValueError(f"rates must be above 0. Got {x.min()}.")
    return {
        "valley": float(x[_valley(y)]),
        "slide": float(x[_slide(y)]),
        "steep": float(x[np.argmin(np.diff(y) / np.diff(np.log(x)))]),
        "minimum": float(x[np.argmin(y)] / 10),
    }


def _valley(losses: Floats) -> int:
    """The middle (a third, and half a third) of the longest falling subsequence, the first of several.

    fastai counts the start one point early. Where the first two points are the longest, that is before the first
    one, and fastai's index goes round to the last, highest rate; here it stays at the first.
    """
    lengths = np.ones(len(losses), int)
    for here in range(1, len(losses)):
        lengths[here] += lengths[:here][losses[:here] > losses[here]].max(initial=0)
    end = int(np.argmax(lengths))
    start = end - int(lengths[end]) if lengths[end] > 1 else 0
    third = (end - start) / 3
    return max(start + int(third) + int(third / 2), 0)


def _slide(losses: Floats) -> int:
    """The left of two points `SLIDE` apart, moved from the end while their slopes differ; the last where they do."""
    slopes = np.gradient(losses)
    alike = np.flatnonzero(np.abs(slopes[SLIDE:] - slopes[:-SLIDE]) <= SETTLED)
    most = len(losses) - FEWEST
    return min(int(alike[-1]) + 1, most) if len(alike) else 0


def _curve(rates: ArrayLike, losses: ArrayLike) -> tuple[Floats, Floats]:
    x, y = np.asarray(rates, np.float64), np.asarray(losses, np.float64)
    if x.ndim != 1 or x.shape != y.shape:
        raise ValueError(f"rates and losses must be as many, in one row each. Got shapes {x.shape} and {y.shape}.")
    return x, y


def _until_not_finite(losses: ArrayLike) -> Floats:
    values = np.asarray(losses, np.float64)
    lost = np.flatnonzero(~np.isfinite(values))
    return values[: lost[0]] if len(lost) else values

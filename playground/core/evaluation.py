"""How good a network's answers are: confusion, scores, ROC, calibration and residuals, as scikit-learn defines them.

The tests hold each to scikit-learn's own number. It is not called here: importing its metrics takes a worker seconds
and 80 MB, and its checks take four times as long as the counting.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from playground.core.rounding import OF_FLOAT32, are_alike, without_last_bits

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

THRESHOLD = 0.5


class Scores(NamedTuple):
    """Shares in [0, 1]. Precision, recall and F1 are (K,), one a class; `macro_f1` is their plain mean.

    Precision is TP / (TP + FP), recall TP / (TP + FN), F1 their harmonic mean; 0 where a denominator is 0.
    `support` is (K,), the number of points of each class.
    """

    accuracy: float
    precision: Floats
    recall: Floats
    f1: Floats
    support: Ints
    macro_precision: float
    macro_recall: float
    macro_f1: float


class Roc(NamedTuple):
    """True against false positive rate as the threshold falls, both (m,) in [0, 1], and the area under the curve."""

    false_positive_rate: Floats
    true_positive_rate: Floats
    thresholds: Floats
    auc: float


class Calibration(NamedTuple):
    """For each bin of probabilities that holds a point: mean probability, share of class 1, and points; all (m,)."""

    predicted: Floats
    observed: Floats
    points: Ints


class Residuals(NamedTuple):
    """`residuals` (n,) are target minus output, in the target's units, as is `mae`; `r2` is at most 1."""

    residuals: Floats
    mae: float
    r2: float


def predicted_classes(values: ArrayLike) -> Ints:
    """The class a network decides for.

    Parameters
    ----------
    values : (n, 1) probability of class 1, or (n, K) value of each class

    Returns
    -------
    (n,) int64
        1 where the probability exceeds 0.5, else 0; or the class with the greatest value, the first one of equals.
        Both are what Keras counts as its accuracy.
    """
    values = np.asarray(values)
    if values.shape[1] == 1:
        return (values[:, 0] > THRESHOLD).astype(np.int64)
    winners: Ints = np.argmax(values, axis=1)
    return winners


def confusion(y: ArrayLike, predicted: ArrayLike, n_classes: int) -> Ints:
    """Points of true class i (row) that were called class j (column): (K, K)."""
    cells = np.asarray(y, dtype=np.int64) * n_classes + np.asarray(predicted, dtype=np.int64)
    return np.bincount(cells, minlength=n_classes**2).reshape(n_classes, n_classes).astype(np.int64)


def row_shares(matrix: Ints) -> Floats:
    """Each row of a confusion matrix as shares of that class; zeros for a class without points."""
    return _ratio(matrix, matrix.sum(axis=1, keepdims=True))


def _ratio(part: Ints, whole: Ints) -> Floats:
    """Part by whole; 0 where there is no whole."""
    shares: Floats = np.divide(part, whole, out=np.zeros(part.shape), where=whole > 0)
    return shares


def scores(y: ArrayLike, predicted: ArrayLike, n_classes: int) -> Scores:
    """Accuracy, and precision, recall and F1 of each class and their means."""
    counts = confusion(y, predicted, n_classes)
    right, called, support = np.diag(counts), counts.sum(axis=0), counts.sum(axis=1)
    precision, recall, f1 = _ratio(right, called), _ratio(right, support), _ratio(2 * right, support + called)
    means = (float(np.mean(each)) for each in (precision, recall, f1))
    return Scores(float(right.sum() / counts.sum()), precision, recall, f1, support, *means)


def roc(y: ArrayLike, probability: ArrayLike) -> Roc | None:
    """The receiver operating characteristic of two classes; None when only one of them has points.

    Points on a straight line between their neighbours are left out, as in scikit-learn's `roc_curve`. Probabilities
    that only rounding tells apart are one threshold, the least of them.
    """
    y, p = np.asarray(y), np.asarray(probability)
    if len(np.unique(y)) < 2:
        return None
    order = np.argsort(p, kind="stable")[::-1]
    last = np.append(np.flatnonzero(np.diff(without_last_bits(p[order]))), len(p) - 1)
    true = np.cumsum(y[order] == 1)[last]
    false = 1 + last - true
    corners = _corners(false, true)
    rates = (np.append(0.0, count[corners] / count[-1]) for count in (false, true))
    fpr, tpr = rates
    return Roc(fpr, tpr, np.append(np.inf, p[order][last][corners]), float(np.trapezoid(tpr, fpr)))


def _corners(false: Ints, true: Ints) -> Ints:
    """The indices at which the curve turns, and its ends."""
    if len(false) <= 2:
        return np.arange(len(false))
    turns = (np.diff(false, 2) != 0) | (np.diff(true, 2) != 0)
    return np.flatnonzero(np.concatenate([[True], turns, [True]]))


def calibration(y: ArrayLike, probability: ArrayLike, bins: int = 10) -> Calibration:
    """How often class 1 comes true where the network says p, in bins of equal width over [0, 1].

    A bin holds its upper end, the first one both ends (scikit-learn's `calibration_curve`, strategy "uniform", with the
    counts it leaves out).
    """
    y, p = np.asarray(y, dtype=np.float64), np.asarray(probability, dtype=np.float64)
    index = np.searchsorted(np.linspace(0, 1, bins + 1)[1:-1], p)
    count = np.bincount(index, minlength=bins)
    held = count > 0
    sums = (np.bincount(index, weights=weights, minlength=bins) for weights in (p, y))
    predicted, observed = (total[held] / count[held] for total in sums)
    return Calibration(predicted, observed, count[held].astype(np.int64))


def residuals(y: ArrayLike, output: ArrayLike) -> Residuals:
    """What a regression gets wrong, by how much, and the share of the targets' variance that it explains."""
    y, output = np.asarray(y, dtype=np.float64), np.asarray(output, dtype=np.float64)
    wrong = y - output
    return Residuals(wrong, float(np.mean(np.abs(wrong))), _explained(wrong, y))


def _explained(wrong: Floats, y: Floats) -> float:
    """1 minus the residuals' share of the targets' squares about their mean; NaN of fewer than two points."""
    if len(y) < 2:
        return float("nan")
    if are_alike(y):
        return float(np.abs(wrong).max() <= OF_FLOAT32 * np.abs(y).max())
    return 1 - float(np.sum(wrong**2) / np.sum((y - y.mean()) ** 2))

"""Borders of hand-made scores."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from playground.engine.contours import border_lines

AXIS = np.linspace(-1, 1, 41)
X1, X2 = np.meshgrid(AXIS, AXIS)


def _length(lines: NDArray[np.float32]) -> float:
    steps = np.hypot(*np.diff(lines, axis=0).T)
    return float(np.nansum(steps))


def test_a_straight_border_is_one_straight_line() -> None:
    lines = border_lines(X1, X2, (X1 - 0.33)[np.newaxis])
    np.testing.assert_allclose(lines[:, 0], 0.33, atol=1e-6)
    assert abs(_length(lines) - 2) < 1e-5


def test_two_scores_part_where_they_are_equal() -> None:
    lines = border_lines(X1, X2, np.stack([X1, X2]))
    np.testing.assert_allclose(lines[:, 0], lines[:, 1], atol=1e-6)


def test_separate_pieces_are_parted_by_a_row_of_nan() -> None:
    lines = border_lines(X1, X2, (np.abs(X1) - 0.51)[np.newaxis])
    assert np.isnan(lines).all(axis=1).sum() == 1
    assert abs(_length(lines) - 4) < 1e-4


def test_each_border_of_many_classes_is_drawn_once() -> None:
    """Five sectors about the origin: five rays, whose length on the square is known."""
    angles = 2 * np.pi * np.arange(5) / 5
    scores = np.stack([X1 * np.cos(angle) + X2 * np.sin(angle) for angle in angles])
    rays = angles + np.pi / 5
    expected = sum(1 / max(abs(np.cos(ray)), abs(np.sin(ray))) for ray in rays)
    lines = border_lines(X1, X2, scores)
    assert abs(_length(lines) - expected) < 0.15
    points = lines[~np.isnan(lines[:, 0])]
    bearing = np.arctan2(points[:, 1], points[:, 0])
    off = np.abs((bearing[:, np.newaxis] - rays + np.pi) % (2 * np.pi) - np.pi).min(axis=1)
    assert (off * np.hypot(*points.T)).max() < 0.05


def test_a_class_without_a_place_has_no_border() -> None:
    lines = border_lines(X1, X2, np.stack([X1, -X1, np.full_like(X1, -9.0), X1 - 5]))
    np.testing.assert_allclose(lines[:, 0], 0, atol=1e-6)


def test_one_class_everywhere_or_scores_that_are_not_numbers_have_no_border() -> None:
    ones = np.ones((1, 41, 41))
    for scores in (ones, -ones, ones * np.nan, np.concatenate([ones, 2 * ones, 3 * ones])):
        assert border_lines(X1, X2, scores).shape == (0, 2)

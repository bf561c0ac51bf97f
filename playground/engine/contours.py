"""The exact decision border on a grid, as polylines."""

from __future__ import annotations

import contourpy
import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.floating]
Lines = NDArray[np.float32]

NO_LINES: Lines = np.empty((0, 2), np.float32)


def border_lines(x1: Floats, x2: Floats, scores: Floats) -> Lines:
    """Where the decision changes: zeros of one score, or the borders between the classes of the largest of many.

    Parameters
    ----------
    x1, x2 : (n, n), coordinates of the grid
    scores : (K, n, n); K = 1 is above 0 on one side, K > 1 one score a class

    Returns
    -------
    (m, 2) float32
        Polylines, separated by a row of NaN; empty when one class has all of the grid.
    """
    if not np.isfinite(scores).all():
        return NO_LINES
    if len(scores) == 1:
        return _zeros(x1, x2, scores[0])
    if len(scores) == 2:
        return _zeros(x1, x2, scores[1] - scores[0])
    return _class_borders(x1, x2, scores)


def _zeros(x1: Floats, x2: Floats, field: Floats) -> Lines:
    if field.min() > 0 or field.max() <= 0:
        return NO_LINES
    (points,) = _generator(x1, x2, field).lines(0.0)[0]
    return NO_LINES if points is None else points.astype(np.float32)


def _generator(x1: Floats, x2: Floats, field: Floats) -> contourpy.SerialContourGenerator:
    """What `contourpy.contour_generator` makes, without its search for what is masked: half of the time."""
    return contourpy.SerialContourGenerator(
        x1.astype(np.float64, copy=False),
        x2.astype(np.float64, copy=False),
        field.astype(np.float64),
        None,  # type: ignore[arg-type]  # no mask; its hints do not know that it may be left out
        corner_mask=True,
        line_type=contourpy.LineType.ChunkCombinedNan,
        fill_type=contourpy.FillType.OuterOffset,
        quad_as_tri=False,
        z_interp=contourpy.ZInterp.Linear,
        x_chunk_size=0,
        y_chunk_size=0,
    )


def _class_borders(x1: Floats, x2: Floats, scores: Floats) -> Lines:
    """Each class's border with the classes after it, so that no border comes twice."""
    scores = scores[np.unique(scores.argmax(axis=0))]
    best, second = _two_best(scores)
    best_later = np.maximum.accumulate(scores[::-1])[::-1]
    best_earlier = scores[0]
    parts = []
    for index, score in enumerate(scores[:-1]):
        line = _zeros(x1, x2, score - np.where(score == best, second, best))
        if index:
            line = _where_positive(line, x1, x2, best_later[index + 1] - best_earlier)
            best_earlier = np.maximum(best_earlier, score)
        parts += [line, np.full((1, 2), np.nan, np.float32)] if len(line) else []
    return np.concatenate(parts[:-1]) if parts else NO_LINES


def _two_best(scores: Floats) -> tuple[Floats, Floats]:
    """The largest and the second largest score at each point."""
    best, second = scores[0], np.full_like(scores[0], -np.inf)
    for score in scores[1:]:
        second = np.maximum(second, np.minimum(best, score))
        best = np.maximum(best, score)
    return best, second


def _where_positive(line: Lines, x1: Floats, x2: Floats, field: Floats) -> Lines:
    """The pieces of a line on which a field is positive."""
    shown = _at(field, line, x1, x2) > 0
    # A junction of borders lies between two vertices: keep the segments that reach it, from either side.
    shown[:-1] |= shown[1:].copy()
    shown &= np.isfinite(line[:, 0])
    pieces = np.where(shown[:, np.newaxis], line, np.float32(np.nan))
    is_second_gap = ~shown & np.append(True, ~shown[:-1])
    return pieces[~is_second_gap]


def _at(field: Floats, points: Lines, x1: Floats, x2: Floats) -> Floats:
    """The field at points, linear within each cell; NaN where a point is NaN."""
    row, below = _cell(points[:, 1], x2[:, 0])
    column, left = _cell(points[:, 0], x1[0])
    low = field[row, column] * (1 - left) + field[row, column + 1] * left
    high = field[row + 1, column] * (1 - left) + field[row + 1, column + 1] * left
    return low * (1 - below) + high * below


def _cell(values: Floats, axis: Floats) -> tuple[NDArray[np.intp], Floats]:
    """The cell of each value on an even axis, and how far into it the value lies (0 to 1, NaN stays NaN)."""
    place = (values - axis[0]) / (axis[1] - axis[0])
    cell = np.clip(np.nan_to_num(place), 0, len(axis) - 2).astype(np.intp)
    return cell, place - cell

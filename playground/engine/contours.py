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
    generator = contourpy.contour_generator(
        x1, x2, field, name="serial", line_type=contourpy.LineType.ChunkCombinedNan
    )
    (points,) = generator.lines(0.0)[0]
    return NO_LINES if points is None else points.astype(np.float32)


def _class_borders(x1: Floats, x2: Floats, scores: Floats) -> Lines:
    """Each class's border with the classes after it, so that no border comes twice."""
    winners = np.unique(scores.argmax(axis=0))
    parts = []
    for position, own in enumerate(winners[:-1]):
        others = scores[np.delete(winners, position)]
        line = _zeros(x1, x2, scores[own] - others.max(axis=0))
        if position:
            line = _facing(line, x1, x2, scores[winners[:position]], scores[winners[position + 1 :]])
        parts += [line, np.full((1, 2), np.nan, np.float32)] if len(line) else []
    return np.concatenate(parts[:-1]) if parts else NO_LINES


def _facing(line: Lines, x1: Floats, x2: Floats, earlier: Floats, later: Floats) -> Lines:
    """The parts of a class's border where the class on the other side is a later one."""
    lead = later.max(axis=0) - earlier.max(axis=0)
    shown = _at(lead, line, x1, x2) > 0
    # A junction lies between two vertices: keep the piece that reaches it.
    shown[:-1] |= shown[1:]
    shown &= np.isfinite(line[:, 0])
    pieces = np.where(shown[:, np.newaxis], line, np.float32(np.nan))
    doubled = ~shown & np.append(True, ~shown[:-1])
    return pieces[~doubled]


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

"""The plane of a card: what the network says everywhere, the border between classes, and the points."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray
from PIL import Image, ImageDraw

from playground.core.grid import Range
from playground.figures.card.colors import GROUND, LINE, color_of, plane_colors, reach_of, two_colored
from playground.figures.card.marks import stamp_mark

MARK, BORDER = 5.0, 3
"""Radius of a point and width of the border, in pixels of the finished card."""


class PlanePicture(NamedTuple):
    """What is seen of a plane.

    Attributes
    ----------
    x1, x2 : the range of each axis
    values : (K, n, n) at x2[i], x1[j]: the probability of class 1 (K = 1) or of each class; for regression the output
    lines : (m, 2) polylines separated by rows of NaN
    X, y : (k, 2) and (k,), the points drawn
    task : ``classification`` or ``regression``
    """

    x1: Range
    x2: Range
    values: ArrayLike
    lines: ArrayLike
    X: ArrayLike
    y: ArrayLike
    task: str = "classification"


def draw_plane(picture: PlanePicture, size: int, scale: int) -> Image.Image:
    """The plane as a square of `size` pixels, in which a pixel of the finished card has `scale` of them."""
    colors = plane_colors(picture.values, picture.task)[::-1]
    drawn = Image.fromarray(np.ascontiguousarray(colors)).resize((size, size), Image.Resampling.BICUBIC)
    pen = ImageDraw.Draw(drawn)
    for line in _polylines(_pixels(picture, picture.lines, size)):
        pen.line([(float(x), float(y)) for x, y in line], fill=LINE, width=BORDER * scale, joint="curve")
    _stamp_points(drawn, picture, MARK * scale)
    return drawn


def _stamp_points(drawn: Image.Image, picture: PlanePicture, radius: float) -> None:
    size = drawn.width
    y = np.asarray(picture.y)
    targets = two_colored(y / reach_of(y), strength=1.0) if picture.task == "regression" else None
    for place, (left, top) in enumerate(_pixels(picture, picture.X, size)):
        if not (abs(left) < 2 * size and abs(top) < 2 * size):  # far outside, or no number at all
            continue
        if targets is None:
            stamp_mark(drawn, int(y[place]), float(left), float(top), radius, color_of(int(y[place])), GROUND)
        else:
            red, green, blue = targets[place].tolist()
            stamp_mark(drawn, 0, float(left), float(top), radius, (red, green, blue), GROUND)


def _pixels(picture: PlanePicture, points: ArrayLike, size: int) -> NDArray[np.float64]:
    """Where points (m, 2) of the plane lie on the picture."""
    found = np.asarray(points, dtype=np.float64).reshape(-1, 2)
    (left, right), (low, high) = picture.x1, picture.x2
    return np.column_stack([(found[:, 0] - left) / (right - left), (high - found[:, 1]) / (high - low)]) * size


def _polylines(points: NDArray[np.float64]) -> Iterator[NDArray[np.float64]]:
    """The parts between rows that are no numbers."""
    gaps = np.flatnonzero(~np.isfinite(points).all(axis=1))
    for part in np.split(points, gaps):
        line = part[np.isfinite(part).all(axis=1)]
        if len(line) > 1:
            yield line

"""Marks of points: the shape of each class as the page draws it, never colour alone."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from functools import lru_cache

from PIL import Image, ImageDraw

from playground.figures.card.colors import Color
from playground.figures.look import symbol

FINER = 6
HALO = 0.24
"""Width of the halo, in radii."""
_ROUND = [(math.cos(math.tau * i / 48), math.sin(math.tau * i / 48)) for i in range(48)]
_OUTLINES: Mapping[str, Sequence[tuple[float, float]]] = {
    "circle": _ROUND,
    "square": [(-0.88, -0.88), (0.88, -0.88), (0.88, 0.88), (-0.88, 0.88)],
    "triangle-up": [(0, -1.15), (1.1, 0.8), (-1.1, 0.8)],
    "diamond": [(0, -1.25), (1.25, 0), (0, 1.25), (-1.25, 0)],
    "cross": [
        *((-0.42, -1.1), (0.42, -1.1), (0.42, -0.42), (1.1, -0.42), (1.1, 0.42), (0.42, 0.42)),
        *((0.42, 1.1), (-0.42, 1.1), (-0.42, 0.42), (-1.1, 0.42), (-1.1, -0.42), (-0.42, -0.42)),
    ],
    "star": [
        *((0, -1.3), (0.34, -0.42), (1.24, -0.4), (0.53, 0.16), (0.77, 1.05)),
        *((0, 0.54), (-0.77, 1.05), (-0.53, 0.16), (-1.24, -0.4), (-0.34, -0.42)),
    ],
}
"""Of radius 1 about 0, y downwards."""


def stamp_mark(picture: Image.Image, index: int, x: float, y: float, radius: float, fill: Color, halo: Color) -> None:
    """A point of a class about (x, y), with a halo that sets it off from the plane."""
    inner, outer = _masks(symbol(index), radius)
    place = (round(x - inner.width / 2), round(y - inner.height / 2))
    picture.paste(halo, (*place, place[0] + outer.width, place[1] + outer.height), outer)
    picture.paste(fill, (*place, place[0] + inner.width, place[1] + inner.height), inner)


@lru_cache(maxsize=32)
def _masks(shape: str, radius: float) -> tuple[Image.Image, Image.Image]:
    """Where a mark is filled, and where its halo is: drawn large and made small, which smooths the edges."""
    size = 2 * round(1.3 * radius + HALO * radius + 2)
    inner, outer = (Image.new("L", (size * FINER, size * FINER), 0) for _ in range(2))
    middle = size * FINER / 2
    outline = [(middle + FINER * radius * dx, middle + FINER * radius * dy) for dx, dy in _OUTLINES[shape]]
    ImageDraw.Draw(inner).polygon(outline, fill=255)
    pen = ImageDraw.Draw(outer)
    pen.polygon(outline, fill=255)
    pen.line([*outline, *outline[:2]], fill=255, width=round(2 * HALO * radius * FINER), joint="curve")
    return inner.reduce(FINER), outer.reduce(FINER)

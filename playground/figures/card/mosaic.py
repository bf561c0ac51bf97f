"""A mosaic on a card: what each of many networks says over the plane, in a tile of its own with its name below."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray
from PIL import Image, ImageDraw

from playground.figures.card.colors import GROUND, LINE, TEXT, plane_colors
from playground.figures.card.words import fitting, font, plainer

MARGIN, GAP, NAME_HEIGHT, LETTERS = 20, 12, 26, 17
"""Around all tiles, between two, and of the line below each and its letters, in pixels of the finished card."""
BORDER = 2
"""Width of the border between classes."""


class Tile(NamedTuple):
    """A network in small.

    Attributes
    ----------
    name : what tells it from the others
    values : (K, n, n) at x2[i], x1[j]: the probability of class 1 (K = 1) or of each class; for regression the output
    task : ``classification`` or ``regression``
    """

    name: str
    values: ArrayLike
    task: str = "classification"


class Mosaic(NamedTuple):
    """The tiles, row by row, so many in each."""

    tiles: Sequence[Tile]
    columns: int


def drawn_mosaic(mosaic: Mosaic, size: int, scale: int) -> Iterator[Image.Image | None]:
    """A square of `size` pixels, `scale` of them to one of the finished card: a step a tile; the last gives it."""
    drawn = Image.new("RGB", (size, size), GROUND)
    pen, letters = ImageDraw.Draw(drawn), font(LETTERS * scale)
    side = side_of(mosaic, size // scale) * scale
    rows = -(-len(mosaic.tiles) // mosaic.columns)
    across, down = side + GAP * scale, side + (NAME_HEIGHT + GAP) * scale
    left = (size - mosaic.columns * across + GAP * scale) // 2
    top = (size - rows * down + GAP * scale) // 2
    for place, tile in enumerate(mosaic.tiles):
        yield None
        row, column = divmod(place, mosaic.columns)
        corner = left + column * across, top + row * down
        drawn.paste(_tile(tile, side, scale), corner)
        name = fitting(plainer(tile.name), letters, side)
        pen.text((corner[0] + side // 2, corner[1] + side + 4 * scale), name, fill=TEXT, font=letters, anchor="ma")
    yield drawn


def side_of(mosaic: Mosaic, size: int) -> int:
    """Pixels of a tile's side where all of them have a square of `size`."""
    rows, columns = -(-len(mosaic.tiles) // mosaic.columns), mosaic.columns
    wide = (size - 2 * MARGIN - (columns - 1) * GAP) // columns
    return min(wide, (size - 2 * MARGIN - (rows - 1) * GAP) // rows - NAME_HEIGHT)


def _tile(tile: Tile, side: int, scale: int) -> Image.Image:
    maps = np.array([_enlarged(each, side) for each in np.asarray(tile.values, np.float32)])
    colors = np.where(_border(maps, tile.task, BORDER * scale)[..., np.newaxis], LINE, plane_colors(maps, tile.task))
    return Image.fromarray(np.ascontiguousarray(colors[::-1].astype(np.uint8)))


def _enlarged(values: NDArray[np.float32], side: int) -> NDArray[np.float32]:
    """Values (n, n) as (side, side); where they are no numbers they stay none."""
    return np.asarray(Image.fromarray(values).resize((side, side), Image.Resampling.BILINEAR))


def _border(maps: NDArray[np.float32], task: str, width: int) -> NDArray[np.bool_]:
    """(side, side): where another class is likelier no further away than half the border's width; none of a regression.

    A network whose values are no numbers has no border.
    """
    if task == "regression":
        return np.zeros(maps.shape[1:], bool)
    classes = maps.argmax(axis=0) if len(maps) > 1 else (maps[0] > 0.5).astype(np.int64)
    around = np.pad(classes, (width // 2, width - width // 2), mode="edge")
    rows, columns = classes.shape
    near = [around[down : down + rows, across : across + columns] for down in (0, width) for across in (0, width)]
    found: NDArray[np.bool_] = np.any([each != near[0] for each in near[1:]], axis=0)
    return found

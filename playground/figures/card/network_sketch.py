"""The network of a card in small: a tile for each neuron, with what it sees, and the links between by their weights."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike
from PIL import Image, ImageDraw

from playground.figures.card.colors import GROUND, MUTED, Color, color_of, mixed, two_colored
from playground.figures.card.words import font, plainer

MOST_UNITS = 8
"""Of a layer so many are drawn, the first ones; how many more there are is said below."""
TILE, LEAST_TILE, BETWEEN = 42, 14, 1.28
"""Pixels of a tile at most and at least, and from one to the next in tiles."""
WIDEST_LINK = 3.2
NEUTRAL: Color = (214, 218, 222)

Box = tuple[int, int, int, int]


class NetworkSketch(NamedTuple):
    """A network in small.

    Attributes
    ----------
    inputs : what the inputs are called
    kernels : (inputs, units) of each Dense layer, the output last
    maps : of each hidden layer what its units say over the plane, (units, m, m); none where that is not known
    output_classes : whether the output's units speak for classes, a single one for class 1; else they have no colour
    """

    inputs: Sequence[str]
    kernels: Sequence[ArrayLike]
    maps: Sequence[ArrayLike] = ()
    output_classes: bool = True


class _Column(NamedTuple):
    units: int
    tiles: list[tuple[float, float]]
    """Centres of those drawn."""


def draw_network(picture: Image.Image, sketch: NetworkSketch, box: Box, scale: int) -> None:
    """Draw a network into a box (left, top, right, bottom) of a picture."""
    kernels = [np.asarray(kernel, dtype=np.float64) for kernel in sketch.kernels]
    widths = [len(kernels[0]), *(kernel.shape[1] for kernel in kernels)]
    tile = _tile(max(min(units, MOST_UNITS) for units in widths), len(widths), box, scale)
    columns = _columns(widths, box, tile)
    pen = ImageDraw.Draw(picture)
    for place, kernel in enumerate(kernels):
        _draw_links(pen, columns[place], columns[place + 1], kernel, scale)
    for place, column in enumerate(columns):
        maps = np.asarray(sketch.maps[place - 1]) if 0 < place <= len(sketch.maps) else None
        for unit, centre in enumerate(column.tiles):
            if place == 0:
                _draw_input(picture, centre, tile, str(sketch.inputs[unit]) if unit < len(sketch.inputs) else "")
            elif place == len(columns) - 1:
                _draw_output(pen, centre, tile, _color_of_output(sketch, column, unit))
            else:
                _draw_unit(picture, centre, tile, None if maps is None else maps[unit])
        _say_how_many_more(pen, column, tile, scale)


def _color_of_output(sketch: NetworkSketch, column: _Column, unit: int) -> Color:
    return color_of(1 if column.units == 1 else unit) if sketch.output_classes else MUTED


def _tile(units: int, columns: int, box: Box, scale: int) -> int:
    left, top, right, bottom = box
    fits_height = (bottom - top) / (BETWEEN * units + 0.5)
    fits_width = (right - left) / (1.7 * columns - 0.7)
    return max(int(min(TILE * scale, fits_height, fits_width)), LEAST_TILE)


def _columns(widths: Sequence[int], box: Box, tile: int) -> list[_Column]:
    left, top, right, bottom = box
    between = (right - left - tile) / max(len(widths) - 1, 1)
    return [
        _Column(units, [(left + tile / 2 + place * between, y) for y in _rows(units, (top + bottom) / 2, tile)])
        for place, units in enumerate(widths)
    ]


def _rows(units: int, middle: float, tile: int) -> list[float]:
    drawn = min(units, MOST_UNITS)
    return [middle + (row - (drawn - 1) / 2) * BETWEEN * tile for row in range(drawn)]


def _draw_links(pen: ImageDraw.ImageDraw, before: _Column, after: _Column, kernel: ArrayLike, scale: int) -> None:
    weights = np.nan_to_num(np.asarray(kernel, dtype=np.float64))
    reach = float(np.max(np.abs(weights), initial=1e-12))
    order = [(i, j) for i in range(len(before.tiles)) for j in range(len(after.tiles))]
    for i, j in sorted(order, key=lambda each: abs(weights[each])):
        share = float(weights[i, j]) / reach
        red, green, blue = mixed(GROUND, color_of(0 if share < 0 else 1), 0.12 + 0.88 * abs(share)).tolist()
        width = max(round(WIDEST_LINK * scale * abs(share)), 1)
        pen.line([before.tiles[i], after.tiles[j]], fill=(red, green, blue), width=width)


def _draw_unit(picture: Image.Image, centre: tuple[float, float], tile: int, seen: ArrayLike | None) -> None:
    if seen is None:
        content = Image.new("RGB", (tile, tile), NEUTRAL)
    else:
        values = np.asarray(seen, dtype=np.float64)
        reach = float(np.max(np.abs(values), initial=1e-12, where=np.isfinite(values)))
        colors = np.ascontiguousarray(two_colored(values / reach, strength=0.9)[::-1])
        content = Image.fromarray(colors).resize((tile, tile), Image.Resampling.BICUBIC)
    _paste_rounded(picture, content, centre)


def _draw_input(picture: Image.Image, centre: tuple[float, float], tile: int, name: str) -> None:
    content = Image.new("RGB", (tile, tile), (240, 242, 246))
    letters, shown = font(tile * 0.42), plainer(name)
    if letters.getlength(shown) <= tile * 0.9:  # else a part of it would say nothing
        ImageDraw.Draw(content).text((tile / 2, tile / 2), shown, fill=MUTED, font=letters, anchor="mm")
    _paste_rounded(picture, content, centre)


def _draw_output(pen: ImageDraw.ImageDraw, centre: tuple[float, float], tile: int, fill: Color) -> None:
    x, y = centre
    radius = tile * 0.4
    pen.ellipse((x - radius, y - radius, x + radius, y + radius), fill=fill)


def _paste_rounded(picture: Image.Image, content: Image.Image, centre: tuple[float, float]) -> None:
    mask = Image.new("L", content.size, 0)
    ImageDraw.Draw(mask).rounded_rectangle(
        (0, 0, content.width - 1, content.height - 1), content.width * 0.18, fill=255
    )
    picture.paste(content, (round(centre[0] - content.width / 2), round(centre[1] - content.height / 2)), mask)


def _say_how_many_more(pen: ImageDraw.ImageDraw, column: _Column, tile: int, scale: int) -> None:
    more = column.units - len(column.tiles)
    if more > 0:
        x, y = column.tiles[-1]
        pen.text((x, y + 0.62 * tile), f"+{more}", fill=MUTED, font=font(15 * scale), anchor="mt")

"""Many small pictures side by side, as SVG: of each network of a wall what it says, or its curves, all on one scale."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Sequence
from html import escape
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from playground.figures.drawings import GRID, INK, MUTED, TEST, path, svg, text

SIDE, LOW = 120, 78
"""Of a panel: its width, and the height of one with curves; of a picture all sides are alike."""
GAP, LINE_HEIGHT = 12, 14
CHARACTERS, MOST_LINES = 18, 3
"""Of a title over a panel."""
BESIDE, CHARACTERS_BESIDE = 118, 18
"""Of a title before a row."""
BLOCKS = 40
"""Of a longer curve the least and the greatest value of so many stretches are drawn."""
BAND = 0.16
MOST_POWERS = 6
"""Of ten, on a scale."""

Floats = NDArray[np.float64]


class Curves(NamedTuple):
    """The curves of a panel, each (epochs,) with nan where there is none: of training and of the part held back.

    `least` and `most` bound what several networks of the panel have there; they may be left out.
    """

    train: Floats
    held: Floats
    least: Floats | None = None
    most: Floats | None = None


class Scale(NamedTuple):
    """From the least to the greatest value of a panel, along the logarithm or not; what is beyond is cut there."""

    least: float
    most: float
    logarithmic: bool = False

    def at(self, values: Floats) -> Floats:
        """Where values lie, from 0 to 1."""
        least, most, values = (np.asarray(each, np.float64) for each in (self.least, self.most, values))
        if self.logarithmic:
            least, most, values = np.log10(least), np.log10(most), np.log10(np.maximum(values, self.least))
        return np.asarray(np.clip((values - least) / (most - least), 0, 1))


def log_scale(values: NDArray[np.floating]) -> Scale:
    """One from power of ten to power of ten that holds all values above 0, if they are not too small."""
    known = values[np.isfinite(values) & (values > 0)]
    if not len(known):
        return Scale(0.1, 1.0, logarithmic=True)
    top = math.ceil(math.log10(float(known.max())) - 1e-9)
    low = max(math.floor(math.log10(float(known.min())) + 1e-9), top - MOST_POWERS)
    return Scale(10.0 ** min(low, top - 1), 10.0**top, logarithmic=True)


def picture_panel(address: str) -> str:
    """What is in the panel of a picture."""
    return f'<image href="{address}" width="{SIDE}" height="{SIDE}" preserveAspectRatio="none"/>{_frame(SIDE)}'


def curves_panel(curves: Curves, epochs: int, scale: Scale) -> str:
    """What is in the panel of curves, from epoch 0 to `epochs`."""
    parts = [_frame(LOW)]
    if curves.least is not None and curves.most is not None:
        parts.append(_band(curves.least, curves.most, epochs, scale))
    for values, color, dash in ((curves.train, INK, ""), (curves.held, TEST, ' stroke-dasharray="4 2.5"')):
        places = _placed(values, epochs, scale)
        parts.append(f'<path d="{path(places)}" fill="none" stroke="{color}" stroke-width="1.3"{dash}/>')
    return "".join(parts)


def _frame(height: float) -> str:
    return f'<rect x=".5" y=".5" width="{SIDE - 1}" height="{height - 1}" fill="none" stroke="{GRID}"/>'


def panel_svg(content: str, height: float, title: str) -> str:
    """One panel as a drawing of its own."""
    return svg(SIDE, height, title, [content])


def _band(least: Floats, most: Floats, epochs: int, scale: Scale) -> str:
    low, high = (_placed(values, epochs, scale) for values in (least, most))
    around = np.concatenate([low, high[::-1]])
    around = around[np.isfinite(around).all(axis=1)]
    return f'<path d="{path(around)}Z" fill="{TEST}" fill-opacity="{BAND}"/>' if len(around) else ""


def _placed(values: Floats, epochs: int, scale: Scale) -> Floats:
    at = _vertices(values)
    across = SIDE * at / max(epochs, 1)
    return np.column_stack([across, LOW - 1 - (LOW - 2) * scale.at(values[at])])


def _vertices(values: Floats) -> NDArray[np.intp]:
    """The places of a curve that are drawn: of each stretch the least and the greatest."""
    if len(values) <= 2 * BLOCKS:
        return np.arange(len(values))
    size = -(-len(values) // BLOCKS)
    padded = np.pad(values, (0, -len(values) % size), mode="edge").reshape(-1, size)
    padded = np.where(np.isfinite(padded), padded, 0)
    first = size * np.arange(len(padded))
    found = np.concatenate([[0], first + padded.argmin(axis=1), first + padded.argmax(axis=1), [len(values) - 1]])
    return np.unique(np.minimum(found, len(values) - 1))


# All of them ---------------------------------------------------------------------------------------------------------


class Sheet(NamedTuple):
    """How panels stand: so many across, each under a title of its own, or in rows and columns that have titles."""

    title: str
    across: int
    titles: Sequence[str] = ()
    rows: Sequence[str] = ()
    columns: Sequence[str] = ()
    notes: Sequence[str] = ()


def sheet_svg(sheet: Sheet, panels: Sequence[str], height: float = SIDE) -> str:
    """All panels, which are so high, row by row, under the title of the sheet and the notes on it."""
    flat = bool(sheet.columns)
    left = BESIDE if flat and any(sheet.rows) else 0
    heads = [_wrapped(each, CHARACTERS) for each in (sheet.columns if flat else sheet.titles)]
    head = LINE_HEIGHT * max(map(len, heads), default=0) + 4
    notes = [line for note in sheet.notes for line in textwrap.wrap(note, _fitting(sheet, left))]
    top = 26 + LINE_HEIGHT * len(notes)
    pitch = height + GAP + (0 if flat else head)
    parts = [f'<text x="{GAP}" y="19" font-size="15" font-weight="600" fill="{INK}">{escape(sheet.title)}</text>']
    parts += [text(line, GAP, 34 + LINE_HEIGHT * i, "start", MUTED) for i, line in enumerate(notes)]
    if flat:
        parts += [_lines(lines, _x(left, i), top + head - 5, up=True) for i, lines in enumerate(heads)]
        for i, row in enumerate(sheet.rows):
            parts.append(_lines(_wrapped(row, CHARACTERS_BESIDE), GAP, top + head + pitch * i + 13))
    for i, panel in enumerate(panels):
        x, y = _x(left, i % sheet.across), top + head + pitch * (i // sheet.across)
        if not flat:
            parts.append(_lines(heads[i], x, y - 5, up=True))
        parts.append(f'<g transform="translate({x:.0f},{y:.0f})">{panel}</g>')
    deep = top + pitch * math.ceil(len(panels) / sheet.across) + (head if flat else 0) + GAP
    return svg(_width(sheet, left), deep, sheet.title, ['<rect width="100%" height="100%" fill="#fff"/>', *parts])


def _x(left: float, column: int) -> float:
    return GAP + left + column * (SIDE + GAP)


def _width(sheet: Sheet, left: float) -> float:
    return max(_x(left, sheet.across), 2 * GAP + 8.2 * len(sheet.title))


def _fitting(sheet: Sheet, left: float) -> int:
    return int(_width(sheet, left) / 6.4)


def _wrapped(title: str, characters: int) -> list[str]:
    """As a few lines; what has no room ends in an ellipsis."""
    return textwrap.wrap(title, characters, max_lines=MOST_LINES, placeholder=" …") or [""]


def _lines(lines: Sequence[str], x: float, y: float, up: bool = False) -> str:
    """Lines of text, the first one at y; with `up` the last one."""
    first = y - LINE_HEIGHT * (len(lines) - 1) if up else y
    return "".join(text(line, x, first + LINE_HEIGHT * i, "start") for i, line in enumerate(lines))

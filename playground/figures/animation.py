"""A training as a moving picture: the plane of one epoch after the other, its points, and a line that says where it is.

Two kinds of files: GIF, which everything shows, and APNG, which is the smaller one. A generator makes the pictures one
by one; each step gives the share that is done, and the bytes of the file are what it returns.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from playground.core.thinning import evenly
from playground.figures.moving_files import Apng, Gif, Writer
from playground.figures.shades import Bytes, class_colors, point_colors, shaded

Format = Literal["gif", "apng"]

MOST_PICTURES = 100
MOST_BYTES = 5_000_000
SIZES = (480, 320, 200)
"""Px of a side of the plane; a file that would be too large has the next one."""
EDGE = 10
CAPTION = 30
MILLISECONDS = 80
"""That a picture is shown,"""
HOLD = 2500
"""and the last one."""
INK, PAPER, HALO, LINE = (49, 51, 63), (255, 255, 255), (255, 255, 255), (32, 36, 44)
COLORS = 128
"""Of all pictures together."""
WRITERS: Mapping[Format, Callable[[], Writer]] = {"gif": Gif, "apng": Apng}
CIRCLE, SQUARE, TRIANGLE, DIAMOND, CROSS, STAR = range(6)
SHAPES = 6


@dataclass(frozen=True)
class Still:
    """What one picture shows.

    Attributes
    ----------
    epoch, loss : for the caption; a loss may be no number
    map : (K, n, n) uint8, as a frame has it
    lo, hi : what 0 and 255 of the map stand for
    lines : (m, 2) border, polylines separated by rows of NaN
    """

    epoch: int
    loss: float | None
    map: Bytes
    lo: float
    hi: float
    lines: NDArray[np.floating]


@dataclass(frozen=True)
class Ground:
    """What all pictures share.

    Attributes
    ----------
    x1, x2 : the plane's ranges
    X, y : points (n, 2) and their targets (n,)
    classes : of a classification; 0 for a regression
    target : of a regression the values with the strongest colours
    """

    x1: tuple[float, float]
    x2: tuple[float, float]
    X: NDArray[np.floating]
    y: NDArray[np.floating]
    classes: int
    target: tuple[float, float] = (0.0, 1.0)


def animate(ground: Ground, stills: Sequence[Still], kind: Format = "gif") -> Generator[float, None, bytes]:
    """The file of an animation.

    Parameters
    ----------
    stills : in rising epochs; of more than `MOST_PICTURES` some are left out, the first and the last never

    Raises
    ------
    ValueError
        When there is none.
    """
    if not stills:
        raise ValueError("An animation must have one picture or more. Got none.")
    chosen = evenly(stills, MOST_PICTURES)
    done = 0.0
    for size in SIZES:
        content, done = yield from _drawn(ground, chosen, kind, size, done)
        if content is not None:
            return content
    while content is None and len(chosen) > 2:
        chosen = evenly(chosen, len(chosen) // 2)
        content, done = yield from _drawn(ground, chosen, kind, SIZES[-1], done)
    assert content is not None  # two pictures of the smallest size are small
    return content


def _drawn(
    ground: Ground, stills: Sequence[Still], kind: Format, size: int, done: float
) -> Generator[float, None, tuple[bytes | None, float]]:
    """The file, or None as soon as it has become too large; and the share that was told last, from `done` on."""
    points, writer = _points(ground, size), WRITERS[kind]()
    ends = [stills[0], stills[len(stills) // 2], stills[-1]]
    palette = _palette([_picture(ground, still, points, size) for still in ends], ground)
    share = done
    yield share
    for place, still in enumerate(stills):
        picture = _picture(ground, still, points, size).quantize(palette=palette, dither=Image.Dither.NONE)
        writer.add(picture, HOLD if place == len(stills) - 1 else MILLISECONDS)
        if writer.size > MOST_BYTES:
            return None, share
        share = done + (1 - done) * (place + 1) / len(stills)
        yield share
    return writer.content(), share


def _palette(pictures: Sequence[Image.Image], ground: Ground) -> Image.Image:
    """The same colours for all: what does not change is then the same from one to the next.

    Those of points and of what is written are among them, however little room they take.
    """
    classes = class_colors(ground.classes).astype(int).tolist()
    fixed = [*INK, *PAPER, *LINE, *(part for color in classes for part in color)]
    beside = Image.new("RGB", (pictures[0].width * len(pictures), pictures[0].height))
    for place, each in enumerate(pictures):
        beside.paste(each, (place * each.width, 0))
    found = beside.quantize(COLORS - len(fixed) // 3).getpalette() or []
    palette = Image.new("P", (1, 1))
    palette.putpalette(fixed + found[: 3 * COLORS - len(fixed)])
    return palette


def _picture(ground: Ground, still: Still, points: Image.Image, size: int) -> Image.Image:
    picture = Image.new("RGB", (size + 2 * EDGE, size + EDGE + CAPTION), PAPER)
    plane = Image.fromarray(shaded(still.map, ground.classes, still.lo, still.hi, ground.target))
    picture.paste(plane.resize((size, size), Image.Resampling.BILINEAR), (EDGE, EDGE))
    pen = ImageDraw.Draw(picture)
    for line in _polylines(still.lines):
        pen.line([tuple(at) for at in _places(line, ground, size)], fill=LINE, width=2)
    picture.paste(points, (0, 0), points)
    pen.text((EDGE, size + EDGE + 6), caption(still), fill=INK, font=_font())
    return picture


def caption(still: Still) -> str:
    """What stands below a picture."""
    loss = "–" if still.loss is None or not np.isfinite(still.loss) else f"{still.loss:.4f}"
    return f"Epoch {still.epoch:,}   loss {loss}"


@cache
def _font() -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    return ImageFont.load_default(15)


def _polylines(lines: NDArray[np.floating]) -> list[NDArray[np.floating]]:
    gaps = np.flatnonzero(~np.isfinite(lines).all(axis=1))
    parts = np.split(lines, gaps)
    kept = [part[np.isfinite(part).all(axis=1)] for part in parts]
    return [part for part in kept if len(part) > 1]


def _places(X: NDArray[np.floating], ground: Ground, size: int) -> NDArray[np.float64]:
    """Points of the plane as px of a picture; what is far outside stays near it."""
    (a, b), (c, d) = ground.x1, ground.x2
    along = np.column_stack([(X[:, 0] - a) / (b - a), (d - X[:, 1]) / (d - c)])
    return EDGE + size * np.clip(along.astype(np.float64), -1, 2)


def _points(ground: Ground, size: int) -> Image.Image:
    """All points on a clear ground, each in the colour and the shape of its class."""
    scale = 3  # drawn larger, for smooth edges
    clear = Image.new("RGBA", ((size + 2 * EDGE) * scale, (size + EDGE + CAPTION) * scale), (255, 255, 255, 0))
    pen = ImageDraw.Draw(clear)
    radius = scale * max(2.2, 4 * min(1.0, float(np.sqrt(350 / max(len(ground.y), 1)))) * size / SIZES[0])
    colors = point_colors(ground.y, ground.classes, ground.target)
    inside = EDGE * scale, (EDGE + size) * scale
    for place, color, target in zip(_places(ground.X, ground, size) * scale, colors, ground.y, strict=True):
        if inside[0] <= place.min() and place.max() <= inside[1]:
            shape = int(target) % SHAPES if ground.classes else CIRCLE
            corners = [(float(x), float(y)) for x, y in place + radius * outline(shape)]
            pen.polygon(corners, fill=tuple(map(int, color)), outline=HALO, width=scale)
    return clear.resize((size + 2 * EDGE, size + EDGE + CAPTION), Image.Resampling.LANCZOS)


@cache
def outline(shape: int) -> NDArray[np.float64]:
    """The corners (n, 2) of the shape of a class, of radius 1: as `outlines.js` has them."""
    if shape == CIRCLE:
        angles = np.linspace(0, 2 * np.pi, 16, endpoint=False)
        return np.column_stack([np.cos(angles), np.sin(angles)])
    corners = {
        SQUARE: [(-0.88, -0.88), (0.88, -0.88), (0.88, 0.88), (-0.88, 0.88)],
        TRIANGLE: [(0, -1.15), (1.1, 0.8), (-1.1, 0.8)],
        DIAMOND: [(0, -1.25), (1.25, 0), (0, 1.25), (-1.25, 0)],
    }
    if shape == CROSS:
        a, b = 0.42, 1.1
        arm = [(a, -b), (a, -a), (b, -a), (b, a), (a, a), (a, b)]
        return np.array([*arm, *((-x, -y) for x, y in arm)])
    if shape == STAR:
        angles = np.linspace(0, 2 * np.pi, 10, endpoint=False) - np.pi / 2
        return np.column_stack([np.cos(angles), np.sin(angles)]) * np.where(np.arange(10) % 2, 0.53, 1.3)[:, None]
    return np.array(corners[shape], np.float64)

"""The card as a whole: where its parts are."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from PIL import Image, ImageDraw

from playground.figures.card.colors import GROUND, MUTED, TEXT
from playground.figures.card.link_code import link_code
from playground.figures.card.mosaic import Mosaic, drawn_mosaic
from playground.figures.card.network_sketch import NetworkSketch, draw_network
from playground.figures.card.plane import PlanePicture, draw_plane
from playground.figures.card.words import fitting, font, lines_of, plainer

WIDTH, HEIGHT = 1200, 630
"""Pixels, as posts and messengers expect a picture."""
SCALE = 2
"""It is drawn so many times as large: Pillow's lines have no smooth edges of their own."""
NAME = "Keras Playground"
LEFT, RIGHT, BOTTOM = 670, 1160, 600
"""Of what stands beside the plane."""
CODE = 150
_TITLE_SIZES = ((44, 2), (36, 3))
"""Heights of its letters, the first that fits, with the lines that there may be."""


class Card(NamedTuple):
    """What stands on a card.

    Attributes
    ----------
    title : what the experiment is called
    plane, network : what is seen of it, or of many in a mosaic; a network that is not known is left out
    figures : names and values, like ``("loss", "0.012")``; there is room for four
    note : a sentence below, if any
    link : a whole address, shown as a QR code, if any
    """

    title: str
    plane: PlanePicture | Mosaic
    network: NetworkSketch | None = None
    figures: Sequence[tuple[str, str]] = ()
    note: str = ""
    link: str = ""


def draw_card(card: Card) -> Image.Image:
    """The card as a picture of `WIDTH` × `HEIGHT`."""
    *_, drawn = drawing(card)
    assert drawn is not None
    return drawn


def card_png(card: Card) -> bytes:
    """The card as the bytes of a PNG file."""
    return as_png(draw_card(card))


def drawing(card: Card) -> Iterator[Image.Image | None]:
    """Draw the card in steps of hundredths of a second; the last one gives it."""
    picture = Image.new("RGB", (WIDTH * SCALE, HEIGHT * SCALE), GROUND)
    for square in _square(card.plane):
        if square is not None:
            picture.paste(square, (0, 0))
        yield None
    pen = ImageDraw.Draw(picture)
    top = _draw_title(pen, card.title)
    code = link_code(card.link, CODE * SCALE)
    bottom = _draw_figures(pen, card.figures, card.note, narrow=code is not None)
    if code is not None:
        picture.paste(code, (RIGHT * SCALE - code.width, BOTTOM * SCALE - code.height))
        bottom = min(bottom, BOTTOM - CODE)
    if card.network is not None:
        yield None
        box = (LEFT * SCALE, (top + 22) * SCALE, RIGHT * SCALE, (bottom - 22) * SCALE)
        draw_network(picture, card.network, box, SCALE)
    yield picture.reduce(SCALE)


def _square(plane: PlanePicture | Mosaic) -> Iterator[Image.Image | None]:
    """The left part of the card, in steps; the last one gives it."""
    if isinstance(plane, Mosaic):
        yield from drawn_mosaic(plane, HEIGHT * SCALE, SCALE)
    else:
        yield draw_plane(plane, HEIGHT * SCALE, SCALE)


def as_png(picture: Image.Image) -> bytes:
    """The bytes of a PNG file."""
    content = io.BytesIO()
    picture.save(content, "PNG", compress_level=5)
    return content.getvalue()


def _draw_title(pen: ImageDraw.ImageDraw, title: str) -> int:
    """Where it ends."""
    _write(pen, (LEFT, 34), NAME, 22, MUTED)
    size, most = next(each for each in _TITLE_SIZES if each is _TITLE_SIZES[-1] or _fits(title, *each))
    top = 70
    for line in lines_of(plainer(title), font(size * SCALE), (RIGHT - LEFT) * SCALE, most):
        _write(pen, (LEFT, top), line, size, TEXT)
        top += round(1.22 * size)
    return top


def _fits(title: str, size: int, most: int) -> bool:
    letters, width = font(size * SCALE), (RIGHT - LEFT) * SCALE
    lines = lines_of(plainer(title), letters, width, most + 1)
    return len(lines) <= most


def _draw_figures(pen: ImageDraw.ImageDraw, figures: Sequence[tuple[str, str]], note: str, narrow: bool) -> int:
    """Where they begin."""
    width = RIGHT - LEFT - (CODE + 24 if narrow else 0)
    bottom = BOTTOM
    if note:
        size = 17
        for line in reversed(lines_of(plainer(note), font(size * SCALE), width * SCALE, 2)):
            bottom -= round(1.3 * size)
            _write(pen, (LEFT, bottom), line, size, MUTED)
        bottom -= 14
    if not figures:
        return bottom
    columns = 2 if narrow and len(figures) > 3 else len(figures)
    rows = -(-len(figures) // columns)
    top = bottom - 62 * rows
    for place, (name, value) in enumerate(figures):
        row, column = divmod(place, columns)
        left = LEFT + column * width // columns
        _write(pen, (left, top + 62 * row), name, 18, MUTED, width // columns - 10)
        _write(pen, (left, top + 62 * row + 23), value, 31, TEXT, width // columns - 10)
    return top


def _write(
    pen: ImageDraw.ImageDraw, place: tuple[int, int], text: str, size: int, fill: tuple[int, int, int], width: int = 0
) -> None:
    """Text whose line begins at `place`, in pixels of the finished card, cut to a width if there is one."""
    letters = font(size * SCALE)
    shown = plainer(text)
    if width:
        shown = fitting(shown, letters, width * SCALE)
    pen.text((place[0] * SCALE, place[1] * SCALE), shown, fill=fill, font=letters, anchor="la")

"""Text on a card, in Pillow's own font: it is there wherever Pillow is, and has few letters beside ASCII."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from PIL import ImageFont

ELLIPSIS = "…"
SEPARATOR = " · "
_INSTEAD = {
    **{"×": "x", "−": "-", "–": "-", "—": "-", "→": ">", "²": "^2", "≥": ">=", "≤": "<="},
    **{"\u2018": "'", "\u2019": "'", "\u201c": '"', "\u201d": '"'},
}
_UNKNOWN = "?"

Font = ImageFont.FreeTypeFont


@lru_cache(maxsize=64)
def font(size: float) -> Font:
    """The font at a height in pixels."""
    found = ImageFont.load_default(round(size))
    assert isinstance(found, ImageFont.FreeTypeFont), "Pillow must have been built with FreeType"
    return found


def plainer(text: str) -> str:
    """The same in letters that the font has: x1 for x₁, e for é, and ? where nothing comes near."""
    return "".join(_letters(character) for character in text)


@lru_cache(maxsize=2048)
def _letters(character: str) -> str:
    if character in _INSTEAD:
        return _INSTEAD[character]
    if character.isspace():
        return " "
    if _has(character):
        return character
    taken_apart = unicodedata.normalize("NFKD", character)
    found = "".join(each for each in taken_apart if each != character and _has(each))
    return found or ("" if unicodedata.category(character).startswith(("M", "C")) else _UNKNOWN)


def _has(character: str) -> bool:
    if not character.isprintable():
        return False
    letters = font(24)
    return character == " " or bytes(letters.getmask(character)) != bytes(letters.getmask("\uffff"))


def fitting(text: str, letters: Font, width: float) -> str:
    """As much of the beginning as is not wider, with an ellipsis where something is missing."""
    if letters.getlength(text) <= width:
        return text
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        if letters.getlength(text[:middle].rstrip() + ELLIPSIS) <= width:
            low = middle
        else:
            high = middle - 1
    return text[:low].rstrip() + ELLIPSIS


def lines_of(text: str, letters: Font, width: float, most: int) -> list[str]:
    """The text in at most so many lines; what does not fit is left out at the end.

    Lines are broken where a part ends (·), and between words where a part is wider than a line.
    """
    pieces, between = text.split(SEPARATOR), SEPARATOR
    if any(letters.getlength(piece) > width for piece in pieces):
        pieces, between = text.split(), " "
    lines: list[str] = []
    while pieces and len(lines) < most:
        taken = len(pieces) if len(lines) == most - 1 else _pieces_in_a_line(pieces, between, letters, width)
        lines.append(fitting(between.join(pieces[:taken]), letters, width))
        pieces = pieces[taken:]
    return lines


def _pieces_in_a_line(pieces: Sequence[str], between: str, letters: Font, width: float) -> int:
    for count in range(2, len(pieces) + 1):
        if letters.getlength(between.join(pieces[:count])) > width:
            return count - 1
    return len(pieces)

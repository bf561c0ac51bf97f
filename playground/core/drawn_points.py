"""Points that somebody drew, as a text that a link holds: four characters each, after a digit for how they are packed.

A point is one of the 1201 × 1201 places of the square [-6, 6]² that are 0.01 apart, and a class. The number of all that
is written with the 64 characters of base64url, the first being worth most. Order is kept: equal texts are equal points.
``static/stage/drawing/drawn_points.js`` packs in the same way.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import ArrayLike, NDArray

from playground.core.errors import Explained

REACH = 6
"""Each coordinate is in [-REACH, REACH]."""
STEPS_A_UNIT = 100
"""Places a unit of the axes."""
MOST_CLASSES = 6
MOST_POINTS = 1000
LEAST_CLASSES = 2
"""Classes that must have `LEAST_OF_A_CLASS` points."""
LEAST_OF_A_CLASS = 2
VERSION = "1"
DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
CHARACTERS = 4
"""Of a point."""
LONGEST = len(VERSION) + CHARACTERS * MOST_POINTS
_PLACES = 2 * REACH * STEPS_A_UNIT + 1
_WORTH = 64 ** np.arange(CHARACTERS - 1, -1, -1)
_VALUE_OF = np.full(128, -1)
_VALUE_OF[[ord(digit) for digit in DIGITS]] = np.arange(64)

LEAST_IN_WORDS = f"at least {LEAST_OF_A_CLASS} points of each of {LEAST_CLASSES} classes"
RULE_IN_WORDS = f"{LEAST_IN_WORDS} and at most {MOST_POINTS} in all, as the page packs what is drawn"


def pack_points(X: ArrayLike, y: ArrayLike) -> str:
    """Pack (n, 2) points, to 0.01, and their (n,) classes.

    Raises
    ------
    ValueError
        When a point is outside the square, a class is none, or there are too many.
    """
    places = np.rint((np.asarray(X, dtype=np.float64).reshape(-1, 2) + REACH) * STEPS_A_UNIT)
    classes = np.asarray(y, dtype=np.int64)
    if len(places) > MOST_POINTS:
        raise ValueError(f"there must be at most {MOST_POINTS} points. Got {len(places)}.")
    if not np.all((places >= 0) & (places < _PLACES)):
        raise ValueError(f"points must be in [{-REACH}, {REACH}]². One is not.")
    if not np.all((classes >= 0) & (classes < MOST_CLASSES)):
        raise ValueError(f"classes must be in [0, {MOST_CLASSES}). One is not.")
    numbers = (classes * _PLACES + places[:, 0].astype(np.int64)) * _PLACES + places[:, 1].astype(np.int64)
    digits = numbers[:, np.newaxis] // _WORTH % 64
    return VERSION + "".join(DIGITS[digit] for digit in digits.ravel())


@lru_cache(maxsize=64)
def unpack_points(text: str) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """The points that a text stands for, X (n, 2) and y (n,); they must not be changed.

    Raises
    ------
    Explained
        When it stands for none; the message says why.
    """
    numbers = _numbers(text)
    rest, x2 = np.divmod(numbers, _PLACES)
    y, x1 = np.divmod(rest, _PLACES)
    if np.any(y >= MOST_CLASSES):
        raise Explained(f"Point {1 + int(np.argmax(y >= MOST_CLASSES))} is of no class.")
    X = (np.column_stack([x1, x2]) - REACH * STEPS_A_UNIT) / STEPS_A_UNIT
    for array in (X, y):
        array.setflags(write=False)
    return X, y


def checked(text: str) -> str:
    """`text`, if it stands for enough points to learn from.

    Raises
    ------
    Explained
        When it does not; the message says why.
    """
    _X, y = unpack_points(text)
    counts = np.bincount(y, minlength=MOST_CLASSES)
    if np.sum(counts >= LEAST_OF_A_CLASS) < LEAST_CLASSES:
        told = ", ".join(f"{count} of class {k}" for k, count in enumerate(counts) if count) or "none"
        raise Explained(f"It has {told}.")
    return text


def _numbers(text: str) -> NDArray[np.int64]:
    if not text.startswith(VERSION):
        raise Explained(f"It must start with {VERSION}.")
    if len(text) > LONGEST:
        raise Explained(f"It has {len(text)} characters, and the most is {LONGEST}.")
    if (len(text) - len(VERSION)) % CHARACTERS:
        raise Explained("It is cut off: each point has four characters.")
    codes = np.array([min(ord(character), 127) for character in text[len(VERSION) :]], dtype=np.int64)
    values = _VALUE_OF[codes]
    if np.any(values < 0):
        at = int(np.argmax(values < 0)) + len(VERSION)
        raise Explained(f"Character {at + 1} is none of A-Z a-z 0-9 - _.")
    return values.reshape(-1, CHARACTERS) @ _WORTH

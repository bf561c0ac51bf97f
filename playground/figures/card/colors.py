"""Colours of a card, as the page has them in its light theme."""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

from playground.figures.look import BEND, CLASS_COLORS, NEUTRAL, STRENGTH, rgb

Color: TypeAlias = tuple[int, int, int]
Pixels: TypeAlias = NDArray[np.uint8]

GROUND: Color = (255, 255, 255)
TEXT: Color = (38, 39, 48)
MUTED: Color = (103, 108, 118)
LINE: Color = (38, 39, 48)
"""Of the border between classes."""


def color_of(index: int) -> Color:
    """The colour of a class."""
    return rgb(CLASS_COLORS[index % len(CLASS_COLORS)])


def mixed(start: ArrayLike, end: ArrayLike, share: ArrayLike) -> Pixels:
    """Colours (…, 3) on the way from one to another, `share` (…) of the way."""
    way = np.asarray(share, dtype=np.float64)[..., np.newaxis]
    found = np.asarray(start, dtype=np.float64) * (1 - way) + np.asarray(end, dtype=np.float64) * way
    return np.rint(found).astype(np.uint8)


def two_colored(values: ArrayLike, strength: float = STRENGTH) -> Pixels:
    """Colours (…, 3) of values in [-1, 1]: orange, grey at 0, blue; what is no number is grey."""
    shares = np.clip(np.nan_to_num(np.asarray(values, dtype=np.float64)), -1.0, 1.0)
    ends = np.where(shares[..., np.newaxis] < 0, color_of(0), color_of(1))
    return mixed(np.broadcast_to(rgb(NEUTRAL), ends.shape), ends, strength * np.abs(shares) ** BEND)


def plane_colors(values: ArrayLike, task: str) -> Pixels:
    """The colours (n, n, 3) of a plane, the first row at the lowest x2.

    Parameters
    ----------
    values : (K, n, n): the probability of class 1 (K = 1) or of each class; for regression the output
    """
    maps = np.asarray(values, dtype=np.float64)
    if task == "regression":
        return two_colored(maps[0] / reach_of(maps[0]))
    if len(maps) == 1:
        return two_colored(2 * maps[0] - 1)
    maps = np.nan_to_num(maps)
    winner, floor = maps.argmax(axis=0), 1 / len(maps)
    sure = np.clip((maps.max(axis=0) - floor) / (1 - floor), 0.0, 1.0)
    classes = np.array([color_of(k) for k in range(len(maps))])
    return mixed(np.broadcast_to(rgb(NEUTRAL), (*winner.shape, 3)), classes[winner], STRENGTH * sure**BEND)


def reach_of(values: ArrayLike) -> float:
    """What is shown in the strongest colour: the greatest finite distance from 0, at least 1."""
    found = np.asarray(values, dtype=np.float64)
    return float(np.max(np.abs(found), initial=1.0, where=np.isfinite(found)))

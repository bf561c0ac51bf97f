"""From a quantised map to colours, as the page's own picture has them in light: `palette.js` in NumPy."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from playground.figures.look import BEND, CLASS_COLORS, NEUTRAL, STRENGTH, rgb

Bytes = NDArray[np.uint8]
Floats = NDArray[np.float64]

UNDECIDED: Floats = np.array(rgb(NEUTRAL), np.float64)


def class_colors(count: int) -> Floats:
    """(count, 3), from 0 to 255."""
    return np.array([rgb(CLASS_COLORS[k % len(CLASS_COLORS)]) for k in range(max(count, 2))], np.float64)


def shaded(map_: Bytes, classes: int, lo: float, hi: float, target: tuple[float, float] = (0.0, 1.0)) -> Bytes:
    """The picture of a map, (n, n, 3); its first row is the highest x2.

    Parameters
    ----------
    map_ : (K, n, n), as a frame has it: of several classes a map each, else the probability of class 1, or a value
    classes : of a classification; 0 for a regression
    lo, hi : what 0 and 255 stand for
    target : of a regression the values with the strongest colours
    """
    colors = class_colors(classes)
    if len(map_) > 2:
        winners, confidence = _decided(map_)
    else:
        values = lo + (hi - lo) * map_[-1].astype(np.float64) / 255
        signed = np.clip(2 * (values - target[0]) / ((target[1] - target[0]) or 1) - 1, -1, 1)
        winners, confidence = (signed >= 0).astype(np.intp), np.abs(signed)
    picture: Bytes = _mixed(colors[winners], confidence)[::-1]
    return picture


def target_range(y: NDArray[np.floating]) -> tuple[float, float]:
    """Range of the targets of a regression, symmetric about 0 where they have both signs."""
    lo, hi = float(y.min()), float(y.max())
    if not hi > lo:
        return lo - 1, hi + 1
    return (-max(-lo, hi), max(-lo, hi)) if lo < 0 < hi else (lo, hi)


def point_colors(y: NDArray[np.floating], classes: int, target: tuple[float, float] = (0.0, 1.0)) -> Bytes:
    """The colour of each point, (n, 3): that of its class, or for a regression a shade in full strength."""
    if classes:
        return class_colors(classes)[y.astype(np.intp)].astype(np.uint8)
    signed = np.clip(2 * (y - target[0]) / ((target[1] - target[0]) or 1) - 1, -1, 1)
    return _mixed(class_colors(2)[(signed >= 0).astype(np.intp)], np.abs(signed), strength=1.0)


def _decided(map_: Bytes) -> tuple[NDArray[np.intp], Floats]:
    """The class that wins each cell, and how sure it is beyond what all would have alike."""
    winners = map_.argmax(axis=0)
    floor = 255 / len(map_)
    return winners, np.maximum(0, (map_.max(axis=0) - floor) / (255 - floor))


def _mixed(colors: Floats, confidence: Floats, strength: float = STRENGTH) -> Bytes:
    share = (strength * confidence**BEND)[..., None]
    mixed: Bytes = np.rint(UNDECIDED + (colors - UNDECIDED) * share).astype(np.uint8)
    return mixed

"""What is drawn of the cells of a wall: what each says over the plane, and its curves."""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from playground.core.history import FIGURES
from playground.figures.drawings import picture_address
from playground.figures.panels import Curves, Scale, curves_panel, log_scale
from playground.figures.shades import shaded
from playground.runtime.report.wall_figures import DIVERGED, Arrays
from playground.runtime.wall_plan import Hello, part_of

CELLS_AT_ONCE = 8
"""In a slice of time."""
CURVES = {"Loss": ("loss", "val_loss"), "Accuracy": ("accuracy", "val_accuracy")}
"""The figures of a chart: of training, and of the part beside it."""


class Charts(NamedTuple):
    """Of each cell what is in its panel; and how they are to be read."""

    panels: list[str]
    note: str


def pictures_of(hello: Hello, arrays: Arrays) -> Generator[float, None, list[str]]:
    """What each cell says over the plane, as an address that holds the picture.

    Made in slices of time; each says which share is done.
    """
    found: list[str] = []
    for cell, facts in enumerate(hello["cells"]):
        found.append(_picture(facts, arrays["maps"][cell], *map(float, arrays["ranges"][cell])))
        if len(found) % CELLS_AT_ONCE == 0:
            yield len(found) / len(hello["cells"])
    return found


def _picture(facts: Mapping[str, Any], maps: NDArray[np.uint8], lo: float, hi: float) -> str:
    classes = facts["n_classes"] if facts["task"] == "classification" else 0
    # of a regression the colours reach as far as the map: a wall's page has no points to go by either
    return picture_address(shaded(maps[: facts["values"]], classes, lo, hi, (0.0, 1.0) if classes else (lo, hi)))


def curves_of_cells(hello: Hello, arrays: Arrays, name: str) -> Generator[float, None, Charts]:
    """The curves of each cell, all on one scale; in slices of time, too.

    Parameters
    ----------
    name : one of `CURVES`
    """
    train, held = (arrays["figures"][..., FIGURES.index(each)].astype(np.float64) for each in CURVES[name])
    scale = Scale(0.0, 1.0) if name == "Accuracy" else _scale(np.stack([train, held]), arrays["ended"] != DIVERGED)
    panels: list[str] = []
    for cell in range(len(hello["cells"])):
        own = slice(cell * hello["seeds"], (cell + 1) * hello["seeds"])
        panels.append(curves_panel(_curves(train[:, own], held[:, own]), len(train) - 1, scale))
        if len(panels) % CELLS_AT_ONCE == 0:
            yield len(panels) / len(hello["cells"])
    return Charts(panels, _note(hello, len(train) - 1, _reach(scale)))


def _scale(losses: NDArray[np.float64], kept: NDArray[np.bool_]) -> Scale:
    """That of the loss: what has diverged has no say, unless all has."""
    return log_scale(losses[..., kept] if kept.any() else losses)


def _reach(scale: Scale) -> str:
    if scale.logarithmic:
        return f"{scale.least:.6g} to {scale.most:.6g} up, logarithmic"
    return "0 to 100 % up"


def _curves(train: NDArray[np.float64], held: NDArray[np.float64]) -> Curves:
    """Of the seeds of a cell the means of those that have a number, and how far they lie apart."""
    if train.shape[1] == 1:
        return Curves(train[:, 0], held[:, 0])
    return Curves(_over(np.nanmean, train), _over(np.nanmean, held), _over(np.nanmin, held), _over(np.nanmax, held))


def _over(sums: Callable[..., Any], values: NDArray[np.float64]) -> NDArray[np.float64]:
    found = np.full(len(values), np.nan)
    finite = np.where(np.isfinite(values), values, np.nan)
    some = np.isfinite(values).any(axis=1)
    found[some] = sums(finite[some], axis=1)
    return found


def _note(hello: Hello, epochs: int, reach: str) -> str:
    """How curves are to be read."""
    band = ", shaded from the least to the greatest of the seeds" if hello["seeds"] > 1 else ""
    return (
        f"Solid: training. Dashed: {part_of(hello).lower()}{band}. "
        f"All on one scale: epoch 0 to {epochs:,} across, {reach}."
    )

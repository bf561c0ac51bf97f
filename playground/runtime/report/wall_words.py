"""What the networks of a wall differ in, what they share, and what is wrong with them, in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from playground.core.comparison import Comparison
from playground.core.datasets import RECORDS
from playground.core.diagnosis import Finding, diagnose_curves
from playground.core.settings import Setting, settings_of
from playground.core.wall.curves import curves_of
from playground.runtime.subjects import Many
from playground.runtime.wall_plan import WallPlan

MOST_VALUES = 12
"""Of a setting that are told; of more their number is."""
BETWEEN = "; "


def title_of_wall(wall: Many) -> str:
    """`Wall · Spiral`, or `Comparison · Spiral, XOR`."""
    labels = dict.fromkeys(RECORDS[cell.data.dataset].label for cell in wall.cells)
    return f"{'Comparison' if isinstance(wall, Comparison) else 'Wall'} · {', '.join(labels)}"


def varied(wall: Many, plan: WallPlan) -> list[Setting]:
    """What differs: the axes with their values, the seeds, and what else these make another."""
    told = [Setting(plan.title_of(axis), _values(axis["labels"])) for axis in _all_axes(plan)]
    if wall.seeds > 1:
        first = wall.cells[0].train.seed
        told.append(Setting("Seeds", f"{wall.seeds} of each, {first} to {first + wall.seeds - 1}"))
    named = {each.name.lower() for each in told}
    others = (Setting(name, _values(texts)) for name, texts in _texts_of(wall).items() if len(texts) > 1)
    return [*told, *(each for each in others if each.name.lower() not in named)]


def shared(wall: Many) -> list[Setting]:
    """What is the same in all networks."""
    seeds = wall.seeds > 1
    cells = len(wall.cells)
    texts = {name: texts for name, texts in _texts_of(wall).items() if len(texts) == 1}
    counts = {name: sum(name == each.name for cell in wall.cells for each in settings_of(cell)) for name in texts}
    return [
        Setting(name, text)
        for name, (text,) in texts.items()
        if counts[name] == cells and not (seeds and name == "Seed")
    ]


def findings_of(
    wall: Many, figures: NDArray[np.floating], epochs: NDArray[np.integer]
) -> Iterator[tuple[Finding, ...]]:
    """Of each network what its curves say is wrong.

    Parameters
    ----------
    figures : (epochs, networks, 4)
    epochs : (networks,) the newest epoch that each has
    """
    for place, experiment in enumerate(wall.experiments):
        own = figures[: epochs[place] + 1, place]
        yield tuple(diagnose_curves(experiment.in_force(len(own) - 1), curves_of(experiment, own)))


def _all_axes(plan: WallPlan) -> list[Mapping[str, Any]]:
    return [*plan.axes, *(difference["axis"] for difference in plan.hello["differences"])]


def _texts_of(wall: Many) -> dict[str, tuple[str, ...]]:
    """Of each setting the texts that it has, in the order of the cells."""
    found: dict[str, dict[str, None]] = {}
    for cell in wall.cells:
        for name, text in settings_of(cell):
            found.setdefault(name, {})[text] = None
    return {name: tuple(texts) for name, texts in found.items()}


def _values(texts: Sequence[str]) -> str:
    more = len(texts) - MOST_VALUES
    return BETWEEN.join([*texts[:MOST_VALUES], *([f"{more} more"] if more > 0 else [])])

"""The figures of a wall at the epoch shown as tables: of each network, and of each cell the mean and the spread."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from playground.core.history import FIGURES
from playground.core.wall.results import Summed, newest_figures
from playground.runtime.protocol.wall import ENDS
from playground.runtime.report.sheet import loss, share, table
from playground.runtime.wall_plan import Hello, WallPlan, is_classification, part_of

SAID = {"": "trains", "finished": "finished", "early_stopping": "stopped early", "diverged": "diverged"}
DIVERGED = ENDS.index("diverged")
Arrays = Mapping[str, NDArray[Any]]


def how_they_ended(ends: Sequence[int], epochs: Sequence[int]) -> str:
    """Of some networks how they stand: `finished`, `2 finished, 1 diverged at epoch 31`."""
    said = list(_states(ends, epochs))
    counts = {state: said.count(state) for state in dict.fromkeys(said)}
    return ", ".join(state if len(counts) == 1 else f"{count} {state}" for state, count in counts.items())


def _states(ends: Sequence[int], epochs: Sequence[int]) -> Iterator[str]:
    for end, epoch in zip(ends, epochs, strict=True):
        yield SAID[ENDS[end]] + (f" at epoch {epoch:,}" if end == DIVERGED else "")


def best_of_cells(plan: WallPlan, cells: Sequence[Mapping[str, Summed]]) -> str:
    """A sentence on the cell that fares best where it is not trained; empty where there is nothing to tell."""
    name, sign = ("val_accuracy", 1) if is_classification(plan.hello) else ("val_loss", -1)
    means = sign * np.array([cell[name].mean for cell in cells])
    if len(cells) < 2 or not np.isfinite(means).any():
        return ""
    best = int(np.nanargmax(means))
    mean = "mean " if plan.hello["seeds"] > 1 else ""
    what = f"{mean}{part_of(plan.hello).lower()} {name.removeprefix('val_')}"
    return f"Best by {what}: {plan.names[best]} ({_said(name, cells[best][name].mean)})."


def table_of_cells(plan: WallPlan, arrays: Arrays, cells: Sequence[Mapping[str, Summed]]) -> str:
    """Of each cell its figures; of several seeds their means, and how far they lie apart."""
    rows = (
        [
            *plan.told_apart(cell),
            *(_with_spread(name, figures[name], plan.hello["seeds"]) for name in _shown(plan.hello)),
            *_standing(arrays, plan.networks_of(cell)),
        ]
        for cell, figures in enumerate(cells)
    )
    return table([*plan.heads, *_head(plan.hello)], rows, len(plan.heads))


def table_of_networks(plan: WallPlan, arrays: Arrays) -> str:
    """Of each network its figures, where a cell has several."""
    figures = newest_figures(arrays["figures"], arrays["ended"] == DIVERGED)
    rows = (
        [
            *plan.told_apart(network // plan.hello["seeds"]),
            str(network % plan.hello["seeds"] + 1),
            *(_said(each, figures[network, FIGURES.index(each)]) for each in _shown(plan.hello)),
            *_standing(arrays, slice(network, network + 1)),
        ]
        for network in range(len(figures))
    )
    return table([*plan.heads, "Seed", *_head(plan.hello)], rows, len(plan.heads) + 1)


def _shown(hello: Hello) -> list[str]:
    """The figures of a table, in its order."""
    return ["loss", "val_loss", *(["accuracy", "val_accuracy"] if is_classification(hello) else [])]


def _head(hello: Hello) -> list[str]:
    part = part_of(hello).capitalize()
    parts = {name: f"{part} {name[4:]}" if name.startswith("val_") else f"Training {name}" for name in FIGURES}
    return [*(parts[name] for name in _shown(hello)), "Epochs", "State"]


def _said(name: str, value: float) -> str:
    return share(value) if "accuracy" in name else loss(value)


def _with_spread(name: str, figure: Summed, seeds: int) -> str:
    mean = _said(name, figure.mean)
    if seeds == 1 or not np.isfinite(figure.mean):
        return mean
    return f"{mean}\n({_said(name, figure.least).removesuffix(' %')}–{_said(name, figure.most)})"


def _standing(arrays: Arrays, networks: slice) -> list[str]:
    epochs = arrays["epochs_of"][networks].tolist()
    return [f"{max(epochs):,}", how_they_ended(arrays["ended"][networks].tolist(), epochs)]

"""A few networks that sit for a picture: those of a wall, trained in step as on its page."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from playground.core.few_networks import Few
from playground.core.history import FIGURES
from playground.core.preview import Preview
from playground.figures.card import Card, Mosaic, Tile
from playground.runtime.engine import Engine, Floats32
from playground.runtime.jobs.kinds import Made
from playground.runtime.jobs.preview.sitter import TOO_LARGE
from playground.runtime.jobs.slices import SLICE_SECONDS
from playground.runtime.jobs.wall.plan import parts_of
from playground.runtime.jobs.wall.training import WallTraining
from playground.runtime.limits import Limits

UNDECIDED: Floats32 = np.full((1, 2, 2), math.nan, np.float32)


class ManyNetworks:
    """The networks as `Sitter` says."""

    def __init__(self, preview: Preview, few: Few, engine: Engine, made: Sequence[Made], limits: Limits) -> None:
        self._preview, self._few = preview, few
        self._training = WallTraining(parts_of(few.runs, engine, made, None), len(few.runs.runs), limits)
        while self._training.take():
            pass

    @property
    def epoch(self) -> int:
        return max(self._training.newest, 0)

    @property
    def done(self) -> bool:
        return self._training.ended or self._training.newest >= self._preview.epoch

    def advance(self) -> None:
        self._training.advance()

    def cards(self) -> Iterator[Card | None]:
        maps: dict[int, Floats32] = {}
        if self._training.newest >= 0:
            for part, weights in self._training.weights_at(self.epoch)[1]:
                for found in part.maps(weights, SLICE_SECONDS):
                    if found is not None:
                        maps.update(zip(part.places, found, strict=True))
                    yield None
        yield self._card(maps)

    def _card(self, maps: dict[int, Floats32]) -> Card:
        few, preview = self._few, self._preview
        tiles = [
            Tile(run.name, maps.get(place, UNDECIDED), run.experiment.data.task)
            for place, run in enumerate(few.runs.runs)
        ]
        note = preview.note if maps else TOO_LARGE.format(these="these networks", them="them")
        return Card(preview.title, Mosaic(tiles, few.columns), figures=self._figures(), note=note)

    def _figures(self) -> list[tuple[str, str]]:
        shown, all_ = len(self._few.runs.runs), self._few.networks
        networks = ("networks", str(all_) if shown == all_ else f"{shown} of {all_}")
        if self._training.newest < 0:
            return [networks]
        return [networks, ("epoch", str(self.epoch)), *self._ranges()]

    def _ranges(self) -> Iterator[tuple[str, str]]:
        """The least and the greatest of the figures that are looked at first, in words."""
        newest: NDArray[np.float32] = self._training.figures(self._training.newest, 1)[0]
        of = dict(zip(FIGURES, newest.T, strict=True))
        if text := _range(100 * of["val_accuracy"]):
            yield "test accuracy", f"{text}%"
        elif text := _range(of["val_loss"]):
            yield "test loss", text


def _range(values: NDArray[np.float32]) -> str:
    """The least and the greatest of the finite values; empty where none is."""
    found = values[np.isfinite(values)]
    if not len(found):
        return ""
    low, high = (f"{value:.2g}" if value < 10 else f"{value:.0f}" for value in (found.min(), found.max()))
    return low if low == high else f"{low}–{high}"

"""One network that sits for a picture."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np

from playground.core.preview import Preview
from playground.figures.card import Card
from playground.runtime.card import POINTS, card_of, figures_in_words, plane_of
from playground.runtime.engine import Engine, Epoch, Program
from playground.runtime.jobs.preview.sitter import TOO_LARGE
from playground.runtime.jobs.slices import SLICE_SECONDS, Slices
from playground.runtime.scene import scene_of

DIVERGED = "The loss left the numbers at epoch {epoch}: this is the network before."
NO_LINES = np.empty((0, 2), np.float32)


class OneNetwork:
    """A network as `Sitter` says."""

    def __init__(self, preview: Preview, engine: Engine, program: Program) -> None:
        self.epoch = 0
        self._preview, self._engine, self._program = preview, engine, program
        self._trainer = engine.make_trainer(preview.experiment, program)
        self._slices = Slices(lambda: self._trainer.slices(SLICE_SECONDS))
        self._sound: Epoch | None = None
        """The newest epoch whose loss is a number."""

    @property
    def done(self) -> bool:
        if self._trainer.ended is not None:
            return True
        return self._trainer.begun and self._trainer.last_epoch >= self._preview.epoch

    def advance(self) -> None:
        self._slices.next()
        if self._trainer.begun and (self._sound is None or self._trainer.last_epoch != self.epoch):
            self.epoch = self._trainer.last_epoch
            newest = self._trainer.current
            if self._sound is None or math.isfinite(newest.loss):
                self._sound = newest

    def cards(self) -> Iterator[Card | None]:
        yield self._card_without_network() if self._sound is None else self._card(self._sound)

    def _card(self, epoch: Epoch) -> Card:
        preview = self._preview
        network = self._engine.make_network(self._program, preview.experiment, epoch.weights)
        figures = figures_in_words(epoch.epoch, epoch.loss, epoch.accuracy, epoch.val_loss, epoch.val_accuracy)
        return card_of(preview.title, network, figures)._replace(note=self._note(epoch))

    def _card_without_network(self) -> Card:
        """Of a network so large that its time was over before it was looked at for the first time."""
        undecided = 0.0 if self._preview.experiment.data.task == "regression" else 0.5
        scene = scene_of(self._preview.experiment, POINTS)
        plane = plane_of(scene, np.full((1, 2, 2), undecided, np.float32), NO_LINES)
        return Card(self._preview.title, plane, note=TOO_LARGE.format(these="this network", them="it"))

    def _note(self, epoch: Epoch) -> str:
        if self._trainer.ended == "diverged" and math.isfinite(epoch.loss):
            return DIVERGED.format(epoch=self._trainer.last_epoch)
        return self._preview.note

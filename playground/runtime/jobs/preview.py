"""A picture of a link: its experiment is trained for at most a second, in turns as others have, and drawn on a card.

Nobody plays it, so it waits for no credits; and nothing of it is kept, so it is done before it is handed over.
"""

from __future__ import annotations

import math
from collections.abc import Hashable, Iterator, Sequence

import numpy as np

from playground.core.preview import Preview
from playground.figures.card import Card, as_png, drawing
from playground.runtime.card import POINTS, card_of, figures_in_words, plane_of
from playground.runtime.course import course_of
from playground.runtime.engine import Engine, Epoch, Program
from playground.runtime.jobs.job import Saved
from playground.runtime.jobs.kinds import Beginning, Clock, Made, Recipe, kind
from playground.runtime.jobs.kinds import program_of as program_of_experiment
from playground.runtime.jobs.slices import SLICE_SECONDS, Slices
from playground.runtime.jobs.trainings import Trainings
from playground.runtime.protocol import page
from playground.runtime.protocol.server import Standing, State
from playground.runtime.scene import scene_of
from playground.runtime.subjects import PREVIEW, Subject

TRAINING_SECONDS = 1.0
"""All slices of training together take no more."""
DIVERGED = "The loss left the numbers at epoch {epoch}: this is the network before."

TOO_LARGE = "It takes more than a second to look at this network: open the link to see it learn."
NO_LINES = np.empty((0, 2), np.float32)


class PreviewJob:
    """A picture as its worker sees it: pieces of training, then pieces of drawing; the last one gives the file.

    Attributes
    ----------
    seconds : of training so far
    epochs : trained so far
    """

    def __init__(self, preview: Preview, engine: Engine, program: Program, clock: Clock) -> None:
        self.seconds = 0.0
        self.epochs = 0
        self._preview, self._engine, self._program, self._clock = preview, engine, program, clock
        self._course = course_of(preview)
        self._trainer = engine.make_trainer(preview.experiment, program)
        self._training = Slices(lambda: self._trainer.slices(SLICE_SECONDS))
        self._longest = 0.0
        """Seconds of the longest slice: there must be time for another, and for one that takes twice as long."""
        self._sound: Epoch | None = None
        """The newest epoch whose loss is a number."""
        self._drawing: Iterator[bytes | None] | None = None
        self._sent = False

    @property
    def trained(self) -> bool:
        """Whether it has come to the epoch, the run's own end, or the end of its time."""
        if self.seconds + 2 * self._longest > TRAINING_SECONDS or self._trainer.ended is not None:
            return True
        return self._trainer.begun and self._trainer.last_epoch >= self._preview.epoch

    @property
    def wants_turn(self) -> bool:
        """Whether there is no picture yet."""
        return not self._sent

    @property
    def at_rest(self) -> bool:
        """Whether the picture is there."""
        return self._sent

    @property
    def standing(self) -> Standing:
        """State and a sentence."""
        state: State = "finished" if self._sent else "playing"
        return Standing(state=state, message="", last_epoch=0, course=self._course)

    credits = 0
    version: tuple[Hashable, Hashable] = (None, None)

    def welcome(self, credits: int) -> None:
        """No page looks."""

    def hear(self, message: page.PageMessage) -> None:
        """No page says anything."""

    def adjust(self, subject: Subject) -> None:
        """Nothing of it can change."""

    def turn(self) -> list[bytes]:
        """Train for a slice, or draw a piece; the last one gives the picture, a PNG file."""
        if self._drawing is None and not self.trained:
            self._train()
            return []
        if self._drawing is None:
            self._drawing = self._draw()
        try:
            piece = next(self._drawing)
        except Exception:  # which ended the drawing: it is tried again
            self._drawing = None
            raise
        self._sent = piece is not None
        return [] if piece is None else [piece]

    def _train(self) -> None:
        began = self._clock()
        try:
            self._training.next()
        finally:
            seconds = self._clock() - began
            self.seconds, self._longest = self.seconds + seconds, max(self._longest, seconds)
        if self._trainer.begun and (self._sound is None or self._trainer.last_epoch != self.epochs):
            self.epochs = self._trainer.last_epoch
            newest = self._trainer.current
            if self._sound is None or math.isfinite(newest.loss):
                self._sound = newest

    def _draw(self) -> Iterator[bytes | None]:
        """The card in pieces; None until it is there."""
        card = self._card_without_network() if self._sound is None else self._card(self._sound)
        yield None
        for picture in drawing(card):
            yield None
            if picture is not None:
                yield as_png(picture)

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
        return Card(self._preview.title, plane, note=TOO_LARGE)

    def _note(self, epoch: Epoch) -> str:
        if self._trainer.ended == "diverged" and math.isfinite(epoch.loss):
            return DIVERGED.format(epoch=self._trainer.last_epoch)
        return self._preview.note

    @property
    def settled(self) -> bool:
        """Whether the picture is there: half of one is no use to another worker."""
        return self._sent

    def settle(self) -> list[bytes]:
        """The same as a turn."""
        return self.turn()

    def drop(self) -> None:
        """What failed is tried again, and given up by the loop when it fails again and again."""

    def save(self) -> Saved | None:
        """Nothing of it is kept."""
        return None

    def leave(self) -> None:
        """Nothing is shared with others."""


def _recipes(job: str, beginning: Beginning) -> Sequence[Recipe]:
    return [_ahead(beginning.subject)]


def _ahead(subject: Subject) -> Recipe:
    assert isinstance(subject, Preview)
    return program_of_experiment(subject.experiment)


@kind(PREVIEW, recipes=_recipes, ahead=_ahead)
def begin_preview(trainings: Trainings, made: Sequence[Made], beginning: Beginning, clock: Clock) -> PreviewJob:
    """A picture begins."""
    assert isinstance(beginning.subject, Preview)
    return PreviewJob(beginning.subject, trainings.engine, made[0].result(), clock)

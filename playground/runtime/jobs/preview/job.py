"""A picture of a link: what it shows is trained for at most a second, in turns as others have, and drawn on a card.

Nobody plays it, so it waits for no credits; and nothing of it is kept, so it is done before it is handed over.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from playground.core.preview import Preview
from playground.figures.card import as_png, drawing
from playground.runtime.jobs.aside import Aside
from playground.runtime.jobs.kinds import Beginning, Clock, Made, Recipe, kind
from playground.runtime.jobs.kinds import program_of as program_of_experiment
from playground.runtime.jobs.preview.many import ManyNetworks
from playground.runtime.jobs.preview.one import OneNetwork
from playground.runtime.jobs.preview.sitter import Sitter
from playground.runtime.jobs.trainings import Trainings
from playground.runtime.jobs.wall.plan import ahead as programs_of_many
from playground.runtime.jobs.wall.plan import recipes_of as recipes_of_many
from playground.runtime.subjects import PREVIEW, Subject

TRAINING_SECONDS = 1.0
"""All slices of training together take no more, of however many networks."""


class PreviewJob(Aside):
    """A picture as its worker sees it: pieces of training, then pieces of drawing; the last one gives the file.

    Attributes
    ----------
    seconds : of training so far
    sitter : what is trained
    """

    def __init__(self, preview: Preview, sitter: Sitter, clock: Clock) -> None:
        super().__init__(preview)
        self.seconds = 0.0
        self.sitter = sitter
        self._clock = clock
        self._longest = 0.0
        """Seconds of the longest slice: there must be time for another, and for one that takes twice as long."""
        self._drawing: Iterator[bytes | None] | None = None

    @property
    def trained(self) -> bool:
        """Whether it has come to the epoch, the run's own end, or the end of its time."""
        return self.seconds + 2 * self._longest > TRAINING_SECONDS or self.sitter.done

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
            self.sitter.advance()
        finally:
            seconds = self._clock() - began
            self.seconds, self._longest = self.seconds + seconds, max(self._longest, seconds)

    def _draw(self) -> Iterator[bytes | None]:
        """The card in pieces; None until it is there."""
        for card in self.sitter.cards():
            yield None
            if card is not None:
                for picture in drawing(card):
                    yield None
                    if picture is not None:
                        yield as_png(picture)


def _recipes(job: str, beginning: Beginning) -> Sequence[Recipe]:
    subject = _subject_of(beginning.subject)
    return [_ahead(beginning.subject)] if subject.few is None else recipes_of_many(job, Beginning(subject.few.runs))


def _ahead(subject: Subject) -> Recipe:
    preview = _subject_of(subject)
    return program_of_experiment(preview.experiment) if preview.few is None else programs_of_many(preview.few.runs)


def _subject_of(subject: Subject) -> Preview:
    assert isinstance(subject, Preview)
    return subject


@kind(PREVIEW, recipes=_recipes, ahead=_ahead)
def begin_preview(trainings: Trainings, made: Sequence[Made], beginning: Beginning, clock: Clock) -> PreviewJob:
    """A picture begins."""
    preview = _subject_of(beginning.subject)
    return PreviewJob(preview, _sitter(preview, trainings, made), clock)


def _sitter(preview: Preview, trainings: Trainings, made: Sequence[Made]) -> Sitter:
    if preview.few is None:
        return OneNetwork(preview, trainings.engine, made[0].result())
    return ManyNetworks(preview, preview.few, trainings.engine, made, trainings.limits)

"""A learning-rate range test, which trains for as long as a page looks."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

import numpy as np

from playground.core.rate_finder import found_rates
from playground.core.rate_test import RateTest
from playground.runtime.course import course_of
from playground.runtime.engine import RangeTest
from playground.runtime.jobs.job import Saved
from playground.runtime.jobs.kinds import Beginning, Clock, Made, Recipe, kind
from playground.runtime.jobs.outcome import HELD
from playground.runtime.jobs.pacing import WHOLE_FRAME_SECONDS, Pacing
from playground.runtime.jobs.slices import SLICE_SECONDS
from playground.runtime.jobs.trainings import Trainings
from playground.runtime.protocol import page
from playground.runtime.protocol.finder import LossesFrame
from playground.runtime.protocol.packing import pack
from playground.runtime.protocol.server import Standing, State
from playground.runtime.subjects import FINDER, Subject, key_of


class Finder:
    """A range test as its worker sees it. It begins anew when it is rewound, and where it was lost."""

    def __init__(self, test: RateTest, make: Made, clock: Clock) -> None:
        self._test, self._course, self._clock = test, course_of(test), clock
        self._training: RangeTest = make.result()
        self._slices = self._training.slices(SLICE_SECONDS)
        self._pacing = Pacing(clock)
        self._painted_at = -WHOLE_FRAME_SECONDS
        self._dirty = True

    @property
    def wants_turn(self) -> bool:
        """Whether there is something to train or to show now."""
        return self._pacing.credits > 0 and (self._trains or self._dirty)

    @property
    def _trains(self) -> bool:
        return not self._training.ended and not self._pacing.held

    @property
    def at_rest(self) -> bool:
        """Whether the test has ended, or may not go on."""
        return not self._trains

    @property
    def standing(self) -> Standing:
        """State and a sentence."""
        held = self._state == "paused"
        standing = Standing(state=self._state, message=HELD if held else "", last_epoch=0, course=self._course)
        if held:
            standing["held"] = True
        return standing

    @property
    def _state(self) -> State:
        if not self._training.ended:
            return "paused" if self._pacing.held else "playing"
        return "finished" if len(self._training.losses[0]) > 1 else "diverged"

    @property
    def credits(self) -> int:
        """Frames that the page is ready for."""
        return self._pacing.credits

    @property
    def version(self) -> tuple[Hashable, Hashable]:
        """Nothing of it is kept: it is as quickly made again."""
        return None, None

    def welcome(self, credits: int) -> None:
        """A page has (re)connected: it knows nothing yet."""
        self._pacing.welcome(credits)
        self._dirty = True

    def hear(self, message: page.PageMessage) -> None:
        """Take in what the page says."""
        if isinstance(message, page.Credit):
            self._pacing.credit()
        elif isinstance(message, page.Hidden):
            self._pacing.hide()

    def adjust(self, subject: Subject) -> None:
        """Nothing of it can change."""

    def hold(self, held: bool) -> None:
        """Train nothing from now on, or go on."""
        self._pacing.hold(held)
        self._dirty = True

    def turn(self) -> list[bytes]:
        """Train for a slice, or show how far it is."""
        if self._trains:
            next(self._slices, None)
            self._dirty = True
        due = not self._trains or self._clock() - self._painted_at >= WHOLE_FRAME_SECONDS
        if not (self._dirty and due and self._pacing.credits > 0):
            return []
        self._dirty = False
        self._painted_at = self._clock()
        self._pacing.frame_sent()
        return [self._frame()]

    def _frame(self) -> bytes:
        losses = self._test.points(self._training.losses)
        found = found_rates(self._test.rates, losses)
        standing = self.standing
        header = LossesFrame(
            type="losses",
            state=standing["state"],
            message=standing["message"],
            last_epoch=0,
            points=losses.shape[1],
            suggested=found.suggested,
        )
        if standing.get("held"):
            header["held"] = True
        curves = {"median": found.median, "smoothed": found.smoothed, "low": found.low, "high": found.high}
        with np.errstate(over="ignore"):  # a diverging loss may leave float32
            arrays = {name: values.astype(np.float32) for name, values in curves.items()}
            arrays["losses"] = losses.astype(np.float32)
        return pack(header, {"rates": self._test.rates[: losses.shape[1]], **arrays})

    settled = True

    def settle(self) -> list[bytes]:
        """Nothing is owed to the page."""
        return []

    def drop(self) -> None:
        """A frame that failed is tried again with the next one."""
        self._dirty = False

    def save(self) -> Saved | None:
        """Nothing of it is kept."""
        return None

    def leave(self) -> None:
        """Nothing is shared with others."""


def _recipe(job: str, test: RateTest) -> Recipe:
    rates = np.repeat(test.rates, test.steps_of_a_point)
    key = key_of(test)
    return Recipe(f"{job} rates", lambda engine: engine.make_range_test(test.members, rates), key, shared=False)


def _recipes(job: str, beginning: Beginning) -> Sequence[Recipe]:
    assert isinstance(beginning.subject, RateTest)
    return [_recipe(job, beginning.subject)]


def _ahead(subject: Subject) -> Recipe:
    assert isinstance(subject, RateTest)
    members, key = subject.members, key_of(subject)
    return Recipe(key, lambda engine: engine.compile_stack(members), of=key)


@kind(FINDER, recipes=_recipes, ahead=_ahead)
def begin_finder(trainings: Trainings, made: Sequence[Made], beginning: Beginning, clock: Clock) -> Finder:
    """A range test begins."""
    assert isinstance(beginning.subject, RateTest)
    return Finder(beginning.subject, made[0], clock)

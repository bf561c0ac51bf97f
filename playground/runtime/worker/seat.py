"""All that a worker holds of one job."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field

from playground.runtime.course import course_of
from playground.runtime.jobs.job import Job, Saved, Wishing
from playground.runtime.jobs.kinds import KINDS, Beginning, Made, Recipe
from playground.runtime.protocol.page import Credit, Hidden, PageMessage
from playground.runtime.protocol.server import Standing
from playground.runtime.subjects import Subject, key_of
from playground.runtime.worker.inbox import Inbox
from playground.runtime.worker.troubles import Troubles

SAVE_SECONDS = 1.0
QUICK_SECONDS = 0.012
"""More than an epoch and a frame of a usual network take, less than a slice of a large one."""


@dataclass
class Seat:
    """A job, or the place of one whose program is still being compiled."""

    id: str
    kind: str
    beginning: Beginning
    visitor: str = ""
    job: Job | None = None
    clock: Callable[[], float] = time.monotonic
    leaving: bool = False
    """Whether it is to be handed over as soon as it is settled."""
    inbox: Inbox = field(default_factory=Inbox)
    turn_seconds: float = 0.0
    """What its longest turn lately took,"""
    turn_ended: float = -math.inf
    """and when the last one ended."""
    _credits: int = 0
    _held: bool = False
    _told: Standing | None = None
    _saved: tuple[Hashable, Hashable] = (None, None)
    _saved_at: float = 0.0

    def __post_init__(self) -> None:
        self.subject = self.beginning.subject
        """With the rates in use."""
        self.key = key_of(self.subject)
        self.recipes = self._first = KINDS[self.kind].recipes(self.id, self.beginning)
        self._wishing: Wishing | None = None
        self._further: Sequence[Recipe] = ()
        self.made: list[Made] = []
        """What comes of the recipes, once it has been asked for."""
        self.visitor = self.visitor or self.id
        self.troubles = Troubles(self.clock)

    @property
    def hears(self) -> bool:
        """Whether the job is there and is not left alone."""
        return self.job is not None and not self.troubles.resting

    @property
    def is_quick(self) -> bool:
        """Whether its turns take so little that it may have one between any two others."""
        return self.turn_seconds < QUICK_SECONDS

    @property
    def wants_turn(self) -> bool:
        """Whether there is something to do for it now."""
        if self.job is None or self.troubles.resting:
            return False
        return self.leaving or bool(self.inbox) or self.job.wants_turn

    @property
    def credits(self) -> int:
        """Frames that the page is ready for."""
        return self._credits if self.job is None else self.job.credits

    def welcome(self, credits: int) -> None:
        """A page has connected."""
        if self.job is None:
            self._credits = credits
        else:
            self.job.welcome(credits)

    def hear(self, message: PageMessage) -> None:
        """Take in what the page says; what is to be done about it waits in the inbox."""
        counts = isinstance(message, (Credit, Hidden))
        if not counts:
            self.inbox.add(message)
        elif self.job is not None:
            self.job.hear(message)
        else:
            self._credits = self._credits + 1 if isinstance(message, Credit) else 0

    def hear_oldest(self) -> None:
        """Let the job hear the oldest message in the inbox."""
        assert self.job is not None
        self.job.hear(self.inbox.oldest)

    @property
    def settled(self) -> bool:
        """Whether the job is there, and can be handed over as it is."""
        return self.job is not None and not self.inbox and self.job.settled

    def turn(self) -> list[bytes]:
        """One turn of the job, or a piece of what is to be done before it leaves."""
        assert self.job is not None
        return self.job.settle() if self.leaving else self.job.turn()

    def drop(self) -> None:
        """Let go of what the turn that failed was about."""
        assert self.job is not None
        self.job.drop()

    @property
    def may_begin(self) -> bool:
        """Whether what the job needs to begin is there."""
        return KINDS[self.kind].at_once or all(each.done() for each in self.made)

    def look_further(self) -> Sequence[Recipe]:
        """Take in what the job needs made by now, to be asked for; the recipes that it needs no more."""
        further = self._wishing.further if self._wishing is not None else ()
        if further is self._further:
            return ()
        self._further = further
        before, self.recipes = self.recipes, [*self._first, *self._further]
        self.made.clear()
        keys = {recipe.key for recipe in self.recipes}
        return [recipe for recipe in before if recipe.key not in keys]

    @property
    def failed(self) -> tuple[Recipe, BaseException] | None:
        """The first of its recipes of which nothing could be made, and why."""
        for recipe, made in zip(self.recipes, self.made, strict=False):
            if made.done() and (fault := made.exception()) is not None:
                return recipe, fault
        return None

    def waits_for(self, recipe: Recipe) -> bool:
        """Whether it needs what this recipe makes, and it has failed or is not there."""
        wanted = [made for own, made in zip(self.recipes, self.made, strict=False) if own.key == recipe.key]
        return any(not made.done() or made.exception() is not None for made in wanted)

    def adjust(self, subject: Subject) -> None:
        """Other rates."""
        self.subject = subject
        if self.job is not None:
            self.job.adjust(subject)

    def hold(self, held: bool) -> None:
        """The job may not train from now on, or may again."""
        self._held = held
        if self.job is not None:
            self.job.hold(held)

    def take(self, job: Job) -> None:
        """The job is there. What it comes with need not be saved."""
        if self._held:
            job.hold(True)
        job.welcome(self._credits)
        self.job = job
        self._wishing = job if isinstance(job, Wishing) else None
        self._saved = job.version

    def told(self, sentence: str) -> Standing:
        """How the job stands, with another sentence for its page, until there is news."""
        known = self._told or Standing(state="loading", message="", last_epoch=0, course=course_of(self.subject))
        standing = known if self.job is None else self.job.standing
        self._told = {**standing, "message": sentence}
        return self._told

    def news(self) -> Standing | None:
        """How the job stands, if that is news."""
        if self.job is None:
            return None
        standing = self.job.standing
        known, self._told = self._told, standing
        return standing if known is None or _told(known) != _told(standing) else None

    def to_save(self, now: bool = False) -> Saved | None:
        """What is to be saved of the job: of one at rest at once, since no later epoch will be; else once a second."""
        if self.job is None or self.job.version == self._saved:
            return None
        elapsed = self.clock() - self._saved_at > SAVE_SECONDS
        if not (now or elapsed or self.job.at_rest or self.job.version[0] != self._saved[0]):
            return None
        saved = self.job.save()
        if saved is not None:
            self._saved, self._saved_at = self.job.version, self.clock()
        return saved


def _told(standing: Standing) -> tuple[object, ...]:
    """What a page must hear of when it changes; epochs it sees in its frames."""
    return (
        standing["state"],
        standing["message"],
        standing["course"],
        standing.get("ending"),
        standing.get("held", False),
    )

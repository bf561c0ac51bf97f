"""All that a worker holds of one job."""

from __future__ import annotations

import time
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field

from playground.core.experiment import Experiment
from playground.runtime.jobs.job import Job, Saved
from playground.runtime.jobs.kinds import Beginning
from playground.runtime.protocol.page import Credit, Hidden, PageMessage
from playground.runtime.protocol.server import Standing

SAVE_SECONDS = 1.0


@dataclass
class Seat:
    """A job, or the place of one whose program is still being compiled."""

    id: str
    kind: str
    beginning: Beginning
    job: Job | None = None
    clock: Callable[[], float] = time.monotonic
    _said: list[PageMessage] = field(default_factory=list)
    _credits: int = 0
    _told: Standing | None = None
    _saved: tuple[Hashable, Hashable] = (None, None)
    _saved_at: float = 0.0

    def __post_init__(self) -> None:
        self.experiment = self.beginning.experiment
        """With the rates in use."""

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
        """Pass on what the page says, or keep it until the job is there."""
        if self.job is not None:
            self.job.hear(message)
        elif isinstance(message, Credit):
            self._credits += 1
        elif isinstance(message, Hidden):
            self._credits = 0
        else:
            self._said.append(message)

    def adjust(self, experiment: Experiment) -> None:
        """Other rates."""
        self.experiment = experiment
        if self.job is not None:
            self.job.adjust(experiment)

    def take(self, job: Job) -> None:
        """The job is there: tell it what it has missed. What it comes with need not be saved."""
        self.job = job
        self._saved = job.version
        job.welcome(self._credits)
        for message in self._said:
            job.hear(message)
        self._said = []

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
    return standing["state"], standing["message"], standing.get("ending")

"""A run as the server sees it: who trains it, who watches it, and what it can be taken up from."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Protocol

from playground.core.datasets import PLANE
from playground.core.experiment import Experiment
from playground.lessons.task import Task
from playground.runtime.course import course_of, showing
from playground.runtime.jobs.kinds import Beginning
from playground.runtime.jobs.outcome import HELD
from playground.runtime.protocol import page
from playground.runtime.protocol.closing import CloseCode
from playground.runtime.protocol.packing import pack
from playground.runtime.protocol.server import Course, Standing, State, Status
from playground.runtime.server.intent import Intent
from playground.runtime.server.keeping import Keep
from playground.runtime.server.visitors import Visitor
from playground.runtime.server.watching import Watchers
from playground.runtime.subjects import Subject, key_of, kind_of
from playground.runtime.worker.messages import Adjust, Hold, MoreCredit, Open, Order, Release, Tell, Welcome

ONCE = (page.OneEpoch, page.Rewind, page.Edit)
"""What is done once, and must not be lost; of the rest the newest wish is enough."""
UNSETTLED = 20
"""So many messages of a kind that must not be lost wait for a worker; older ones give way."""
TRAINABLE: tuple[State, ...] = ("ready", "playing", "paused")
"""States from which a run goes on when its page wants that."""


class Viewer(Protocol):
    """A connected page."""

    def send(self, message: bytes) -> None:
        """Queue a packed message for the page; never blocks."""

    def dismiss(self, code: CloseCode) -> None:
        """End the connection."""


class Place(Protocol):
    """Where a run is trained."""

    def send(self, order: Order) -> None:
        """Queue an order for its worker."""


@dataclass(eq=False)
class LiveRun:
    """A run; all of it is touched from the event loop's thread only."""

    subject: Subject
    kind: str = ""
    """Of job; by default the usual one for its subject."""
    visitor: Visitor = Visitor()  # noqa: RUF009  a value
    token: str = field(default_factory=lambda: secrets.token_urlsafe(18))
    place: Place | None = None
    viewer: Viewer | None = None
    intent: Intent = field(default_factory=Intent)
    credits: int = 0
    """Credits the page has given while no worker had the run; with a worker, the worker counts."""
    unsettled: list[page.PageMessage] = field(default_factory=list)
    task: Task | None = None
    """What a lesson wants to know of it."""
    locked: tuple[str, ...] = ()
    """What its page may not change, as `core.locked_controls` calls it."""
    beginnings: int = 1
    """How often it has begun to be about something."""
    kept: Keep | None = None
    kept_epoch: int = 0
    """Where to take it up from, and at which epoch."""
    standing: Standing = field(init=False)
    moving: bool = False
    """Whether a worker has been asked to let the run go, and has not answered yet."""
    crashes: int = 0
    crashed_at: float = 0.0
    ever_watched: bool = False
    seen_at: float = 0.0
    """When a page last gave a sign of life, in seconds of the server's clock."""
    hidden: bool = False
    """Whether the page's tab is out of sight."""
    held: bool = False
    """Whether it may not train, whatever its page says."""
    watchers: Watchers = field(default_factory=Watchers)
    """Who else sees what goes to its page."""
    closed: bool = False
    """Whether it was ended for good; what its page still says is for nobody."""

    def __post_init__(self) -> None:
        self.kind = self.kind or kind_of(self.subject)
        self.key = key_of(self.subject)
        self.standing = Standing(state="loading", message="", last_epoch=0, course=course_of(self.subject))

    @property
    def watched(self) -> bool:
        """Whether somebody can see the run now."""
        return self.viewer is not None and not self.hidden

    @property
    def parked(self) -> bool:
        """Whether only what is kept of it is left."""
        waits = self.standing["state"] in ("loading", "failed")
        return not self.closed and self.place is None and not self.moving and not waits

    def send(self, message: bytes) -> None:
        """Send its page a packed message, if there is one; those who watch see it, too."""
        if self.viewer is not None:
            self.viewer.send(message)
            if self.watchers:
                self.watchers.show(message)

    def tell(self, message: page.PageMessage) -> None:
        """Pass on what the page says, or keep it until a worker has the run."""
        if self.closed:
            return
        if self.held and isinstance(message, page.OneEpoch):
            message = page.Pause()  # a step is not made up for later, and who asked for it does not want to play
        if isinstance(message, page.Credit):
            self._credit()
            return
        self.intent.follow(message)
        # Only a wish for frames shows that somebody looks: a probe may still be on its way from a page just hidden.
        if isinstance(message, page.Hidden):
            self.hidden = True
        if self.place is not None:
            self.place.send(Tell(self.token, message))
        elif isinstance(message, page.Hidden):
            self.credits = 0
        elif isinstance(message, ONCE):
            self.unsettled = [*self.unsettled[-UNSETTLED:], message]

    def _credit(self) -> None:
        self.hidden = False
        if self.place is not None:
            self.place.send(MoreCredit(self.token))
        else:
            self.credits += 1

    def welcome(self, viewer: Viewer) -> None:
        """Another page watches now; one that watched before is dismissed."""
        if self.viewer is not None:
            self.viewer.dismiss(CloseCode.TAKEN)
        self.viewer = viewer
        self.ever_watched = True
        self.hidden = False
        self.credits = 0
        if self.place is not None:
            self.place.send(Welcome(self.token, 0))

    def course_with(self, experiment: Experiment) -> Course:
        """What the run is once it is told to go on with the rates of `experiment`, as far as is known.

        Before any training it is simply that experiment. Later it is what it was, until its worker says from which
        epoch on it has them.
        """
        if self._is_untouched:
            return course_of(experiment)
        return showing(self.standing["course"], PLANE.of(experiment.data))

    @property
    def _is_untouched(self) -> bool:
        asked = self.intent.playing or self.unsettled
        return self.standing["last_epoch"] == 0 and not asked and self.standing["course"] == course_of(self.subject)

    def adjust(self, experiment: Experiment) -> None:
        """Other rates; for a run that has begun anew with other points meanwhile they are not meant."""
        if not isinstance(self.subject, Experiment) or not self.subject.may_become(experiment):
            return
        self.standing["course"] = self.course_with(experiment)
        before, self.subject = self.subject, experiment
        if self.place is not None:
            self.place.send(Adjust(self.token, experiment))
        if before.showing(PLANE.of(experiment.data)) != before:
            self._show_another_plane()

    def _show_another_plane(self) -> None:
        """Its page connects again, by itself, and is told of the points as they lie in it."""
        self.intent.plane = None
        if self.viewer is not None:
            self.viewer.dismiss(CloseCode.ANOTHER_PLANE)

    def begin_anew(self, subject: Subject) -> None:
        """It is about something else now, and nothing of what it has come to is left."""
        self.subject, self.key = subject, key_of(subject)
        self.beginnings += 1
        self.kept, self.kept_epoch, self.credits, self.unsettled = None, 0, 0, []
        self.intent.begin_anew()
        state: State = "playing" if self.intent.playing else "ready"
        self.standing = Standing(state=state, message="", last_epoch=0, course=course_of(subject))
        if self.held:
            self.standing = self._as_held()

    def hold(self, held: bool) -> None:
        """Let it train nothing from now on, whatever its page says, or go on as that wants."""
        if self.closed or self.held == held:
            return
        self.held = held
        self._forget_steps()
        if self.place is not None:
            self.place.send(Hold(self.token, held))
        else:
            self.heed_hold()

    def _forget_steps(self) -> None:
        self.unsettled = [each for each in self.unsettled if not isinstance(each, page.OneEpoch)]

    def stand_as_kept(self) -> None:
        """It has left its worker: its state is the one that it will be taken up in."""
        if self.standing["state"] == "loading":
            self.say("paused" if self.standing["last_epoch"] else "ready", "")
        self.heed_hold()

    def heed_hold(self) -> None:
        """Stand as held exactly if it is, as far as no worker has it: the last one may not have heard of that."""
        if self.standing["state"] in TRAINABLE and self.standing.get("held", False) != self.held:
            self.stand(self._as_held() if self.held else self._as_let_go())

    def _as_held(self) -> Standing:
        return {**self.standing, "state": "paused", "message": HELD, "held": True}

    def _as_let_go(self) -> Standing:
        at_rest: State = "paused" if self.standing["last_epoch"] else "ready"
        standing: Standing = {**self.standing, "state": "playing" if self.intent.playing else at_rest, "message": ""}
        standing.pop("held", None)
        return standing

    def hand_to(self, place: Place) -> None:
        """Give the run to a worker, with what is kept of it and everything the page wants."""
        self.place = place
        kept = self.kept.value() if self.kept is not None else None
        beginning = Beginning(self.subject, kept, self.kept_epoch, self.task)
        place.send(Open(self.token, self.kind, beginning, self.visitor.name or self.token))
        if self.held:
            place.send(Hold(self.token, True))
        place.send(Welcome(self.token, self.credits))
        for message in (*self.unsettled, *self.intent.as_messages()):
            place.send(Tell(self.token, message))
        self.unsettled = []
        self.credits = 0

    def ask_back(self) -> None:
        """Ask the worker to let the run go. What the page says until the answer comes waits here."""
        if self.place is not None:
            self.place.send(Release(self.token))
            self.place = None
            self.moving = True

    def come_back(self, credits: int, unheard: Iterable[page.PageMessage]) -> None:
        """A worker has let the run go, with what it had not heard: the next one is to hear it first."""
        self.moving = False
        self.credits += credits
        lost = [each for each in unheard if isinstance(each, ONCE)]
        self.unsettled = [*lost, *self.unsettled][-UNSETTLED:]
        if self.held:
            self._forget_steps()

    def stand(self, standing: Standing) -> None:
        """Take over how the run stands, and tell the page."""
        self.standing = standing
        if standing["state"] in ("finished", "diverged", "failed"):
            self.intent.playing = False
        if self.viewer is not None:
            self.send(pack(Status(type="status", **standing)))

    def say(self, state: State, message: str) -> None:
        """Another state, with a sentence, at the epoch where it is."""
        self.stand({**self.standing, "state": state, "message": message})

"""A run as the server sees it: who trains it, who watches it, and the state to resume it from."""

from __future__ import annotations

import secrets
import time
from dataclasses import dataclass, field
from typing import Any, Protocol

from playground.core.architecture import program_key
from playground.core.experiment import Experiment
from playground.runtime import messages
from playground.runtime.messages import (
    Credit,
    Edit,
    Focus,
    Hidden,
    PageMessage,
    Pause,
    Play,
    Rewind,
    Scrub,
    Show,
    Speed,
    Step,
    Unfocus,
    View,
)

PAGE_CREDITS = 2
"""Frames under way that a page starts with."""


class Viewer(Protocol):
    """A connected page."""

    def send(self, message: bytes) -> None:
        """Queue a packed message for the page; never blocks."""

    def dismiss(self, code: int) -> None:
        """End the connection with a WebSocket close code."""


class Trainer(Protocol):
    """The worker a run is with."""

    def send(self, name: str, *arguments: Any) -> None:
        """Queue a command."""


@dataclass
class Intent:
    """What the page last asked for: enough to go on elsewhere as if nothing had happened."""

    playing: bool = False
    epochs_per_frame: int = 1
    view: View | None = None
    shown: Scrub | None = None
    beside: Show | None = None
    """The view beside the boundary."""
    focus: Focus | None = None

    def follow(self, message: PageMessage) -> None:
        """Note what the page asks for."""
        match message:
            case Play(epochs_per_frame=epochs):
                self.playing, self.epochs_per_frame, self.shown = True, epochs, None
            case Speed(epochs_per_frame=epochs):
                self.epochs_per_frame = epochs
            case Step() | Rewind():
                self.playing, self.shown = False, None
            case Scrub():
                self.playing, self.shown = False, message
            case Pause():
                self.playing = False
            case View():
                self.view = message
            case Show():
                self.beside = message
            case Focus():
                self.focus = message
            case Unfocus():
                self.focus = None
            case _:
                pass

    def as_messages(self) -> list[PageMessage]:
        """What to say to a worker that takes the run over."""
        wanted: list[PageMessage] = [each for each in (self.view, self.beside, self.focus) if each is not None]
        if self.shown is not None:
            wanted.append(self.shown)
        if self.playing:
            wanted.append(Play(type="play", epochs_per_frame=self.epochs_per_frame))
        return wanted


@dataclass(eq=False)
class LiveRun:
    """A run; all of it is touched from the event loop's thread only."""

    experiment: Experiment
    token: str = field(default_factory=lambda: secrets.token_urlsafe(18))
    worker: Trainer | None = None
    viewer: Viewer | None = None
    intent: Intent = field(default_factory=Intent)
    credits: int = 0
    """Credits the page has given while no worker had the run; with a worker, the worker counts."""
    unsettled: list[PageMessage] = field(default_factory=list)
    saved: list[bytes] = field(default_factory=list)
    state: str = "loading"
    message: str = ""
    last_epoch: int = 0
    moving: bool = False
    """Whether a worker has been asked to let the run go, and has not answered yet."""
    crashes: int = 0
    crashed_at: float = 0.0
    seen_at: float = field(default_factory=time.monotonic)
    """When a page last gave a sign of life."""
    hidden: bool = False
    """Whether the page's tab is out of sight."""
    closed: bool = False
    """Whether it was ended for good; what its page still says is for nobody."""

    @property
    def watched(self) -> bool:
        """Whether somebody can see the run now."""
        return self.viewer is not None and not self.hidden

    @property
    def key(self) -> str:
        """The architecture, as programs are known by."""
        return program_key(self.experiment)

    @property
    def parked(self) -> bool:
        """Whether only its saved state is left."""
        return not self.closed and self.worker is None and not self.moving and self.state not in ("loading", "failed")

    def tell(self, message: PageMessage) -> None:
        """Pass on what the page says, or keep it until a worker has the run."""
        if self.closed:
            return
        self.intent.follow(message)
        self.seen_at = time.monotonic()
        # Only a wish for frames shows that somebody looks: a probe may still be on its way from a page just hidden.
        if isinstance(message, (Credit, Hidden)):
            self.hidden = isinstance(message, Hidden)
        if self.worker is not None:
            self.worker.send("tell", self.token, message)
        elif isinstance(message, Credit):
            self.credits += 1
        elif isinstance(message, Hidden):
            self.credits = 0
        elif isinstance(message, (Step, Rewind, Edit)):
            self.unsettled = [*self.unsettled[-20:], message]

    def hand_to(self, worker: Trainer) -> None:
        """Give the run to a worker, with its state and everything the page wants."""
        self.worker = worker
        worker.send("open", self.token, self.experiment, self.saved)
        worker.send("welcome", self.token, self.credits)
        for message in (*self.unsettled, *self.intent.as_messages()):
            worker.send("tell", self.token, message)
        self.unsettled = []
        self.credits = 0

    def ask_back(self) -> None:
        """Ask the worker for the run's state. What the page says until the answer comes waits here."""
        if self.worker is not None:
            self.worker.send("release", self.token)
            self.worker = None
            self.moving = True

    def keep(self, checkpoint: bytes, history: bytes, full: bool) -> None:
        """Store the state a worker has sent; `history` replaces what is kept when `full`, else follows it."""
        self.saved = [checkpoint, history] if full else [checkpoint, *self.saved[1:], history]

    def set_state(self, state: str, message: str, last_epoch: int) -> None:
        """Take over a state and tell the page."""
        self.state, self.message, self.last_epoch = state, message, last_epoch
        if state in ("finished", "diverged", "failed"):
            self.intent.playing = False
        if self.viewer is not None:
            self.viewer.send(self.status())

    def status(self) -> bytes:
        """The packed `status` message."""
        return messages.pack({"type": "status", **self.standing()})

    def standing(self) -> dict[str, Any]:
        """State, message and newest epoch, as `hello` and `status` carry them."""
        return {"state": self.state, "message": self.message, "last_epoch": self.last_epoch}

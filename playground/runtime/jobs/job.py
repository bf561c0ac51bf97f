"""The contract of a job: all that a worker's loop knows of what it gives turns to."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import NamedTuple, Protocol, runtime_checkable

from playground.runtime.jobs.recipe import Recipe
from playground.runtime.protocol.page import PageMessage
from playground.runtime.protocol.server import Standing
from playground.runtime.subjects import Subject


class Saved(NamedTuple):
    """A job's state on its way out of its process, or what has changed of it.

    Jobs that share their work have one `key`, and what is kept under it serves each of them, from its own `epoch` on.
    `state` and `log` are None when what was saved under the key before still serves. With `whole` they are all there is
    to keep; else the log follows those before it.
    """

    key: str
    epoch: int
    state: bytes | None = None
    log: bytes | None = None
    whole: bool = False


class Kept(NamedTuple):
    """What is needed to take a job up again: of a key, the newest state and the logs, oldest first."""

    key: str
    state: bytes
    logs: tuple[bytes, ...]


class Job(Protocol):
    """One learner's work in a worker. `turn` does one bounded piece of it; all else only sets what is wanted."""

    @property
    def wants_turn(self) -> bool:
        """Whether there is something to do now."""

    @property
    def at_rest(self) -> bool:
        """Whether nothing more will happen until the page asks for it."""

    @property
    def standing(self) -> Standing:
        """State, a sentence for the states that need one, and the newest epoch."""

    @property
    def credits(self) -> int:
        """Frames that the page is ready for."""

    @property
    def version(self) -> tuple[Hashable, Hashable]:
        """What must be saved at once when it changes, and what may wait."""

    def welcome(self, credits: int) -> None:
        """A page has (re)connected: it knows nothing yet."""

    def hear(self, message: PageMessage) -> None:
        """Take in what the page says."""

    def adjust(self, subject: Subject, /) -> None:
        """Take over new rates."""

    def hold(self, held: bool, /) -> None:
        """Train nothing from now on, whatever the page says, or go on as the page wants."""

    def turn(self) -> list[bytes]:
        """Do one bounded piece of work; the packed messages for the page that come of it."""

    @property
    def settled(self) -> bool:
        """Whether all that was asked for and cannot be handed over is done."""

    def settle(self) -> list[bytes]:
        """Do one bounded piece of that, because the job is about to be handed over; messages as of a turn."""

    def drop(self) -> None:
        """Let go of what the turn that failed was about: it would fail again. Without this, it is tried again."""

    def save(self) -> Saved | None:
        """What has changed since the last call; None when nothing is worth keeping."""

    def leave(self) -> None:
        """The job ends here: let go of what it shares with others."""


@runtime_checkable
class Wishing(Protocol):
    """A job that needs things made on its way, which it did not know of when it began."""

    @property
    def further(self) -> Sequence[Recipe]:
        """What it needs made by now besides what it began with; another sequence when that changes.

        What comes of it follows in `made` what it began with.
        """

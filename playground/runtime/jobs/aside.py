"""What is alike in all work that is on no page: nobody plays it, and it says one thing, at its end."""

from __future__ import annotations

from collections.abc import Hashable

from playground.runtime.course import course_of
from playground.runtime.jobs.job import Saved
from playground.runtime.protocol import page
from playground.runtime.protocol.server import Standing, State
from playground.runtime.subjects import Subject


class Aside:
    """A job for the server alone, as its worker sees it."""

    credits = 0
    version: tuple[Hashable, Hashable] = (None, None)

    def __init__(self, subject: Subject) -> None:
        self._course = course_of(subject)
        self._sent = False

    def turn(self) -> list[bytes]:
        """Work for a slice; the last one gives what it says."""
        raise NotImplementedError

    @property
    def wants_turn(self) -> bool:
        """Whether there is something left to do."""
        return not self._sent

    @property
    def at_rest(self) -> bool:
        """Whether it has said what it has to say."""
        return self._sent

    @property
    def standing(self) -> Standing:
        """State and a sentence."""
        state: State = "finished" if self._sent else "playing"
        return Standing(state=state, message="", last_epoch=0, course=self._course)

    def welcome(self, credits: int) -> None:
        """No page looks."""

    def hear(self, message: page.PageMessage) -> None:
        """No page says anything."""

    def adjust(self, subject: Subject) -> None:
        """Nothing of it can change."""

    def hold(self, held: bool) -> None:
        """It is the server's own, whether a class is paused or not."""

    @property
    def settled(self) -> bool:
        """Whether it has come to its end: half of it is no use to another worker."""
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

"""What a page does to a job that trains: play, pause, step, scrub, take a file away; and when a frame is due."""

from __future__ import annotations

from abc import ABC, abstractmethod

from playground.runtime.jobs.exporting import Exporting
from playground.runtime.jobs.kinds import Clock
from playground.runtime.jobs.pacing import Pacing
from playground.runtime.protocol import page
from playground.runtime.protocol.exporting import CancelExport, Export


class Played(ABC):
    """A job that trains epoch by epoch at the pace of its page. Nothing here trains: it only notes what is wanted.

    Attributes
    ----------
    pacing : when to train, and when to show it
    """

    def __init__(self, clock: Clock) -> None:
        self.pacing = Pacing(clock)
        self._shown: int | None = None
        """The epoch looked back at; None follows the newest."""
        self._until: int | None = None
        """The epoch to pause at."""
        self._dirty = self._urgent = True
        """The page does not show what it should; and it must not wait for more epochs."""
        self._exporting: Exporting | None = None
        """The file that is to be taken away."""

    @property
    @abstractmethod
    def newest(self) -> int:
        """The newest epoch that it has come to."""

    @property
    @abstractmethod
    def is_over(self) -> bool:
        """Whether there is nothing more to train."""

    @abstractmethod
    def rewind(self) -> None:
        """Back to epoch 0 and the same initial weights."""

    @abstractmethod
    def _to_export(self, what: str, page_link: str) -> Exporting:
        """The file called `what` of the epoch that is to be on screen."""

    def follow(self, message: page.PageMessage) -> None:
        """Do what the page asks for; other messages have no meaning here."""
        match message:
            case page.Credit():
                self.pacing.credit()
            case page.Hidden():
                self.pacing.hide()
            case page.Play(epochs_per_frame=epochs, until=until):
                self.play(epochs, until)
            case page.Speed(epochs_per_frame=epochs):
                self.pacing.epochs_per_frame = epochs
            case page.Pause():
                self.pause()
            case page.OneEpoch():
                self.step()
            case page.Rewind():
                self.rewind()
            case page.Scrub(epoch=epoch):
                self.scrub(epoch)
            case Export(what=what, link=link):
                self._exporting = self._to_export(what, link)
            case CancelExport():
                self._exporting = None
            case _:
                pass

    def play(self, epochs_per_frame: int, until: int | None = None) -> None:
        """Train from the newest epoch on; at the epoch `until`, pause."""
        self._until = until
        self.pacing.epochs_per_frame = epochs_per_frame
        self.pacing.playing = not self.is_over and not self._has_arrived
        self._look_at(None)

    @property
    def _has_arrived(self) -> bool:
        return self._until is not None and self.newest >= self._until

    def pause(self) -> None:
        """Stop training, and forget steps asked for."""
        if self.pacing.plays:
            self._show_now()  # the page may have passed over the newest frame
        self.pacing.rest()

    def hold(self, held: bool) -> None:
        """Train nothing from now on, whatever the page says, or go on if it wants that."""
        if self.pacing.plays:
            self._show_now()  # as in a pause
        self.pacing.hold(held)

    def step(self) -> None:
        """Train one epoch."""
        self.pacing.playing, self._until = False, None
        self._look_at(None)
        if not self.is_over and not self.pacing.held:
            self.pacing.steps_wanted += 1

    def scrub(self, epoch: int) -> None:
        """Pause and show an epoch trained before."""
        self.pause()
        self._look_at(epoch if epoch < self.newest else None)

    def _look_at(self, epoch: int | None) -> None:
        if epoch != self._shown:
            self._shown = epoch
            self._show_now()

    def _show_now(self) -> None:
        self._dirty = self._urgent = True

    def _came_further(self) -> None:
        """There is a new epoch: a page that follows the newest is to see it, and at the one to stop at it pauses."""
        self.pacing.epoch_done()
        if self._shown is None:
            self._dirty = True
        if self._has_arrived:
            self.pause()

    def _export(self) -> list[bytes]:
        """One slice of the file that is to be taken away, and what is to be sent of it."""
        assert self._exporting is not None
        packed = self._exporting.go_on()
        if packed is None:
            self._exporting = None
        return packed or []

    @property
    def _epoch_wanted(self) -> int:
        """The epoch that is to be on screen."""
        return self.newest if self._shown is None else self._shown

    @property
    def _wants_epoch(self) -> bool:
        return self.pacing.wants_epoch and not self.is_over

    @property
    def _owes_steps(self) -> bool:
        """Whether steps were asked for that are still to be trained: another worker would not know of them."""
        return self.pacing.steps_wanted > 0 and self._wants_epoch

    @property
    def _frame_due(self) -> bool:
        return self._dirty and self.pacing.frame_due(self._urgent)

    @property
    def credits(self) -> int:
        """Frames that the page is ready for."""
        return self.pacing.credits

    @property
    def at_rest(self) -> bool:
        """Whether nothing will be trained until the page asks for it."""
        return self.pacing.at_rest

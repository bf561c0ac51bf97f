"""What a page last asked for: enough to go on elsewhere as if nothing had happened."""

from __future__ import annotations

from dataclasses import dataclass

from playground.runtime.protocol import page


@dataclass
class Intent:
    """The wishes of a page that outlast a worker."""

    playing: bool = False
    epochs_per_frame: int = 1
    until: int | None = None
    plane: page.VisiblePlane | None = None
    shown: page.Scrub | None = None
    beside: page.Show | None = None
    focus: page.Focus | None = None

    def follow(self, message: page.PageMessage) -> None:
        """Note what the page asks for."""
        match message:
            case page.Play(epochs_per_frame=epochs, until=until):
                self.playing, self.epochs_per_frame, self.until, self.shown = True, epochs, until, None
            case page.Speed(epochs_per_frame=epochs):
                self.epochs_per_frame = epochs
            case page.OneEpoch() | page.Rewind():
                self.playing, self.shown = False, None
            case page.Scrub():
                self.playing, self.shown = False, message
            case page.Pause():
                self.playing = False
            case page.VisiblePlane():
                self.plane = message
            case page.Show():
                self.beside = message
            case page.Focus():
                self.focus = message
            case page.Unfocus():
                self.focus = None
            case _:
                pass

    def begin_anew(self) -> None:
        """What was wanted of epochs and of a plane that are no more is forgotten."""
        self.until = self.plane = self.shown = None

    def as_messages(self) -> list[page.PageMessage]:
        """What to say to a worker that takes the run over."""
        wanted: list[page.PageMessage] = [
            each for each in (self.plane, self.beside, self.focus, self.shown) if each is not None
        ]
        if self.playing:
            wanted.append(page.Play(epochs_per_frame=self.epochs_per_frame, until=self.until))
        return wanted

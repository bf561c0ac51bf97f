"""When a run trains and when a frame is due: paced by the page, which gives a credit for each frame it can take."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from playground.runtime.protocol.limits import AS_FAST_AS_IT_GOES, MAX_CREDITS

FRAME_SECONDS = 0.03
"""At full speed a frame is due this often: more would only take time from training."""
WHOLE_FRAME_SECONDS = 4 * FRAME_SECONDS
"""How often a frame is due that holds all there is, not what is new alone."""
LEAD_SECONDS = 0.25
"""At full speed training may go on this long without a credit, to bridge the page's painting."""


@dataclass
class Pacing:
    """What the page has asked for, and what it got."""

    clock: Callable[[], float] = time.monotonic
    frame_seconds: float = FRAME_SECONDS
    """At full speed, how often a frame is due."""
    playing: bool = False
    epochs_per_frame: int = 1
    credits: int = 0
    hidden: bool = False
    steps_wanted: int = 0
    held: bool = False
    """Whether it may not train, whatever is wanted."""
    _epochs_since_frame: int = 0
    _last_frame: float = 0.0

    def rest(self) -> None:
        """Train no further, and forget steps asked for."""
        self.playing = False
        self.steps_wanted = 0

    def hold(self, held: bool) -> None:
        """Train nothing from now on, or go on if that is wanted by then; steps asked for before are forgotten."""
        self.held = held
        self.steps_wanted = 0

    def credit(self) -> None:
        """The page is ready for one more frame."""
        self.credits = min(self.credits + 1, MAX_CREDITS)
        self.hidden = False

    def hide(self) -> None:
        """Nobody looks."""
        self.credits = 0
        self.hidden = True
        self.steps_wanted = 0

    def welcome(self, credits: int) -> None:
        """Another page looks, ready for so many frames."""
        self.credits = min(credits, MAX_CREDITS)
        self.hidden = False

    def epoch_done(self) -> None:
        """An epoch has been trained."""
        self._epochs_since_frame += 1
        self.steps_wanted = max(self.steps_wanted - 1, 0)

    def frame_sent(self) -> None:
        """A frame is on its way."""
        self.credits -= 1
        self._epochs_since_frame = 0
        self._last_frame = self.clock()

    @property
    def at_rest(self) -> bool:
        """Whether nothing will be trained until the page asks for it."""
        return self.held or (not self.playing and not self.steps_wanted)

    @property
    def plays(self) -> bool:
        """Whether it is wanted to play, and may."""
        return self.playing and not self.held

    @property
    def at_full_speed(self) -> bool:
        """Whether it trains as fast as it goes."""
        return self.epochs_per_frame == AS_FAST_AS_IT_GOES

    @property
    def wants_epoch(self) -> bool:
        """Whether to train now."""
        if self.steps_wanted:
            return not self.held
        if not self.plays:
            return False
        if self.at_full_speed:
            return self.credits > 0 or self.clock() - self._last_frame < LEAD_SECONDS
        return self.credits > 0 and self._epochs_since_frame < self.epochs_per_frame

    def frame_due(self, urgent: bool) -> bool:
        """Whether to send what is new now; `urgent` when it must not wait for more epochs."""
        if self.credits <= 0:
            return False
        if urgent or not self.plays:
            return True
        if self.at_full_speed:
            return self.clock() - self._last_frame >= self.frame_seconds
        return self._epochs_since_frame >= self.epochs_per_frame

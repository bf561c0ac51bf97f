"""One learner's wall: its training, and what its page wants to see of it."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Hashable, Iterator, Sequence
from functools import partial

from playground.core.wall import Wall
from playground.lessons.task import Task
from playground.runtime.course import course_of
from playground.runtime.engine import Engine
from playground.runtime.exports.wall import WALL_EXPORTS, WallSource
from playground.runtime.jobs.exporting import Exporting
from playground.runtime.jobs.job import Kept, Saved
from playground.runtime.jobs.judging import Judged
from playground.runtime.jobs.kinds import Beginning, Clock, Made, kind
from playground.runtime.jobs.outcome import HELD
from playground.runtime.jobs.pacing import FRAME_SECONDS
from playground.runtime.jobs.played import Played
from playground.runtime.jobs.trainings import Trainings
from playground.runtime.jobs.wall.frame import WallPainter
from playground.runtime.jobs.wall.judged import seen_of
from playground.runtime.jobs.wall.plan import ahead, parts_of, recipes_of
from playground.runtime.jobs.wall.source import source_of
from playground.runtime.jobs.wall.training import WallTraining
from playground.runtime.limits import Limits
from playground.runtime.protocol import page
from playground.runtime.protocol.server import Standing, State
from playground.runtime.subjects import WALL, Many, Subject

SHARE_OF_TRAINING = 1.2
"""At full speed, time for training between two frames in units of what a frame takes."""
BUILDING = "Building the networks: {ready} of {all} are ready."


class WallRun(Played):
    """A wall as its worker sees it. `turn` does one bounded piece of work; all else only sets what is wanted."""

    def __init__(
        self,
        engine: Engine,
        limits: Limits,
        made: Sequence[Made],
        wall: Many,
        kept: Kept | None = None,
        clock: Clock = time.monotonic,
        task: Task | None = None,
    ) -> None:
        super().__init__(clock)
        self._wall, self._engine, self._clock = wall, engine, clock
        self.computed: Counter[str] = Counter()
        self.training = WallTraining(parts_of(wall, engine, made, kept), len(wall.experiments), limits, kept)
        self._made, self._taken = made, 0
        """What is made for it, and how much of that it had when it last looked."""
        self._painter = WallPainter(wall, self.computed)
        self._judged = Judged(task)
        self._painting: Iterator[bytes | None] | None = None
        self._paint_seconds = 0.0
        self._opened: int | None = None
        self._exports = False
        """Whether the turn is, or was, that of the file that is to be taken away."""
        self._course = course_of(wall)

    # What the page wants -------------------------------------------------------------------------------------------

    def hear(self, message: page.PageMessage) -> None:
        """Take in what the page says; what is meant for the run of one network has no meaning here."""
        match message:
            case page.OpenCell(cell=cell):
                self._open(cell)
            case _:
                self.follow(message)

    def rewind(self) -> None:
        """Back to epoch 0 and the same initial weights."""
        self.pause()
        self._painting = self._shown = None
        if self.training.newest > 0 or (self.training.newest == 0 and not self.training.whole):
            self.training.rewind()
            self._painter.forget()
            self._judged.begin_anew()
        self._show_now()

    def _open(self, cell: int | None) -> None:
        cell = cell if cell is not None and cell < len(self._wall.cells) else None
        if cell != self._opened:
            self._opened = cell
            self._show_now()

    def adjust(self, subject: Subject) -> None:
        """Nothing of a wall can change while it trains."""

    def welcome(self, credits: int) -> None:
        """A page has (re)connected: it knows no figures yet."""
        self.pacing.welcome(credits)
        self._painting = None
        self._painter.forget()
        self._judged.forget()
        self._exporting = None
        self._show_now()

    # How it stands -------------------------------------------------------------------------------------------------

    @property
    def newest(self) -> int:
        """The newest epoch that all networks have come to; -1 before the untrained ones have their figures."""
        return self.training.newest

    @property
    def is_over(self) -> bool:
        """Whether no network has anything left to train."""
        return self.training.ended

    @property
    def standing(self) -> Standing:
        """State, a sentence for the states that need one, and the newest epoch."""
        last = max(self.training.newest, 0)
        standing = Standing(state=self.state, message=self._message, last_epoch=last, course=self._course)
        if self.pacing.held:
            standing["held"] = True
        return standing

    @property
    def state(self) -> State:
        """What the wall's `data-state` says."""
        if not self.training.ready:
            return "loading"
        if self.training.ended:
            return "diverged" if self.training.diverged == self.training.networks else "finished"
        if self.pacing.held:
            return "paused"
        if self.pacing.playing:
            return "playing"
        return "ready" if self.training.newest == 0 else "paused"

    @property
    def _message(self) -> str:
        all_, diverged = self.training.networks, self.training.diverged
        if not self.training.ready:
            return BUILDING.format(ready=all_ - self.training.waiting, all=all_)
        if not self.training.ended:
            return HELD if self.pacing.held else ""
        if diverged == all_:
            return "All networks have diverged. Lower the learning rates."
        return f"{diverged} of {all_} have diverged." if diverged else ""

    # State ---------------------------------------------------------------------------------------------------------

    @property
    def version(self) -> tuple[Hashable, Hashable]:
        """What must be saved at once when it changes, and what may wait."""
        return self.training.key, self.training.newest

    def save(self) -> Saved | None:
        """What has changed since the last call; None while some networks are an epoch ahead of others."""
        if not (self.training.ready and self.training.whole):
            return None
        return Saved(self.training.key, self.training.newest, *(self.training.changes() or (None, None, False)))

    @property
    def settled(self) -> bool:
        """Whether all networks are at the same epoch, and all steps taken; what has not begun goes as it was kept."""
        return (self.training.whole and not self._owes_steps) or not self.training.ready

    def settle(self) -> list[bytes]:
        """One slice of the way to the end of an epoch."""
        self._train()
        return []

    def drop(self) -> None:
        """A frame, or a file, that failed would fail again; training is tried again."""
        if self._exports:
            self._exporting = None
        else:
            self._painting = None

    def leave(self) -> None:
        """Nothing is shared with others."""

    # Work ----------------------------------------------------------------------------------------------------------

    @property
    def wants_turn(self) -> bool:
        """Whether there is something to train or to show now."""
        return self._exporting is not None or self._has_work

    @property
    def _has_work(self) -> bool:
        return self._painting is not None or self._frame_due or self._wants_training or self._may_take

    @property
    def _may_take(self) -> bool:
        return sum(each.done() for each in self._made) > self._taken

    def _take(self) -> None:
        """Let one part take what has come for it."""
        came = sum(each.done() for each in self._made)
        if self.training.take():
            self._show_now()
        else:
            self._taken = came

    def turn(self) -> list[bytes]:
        """Do one slice of work, or of a file that is to be taken away, by turns; pack what is due."""
        self._exports = self._exporting is not None and not (self._exports and self._has_work)
        return self._export() if self._exports else self._work()

    def _work(self) -> list[bytes]:
        if self._may_take:
            self._take()
        elif self._painting is not None:
            return self._go_on_painting()
        elif self._frame_due:
            self._begin_painting()
            return self._go_on_painting()
        elif self._wants_training:
            self._train()
        return []

    def _train(self) -> None:
        if not self.training.advance():
            return
        if self.newest > 0:
            self._came_further()
        else:
            self._show_now()
        if self.is_over:
            self.pacing.rest()
            self._show_now()

    @property
    def _wants_training(self) -> bool:
        if self.newest < 0:
            return self.training.can_advance()
        return self.training.ready and self._wants_epoch

    def _begin_painting(self) -> None:
        self._dirty = self._urgent = False  # what changes while it is painted is for the next frame
        self._painting = self._painter.paint(self.training, self._epoch_wanted, self.standing, self._opened)
        self._paint_seconds = 0.0

    def _go_on_painting(self) -> list[bytes]:
        assert self._painting is not None
        began = self._clock()
        frame = next(self._painting)
        self._paint_seconds += self._clock() - began
        if frame is None:
            return []
        self._painting = None
        self.pacing.frame_seconds = max(FRAME_SECONDS, SHARE_OF_TRAINING * self._paint_seconds)
        self.pacing.frame_sent()
        if self._painter.lacks(self.training):
            self._dirty = True
        return [frame, *self._verdict()]

    def _to_export(self, what: str, page_link: str) -> Exporting:
        return Exporting(what, partial(self._source, page_link), self._clock, WALL_EXPORTS)

    def _source(self, page_link: str) -> WallSource:
        link = self._course["link"]
        wall, engine, epoch = self._wall, self._engine, self._epoch_wanted
        return source_of(wall, engine, self.training, epoch, link=link, page_link=page_link)

    def _verdict(self) -> list[bytes]:
        """What all networks have come to, if that is news and they have figures."""
        training, wall = self.training, self._wall
        if training.newest < 0 or not isinstance(wall, Wall):
            return []
        key = training.key, training.newest, training.ended
        return self._judged.say(key, wall, lambda: seen_of(training, wall.experiments))


@kind(WALL, recipes=recipes_of, ahead=ahead, at_once=True)
def begin_wall(trainings: Trainings, made: Sequence[Made], beginning: Beginning, clock: Clock) -> WallRun:
    """A wall begins, or is taken up."""
    assert isinstance(beginning.subject, Many)
    engine, limits = trainings.engine, trainings.limits
    return WallRun(engine, limits, made, beginning.subject, beginning.kept, clock, beginning.task)

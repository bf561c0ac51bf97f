"""One learner's search: batch after batch, rung after rung, as long as its page looks and its time lasts."""

from __future__ import annotations

import pickle
import secrets
from collections.abc import Hashable, Sequence
from typing import NamedTuple

from playground.core.search import Ledger, Record, Search
from playground.runtime.course import course_of
from playground.runtime.jobs.job import Kept, Saved
from playground.runtime.jobs.kinds import Beginning, Clock, kind
from playground.runtime.jobs.outcome import HELD
from playground.runtime.jobs.pacing import WHOLE_FRAME_SECONDS, Pacing
from playground.runtime.jobs.recipe import Made, Recipe
from playground.runtime.jobs.search.asking import Asking, Batch
from playground.runtime.jobs.search.climb import Climb, Climber
from playground.runtime.jobs.search.frame import TrialsPainter
from playground.runtime.jobs.search.watch import Watch
from playground.runtime.jobs.slices import SLICE_SECONDS
from playground.runtime.jobs.trainings import Trainings
from playground.runtime.protocol import page
from playground.runtime.protocol.server import Standing, State
from playground.runtime.subjects import SEARCH, Subject, key_of


class Told(NamedTuple):
    """What is pickled of a search at the end of a batch: an asker that is told of its trials asks the next ones."""

    records: list[Record]
    seconds: float
    importance: dict[str, float]


class SearchRun:
    """A search as its worker sees it. `turn` does one bounded piece of work; all else only sets what is wanted.

    Attributes
    ----------
    ledger : what has come of its trials
    further : what it needs made now: the next batch, or the stacks on their way to a rung and what has mattered so far
    """

    def __init__(self, search: Search, made: Sequence[Made], clock: Clock, kept: Kept | None = None) -> None:
        self._search, self._course, self._clock, self._made = search, course_of(search), clock, made
        self._of = key_of(search)
        self._pacing = Pacing(clock)
        self._until = float(search.seconds)
        self._painter = TrialsPainter()
        self._painted_at = -WHOLE_FRAME_SECONDS
        self._dirty = True
        self._shown: State | None = None
        """The state in the last frame."""
        self.further: Sequence[Recipe] = ()
        self._waits_at: int | None = None
        """Where in `made` the next batch, or what has mattered, will be."""
        self._begin_anew(None if kept is None else kept.key)
        if kept is not None:
            self._restore(pickle.loads(kept.state))
        self._ask()

    def _begin_anew(self, key: str | None = None) -> None:
        self._key = key or secrets.token_hex(8)
        self._asking = Asking(self._search, self._key, self._of)
        self._watch = Watch(self._clock)
        self.ledger = Ledger(self._search)
        self._importance: dict[str, float] = {}
        self._climb: Climb | None = None
        """On the way to a rung; None while the next batch is asked."""
        self._told = 0
        """Trials of the batches that have come to their end."""
        self._saved: Hashable = None

    def _restore(self, told: Told) -> None:
        self._watch = Watch(self._clock, told.seconds)
        self.ledger.take_up(told.records)
        self._importance, self._told, self._saved = told.importance, len(told.records), len(told.records)

    # What the page wants -------------------------------------------------------------------------------------------

    def hear(self, message: page.PageMessage) -> None:
        """Take in what the page says. `until` of Play is in seconds here: a search whose time is over goes on so."""
        match message:
            case page.Credit():
                self._pacing.credit()
            case page.Hidden():
                self._pacing.hide()
            case page.Play(until=until):
                self._until = float(until or self._search.seconds)
                self._play(True)
            case page.Pause():
                self._play(False)
            case page.Rewind():
                self._rewind()
            case _:
                pass
        self._watch.run(self._works)

    def _play(self, plays: bool) -> None:
        self._pacing.playing = plays
        self._dirty = True

    def _rewind(self) -> None:
        self._play(False)
        self._painter.forget()
        self._begin_anew()
        self._ask()

    def welcome(self, credits: int) -> None:
        """A page has (re)connected: it knows nothing yet."""
        self._pacing.welcome(credits)
        self._painter.forget()
        self._dirty = True
        self._watch.run(self._works)

    def adjust(self, subject: Subject) -> None:
        """Nothing of a search can change."""

    def hold(self, held: bool) -> None:
        """Train nothing from now on, whatever the page says, or go on if it wants that; its time stands meanwhile."""
        self._pacing.hold(held)
        self._dirty = True
        self._watch.run(self._works)

    # How it stands -------------------------------------------------------------------------------------------------

    @property
    def standing(self) -> Standing:
        """State, a sentence for the states that need one, and how many trials have ended."""
        state, message = self._state, self._message
        standing = Standing(state=state, message=message, last_epoch=self.ledger.ended, course=self._course)
        if self._pacing.held:
            standing["held"] = True
        return standing

    @property
    def _state(self) -> State:
        if self._has_ended:
            return "diverged" if self._all_diverged else "finished"
        if not self.ledger.records:
            return "loading"
        if self._pacing.held:
            return "paused"
        if self._pacing.playing:
            return "playing"
        return "paused" if self._watch.seconds > 0 else "ready"

    @property
    def _message(self) -> str:
        if not self._has_ended:
            return HELD if self._pacing.held else ""
        counts = self.ledger.counts()
        if self._all_diverged:
            rule = "A search needs trials whose loss stays a number"
            return f"{rule}. Got {counts['diverged']} that have all diverged: lower the learning rate, or search it."
        over = [] if self._is_done else [f"Its {self._until:g} seconds are over after {self.ledger.ended} trials."]
        have = "has" if counts["diverged"] == 1 else "have"
        diverged = [f"{counts['diverged']} of {self.ledger.ended} {have} diverged."] if counts["diverged"] else []
        return " ".join([*over, *diverged])

    @property
    def _is_done(self) -> bool:
        """Whether there are no trials left."""
        return self._told == self._search.trials

    @property
    def _has_ended(self) -> bool:
        return self._is_done or self._watch.seconds >= self._until

    @property
    def _all_diverged(self) -> bool:
        return 0 < self.ledger.ended == self.ledger.counts()["diverged"]

    @property
    def _works(self) -> bool:
        """Whether it is on its way, though it may wait for what is made for it."""
        return self._pacing.plays and self._pacing.credits > 0 and not self._has_ended

    @property
    def credits(self) -> int:
        """Frames that the page is ready for."""
        return self._pacing.credits

    @property
    def at_rest(self) -> bool:
        """Whether nothing will be trained until the page asks for it."""
        return not self._pacing.plays or self._has_ended

    # State ---------------------------------------------------------------------------------------------------------

    @property
    def version(self) -> tuple[Hashable, Hashable]:
        """What must be saved at once when it changes, and what may wait."""
        return self._key, self._told

    def save(self) -> Saved | None:
        """The trials of all batches that have come to their end; the one under way is asked and trained again."""
        if self._saved == self._told:
            return None
        self._saved = self._told
        told = Told(self.ledger.records[: self._told], self._watch.seconds, self._importance)
        return Saved(self._key, self._told, pickle.dumps(told), whole=True)

    settled = True

    def settle(self) -> list[bytes]:
        """Nothing is owed to the page."""
        return []

    def drop(self) -> None:
        """A frame that failed is tried again with the next one."""
        self._dirty, self._shown = False, self._state

    def leave(self) -> None:
        """Nothing is shared with others."""

    # Work ----------------------------------------------------------------------------------------------------------

    @property
    def wants_turn(self) -> bool:
        """Whether there is something to take, to train or to show now."""
        return self._may_take or (self._works and self._may_train) or self._frame_due

    @property
    def _may_take(self) -> bool:
        """Whether the next batch, or what has mattered, has come."""
        return self._waits_at is not None and self._waits_at < len(self._made) and self._made[self._waits_at].done()

    @property
    def _may_train(self) -> bool:
        return self._climb is not None and self._climb.can_advance(self._made)

    @property
    def _frame_due(self) -> bool:
        news = self._dirty or self._works or self._state != self._shown
        if not news or self._pacing.credits <= 0:
            return False
        return self.at_rest or self._clock() - self._painted_at >= WHOLE_FRAME_SECONDS

    def turn(self) -> list[bytes]:
        """Take what has come, train for a slice, or show how far it is."""
        self._watch.run(self._works)
        if self._may_take:
            self._take()
        elif self._frame_due:
            return [self._frame()]
        elif self._works and self._may_train:
            self._train()
        self._watch.run(self._works)
        return []

    def _frame(self) -> bytes:
        self._dirty, self._shown = False, self._state
        self._painted_at = self._clock()
        self._pacing.frame_sent()
        frame = self._painter.paint(self.ledger, self.standing, self._watch.seconds, self._importance)
        self._watch.run(self._works)
        return frame

    def _take(self) -> None:
        assert self._waits_at is not None
        found, self._waits_at = self._made[self._waits_at].result(), None
        self._dirty = True
        if not isinstance(found, Batch):
            self._importance = found
        elif found.trials:
            self.ledger.add(found.trials)
            pairs = zip(found.trials, found.experiments, strict=True)
            self._climb_to(0, [Climber(trial.number, each) for trial, own in pairs for each in own])

    def _train(self) -> None:
        assert self._climb is not None
        self._climb.advance(self._made, SLICE_SECONDS)
        if self._climb.arrived:
            self._judge(self._climb)

    def _judge(self, climb: Climb) -> None:
        """All have come to a rung: who goes on does, and after the last ones the next batch is asked."""
        self._dirty = True
        for trial, figures in climb.figures().items():
            self.ledger.tell(trial, climb.epoch, figures)
        going_on = self.ledger.judge(climb.epoch)
        if going_on:
            climbers = [each for each in climb.climbers if each.trial in going_on]
            self._climb_to(self._search.rungs.index(climb.epoch) + 1, climbers)
        else:
            self._told = len(self.ledger.records)
            self._ask()

    # What is made for it -------------------------------------------------------------------------------------------

    @property
    def _scores(self) -> list[float]:
        return [self.ledger.score(number) for number in range(self._told)]

    def _ask(self) -> None:
        """The next batch; after the last one, what has mattered in all."""
        self._climb = None
        recipe = self._asking.importance(self._scores) if self._is_done else self._asking.batch(self._scores)
        self.further, self._waits_at = [recipe], 0

    def _climb_to(self, rung: int, climbers: Sequence[Climber]) -> None:
        self._climb = Climb(self._search, self._search.rungs[rung], climbers)
        stacks = self._climb.recipes(f"{self._key} after {self._told} rung {rung}", self._of)
        if rung > 0 or not self._told:
            self.further, self._waits_at = stacks, None
        else:  # what has mattered is looked at while the next batch has begun to train
            self.further, self._waits_at = [*stacks, self._asking.importance(self._scores)], len(stacks)


def _recipes(_job: str, _beginning: Beginning) -> Sequence[Recipe]:
    return ()


def _ahead(subject: Subject) -> Recipe:
    """The programs of the first batch."""
    assert isinstance(subject, Search)
    return Asking(subject, "ahead", key_of(subject)).programs()


@kind(SEARCH, recipes=_recipes, ahead=_ahead, at_once=True)
def begin_search(_trainings: Trainings, made: Sequence[Made], beginning: Beginning, clock: Clock) -> SearchRun:
    """A search begins, or is taken up."""
    assert isinstance(beginning.subject, Search)
    return SearchRun(beginning.subject, made, clock, beginning.kept)

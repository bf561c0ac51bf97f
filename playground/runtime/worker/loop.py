"""The loop of a worker: orders, programs, turns.

Jobs and orders share one thread, so nothing is locked. Only compiling an architecture, which takes about a second, has
a thread of its own.
"""

from __future__ import annotations

import gc
import logging
import time
from collections.abc import Callable, Iterator, Sequence
from typing import Protocol

from playground import figures
from playground.runtime.engine import Engine
from playground.runtime.jobs.kinds import KINDS, Recipe
from playground.runtime.jobs.outside import is_from_outside
from playground.runtime.jobs.trainings import Trainings
from playground.runtime.limits import Limits
from playground.runtime.protocol.page import Credit
from playground.runtime.subjects import kind_of
from playground.runtime.worker.breaks import Breaks
from playground.runtime.worker.growth import Growth
from playground.runtime.worker.guard import Diary, Fate, Guard
from playground.runtime.worker.messages import (
    Adjust,
    Answer,
    Changed,
    Close,
    Closed,
    Failed,
    ForPage,
    Hold,
    Loaded,
    MoreCredit,
    Open,
    Order,
    Prepare,
    Prepared,
    Release,
    Released,
    Stop,
    Tell,
    Tired,
    ToKeep,
    Welcome,
)
from playground.runtime.worker.programs import Programs, Wish
from playground.runtime.worker.seat import Seat

IDLE_SECONDS = 0.05
FLUSH_SECONDS = 0.005
"""Answers wait for one another no longer than this."""
UNBUILDABLE = "This network could not be built on the server."
FAULTY = "Training failed three times on the server, and was stopped. Restart goes back to epoch 0."
SHORT = "The server has no more memory or files to give just now. This run goes on as soon as it can."
MORE_CREDIT = Credit()

log = logging.getLogger(__name__)


class Line(Protocol):
    """The way to the server and back."""

    def listen(self, seconds: float) -> Sequence[Order]:
        """The orders that are there, waited for as long."""

    def say(self, answers: Sequence[Answer]) -> None:
        """Send answers."""


class Loop:
    """Takes orders, and gives each job its turns."""

    def __init__(
        self,
        line: Line,
        engine: Engine,
        limits: Limits,
        diary: Diary,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._line, self._engine, self._clock = line, engine, clock
        self._trainings = Trainings(engine, limits)
        self._seats: dict[str, Seat] = {}
        self._programs = Programs(engine, limits.programs, self._wishes, diary.compiling, clock)
        self._guard = Guard(engine, diary)
        self._breaks = Breaks(clock)
        self._growth = Growth(limits)
        self._outbox: list[Answer] = [Loaded()]
        self._flushed_at = 0.0
        self._goes_on = True

    def serve(self) -> None:
        """Take turns until told to stop."""
        while self._goes_on:
            self.take_round()

    def take_round(self) -> None:
        """Obey what has been ordered, then give every job that wants one a turn, those with short turns more often."""
        self._take_in(self._patience())
        for seat in [seat for seat in self._seats.values() if not seat.is_quick]:
            self._give_quick_turns()
            self._give_turn(seat)
            self._take_in(0.0)
        self._give_quick_turns()

    def _take_in(self, seconds: float) -> None:
        """What has been ordered, waited for as long, and compiled."""
        self._flush()
        for order in self._line.listen(seconds):
            self._obey(order)
        self._programs.go_on()
        self._admit()

    def _give_quick_turns(self) -> None:
        for seat in [seat for seat in self._seats.values() if seat.is_quick]:
            self._give_turn(seat)
            if self._clock() - self._flushed_at > FLUSH_SECONDS:
                self._flush()

    def _patience(self) -> float:
        """How long to wait for orders."""
        wanting = [seat for seat in list(self._seats.values()) if self._wants_turn(seat)]
        if all(self._breaks.waits(seat, self._seats.values()) for seat in wanting):
            return min(self._breaks.seconds_left, IDLE_SECONDS) if wanting else IDLE_SECONDS
        return 0.0

    def _wishes(self) -> Iterator[Wish]:
        # Of a job's own wishes the first is granted first, of several jobs the newest.
        return (Wish(seat.visitor, each.key) for seat in self._seats.values() for each in reversed(seat.recipes))

    def _is_here(self, seat: Seat) -> bool:
        """Whether it has not left; one of its name, which was handed over and has come back, is another."""
        return self._seats.get(seat.id) is seat

    def _say(self, answer: Answer) -> None:
        self._outbox.append(answer)

    def _flush(self) -> None:
        self._flushed_at = self._clock()
        if not self._outbox:
            return
        try:
            self._line.say(self._outbox)
        except MemoryError:  # of the bytes to be sent: nothing is on its way yet
            log.warning("There was no memory for %d answers, which wait", len(self._outbox))
        else:
            self._outbox = []

    # Orders --------------------------------------------------------------------------------------------------------

    def _obey(self, order: Order) -> None:
        match order:
            case Prepare(subject=subject):
                self._programs.prepare(KINDS[kind_of(subject)].ahead(subject))
            case Open():
                self._open(order)
            case Stop():
                self._goes_on = False
            case _:
                seat = self._seats.get(order.job)
                if seat is not None:
                    self._obey_for(seat, order)
                if isinstance(order, Close):
                    self._say(Closed(order.job))

    def _obey_for(self, seat: Seat, order: Welcome | MoreCredit | Tell | Adjust | Hold | Close | Release) -> None:
        match order:
            case MoreCredit():
                self._do(seat, lambda: seat.hear(MORE_CREDIT))
            case Tell(message=message):
                seat.hear(message)
                self._deliver(seat)
            case Welcome(credits=credits):
                self._do(seat, lambda: seat.welcome(credits))
            case Adjust(subject=subject):
                self._do(seat, lambda: seat.adjust(subject))
                self._keep_and_tell(seat)
            case Hold(held=held):
                self._do(seat, lambda: seat.hold(held))
                self._keep_and_tell(seat)
            case Close():
                self._close(seat)
            case Release():
                seat.leaving = True
                self._release_if_settled(seat)

    def _open(self, order: Open) -> None:
        seat = Seat(order.job, order.kind, order.beginning, order.visitor, clock=self._clock)
        self._seats[seat.id] = seat
        seat.made[:] = [self._programs.claim(recipe) for recipe in seat.recipes]

    def _deliver(self, seat: Seat) -> None:
        """Let the job hear what its page has said."""
        while seat.hears and seat.inbox:
            fate = self._do(seat, seat.hear_oldest)
            if fate is not Fate.PUT_OFF:
                seat.inbox.strike_oldest()
        self._keep_and_tell(seat)

    def _close(self, seat: Seat) -> None:
        del self._seats[seat.id]
        self._leave(seat)

    def _leave(self, seat: Seat) -> None:
        if seat.job is not None:
            self._guard.do(seat, seat.job.leave)
        for recipe in seat.recipes:
            self._programs.leave(recipe)

    def _release_if_settled(self, seat: Seat) -> None:
        """Hand the job over once nothing is left to be done that cannot be."""
        if seat.job is not None and not seat.settled:
            return
        if seat.job is not None and self._do(seat, lambda: self._keep(seat, now=True)) is not Fate.DONE:
            return
        self._say(Released(seat.id, seat.credits, tuple(seat.inbox)))
        self._close(seat)

    # Programs ------------------------------------------------------------------------------------------------------

    def _admit(self) -> None:
        for key in self._programs.prepared():
            self._say(Prepared(key))
        for seat in list(self._seats.values()):
            if not self._is_here(seat) or seat.troubles.resting:
                continue
            for recipe in seat.look_further():
                self._programs.leave(recipe)
            if not seat.made:
                seat.made[:] = [self._programs.of(recipe) for recipe in seat.recipes]
            if (failed := seat.failed) is not None:
                self._do_without(seat, *failed)
            elif seat.job is None and seat.may_begin:
                self._begin(seat)

    def _begin(self, seat: Seat) -> None:
        self._do(seat, lambda: self._take_up(seat))
        if seat.job is not None:
            self._deliver(seat)
        self._watch_growth()

    def _take_up(self, seat: Seat) -> None:
        beginning = seat.beginning._replace(subject=seat.subject)  # its rates may have changed meanwhile
        seat.take(KINDS[seat.kind].begin(self._trainings, seat.made, beginning, self._clock))

    def _do_without(self, seat: Seat, recipe: Recipe, fault: BaseException) -> None:
        """What could not be made is not tried for each of those that wait for it."""
        self._guard.judge(seat, fault)
        self._programs.drop(recipe)
        for each in [each for each in self._seats.values() if each.waits_for(recipe)]:
            if is_from_outside(fault, self._engine):
                each.made.clear()  # it is asked for anew
                self._put_off(each)
            else:
                self._fail(each, UNBUILDABLE)

    def _watch_growth(self) -> None:
        if self._growth.begin():  # the first program loads the compiler, which stays and does not grow
            self._programs.then(figures.load)  # so that the first chart does not hold up training
        if self._growth.has_come(self._programs.spent, len(self._programs.wanted())):
            gc.collect()
            self._say(Tired())

    # Turns ---------------------------------------------------------------------------------------------------------

    def _wants_turn(self, seat: Seat) -> bool:
        wants: list[bool] = []
        self._do(seat, lambda: wants.append(seat.wants_turn))
        return any(wants)

    def _give_turn(self, seat: Seat) -> None:
        if not self._wants_turn(seat) or self._breaks.waits(seat, self._seats.values()):
            return
        if seat.inbox:
            self._deliver(seat)
        packed: list[bytes] = []
        began = self._clock()
        fate = self._do(seat, lambda: packed.extend(seat.turn()))
        self._breaks.took(seat, began)
        if fate is Fate.DONE:
            seat.troubles.pass_over()
        elif fate is Fate.FAILED:
            self._do(seat, seat.drop)
        self._keep_and_tell(seat, packed)
        if seat.leaving and self._is_here(seat):
            self._release_if_settled(seat)

    def _keep_and_tell(self, seat: Seat, packed: list[bytes] | None = None) -> None:
        """What is to be kept goes first: what the page has been told must not be lost with this process."""
        if not self._is_here(seat):
            return
        self._do(seat, lambda: self._keep(seat))
        self._pass_on(seat, packed or [])
        if not seat.troubles.resting:
            self._do(seat, lambda: self._tell_news(seat))

    def _do(self, seat: Seat, work: Callable[[], object]) -> Fate:
        """Do something for a job, unless it was stopped; one that fails again and again is."""
        if not self._is_here(seat):
            return Fate.FAILED
        fate = self._guard.do(seat, work)
        if fate is Fate.PUT_OFF:
            self._put_off(seat)
        elif fate is Fate.FAILED and seat.troubles.count():
            self._fail(seat, FAULTY)
        return fate

    def _put_off(self, seat: Seat) -> None:
        seat.troubles.pause()
        self._guard.do(seat, lambda: self._say(Changed(seat.id, seat.told(SHORT))))

    def _fail(self, seat: Seat, sentence: str) -> None:
        self._seats.pop(seat.id, None)
        self._leave(seat)
        self._say(Failed(seat.id, sentence))

    def _pass_on(self, seat: Seat, packed: list[bytes]) -> None:
        if packed:
            self._say(ForPage(seat.id, packed))

    def _tell_news(self, seat: Seat) -> None:
        standing = seat.news()
        if standing is not None:
            self._say(Changed(seat.id, standing))

    def _keep(self, seat: Seat, now: bool = False) -> None:
        saved = seat.to_save(now)
        if saved is not None:
            self._say(ToKeep(seat.id, saved))

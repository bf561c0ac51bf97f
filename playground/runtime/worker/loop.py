"""The loop of a worker: orders, programs, turns.

Jobs and orders share one thread, so nothing is locked. Only compiling an architecture, which takes about a second, has
a thread of its own.
"""

from __future__ import annotations

import gc
import logging
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Protocol

from playground import figures
from playground.core.experiment import Experiment
from playground.runtime.engine import Engine
from playground.runtime.jobs.kinds import KINDS
from playground.runtime.jobs.trainings import Trainings
from playground.runtime.limits import Limits
from playground.runtime.protocol.page import Credit
from playground.runtime.worker.growth import Growth
from playground.runtime.worker.messages import (
    Adjust,
    Answer,
    Changed,
    Close,
    Failed,
    ForPage,
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
from playground.runtime.worker.programs import Programs
from playground.runtime.worker.seat import Seat

IDLE_SECONDS = 0.05
FLUSH_SECONDS = 0.005
"""Answers wait for one another no longer than this."""
UNBUILDABLE = "This network could not be built on the server."
FAULTY = "Training failed on the server. Restart goes back to epoch 0."
MORE_CREDIT = Credit()

log = logging.getLogger(__name__)


class Line(Protocol):
    """The way to the server and back."""

    def listen(self, seconds: float) -> Sequence[Order]:
        """The orders that are there, waited for as long."""

    def say(self, answers: Sequence[Answer]) -> None:
        """Send answers."""


class Diary(Protocol):
    """Where a worker notes what it is doing, to be read after its death."""

    def working_on(self, job: str) -> None:
        """Note the job whose turn it is; an empty one between turns."""

    def compiling(self, key: str) -> None:
        """Note the program being compiled; an empty key when none is."""


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
        self._line, self._diary, self._clock = line, diary, clock
        self._trainings = Trainings(engine, limits)
        self._seats: dict[str, Seat] = {}
        self._programs = Programs(engine, limits.programs, self._experiments, diary.compiling, clock)
        self._growth = Growth(limits)
        self._outbox: list[Answer] = [Loaded()]
        self._flushed_at = 0.0
        self._goes_on = True

    def serve(self) -> None:
        """Take turns until told to stop."""
        while self._goes_on:
            self.take_round()

    def take_round(self) -> None:
        """Obey what has been ordered, then give every job that wants one a turn."""
        self._flush()
        busy = any(seat.job is not None and seat.job.wants_turn for seat in self._seats.values())
        for order in self._line.listen(0.0 if busy else IDLE_SECONDS):
            self._obey(order)
        self._admit()
        for seat in list(self._seats.values()):
            self._give_turn(seat)
            if self._clock() - self._flushed_at > FLUSH_SECONDS:
                self._flush()

    def _experiments(self) -> list[Experiment]:
        return [seat.experiment for seat in self._seats.values()]

    def _say(self, answer: Answer) -> None:
        self._outbox.append(answer)

    def _flush(self) -> None:
        self._flushed_at = self._clock()
        if self._outbox:
            self._line.say(self._outbox)
            self._outbox = []

    # Orders --------------------------------------------------------------------------------------------------------

    def _obey(self, order: Order) -> None:
        match order:
            case Prepare(experiment=experiment):
                self._programs.prepare(experiment)
            case Open():
                self._open(order)
            case Stop():
                self._goes_on = False
            case _:
                seat = self._seats.get(order.job)
                if seat is not None:
                    with self._guard(seat):
                        self._obey_for(seat, order)

    def _obey_for(self, seat: Seat, order: Welcome | MoreCredit | Tell | Adjust | Close | Release) -> None:
        match order:
            case MoreCredit():
                seat.hear(MORE_CREDIT)
            case Tell(message=message):
                seat.hear(message)
                self._keep(seat)
                self._tell_news(seat)
            case Welcome(credits=credits):
                seat.welcome(credits)
            case Adjust(experiment=experiment):
                seat.adjust(experiment)
                self._keep(seat)
            case Close():
                self._close(seat)
            case Release():
                self._release(seat)

    def _open(self, order: Open) -> None:
        seat = Seat(order.job, order.kind, order.beginning, clock=self._clock)
        self._seats[seat.id] = seat
        self._programs.claim(seat.experiment)

    def _close(self, seat: Seat) -> None:
        del self._seats[seat.id]
        if seat.job is None:
            self._programs.cancel(seat.experiment)
        else:
            seat.job.leave()

    def _release(self, seat: Seat) -> None:
        if seat.job is not None:
            self._pass_on(seat, seat.job.settle())
            self._keep(seat, now=True)
        self._say(Released(seat.id, seat.credits))
        self._close(seat)

    # Programs ------------------------------------------------------------------------------------------------------

    def _admit(self) -> None:
        for key in self._programs.prepared():
            self._say(Prepared(key))
        for seat in list(self._seats.values()):
            if seat.job is None and self._programs.of(seat.experiment).done():
                self._begin(seat)

    def _begin(self, seat: Seat) -> None:
        with self._guard(seat, UNBUILDABLE):
            program = self._programs.of(seat.experiment).result()
            beginning = seat.beginning._replace(experiment=seat.experiment)  # its rates may have changed meanwhile
            seat.take(KINDS[seat.kind](self._trainings, program, beginning, self._clock))
            self._tell_news(seat)
        if seat.job is None:
            self._programs.drop(seat.experiment)
        self._watch_growth()

    def _watch_growth(self) -> None:
        if self._growth.begin():  # the first program loads the compiler, which stays and does not grow
            self._programs.then(figures.load)  # so that the first chart does not hold up training
        if self._growth.has_come(self._programs.spent, len(self._programs.wanted())):
            gc.collect()
            self._say(Tired())

    # Turns ---------------------------------------------------------------------------------------------------------

    def _give_turn(self, seat: Seat) -> None:
        if seat.job is None or not seat.job.wants_turn:
            return
        with self._guard(seat):
            packed = seat.job.turn()
            self._keep(seat)  # first: what the page has been told must not be lost with this process
            self._pass_on(seat, packed)
            self._tell_news(seat)

    @contextmanager
    def _guard(self, seat: Seat, sentence: str = FAULTY) -> Iterator[None]:
        """Whatever is done for a job is done here: its fault must not take the others with it."""
        self._diary.working_on(seat.id)
        try:
            yield
        except Exception:  # the sentence goes to the page, the reason to the log
            log.exception("A run failed: %s", seat.experiment.to_query())
            self._fail(seat, sentence)
        finally:
            self._diary.working_on("")

    def _fail(self, seat: Seat, sentence: str) -> None:
        self._seats.pop(seat.id, None)
        if seat.job is not None:
            try:
                seat.job.leave()
            except Exception:
                log.exception("A run that failed could not be let go of")
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

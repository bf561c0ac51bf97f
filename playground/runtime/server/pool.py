"""The workers and who is with whom: placing, replacing and resuming runs.

Everything here happens on the event loop's thread; hosts only post to it.
"""

from __future__ import annotations

import asyncio
import itertools
import logging
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from playground.core.architecture import program_key
from playground.core.experiment import Experiment
from playground.runtime.hosts.blame import short
from playground.runtime.hosts.host import LastSeen, MakeHost
from playground.runtime.jobs.job import Saved
from playground.runtime.limits import Limits
from playground.runtime.memory import Pressure
from playground.runtime.protocol.limits import FRAMES_IN_FLIGHT
from playground.runtime.server.keeping import Keeping
from playground.runtime.server.live_run import LiveRun
from playground.runtime.server.place import Place
from playground.runtime.server.starting import Starting
from playground.runtime.server.tally import Tally
from playground.runtime.subjects import Subject
from playground.runtime.worker.messages import (
    Alive,
    Answer,
    Changed,
    Close,
    Closed,
    Failed,
    ForPage,
    Loaded,
    Prepare,
    Prepared,
    Released,
    Stop,
    Tired,
    ToKeep,
)

LOADING = "TensorFlow is loading. The network appears in a few seconds."
COMPILING = "Building the network."
RESUMED = "The training process was replaced; the run goes on from epoch {epoch}."
POISONED = "Training this network has stopped its process {n} times. Change a setting, or restart."
NO_WORKER = "The training processes cannot be started at the moment. It is tried again every few seconds."
MAX_CRASHES = 3
CRASHES_FORGOTTEN_SECONDS = 60.0
BEATS_TO_BE_HEARD = 5
"""A worker that has not said anything for so many beats, of about a second, is given up."""
WORTH_A_REPLACEMENT = 50_000_000
"""Bytes by which a worker must have grown before a fresh one is better."""
SIBLINGS_SECONDS = 0.3
"""Workers start together: the first one leaves the others so long, lest it gets all who have waited for them."""
BEATS_TO_APPEAR = 120
"""So many the first one may take to be there at all, since it waits for TensorFlow;"""
BEATS_TO_APPEAR_AGAIN = 30
"""and so many a later one."""

log = logging.getLogger(__name__)


class Worker(NamedTuple):
    """What there is to say of a worker: which one it is since the server's start, its age and its memory."""

    number: int
    age_seconds: float
    memory_bytes: int


class Pool:
    """Keeps `limits.workers` fresh workers going and every run with one of them."""

    def __init__(
        self,
        make_host: MakeHost,
        limits: Limits,
        warm: Iterable[Experiment] = (),
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.keeping = Keeping()
        self.tally = Tally()
        self.on_saved: Callable[[Saved], None] = lambda saved: None
        """Called with what workers save."""
        self._make_host = make_host
        self._limits = limits
        self._warm = list(warm)
        self._clock = clock
        self._places: list[Place] = []
        self._numbers = itertools.count(1)
        self._unplaced: dict[str, LiveRun] = {}
        self._starting = Starting()
        self._pressure = Pressure.NONE
        self._loop: asyncio.AbstractEventLoop | None = None

    def start(self, loop: asyncio.AbstractEventLoop) -> None:
        """Start the workers; TensorFlow loads in them, not here."""
        self._loop = loop
        for _ in range(self._limits.workers):
            self._add_place()

    def stop(self) -> None:
        """End all workers."""
        self._loop = None
        for place in self._places:
            place.host.end()
        self._places = []

    def counts(self) -> dict[str, int]:
        """How many workers there are, and how many runs they hold."""
        return {
            "workers": sum(place.loaded for place in self._places),
            "runs": sum(len(place.runs) for place in self._places),
            "waiting": len(self._unplaced),
        }

    def workers(self) -> list[Worker]:
        """The workers there are, loading ones too; from any thread."""
        now = self._clock()
        return [Worker(place.number, now - place.began_at, place.memory_bytes) for place in list(self._places)]

    def weigh_workers(self) -> None:
        """Look up how much memory each worker takes; slow, so from a thread of its own."""
        for place in list(self._places):
            place.memory_bytes = place.host.memory_bytes()

    @property
    def healthy(self) -> bool:
        """Whether a worker can train, or the first ones are still on their way and none has failed again and again."""
        can_train = any(place.loaded for place in self._places)
        return can_train or not (self._starting.ever_worked or self._starting.is_hard)

    # Runs ----------------------------------------------------------------------------------------------------------

    def place(self, run: LiveRun) -> None:
        """Give the run to the worker that already trains its experiment or has its program, else to the idlest one."""
        if run.closed:
            return
        place = self._choose(run)
        if place is None:
            self._unplaced[run.token] = run
            run.say("loading", NO_WORKER if self._starting.is_hard else LOADING)
            return
        if run.standing["state"] == "loading":
            run.say("loading", "" if run.key in place.keys else COMPILING)
        place.runs[run.token] = run
        place.keys.add(run.key)
        run.hand_to(place)

    def remove(self, run: LiveRun) -> None:
        """Take the run from its worker; what it has come to is lost."""
        self._unplaced.pop(run.token, None)
        for place in self._places:
            if run.token in place.runs:
                place.send(Close(run.token))
                self._leave(place, run)

    def begin_anew(self, run: LiveRun, subject: Subject) -> None:
        """Let a run be about something else from now on, and begin; what is still said of it as it was is not heard."""
        self.remove(run)
        run.begin_anew(subject)
        self.place(run)

    def park(self, run: LiveRun) -> None:
        """Ask for the run; it stays as it was kept, and the worker forgets it."""
        run.ask_back()

    def _choose(self, run: LiveRun) -> Place | None:
        loaded = [place for place in self._places if place.loaded]
        ready = [place for place in loaded if not place.tired] or loaded
        if not ready:
            return None
        for place in ready:
            if place.has_room_beside(run):
                return place
        load = {place: place.load for place in ready}
        least = min(ready, key=load.__getitem__)
        known = min((place for place in ready if run.key in place.keys), key=load.__getitem__, default=least)
        # A trace costs about a second once, a crowded worker costs every frame.
        return known if load[known] <= load[least] + 1 else least

    def _leave(self, place: Place, run: LiveRun) -> None:
        place.runs.pop(run.token, None)
        place.leaving.discard(run.token)
        run.place = None
        self._stop_if_done(place)

    # Workers -------------------------------------------------------------------------------------------------------

    def _add_place(self) -> None:
        if self._loop is None:
            return
        place = Place(self._make_host(), next(self._numbers), self._clock())
        self._places.append(place)
        place.host.start(
            lambda answers: self._post(lambda: self._hear(place, answers)),
            lambda last_seen: self._post(lambda: self._bury(place, last_seen)),
        )

    def _post(self, call: Callable[[], None]) -> None:
        loop = self._loop
        if loop is not None and not loop.is_closed():
            loop.call_soon_threadsafe(call)

    def _hear(self, place: Place, answers: Sequence[Answer]) -> None:
        if place not in self._places:
            return  # said before it was replaced: its runs go on elsewhere, from what was kept of them
        place.heard()
        for answer in answers:
            match answer:
                case Alive(busy_seconds=seconds, epochs=epochs):
                    self.tally.epochs_trained.inc(max(epochs - place.epochs, 0))
                    place.epochs = epochs
                    self._look_after(place, seconds)
                case Loaded():
                    self._begin(place)
                case Prepared(key=key):
                    self._move_to(place, key)
                case Tired():
                    self._relieve(place)
                case Closed(job=job):
                    place.note_closed(job)
                case _:
                    run = place.run_of(answer)
                    if run is not None:
                        self._hear_of(place, run, answer)

    def _hear_of(self, place: Place, run: LiveRun, answer: ForPage | Changed | Failed | ToKeep | Released) -> None:
        match answer:
            case ForPage(messages=messages):
                for message in messages:
                    run.send(message)
            case Changed(standing=standing):
                run.stand(standing)
            case Failed(sentence=sentence):
                run.say("failed", sentence)
                self._leave(place, run)
            case ToKeep(saved=saved):
                self._keep(run, saved)
            case Released(credits=credits, unheard=unheard):
                run.come_back(credits, unheard)
                self._take_back(place, run)

    def _keep(self, run: LiveRun, saved: Saved) -> None:
        keep = self.keeping.take(saved)
        if keep is not None:
            self.on_saved(saved)
            run.kept, run.kept_epoch = keep, saved.epoch
            run.standing["last_epoch"] = saved.epoch

    def _begin(self, place: Place) -> None:
        """The worker can take runs."""
        place.loaded = True
        self._starting.worked()
        if self._loop is None or all(other.loaded for other in self._places):
            self._make_use_of(place)
        else:
            self._loop.call_later(SIBLINGS_SECONDS, self._make_use_of, place)

    def _make_use_of(self, place: Place) -> None:
        waiting, self._unplaced = self._unplaced, {}
        for run in waiting.values():
            self.place(run)
        for experiment in self._warm:  # after those who wait: their networks are built first
            place.keys.add(program_key(experiment))
            place.send(Prepare(experiment))
        self._prepare_to_relieve(place)

    def _take_back(self, place: Place, run: LiveRun) -> None:
        """A worker has let the run go."""
        self._leave(place, run)
        if run.watched:
            self.place(run)
        else:
            run.stand_as_kept()

    # Runs move without a pause: the worker they go to compiles their program first, then the old one lets them go.
    # They move away from a worker that has grown, and from a crowded one when another has just started, one program
    # after the other: a network that somebody asks for meanwhile waits for one of them, not for all.

    def _relieve(self, place: Place) -> None:
        """Let a fresh worker take over from one that has grown; one at a time, since for a moment there are both."""
        if place.tired:
            return
        place.wants_relief = any(other.tired for other in self._places)
        if place.wants_relief:
            return
        if self._pressure >= Pressure.TIGHT:
            self._end(place)
            return
        place.tired = True
        self._add_place()
        self._stop_if_done(place)

    def feel(self, pressure: Pressure) -> None:
        """Be told how full the memory is; when it is full, the worker that has grown most is replaced.

        That costs its runs a moment and up to a second of training, which is done again.
        """
        self._pressure = pressure
        if pressure < Pressure.FULL or any(place.tired or not place.loaded for place in self._places):
            return
        grown = max(self._places, key=lambda place: place.growth(), default=None)
        if grown is not None and grown.growth() > WORTH_A_REPLACEMENT:
            log.warning("The server's memory is full: the largest training process is replaced.")
            self._end(grown)

    def _end(self, place: Place) -> None:
        """Replace a worker at once; its runs go on from what was last kept of them."""
        place.host.end()
        self._bury(place, LastSeen(outside=True))

    def _prepare_to_relieve(self, fresh: Place) -> None:
        share = sum(len(place.runs) for place in self._places) // max(self._limits.workers, 1)
        for place in self._places:
            if place is not fresh and place.loaded and not place.tired:
                surplus = max(len(place.runs) - share - 1, 0)
                place.leaving.update(list(place.runs)[:surplus])
        self._prepare_next(fresh)

    def _prepare_next(self, fresh: Place) -> None:
        if fresh.preparing is not None:
            return
        elsewhere = {place.preparing for place in self._places}
        for run in self._movers(fresh):
            if not run.watched:
                run.ask_back()  # it is only kept, and needs no program
            elif run.key not in elsewhere:
                fresh.preparing = run.key
                fresh.keys.add(run.key)
                fresh.send(Prepare(run.subject))
                return

    def _movers(self, fresh: Place) -> Iterator[LiveRun]:
        """Runs that should leave another worker than `fresh` and have not been asked back yet."""
        for place in self._places:
            for token, run in list(place.runs.items()):
                leaves = place is not fresh and (place.tired or token in place.leaving)
                if leaves and not run.moving:
                    yield run

    def _move_to(self, fresh: Place, key: str) -> None:
        """The worker has compiled a program for those that are to move."""
        if fresh.preparing == key:
            fresh.preparing = None
        if fresh.tired:
            return
        for run in self._movers(fresh):
            if run.key == key:
                run.ask_back()
        self._prepare_next(fresh)

    def _stop_if_done(self, place: Place) -> None:
        if place.tired and not place.runs:
            place.send(Stop())

    # A worker that has died is replaced, and its runs go on from what was last kept of them.

    def _bury(self, place: Place, last_seen: LastSeen) -> None:
        if place not in self._places:
            return
        self._places.remove(place)
        if not place.tired:
            self._replace(place)
        for other in [other for other in self._places if other.wants_relief]:
            self._relieve(other)
        for run in list(place.runs.values()):
            run.place, run.moving = None, False
            self._resume(run, to_blame=place.is_to_blame(run, last_seen, short(run.key)))

    def _replace(self, dead: Place) -> None:
        if dead.loaded:
            self._add_place()
            return
        pause = self._starting.failed()
        log.error("A training process ended before it had loaded. The next one is started in %g s.", pause)
        if self._loop is not None:
            self._loop.call_later(pause, self._add_place)
        if self._starting.is_hard:
            for run in self._unplaced.values():
                run.say("loading", NO_WORKER)

    # A worker that does not answer, or not come to the end of a turn, is ended and replaced like one that has died.

    def tend(self) -> None:
        """Give up workers that have gone silent; to be called about every second.

        Calls are counted, not seconds: a machine that was asleep has not waited for its workers.
        """
        for place in list(self._places):
            place.beats_missed += 1
            if place.beats_missed > self._patience_with(place):
                log.error("A training process has not answered for %d seconds: it is replaced.", place.beats_missed)
                self._end(place)

    def _patience_with(self, place: Place) -> int:
        if place.ever_heard:
            return BEATS_TO_BE_HEARD
        return BEATS_TO_APPEAR_AGAIN if self._starting.ever_worked else BEATS_TO_APPEAR

    def _look_after(self, place: Place, busy_seconds: float) -> None:
        if busy_seconds > self._limits.turn_seconds and not place.hangs:
            log.error("A training process has worked on one thing for %.0f seconds: it is replaced.", busy_seconds)
            place.hangs = True
            place.host.end()

    def _resume(self, run: LiveRun, to_blame: bool) -> None:
        now = self._clock()
        if now - run.crashed_at > CRASHES_FORGOTTEN_SECONDS:
            run.crashes = 0
        run.crashes, run.crashed_at = run.crashes + to_blame, now
        if run.crashes >= MAX_CRASHES:
            run.say("failed", POISONED.format(n=run.crashes))
            return
        run.credits = FRAMES_IN_FLIGHT if run.watched else 0
        if run.kept is not None and run.viewer is not None:
            run.say(run.standing["state"], RESUMED.format(epoch=run.kept_epoch))
        self.place(run)

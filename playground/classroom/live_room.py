"""A room that is open in this process: its value, who is connected, and what their runs have come to."""

from __future__ import annotations

import asyncio
import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Annotated, TypeAlias

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, Field

from playground.classroom.command import Command
from playground.classroom.contests import Table, tables_of
from playground.classroom.peer import Peer
from playground.classroom.protocol.server import SeatState, TileFacts
from playground.classroom.room import Room
from playground.classroom.seat_run import Best, SeatRun
from playground.store.rooms import Progress

Task: TypeAlias = tuple[int, int]
"""What a run belongs to: the number of what was sent, 0 for something of their own, and of a lesson the step or 0."""
AWAY_AFTER = 10.0
"""Seconds without a word, after which a page counts as away; it says one every four."""
SEEN_EVERY = 5.0
"""Seconds between two words to other servers that a page is here."""
ELSEWHERE_AFTER = 12.0
"""Seconds without news of another server, after which a learner who was connected there counts as away."""


class _Noted(BaseModel):
    """What the store has of a seat's runs, but for the map, of which this has the shape."""

    facts: TileFacts | None
    bests: dict[Annotated[str, Field(pattern=r"^\d{1,9}( \d{1,9})?$")], Best]
    sent: int
    shape: tuple[int, ...]


@dataclass
class Seen:
    """What is known of a seat's runs: the tile, and the best with everything that was sent.

    Attributes
    ----------
    run : what is watched here; None where the run is another server's, or none was there since this one started
    seen_at : Unix seconds; when this server last saw its page
    elsewhere_at : the same of another server, or of this one before its restart
    noted_at : as the store has it
    resting : tokens of the runs that rest while the class is paused
    """

    facts: TileFacts | None = None
    map: NDArray[np.uint8] = field(default_factory=lambda: np.empty(0, np.uint8))
    bests: dict[Task, Best] = field(default_factory=dict)
    sent: int = 0
    run: SeatRun | None = None
    end: Callable[[], None] | None = None
    """Ends the watching."""
    seen_at: float = 0.0
    elsewhere_at: float = 0.0
    noted_at: float = 0.0
    resting: set[str] = field(default_factory=set)
    is_told: bool = False
    """Whether those who watch have this."""
    is_noted: bool = True
    """Whether the store has it."""

    def take(self, counts: Callable[[SeatRun], bool] = lambda _run: True) -> None:
        """Take over what is new of the run that is watched, and its best where that counts."""
        run = self.run
        if run is None or not run.changed:
            return
        if run.newest:
            self.map = run.look()
        run.changed = False
        if run.best is not None and self._is_better((run.sent, run.step), run.best) and counts(run):
            self.bests[run.sent, run.step] = run.best
        self.facts, self.sent = run.facts.copy(), run.sent
        self.is_told = self.is_noted = False

    def _is_better(self, task: Task, best: Best) -> bool:
        return best.beats(self.bests.get(task), "" if self.facts is None else self.facts["task"])

    def be_here(self, unix: float) -> None:
        """Its page is here; other servers are told now and then."""
        self.seen_at, self.elsewhere_at = unix, 0.0
        if abs(unix - self.noted_at) > SEEN_EVERY:  # a clock may be put back
            self.is_noted = False

    def to_progress(self) -> Progress:
        """As the store keeps it, from now on."""
        self.noted_at = self.seen_at
        bests = {f"{sent} {step}": best for (sent, step), best in self.bests.items()}
        noted = _Noted(facts=self.facts, bests=bests, sent=self.sent, shape=self.map.shape)
        return Progress(noted.model_dump_json(), self.map.tobytes(), self.seen_at)

    def recall(self, progress: Progress) -> None:
        """Take over what a server has noted, this one before its restart or another; what is none is left out."""
        if progress.seen_at > max(self.seen_at, self.noted_at):
            self.elsewhere_at = progress.seen_at
        try:
            noted = _Noted.model_validate_json(progress.document)
        except ValueError:
            return
        self.facts, self.sent = noted.facts, noted.sent
        self.bests = {_task_of(text): best for text, best in noted.bests.items()}
        found = np.frombuffer(progress.picture, np.uint8)
        if found.size == math.prod(noted.shape):
            self.map = found.reshape(noted.shape)
        self.is_told = False


@dataclass
class LiveRoom:
    """A room; all of it is touched from the event loop's thread only.

    Attributes
    ----------
    pending : commands that the database does not have yet
    unsaved : why not, in words; empty as a rule
    is_kept : whether the database has the room at all
    is_news : whether those who are connected have yet to be told how it stands
    scoring : by the seats' tokens the numbers of the challenges for which scores are computed here now
    followed : the room to which what is live here was brought last: who is connected, and what is seen
    """

    room: Room
    peers: set[Peer] = field(default_factory=set)
    seen: dict[int, Seen] = field(default_factory=dict)
    pending: list[Command] = field(default_factory=list)
    unsaved: str = ""
    is_kept: bool = True
    is_news: bool = True
    is_stale: bool = False
    """Whether another server has changed it."""
    paused_runs: bool = False
    """Whether the runs of its seats rest."""
    gone: set[int] = field(default_factory=set)
    """Seats that have gone since those who watch were told of tiles."""
    is_over: bool = False
    """Whether it was closed at the last look."""
    scoring: dict[str, int] = field(default_factory=dict)
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    states: dict[int, SeatState] = field(default_factory=dict)
    used_at: float = 0.0
    followed: Room = field(init=False)
    _tables: tuple[Room, list[Table]] = field(init=False)

    def __post_init__(self) -> None:
        self.followed = self.room
        self._tables = self.room, tables_of(self.room)

    @property
    def tables(self) -> list[Table]:
        """Of its challenges, as the room stands."""
        if self._tables[0] is not self.room:
            self._tables = self.room, tables_of(self.room)
        return self._tables[1]

    @property
    def is_watched(self) -> bool:
        """Whether somebody sees the wall."""
        return any(peer.who is not None and peer.who.role in ("teacher", "projector") for peer in self.peers)

    def of_seat(self, number: int) -> Seen:
        """What is known of a seat's runs."""
        return self.seen.setdefault(number, Seen())

    def peers_of(self, number: int) -> Iterator[Peer]:
        """The pages of a seat that are connected."""
        return (peer for peer in self.peers if peer.who is not None and peer.who.seat == number)

    def lookers_at(self, seen: Seen) -> list[Peer]:
        """The pages that look over the shoulder of a seat."""
        return [peer for peer in self.peers if peer.looks_at and self.seen.get(peer.looks_at) is seen]

    def connected_seats(self, now: float) -> set[int]:
        """Seats whose page is here and awake."""
        return {peer.who.seat for peer in self.peers if peer.who and peer.who.seat and now - peer.heard_at < AWAY_AFTER}

    def take_states(self, now: float, unix: float) -> None:
        """See who is there; what has changed is news."""
        here = self.connected_seats(now)
        states: dict[int, SeatState] = {}
        for number, seat in self.room.seats.items():
            is_here = number in here
            seen = self.of_seat(number)
            if is_here:
                seen.be_here(unix)
            there = is_here or abs(unix - seen.elsewhere_at) < ELSEWHERE_AFTER
            states[number] = "waiting" if not seat.admitted else "connected" if there else "away"
        self.is_news |= states != self.states
        self.states = states

    def take_room(self, room: Room) -> None:
        """How the room stands now."""
        self.room = room
        self.is_news = True


def _task_of(text: str) -> Task:
    sent, _, step = text.partition(" ")
    return int(sent), int(step or 0)

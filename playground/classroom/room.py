"""What a room is: a frozen value. What anybody does makes another one of it (see `teaching` and `learning`)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal, TypeAlias

from playground.classroom.names import NameRule

State: TypeAlias = Literal["open", "paused", "closed"]
Kind: TypeAlias = Literal["experiment", "wall", "lesson"]
Asked: TypeAlias = Literal["predict", "observe"]

MOST_SEATS = 200
MOST_SENT = 60
MOST_ANSWERS = 200
MOST_SCORES = 50
"""Of one seat."""
DAY = 24 * 3600.0
ROOM_DAYS = 1.0
"""A room closes by itself after so long, and is forgotten KEPT_DAYS after that."""
KEPT_DAYS = 30.0


@dataclass(frozen=True)
class Sent:
    """What a teacher has sent.

    Attributes
    ----------
    number : counts up in the room, from 1
    kind : which page shows it
    link : the query of it, like ``?dataset=spiral``; of a lesson ``?lesson=…``
    title : in words
    to : seats that get it; None for all, those who come later too
    free : knobs that learners may turn; None for all, and for those that a lesson frees
    lesson : the text of a lesson of a teacher's own file
    question, choices : what is asked before Play, beside what a lesson asks itself
    """

    number: int
    kind: Kind
    link: str
    title: str
    to: tuple[int, ...] | None = None
    free: tuple[str, ...] | None = None
    lesson: str = ""
    steps: int = 0
    """Of a lesson."""
    question: str = ""
    choices: tuple[str, ...] = ()

    def reaches(self, seat: int) -> bool:
        """Whether it is for this seat."""
        return self.to is None or seat in self.to


@dataclass(frozen=True)
class Answer:
    """What a learner answered, in words, at a step of what was sent (0 where it has none)."""

    sent: int
    step: int
    asked: Asked
    text: str
    at: float


@dataclass(frozen=True)
class HandedIn:
    """A score that the server has computed for a seat in a challenge: the texts of a `core.challenge.Score`."""

    challenge: int
    texts: Mapping[str, str]
    link: str
    at: float


@dataclass(frozen=True)
class Reached:
    """How far a step was got, by the server's verdict."""

    sent: int
    step: int
    reached: bool
    sentence: str


@dataclass(frozen=True)
class Seat:
    """A place of one learner.

    Attributes
    ----------
    number : counts up in the room, from 1; never given twice
    token : digest of the browser's token
    admitted : False while the teacher has yet to let them in
    guest : a teacher who looks at the room as a learner; counts for nothing
    """

    number: int
    token: str
    name: str
    joined_at: float
    spins: int = 0
    admitted: bool = True
    guest: bool = False
    note: str = ""
    """What the teacher has told this learner last, and how many times something was told."""
    notes: int = 0
    step: int = 1
    answers: tuple[Answer, ...] = ()
    reached: tuple[Reached, ...] = ()
    scores: tuple[HandedIn, ...] = ()


@dataclass(frozen=True)
class Contest:
    """A challenge that is set in the room: the texts of a `core.challenge`, and whether learners may still hand in."""

    number: int
    texts: Mapping[str, str]
    link: str
    open: bool = True
    names_shown: bool = False


@dataclass(frozen=True)
class Projected:
    """What the projector shows beside the code.

    Attributes
    ----------
    pins : seats whose runs are shown, in this order
    shown : the place among the pins that is shown alone; None shows all of them side by side
    what : the wall of all, what the pinned seats train, or the answers as bars
    """

    what: Literal["wall", "pins", "answers"] = "wall"
    pins: tuple[int, ...] = ()
    shown: int | None = None
    code: bool = True

    def with_pins(self, pins: tuple[int, ...]) -> Projected:
        """The same with these pins; the run that is shown alone stays so, unless it is pinned no more."""
        alone = self.pins[self.shown - 1] if self.shown and self.shown <= len(self.pins) else None
        shown = pins.index(alone) + 1 if alone in pins else None
        return replace(self, pins=pins, shown=shown)


@dataclass(frozen=True)
class Room:
    """A room.

    Attributes
    ----------
    teachers : digests of the keys of those who teach
    projector : digest of the key of the projector window that the room was opened with
    more_projectors : digests of those that teachers have made since then
    open_to : the last step of a lesson that learners may go to; None leaves it to them
    timer_ends : Unix seconds; None where no timer runs
    """

    code: str
    opened_at: float
    closes_at: float
    teachers: tuple[str, ...]
    projector: str
    state: State = "open"
    names: NameRule = "generated"
    listed: tuple[str, ...] = ()
    approval: bool = False
    sent: tuple[Sent, ...] = ()
    sent_count: int = 0
    open_to: int | None = None
    timer_ends: float | None = None
    timer_seconds: int = 0
    projected: Projected = Projected()
    contests: tuple[Contest, ...] = ()
    seats: Mapping[int, Seat] = field(default_factory=dict)
    seat_count: int = 0
    more_projectors: tuple[str, ...] = ()

    def seat_of(self, token: str) -> Seat | None:
        """The seat of the token with this digest."""
        return next((seat for seat in self.seats.values() if seat.token == token), None)

    def projects(self, token: str) -> bool:
        """Whether a key with this digest opens the projector's window."""
        return token in (self.projector, *self.more_projectors)

    def sent_to(self, seat: int) -> Sent | None:
        """What this seat got last."""
        return next((each for each in reversed(self.sent) if each.reaches(seat)), None)

    def sent_numbered(self, number: int) -> Sent | None:
        """What was sent under this number, if that is still known."""
        return next((each for each in self.sent if each.number == number), None)

    def names_taken(self, but: int = 0) -> Iterator[str]:
        """The names in use, but for that of one seat."""
        return (seat.name for seat in self.seats.values() if seat.number != but)

    def closed_at(self, now: float) -> bool:
        """Whether it is closed, by hand or by itself."""
        return self.state == "closed" or now >= self.closes_at

    def with_seat(self, seat: Seat) -> Room:
        """The room with this seat, be it new or another than before."""
        return replace(self, seats={**self.seats, seat.number: seat})

    def without_seat(self, number: int) -> Room:
        """The room without this seat, and with nothing that speaks of it."""
        seats = {each: seat for each, seat in self.seats.items() if each != number}
        pins = tuple(pin for pin in self.projected.pins if pin != number)
        return replace(self, seats=seats, projected=self.projected.with_pins(pins))

"""What a server says in a room: for each type of message its header and its arrays. Times are seconds from now."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from pydantic import with_config
from typing_extensions import NotRequired, TypedDict

from playground.classroom.names import NameRule
from playground.classroom.room import Asked, Kind, State
from playground.runtime.protocol.server import EXACTLY, Array, Declared

SeatState = Literal["waiting", "connected", "away"]
TILE_CELLS = 48
"""Cells along one side of a tile's map; wider ones are thinned."""


@with_config(EXACTLY)
class Opened(TypedDict):
    """A room was opened: its code, and the keys of its teacher and its projector, which are said this once."""

    type: Literal["opened"]
    code: str
    key: str
    projector: str


@with_config(EXACTLY)
class Lobby(TypedDict):
    """Before a seat is taken: the name that is offered, how it may be another, and what is kept about learners."""

    type: Literal["lobby"]
    code: str
    rule: NameRule
    offered: str
    spins: int
    """Left."""
    names: list[str]
    """Of the teacher's list, those that are free."""
    approval: bool
    guest: bool
    """Whether who joins counts for nothing."""
    kept: str


@with_config(EXACTLY)
class SentView(TypedDict):
    """What was sent to this page's seat; of the teacher's page to all."""

    number: int
    kind: Kind
    title: str
    link: str
    to: list[int] | None
    free: list[str] | None
    steps: int
    question: str
    choices: list[str]


@with_config(EXACTLY)
class ContestView(TypedDict):
    """A challenge, in words, and how all stand: the best first; names only where the teacher shows them, else ''.

    `computing` says what is done while a score of the reader's own is computed, and is empty as a rule.
    """

    number: int
    title: str
    sentence: str
    open: bool
    names_shown: bool
    computing: str
    table: list[ContestRow]


@with_config(EXACTLY)
class ContestRow(TypedDict):
    """A row of a challenge's table; `seat` is 0 where nobody may know whose it is, and `mine` the reader's own."""

    place: int
    seat: int
    name: str
    text: str
    edited: bool
    mine: bool


@with_config(EXACTLY)
class AnswerView(TypedDict):
    """An answer of a seat."""

    sent: int
    step: int
    asked: Asked
    text: str


@with_config(EXACTLY)
class ReachedView(TypedDict):
    """How far a step was got."""

    sent: int
    step: int
    reached: bool
    sentence: str


@with_config(EXACTLY)
class SeatView(TypedDict):
    """A seat as the teacher sees it, but for its tile."""

    seat: int
    name: str
    state: SeatState
    guest: bool
    step: int
    own: bool
    """Whether the learner is at something of their own."""
    note: str
    answers: list[AnswerView]
    reached: list[ReachedView]


@with_config(EXACTLY)
class Bar(TypedDict):
    """How many gave an answer."""

    text: str
    predicted: int
    observed: int


@with_config(EXACTLY)
class Bars(TypedDict):
    """The answers to one step, before (predicted) and after (observed)."""

    sent: int
    step: int
    title: str
    bars: list[Bar]


@with_config(EXACTLY)
class ProjectedView(TypedDict):
    """What the projector shows."""

    what: Literal["wall", "pins", "answers"]
    pins: list[int]
    shown: int
    """Which of the pins, from 1; 0 is all side by side."""
    code: bool


@with_config(EXACTLY)
class RulesView(TypedDict):
    """How the room is joined."""

    names: NameRule
    listed: list[str]
    approval: bool
    teachers: int


@with_config(EXACTLY)
class AnsweredView(TypedDict):
    """What was answered, without the answer: a step of what was sent (0 where it has none), before or after."""

    sent: int
    step: int
    asked: Asked


@with_config(EXACTLY)
class You(TypedDict):
    """A learner's own seat."""

    seat: int
    name: str
    spins: int
    admitted: bool
    note: str
    notes: int
    step: int
    answered: list[AnsweredView]
    """Of what the server has answers: what a page has said, and is not here, has not arrived."""


@with_config(EXACTLY)
class RoomView(TypedDict):
    """How the room stands, as this page may see it."""

    type: Literal["room"]
    role: Literal["teacher", "learner", "projector"]
    code: str
    state: State
    learners: int
    """Seats that are admitted."""
    connected: int
    sent: SentView | None
    open_to: int | None
    closes_in: float
    timer_in: float | None
    timer_seconds: int
    unsaved: str
    """What is not saved, and why; empty as a rule."""
    contests: list[ContestView]
    you: NotRequired[You]
    seats: NotRequired[list[SeatView]]
    rules: NotRequired[RulesView]
    projected: NotRequired[ProjectedView]
    bars: NotRequired[list[Bars]]
    history: NotRequired[list[SentView]]


@with_config(EXACTLY)
class TileFacts(TypedDict):
    """What stands at a tile: figures of the run that its seat sees now.

    `accuracy` is that on the test points now, `best` the best so far; of a regression both are losses. `state` is the
    run's. `stuck` says what the diagnosis says, and is empty as a rule; `reached` the lesson's verdict.
    """

    seat: int
    state: str
    epoch: int
    accuracy: float | None
    best: float | None
    task: Literal["classification", "regression"]
    n_classes: int
    edited: bool
    stuck: str
    reached: bool | None
    sentence: str
    link: str
    title: str
    cells: int
    """Along one side of its map; 0 where there is none yet."""
    values: int
    lo: float
    hi: float
    ended: str


@with_config(EXACTLY)
class Tiles(TypedDict):
    """Tiles that have changed; `maps` has theirs one after the other, each of `values` times `cells` squared.

    Where they are all there are, `whole`, what a page has of others is of seats that have gone.
    """

    type: Literal["tiles"]
    tiles: list[TileFacts]
    whole: bool


@with_config(EXACTLY)
class Shoulder(TypedDict):
    """From here on frames of this seat's run follow, as its own page gets them: its greeting first; 0 is nobody."""

    type: Literal["shoulder"]
    seat: int


@with_config(EXACTLY)
class RefusedInRoom(TypedDict):
    """What was asked for cannot be done; a sentence. An answer that is not taken is named."""

    type: Literal["not_done"]
    message: str
    answer: NotRequired[AnsweredView]


@with_config(EXACTLY)
class Gone(TypedDict):
    """There is no such room, or no place in it for this page, any more; a sentence. The page begins anew."""

    type: Literal["gone"]
    message: str
    removed: bool


@with_config(EXACTLY)
class KeptAboutYou(TypedDict):
    """What is kept about a learner, as JSON text."""

    type: Literal["kept"]
    document: str
    until: str


@with_config(EXACTLY)
class NewKeyMade(TypedDict):
    """A co-teacher's key, or one of the projector, said this once."""

    type: Literal["new_key"]
    role: Literal["teacher", "projector"]
    key: str


@with_config(EXACTLY)
class LinkDrawn(TypedDict):
    """A link as a QR code: SVG text."""

    type: Literal["link_drawn"]
    link: str
    svg: str


@with_config(EXACTLY)
class Results(TypedDict):
    """What is taken home: texts of files by their names."""

    type: Literal["results"]
    csv: str
    summary: str
    plan: str


ROOM_MESSAGES: Mapping[str, Declared] = {
    "opened": Declared(Opened, {}),
    "lobby": Declared(Lobby, {}),
    "room": Declared(RoomView, {}),
    "tiles": Declared(Tiles, {"maps": Array("uint8", ("cells",))}),
    "shoulder": Declared(Shoulder, {}),
    "not_done": Declared(RefusedInRoom, {}),
    "gone": Declared(Gone, {}),
    "kept": Declared(KeptAboutYou, {}),
    "new_key": Declared(NewKeyMade, {}),
    "link_drawn": Declared(LinkDrawn, {}),
    "results": Declared(Results, {}),
}
"""Each type of message of a room."""

"""What a page of a room may say: JSON text, one of these messages. The first is `OpenRoom` or `Enter`."""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

from pydantic import Field, TypeAdapter, ValidationError

from playground.classroom.codes import LONGEST_SECRET
from playground.classroom.faults import first_fault
from playground.runtime.protocol.message import Message

LONGEST_TEXT = 2000
"""Of a message to somebody, of a list of names' line or of an answer, in characters."""
LONGEST_LINK = 20_000
LONGEST_FILE = 100_000
LONGEST_PLAN = 1_000_000
"""Characters: what was sent in an hour, each lesson once; more than a room keeps of the largest lessons is cut."""
MOST_SECONDS = 6 * 3600
Number = Annotated[int, Field(ge=1, le=1_000_000)]
Secret = Annotated[str, Field(max_length=LONGEST_SECRET)]
Seats = Annotated[tuple[Number, ...], Field(max_length=200)]
Text = Annotated[str, Field(max_length=LONGEST_TEXT)]
Choice = Annotated[str, Field(min_length=1, max_length=200)]
Choices = Annotated[tuple[Choice, ...], Field(max_length=8)]
"""To answer a question with; an answer that is empty could not be sent."""


class OpenRoom(Message):
    """A room is to be opened; who asks teaches in it. With a plan it is set up as a room before was."""

    type: Literal["open"] = "open"
    plan: str = Field(default="", max_length=LONGEST_PLAN)


class Enter(Message):
    """Who this is: the token of a seat, which a new page makes up, or a teacher's or a projector's key.

    Who joins as a guest shows a teacher's key, too: a teacher who looks at the room as a learner. Without it they join
    as any learner does.
    """

    type: Literal["enter"] = "enter"
    code: str = Field(max_length=100)
    role: Literal["learner", "teacher", "projector"]
    secret: Secret
    guest: bool = False
    key: Secret = ""


class Here(Message):
    """The page is awake; said every few seconds."""

    type: Literal["here"] = "here"


# What learners say ---------------------------------------------------------------------------------------------------


class Join(Message):
    """A seat is wanted, under this name; empty for the one that was offered."""

    type: Literal["join"] = "join"
    name: str = Field(default="", max_length=10_000)


class Spin(Message):
    """Another generated name is wanted."""

    type: Literal["spin"] = "spin"


class Run(Message):
    """The run that the learner sees now, by its token, and to what it belongs: 0 is their own; of a lesson the step."""

    type: Literal["run"] = "run"
    token: Secret
    sent: int = Field(default=0, ge=0, le=1_000_000)
    step: int = Field(default=0, ge=0, le=100)


class Step(Message):
    """The learner is at this step of a lesson."""

    type: Literal["step"] = "step"
    step: int = Field(ge=1, le=100)


class GiveAnswer(Message):
    """What a learner predicts, or has seen, in words."""

    type: Literal["answer"] = "answer"
    sent: Number
    step: int = Field(default=0, ge=0, le=100)
    asked: Literal["predict", "observe"]
    text: Text


class HandIn(Message):
    """The run that the learner sees is to count in a challenge."""

    type: Literal["hand_in"] = "hand_in"
    challenge: Number


class ShowKept(Message):
    """What is kept about the learner is wanted."""

    type: Literal["show_kept"] = "show_kept"


class Forget(Message):
    """The learner leaves, and everything kept about them is to be deleted."""

    type: Literal["forget"] = "forget"


# What teachers say ---------------------------------------------------------------------------------------------------


class Send(Message):
    """An experiment, a wall or a lesson for all, or for some seats; `link` is an address or its query.

    With `again`, the number of something of this room or its plan, that is sent as it was, and nothing else counts.
    """

    type: Literal["send"] = "send"
    again: int = Field(default=0, ge=0, le=1_000_000)
    link: str = Field(default="", max_length=LONGEST_LINK)
    lesson: str = Field(default="", max_length=LONGEST_FILE)
    to: Seats | None = None
    free: Annotated[tuple[Annotated[str, Field(max_length=40)], ...], Field(max_length=80)] | None = None
    question: Text = ""
    choices: Choices = ()


class PauseClass(Message):
    """Training rests."""

    type: Literal["pause_class"] = "pause_class"


class GoOn(Message):
    """Training goes on."""

    type: Literal["go_on"] = "go_on"


class CloseRoom(Message):
    """Nobody joins any more, and nothing is steered."""

    type: Literal["close_room"] = "close_room"


class OpenUpTo(Message):
    """Learners may go up to this step of a lesson; as far as they like with None."""

    type: Literal["open_up_to"] = "open_up_to"
    step: int | None = Field(default=None, ge=1, le=100)


class SetTimer(Message):
    """A countdown of so many seconds from now; none with 0."""

    type: Literal["timer"] = "timer"
    seconds: int = Field(ge=0, le=MOST_SECONDS)


class Tell(Message):
    """A message to one learner; an empty one takes back what was told."""

    type: Literal["tell"] = "tell"
    seat: Number
    text: str = Field(max_length=500)


class Rename(Message):
    """A seat gets another generated name, or this one."""

    type: Literal["rename"] = "rename"
    seat: Number
    name: str = Field(default="", max_length=10_000)


class Admit(Message):
    """Somebody who waits is let in; everybody with None."""

    type: Literal["admit"] = "admit"
    seat: Number | None = None


class Remove(Message):
    """A seat is taken away; its learner may ask again."""

    type: Literal["remove"] = "remove"
    seat: Number


class Rules(Message):
    """How the room is to be joined, and how many hours from now it closes by itself; None leaves each as it is."""

    type: Literal["rules"] = "rules"
    names: Literal["generated", "listed", "free"] | None = None
    listed: str | None = Field(default=None, max_length=20_000)
    approval: bool | None = None
    hours: float | None = Field(default=None, ge=0.1, le=24 * 14)


class Project(Message):
    """What the projector shows; None leaves each as it is, and `shown` 0 is all pins side by side."""

    type: Literal["project"] = "project"
    what: Literal["wall", "pins", "answers"] | None = None
    pins: Seats | None = None
    shown: int | None = Field(default=None, ge=0, le=200)
    code: bool | None = None


class SetChallenge(Message):
    """A challenge on the data of a link, or of what was sent last; by the texts of `core.challenge`."""

    type: Literal["challenge"] = "challenge"
    texts: Annotated[
        dict[Annotated[str, Field(max_length=40)], Annotated[str, Field(max_length=40)]], Field(max_length=8)
    ]
    link: str = Field(default="", max_length=LONGEST_LINK)


class Judge(Message):
    """A challenge ends or goes on, with or without names."""

    type: Literal["judge"] = "judge"
    challenge: Number
    open: bool
    names_shown: bool = False


class NewKey(Message):
    """A link for a co-teacher is wanted, or another one for the projector."""

    type: Literal["new_key"] = "new_key"
    role: Literal["teacher", "projector"] = "teacher"


class LookAt(Message):
    """Over the shoulder of this learner, live; of nobody with None."""

    type: Literal["look_at"] = "look_at"
    seat: Number | None = None


class DrawLink(Message):
    """A link is wanted as a QR code; a projector's page may want that, too."""

    type: Literal["draw_link"] = "draw_link"
    link: str = Field(max_length=LONGEST_LINK)


class ShowResults(Message):
    """The results, the summary and the plan are wanted."""

    type: Literal["show_results"] = "show_results"


LearnersMessage: TypeAlias = Join | Spin | Run | Step | GiveAnswer | HandIn | ShowKept | Forget
TeachersMessage: TypeAlias = (
    Send
    | PauseClass
    | GoOn
    | CloseRoom
    | OpenUpTo
    | SetTimer
    | Tell
    | Rename
    | Admit
    | Remove
    | Rules
    | Project
    | SetChallenge
    | Judge
    | NewKey
    | LookAt
    | DrawLink
    | ShowResults
)
RoomMessage: TypeAlias = OpenRoom | Enter | Here | LearnersMessage | TeachersMessage
ANY: TypeAdapter[RoomMessage] = TypeAdapter(Annotated[RoomMessage, Field(discriminator="type")])


def read_message(text: str) -> RoomMessage | str:
    """The message in `text`, or a sentence where it is none that a page of a room may send."""
    try:
        return ANY.validate_json(text)
    except (ValidationError, ValueError, RecursionError) as error:
        return _sentence(error)


def _sentence(error: Exception) -> str:
    if not isinstance(error, ValidationError):
        return "A message must be JSON. Got something else."
    return first_fault(error, slice(1, 4), "The message")

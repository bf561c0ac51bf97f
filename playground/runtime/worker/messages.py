"""What a server and a worker say to one another: values that could cross a machine."""

from __future__ import annotations

from typing import NamedTuple, TypeAlias

from playground.runtime.jobs.job import Saved
from playground.runtime.jobs.kinds import Beginning
from playground.runtime.protocol.page import PageMessage
from playground.runtime.protocol.server import Standing
from playground.runtime.subjects import Subject

# To a worker.


class Prepare(NamedTuple):
    """Compile an architecture before anybody asks for it; answered by `Prepared`."""

    subject: Subject


class Open(NamedTuple):
    """Begin a job of a kind, or take it up, once its program is there.

    Programs are compiled in turn by `visitor`; jobs without one are visitors of their own.
    """

    job: str
    kind: str
    beginning: Beginning
    visitor: str = ""


class Welcome(NamedTuple):
    """A page has connected to the job, and is ready for so many frames."""

    job: str
    credits: int


class MoreCredit(NamedTuple):
    """The job's page is ready for one more frame."""

    job: str


class Tell(NamedTuple):
    """The job's page has said something else."""

    job: str
    message: PageMessage


class Adjust(NamedTuple):
    """Change the job's rates."""

    job: str
    subject: Subject


class Hold(NamedTuple):
    """The job may not train from now on, whatever its page says; or it may again."""

    job: str
    held: bool


class Close(NamedTuple):
    """Free the job; answered by `Closed`, after all that was said of it."""

    job: str


class Release(NamedTuple):
    """Hand the job over; answered by `Released`, after what is to be kept of it."""

    job: str


class Stop(NamedTuple):
    """End."""


Order: TypeAlias = Prepare | Open | Welcome | MoreCredit | Tell | Adjust | Hold | Close | Release | Stop

# To the server.


class Alive(NamedTuple):
    """The process runs, from its first second on: said about every second, whatever it does.

    The turn under way has taken `busy_seconds`; 0 between turns. `epochs` have been trained since its start.
    """

    busy_seconds: float
    epochs: int = 0


class Loaded(NamedTuple):
    """The worker can take jobs."""


class Prepared(NamedTuple):
    """The program with this key is there."""

    key: str


class ForPage(NamedTuple):
    """Packed messages for the job's page."""

    job: str
    messages: list[bytes]


class Changed(NamedTuple):
    """The job stands otherwise than it was said last."""

    job: str
    standing: Standing


class Failed(NamedTuple):
    """The job has ended with a fault; the sentence is for its page."""

    job: str
    sentence: str


class ToKeep(NamedTuple):
    """What the job is to be taken up from if the worker dies."""

    job: str
    saved: Saved


class Closed(NamedTuple):
    """Nothing more is said of the job that had this name."""

    job: str


class Released(NamedTuple):
    """The job has left, with so many credits unused, and without having heard so much of what its page has said."""

    job: str
    credits: int
    unheard: tuple[PageMessage, ...] = ()


class Tired(NamedTuple):
    """The worker has grown, and asks to be replaced."""


Answer: TypeAlias = Alive | Loaded | Prepared | ForPage | Changed | Failed | ToKeep | Closed | Released | Tired

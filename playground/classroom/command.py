"""A command: what somebody asked for in a room, with all that its effect hangs on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple, TypeAlias

from playground.classroom.protocol.page import LearnersMessage, TeachersMessage
from playground.classroom.room import HandedIn, Reached

Role: TypeAlias = Literal["teacher", "learner", "projector", "server"]


@dataclass(frozen=True)
class Judged:
    """The server has judged a seat's run by its lesson."""

    reached: Reached


@dataclass(frozen=True)
class Scored:
    """The server has computed a score of a seat."""

    score: HandedIn


Recorded: TypeAlias = Judged | Scored
"""What the server itself finds out, and only it may say."""


class Who(NamedTuple):
    """Somebody in a room; `seat` is 0 for those who have none."""

    code: str
    role: Role
    seat: int = 0


@dataclass(frozen=True)
class Command:
    """What is applied to a room, now or, once the database is back, again: it holds the time and all chance.

    Attributes
    ----------
    who : by whom; a learner without a seat has yet to join
    token : digest of the secret that they showed
    at : Unix seconds
    """

    who: Who
    said: TeachersMessage | LearnersMessage | Recorded
    token: str
    at: float
    guest: bool = False
    made: str = ""
    """What the server made for it: the digest of a new key, the seed of a challenge, the name that was offered."""

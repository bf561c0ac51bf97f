"""Applies a command to a room: who may do what is decided here and nowhere else."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, get_args

from playground.classroom import learning, recording, teaching
from playground.classroom.command import Command, Recorded, Role
from playground.classroom.protocol import page
from playground.classroom.room import Room
from playground.core.errors import Refused

Applied = Callable[[Room, Any, Command], Room]

CLOSED = "This room is closed. What was done in it is kept for its teacher."
NOT_YOURS = "Only {who} of this room may do that."
RULES: Mapping[type, Applied] = {**teaching.RULES, **learning.RULES, **recording.RULES}
MAY_BE_CLOSED = (page.CloseRoom, page.Forget, page.Judge, page.Project, page.ShowKept, page.ShowResults)
"""What is still done in a room that is closed."""
OF_ROLE: Mapping[Role, tuple[type, ...]] = {
    "teacher": get_args(page.TeachersMessage),
    "learner": get_args(page.LearnersMessage),
    "projector": (page.DrawLink,),
    "server": get_args(Recorded),
}


def see_that_may_say(role: Role, message: object) -> None:
    """See that this is for somebody of this role to say.

    Raises
    ------
    Refused
        When it is not.
    """
    if not isinstance(message, OF_ROLE[role]):
        raise Refused(NOT_YOURS.format(who="learners" if isinstance(message, OF_ROLE["learner"]) else "teachers"))


def apply(room: Room, command: Command) -> Room:
    """The room after this command.

    Raises
    ------
    Refused
        When it cannot be done, with a sentence; the room stays as it was.
    """
    said = command.said
    see_that_may_say(command.who.role, said)
    known = _as_known(room, command)
    if room.closed_at(command.at) and not isinstance(said, MAY_BE_CLOSED):
        raise Refused(CLOSED)
    rule = RULES.get(type(said))
    return room if rule is None else rule(room, said, known)


def _as_known(room: Room, command: Command) -> Command:
    """The command with the seat that its token has in this room now.

    While the database was away, somebody else may have got the number that was given out meanwhile.
    """
    if command.who.role == "teacher":
        if command.token not in room.teachers:
            raise Refused(NOT_YOURS.format(who="teachers"))
        return command
    seat = room.seat_of(command.token)
    if seat is None and not isinstance(command.said, page.Join):
        raise Refused(NOT_YOURS.format(who="learners"))
    return command if seat is None else replace(command, who=command.who._replace(seat=seat.number))

"""What learners change in a room."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from playground.classroom import names
from playground.classroom.belonging import answer_as_noted
from playground.classroom.command import Command
from playground.classroom.protocol.page import Forget, GiveAnswer, Join, Spin, Step
from playground.classroom.room import MOST_ANSWERS, MOST_SEATS, Answer, Room, Seat
from playground.core.errors import Refused
from playground.core.words import quoted

FULL = "A room has at most {most} places, and all are taken. Ask your teacher."
TAKEN = "Somebody in this room is called {name} already. Choose another name."
NOT_LISTED = "Choose one of the names of your teacher's list that are free. Got {name}."
NO_SPIN = "A name may be spun {most} times."
ADMIT_FIRST = "Your teacher has yet to let you in."


def offered(room: Room, token: str, spin: int = 0) -> str:
    """The name that whoever has the token with this digest is offered; of a list none is."""
    return "" if room.names == "listed" else names.generated(token, spin, set(room.names_taken()))


def _join(room: Room, said: Join, command: Command) -> Room:
    if room.seat_of(command.token) is not None:
        return room
    if len(room.seats) >= MOST_SEATS:
        raise Refused(FULL.format(most=MOST_SEATS))
    number = room.seat_count + 1
    seat = Seat(
        number=number,
        token=command.token,
        name=_name(room, said.name, command),
        joined_at=command.at,
        admitted=command.guest or not room.approval,
        guest=command.guest,
    )
    return replace(room.with_seat(seat), seat_count=number)


def _name(room: Room, wanted: str, command: Command) -> str:
    """The name of somebody who joins: what they want as far as the rule goes, else what they were offered last."""
    taken = set(room.names_taken())
    if room.names == "listed":
        if wanted not in room.listed or names.is_taken(wanted, taken):
            raise Refused(NOT_LISTED.format(name=quoted(wanted)))
        return wanted
    spun = [names.generated(command.token, spin, taken) for spin in range(names.SPINS + 1)]
    if wanted in spun:
        return wanted
    if room.names == "free" and wanted:
        return _own_name(wanted, taken)
    offered = command.made
    return offered if offered and not names.is_taken(offered, taken) else spun[0]


def _own_name(wanted: str, taken: set[str]) -> str:
    try:
        name = names.read_name(wanted)
    except ValueError as refusal:
        raise Refused(str(refusal)) from refusal
    if names.is_taken(name, taken):
        raise Refused(TAKEN.format(name=quoted(name)))
    return name


def _spin(room: Room, _said: Spin, command: Command) -> Room:
    seat = room.seats[command.who.seat]
    if room.names == "listed" or seat.spins >= names.SPINS:
        raise Refused(NO_SPIN.format(most=names.SPINS))
    spins = seat.spins + 1
    name = names.generated(seat.token, spins, set(room.names_taken()))
    return room.with_seat(replace(seat, name=name, spins=spins))


def _step(room: Room, said: Step, command: Command) -> Room:
    seat = room.seats[command.who.seat]
    if not seat.admitted:
        raise Refused(ADMIT_FIRST)
    sent = room.sent_to(seat.number)
    steps = 0 if sent is None else sent.steps
    if not steps:
        raise Refused(f"Only a lesson that was sent to you has steps. Got step {said.step}.")
    if said.step > steps:
        raise Refused(f"A step of the lesson that was sent to you must be in [1, {steps}]. Got {said.step}.")
    if room.open_to is not None and said.step > room.open_to:
        raise Refused(f"Your teacher has opened the steps up to {room.open_to}. Got {said.step}.")
    return room.with_seat(replace(seat, step=said.step))


def _answer(room: Room, said: GiveAnswer, command: Command) -> Room:
    seat = room.seats[command.who.seat]
    if not seat.admitted:
        raise Refused(ADMIT_FIRST)
    sent = room.sent_numbered(said.sent)
    if sent is None or not sent.reaches(seat.number):
        raise Refused(f"An answer must be to something that was sent to you. Got number {said.sent}.")
    text = answer_as_noted(room, seat, sent, said.step, said.asked, said.text)
    answer = Answer(said.sent, said.step, said.asked, text, command.at)
    others = tuple(each for each in seat.answers if (each.sent, each.step, each.asked) != answer_key(answer))
    return room.with_seat(replace(seat, answers=(*others, answer)[-MOST_ANSWERS:]))


def answer_key(answer: Answer) -> tuple[int, int, str]:
    """What an answer is to: there is one to each."""
    return answer.sent, answer.step, answer.asked


def _forget(room: Room, _said: Forget, command: Command) -> Room:
    return room.without_seat(command.who.seat)


RULES: Mapping[type, Callable[[Room, Any, Command], Room]] = {
    Join: _join,
    Spin: _spin,
    Step: _step,
    GiveAnswer: _answer,
    Forget: _forget,
}
"""What each message does; one that is not here changes nothing that is kept."""

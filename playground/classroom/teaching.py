"""What teachers change in a room."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from playground.classroom import names
from playground.classroom.command import Command
from playground.classroom.protocol import page
from playground.classroom.room import MOST_SENT, Contest, Projected, Room, Seat, Sent, State
from playground.classroom.sending import read_free, read_sent, step_of
from playground.core.challenge import Challenge
from playground.core.errors import Refused
from playground.core.experiment import Experiment
from playground.core.query import link as link_of
from playground.core.query import of_link
from playground.core.words import quoted

NOBODY = "There is no seat {number} in this room any more."
MOST_TEACHERS = 5
MOST_PROJECTORS = 5
MOST_CONTESTS = 20


def _send(room: Room, said: page.Send, command: Command) -> Room:
    said = _again(room, said) if said.again else said
    found = read_sent(said.link, said.lesson)
    for number in said.to or ():
        _seat(room, number)
    sent = Sent(
        number=room.sent_count + 1,
        kind=found.kind,
        link=found.link,
        title=found.title,
        to=None if said.to is None else tuple(sorted(set(said.to))),
        free=read_free(said.free),
        lesson=said.lesson,
        steps=found.steps,
        question=said.question.strip(),
        choices=said.choices if said.question.strip() else (),
    )
    seats = {
        number: replace(seat, step=found.first_step) if sent.reaches(number) else seat
        for number, seat in room.seats.items()
    }
    return replace(room, sent=(*room.sent, sent)[-MOST_SENT:], sent_count=sent.number, seats=seats)


def _again(room: Room, said: page.Send) -> page.Send:
    """What was sent before, or lies ready, for those who are to get it now."""
    before = room.sent_numbered(said.again)
    if before is None:
        raise Refused(f"There is nothing with the number {said.again} in this room.")
    kept = {name: getattr(before, name) for name in ("link", "lesson", "free", "question", "choices")}
    return said.model_copy(update=kept)


def _stand(room: Room, state: State) -> Room:
    return replace(room, state=state)


def _pause(room: Room, _said: page.PauseClass, _command: Command) -> Room:
    return _stand(room, "paused")


def _go_on(room: Room, _said: page.GoOn, _command: Command) -> Room:
    return _stand(room, "open")


def _close(room: Room, _said: page.CloseRoom, command: Command) -> Room:
    return replace(_stand(room, "closed"), timer_ends=None, closes_at=min(room.closes_at, command.at))


def _open_up_to(room: Room, said: page.OpenUpTo, _command: Command) -> Room:
    return replace(room, open_to=said.step)


def _time(room: Room, said: page.SetTimer, command: Command) -> Room:
    return replace(room, timer_ends=command.at + said.seconds if said.seconds else None, timer_seconds=said.seconds)


def _tell(room: Room, said: page.Tell, _command: Command) -> Room:
    seat = _seat(room, said.seat)
    return room.with_seat(replace(seat, note=said.text.strip(), notes=seat.notes + 1))


def _rename(room: Room, said: page.Rename, command: Command) -> Room:
    seat = _seat(room, said.seat)
    taken = set(room.names_taken(but=seat.number))
    if not said.name.strip():
        name = names.generated(f"{seat.token} {command.at}", 0, {*taken, seat.name})
        return room.with_seat(replace(seat, name=name))
    try:
        name = names.read_name(said.name)
    except ValueError as refusal:
        raise Refused(str(refusal)) from refusal
    if names.is_taken(name, taken):
        raise Refused(f"Somebody in this room is called {quoted(name)} already.")
    return room.with_seat(replace(seat, name=name))


def _admit(room: Room, said: page.Admit, _command: Command) -> Room:
    chosen = room.seats.values() if said.seat is None else [_seat(room, said.seat)]
    return replace(room, seats={**room.seats, **{seat.number: replace(seat, admitted=True) for seat in chosen}})


def _remove(room: Room, said: page.Remove, _command: Command) -> Room:
    return room.without_seat(_seat(room, said.seat).number)


def _rules(room: Room, said: page.Rules, command: Command) -> Room:
    listed = room.listed if said.listed is None else _listed(said.listed)
    rule = room.names if said.names is None else said.names
    if rule == "listed" and not listed:
        raise Refused(names.NO_LIST)
    return replace(
        room,
        names=rule,
        listed=listed,
        approval=room.approval if said.approval is None else said.approval,
        closes_at=room.closes_at if said.hours is None else command.at + 3600 * said.hours,
    )


def _listed(text: str) -> tuple[str, ...]:
    if not text.strip():
        return ()
    try:
        return names.read_list(text)
    except ValueError as refusal:
        raise Refused(str(refusal)) from refusal


def _project(room: Room, said: page.Project, _command: Command) -> Room:
    pins = room.projected.pins if said.pins is None else tuple(dict.fromkeys(said.pins))
    for number in pins:
        _seat(room, number)
    before = room.projected.with_pins(pins)
    shown = before.shown if said.shown is None else said.shown or None
    projected = Projected(
        what=said.what or before.what,
        pins=pins,
        shown=shown if shown is not None and shown <= len(pins) else None,
        code=before.code if said.code is None else said.code,
    )
    return replace(room, projected=projected)


def _challenge(room: Room, said: page.SetChallenge, command: Command) -> Room:
    if len(room.contests) >= MOST_CONTESTS:
        raise Refused(f"A room may have {MOST_CONTESTS} challenges, and has them.")
    challenge = Challenge.from_texts({**said.texts, "seed": command.made})
    link = _data_of(room, said.link)
    refusal = challenge.refusal_of(Experiment.from_query(of_link(link))[0])
    if refusal is not None:
        raise Refused(refusal)
    number = max((each.number for each in room.contests), default=0) + 1
    return replace(room, contests=(*room.contests, Contest(number, challenge.to_texts(), link)))


def _data_of(room: Room, asked: str) -> str:
    """The link of the experiment on whose data a challenge is: what was asked for, or what was sent last.

    Of a lesson that is the last step that is open.
    """
    last = room.sent[-1] if room.sent and not asked else None
    step = None if last is None else step_of(last, min(room.open_to or last.steps, last.steps))
    if step is not None and step.experiment is not None:
        return link_of(step.experiment.to_query())
    found = read_sent(asked if last is None else last.link, "" if last is None else last.lesson)
    if found.kind != "experiment":
        raise Refused("A challenge is on the data of one experiment: give its link.")
    return found.link


def _judge(room: Room, said: page.Judge, _command: Command) -> Room:
    if not any(each.number == said.challenge for each in room.contests):
        raise Refused(f"There is no challenge {said.challenge} in this room.")
    changed = (
        replace(each, open=said.open, names_shown=said.names_shown) if each.number == said.challenge else each
        for each in room.contests
    )
    return replace(room, contests=tuple(changed))


def _new_key(room: Room, said: page.NewKey, command: Command) -> Room:
    if said.role == "projector":
        return _new_projector(room, command.made)
    if len(room.teachers) >= MOST_TEACHERS:
        raise Refused(f"A room may have {MOST_TEACHERS} teachers' links, and has them.")
    return replace(room, teachers=(*room.teachers, command.made))


def _new_projector(room: Room, key: str) -> Room:
    """Another key of the projector's window; those before go on, for a lesson may be shown by them now."""
    if 1 + len(room.more_projectors) >= MOST_PROJECTORS:
        raise Refused(f"A room may have {MOST_PROJECTORS} projector's links, and has them.")
    return replace(room, more_projectors=(*room.more_projectors, key))


def _seat(room: Room, number: int) -> Seat:
    """The seat with this number; one that has gone meanwhile is said."""
    if number not in room.seats:
        raise Refused(NOBODY.format(number=number))
    return room.seats[number]


RULES: Mapping[type, Callable[[Room, Any, Command], Room]] = {
    page.Send: _send,
    page.PauseClass: _pause,
    page.GoOn: _go_on,
    page.CloseRoom: _close,
    page.OpenUpTo: _open_up_to,
    page.SetTimer: _time,
    page.Tell: _tell,
    page.Rename: _rename,
    page.Admit: _admit,
    page.Remove: _remove,
    page.Rules: _rules,
    page.Project: _project,
    page.SetChallenge: _challenge,
    page.Judge: _judge,
    page.NewKey: _new_key,
}
"""What each message does; one that is not here changes nothing that is kept."""

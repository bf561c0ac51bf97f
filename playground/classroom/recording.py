"""What the server itself notes in a room."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from playground.classroom.command import Command, Judged, Scored
from playground.classroom.contests import best_of
from playground.classroom.room import MOST_ANSWERS, MOST_SCORES, Room
from playground.core.challenge import Challenge


def _judge(room: Room, said: Judged, command: Command) -> Room:
    """A step that was reached once stays so."""
    seat, new = room.seats[command.who.seat], said.reached
    before = next((each for each in seat.reached if (each.sent, each.step) == (new.sent, new.step)), None)
    if before is not None and (before.reached or before == new):
        return room
    others = tuple(each for each in seat.reached if each is not before)
    return room.with_seat(replace(seat, reached=(*others, new)[-MOST_ANSWERS:]))


def _score(room: Room, said: Scored, command: Command) -> Room:
    """Where there are too many, the oldest goes that counts in no table."""
    seat = room.seats[command.who.seat]
    scores = (*seat.scores, said.score)
    if len(scores) > MOST_SCORES:
        counting = {id(best_of(scores, each, Challenge.from_texts(each.texts))) for each in room.contests}
        spare = next(each for each in scores if id(each) not in counting)
        scores = tuple(each for each in scores if each is not spare)
    return room.with_seat(replace(seat, scores=scores))


RULES: Mapping[type, Callable[[Room, Any, Command], Room]] = {Judged: _judge, Scored: _score}
"""What each of the server's notes does."""

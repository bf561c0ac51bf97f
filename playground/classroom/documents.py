"""Rooms and seats as texts that are kept, and as they are read again."""

from __future__ import annotations

from dataclasses import replace

from pydantic import TypeAdapter

from playground.classroom.room import DAY, KEPT_DAYS, Room, Seat
from playground.store.rooms import Stored

ROOMS, SEATS = TypeAdapter(Room), TypeAdapter(Seat)


def to_stored(room: Room, version: int) -> Stored:
    """The room as the store keeps it: seats apart, so that what one learner does writes one row."""
    document = ROOMS.dump_json(replace(room, seats={})).decode()
    seats = {number: SEATS.dump_json(seat).decode() for number, seat in room.seats.items()}
    return Stored(room.code, document, seats, room.closes_at + KEPT_DAYS * DAY, version)


def from_stored(stored: Stored) -> Room:
    """The room that was kept.

    Raises
    ------
    ValueError
        When the document is none of a room.
    """
    seats = {number: SEATS.validate_json(text) for number, text in stored.seats.items()}
    return replace(ROOMS.validate_json(stored.document), seats=seats)

"""What pages ask for: results, what is kept about a learner, and a look over a shoulder."""

from __future__ import annotations

import json
from datetime import datetime, timezone

from playground.classroom.documents import SEATS
from playground.classroom.live_room import LiveRoom
from playground.classroom.peer import Peer
from playground.classroom.plans import plan_of
from playground.classroom.protocol import server
from playground.classroom.results import csv_of, summary_of
from playground.classroom.room import DAY, KEPT_DAYS, Room
from playground.classroom.rooms import Rooms
from playground.core.errors import Refused
from playground.runtime.protocol.packing import pack
from playground.runtime.server.greeting import greeting_of

KEPT = (
    "Kept about you: your name here, your answers, and what your networks came to. No account, no e-mail, no cookie. "
    "Your browser keeps a key to your place. It is deleted on {until}, and when you say so."
)


def kept_in_words(room: Room) -> str:
    """What is kept about a learner, and how long."""
    return KEPT.format(until=_until(room))


def kept_about(live: LiveRoom, number: int) -> server.KeptAboutYou:
    """All that is kept about one learner."""
    seat = json.loads(SEATS.dump_json(live.room.seats[number]))
    del seat["token"]  # a digest of what the browser has, which says nothing
    progress = json.loads(live.of_seat(number).to_progress().document)
    document = {"room": live.room.code, **seat, "networks": {"now": progress["facts"], "best": progress["bests"]}}
    return server.KeptAboutYou(type="kept", document=json.dumps(document, indent=1), until=_until(live.room))


def results(live: LiveRoom) -> server.Results:
    """What is taken home."""
    return server.Results(type="results", csv=csv_of(live), summary=summary_of(live), plan=plan_of(live.room))


def look_at(rooms: Rooms, live: LiveRoom, peer: Peer, number: int) -> None:
    """Let a teacher look over the shoulder of a seat: its run's greeting, how far it is, and then each picture."""
    if number and number not in live.room.seats:
        raise Refused(f"There is no seat {number} in this room any more.")
    rooms.look_at(live, peer, number)
    peer.say(server.Shoulder(type="shoulder", seat=number))
    seen = live.seen.get(number)
    run = None if seen is None or seen.run is None else rooms.runs.get(seen.run.token)
    if seen is None or seen.run is None or run is None:
        return
    header, arrays = greeting_of(run, rooms.runs.limits.shown_points)
    peer.send(pack({**header, **run.standing}, arrays))
    if seen.run.newest:
        peer.send(seen.run.whole())
        peer.has_gap = False


def _until(room: Room) -> str:
    day = datetime.fromtimestamp(room.closes_at + KEPT_DAYS * DAY, timezone.utc)
    return f"{day:%B} {day.day}, {day:%Y}"

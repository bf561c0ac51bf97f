"""The tables of challenges: everybody's best score, the best first."""

from __future__ import annotations

from functools import cmp_to_key

from playground.classroom.protocol.server import ContestRow, ContestView
from playground.classroom.room import Contest, HandedIn, Room, Seat
from playground.core.challenge import Challenge


def contest_views(room: Room, reader: int | None) -> list[ContestView]:
    """All challenges of a room, for the seat `reader`; None is a teacher, who sees every name, and 0 the projector."""
    return [_view(room, contest, reader) for contest in room.contests]


def _view(room: Room, contest: Contest, reader: int | None) -> ContestView:
    challenge = Challenge.from_texts(contest.texts)
    rows = _table(room, contest, challenge)
    with_names = reader is None or contest.names_shown
    return ContestView(
        number=contest.number,
        title=challenge.title,
        sentence=challenge.sentence,
        open=contest.open,
        names_shown=contest.names_shown,
        table=[
            ContestRow(
                place=place,
                seat=seat.number if reader is None else 0,
                name=seat.name if with_names else "",
                text=score.text,
                edited=score.edited,
                mine=seat.number == reader,
            )
            for place, (seat, score) in enumerate(rows, 1)
        ],
    )


def _table(room: Room, contest: Contest, challenge: Challenge) -> list[tuple[Seat, HandedIn]]:
    """Each seat's best; those with edited weights stand below all others."""
    best = [
        (seat, found)
        for seat in room.seats.values()
        if not seat.guest and (found := _best(seat, contest, challenge)) is not None
    ]

    def order(one: tuple[Seat, HandedIn], other: tuple[Seat, HandedIn]) -> int:
        if one[1].edited != other[1].edited:
            return 1 if one[1].edited else -1
        return -_compared(challenge, one[1].value, other[1].value)

    return sorted(best, key=cmp_to_key(order))


def _best(seat: Seat, contest: Contest, challenge: Challenge) -> HandedIn | None:
    scores = [score for score in seat.scores if score.challenge == contest.number]
    unedited = [score for score in scores if not score.edited] or scores
    best: HandedIn | None = None
    for score in unedited:
        if best is None or _compared(challenge, score.value, best.value) > 0:
            best = score
    return best


def _compared(challenge: Challenge, one: float | None, other: float | None) -> int:
    """1 where `one` is better, -1 where `other` is; none at all (a target that was not reached) is the worst."""
    if one == other:
        return 0
    if one is None or other is None:
        return -1 if one is None else 1
    return 1 if challenge.better(one, other) else -1

"""The tables of challenges: everybody's best score, the best first."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cmp_to_key
from typing import NamedTuple

from playground.classroom.protocol.server import ContestRow, ContestView
from playground.classroom.room import Contest, HandedIn, Room, Seat
from playground.core.challenge import JUDGED, SEEDS, Challenge, Score, better


class Table(NamedTuple):
    """A challenge, and all rows of its table: each seat with its score, and that in words."""

    contest: Contest
    challenge: Challenge
    rows: Sequence[tuple[Seat, Score, str]]


def tables_of(room: Room) -> list[Table]:
    """All challenges of a room. That takes milliseconds, and is the same for everybody who is told of them."""
    return [_table(room, contest) for contest in room.contests]


def _table(room: Room, contest: Contest) -> Table:
    challenge = Challenge.from_texts(contest.texts)
    rows = [(seat, score, in_words(challenge, score)) for seat, score in table_of(room, contest)]
    return Table(contest, challenge, rows)


def contest_views(tables: Sequence[Table], reader: int | None, scored: int = 0) -> list[ContestView]:
    """All challenges of a room, for the seat `reader`; None is a teacher, who sees every name, and 0 the projector.

    `scored` is the number of the one for which a score of the reader's is computed now; 0 is none.
    """
    return [_view(table, reader, table.contest.number == scored) for table in tables]


def _view(table: Table, reader: int | None, is_scored: bool) -> ContestView:
    contest, challenge, rows = table
    with_names = reader is None or contest.names_shown
    return ContestView(
        number=contest.number,
        title=challenge.title,
        sentence=challenge.sentence,
        open=contest.open,
        names_shown=contest.names_shown,
        computing=computing_in_words(challenge) if is_scored else "",
        table=[
            ContestRow(
                place=place,
                seat=seat.number if reader is None else 0,
                name=seat.name if with_names else "",
                text=text,
                edited=score.edited,
                mine=seat.number == reader,
            )
            for place, (seat, score, text) in enumerate(rows, 1)
        ],
    )


def table_of(room: Room, contest: Contest) -> list[tuple[Seat, Score]]:
    """Each seat's best, the best first; those with edited weights stand below all others."""
    challenge = Challenge.from_texts(contest.texts)
    best = [
        (seat, found)
        for seat in room.seats.values()
        if not seat.guest and (found := _best(seat, contest, challenge)) is not None
    ]

    def order(one: tuple[Seat, Score], other: tuple[Seat, Score]) -> int:
        if one[1].edited != other[1].edited:
            return 1 if one[1].edited else -1
        return better(challenge, other[1], one[1]) - better(challenge, one[1], other[1])

    return sorted(best, key=cmp_to_key(order))


def in_words(challenge: Challenge, score: Score) -> str:
    """What a score is, in a few words."""
    right = f"{score.accuracy:.1%} right"
    match challenge.kind:
        case "fewest_parameters" if score.reached is not None:
            return f"{score.parameters} parameters, {right}"
        case "fewest_epochs" if score.reached is not None:
            return f"after {score.reached} epochs, {right}"
        case "fewest_parameters" | "fewest_epochs":
            return f"not reached: {right}"
        case "most_robust":
            return f"worst of {len(score.of_seeds)} seeds: {right}"
    return f"{right} at epoch {score.epoch}"


def computing_in_words(challenge: Challenge) -> str:
    """What is done while a score is computed."""
    what = f"{SEEDS} networks are trained, and" if challenge.kind == "most_robust" else "your network is"
    return f"Being computed: {what} judged by {JUDGED}."


def _best(seat: Seat, contest: Contest, challenge: Challenge) -> Score | None:
    found = best_of(seat.scores, contest, challenge)
    return None if found is None else Score.from_texts(found.texts)


def best_of(scores: Sequence[HandedIn], contest: Contest, challenge: Challenge) -> HandedIn | None:
    """The one of a seat's scores that counts in a challenge: the best, and edited weights only for want of others."""
    read = [(each, Score.from_texts(each.texts)) for each in scores if each.challenge == contest.number]
    best: tuple[HandedIn, Score] | None = None
    for each in [each for each in read if not each[1].edited] or read:
        if best is None or better(challenge, each[1], best[1]):
            best = each
    return None if best is None else best[0]

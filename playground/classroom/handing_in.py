"""Runs that learners hand in: the server computes what they are worth, and notes it at their seats."""

from __future__ import annotations

import asyncio
import logging

from playground.classroom.command import Scored
from playground.classroom.live_room import LiveRoom
from playground.classroom.peer import Peer
from playground.classroom.protocol.server import RefusedInRoom
from playground.classroom.room import Contest, HandedIn, Room
from playground.classroom.rooms import Rooms
from playground.core.challenge import Challenge
from playground.core.errors import Refused
from playground.core.experiment import Experiment
from playground.core.query import of_link
from playground.runtime.server.challenges import ONE_AT_A_TIME, Challenges

log = logging.getLogger(__name__)

OVER = "This challenge is over. Your teacher may open it again."
FAULT = "The score could not be computed: there is a fault in the server, which is in its log."
NO_RUN = "Train a network first: what counts is the run on your screen."
OTHER_DATA = "A challenge counts on its own data. Open its data, and hand in a network that was trained on it."


class HandingIn:
    """The way from a learner's press to a score at their seat; it takes seconds, in which the page goes on."""

    def __init__(self, rooms: Rooms, challenges: Challenges) -> None:
        self._rooms, self._challenges = rooms, challenges
        self._under_way: set[asyncio.Task[None]] = set()

    def take(self, live: LiveRoom, peer: Peer, number: int) -> None:
        """Begin to score the run that the page shows; the one that its seat has now, where it has said of none.

        Raises
        ------
        Refused
            When it cannot count, with a sentence; what turns out later is told to the page.
        """
        assert peer.who is not None
        contest = _contest(live.room, number)
        token = peer.run or _run_of_seat(live, peer.who.seat)
        subject = self._rooms.runs.subject_of(token)
        if not isinstance(subject, Experiment) or subject.data != _data_of(contest):
            raise Refused(OTHER_DATA)
        if peer.token in live.scoring:
            raise Refused(ONE_AT_A_TIME)
        live.scoring[peer.token] = number
        live.is_news = True
        task = asyncio.create_task(self._score(live, peer.token, peer.who.seat, contest, token))
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)

    async def _score(self, live: LiveRoom, of_seat: str, seat: int, contest: Contest, token: str) -> None:
        """Score a run for the seat of a token, whose number may be another one at the end."""
        challenge = Challenge.from_texts(contest.texts)
        refusal = ""
        try:
            score = await self._challenges.score_run(token, challenge, visitor=f"{live.room.code} {seat}")
            link = self._rooms.runs.link_of(token) or ""
            noted = HandedIn(contest.number, score.to_texts(), link, self._rooms.unix())
            await self._rooms.record(live, of_seat, Scored(noted))
        except Refused as why:
            refusal = str(why)
        except Exception:  # whatever it was, the learner may try again
            log.exception("A score could not be computed in the room %s", live.room.code)
            refusal = FAULT
        del live.scoring[of_seat]
        live.is_news = True
        if refusal:
            _tell_pages(live, of_seat, refusal)


def _tell_pages(live: LiveRoom, of_seat: str, refusal: str) -> None:
    for peer in live.peers:
        if peer.who is not None and peer.token == of_seat:
            peer.say(RefusedInRoom(type="not_done", message=refusal))


def _contest(room: Room, number: int) -> Contest:
    found = next((contest for contest in room.contests if contest.number == number), None)
    if found is None:
        raise Refused(f"There is no challenge {number} in this room.")
    if not found.open:
        raise Refused(OVER)
    return found


def _run_of_seat(live: LiveRoom, seat: int) -> str:
    seen = live.seen.get(seat)
    if seen is None or seen.run is None:
        raise Refused(NO_RUN)
    return seen.run.token


def _data_of(contest: Contest) -> object:
    return Experiment.from_query(of_link(contest.link))[0].data

"""A score takes seconds: what may have become of the room and its seats meanwhile, and what telling of it costs."""

from __future__ import annotations

import asyncio
import re
import secrets
from typing import Any

import pytest

from playground.classroom import contests, views
from playground.classroom.command import Scored
from playground.classroom.live_room import LiveRoom
from playground.classroom.results import summary_of
from playground.classroom.room import MOST_SCORES, Contest, HandedIn, Room, Seat
from playground.core import Experiment
from playground.core.challenge import Challenge, Score
from playground.core.errors import Refused
from playground.core.query import link, of_link
from tests.classroom.in_process import ServerWithRuns
from tests.classroom.memory_store import MemoryStore
from tests.runtime.peers import PATIENCE

SCORE = Score(accuracy=0.9, epoch=5, parameters=20)
ON_MOONS = "?dataset=moons"


class SlowChallenges:
    """Scores when a test says so."""

    def __init__(self) -> None:
        self.begun, self.go_on = asyncio.Event(), asyncio.Event()
        self.scored: list[str] = []
        self.refusal = ""

    async def score_run(self, token: str, challenge: Challenge, visitor: str) -> Score:
        self.scored.append(token)
        self.begun.set()
        await self.go_on.wait()
        if self.refusal:
            raise Refused(self.refusal)
        return SCORE


class OnMoons(ServerWithRuns):
    """All runs are on the data of the challenge."""

    def __init__(self) -> None:
        super().__init__(MemoryStore())
        self.slow = self.channel._handing_in._challenges = SlowChallenges()  # type: ignore[assignment]
        experiment = Experiment.from_query(of_link(ON_MOONS))[0]
        self.some.subject_of = lambda token: experiment  # type: ignore[method-assign]
        self.some.link_of = lambda token: link(experiment.to_query())  # type: ignore[attr-defined]


def test_who_is_not_let_in_yet_hands_nothing_in() -> None:
    async def story() -> None:
        server = OnMoons()
        teacher, learner = server.page(), server.page()
        code = (await teacher.ask("open"))["code"]
        await teacher.next("room")
        await teacher.ask("rules", approval=True)
        await teacher.ask("challenge", texts={"kind": "best_accuracy"}, link=ON_MOONS)
        await learner.ask("enter", code=code, role="learner", secret=secrets.token_urlsafe(16))
        await learner.ask("join")
        await learner.ask("run", token="some run's token")
        refused = await learner.ask("hand_in", challenge=1)
        assert "Train a network first" in refused["message"] and not server.slow.scored

    asyncio.run(asyncio.wait_for(story(), PATIENCE))


@pytest.mark.parametrize(
    ("command", "fields", "answer", "words"),
    [("close_room", {}, "not_done", "closed"), ("remove", {"seat": 1}, "gone", "place")],
)
def test_who_is_too_late_with_a_score_is_told_so(command: str, fields: dict[str, Any], answer: str, words: str) -> None:
    async def story() -> None:
        server = OnMoons()
        teacher, learner = server.page(), server.page()
        code = (await teacher.ask("open"))["code"]
        await teacher.next("room")
        await teacher.ask("challenge", texts={"kind": "best_accuracy"}, link=ON_MOONS)
        await learner.ask("enter", code=code, role="learner", secret=secrets.token_urlsafe(16))
        await learner.ask("join")
        await learner.ask("run", token="some run's token")
        await learner.ask("hand_in", challenge=1)
        await server.slow.begun.wait()
        await teacher.ask(command, **fields)
        server.slow.go_on.set()
        assert words in (await learner.next(answer))["message"]
        await asyncio.gather(*server.channel._handing_in._under_way)
        assert learner.wire._to_page.empty()

    asyncio.run(asyncio.wait_for(story(), PATIENCE))


def test_while_a_score_is_computed_all_pages_of_its_seat_say_so_and_why_where_it_fails() -> None:
    async def story() -> None:
        server = OnMoons()
        teacher, one, other, stranger = (server.page() for _ in range(4))
        code = (await teacher.ask("open"))["code"]
        await teacher.next("room")
        for kind in ("best_accuracy", "most_robust"):
            await teacher.ask("challenge", texts={"kind": kind}, link=ON_MOONS)
        seat = secrets.token_urlsafe(16)
        await one.ask("enter", code=code, role="learner", secret=seat)
        await one.ask("join")
        await one.ask("run", token="some run's token")
        await stranger.ask("enter", code=code, role="learner", secret=secrets.token_urlsafe(16))
        await stranger.ask("join")
        said = [contest["computing"] for contest in (await one.ask("hand_in", challenge=2))["contests"]]
        assert said[0] == "" and said[1].startswith("Being computed: 5 networks are trained")
        await server.slow.begun.wait()
        assert "one score at a time" in (await one.ask("hand_in", challenge=1))["message"]
        loaded_again = await other.ask("enter", code=code, role="learner", secret=seat)
        assert [contest["computing"] for contest in loaded_again["contests"]] == said
        stranger_view = await stranger.ask("spin")
        assert [contest["computing"] for contest in stranger_view["contests"]] == ["", ""]

        server.slow.refusal = "There was no time."
        server.slow.go_on.set()
        for page in (one, other):
            assert (await page.next("not_done"))["message"] == "There was no time."
        assert server.rooms._rooms[code].is_news
        await server.beat()
        for page in (one, other):
            assert [contest["computing"] for contest in (await page.next("room"))["contests"]] == ["", ""]

    asyncio.run(asyncio.wait_for(story(), PATIENCE))


def test_of_two_pages_of_a_seat_the_run_of_the_one_where_it_was_pressed_is_handed_in() -> None:
    async def story() -> None:
        server = OnMoons()
        server.slow.go_on.set()
        teacher, one, other, silent = (server.page() for _ in range(4))
        code = (await teacher.ask("open"))["code"]
        await teacher.next("room")
        await teacher.ask("challenge", texts={"kind": "best_accuracy"}, link=ON_MOONS)
        seat = secrets.token_urlsafe(16)
        await one.ask("enter", code=code, role="learner", secret=seat)
        await one.ask("join")
        for each in (other, silent):
            await each.ask("enter", code=code, role="learner", secret=seat)
        await one.ask("run", token="trained long")
        await other.ask("run", token="just begun")
        for each in (one, other, silent):
            await each.ask("hand_in", challenge=1)
            await asyncio.gather(*server.channel._handing_in._under_way)
        assert server.slow.scored == ["trained long", "just begun", "just begun"]

    asyncio.run(asyncio.wait_for(story(), PATIENCE))


def test_tables_are_made_once_however_many_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    made = []
    whole = contests.table_of

    def counted(room: Room, contest: Contest) -> Any:
        made.append(contest)
        return whole(room, contest)

    monkeypatch.setattr(contests, "table_of", counted)
    texts = Challenge("best_accuracy", None, 1).to_texts()
    contest = Contest(1, texts, ON_MOONS)
    scores = (HandedIn(1, SCORE.to_texts(), "", 0.0),)
    seats = {n: Seat(number=n, token=f"{n}", name=f"Name {n}", joined_at=0.0, scores=scores) for n in range(1, 61)}
    live = LiveRoom(Room("BCDFGH", 0.0, 1e12, (), "", contests=(contest,), seats=seats, seat_count=60))
    told = [views.for_learner(live, number, 0.0)["contests"][0]["table"] for number in seats]
    assert len(made) == 1
    assert [sum(row["mine"] for row in table) for table in told] == [1] * 60
    live.take_room(live.room.without_seat(60))
    assert len(views.for_teacher(live, 0.0)["contests"][0]["table"]) == 59


def test_the_best_of_very_many_that_were_handed_in_still_counts_in_each_challenge() -> None:
    async def story() -> None:
        server = OnMoons()
        teacher, learner = server.page(), server.page()
        code = (await teacher.ask("open"))["code"]
        await teacher.next("room")
        for _ in range(2):
            await teacher.ask("challenge", texts={"kind": "best_accuracy"}, link=ON_MOONS)
        await learner.ask("enter", code=code, role="learner", secret=secrets.token_urlsafe(16))
        await learner.ask("join")
        live = server.rooms._rooms[code]

        async def hand_in(challenge: int, accuracy: float) -> None:
            score = Score(accuracy=accuracy, epoch=3, parameters=5).to_texts()
            await server.rooms.record(live, live.room.seats[1].token, Scored(HandedIn(challenge, score, "?a=1", 1.0)))

        await hand_in(2, 0.75)
        await hand_in(1, 0.9)
        for _ in range(2 * MOST_SCORES):
            await hand_in(1, 0.5)
        assert [[score.accuracy for _, score, _ in table.rows] for table in live.tables] == [[0.9], [0.75]]
        assert len(live.room.seats[1].scores) == MOST_SCORES

    asyncio.run(asyncio.wait_for(story(), PATIENCE))


def test_the_summary_to_print_has_each_challenge_with_its_table_as_the_teacher_sees_it() -> None:
    texts = Challenge("fewest_epochs", 0.9, 1).to_texts()
    contests = (Contest(1, texts, ON_MOONS, open=False), Contest(2, Challenge("best_accuracy").to_texts(), ON_MOONS))
    of_seat = {
        1: Score(0.95, 9, 20, reached=9),
        2: Score(0.95, 4, 20, reached=4),
        3: Score(1, 2, 20, reached=2, edited=True),
    }
    seats = {
        number: Seat(number, f"{number}", f"<b>{number}", 0.0, scores=(HandedIn(1, score.to_texts(), "", 0.0),))
        for number, score in of_seat.items()
    }
    live = LiveRoom(Room("BCDFGH", 0.0, 1e12, (), "", contests=contests, seats=seats, seat_count=3))
    first, second = summary_of(live).split("<section>")[1:]
    assert "<h2>Challenge: Fewest epochs: 90% (ended)</h2>" in first and "after the fewest epochs wins." in first
    assert re.findall("<td>(.*?)</td>", first) == [
        *("1", "&lt;b&gt;2", "after 4 epochs, 95.0% right"),
        *("2", "&lt;b&gt;1", "after 9 epochs, 95.0% right"),
        *("3", "&lt;b&gt;3", "after 2 epochs, 100.0% right, edited weights"),
    ]
    assert "<h2>Challenge: Best accuracy</h2>" in second and "Nobody has handed in anything." in second

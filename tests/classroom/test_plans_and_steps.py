"""What a plan holds is sent from the room that it opens; a step of a lesson has figures and a question of its own."""

from __future__ import annotations

import contextlib
import csv
import io
from typing import Any

from playground.classroom.codes import digest
from playground.classroom.command import Judged
from playground.classroom.live_room import LiveRoom
from playground.classroom.protocol.page import LONGEST_FILE
from playground.classroom.room import Reached
from playground.classroom.seat_run import Best
from tests.classroom.served import ClassServer
from tests.classroom.test_rooms import in_class

LESSON = """---
title: Two steps
level: first steps
minutes: 3
goal: See what a hidden layer is for.
steps:
  - title: One unit
    experiment: ?dataset=xor&hidden=1&epochs=10
    predict:
      question: What will it look like?
      choices: [Straight., Round.]
      answer: 1
      feedback: ["Yes.", "No."]
    check: epoch >= 5
  - title: Two units
    experiment: ?dataset=moons&hidden=2&epochs=10
    check: epoch >= 5
---

## One unit

One.

### Explained

One.

## Two units

Two.

### Explained

Two.
"""


def test_what_a_plan_holds_lies_ready_and_is_sent_as_it_was() -> None:
    async def story(server: ClassServer) -> None:
        async with server.teacher() as before:
            await before.say("send", lesson=LESSON)
            await before.say(
                "send", link="?dataset=xor", free=["noise"], question="Will it bend?", choices=["Yes", "No"]
            )
            await before.until_view(lambda view: len(view["history"]) == 2)
            await before.say("show_results")
            plan = (await before.next("results"))[0]["plan"]
        async with server.teacher(plan) as teacher, server.learner(teacher.code) as learner:
            assert [sent["to"] for sent in teacher.view["history"]] == [[], []]
            assert learner.view["sent"] is None
            await teacher.say("send", again=2)
            await learner.until_view(lambda view: view["sent"] is not None)
            sent: Any = learner.view["sent"]
            assert (sent["number"], sent["link"], sent["free"]) == (3, "?dataset=xor", ["noise"])
            assert (sent["question"], sent["choices"]) == ("Will it bend?", ["Yes", "No"])
            await teacher.say("send", again=1, to=[learner.view["you"]["seat"]])
            await learner.until_view(lambda view: (view["sent"] or {}).get("number") == 4)
            lesson: Any = learner.view["sent"]
            assert (lesson["title"], lesson["steps"]) == ("Two steps", 2)
            await teacher.say("send", again=77)
            assert "77" in (await teacher.next("not_done"))[0]["message"]

    in_class(story)


def test_a_challenge_is_on_the_data_of_the_last_open_step_of_a_lesson() -> None:
    async def story(server: ClassServer) -> None:
        async with server.teacher() as teacher:
            await teacher.say("send", lesson=LESSON)
            await teacher.say("open_up_to", step=1)
            await teacher.say("challenge", texts={"kind": "best_accuracy"})
            await teacher.until_view(lambda view: len(view["contests"]) == 1)
            await teacher.say("open_up_to", step=None)
            await teacher.say("challenge", texts={"kind": "best_accuracy"})
            await teacher.until_view(lambda view: len(view["contests"]) == 2)
            links = [contest.link for contest in server.room(teacher.code).contests]
            assert ["dataset=xor" in link for link in links] == [True, False]
            assert "dataset=moons" in links[1]

    in_class(story)


def test_answers_stand_below_the_question_of_their_step_in_its_order() -> None:
    async def story(server: ClassServer) -> None:
        async with server.teacher() as teacher, server.learner(teacher.code) as learner:
            await teacher.say("send", lesson=LESSON)
            await learner.until_view(lambda view: view["sent"] is not None)
            await learner.say("answer", sent=1, step=1, asked="predict", text="Round.")
            await teacher.until_view(lambda view: bool(view["bars"]))
            (bars,) = teacher.view["bars"]
            assert bars["title"] == "What will it look like?"
            assert [(bar["text"], bar["predicted"]) for bar in bars["bars"]] == [("Straight.", 0), ("Round.", 1)]

    in_class(story)


def test_of_more_answers_than_can_be_read_the_rarest_share_a_bar_and_all_are_counted() -> None:
    async def story(server: ClassServer) -> None:
        async with server.teacher() as teacher, contextlib.AsyncExitStack() as stack:
            await teacher.say("send", link="?dataset=xor", question="What test accuracy will it reach?")
            guesses = ["95", "45", "50", "55", "60", "65", "70", "75", "80", "95", "half of them"]
            for guess in guesses:
                learner = await stack.enter_async_context(server.learner(teacher.code))
                await learner.until_view(lambda view: view["sent"] is not None)
                await learner.say("answer", sent=1, step=0, asked="predict", text=guess)
            await teacher.until_view(lambda view: _answered(view) == len(guesses))
            bars = teacher.view["bars"][0]["bars"]
            assert [bar["text"] for bar in bars] == [*["45", "50", "55", "60", "65", "70", "95"], "3 other answers"]
            assert [bar["predicted"] for bar in bars][-2:] == [2, 3]

    in_class(story)


def _answered(view: dict[str, Any]) -> int:
    return sum(bar["predicted"] for bars in view["bars"] for bar in bars["bars"])


def test_a_plan_is_opened_again_however_often_its_lessons_were_sent() -> None:
    async def story(server: ClassServer) -> None:
        async with server.teacher() as teacher:
            for k in (1, 1, 2, 3, 4, 5, 6, 1):
                await teacher.say("send", lesson=f"{LESSON}\n{k} " + "and a word of explanation" * 700)
            await teacher.say("show_results")
            plan = (await teacher.next("results"))[0]["plan"]
            assert len(plan) > LONGEST_FILE
            async with server.teacher(plan=plan) as successor:
                assert len(successor.view["history"]) == 6

    in_class(story)


def test_each_step_has_its_own_best_in_the_table_and_what_was_only_looked_at_has_none() -> None:
    async def story(server: ClassServer) -> None:
        async with server.teacher() as teacher, server.learner(teacher.code) as learner:
            await teacher.say("send", lesson=LESSON)
            await learner.until_view(lambda view: view["sent"] is not None)
            live: LiveRoom = server.rooms._rooms[teacher.code]
            seat = live.of_seat(learner.view["you"]["seat"])
            seat.bests = {
                (0, 0): Best(0.5, 0, "?"),
                (1, 1): Best(0.9, 4, "?dataset=xor"),
                (1, 2): Best(0.7, 3, "?dataset=moons"),
            }
            told = [Reached(1, 1, True, "reached"), Reached(1, 2, False, "not yet, because epoch is 3")]
            for reached in told:
                await server.rooms.record(live, digest(learner.secret), Judged(reached))
            await teacher.say("show_results")
            text = (await teacher.next("results"))[0]["csv"]
            rows = [(row["step"], row["best_accuracy"], row["link"]) for row in csv.DictReader(io.StringIO(text))]
            assert rows == [("1", "0.9", "?dataset=xor"), ("2", "0.7", "?dataset=moons")]
            why = [(row["reached"], row["why"]) for row in csv.DictReader(io.StringIO(text))]
            assert why == [("yes", ""), ("not yet", "epoch is 3")]
            again = type(seat)()
            again.recall(seat.to_progress())
            assert again.bests == seat.bests

    in_class(story)

"""What a page says its run or its answer belongs to counts there only where that is so."""

from __future__ import annotations

from typing import Any

import pytest

from playground.core import Experiment
from playground.core.query import of_link
from playground.lessons import load_bytes
from playground.lessons.task import Task
from playground.runtime.protocol.packing import pack
from tests.classroom.in_process import Page, ServerWithRuns
from tests.classroom.memory_store import MemoryStore
from tests.classroom.test_following import ONE, opened, seated, told
from tests.classroom.test_plans_and_steps import LESSON
from tests.classroom.test_seat_run import frame

STEPS = load_bytes(LESSON.encode(), "lesson.md").steps
VERDICT = {
    "type": "verdict",
    "epoch": 5,
    "reached": True,
    "reached_at": 5,
    "sentence": "reached",
    "figures": {},
    "answer": None,
}


class OneSeat:
    """A room with one learner."""

    def __init__(self) -> None:
        self.server = ServerWithRuns(MemoryStore())
        self.teacher: Page
        self.learner: Page

    async def open(self) -> OneSeat:
        self.teacher, room = await opened(self.server)
        self.learner = await seated(self.server, room["code"])
        self.live = self.server.rooms._rooms[room["code"]]
        return self

    async def shows(self, run: str, **place: int) -> tuple[int, int]:
        """Where the run that the learner's page says it shows is taken to belong."""
        await self.learner.ask("run", token=run, **place)
        seen = self.live.of_seat(1).run
        assert seen is not None
        return seen.sent, seen.step

    async def hears(self, run: str, message: bytes) -> None:
        """The run says something, and the room looks at it."""
        self.server.some.watchers[run](message)
        self.server.rooms._due.clear()
        await self.server.beat()


@pytest.mark.parametrize("place", [(999, 77), (1, 3), (1, 2), (2, 1), (2, 0)])
def test_a_run_of_what_was_not_sent_or_not_opened_is_the_learners_own(place: tuple[int, int]) -> None:
    async def story() -> None:
        room = await OneSeat().open()
        await room.teacher.ask("send", lesson=LESSON)
        await room.teacher.ask("open_up_to", step=1)
        await seated(room.server, room.live.room.code)
        await room.teacher.ask("send", link="?dataset=moons", to=[2])
        assert await room.shows(ONE, sent=place[0], step=place[1]) == (0, 0)
        assert await room.shows(ONE, sent=1, step=1) == (1, 1)

    told(story)


@pytest.mark.parametrize(("task", "reached"), [(1, [(1, 2)]), (0, []), (None, [])])
def test_a_verdict_counts_where_the_run_was_judged_by_the_task_of_its_step(
    task: int | None, reached: list[tuple[int, int]]
) -> None:
    async def story() -> None:
        room = await OneSeat().open()
        await room.teacher.ask("send", lesson=LESSON.replace("check: epoch >= 5", "check: epoch >= 6", 1))
        room.server.some.tasks[ONE] = None if task is None else Task.of(STEPS[task]) if task else Task(("epoch >= 6",))
        await room.shows(ONE, sent=1, step=2)
        await room.hears(ONE, pack(VERDICT, {}))
        assert [(each.sent, each.step) for each in room.live.room.seats[1].reached] == reached

    told(story)


@pytest.mark.parametrize(
    ("sent", "run", "counts"),
    [
        ({"link": "?dataset=moons"}, "?dataset=moons&hidden=8", True),
        ({"link": "?dataset=moons"}, "?dataset=xor", True),
        ({"link": "?dataset=moons", "free": []}, "?dataset=xor", False),
        ({"link": "?dataset=moons", "free": ["noise"]}, "?dataset=moons&noise=0.3", True),
        ({"link": "?dataset=moons", "free": ["hidden"]}, "?dataset=moons&noise=0.3", False),
        ({"lesson": LESSON}, "?dataset=moons", True),
        ({"lesson": LESSON}, "?dataset=xor", False),
    ],
)
def test_a_best_figure_counts_for_what_was_sent_on_the_data_that_were_sent(
    sent: dict[str, Any], run: str, counts: bool
) -> None:
    async def story() -> None:
        room = await OneSeat().open()
        await room.teacher.ask("send", **sent)
        place = (1, 2 if "lesson" in sent else 0)
        room.server.some.subjects[ONE] = Experiment.from_query(of_link(run))[0]
        await room.shows(ONE, sent=place[0], step=place[1])
        await room.hears(ONE, frame(0, [0.5, 0.9]))
        assert (place in room.live.of_seat(1).bests) is counts

    told(story)


ASKED = {"link": "?dataset=xor", "question": "Will it bend?", "choices": ["Yes", "No"]}


@pytest.mark.parametrize(
    ("sent", "answer", "refusal"),
    [
        (ASKED, {"text": "No"}, ""),
        (ASKED, {"text": "Ben is silly"}, "one of the choices of its question. Got 'Ben is silly'."),
        (ASKED, {"text": "Yes", "step": 100}, "in [0, 0]. Got 100."),
        ({"link": "?dataset=xor", "question": "Why?"}, {"text": "Who knows"}, ""),
        ({"lesson": LESSON}, {"text": "Round.", "step": 1}, ""),
        ({"lesson": LESSON}, {"text": "Ben is silly", "step": 1}, "one of the choices"),
        ({"lesson": LESSON}, {"text": "Round.", "step": 2}, "in [0, 1]. Got 2."),
    ],
)
def test_an_answer_is_one_of_the_choices_at_a_step_that_is_open(
    sent: dict[str, Any], answer: dict[str, Any], refusal: str
) -> None:
    async def story() -> None:
        room = await OneSeat().open()
        await room.teacher.ask("send", **sent)
        await room.teacher.ask("open_up_to", step=1)
        told = await room.learner.ask("answer", sent=1, asked="predict", **answer)
        assert refusal in told.get("message", "") and told["type"] == ("not_done" if refusal else "room")
        assert len(room.live.room.seats[1].answers) == (0 if refusal else 1)

    told(story)


@pytest.mark.parametrize(
    ("sent", "step", "refusal"),
    [
        (None, 1, "Only a lesson that was sent to you has steps. Got step 1."),
        ({"link": "?dataset=xor"}, 1, "Only a lesson that was sent to you has steps. Got step 1."),
        ({"lesson": LESSON}, 1, ""),
        ({"lesson": LESSON}, 99, "A step of the lesson that was sent to you must be in [1, STEPS]. Got 99."),
    ],
)
def test_a_step_is_one_of_the_lesson_that_the_seat_has(sent: dict[str, Any] | None, step: int, refusal: str) -> None:
    async def story() -> None:
        room = await OneSeat().open()
        if sent is not None:
            await room.teacher.ask("send", **sent)
        steps = room.live.room.sent[-1].steps if sent else 0
        told = await room.learner.ask("step", step=step)
        assert told.get("message", "") == refusal.replace("STEPS", str(steps))
        assert room.live.room.seats[1].step == 1

    told(story)


def test_who_is_not_let_in_yet_is_at_no_step() -> None:
    async def story() -> None:
        room = await OneSeat().open()
        await room.teacher.ask("send", lesson=LESSON)
        await room.teacher.ask("rules", approval=True)
        waiting = room.server.page()
        await waiting.ask("enter", code=room.live.room.code, role="learner", secret="x" * 20)
        await waiting.ask("join")
        assert (await waiting.ask("step", step=2))["message"] == "Your teacher has yet to let you in."
        assert room.live.room.seats[2].step == 1

    told(story)


def test_an_answer_that_comes_late_is_taken_though_less_is_open_of_what_was_sent_since() -> None:
    async def story() -> None:
        room = await OneSeat().open()
        await room.teacher.ask("send", lesson=LESSON)
        await room.teacher.ask("send", lesson=LESSON)
        await room.teacher.ask("open_up_to", step=1)
        assert (await room.learner.ask("answer", sent=1, step=2, asked="observe", text="Two"))["type"] == "room"

    told(story)

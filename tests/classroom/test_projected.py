"""What stands on the projector is for the whole class, and follows the seats."""

from __future__ import annotations

import pytest

from playground.classroom.room import Projected
from tests.classroom.in_process import ServerWithRuns
from tests.classroom.memory_store import MemoryStore
from tests.classroom.test_following import opened, seated, told


def test_what_one_seat_is_asked_and_answers_does_not_come_onto_the_projector() -> None:
    async def story() -> None:
        server = ServerWithRuns(MemoryStore())
        teacher, room = await opened(server)
        learner = await seated(server, room["code"])
        projector = server.page()
        await teacher.ask("project", what="answers")
        await teacher.ask("send", link="?dataset=xor", question="Will it bend?")
        await learner.ask("answer", sent=1, asked="predict", text="It will")
        await teacher.ask("send", link="?dataset=xor", question="Do you need help?", to=[1])
        await learner.ask("answer", sent=2, asked="predict", text="I am lost")
        view = await projector.ask("enter", code=room["code"], role="projector", secret=room["projector"])
        assert [(bars["sent"], bars["title"]) for bars in view["bars"]] == [(1, "Will it bend?")]
        view = await teacher.ask("open_up_to", step=None)
        while not view.get("bars") or view["bars"][0]["sent"] != 2:
            view = await teacher.next("room")
        assert view["bars"][0]["bars"][0]["text"] == "I am lost"

    told(story)


@pytest.mark.parametrize(
    ("pins", "shown", "left", "left_shown"),
    [
        ((5, 6), 1, (6,), None),
        ((4, 5, 6), 3, (5, 6), 2),
        ((1, 2, 3), 2, (2, 3), 1),
        ((1, 2, 3), 2, (1, 2), 2),
        ((1, 2, 3), 2, (1, 2, 3, 4), 2),
        ((1, 2, 3), None, (2, 3), None),
        ((6,), 3, (), None),
    ],
)
def test_the_pinned_run_that_is_shown_alone_stays_so_when_other_pins_go(
    pins: tuple[int, ...], shown: int | None, left: tuple[int, ...], left_shown: int | None
) -> None:
    found = Projected("pins", pins, shown).with_pins(left)
    assert (found.pins, found.shown) == (left, left_shown)


def test_when_a_seat_is_removed_the_projector_still_shows_whom_it_showed() -> None:
    async def story() -> None:
        server = ServerWithRuns(MemoryStore())
        teacher, room = await opened(server)
        for _ in range(3):
            await seated(server, room["code"])
        await teacher.ask("project", what="pins", pins=[1, 2, 3], shown=2)
        await teacher.ask("remove", seat=1)
        assert server.rooms._rooms[room["code"]].room.projected == Projected("pins", (2, 3), 1)
        await teacher.ask("project", pins=[3])
        assert server.rooms._rooms[room["code"]].room.projected == Projected("pins", (3,), None)

    told(story)

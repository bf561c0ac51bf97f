"""What stands on the projector is for the whole class, and follows the seats."""

from __future__ import annotations

from typing import Any

import pytest

from playground.classroom import slurs
from playground.classroom.peer import CROWDED
from playground.classroom.room import Projected
from tests.classroom.in_process import ServerWithRuns
from tests.classroom.memory_store import MemoryStore
from tests.classroom.test_following import opened, seated, told
from tests.classroom.test_seat_run import frame
from tests.runtime.peers import until


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
        while [bars["sent"] for bars in view.get("bars", [])] != [1, 2]:
            view = await teacher.next("room")
        assert [bars["bars"][0]["text"] for bars in view["bars"]] == ["It will", "I am lost"]
        await teacher.ask("send", link="?dataset=xor", question="Will this bend, too?")
        await learner.ask("answer", sent=3, asked="predict", text="No")
        view = await teacher.ask("open_up_to", step=1)
        while [bars["sent"] for bars in view.get("bars", [])] != [3]:
            view = await teacher.next("room")

    told(story)


def test_a_slur_is_counted_on_the_projector_without_its_text_and_the_teacher_reads_it() -> None:
    slur, spelled = f"What a {slurs.ANYWHERE[0]}!", " ".join(slurs.ANYWHERE[0])

    async def story() -> None:
        server = ServerWithRuns(MemoryStore())
        teacher, room = await opened(server)
        await teacher.ask("project", what="answers")
        await teacher.ask("send", link="?dataset=xor", question="Will it bend?")
        for text in ("What happens is a bend", slur, spelled):
            await (await seated(server, room["code"])).ask("answer", sent=1, asked="predict", text=text)
        view = await server.page().ask("enter", code=room["code"], role="projector", secret=room["projector"])
        counts = {bar["text"]: bar["predicted"] for bar in view["bars"][0]["bars"]}
        assert counts == {"What happens is a bend": 1, "not shown here": 2}
        view = await teacher.ask("open_up_to", step=None)
        while not view.get("bars") or len(view["bars"][0]["bars"]) < 3:
            view = await teacher.next("room")
        assert {bar["text"] for bar in view["bars"][0]["bars"]} == {"What happens is a bend", slur, spelled}

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


def test_a_projector_that_reads_slowly_hears_of_all_tiles_and_of_no_seat_that_has_gone_meanwhile() -> None:
    async def story() -> None:
        server = ServerWithRuns(MemoryStore())
        teacher, room = await opened(server)
        for number in (1, 2, 3):
            learner = await seated(server, room["code"])
            await learner.ask("run", token=f"run of seat {number}")
        projector = server.page()
        await projector.ask("enter", code=room["code"], role="projector", secret=room["projector"])
        await server.beat()
        assert seats_of(await projector.next("tiles")) == ([1, 2, 3], True)
        live = server.rooms._rooms[room["code"]]
        (peer,) = (peer for peer in live.peers if peer.who is not None and peer.who.role == "projector")
        await teacher.ask("remove", seat=1)
        await until(lambda: 1 not in live.room.seats)
        server.some.watchers["run of seat 2"](frame(0, [0.5]))
        for _ in range(CROWDED):
            server.rooms.tell(live, peer)
        assert peer.is_crowded
        server.rooms._send_tiles(live)
        for _ in range(CROWDED):
            await projector.next("room")
        server.rooms._send_tiles(live)
        assert seats_of(await projector.next("tiles")) == ([2, 3], True)
        server.some.watchers["run of seat 3"](frame(0, [0.5]))
        server.rooms._send_tiles(live)
        assert seats_of(await projector.next("tiles")) == ([3], False)

    told(story)


def seats_of(tiles: dict[str, Any]) -> tuple[list[int], bool]:
    return [tile["seat"] for tile in tiles["tiles"]], tiles["whole"]

"""Nobody does or reads what is not theirs: each command with each token that is the wrong one."""

from __future__ import annotations

import asyncio
import json
import secrets
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from playground.classroom.codes import LETTERS, digest, new_code
from playground.classroom.teaching import MOST_PROJECTORS
from playground.classroom.tries import WRONG_AT_ONCE
from playground.runtime.qr import qr_svg
from tests.classroom.in_process import Page, Server
from tests.classroom.memory_store import MemoryStore

TEACHERS: dict[str, dict[str, Any]] = {
    "send": {"link": "?dataset=xor"},
    "pause_class": {},
    "go_on": {},
    "close_room": {},
    "open_up_to": {"step": 1},
    "timer": {"seconds": 60},
    "tell": {"seat": 1, "text": "hello"},
    "rename": {"seat": 1},
    "admit": {},
    "remove": {"seat": 1},
    "rules": {"approval": True},
    "project": {"what": "pins", "pins": [1]},
    "challenge": {"texts": {"kind": "best_accuracy"}, "link": "?dataset=moons"},
    "judge": {"challenge": 1, "open": False},
    "new_key": {},
    "look_at": {"seat": 1},
    "show_results": {},
}
LEARNERS: dict[str, dict[str, Any]] = {
    "run": {"token": "x" * 24},
    "step": {"step": 1},
    "answer": {"sent": 1, "asked": "predict", "text": "mine"},
    "hand_in": {"challenge": 1},
    "show_kept": {},
    "forget": {},
}


class School:
    """A server with a room, in which there is a teacher, and a learner."""

    def __init__(self, server: Server, store: MemoryStore) -> None:
        self.server, self.store = server, store

    async def opened(self) -> tuple[Page, dict[str, Any]]:
        page = self.server.page()
        opened = await page.ask("open")
        assert (await page.next())["role"] == "teacher"
        return page, opened

    async def seated(self, code: str, secret: str = "") -> tuple[Page, str]:
        page, secret = self.server.page(), secret or secrets.token_urlsafe(16)
        assert (await page.ask("enter", code=code, role="learner", secret=secret))["type"] == "lobby"
        assert (await page.ask("join"))["role"] == "learner"
        return page, secret

    def kept(self, code: str) -> str:
        return self.store.rooms[code].document + "".join(self.store.rooms[code].seats.values())


def in_school(story: Callable[[School], Awaitable[None]]) -> None:
    async def told() -> None:
        store = MemoryStore()
        await story(School(Server(store), store))

    asyncio.run(told())


@pytest.mark.parametrize("command", [*TEACHERS, "new_key of the projector"])
@pytest.mark.parametrize("who", ["a learner", "a removed learner", "another room's teacher", "a projector", "nobody"])
def test_only_a_rooms_teacher_steers_it(command: str, who: str) -> None:
    async def story(school: School) -> None:
        teacher, opened = await school.opened()
        _, _ = await school.seated(opened["code"])
        page = school.server.page()
        match who:
            case "a learner":
                page, _ = await school.seated(opened["code"])
            case "a removed learner":
                page, _ = await school.seated(opened["code"])
                await teacher.ask("remove", seat=2)
                await page.next("gone")
            case "another room's teacher":
                _, other = await school.opened()
                said = await page.ask("enter", code=opened["code"], role="teacher", secret=other["key"])
                assert said["type"] == "gone" and opened["code"] in said["message"]
            case "a projector":
                await page.ask("enter", code=opened["code"], role="projector", secret=opened["projector"])
        before = school.kept(opened["code"])
        command_type, _, role = command.partition(" of the ")
        fields = {"role": role} if role else TEACHERS[command]
        said = await page.ask(command_type, **fields)
        assert said["type"] == "not_done", said
        assert school.kept(opened["code"]) == before

    in_school(story)


@pytest.mark.parametrize("command", LEARNERS)
@pytest.mark.parametrize("who", ["the teacher", "a projector", "a removed learner", "nobody"])
def test_only_a_learner_with_a_seat_does_what_learners_do(command: str, who: str) -> None:
    async def story(school: School) -> None:
        page, opened = await school.opened()
        if who == "a projector":
            page = school.server.page()
            await page.ask("enter", code=opened["code"], role="projector", secret=opened["projector"])
        elif who == "a removed learner":
            teacher = page
            page, _ = await school.seated(opened["code"])
            await teacher.ask("remove", seat=1)
            await page.next("gone")
        elif who == "nobody":
            page = school.server.page()
        before = school.kept(opened["code"])
        assert (await page.ask(command, **LEARNERS[command]))["type"] == "not_done"
        assert school.kept(opened["code"]) == before

    in_school(story)


def test_nobody_joins_a_closed_room_or_comes_back_to_it_as_somebody_new() -> None:
    async def story(school: School) -> None:
        teacher, opened = await school.opened()
        waiting = school.server.page()
        await waiting.ask("enter", code=opened["code"], role="learner", secret=secrets.token_urlsafe(16))
        await teacher.ask("close_room")
        assert "closed" in (await waiting.ask("join"))["message"]
        late = school.server.page()
        said = await late.ask("enter", code=opened["code"], role="learner", secret=secrets.token_urlsafe(16))
        assert said["type"] == "gone" and "no open room" in said["message"]

    in_school(story)


def test_secrets_are_kept_as_digests_alone() -> None:
    async def story(school: School) -> None:
        teacher, opened = await school.opened()
        _, secret = await school.seated(opened["code"])
        another = await teacher.ask("new_key")
        kept = school.kept(opened["code"])
        for each in (opened["key"], opened["projector"], another["key"], secret):
            assert each not in kept and digest(each) in kept
        second = school.server.page()
        assert (await second.ask("enter", code=opened["code"], role="teacher", secret=another["key"]))[
            "role"
        ] == "teacher"

    in_school(story)


def test_a_teacher_makes_another_link_of_the_projector_and_those_before_go_on() -> None:
    async def story(school: School) -> None:
        teacher, opened = await school.opened()
        made = await teacher.ask("new_key", role="projector")
        assert (made["type"], made["role"]) == ("new_key", "projector")
        kept = school.kept(opened["code"])
        assert made["key"] not in kept and digest(made["key"]) in kept
        for key in (opened["projector"], made["key"]):
            page = school.server.page()
            assert (await page.ask("enter", code=opened["code"], role="projector", secret=key))["role"] == "projector"
            refused = await page.ask("new_key", role="projector")
            assert refused["type"] == "not_done" and "teachers" in refused["message"]
        said = await school.server.page().ask("enter", code=opened["code"], role="teacher", secret=made["key"])
        assert said["type"] == "gone"
        for _ in range(MOST_PROJECTORS - 2):
            await teacher.ask("new_key", role="projector")
            await teacher.next("new_key")
        await teacher.ask("new_key", role="projector")
        assert "5 projector's links" in (await teacher.next("not_done"))["message"]

    in_school(story)


def test_learners_and_the_projector_read_nothing_of_others() -> None:
    async def story(school: School) -> None:
        teacher, opened = await school.opened()
        one, secret = await school.seated(opened["code"])
        other, _ = await school.seated(opened["code"])
        projector = school.server.page()
        await projector.ask("enter", code=opened["code"], role="projector", secret=opened["projector"])
        await teacher.ask("send", link="?dataset=xor", question="How many lines?", choices=["one", "two"])
        await school.server.beat()
        answered = await one.ask("answer", sent=1, asked="predict", text="a line nobody else thought of")
        name = (await one.next("room"))["you"]["name"] if answered["type"] != "room" else answered["you"]["name"]
        await teacher.ask("tell", seat=1, text="only for the first")
        await school.server.beat()
        heard: list[str] = []
        for page in (other, projector):
            page.wire._to_page.put_nowait(b"")
            while message := await page.wire._to_page.get():
                heard.append(message.decode("utf-8", "replace"))
        for text in heard:
            for private in (name, secret, digest(secret), opened["key"], digest(opened["key"]), "only for the first"):
                assert private not in text
        assert all("a line nobody else" not in text for text in heard if '"role":"learner"' in text)

    in_school(story)


@pytest.mark.parametrize("role", ["teacher", "projector", "learner", "nobody"])
def test_a_link_is_drawn_for_those_who_show_it_and_only_a_link(role: str) -> None:
    async def story(school: School) -> None:
        teacher, opened = await school.opened()
        page = teacher if role == "teacher" else school.server.page()
        if role == "projector":
            await page.ask("enter", code=opened["code"], role="projector", secret=opened["projector"])
        if role == "learner":
            page, _ = await school.seated(opened["code"])
        link = f"https://class.example/class?room={opened['code']}"
        said = await page.ask("draw_link", link=link)
        if role in ("learner", "nobody"):
            assert said["type"] == "not_done"
            return
        assert (said["link"], said["svg"]) == (link, qr_svg(link).decode())
        await page.next("room")
        for wrong in ("javascript:alert(1)", "", "https://class.example/?x=" + "x" * 2000):
            said = await page.ask("draw_link", link=wrong)
            assert said["type"] == "not_done" and "QR code must hold a link" in said["message"]

    in_school(story)


def test_codes_cannot_be_found_by_trying() -> None:
    async def story(school: School) -> None:
        _, opened = await school.opened()
        page = school.server.page("192.0.2.7")
        for _ in range(WRONG_AT_ONCE):
            code = new_code()
            said = await page.ask("enter", code=code, role="learner", secret=secrets.token_urlsafe(16))
            assert said["type"] == "gone" or code == opened["code"]
        said = await page.ask("enter", code=opened["code"], role="learner", secret=secrets.token_urlsafe(16))
        assert said["type"] == "not_done" and "Wait" in said["message"] and f"{WRONG_AT_ONCE} codes" in said["message"]
        elsewhere = school.server.page("192.0.2.8")
        said = await elsewhere.ask("enter", code=opened["code"], role="learner", secret=secrets.token_urlsafe(16))
        assert said["type"] == "lobby"

    in_school(story)


@pytest.mark.parametrize("code", ["", "BCD", "BCDFGHJ", "IIIIII", "1' OR 1=1", "BCDFG\u202e", "B" * 100])
def test_what_is_no_code_is_told_the_rule(code: str) -> None:
    async def story(school: School) -> None:
        page = school.server.page()
        said = await page.ask("enter", code=code, role="learner", secret=secrets.token_urlsafe(16))
        assert said["type"] == "not_done" and "six letters" in said["message"]

    in_school(story)


def test_what_is_no_message_is_told_so_and_the_page_goes_on() -> None:
    async def story(school: School) -> None:
        page = school.server.page()
        for text in (
            "",
            "{",
            "[]",
            "null",
            '{"type":"explode"}',
            '{"type":"enter"}',
            "[" * 5000,
            '{"type":"open","x":1}',
        ):
            page.wire.say(text)
            assert (await page.next())["type"] == "not_done", text
        assert (await page.ask("open"))["type"] == "opened"

    in_school(story)


def test_letters_of_codes_are_unmistakable() -> None:
    assert not set(LETTERS) & set("AEIOUYLQVN0123456789")
    assert len(LETTERS) ** 6 > 16e6
    assert json.dumps(LETTERS).isascii()

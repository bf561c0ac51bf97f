"""What learners answered: their own page hears what has arrived, and by name what has not."""

from __future__ import annotations

import asyncio
import itertools
import json
import secrets
import time
from collections.abc import Awaitable, Callable
from typing import Any

from playground.classroom import channel
from playground.classroom.room import MOST_ANSWERS
from tests.classroom.in_process import Page, Server
from tests.classroom.memory_store import MemoryStore


def in_room(story: Callable[[Server, Page, str], Awaitable[None]], clock: Callable[[], float] = time.monotonic) -> None:
    async def told() -> None:
        server = Server(MemoryStore(), clock)
        teacher = server.page()
        opened = await teacher.ask("open")
        await teacher.next("room")
        await teacher.ask("send", link="?dataset=xor", question="Will it bend?")
        await story(server, teacher, opened["code"])

    asyncio.run(told())


async def entered(server: Server, code: str, secret: str) -> tuple[Page, dict[str, Any]]:
    page = server.page()
    return page, await page.ask("enter", code=code, role="learner", secret=secret)


async def seated(server: Server, code: str, secret: str = "") -> tuple[Page, dict[str, Any]]:
    page, _ = await entered(server, code, secret or secrets.token_urlsafe(16))
    return page, (await page.ask("join"))["you"]


def test_a_learners_page_hears_what_has_arrived_and_after_it_comes_back_too() -> None:
    async def story(server: Server, _teacher: Page, code: str) -> None:
        secret = secrets.token_urlsafe(16)
        page, you = await seated(server, code, secret)
        assert you["answered"] == []
        view = await page.ask("answer", sent=1, asked="predict", text="It bends.")
        predicted = {"sent": 1, "step": 0, "asked": "predict"}
        assert view["you"]["answered"] == [predicted]
        await page.ask("answer", sent=1, asked="predict", text="It bends.")  # said again, it is one answer
        view = await page.ask("answer", sent=1, asked="observe", text="It did.")
        arrived = [predicted, {"sent": 1, "step": 0, "asked": "observe"}]
        assert view["you"]["answered"] == arrived
        await page.leave()
        assert (await entered(server, code, secret))[1]["you"]["answered"] == arrived
        assert (await seated(server, code))[1]["answered"] == []

    in_room(story)


def test_an_answer_in_own_words_is_noted_in_letters_that_can_be_read() -> None:
    typed = {
        " It\n\tbends\x00.\u202e ": "It bends.",
        "x² is ½": "x² is ½",
        "\u200fکتاب‌ها": "کتاب‌ها",
        "e" + 60 * "\u0301": "é\u0301\u0301\u0301",
        "b" * 200 + "\u200b": "b" * 200,
    }

    async def story(server: Server, _teacher: Page, code: str) -> None:
        page, you = await seated(server, code)
        for text, noted in typed.items():
            await page.ask("answer", sent=1, asked="predict", text=text)
            assert server.rooms._rooms[code].room.seats[you["seat"]].answers[-1].text == noted
        for text, length in (("b" * 201, "201"), (" \u202e\u200b\n", "0"), ("", "0"), ("\u200d", "0")):
            refused = await page.ask("answer", sent=1, asked="predict", text=text)
            assert refused["message"] == f"An answer must have 1 to 200 characters that can be seen. Got {length}."
            assert refused["answer"]["sent"] == 1

    in_room(story)


def test_who_was_removed_and_joins_again_has_answered_nothing() -> None:
    async def story(server: Server, teacher: Page, code: str) -> None:
        secret = secrets.token_urlsafe(16)
        page, you = await seated(server, code, secret)
        await page.ask("answer", sent=1, asked="predict", text="It bends.")
        await teacher.ask("remove", seat=you["seat"])
        assert (await page.next("gone"))["removed"]
        assert (await seated(server, code, secret))[1]["answered"] == []

    in_room(story)


def test_an_answer_that_is_not_taken_is_named_and_one_that_was_not_read_is_not() -> None:
    async def story(server: Server, teacher: Page, code: str) -> None:
        page, _ = await seated(server, code)
        refused = await page.ask("answer", sent=7, step=3, asked="observe", text="It did.")
        assert refused["answer"] == {"sent": 7, "step": 3, "asked": "observe"} and "Got number 7." in refused["message"]
        refused = await page.ask("send", link="?dataset=xor")
        assert refused["type"] == "not_done" and "answer" not in refused
        said = json.dumps({"type": "answer", "sent": 7, "asked": "predict", "text": "It bends."})
        for _ in range(channel.BURST + 20):
            page.wire.say(said)
        heard = [await page.next("not_done") for _ in range(channel.BURST + 20)]
        too_much = [each for each in heard if each["message"] == channel.TOO_MUCH]
        assert too_much and all("answer" not in each for each in too_much)

    in_room(story)


def test_what_a_page_hears_of_its_answers_is_bounded() -> None:
    async def story(server: Server, teacher: Page, code: str) -> None:
        page, _ = await seated(server, code)
        for sent in range(2, 103):
            await teacher.ask("send", link="?dataset=xor", question="Will it bend?")
            for asked in ("predict", "observe"):
                view = await page.ask("answer", sent=sent, asked=asked, text="y" * 200)
        answered = view["you"]["answered"]
        assert len(answered) == MOST_ANSWERS and len(json.dumps(answered, separators=(",", ":"))) < 10_000

    ticks = itertools.count(0.0, 0.1)  # nobody says too much a second
    in_room(story, lambda: next(ticks))

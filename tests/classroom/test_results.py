"""What a teacher takes home, and what a learner is told is kept."""

from __future__ import annotations

import asyncio
import csv
import io
import json
import re
import secrets
from typing import Any

import pytest

from playground.classroom.plans import setup_of
from playground.core.errors import Refused
from tests.classroom.in_process import Page, Server
from tests.classroom.memory_store import MemoryStore
from tests.runtime.peers import PATIENCE

SCRIPT = "<script>alert(1)</script>"
LESSON = """---
title: Mine
level: basics
minutes: 3
goal: See a circle.
---
# One step
## Settings
dataset=circle
"""


async def opened(server: Server, plan: str = "") -> tuple[Page, dict[str, Any]]:
    page = server.page()
    answer = await page.ask("open", plan=plan)
    await page.next("room")
    return page, answer


async def seated(server: Server, code: str, name: str = "") -> tuple[Page, str]:
    page, secret = server.page(), secrets.token_urlsafe(16)
    await page.ask("enter", code=code, role="learner", secret=secret)
    return page, (await page.ask("join", name=name))["you"]["name"]


def test_results_have_what_each_seat_answered_and_nothing_runs_in_a_spreadsheet_or_a_page() -> None:
    async def story() -> None:
        server = Server(MemoryStore())
        teacher, room = await opened(server)
        await teacher.ask("rules", names="free")
        one, name = await seated(server, room["code"], "-Ada")
        await teacher.ask("send", link="?dataset=xor", question="<i>How</i> many?", choices=["one", "=1+1", SCRIPT])
        await one.ask("answer", sent=1, step=0, asked="predict", text="=1+1")
        await one.ask("answer", sent=1, step=0, asked="observe", text=SCRIPT)
        results = await teacher.ask("show_results")
        while results["type"] != "results":
            results = await teacher.next()
        (row,) = csv.DictReader(io.StringIO(results["csv"]))
        assert (row["seat"], row["name"], row["prediction"]) == ("1", f"'{name}", "'=1+1")
        assert row["answer"] == SCRIPT and row["reached"] == ""
        assert "<script>" not in results["summary"] and "&lt;script&gt;" in results["summary"]
        assert not re.search(r"(?:src|href)=|https?:", results["summary"])
        assert "Ada" not in results["plan"]

    asyncio.run(story())


def test_a_plan_opens_a_room_with_the_same_things_ready_and_nobody_in_it() -> None:
    async def story() -> None:
        server = Server(MemoryStore())
        teacher, _ = await opened(server)
        await teacher.ask("rules", names="listed", listed="Ada\nBob", approval=True)
        await teacher.ask("send", link="?dataset=xor", free=["noise"])
        await teacher.ask("send", link="?dataset=moons&rows=learning_rate:0.1|1")
        teacher.wire.say('{"type":"show_results"}')
        results = await teacher.next("results")
        again = server.page()
        await again.ask("open", plan=results["plan"])
        view = await again.next("room")
        rules = view["rules"]
        assert (rules["names"], rules["listed"], rules["approval"]) == ("listed", ["Ada", "Bob"], True)
        assert [(each["kind"], each["to"]) for each in view["history"]] == [("experiment", []), ("wall", [])]
        assert view["history"][0]["free"] == ["noise"] and view["seats"] == []

    asyncio.run(story())


@pytest.mark.parametrize(
    "text", ["{", "[]", '{"kind": "another"}', '{"version": 2}', '{"sent": [{"link": "?dataset=nowhere"}]}', '{"x": 1}']
)
def test_what_is_no_plan_is_refused_in_words(text: str) -> None:
    with pytest.raises(Refused, match=r"plan|dataset must be"):
        setup_of(text)


def test_what_is_kept_is_shown_whole_and_deleted_when_a_learner_says_so() -> None:
    async def story() -> None:
        store = MemoryStore()
        server = Server(store)
        teacher, room = await opened(server)
        await teacher.ask("send", link="?dataset=xor")
        page, name = await seated(server, room["code"])
        await page.ask("answer", sent=1, asked="predict", text="mine alone")
        kept = await page.ask("show_kept")
        while kept["type"] != "kept":
            kept = await page.next()
        document = json.loads(kept["document"])
        assert document["name"] == name and document["answers"][0]["text"] == "mine alone" and "token" not in document
        gone = await page.ask("forget")
        while gone["type"] != "gone":
            gone = await page.next()
        assert not gone["removed"]
        left = store.rooms[room["code"]]
        assert left.seats == {} and name not in left.document and not store.noted.get(room["code"])

    asyncio.run(story())


def test_all_pages_of_who_is_forgotten_say_that_they_have_left_and_not_that_the_teacher_did_it() -> None:
    async def story() -> None:
        server = Server(MemoryStore())
        _, room = await opened(server)
        secret = secrets.token_urlsafe(16)
        pages = server.page(), server.page()
        for page in pages:
            await page.ask("enter", code=room["code"], role="learner", secret=secret)
            await page.ask("join")
        await pages[0].ask("forget")
        for page in pages[1:]:
            gone = await page.next("gone")
            assert gone["message"].startswith("You have left") and not gone["removed"]

    asyncio.run(asyncio.wait_for(story(), PATIENCE))

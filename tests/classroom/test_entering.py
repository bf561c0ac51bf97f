"""The way into a room: guests, names that are spun, codes that are guessed, and who comes back."""

from __future__ import annotations

import asyncio
import secrets
from collections import Counter
from typing import Any

import pytest

from playground.classroom.codes import new_code
from playground.classroom.tries import WRONG_AT_ONCE
from tests.classroom.in_process import Page
from tests.classroom.test_authorisation import School, in_school

SPUN = 2


async def entered(page: Page, code: str, role: str = "learner", secret: str = "", **more: Any) -> dict[str, Any]:
    return await page.ask("enter", code=code, role=role, secret=secret or secrets.token_urlsafe(16), **more)


async def try_wrong_codes(school: School, address: str, count: int) -> list[dict[str, Any]]:
    """What pages are told that all try one at once."""
    pages = [school.server.page(address) for _ in range(count)]
    return await asyncio.gather(*(entered(page, new_code()) for page in pages))


async def wait_for_approval(teacher: Page) -> None:
    await teacher.ask("rules", approval=True)


@pytest.mark.parametrize("whose", ["a teacher's", "a co-teacher's", "a projector's", "another room's", "no"])
def test_a_guest_is_who_shows_a_teachers_key_and_anybody_else_joins_as_learners_do(whose: str) -> None:
    async def story(school: School) -> None:
        teacher, opened = await school.opened()
        await wait_for_approval(teacher)
        _, elsewhere = await school.opened()
        keys = {"a teacher's": opened["key"], "a projector's": opened["projector"], "another room's": elsewhere["key"]}
        if whose == "a co-teacher's":
            keys[whose] = (await teacher.ask("new_key"))["key"]
        page = school.server.page()
        lobby = await entered(page, opened["code"], guest=True, key=keys.get(whose, ""))
        is_guest = whose in ("a teacher's", "a co-teacher's")
        assert (lobby["guest"], lobby["approval"]) == (is_guest, not is_guest)
        view = await page.ask("join")
        assert view["you"]["admitted"] is is_guest
        await teacher.ask("admit")
        live = school.server.rooms._rooms[opened["code"]]
        assert [seat.guest for seat in live.room.seats.values()] == [is_guest]
        later = school.server.page()
        shown = await entered(later, opened["code"], "projector", opened["projector"])
        assert shown["learners"] == (0 if is_guest else 1)

    in_school(story)


def test_who_waits_to_be_let_in_is_told_of_nothing_sent_and_of_no_challenge() -> None:
    async def story(school: School) -> None:
        teacher, opened = await school.opened()
        await teacher.ask("send", link="?dataset=xor", question="Who will win?")
        await teacher.ask("challenge", texts={"kind": "best_accuracy"}, link="?dataset=moons")
        await wait_for_approval(teacher)
        page = school.server.page()
        await entered(page, opened["code"])
        view = await page.ask("join")
        assert (view["you"]["admitted"], view["sent"], view["contests"]) == (False, None, [])
        await teacher.ask("admit")
        await school.server.beat()
        view = await page.next("room")
        assert (view["you"]["admitted"], view["sent"]["number"], len(view["contests"])) == (True, 1, 1)

    in_school(story)


@pytest.mark.parametrize("rule", ["generated", "free"])
def test_who_joins_has_the_name_that_was_offered_last(rule: str) -> None:
    async def story(school: School) -> None:
        teacher, opened = await school.opened()
        await teacher.ask("rules", names=rule)
        page = school.server.page()
        lobby = await entered(page, opened["code"])
        names = [lobby["offered"]] + [(await page.ask("spin"))["offered"] for _ in range(SPUN)]
        assert len(set(names)) == 1 + SPUN
        assert (await page.ask("join", name=""))["you"]["name"] == names[-1]

    in_school(story)


def test_of_two_who_are_offered_the_same_name_the_second_gets_another() -> None:
    async def story(school: School) -> None:
        teacher, opened = await school.opened()
        await teacher.ask("rules", names="free")
        page, quicker = school.server.page(), school.server.page()
        name = (await entered(page, opened["code"]))["offered"]
        await entered(quicker, opened["code"])
        assert (await quicker.ask("join", name=name))["you"]["name"] == name
        said = await page.ask("join", name="")
        assert said["type"] == "room" and said["you"]["name"] not in ("", name)

    in_school(story)


def test_of_codes_that_are_tried_at_once_no_more_are_answered_than_one_by_one() -> None:
    async def story(school: School) -> None:
        told = Counter(said["type"] for said in await try_wrong_codes(school, "192.0.2.7", 10 * WRONG_AT_ONCE))
        assert told == {"gone": WRONG_AT_ONCE, "not_done": 9 * WRONG_AT_ONCE}

    in_school(story)


def test_while_rooms_cannot_be_read_no_more_codes_are_tried_either() -> None:
    async def story(school: School) -> None:
        _, opened = await school.opened()
        school.store.fails = "The database is away."
        assert all(said["type"] == "not_done" for said in await try_wrong_codes(school, "192.0.2.7", 2 * WRONG_AT_ONCE))
        said = await entered(school.server.page("192.0.2.7"), opened["code"])
        assert said["type"] == "not_done" and "Wait" in said["message"]

    in_school(story)


def test_whoever_is_known_comes_in_whatever_was_tried_from_their_address() -> None:
    async def story(school: School) -> None:
        _, opened = await school.opened()
        code, address = opened["code"], "127.0.0.1"
        page, secret = await school.seated(code)
        await page.leave()
        await try_wrong_codes(school, address, WRONG_AT_ONCE + 1)
        back = await entered(school.server.page(address), code, secret=secret)
        assert (back["type"], back["role"]) == ("room", "learner")
        for role, key in (("teacher", opened["key"]), ("projector", opened["projector"])):
            assert (await entered(school.server.page(address), code, role, key))["role"] == role
        of_room, of_none = [await entered(school.server.page(address), each) for each in (code, new_code())]
        assert of_room["type"] == "not_done" and "codes were tried in vain. Wait" in of_room["message"]
        assert of_room == of_none, "nobody is told whether there is such a room"

    in_school(story)


def test_right_codes_use_up_no_tries() -> None:
    async def story(school: School) -> None:
        _, opened = await school.opened()
        pages = [school.server.page() for _ in range(3 * WRONG_AT_ONCE)]
        said = await asyncio.gather(*(entered(page, opened["code"]) for page in pages))
        assert {each["type"] for each in said} == {"lobby"}
        told = Counter(each["type"] for each in await try_wrong_codes(school, "127.0.0.1", WRONG_AT_ONCE + 1))
        assert told == {"gone": WRONG_AT_ONCE, "not_done": 1}

    in_school(story)


@pytest.mark.parametrize("anew", [False, True], ids=["the same connection", "another connection"])
def test_who_was_removed_and_asks_again_spins_and_waits_as_anybody_does(anew: bool) -> None:
    async def story(school: School) -> None:
        teacher, opened = await school.opened()
        page, secret = await school.seated(opened["code"])
        await wait_for_approval(teacher)
        await teacher.ask("remove", seat=1)
        await page.next("gone")
        if anew:
            await page.leave()
            page = school.server.page()
            lobby = await entered(page, opened["code"], secret=secret, guest=True, key=secret)
            assert lobby["approval"] and not lobby["guest"]
        name = (await page.ask("spin"))["offered"]
        you = (await page.ask("join"))["you"]
        assert (you["seat"], you["name"], you["admitted"]) == (2, name, False)

    in_school(story)

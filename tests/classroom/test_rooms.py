"""Rooms over real sockets: who sees what, and what becomes of what is sent."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import Any

from playground.runtime import Limits
from tests.classroom.memory_store import MemoryStore
from tests.classroom.served import ClassServer, class_server
from tests.runtime.peers import until, with_train


def in_class(story: Callable[[ClassServer], Awaitable[None]], store: Any = None, **limits: Any) -> None:
    async def told() -> None:
        async with class_server(store, Limits(**{"workers": 1, **limits})) as server:
            await story(server)

    asyncio.run(told())


def test_a_teacher_opens_a_room_and_learners_join_it_by_its_code() -> None:
    async def story(server: ClassServer) -> None:
        async with (
            server.teacher() as teacher,
            server.learner(teacher.code.lower()) as one,
            server.learner(teacher.code) as two,
        ):
            view = await teacher.until_view(lambda view: view["learners"] == 2)
            assert {seat["name"] for seat in view["seats"]} == {one.view["you"]["name"], two.view["you"]["name"]}
            assert {seat["state"] for seat in view["seats"]} == {"connected"}
            assert "seats" not in one.view

    in_class(story)


def test_what_is_sent_comes_to_those_it_is_for() -> None:
    async def story(server: ClassServer) -> None:
        async with (
            server.teacher() as teacher,
            server.learner(teacher.code) as one,
            server.learner(teacher.code) as two,
        ):
            await teacher.say("send", link="https://example.org/?dataset=xor", free=["learning_rate"])
            await one.until_view(lambda view: view["sent"] is not None)
            await two.until_view(lambda view: view["sent"] is not None)
            assert one.view["sent"]["link"] == "?dataset=xor"
            assert one.view["sent"]["free"] == ["learning_rate"]
            seat = two.view["you"]["seat"]
            await teacher.say("send", link="?dataset=spiral", to=[seat])
            await two.until_view(lambda view: view["sent"]["number"] == 2)
            await teacher.say("tell", seat=one.view["you"]["seat"], text="<b>Look</b> again")
            await one.until_view(lambda view: view["you"]["note"] == "<b>Look</b> again")
            assert one.view["sent"]["number"] == 1

    in_class(story)


def test_the_wall_shows_what_learners_runs_come_to_and_the_class_can_be_paused() -> None:
    async def story(server: ClassServer) -> None:
        async with server.teacher() as teacher, server.learner(teacher.code) as learner:
            token = server.runs.open(with_train(epochs=10_000))
            await learner.say("run", token=token)
            async with server.run(token) as page:
                await page.say("play", epochs_per_frame=1)
                await page.until_epoch(5)
                seat = learner.view["you"]["seat"]
                painting = asyncio.create_task(page.until_state("paused"))
                await teacher.until(lambda: seat in teacher.tiles and teacher.tiles[seat]["epoch"] >= 5)
                await teacher.say("pause_class")
                await learner.until_view(lambda view: view["state"] == "paused")
                await painting
                assert "paused" in page.last["message"]
                await teacher.say("go_on")
                await page.until_epoch(page.last["last_epoch"] + 3)

    in_class(story)


def test_a_room_outlasts_its_server() -> None:
    store = MemoryStore()

    async def story() -> None:
        async with class_server(store) as server, server.teacher() as teacher, server.learner(teacher.code) as learner:
            await teacher.say("send", link="?dataset=xor")
            await learner.until_view(lambda view: view["sent"] is not None)
            await learner.say("answer", sent=1, asked="predict", text="two lines")
            await teacher.until_view(lambda view: any(seat["answers"] for seat in view["seats"]))
            name, code, key, secret = learner.view["you"]["name"], teacher.code, teacher.secret, learner.secret
        later = class_server(store, unix=lambda: time.time() + 60)
        async with later as server, server.member() as teacher, server.member(secret) as learner:
            await teacher.enter(code, "teacher", key)
            view = await teacher.until_view(lambda view: len(view["seats"]) == 1)
            assert view["seats"][0]["answers"][0]["text"] == "two lines"
            assert view["seats"][0]["state"] == "away"
            await learner.enter(code)
            view = await learner.until_view(lambda view: True)
            assert (view["you"]["name"], view["sent"]["link"]) == (name, "?dataset=xor")

    asyncio.run(story())


def test_while_the_database_is_away_the_class_goes_on_and_is_saved_when_it_is_back() -> None:
    store = MemoryStore()

    async def story(server: ClassServer) -> None:
        async with server.teacher() as teacher, server.learner(teacher.code) as learner:
            store.fails = "The disk is full."
            await teacher.say("send", link="?dataset=xor")
            view = await learner.until_view(lambda view: view["sent"] is not None)
            view = await learner.until_view(lambda view: bool(view["unsaved"]))
            assert "The disk" not in view["unsaved"] and "not saved" in view["unsaved"]
            await teacher.until_view(lambda view: "The disk is full." in view["unsaved"])
            async with server.learner(teacher.code) as late:
                assert late.view["sent"]["link"] == "?dataset=xor"
                store.fails = ""
                await late.until_view(lambda view: not view["unsaved"])
            await until(lambda: "xor" in store.rooms[teacher.code].document)
            assert len(store.rooms[teacher.code].seats) == 2

    in_class(story, store)


def test_a_removed_learner_may_ask_again() -> None:
    async def story(server: ClassServer) -> None:
        async with server.teacher() as teacher, server.learner(teacher.code) as learner:
            await teacher.say("remove", seat=learner.view["you"]["seat"])
            gone = (await learner.next("gone"))[0]
            assert gone["removed"]
            await learner.say("answer", sent=1, asked="predict", text="x")
            assert "no place" in await learner.refusal()
            await learner.join(teacher.code)
            assert learner.view["you"]["seat"] == 2

    in_class(story)


def test_who_is_to_be_let_in_waits() -> None:
    async def story(server: ClassServer) -> None:
        async with server.teacher() as teacher:
            await teacher.say("rules", approval=True)
            await teacher.until_view(lambda view: view["rules"]["approval"])
            await teacher.say("send", link="?dataset=xor")
            async with server.learner(teacher.code) as learner:
                assert not learner.view["you"]["admitted"] and learner.view["sent"] is None
                assert server.rooms.recognise(teacher.code, "learner", learner.secret) is None
                await teacher.say("admit", seat=learner.view["you"]["seat"])
                await learner.until_view(lambda view: view["you"]["admitted"])
                view = await learner.until_view(lambda view: view["sent"] is not None)
                assert view["sent"]["link"] == "?dataset=xor"
                assert server.rooms.recognise(teacher.code, "learner", learner.secret) is not None

    in_class(story)


def test_who_looks_over_a_shoulder_sees_each_run_that_its_learner_goes_on_to() -> None:
    async def story(server: ClassServer) -> None:
        async with server.teacher() as teacher, server.learner(teacher.code) as learner:
            await teacher.say("look_at", seat=learner.view["you"]["seat"])
            await teacher.next("shoulder")
            for epochs in (3, 4):
                token = server.runs.open(with_train(epochs=epochs))
                await learner.say("run", token=token)
                await teacher.next("shoulder")
                assert (await teacher.next("hello"))[0]["experiment"]["epochs"] == epochs
                async with server.run(token) as page:
                    await page.say("play", epochs_per_frame=1)
                    await page.until_state("finished")
                    while (await teacher.next("frame"))[0]["epoch"] < epochs:
                        pass

    in_class(story)


def test_a_look_over_a_shoulder_shows_the_whole_run() -> None:
    async def story(server: ClassServer) -> None:
        async with server.teacher() as teacher, server.learner(teacher.code) as learner:
            token = server.runs.open(with_train(epochs=50))
            await learner.say("run", token=token)
            async with server.run(token) as page:
                await page.say("play", epochs_per_frame=1)
                await page.until_epoch(5)
                await teacher.say("look_at", seat=learner.view["you"]["seat"])
                playing = asyncio.create_task(page.until_state("finished"))
                await teacher.next("shoulder")
                hello = (await teacher.next("hello"))[0]
                assert hello["experiment"]["epochs"] == 50
                epochs: list[float] = []
                while not epochs or epochs[-1] < 50:
                    header, arrays = await teacher.next("frame")
                    del epochs[header["curves_start"] :]
                    epochs += [row[0] for row in arrays["curves"]]
                assert epochs == list(range(51))
                await playing

    in_class(story)

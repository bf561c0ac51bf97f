"""Two web processes on one PostgreSQL: a room is the same at both, and outlasts the database going away."""

from __future__ import annotations

import asyncio

import pytest

from playground.store.rooms import Rooms, open_rooms
from tests.classroom.served import class_server
from tests.postgres import PostgresServer, postgres
from tests.runtime.peers import PATIENCE, until, with_train

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]


def test_a_teacher_at_one_server_sees_and_steers_learners_at_another(postgres_server: PostgresServer) -> None:
    environ = {"DATABASE_URL": postgres_server.new_database()}

    async def story() -> None:
        one, other = (class_server(open_rooms(environ)) for _ in range(2))
        async with one as here, other as there, here.teacher() as teacher, there.learner(teacher.code) as learner:
            await teacher.until_view(lambda view: view["learners"] == 1)
            await teacher.say("send", link="?dataset=xor")
            await learner.until_view(lambda view: view["sent"] is not None)
            token = there.runs.open(with_train(epochs=60))
            await learner.say("run", token=token, sent=1)
            async with there.run(token) as page:
                await page.say("play", epochs_per_frame=1)
                await page.until_state("finished")
                await teacher.until(lambda: teacher.tiles.get(1, {}).get("epoch") == 60)
            await teacher.until_view(lambda view: [seat["state"] for seat in view["seats"]] == ["connected"])
            await teacher.say("pause_class")
            await learner.until_view(lambda view: view["state"] == "paused")
            await teacher.say("remove", seat=1)
            assert (await learner.next("gone"))[0]["removed"]

    asyncio.run(asyncio.wait_for(story(), 3 * PATIENCE))


def test_while_postgres_is_away_learners_go_on_and_what_they_did_is_saved_when_it_is_back() -> None:
    with postgres() as server:
        store = open_rooms({"DATABASE_URL": server.new_database()})

        async def story() -> None:
            serving = class_server(store)
            async with serving as served, served.teacher() as teacher, served.learner(teacher.code) as learner:
                await asyncio.to_thread(server.stop, "fast")
                await teacher.say("send", link="?dataset=xor")
                await learner.until_view(lambda view: view["sent"] is not None and bool(view["unsaved"]))
                token = served.runs.open(with_train(epochs=30))
                await learner.say("run", token=token, sent=1)
                async with served.run(token) as page:
                    await page.say("play", epochs_per_frame=1)
                    await page.until_state("finished")
                await learner.say("answer", sent=1, asked="predict", text="two lines")
                await teacher.until_view(lambda view: any(seat["answers"] for seat in view["seats"]))
                await asyncio.to_thread(server.start)
                await learner.until_view(lambda view: not view["unsaved"])
                stored = await asyncio.to_thread(store.load, teacher.code)
                assert stored is not None and "two lines" in stored.seats[1] and "xor" in stored.document
                await until(lambda: '"epoch":30' in progress_of(store, teacher.code))

        asyncio.run(asyncio.wait_for(story(), 4 * PATIENCE))


def progress_of(store: Rooms, code: str) -> str:
    """What the store has of the first seat's runs."""
    noted = store.progress(code).get(1)
    return "" if noted is None else noted.document

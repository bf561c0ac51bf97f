"""Challenges in a room: the server scores what learners hand in, by points that no page is ever told."""

from __future__ import annotations

import asyncio
from typing import Any

import numpy as np

from playground.core import Experiment
from playground.core.challenge import Challenge, hidden_points
from playground.core.query import of_link
from playground.runtime import Limits
from tests.classroom.served import ClassServer, Member, class_server
from tests.runtime.peers import PATIENCE

ON_CIRCLE = "?dataset=circle&epochs=30"


async def trained(server: ClassServer, learner: Member, link: str) -> str:
    """A run of a learner, trained to its end."""
    token = server.runs.open(Experiment.from_query(of_link(link))[0])
    await learner.say("run", token=token)
    async with server.run(token) as page:
        await page.say("play", epochs_per_frame=0)
        await page.until_state("finished")
    return token


def standing(view: dict[str, Any]) -> list[dict[str, Any]]:
    return view["contests"][0]["table"] if view["contests"] else []


def test_a_challenge_from_setting_it_to_its_table() -> None:
    async def story() -> None:
        serving = class_server(engine="playground.engine", limits=Limits(workers=1))
        async with serving as server, server.teacher() as teacher, server.two(teacher) as (one, two):
            await teacher.say("challenge", texts={"kind": "best_accuracy"}, link=ON_CIRCLE)
            await one.until_view(lambda view: bool(view["contests"]))
            await one.say("hand_in", challenge=1)
            assert "Train a network first" in await one.refusal()
            await trained(server, one, "?dataset=xor&epochs=3")
            await one.say("hand_in", challenge=1)
            assert "its own data" in await one.refusal()
            await trained(server, one, f"{ON_CIRCLE}&hidden=8")
            await trained(server, two, f"{ON_CIRCLE}&hidden=none")
            for learner in (two, one):
                await learner.say("hand_in", challenge=1)
                await learner.until_view(lambda view: any(row["mine"] for row in standing(view)))
            await one.until_view(lambda view: len(standing(view)) == 2)
            rows = standing(one.view)
            assert [row["mine"] for row in rows] == [True, False]
            assert {row["name"] for row in rows} == {""} and {row["seat"] for row in rows} == {0}
            view = await teacher.until_view(lambda view: len(standing(view)) == 2)
            assert [row["name"] for row in standing(view)] == [one.view["you"]["name"], two.view["you"]["name"]]
            await teacher.say("judge", challenge=1, open=False, names_shown=True)
            await two.until_view(lambda view: view["contests"][0]["names_shown"])
            assert standing(two.view)[0]["name"] == one.view["you"]["name"]
            await two.say("hand_in", challenge=1)
            assert "over" in await two.refusal()
            nothing_hidden_was_said(server, teacher.code, [teacher, one, two])

    asyncio.run(asyncio.wait_for(story(), 3 * PATIENCE))


def nothing_hidden_was_said(server: ClassServer, code: str, members: list[Member]) -> None:
    contest = server.room(code).contests[0]
    challenge = Challenge.from_texts(contest.texts)
    points = hidden_points(Experiment.from_query(of_link(contest.link))[0].data, challenge.seed)
    X = np.asarray(points[0])
    said = b"".join(message for member in members for message in member.all)
    assert str(challenge.seed).encode() not in said
    for row in X[:50]:
        for dtype in (np.float32, np.float64):
            assert row.astype(dtype).tobytes() not in said
        assert repr(float(row[0])).encode() not in said

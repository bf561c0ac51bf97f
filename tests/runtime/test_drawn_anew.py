"""Points that are drawn while a run is on the stage: it begins anew with them on the channel that it has."""

from __future__ import annotations

import json
import os
import signal
from typing import Any

import numpy as np
import pytest

from playground.core import Data, Experiment, Train
from playground.core.drawn_points import LONGEST, pack_points, unpack_points
from playground.lessons.task import Task
from playground.runtime.protocol.limits import FRAMES_IN_FLIGHT
from playground.runtime.server.drawn_anew import with_points
from tests.runtime.peers import Page, Server, until
from tests.runtime.test_channel import on_server

FIRST, SECOND, THIRD = (
    pack_points(np.array([[-2, 1], [-1, 1], [1, -1], [2, -1], [x, 0]]), np.array([0, 0, 1, 1, 0])) for x in (-3, -2, -1)
)
SIX = np.array([[-2, 1], [-1, 1], [1, -1], [2, -1], [3, 0], [3, 1]])
THREE_CLASSES = pack_points(SIX, np.array([0, 0, 1, 1, 2, 2]))
ONE_CLASS = pack_points(np.array([[-2, 1], [-1, 1]]), np.array([0, 0]))


def drawn(points: str = FIRST, **train: Any) -> Experiment:
    return Experiment(data=Data(dataset="drawn", points=points), train=Train(**train))


async def redrawn(page: Page, points: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """What the page is told of the run with these points."""
    await page.say("hidden")
    await page.say("points", points=points)
    told = await page.next("hello")
    await page.say("hidden")  # what it gave for frames of the run before
    for _ in range(FRAMES_IN_FLIGHT):
        await page.say("credit")
    return told


def test_a_run_that_plays_begins_anew_and_plays_on_and_nothing_of_the_one_before_comes_after_it() -> None:
    async def story(server: Server) -> None:
        token = server.runs.open(drawn())
        neighbour = server.runs.open(drawn(seed=3))
        async with server.page(token) as page, server.page(neighbour) as other:
            before, _ = page.hello
            await page.next("frame")
            await page.say("play", epochs_per_frame=1)
            await page.until_epoch(30)
            await other.next("frame")
            for beginning, points in enumerate((SECOND, THIRD, THREE_CLASSES), 2):
                header, arrays = await redrawn(page, points)
                page.frames.clear()
                assert header["run"] == f"{before['run']}-no{beginning}"
                assert header["course"]["link"].endswith(f"points={points}")
                assert (
                    header["last_epoch"] == 0
                    and header["experiment"]["n_classes"] == unpack_points(points)[1].max() + 1
                )
                X, _y = unpack_points(points)
                told = np.concatenate([arrays["train_x"], arrays["test_x"]])
                assert sorted(map(tuple, np.round(told, 2).tolist())) == sorted(map(tuple, X.tolist()))
                await page.until_epoch(20)
                epochs = [header["epoch"] for header, _ in page.frames]
                assert epochs == list(range(epochs[0], epochs[0] + len(epochs))) and epochs[0] <= 1
            assert [header["epoch"] for header, _ in other.frames] == [0]
            run = server.runs.get(token)
            assert run is not None and server.runs.subject_of(token) == drawn(THREE_CLASSES)

    on_server(story)


def test_one_that_rests_waits_for_play_with_its_new_points() -> None:
    async def story(server: Server) -> None:
        token = server.runs.open(drawn())
        async with server.page(token) as page:
            await page.next("frame")
            await page.say("step")
            await page.until_epoch(1)
            header, _ = await redrawn(page, SECOND)
            assert header["state"] == "ready"
            frame, _ = await page.next("frame")
            assert (frame["epoch"], frame["state"]) == (0, "ready")
            assert await page.is_quiet()

    on_server(story)


def test_points_that_are_locked_are_not_drawn_anew() -> None:
    async def story(server: Server) -> None:
        token = server.runs.open(drawn())
        server.runs.lock(token, ("points",))
        async with server.page(token) as page:
            await page.next("frame")
            await page.say("points", points=SECOND)
            header, _ = await page.next("refused")
            assert header["message"] == "The points of this run are locked: nothing was changed."
            assert server.runs.subject_of(token) == drawn()

    on_server(story)


@pytest.mark.parametrize("points", [ONE_CLASS, "", "1AAA", "2" + FIRST[1:], FIRST[:-1] + "!"])
def test_points_of_which_nothing_can_be_learned_are_for_the_script_and_the_run_goes_on(points: str) -> None:
    async def story(server: Server) -> None:
        token = server.runs.open(drawn())
        async with server.page(token) as page:
            await page.next("frame")
            await page.say("play", epochs_per_frame=1)
            await page.until_epoch(5)
            await page.say("points", points=points)
            await page.next("not_here")
            await page.until_epoch(20)
            assert server.runs.subject_of(token) == drawn()
            too_long = "1" * (LONGEST + 1)
            await page.connection.send(json.dumps({"type": "points", "points": too_long}))  # is no message
            await page.until_epoch(40)

    on_server(story)


@pytest.mark.parametrize(
    ("experiment", "task"),
    [(Experiment(), None), (drawn(), Task(("test accuracy >= 0.9",)))],
    ids=["another dataset", "a lesson"],
)
def test_of_other_data_and_in_a_lesson_points_are_for_the_script(experiment: Experiment, task: Task | None) -> None:
    async def story(server: Server) -> None:
        token = server.runs.open(experiment, task=task)
        async with server.page(token) as page:
            await page.next("frame")
            await page.say("points", points=SECOND)
            await page.next("not_here")
            assert server.runs.subject_of(token) == experiment

    on_server(story)


def test_rates_meant_for_the_run_before_do_not_bring_its_points_back() -> None:
    async def story(server: Server) -> None:
        token = server.runs.open(drawn())
        async with server.page(token) as page:
            await page.next("frame")
            run = server.runs.get(token)
            assert run is not None
            await redrawn(page, SECOND)
            run.adjust(drawn(learning_rate=0.5))
            assert run.subject == drawn(SECOND)
            run.adjust(drawn(SECOND, learning_rate=0.5))
            assert run.subject == drawn(SECOND, learning_rate=0.5)

    on_server(story)


def test_a_worker_that_dies_afterwards_leaves_the_run_with_its_new_points() -> None:
    async def story(server: Server) -> None:
        token = server.runs.open(drawn())
        async with server.page(token) as page:
            await page.next("frame")
            await page.say("play", epochs_per_frame=1)
            await page.until_epoch(30)
            run = server.runs.get(token)
            assert run is not None
            await redrawn(page, SECOND)
            page.frames.clear()
            os.kill(run.place.host.pid, signal.SIGKILL)  # type: ignore[union-attr]
            await page.until_epoch(20)
            assert page.frames[0][0]["last_epoch"] < 30
            await until(lambda: run.kept is not None)
            assert run.subject == drawn(SECOND)

    on_server(story)


def test_what_would_not_stay_as_it_is_with_other_points_is_none_of_this() -> None:
    hinge, refused = Experiment.from_query({**drawn().to_query(), "loss": "hinge"})
    assert refused == [] and with_points(hinge, SECOND) is not None
    assert with_points(hinge, THREE_CLASSES) is None

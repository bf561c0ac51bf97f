"""Walls over the live channel, in real workers."""

from __future__ import annotations

import asyncio
import os
import signal
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from playground.core import Experiment
from playground.core.rate_test import RateTest
from playground.core.search import BATCH
from playground.runtime import Limits
from tests.runtime.peers import Page, Server, serving, until
from tests.runtime.search_bench import SearchBench, search_of
from tests.runtime.wall_bench import wall_of

ENGINE = "playground.engine"
WALL = "samples=40&hidden=3,2&rows=learning_rate:0.01|0.1&columns=activation:relu|tanh&seeds=2"
COMPARED = "samples=40&runs=hidden:2|hidden:2;dropout:0.2&names=plain|dropping"
pytestmark = pytest.mark.timeout(300)


def wall_page(server: Server, token: str) -> Any:
    return server.page(token, hello="wall")


async def epochs_of(page: Page, epoch: int) -> dict[int, Any]:
    """The figures of each epoch up to this one, as the page has them."""
    await page.until_epoch(epoch, "cells")
    rows: dict[int, Any] = {}
    for header, arrays in page.frames:
        for k, row in enumerate(arrays.get("figures", ())):
            rows[header["figures_start"] + k] = row
    return rows


def test_a_wall_whose_worker_is_killed_goes_on_from_its_last_state_and_misses_no_epoch() -> None:
    async def story() -> None:
        async with serving(Limits(workers=1), ENGINE) as server:
            token = server.runs.open(wall_of(WALL))
            async with wall_page(server, token) as page:
                await page.say("play", epochs_per_frame=1, until=60)
                before = await epochs_of(page, 60)
                run = server.runs.get(token)
                assert run is not None
                await until(lambda: run.kept_epoch == 60)
                await page.say("play", epochs_per_frame=1)
                os.kill(server.worker_pids()[0], signal.SIGKILL)
                after = await epochs_of(page, 120)
                assert sorted(after) == list(range(max(after) + 1))
                assert all(np.array_equal(after[epoch], before[epoch], equal_nan=True) for epoch in before)

    asyncio.run(story())


@pytest.mark.parametrize("query", [WALL, COMPARED], ids=["a wall", "a comparison"])
def test_a_wall_outlasts_its_server(tmp_path: Path, query: str) -> None:
    async def story() -> None:
        async with serving(Limits(workers=1), ENGINE, folder=tmp_path) as server:
            token = server.runs.open(wall_of(query))
            async with wall_page(server, token) as page:
                await page.say("play", epochs_per_frame=1, until=30)
                before = await epochs_of(page, 30)
                await page.until_state("paused")
                run = server.runs.get(token)
                assert run is not None
                await until(lambda: run.kept_epoch == 30)
        async with serving(Limits(workers=1), ENGINE, folder=tmp_path) as server, wall_page(server, token) as page:
            assert page.hello[0]["course"]["link"] == run.standing["course"]["link"]
            after = await epochs_of(page, 30)
            assert np.array_equal([after[k] for k in range(31)], [before[k] for k in range(31)], equal_nan=True)

    asyncio.run(story())


def test_a_wall_and_a_run_of_one_worker_both_get_on() -> None:
    async def story() -> None:
        async with serving(Limits(workers=1), ENGINE) as server:
            wall = server.runs.open(wall_of("rows=learning_rate:0.01|0.1&seeds=64"))
            run = server.runs.open(Experiment())
            async with wall_page(server, wall) as many, server.page(run) as one:
                await many.say("play", epochs_per_frame=0)
                await one.say("play", epochs_per_frame=1)
                await asyncio.gather(many.until_epoch(60, "cells"), one.until_epoch(60))

    asyncio.run(story())


def test_a_range_test_ends_with_suggestions() -> None:
    async def story() -> None:
        async with serving(Limits(workers=1), ENGINE) as server:
            token = server.runs.open(RateTest(Experiment()))
            async with server.page(token, hello="rates") as page:
                while True:
                    header, _arrays = await page.next("losses")
                    if header["state"] == "finished":
                        break
                assert 1e-4 < header["suggested"]["valley"] < 10

    asyncio.run(story())


def test_a_search_whose_worker_is_killed_goes_on_with_the_trials_that_it_would_have_tried() -> None:
    link = "samples=40&hidden=3&batch_size=20&search=learning_rate,width&search_epochs=30&trials=72&seconds=3600"

    async def story() -> list[str]:
        async with serving(Limits(workers=1), ENGINE) as server:
            token = server.runs.open(search_of(link))
            run = server.runs.get(token)
            assert run is not None
            async with server.page(token, hello="search") as page:
                await page.say("play")
                while run.kept_epoch < BATCH:
                    await page.next("trials")
                os.kill(server.worker_pids()[0], signal.SIGKILL)
                while (await page.next("trials"))[0]["state"] != "finished":
                    pass
                links: list[str] = []
                for header, _arrays in page.frames:
                    links[header["links_start"] :] = header["links"]
                return links

    undisturbed = SearchBench(link)
    undisturbed.play()
    assert asyncio.run(story()) == undisturbed.links


def test_a_search_outlasts_its_server(tmp_path: Path) -> None:
    link = "samples=40&hidden=3&batch_size=20&search=learning_rate&search_epochs=10&trials=24"

    async def story() -> None:
        async with serving(Limits(workers=1), ENGINE, folder=tmp_path) as server:
            token = server.runs.open(search_of(link))
            async with server.page(token, hello="search") as page:
                await page.say("play")
                while (before := await page.next("trials"))[0]["state"] != "finished":
                    pass
                run = server.runs.get(token)
                assert run is not None
                await until(lambda: run.kept_epoch == 24)
        async with (
            serving(Limits(workers=1), ENGINE, folder=tmp_path) as server,
            server.page(token, hello="search") as page,
        ):
            after = await page.next("trials")
            assert after[0]["counts"] == before[0]["counts"]
            assert np.array_equal(after[1]["figures"], before[1]["figures"])

    asyncio.run(story())


def test_a_network_that_cannot_be_opened_by_name_is_no_danger_to_a_wall() -> None:
    async def story() -> None:
        async with serving(Limits(workers=1), ENGINE) as server:
            token = server.runs.open(wall_of(WALL))
            async with wall_page(server, token) as page:
                for message in ({"layer": 9, "unit": 3, "value": 1e6}, {"layer": 1, "unit": 0, "value": 0.0}):
                    await page.say("edit", **message)
                await page.say("open", cell=255)
                await page.say("probe", x1=1e6, x2=0.0)
                await page.say("step")
                await page.until_epoch(1, "cells")

    asyncio.run(story())

"""Equal experiments give bit-identical curves, whatever else the server does. With the real engine."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

from playground.core import Experiment, Model, Rates, Train
from playground.core.query import of_link
from playground.runtime import Limits
from tests.runtime.peers import Page, Server, serving, until

EPOCHS = 60
WANTED = Experiment(
    model=Model(hidden=(4, 3)), train=Train(optimizer="adam", learning_rate=0.01, epochs=EPOCHS, seed=5)
)


def other(**train: Any) -> Experiment:
    return Experiment(model=Model(hidden=(4, 3)), train=Train(**{"optimizer": "adam", **train}))


async def curve(page: Page) -> np.ndarray:
    """Play to the end; epoch, loss, accuracy, val_loss, val_accuracy and rate of each epoch, float32."""
    await page.say("play", epochs_per_frame=1)
    while not page.frames or page.frames[-1][0]["last_epoch"] < EPOCHS:
        await page.next("frame")
    return _rows(page)


def _rows(page: Page) -> np.ndarray:
    """The rows of all frames so far, as a page puts them together."""
    rows = np.empty((0, 6), np.float32)
    for header, arrays in page.frames:
        rows = np.concatenate([rows[: header["curves_start"]], arrays["curves"]])
    return rows


async def alone() -> np.ndarray:
    one = serving(Limits(workers=1), "playground.engine")
    async with one as server, server.page(server.runs.open(WANTED)) as page:
        return await curve(page)


@pytest.fixture(scope="module")
def curve_alone() -> Iterator[np.ndarray]:
    yield asyncio.run(alone())


def test_the_curve_is_what_the_engine_gives_without_a_server(curve_alone: np.ndarray) -> None:
    from playground.engine import train

    rows = [(e.epoch, e.loss, e.accuracy, e.val_loss, e.val_accuracy) for e in train(WANTED)]
    np.testing.assert_array_equal(curve_alone[:, :5], np.array(rows, np.float32))


def test_beside_three_others_in_any_worker_and_after_a_changed_rate_elsewhere(curve_alone: np.ndarray) -> None:
    async def story(server: Server) -> None:
        await server.loaded(2)
        tokens = [server.runs.open(other(seed=seed)) for seed in range(3)]
        wanted = [server.runs.open(WANTED) for _ in range(2)]
        async with (
            server.page(tokens[0]) as a,
            server.page(tokens[1]) as b,
            server.page(tokens[2]) as c,
            server.page(wanted[0]) as first,
            server.page(wanted[1]) as second,
        ):
            for page in (a, b, c):
                await page.say("play", epochs_per_frame=0)
            noise = [asyncio.create_task(_play_on(page)) for page in (a, b, c)]
            server.runs.adjust(tokens[0], other(seed=0, learning_rate=0.5))
            curves = await asyncio.gather(curve(first), curve(second))
            server.runs.adjust(tokens[1], other(seed=1, learning_rate=3.0))
            await first.say("rewind")
            while (await first.next("frame"))[0]["last_epoch"] != 0:
                pass
            again = await curve(first)
            for task in noise:
                task.cancel()
            runs = [server.runs.get(token) for token in wanted]
            assert runs[0].place is runs[1].place, "runs of one experiment share a worker"  # type: ignore[union-attr]
        for each in (*curves, again):
            np.testing.assert_array_equal(each, curve_alone)

    asyncio.run(_on(story, Limits(workers=2)))


FASTER = WANTED.with_rates(Rates(0.05, 0.0, 0.0))
CHANGED_AT = 25


async def changed_curve(server: Server, page: Page, change: str) -> np.ndarray:
    """The curve of a run that is changed after some epochs."""
    await page.next("frame")
    for epoch in range(1, CHANGED_AT + 1):
        await page.say("step")
        await page.until_epoch(epoch)
    if change == "rate":
        server.runs.adjust(page.token, FASTER)
    else:
        await page.say("edit", layer=1, unit=2, source=0, value=1.5)
        while not (await page.next("frame"))[0]["edited"]:
            pass
    return await curve(page)


@pytest.mark.parametrize("change", ["rate", "edit"])
def test_who_leaves_a_common_training_is_as_if_alone_and_so_are_those_who_stay(
    curve_alone: np.ndarray, change: str
) -> None:
    async def on_its_own(server: Server) -> np.ndarray:
        async with server.page(server.runs.open(WANTED)) as page:
            return await changed_curve(server, page, change)

    async def story(server: Server) -> None:
        expected = await on_its_own(server)
        tokens = [server.runs.open(WANTED) for _ in range(3)]
        async with server.page(tokens[0]) as ahead, server.page(tokens[1]) as leaving, server.page(tokens[2]) as late:
            np.testing.assert_array_equal(await curve(ahead), curve_alone)
            np.testing.assert_array_equal(await changed_curve(server, leaving, change), expected)
            np.testing.assert_array_equal(await curve(late), curve_alone)
        assert not np.array_equal(expected, curve_alone)

    asyncio.run(_on(story, Limits(workers=1)))


def test_a_run_changed_twice_at_full_speed_and_opened_by_the_link_it_tells_has_the_same_weights() -> None:
    """Nobody but the worker knows at which epochs."""
    long = other(learning_rate=0.01, epochs=10_000)
    network = {"view": {"name": "network", "page": 0}, "rings": False}

    async def weights(page: Page, epoch: int) -> list[np.ndarray]:
        """Links and biases of an epoch gone by."""
        await page.say("scrub", epoch=epoch)
        while True:
            header, arrays = await page.next("frame")
            if header["epoch"] == epoch and header["state"] == "paused" and "links" in arrays:
                return [arrays["links"], arrays["biases"]]

    async def changed(server: Server) -> tuple[str, int, list[np.ndarray], np.ndarray]:
        token = server.runs.open(long)
        async with server.page(token) as page:
            await page.say("show", **network)
            await page.say("play", epochs_per_frame=0)
            for rate in (0.1, 0.002):
                await page.until_epoch(page.frames[-1][0]["last_epoch"] + 20 if page.frames else 20)
                before = server.runs.link_of(token)
                server.runs.adjust(token, long.with_rates(Rates(rate, 0.0, 0.001)))
                while server.runs.link_of(token) == before:
                    await page.next("frame")
            await page.until_epoch(page.frames[-1][0]["last_epoch"] + 50)
            await page.say("pause")
            await page.until_state("paused")
            newest = (await page.next("frame"))[0]["last_epoch"]
            link = server.runs.link_of(token)
            return str(link), newest, await weights(page, newest - 1), _rows(page)

    async def opened(server: Server, link: str, epoch: int) -> tuple[list[np.ndarray], np.ndarray]:
        experiment, refused = Experiment.from_query(of_link(link))
        assert refused == [] and len({change.epoch for change in experiment.changes}) == 2
        async with server.page(server.runs.open(experiment)) as page:
            await page.say("show", **network)
            await page.say("play", epochs_per_frame=0)
            await page.until_epoch(epoch + 1)
            return await weights(page, epoch), _rows(page)

    async def story(server: Server) -> None:
        link, newest, ours, our_rows = await changed(server)
        theirs, their_rows = await opened(server, link, newest - 1)
        for one, another in zip(ours, theirs, strict=True):
            np.testing.assert_array_equal(one, another)
        both = min(len(our_rows), len(their_rows))
        assert both > newest - 1
        np.testing.assert_array_equal(our_rows[:both], their_rows[:both])

    asyncio.run(_on(story, Limits(workers=1)))


def test_a_run_that_lost_its_worker_goes_on_bit_for_bit(curve_alone: np.ndarray) -> None:
    async def story(server: Server) -> None:
        token = server.runs.open(WANTED)
        async with server.page(token) as page:
            await page.next("frame")
            for epoch in range(1, 21):
                await page.say("step")
                await page.until_epoch(epoch)
            await page.say("pause")
            await until(lambda: server.runs.get(token).kept_epoch == 20)  # type: ignore[union-attr]
            os.kill(server.worker_pids()[0], signal.SIGKILL)
            np.testing.assert_array_equal(await curve(page), curve_alone)

    asyncio.run(_on(story, Limits(workers=1)))


@pytest.mark.slow
def test_a_long_epoch_leaves_the_other_runs_of_its_worker_their_turns() -> None:
    from playground.core import Data

    heavy = Experiment(
        data=Data(dataset="circles", samples=100_000, test=0.2),
        model=Model(hidden=(6, 2)),
        train=Train(optimizer="rmsprop", batch_size=32),
    )

    async def story(server: Server) -> None:
        big, small = server.runs.open(heavy), server.runs.open(Experiment())
        async with server.page(big) as slow, server.page(small) as quick:
            await asyncio.gather(slow.next("frame"), quick.next("frame"))
            await slow.say("play", epochs_per_frame=1)
            await quick.say("play", epochs_per_frame=1)
            painting = asyncio.create_task(_play_on(quick))
            await slow.until_epoch(1)
            before = len(quick.frames)
            await slow.until_epoch(6)
            painting.cancel()
            # An epoch of the big run takes several slices, and between two slices the small run has its turn.
            assert len(quick.frames) - before >= 5

    asyncio.run(_on(story, Limits(workers=1)))


async def _on(story: Any, limits: Limits) -> None:
    async with serving(limits, "playground.engine") as server:
        await story(server)


async def _play_on(page: Page) -> None:
    while True:
        await page.next("frame")

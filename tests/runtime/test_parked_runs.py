"""Runs that outlast their server."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import patch

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from playground.core import Experiment
from playground.runtime import Limits
from playground.runtime.server import parked_runs
from playground.runtime.server.keeping import Keeping
from playground.runtime.server.parked_runs import ParkedRuns
from playground.store.folder import Folder
from tests.runtime.peers import Server, serving, until, with_train

LIMITS = Limits(workers=1)


def kill(server: Server) -> None:
    """From here on the server writes nothing any more, as if it had been killed."""
    parked = server.runs._parked
    assert parked is not None
    parked._works = False


def epoch_on_disk(folder: Path, token: str) -> int:
    """How far a run has come on disk; -1 when it is not there."""
    run = ParkedRuns(Folder(folder), LIMITS).find(token, Keeping())
    return -1 if run is None else run.kept_epoch


async def on_disk(folder: Path, token: str, epoch: int) -> None:
    """What is on disk of a run has come to an epoch."""
    await until(lambda: epoch_on_disk(folder, token) >= epoch)


def test_a_run_goes_on_by_itself_after_its_server_was_killed(tmp_path: Path) -> None:
    async def story() -> None:
        # On the machine's own clock: so many credits are more than are allowed at one moment.
        async with serving(LIMITS, folder=tmp_path, seconds=time.monotonic) as server:
            token = server.runs.open(with_train(epochs=10_000))
            async with server.page(token) as page:
                await page.say("play", epochs_per_frame=1)
                await page.until_epoch(30)
                while (kept := epoch_on_disk(tmp_path, token)) < 30:
                    await page.next("frame")
                kill(server)
        async with serving(LIMITS, folder=tmp_path) as server, server.page(token) as page:
            assert page.hello[0]["last_epoch"] >= kept
            await page.until_epoch(kept + 50)
            assert page.state == "playing"
        curves = [row for _, arrays in page.frames for row in arrays["curves"]]
        assert [row[0] for row in curves] == list(range(len(curves))), "from the first epoch, without a gap"

    asyncio.run(story())


def test_a_run_that_rested_rests_and_one_untouched_is_found(tmp_path: Path) -> None:
    async def story() -> None:
        async with serving(LIMITS, folder=tmp_path) as server:
            rested, untouched = server.runs.open(Experiment()), server.runs.open(with_train(seed=5))
            async with server.page(rested) as page:
                await page.say("step")
                await page.until_epoch(1)
                await on_disk(tmp_path, rested, 1)
                await on_disk(tmp_path, untouched, 0)
                kill(server)
        async with serving(LIMITS, folder=tmp_path) as server:
            async with server.page(rested) as page:
                header, _ = await page.next("frame")
                assert (header["epoch"], header["state"]) == (1, "paused")
            async with server.page(untouched) as page:
                header, _ = await page.next("frame")
                assert (header["epoch"], header["state"]) == (0, "ready")

    asyncio.run(story())


def test_a_run_that_was_closed_does_not_come_back(tmp_path: Path) -> None:
    async def story() -> None:
        async with serving(LIMITS, folder=tmp_path) as server:
            token = server.runs.open(Experiment())
            await on_disk(tmp_path, token, 0)
            server.runs.close(token)
            assert not server.runs.exists(token)
        async with serving(LIMITS, folder=tmp_path) as server:
            assert not server.runs.exists(token)

    asyncio.run(story())


@contextmanager
def other_code() -> Iterator[None]:
    with patch.object(parked_runs, "made_by", lambda: "another version"):
        yield


def test_states_of_other_code_are_not_taken_up(tmp_path: Path) -> None:
    async def story() -> None:
        async with serving(LIMITS, folder=tmp_path) as server:
            token = server.runs.open(Experiment())
            await on_disk(tmp_path, token, 0)
        with other_code():
            assert ParkedRuns(Folder(tmp_path), LIMITS).find(token, Keeping()) is None
        assert ParkedRuns(Folder(tmp_path), LIMITS).find(token, Keeping()) is not None

    asyncio.run(story())


def test_what_nobody_came_back_for_is_pruned(tmp_path: Path) -> None:
    async def story() -> None:
        async with serving(LIMITS, folder=tmp_path) as server:
            token = server.runs.open(Experiment())
            async with server.page(token) as page:
                await page.say("step")
                await page.until_epoch(1)
                await on_disk(tmp_path, token, 1)
                kill(server)
        assert len(list(Folder(tmp_path).entries())) == 3
        later = ParkedRuns(Folder(tmp_path), Limits(parked_seconds=-1.0))
        later.prune()
        later.close(60)
        assert list(Folder(tmp_path).entries()) == []

    asyncio.run(story())


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(token=st.text(max_size=200), content=st.binary(max_size=200) | st.just(b'{"made_by": 1}'))
def test_any_token_and_any_file_are_harmless(tmp_path: Path, token: str, content: bytes) -> None:
    folder = Folder(tmp_path)
    folder.replace(parked_runs._name(token), content)
    assert ParkedRuns(folder, LIMITS).find(token, Keeping()) is None

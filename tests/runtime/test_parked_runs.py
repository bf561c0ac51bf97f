"""Runs that outlast their server."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from playground.core import Experiment, kept_texts, read_table
from playground.core.comparison import Comparison
from playground.core.kept_texts import is_name
from playground.core.wall import Wall
from playground.runtime import Limits
from playground.runtime.server import parked_runs
from playground.runtime.server.keeping import Keeping
from playground.runtime.server.live_run import LiveRun
from playground.runtime.server.parked_runs import ParkedRuns
from playground.runtime.subjects import Subject
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
            server.runs.lock(rested, ("weights",))
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
                await page.say("edit", layer=1, unit=0, source=0, value=77.0)
                await page.next("refused")
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


@contextmanager
def another_process() -> Iterator[None]:
    """What this process has kept of texts is not there."""
    with patch.object(kept_texts, "_kept", kept_texts._kept.copy()):
        kept_texts._kept.clear()
        yield


READ: dict[str, Callable[[dict[str, str]], tuple[Any, list[str]]]] = {
    "an experiment": Experiment.from_query,
    "a wall": Wall.from_query,
    "a comparison": Comparison.from_query,
}


def of_long_table(kind: str) -> Subject:
    rows = "a,b,kind\n" + "".join(f"{k * 1.37:.9f},{k * k % 7919 / 3:.9f},{'xy'[k % 2]}\n" for k in range(600))
    query = Experiment(data=read_table(rows.encode()).to_data("kind", ["a", "b"])).to_query()
    assert is_name(query["table"]), "too long for a link"
    asked = {"an experiment": {}, "a wall": {"rows": "l2:0|0.1"}, "a comparison": {"runs": "l2:0|l2:0.1"}}[kind]
    subject, refused = READ[kind]({**query, **asked})
    assert not refused
    assert isinstance(subject, Experiment | Wall | Comparison)
    return subject


@pytest.mark.parametrize("kind", ["an experiment", "a wall", "a comparison"])
def test_what_trains_on_a_table_too_long_for_a_link_is_found_by_another_server(tmp_path: Path, kind: str) -> None:
    run = LiveRun(of_long_table(kind))
    link = run.subject.to_query()
    first = ParkedRuns(Folder(tmp_path), LIMITS)
    first.note([run])
    first.prune()
    first.close()
    with another_process():
        found = ParkedRuns(Folder(tmp_path), LIMITS).find(run.token, Keeping())
        assert found is not None and found.subject == run.subject
    with another_process():
        assert READ[kind](link)[1], "nobody knows the table of the page's address"
        ParkedRuns(Folder(tmp_path), LIMITS).remember_texts()
        assert READ[kind](link) == (run.subject, [])


def test_a_run_whose_table_is_lost_is_not_taken_up_with_other_data(tmp_path: Path) -> None:
    run = LiveRun(of_long_table("a wall"))
    first = ParkedRuns(Folder(tmp_path), LIMITS)
    first.note([run])
    first.close()
    (text,) = tmp_path.glob("*.text")
    text.write_bytes(text.read_bytes()[:-1])
    with another_process():
        assert ParkedRuns(Folder(tmp_path), LIMITS).find(run.token, Keeping()) is None


def test_tables_go_with_the_last_run_that_needs_them(tmp_path: Path) -> None:
    runs = [LiveRun(of_long_table(kind)) for kind in ("a wall", "a comparison")]
    parked = ParkedRuns(Folder(tmp_path), LIMITS)
    parked.note(runs)
    parked.forget(runs[0].token)
    parked.prune()
    parked.close()
    assert len(list(tmp_path.glob("*.text"))) == 1
    parked = ParkedRuns(Folder(tmp_path), LIMITS)
    parked.forget(runs[1].token)
    parked.prune()
    parked.close()
    assert list(tmp_path.glob("*.text")) == []


def test_what_a_page_wants_of_a_run_that_was_found_again_is_written_though_nothing_else_changes(tmp_path: Path) -> None:
    parked = ParkedRuns(Folder(tmp_path), LIMITS)
    run = LiveRun(Experiment(), token="a token")
    run.standing["state"] = "paused"
    parked.note([run])
    parked.close()
    again = ParkedRuns(Folder(tmp_path), LIMITS)
    found = again.find("a token", Keeping())
    assert found is not None
    found.intent.playing = True
    again.note([found])
    again.close()
    once_more = ParkedRuns(Folder(tmp_path), LIMITS).find("a token", Keeping())
    assert once_more is not None and once_more.intent.playing

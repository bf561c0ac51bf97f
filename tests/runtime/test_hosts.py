"""Worker processes and what happens to them from outside."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Callable

import psutil
import pytest

from playground.core import Experiment
from playground.runtime import Limits
from playground.runtime.hosts.host import Host
from tests.runtime.arithmetic_engine import DIES
from tests.runtime.peers import PATIENCE, Page, Server, serving, until, with_train

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has none of these signals")

SERVER = """
import threading
from playground.runtime import Limits, WorkerProcess
from playground.runtime.hosts.process import process_context
from tests.runtime.peers import ENGINE

context = process_context(ENGINE)
workers = [WorkerProcess(context, ENGINE, Limits()) for _ in range(2)]
loaded = threading.Barrier(3)
heard = set()


def receive_of(worker):
    def receive(answers):
        if worker not in heard:
            heard.add(worker)
            loaded.wait()
    return receive


for worker in workers:
    worker.start(receive_of(worker), lambda last_seen: None)
loaded.wait()
print("ready", flush=True)
threading.Event().wait()
"""


def test_no_process_outlives_the_server_not_even_one_that_is_stopped() -> None:
    with subprocess.Popen([sys.executable, "-c", SERVER], stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        assert server.stdout.readline() == "ready\n"
        family = psutil.Process(server.pid).children(recursive=True)
        workers = [each for each in family if "resource_tracker" not in " ".join(each.cmdline())]
        assert len(workers) >= 2
        for worker in workers:
            worker.suspend()
        server.kill()
    _ended, alive = psutil.wait_procs(family, timeout=PATIENCE)
    assert alive == []


async def play_through(server: Server, trouble: Callable[[], None]) -> str:
    """The state of a run in which there is trouble three times, and which trains on each time."""
    token = server.runs.open(Experiment())
    async with server.page(token) as page:
        await page.say("play", epochs_per_frame=1)
        epoch = 0
        for _ in range(3):
            await page.until_epoch(epoch + 5)
            await server.loaded(server.limits.workers)
            trouble()
            header, _ = await page.next("frame")
            epoch = header["epoch"]
        await page.until_epoch(epoch + 50)
        return page.state


@contextlib.asynccontextmanager
async def playing(server: Server) -> AsyncIterator[tuple[Page, int]]:
    """A page whose run plays, and the epoch it has come to."""
    async with server.page(server.runs.open(Experiment())) as page:
        await page.say("play", epochs_per_frame=1)
        header, _ = await page.until_epoch(20)
        yield page, header["epoch"]


def test_three_kills_from_outside_fail_no_run() -> None:
    async def story() -> None:
        async with serving(Limits(workers=1)) as server:

            def kill() -> None:
                for pid in server.worker_pids():
                    os.kill(pid, signal.SIGKILL)

            assert await play_through(server, kill) == "playing"

    asyncio.run(story())


def test_a_run_that_ends_its_process_by_itself_is_still_given_up() -> None:
    async def story() -> None:
        async with serving(Limits(workers=1)) as server, server.page(server.runs.open(with_train(seed=DIES))) as page:
            await page.say("play", epochs_per_frame=1)
            await page.until_state("failed")

    asyncio.run(story())


def test_stopped_workers_are_replaced_and_their_runs_play_on_elsewhere() -> None:
    async def story() -> None:
        async with serving(Limits(workers=2)) as server:
            await server.loaded(2)
            async with playing(server) as (page, epoch):
                stopped = [psutil.Process(pid) for pid in server.worker_pids()]
                for worker in stopped:
                    worker.suspend()
                await page.until_epoch(epoch + 200)
                assert page.state == "playing"
                await until(lambda: not any(worker.is_running() for worker in stopped))

    asyncio.run(story())


def test_training_comes_back_after_many_kills_while_workers_load() -> None:
    async def story() -> None:
        async with serving(Limits(workers=2)) as server:
            token = server.runs.open(Experiment())
            async with server.page(token) as page:
                await page.say("play", epochs_per_frame=1)
                for _ in range(4):
                    await until(lambda: any(host.alive() for host in hosts(server)))
                    await end_all(hosts(server))
                await page.until_epoch(20)

    async def end_all(ended: list[Host]) -> None:
        """End these; others may come to life before the last of them has gone."""
        for host in ended:
            host.end()
        await until(lambda: not any(host.alive() for host in ended))

    def hosts(server: Server) -> list[Host]:
        return [place.host for place in server.pool._places]

    asyncio.run(story())


@pytest.mark.slow
@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="elsewhere there is no fork server")
def test_training_comes_back_when_everything_the_server_has_started_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever asks a stopped fork server for a worker waits for it as long as a server's patience says."""
    monkeypatch.setattr("playground.runtime.server.pool.BEATS_TO_APPEAR_AGAIN", 12)

    async def story() -> None:
        async with serving(Limits(workers=1)) as server, playing(server) as (page, epoch):
            stopped = psutil.Process().children(recursive=True)
            for process in stopped:
                process.suspend()
            await page.until_epoch(epoch + 200)
            for process in stopped:
                with contextlib.suppress(psutil.NoSuchProcess):
                    process.resume()

    asyncio.run(story())

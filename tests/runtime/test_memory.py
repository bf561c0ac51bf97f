"""The bound on the memory of the whole server."""

from __future__ import annotations

import asyncio
import logging
import sys
from pathlib import Path

import psutil
import pytest

from playground.core import Experiment
from playground.core.errors import Refused
from playground.runtime import Limits, LiveRuns, Pool, limits_from_environment
from playground.runtime.limits import SHARE_OF_MACHINE, UNKNOWN_BYTES, _cgroup_bytes
from playground.runtime.memory import Pressure, bytes_in_use, pressure
from playground.runtime.server.quotas import memory_full
from playground.runtime.worker.messages import Loaded
from tests.runtime.peers import Clock, until
from tests.runtime.test_pool import Onlooker, StillHost

BOUND = 1000


@pytest.mark.parametrize(
    ("used", "felt"),
    [(0, Pressure.NONE), (799, Pressure.NONE), (800, Pressure.TIGHT), (920, Pressure.FULL), (5000, Pressure.FULL)],
)
def test_memory_is_tight_before_it_is_full_and_full_before_the_bound(used: int, felt: Pressure) -> None:
    assert pressure(used, BOUND) is felt


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="read from /proc")
def test_memory_is_that_of_the_whole_family() -> None:
    family = [psutil.Process(), *psutil.Process().children(recursive=True)]
    assert bytes_in_use() == pytest.approx(sum(each.memory_full_info().pss for each in family), rel=0.2)


@pytest.mark.parametrize(
    ("limits", "level", "said"),
    [
        (Limits(workers=1, memory_bytes=700_000_000), logging.INFO, "holds about 10 different networks at once"),
        (
            Limits(workers=1, memory_bytes=512_000_000),
            logging.WARNING,
            "holds no network beside 1 worker in 512 MB: vis",
        ),
    ],
)
def test_a_server_says_at_its_start_what_it_holds(
    limits: Limits, level: int, said: str, caplog: pytest.LogCaptureFixture
) -> None:
    async def story() -> None:
        runs = LiveRuns(Pool(StillHost, limits), limits, Clock())
        await runs.start()
        await runs.stop()

    with caplog.at_level(logging.INFO, "playground"):
        asyncio.run(story())
    (record,) = [each for each in caplog.records if "holds" in each.message]
    assert record.levelno == level and said in record.message


def test_who_is_refused_is_told_what_the_server_holds() -> None:
    assert "it holds about 10 different networks at once." in memory_full(Limits(workers=1, memory_bytes=700_000_000))


def test_a_full_server_refuses_newcomers_parks_what_nobody_watches_and_lets_them_in_again() -> None:
    async def story() -> None:
        used = 0
        limits, hosts = Limits(workers=1, memory_bytes=BOUND), list[StillHost]()

        def make_host() -> StillHost:
            hosts.append(StillHost())
            return hosts[-1]

        runs = LiveRuns(Pool(make_host, limits), limits, Clock(), memory_in_use=lambda: used)
        await runs.start()
        await until(lambda: bool(hosts))
        await hosts[0].answer(Loaded())
        watched, left = runs.open(Experiment()), runs.open(Experiment())
        await asyncio.sleep(0)
        run = runs.get(watched)
        assert run is not None
        runs.connect(run, Onlooker())
        runs._clock.wait(1.0)  # type: ignore[attr-defined]
        used = 950
        await runs.weigh()
        runs.sweep()
        with pytest.raises(Refused, match="memory is full: it holds no network beside"):
            runs.open(Experiment())
        assert hosts[0].asked_back() == [left]
        used = 100
        await runs.weigh()
        runs.open(Experiment())
        await runs.stop()

    asyncio.run(story())


def test_the_bound_is_what_is_set_else_a_share_of_the_container_or_the_machine(tmp_path: Path) -> None:
    assert limits_from_environment({"PLAYGROUND_MEMORY_MB": "2000"}).memory_bytes == 2_000_000_000
    assert limits_from_environment({"PLAYGROUND_MEMORY_MB": "400"}).parked_bytes == 100_000_000
    assert 0 < limits_from_environment({}).memory_bytes <= SHARE_OF_MACHINE * psutil.virtual_memory().total
    (tmp_path / "memory.max").write_text("1500000000\n")
    assert _cgroup_bytes([str(tmp_path / "nothing"), str(tmp_path / "memory.max")]) == 1_500_000_000
    (tmp_path / "memory.max").write_text("max\n")
    assert _cgroup_bytes([str(tmp_path / "memory.max")]) == UNKNOWN_BYTES

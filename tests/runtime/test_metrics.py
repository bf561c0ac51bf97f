"""The host's figures: what a test did is what they say, and who has no token learns nothing."""

from __future__ import annotations

import asyncio
import urllib.error
import urllib.request
from collections.abc import Mapping
from typing import Any

import pytest
from prometheus_client.parser import text_string_to_metric_families
from starlette.applications import Starlette

from playground.core import Experiment
from playground.core.errors import Refused
from playground.runtime import Limits, LiveRuns, Pool
from playground.runtime.hosts.host import LastSeen
from playground.runtime.server.metrics import Metrics, MetricsPlace, metrics_place
from playground.runtime.server.routes import live_routes
from playground.runtime.server.visitors import Visitor
from playground.runtime.worker.messages import Alive, Loaded
from tests.runtime.peers import Clock, Server, same_host, serving, until, with_train
from tests.runtime.test_pool import StillHost
from tests.served_app import free_port

TOKEN = "a token of the host"


def values(text: bytes) -> dict[str, float]:
    """Each sample by its name and its label."""
    families = text_string_to_metric_families(text.decode())
    samples = [sample for family in families for sample in family.samples]
    return {"/".join([sample.name, *sample.labels.values()]): sample.value for sample in samples}


def still_runs(limits: Limits = Limits()) -> tuple[LiveRuns, list[StillHost], Clock]:  # noqa: B008  a value
    """Runs with workers that do nothing by themselves."""
    hosts: list[StillHost] = []

    def make_host() -> StillHost:
        hosts.append(StillHost())
        return hosts[-1]

    clock = Clock()
    return LiveRuns(Pool(make_host, limits, clock=clock), limits, clock, memory_in_use=lambda: 123), hosts, clock


def ask(metrics: Metrics | None, runs: LiveRuns, query: str = "", headers: Mapping[str, str] | None = None) -> Any:
    """Status, headers and body of the route below a base path."""
    return asyncio.run(asked("metrics", metrics, runs, query, headers))


async def asked(
    route: str,
    metrics: Metrics | None,
    runs: LiveRuns,
    query: str = "",
    headers: Mapping[str, str] | None = None,
) -> Any:
    """The same of any of the routes."""
    scope = {
        "type": "http",
        "method": "GET",
        "path": f"/teach/_playground/{route}",
        "root_path": "",
        "query_string": query.encode(),
        "headers": [(name.lower().encode(), value.encode()) for name, value in (headers or {}).items()],
    }
    said: list[Any] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b""}

    async def send(message: Any) -> None:
        said.append(message)

    routes = live_routes(runs, runs.limits, same_host, "teach", metrics=metrics)
    await Starlette(routes=routes)(scope, receive, send)
    told = {name.decode(): value.decode() for name, value in said[0]["headers"]}
    return said[0]["status"], told, said[1]["body"]


@pytest.mark.parametrize(
    ("query", "headers"),
    [
        ("", {}),
        ("token=", {}),
        ("token=another", {}),
        ("token=a%20token%20of%20the%20host%00", {}),
        ("token=%C3%A9", {}),
        ("token=a+token+of+the+host", {"Authorization": "Bearer wrong"}),
        ("", {"Authorization": "Bearer "}),
        ("", {"Authorization": f"Basic {TOKEN}"}),
        ("", {"Authorization": "Bearer é"}),
    ],
)
def test_without_the_token_there_is_nothing_to_be_found(query: str, headers: dict[str, str]) -> None:
    runs, _, _ = still_runs()
    nowhere = ask(None, runs, query, headers)
    assert nowhere[0] == 404
    assert ask(Metrics(runs, MetricsPlace()), runs, query, headers) == nowhere
    runs, _, _ = still_runs()
    assert ask(Metrics(runs, MetricsPlace(TOKEN)), runs, query, headers) == nowhere


@pytest.mark.parametrize(
    ("query", "headers"),
    [("token=a+token+of+the+host", {}), ("", {"Authorization": f"Bearer {TOKEN}"})],
)
def test_with_the_token_the_figures_are_given_and_never_kept(query: str, headers: dict[str, str]) -> None:
    runs, _, _ = still_runs()
    status, told, text = ask(Metrics(runs, MetricsPlace(TOKEN)), runs, query, headers)
    assert status == 200
    assert told["content-type"].startswith("text/plain") and told["cache-control"] == "no-store"
    assert values(text)["playground_runs_opened_total"] == 0


def test_the_health_route_fails_while_no_worker_can_train() -> None:
    async def story() -> list[int]:
        runs, hosts, _ = still_runs(Limits(workers=1))

        async def status() -> int:
            return int((await asked("health", None, runs))[0])

        await runs.start()
        await until(lambda: len(hosts) == 1)
        found = [await status()]
        await hosts[0].answer(Loaded())
        found.append(await status())
        await hosts[0].die(LastSeen(outside=True))
        found.append(await status())
        await until(lambda: len(hosts) == 2)
        await hosts[1].answer(Loaded())
        found.append(await status())
        await runs.stop()
        return found

    assert asyncio.run(story()) == [200, 200, 503, 200]


def test_workers_queue_and_refusals_are_those_of_the_server() -> None:
    async def story() -> None:
        limits = Limits(workers=2, runs=3, runs_per_visitor=1)
        runs, hosts, clock = still_runs(limits)
        metrics = Metrics(runs, MetricsPlace(TOKEN))
        await runs.start()
        await until(lambda: len(hosts) == 2)
        runs.open(Experiment(), Visitor("a"))
        runs.open(Experiment(), Visitor("b"))
        with pytest.raises(Refused):
            runs.open(Experiment(), Visitor("b"))
        await asyncio.sleep(0)
        clock.wait(7)
        said = values(metrics.text())
        assert said["playground_queue"] == 2 and said["playground_workers"] == 0 and said["playground_healthy"] == 1
        assert said["playground_runs_opened_total"] == 2 and said["playground_runs/loading"] == 2
        assert said["playground_refusals_total/visitor"] == 1 and said["playground_refusals_total/memory"] == 0

        for host, memory in zip(hosts, (5_000, 6_000), strict=True):
            host.memory = memory
            await host.answer(Loaded())
        await hosts[0].answer(Alive(0.0, 30))
        await hosts[1].answer(Alive(0.0, 4))
        await hosts[1].answer(Alive(0.0, 5))
        await runs.weigh()
        said = values(metrics.text())
        assert said["playground_workers"] == 2
        assert [said[f"playground_worker_memory_bytes/{n}"] for n in (1, 2)] == [5_000, 6_000]
        assert said["playground_worker_age_seconds/1"] == 7
        assert said["playground_epochs_trained_total"] == 35

        await hosts[0].die()
        await hosts[2].answer(Loaded())
        await hosts[2].answer(Alive(0.0, 2))
        said = values(metrics.text())
        assert "playground_worker_age_seconds/1" not in said and said["playground_worker_age_seconds/3"] == 0
        assert said["playground_epochs_trained_total"] == 37
        await runs.stop()

    asyncio.run(story())


def test_the_figures_are_what_pages_did() -> None:
    async def play(server: Server, metrics: Metrics) -> int:
        """The frames that a page of a run was sent."""
        async with server.page(server.runs.open(with_train(epochs=20))) as page:
            await page.say("play", epochs_per_frame=4)
            await page.until_state("finished")
            await page.is_quiet()
            assert values(metrics.text())["playground_learners"] == 1
            return len(page.frames)

    async def story() -> None:
        async with serving(Limits(workers=1)) as server:
            metrics = Metrics(server.runs, MetricsPlace(TOKEN))
            frames = await play(server, metrics) + await play(server, metrics)
            assert frames >= 2
            # A worker tells how much it has trained about once a second.
            await until(lambda: values(metrics.text())["playground_epochs_trained_total"] >= 20)
            await until(lambda: values(metrics.text())["playground_learners"] == 0)
            await until(lambda: values(metrics.text())["playground_frames_sent_total"] == frames)
            said = values(metrics.text())
            assert said["playground_runs_opened_total"] == 2 and said["playground_runs/finished"] == 2
            # Equal experiments share their training.
            assert said["playground_epochs_trained_total"] == 20

    asyncio.run(story())


def test_an_address_of_its_own_gives_the_figures_to_whoever_reaches_it() -> None:
    runs, _, _ = still_runs()
    port = free_port()
    metrics = Metrics(runs, metrics_place({"PLAYGROUND_METRICS_ADDRESS": f"127.0.0.1:{port}"}))
    metrics.open_address()
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=10) as answer:
            assert values(answer.read())["playground_learners"] == 0
        with pytest.raises(OSError, match=f"nothing listens yet. Got 127.0.0.1:{port}"):
            Metrics(still_runs()[0], MetricsPlace("", ("127.0.0.1", port))).open_address()
    finally:
        metrics.close_address()
    with pytest.raises(urllib.error.URLError):
        urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=10)
    assert ask(metrics, runs)[0] == 404


def test_no_figures_are_given_by_default() -> None:
    assert not metrics_place({}).anywhere
    assert metrics_place({"PLAYGROUND_METRICS_TOKEN": " t "}) == MetricsPlace("t")
    assert metrics_place({"PLAYGROUND_METRICS_ADDRESS": "[::1]:9100"}) == MetricsPlace("", ("::1", 9100))


@pytest.mark.parametrize("text", ["9100", ":9100", "127.0.0.1:", "127.0.0.1:0", "127.0.0.1:99999", "host:9x", "x:²"])
def test_an_address_that_is_none_is_refused_with_the_rule(text: str) -> None:
    with pytest.raises(ValueError, match=r"PLAYGROUND_METRICS_ADDRESS must be an address and a port like .* Got"):
        metrics_place({"PLAYGROUND_METRICS_ADDRESS": text})

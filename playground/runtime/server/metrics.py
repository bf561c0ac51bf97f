"""The server's own view, for its host: figures in Prometheus's text format, kept off the public address.

They are there for whoever has the token (PLAYGROUND_METRICS_TOKEN), or at an address of their own
(PLAYGROUND_METRICS_ADDRESS); without either nowhere. What is slow to learn is looked up by the server's beat, so that a
scrape only reads.
"""

from __future__ import annotations

import hmac
import os
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import get_args

from prometheus_client import start_http_server
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest
from prometheus_client.metrics_core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector
from starlette.requests import Request
from starlette.responses import Response

from playground.runtime.protocol.server import State
from playground.runtime.server.live_runs import LiveRuns

TOKEN = "PLAYGROUND_METRICS_TOKEN"
ADDRESS = "PLAYGROUND_METRICS_ADDRESS"
NEVER_KEPT = {"Cache-Control": "no-store"}
HIGHEST_PORT = 65_535


@dataclass(frozen=True)
class MetricsPlace:
    """Where the figures are given: to whoever has the `token`, and on (host, port) `address` to everybody there."""

    token: str = ""
    address: tuple[str, int] | None = None

    @property
    def anywhere(self) -> bool:
        """Whether they are given at all."""
        return bool(self.token) or self.address is not None


def metrics_place(environ: Mapping[str, str] = os.environ) -> MetricsPlace:
    """Where the environment wants the figures.

    Raises
    ------
    ValueError
        When the address is none.
    """
    text = environ.get(ADDRESS, "").strip()
    return MetricsPlace(environ.get(TOKEN, "").strip(), _address(text) if text else None)


def _address(text: str) -> tuple[str, int]:
    host, _, port = text.rpartition(":")
    host = host.removeprefix("[").removesuffix("]")
    if not host or not port.isascii() or not port.isdecimal() or not 1 <= int(port) <= HIGHEST_PORT:
        raise ValueError(f"{ADDRESS} must be an address and a port like 127.0.0.1:9100. Got {text[:100]!r}.")
    return host, int(port)


class Metrics:
    """Gives the figures of `runs` at a place."""

    def __init__(self, runs: LiveRuns, place: MetricsPlace) -> None:
        self._place = place
        self._registry = runs.tally.registry
        if place.anywhere:
            self._registry.register(Standings(runs))
            runs.weighs_workers = True

    def answer(self, request: Request) -> Response | None:
        """The figures; None for whoever may not know that there are any."""
        if not self._place.token or not _same(self._place.token, _token_of(request)):
            return None
        return Response(self.text(), media_type=CONTENT_TYPE_LATEST, headers=NEVER_KEPT)

    def text(self) -> bytes:
        """All figures in Prometheus's text format."""
        return generate_latest(self._registry)

    def open_address(self) -> None:
        """Give them on the address of their own, if there is one, from a thread.

        Raises
        ------
        OSError
            When nothing can listen there.
        """
        if self._place.address is None:
            return
        host, port = self._place.address
        try:
            self._server, _thread = start_http_server(port, host, self._registry)
        except OSError as problem:
            rule = f"{ADDRESS} must be an address of this machine at which nothing listens yet"
            raise OSError(f"{rule}. Got {host}:{port}: {problem}.") from problem

    def close_address(self) -> None:
        """Stop giving them there."""
        if self._place.address is not None:
            self._server.shutdown()
            self._server.server_close()


def _token_of(request: Request) -> str:
    kind, _, token = request.headers.get("authorization", "").partition(" ")
    return token.strip() if kind.lower() == "bearer" else request.query_params.get("token", "")


def _same(token: str, said: str) -> bool:
    """Compared in a time that tells nothing of where they differ."""
    return hmac.compare_digest(token.encode(), said.encode())


class Standings(Collector):
    """How things stand at this moment."""

    def __init__(self, runs: LiveRuns) -> None:
        self._runs = runs

    def collect(self) -> Iterable[Metric]:
        """One family of figures after the other."""
        runs, counts = self._runs, self._runs.counts()
        yield self._states()
        yield _gauge("runs_parked", "Runs that nobody watches and no worker holds.", counts["parked"])
        yield _gauge("learners", "Pages connected to a run.", runs.learners)
        yield _gauge("queue", "Runs that wait for a worker.", counts["waiting"])
        yield _gauge("workers", "Workers that can train.", counts["workers"])
        yield _gauge("healthy", "1 when somebody who comes now can train.", runs.healthy)
        yield _gauge("memory_bytes", "Memory of the server and all its processes; 0 before it is known.", runs.used)
        yield _gauge("memory_bound_bytes", "What it may use; 0 is without a bound.", runs.limits.memory_bytes)
        yield _gauge("holds", "About how many different networks the memory holds.", runs.limits.holds)
        yield from self._workers()

    def _states(self) -> Metric:
        states = Counter(self._runs.states())
        family = GaugeMetricFamily("playground_runs", "Runs held for pages, by state.", labels=["state"])
        for state in get_args(State):
            family.add_metric([state], states[state])
        return family

    def _workers(self) -> Iterable[Metric]:
        age = GaugeMetricFamily("playground_worker_age_seconds", "Since the worker's start.", labels=["worker"])
        memory = GaugeMetricFamily(
            "playground_worker_memory_bytes",
            "Memory of the worker, of pages that it shares its part; 0 before it is known.",
            labels=["worker"],
        )
        for worker in self._runs.workers():
            age.add_metric([str(worker.number)], worker.age_seconds)
            memory.add_metric([str(worker.number)], worker.memory_bytes)
        return age, memory


def _gauge(name: str, words: str, value: float) -> Metric:
    return GaugeMetricFamily(f"playground_{name}", words, value=value)

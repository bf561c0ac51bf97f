"""What has happened on the server since its start, counted from any thread."""

from __future__ import annotations

from typing import Literal, TypeAlias, get_args

from prometheus_client import CollectorRegistry, Counter, disable_created_metrics

Reason: TypeAlias = Literal["visitor", "address", "runs", "memory", "descriptors", "connections", "origin"]
"""Why somebody was turned away: bounds of `Limits`, or that the page is another server's."""


class Tally:
    """Counters in a registry of their own, which nothing else adds to.

    Attributes
    ----------
    runs_opened : runs begun for visitors; one that is taken up again after a restart is not
    frames_sent : frames handed to the network, of runs, walls, searches and range tests
    epochs_trained : by all workers; of a wall each network counts
    """

    def __init__(self) -> None:
        disable_created_metrics()  # type: ignore[no-untyped-call]  # a time beside every counter tells a host nothing
        self.registry = CollectorRegistry()
        self.runs_opened = self._counter("runs_opened", "Runs begun for visitors.")
        self.frames_sent = self._counter("frames_sent", "Frames sent to pages.")
        self.epochs_trained = self._counter("epochs_trained", "Epochs trained; of a wall each network counts.")
        self._refusals = Counter(
            "playground_refusals", "Visitors turned away, by reason.", ["reason"], registry=self.registry
        )
        for reason in get_args(Reason):
            self._refusals.labels(reason)  # there from the start, at 0

    def refuse(self, reason: Reason) -> None:
        """Somebody was turned away."""
        self._refusals.labels(reason).inc()

    def _counter(self, name: str, words: str) -> Counter:
        return Counter(f"playground_{name}", words, registry=self.registry)

"""The weights of the epoch shown, and the figures of all epochs up to it, as tables and as JSON."""

from __future__ import annotations

from playground.core.run_tables import history_csv, history_json, weights_csv, weights_json
from playground.runtime.exports.export import Made, Making, Source, exports

CSV, JSON = "text/csv", "application/json"


@exports("weights_csv")
def _weights_csv(source: Source) -> Making:
    yield 0.0
    return Made(weights_csv(source.experiment, source.snapshot.weights), source.file("_weights.csv"), CSV)


@exports("weights_json")
def _weights_json(source: Source) -> Making:
    yield 0.0
    snapshot = source.snapshot
    content = weights_json(source.experiment, snapshot.weights, snapshot.displayed).encode()
    return Made(content, source.file("_weights.json"), JSON)


@exports("history_csv")
def _history_csv(source: Source) -> Making:
    yield 0.0
    return Made(history_csv(source.snapshot.curves()), source.file("_history.csv"), CSV)


@exports("history_json")
def _history_json(source: Source) -> Making:
    yield 0.0
    return Made(history_json(source.snapshot.curves()).encode(), source.file("_history.json"), JSON)

"""The figures of all networks of a wall as tables and as JSON: at the epoch shown, and of all epochs up to it."""

from __future__ import annotations

import csv
import io
import json
import math
from collections.abc import Generator, Iterator, Sequence
from functools import cached_property
from typing import Any

import numpy as np

from playground.core.data_csv import BYTE_ORDER_MARK
from playground.core.errors import Refused
from playground.core.history import FIGURES
from playground.core.settings import settings_of
from playground.core.spreadsheets import harmless
from playground.core.wall.results import Summed, newest_figures, summed
from playground.runtime.exports import export
from playground.runtime.exports.export import Made, Making
from playground.runtime.exports.figures import CSV, JSON
from playground.runtime.exports.wall import WallSource, wall_exports
from playground.runtime.protocol.wall import ENDS
from playground.runtime.wall_plan import WallPlan

ROWS_AT_ONCE, NETWORKS_AT_ONCE = 2_000, 32
"""In a slice of time."""
Row = list[str]


class Networks:
    """The networks of a wall with what tells them apart, as rows of text and as JSON has them."""

    def __init__(self, source: WallSource) -> None:
        self.source = source
        self.plan = WallPlan(source.hello, {})
        self.seeds = source.of.seeds

    def __len__(self) -> int:
        return len(self.source.of.experiments)

    @cached_property
    def knobs(self) -> list[str]:
        """Those on axes, or in which the runs of a comparison differ."""
        return [knob for knob, _value in self.plan.settings_of(0)]

    @property
    def columns(self) -> Row:
        """What every row begins with."""
        return ["network", *self.knobs, *(["seed_of_cell"] if self.seeds > 1 else [])]

    def beginning(self, network: int) -> Row:
        """Which network a row is of."""
        values = [value for _knob, value in self.plan.settings_of(network // self.seeds)]
        return [str(network + 1), *values, *([str(network % self.seeds + 1)] if self.seeds > 1 else [])]

    def figures(self, network: int, epoch: int) -> Row:
        """Its figures at an epoch; empty where it has none."""
        return [_text(value) for value in self.source.figures[epoch, network]]

    def end(self, network: int) -> str:
        """Why it has ended."""
        return ENDS[int(self.source.ends[network])]

    def about(self, network: int) -> dict[str, Any]:
        """What it is: its place, its knobs as a link has them, and all its settings in words."""
        cell, seed = divmod(network, self.seeds)
        experiment = self.source.of.experiments[network]
        return {
            "network": network + 1,
            "name": self.plan.members[network],
            "cell": cell + 1,
            **({"seed_of_cell": seed + 1} if self.seeds > 1 else {}),
            "knobs": dict(self.plan.settings_of(cell)),
            "settings": {each.name: each.text for each in settings_of(experiment)},
            "link": self.source.hello["links"][network],
            "epochs": int(self.source.epochs[network]),
            "ended": self.end(network),
        }


@wall_exports("figures_csv")
def _figures_csv(source: WallSource) -> Making:
    networks = Networks(source)
    head = [*networks.columns, "epoch", *FIGURES, "ended", "name", "link"]
    content = yield from _csv(head, (_figures_row(networks, i) for i in range(len(networks))), len(networks))
    return Made(content, source.file("_figures.csv"), CSV)


def _figures_row(networks: Networks, network: int) -> Row:
    """At the epoch shown, or at the last one that it has."""
    source, epoch = networks.source, int(networks.source.epochs[network])
    told = [str(epoch), *networks.figures(network, epoch), networks.end(network)]
    return [*networks.beginning(network), *told, networks.plan.members[network], source.hello["links"][network]]


@wall_exports("history_csv")
def _history_csv(source: WallSource) -> Making:
    networks = Networks(source)
    count = int(source.epochs.sum()) + len(networks)
    content = yield from _csv([*networks.columns, "epoch", *FIGURES], _history_rows(networks), count)
    return Made(content, source.file("_history.csv"), CSV)


def _history_rows(networks: Networks) -> Iterator[Row]:
    for network, last in enumerate(networks.source.epochs.tolist()):
        beginning = networks.beginning(network)
        for epoch in range(last + 1):
            yield [*beginning, str(epoch), *networks.figures(network, epoch)]


def _csv(head: Row, rows: Iterator[Row], count: int) -> Generator[float, None, bytes]:
    """The table in slices of time; refused as soon as it is too large."""
    lines = io.StringIO(newline="")
    lines.write(BYTE_ORDER_MARK)
    writer = csv.writer(lines)
    writer.writerow(head)
    for done, row in enumerate(rows):
        writer.writerow(map(harmless, row))
        if done % ROWS_AT_ONCE == 0:
            _refuse_beyond(lines.tell())
            yield done / count
    return lines.getvalue().encode()


def _refuse_beyond(length: int) -> None:
    if length > export.MOST_BYTES:
        raise Refused(export.TOO_LARGE)


@wall_exports("figures_json")
def _figures_json(source: WallSource) -> Making:
    networks = Networks(source)
    newest = newest_figures(source.figures, source.ends == ENDS.index("diverged"))
    told = []
    for place, values in enumerate(newest):
        told.append(networks.about(place) | {"figures": dict(zip(FIGURES, map(_plain, values), strict=True))})
        if place % NETWORKS_AT_ONCE == 0:
            yield place / len(networks)
    cells = [
        {"name": name, **{figure: _spread(values) for figure, values in each.items()}}
        for name, each in zip(networks.plan.names, summed(newest, len(source.of.cells)), strict=True)
    ]
    return _json_file(source, "_figures.json", [json.dumps({**_about_all(source), "cells": cells, "networks": told})])


@wall_exports("history_json")
def _history_json(source: WallSource) -> Making:
    networks, texts, length = Networks(source), [], 0
    for network, last in enumerate(source.epochs.tolist()):
        own = source.figures[: last + 1, network]
        history = {name: [_plain(value) for value in own[:, column]] for column, name in enumerate(FIGURES)}
        texts.append(json.dumps(networks.about(network) | {"history": history}, ensure_ascii=False))
        length += len(texts[-1])
        _refuse_beyond(length)
        yield network / len(networks)
    about = json.dumps(_about_all(source), ensure_ascii=False)
    return _json_file(source, "_history.json", [about[:-1], ', "networks": [', ",\n".join(texts), "]}"])


def _spread(figure: Summed) -> dict[str, float | None]:
    return {name: _plain(value) for name, value in figure._asdict().items()}


def _about_all(source: WallSource) -> dict[str, Any]:
    return {"link": source.link, "epoch": source.epoch, "seeds": source.of.seeds}


def _json_file(source: WallSource, ending: str, texts: Sequence[str]) -> Made:
    return Made(("".join(texts) + "\n").encode(), source.file(ending), JSON)


def _text(value: np.floating) -> str:
    """As short as it reads back the same float32."""
    return str(value) if math.isfinite(value) else ""


def _plain(value: float | np.floating) -> float | None:
    return float(str(np.float32(value))) if math.isfinite(value) else None

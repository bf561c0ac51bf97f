"""A server that speaks the live channel's protocol about analytic networks along two axes: the wall's peer in tests."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from playground.core.history import FIGURES
from playground.runtime.protocol.wall import ENDS
from tests.stage.fake_peer import FakePeer, FakeRun, pack

SEVEN = ("0.001", "0.003", "0.01", "0.03", "0.1", "0.3", "1")
SIXTEEN = tuple(map(str, range(1, 17)))


@dataclass
class FakeWall(FakeRun):
    """Networks that learn circles, the faster the greater the value of their column; all follows from the epoch.

    A network is the one at row `r`, column `c` and seed `s`. Those in `diverging` have no loss from that epoch on.
    """

    rows: tuple[str, ...] | None = ("1", "2", "3", "4", "5")
    columns: tuple[str, ...] | None = SEVEN
    row_knob: str = "depth"
    seeds: int = 1
    n: int = 24
    classes_of: int = 2
    regression: bool = False
    diverging: dict[int, int] = field(default_factory=dict)
    waiting: int = 0
    rows_at_once: int = 1_000_000  # figures of so many epochs in a frame
    opened: int | None = None
    runs: tuple[str, ...] = ()  # names of a comparison, whose learning rates are the columns
    axes: tuple[str, str] = ("x1", "x2")
    held: tuple[str, ...] = ("",)  # what is held fixed: of all cells, or of each
    datasets: dict[int, str] = field(default_factory=dict)  # of cells that have another
    ended_early: dict[int, int] = field(default_factory=dict)

    @property
    def shape(self) -> tuple[int, int]:
        return len(self.rows or "x"), len(self.columns or "x")

    @property
    def cells(self) -> int:
        return int(np.prod(self.shape))

    @property
    def networks(self) -> int:
        return self.cells * self.seeds

    # ------------------------------------------------------------ what the networks would say

    def pace(self) -> np.ndarray:
        """How fast each network learns, between 0 and 1."""
        rows, columns = self.shape
        place = np.arange(self.cells)
        across, down = (place % columns + 1) / columns, (place // columns + 1) / rows
        of_cell = 0.15 + 0.6 * across + 0.25 * down
        return (of_cell[:, None] * 0.88 ** np.arange(self.seeds)).ravel()

    def end_of(self) -> np.ndarray:
        """The newest epoch that each network has."""
        last = np.full(self.networks, self.newest)
        for network, epoch in {**self.diverging, **self.ended_early}.items():
            last[network] = min(epoch, self.newest)
        return last.astype(np.int32)

    def figures(self, start: int, end: int) -> np.ndarray:
        """(epochs, networks, figures) of the epochs from `start` to before `end`."""
        epochs = np.arange(start, end)[:, None]
        pace = self.pace()[None]
        loss = 0.69 * np.exp(-epochs * pace / 40) + 0.02
        share = 0.5 + 0.49 * (1 - np.exp(-epochs * pace / 40))
        share = np.broadcast_to(np.nan if self.regression else share, loss.shape)
        rows = np.stack([loss, share, 1.2 * loss + 0.03, share - 0.02], axis=-1).astype(np.float32)
        for network, epoch in self.diverging.items():
            rows[epochs[:, 0] >= epoch - 1, network] = [1e20, 0.5, 1e20, 0.5]
            rows[epochs[:, 0] >= epoch, network] = np.nan
        return rows

    def maps(self, networks: np.ndarray) -> np.ndarray:
        """(networks, values, n, n) of the epoch shown: a circle, which is the sharper the more a network has learnt."""
        axis = np.linspace(-6, 6, self.n)
        x1, x2 = np.meshgrid(axis, axis)
        learnt = 1 - np.exp(-self.shown * self.pace()[networks] / 40)[:, None, None]
        radius = 3 + 0.8 * np.sin(networks * 1.7)[:, None, None] * (1 - learnt) + 0 * x1
        sharp = 0.2 + 3 * learnt
        if self.regression:
            return np.clip(128 + 127 * learnt * (x1 + x2) / 12, 0, 255).astype(np.uint8)[:, None]
        if self.classes_of == 2:
            return np.round(255 / (1 + np.exp(-sharp * (np.hypot(x1, x2) - radius)))).astype(np.uint8)[:, None]
        turns = 2 * np.pi * np.arange(self.classes_of) / self.classes_of
        logits = 3 * sharp[:, None] * np.cos(np.arctan2(x2, x1) - turns[:, None, None])[None]
        odds = np.exp(logits - logits.max(axis=1, keepdims=True))
        return np.round(255 * odds / odds.sum(axis=1, keepdims=True)).astype(np.uint8)

    def disagreement(self) -> tuple[np.ndarray, np.ndarray]:
        """(cells, n, n) and (cells,): the share of seeds that do not say what most say, there and on the whole."""
        axis = np.linspace(-6, 6, self.n)
        ring = np.abs(np.hypot(*np.meshgrid(axis, axis)) - 3) < 0.8
        spread = np.broadcast_to(np.where(ring, 85, 0), (self.cells, self.n, self.n)).astype(np.uint8)
        share = 0.12 + 0.01 * np.arange(self.cells)
        return spread, share.astype(np.float32)

    # ------------------------------------------------------------ messages

    def link_of(self, network: int) -> str:
        cell, seed = divmod(network, self.seeds)
        row, column = divmod(cell, self.shape[1])
        said = {self.row_knob: self.rows[row]} if self.rows else {}
        said |= {"learning_rate": self.columns[column]} if self.columns else {}
        said |= {"seed": str(seed)} if seed else {}
        return "?" + "&".join(f"{name}={value}" for name, value in said.items())

    def hello(self) -> bytes:
        plane = {"x1": (-6.0, 6.0), "x2": (-6.0, 6.0)}
        several = not self.regression and self.classes_of > 2
        cell = {
            "dataset": "hills" if self.regression else "circle",
            "task": "regression" if self.regression else "classification",
            "n_classes": 0 if self.regression else self.classes_of,
            "values": self.classes_of if several else 1,
            "watched": "Test",
            "epochs": self.epochs,
            "axes": self.axes,
            "held": "",
            "summary": "2 inputs → 4 tanh → 1 sigmoid",
            **plane,
        }
        names = {"knob": self.row_knob, "scale": "linear", "labels": list(self.rows or ())}
        rates = {
            "knob": "learning_rate",
            "scale": "log",
            "labels": list(self.columns or ()),
            "positions": [float(np.log10(float(each))) for each in self.columns or ()],
        }
        return pack(
            {
                "type": "wall",
                "run": f"run-{self.token}",
                "networks": self.networks,
                "seeds": self.seeds,
                "rows": {**names, "positions": [float(i) for i in range(len(self.rows))]} if self.rows else None,
                "columns": self.run_axis() or (rates if self.columns else None),
                "differences": [{"axis": rates, "at": list(range(self.cells))}] if self.runs else [],
                "cells": [{**cell, **self.other(i)} for i in range(self.cells)],
                "links": [self.link_of(i) for i in range(self.networks)],
                "epochs": self.epochs,
                **self.standing(),
            },
            {},
        )

    def other(self, cell: int) -> dict[str, str]:
        """What a cell has of its own."""
        held = self.held[cell % len(self.held)]
        return {"held": held} | ({"dataset": self.datasets[cell]} if cell in self.datasets else {})

    def run_axis(self) -> dict[str, Any] | None:
        """Of a comparison."""
        if not self.runs:
            return None
        places = [float(place) for place in range(len(self.runs))]
        return {"knob": "run", "scale": "names", "labels": list(self.runs), "positions": places}

    def standing(self) -> dict[str, Any]:
        course = {"link": "?wall", "turns": []}
        return {"state": self.state, "message": self.message, "last_epoch": self.newest, "course": course}

    def frame(self) -> bytes:
        start = self.curves_sent
        end = min(self.newest + 1, start + self.rows_at_once)
        self.curves_sent = end
        self.pending = end <= self.newest
        header: dict[str, Any] = {
            "type": "cells",
            "epoch": self.shown,
            "last_epoch": self.newest,
            "state": self.state,
            "message": self.message,
            "figures_start": start,
            "waiting": self.waiting,
            "computed": {},
        }
        every = np.arange(self.networks)
        maps = self.maps(every).reshape(self.cells, self.seeds, -1, self.n, self.n)
        arrays: dict[str, np.ndarray] = {
            "figures": self.figures(start, end).reshape(-1, self.networks, len(FIGURES)),
            "maps": np.round(maps.mean(axis=1)).astype(np.uint8),
            "ranges": np.broadcast_to(np.array([-1, 1] if self.regression else [0, 1], np.float32), (self.cells, 2)),
            "ended": self.ended(),
            "epochs_of": self.end_of(),
        }
        if self.seeds > 1:
            arrays["spread"], arrays["disagreement"] = self.disagreement()
            if self.opened is not None:
                header["opened"] = self.opened
                arrays["seed_maps"] = maps[self.opened]
        return pack(header, {name: np.ascontiguousarray(array) for name, array in arrays.items()})

    def ended(self) -> np.ndarray:
        ended = np.zeros(self.networks, np.uint8)
        if self.newest >= self.epochs:
            ended[:] = ENDS.index("finished")
        for network, epoch in self.ended_early.items():
            if self.newest >= epoch:
                ended[network] = ENDS.index("early_stopping")
        for network, epoch in self.diverging.items():
            if self.newest >= epoch:
                ended[network] = ENDS.index("diverged")
        return ended

    # ------------------------------------------------------------ behaviour

    def part(self, what: str, content: bytes = b"<!doctype html>") -> bytes | None:
        """The whole of a file, the refusal of one, or half of one for ever."""
        header: dict[str, Any] = {"type": "export", "what": what, "share": 0.5}
        if what == "history_csv":
            return pack({**header, "refusal": "It is too large."}, {})
        if what == "history_json":
            return pack(header, {})
        name, ending = what.rsplit("_", 1) if what.endswith("_svg") else (what, "html")
        if ending == "svg":
            content = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 10" width="40" height="10"/>'
        mime = {"svg": "image/svg+xml", "html": "text/html"}[ending]
        whole = {"file": f"circle_wall_epoch_{self.shown}_{name}.{ending}", "mime": mime, "last": True}
        return pack({**header, "share": 1.0, **whole}, {"content": np.frombuffer(content, np.uint8)})

    def handle(self, message: dict[str, Any]) -> bytes | None:
        answer = super().handle(message)
        if message["type"] == "export":
            return self.part(message["what"])
        if message["type"] == "open":
            self.opened, self.pending = message.get("cell"), True
        return answer


if __name__ == "__main__":
    peer = FakePeer().start()
    walls: dict[str, dict[str, Any]] = {
        "default": {"diverging": {6: 5, 13: 30, 20: 12}},
        "most": {
            "rows": SIXTEEN,
            "columns": tuple(f"{10 ** (int(i) / 4 - 4):.2g}" for i in SIXTEEN),
        },
        "seeds": {"seeds": 3, "diverging": {18: 12, 19: 12, 20: 12, 39: 20}},
        "one": {"rows": None},
        "luck": {"rows": None, "columns": None, "seeds": 20},
        "three": {"classes_of": 3},
        "regression": {"regression": True},
        "two": {"rows": None, "columns": ("0.03", "0.3"), "runs": ("slow", "fast")},
        "twelve": {"rows": None, "columns": SIXTEEN[:12], "runs": tuple(f"run {i}" for i in SIXTEEN[:12])},
    }
    for name, settings in walls.items():
        peer.put(FakeWall(name, **settings))
        print(f"{peer.url}?component=wall&token={name}")
    peer.thread.join()

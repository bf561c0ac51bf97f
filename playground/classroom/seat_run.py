"""What the class sees of the run that a seat trains now: made of the messages that go to the run's own page."""

from __future__ import annotations

import math
import re
import struct
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from playground.classroom.protocol.server import TILE_CELLS, TileFacts
from playground.core.diagnosis import diagnose_curves
from playground.core.diagnosis.standstill import STANDSTILL, stands_still
from playground.core.experiment import Experiment
from playground.core.history import CURVES
from playground.core.naming import in_a_line
from playground.core.query import link as link_of
from playground.core.wall import Wall
from playground.runtime.protocol.packing import header_end, header_of, pack, type_of, unpack
from playground.runtime.subjects import Subject

Bytes = NDArray[np.uint8]
Floats = NDArray[np.float32]
PICTURES = ("hello", "wall", "frame", "cells", "status")
"""Of a run's messages those that somebody sees who looks over a shoulder."""
DIAGNOSED_EVERY = 3.0
"""Seconds."""
_NO_MAP: Bytes = np.empty(0, np.uint8)
_CURVES = re.compile(rb'"name":"curves","dtype":"float32","shape":\[(\d+),6\]')
_START = re.compile(rb'"curves_start":(\d+)')
_EDITED = re.compile(rb'"edited":true')
_ROW_BYTES = 4 * len(CURVES)
_VAL_LOSS, _VAL_ACCURACY = CURVES.index("val_loss"), CURVES.index("val_accuracy")


@dataclass
class Best:
    """The best that a seat has come to with something that was sent, of a lesson with one of its steps.

    `value` is the accuracy on the test points, of a regression their loss.
    """

    value: float
    epoch: int
    link: str
    edited: bool = False

    def beats(self, other: Best | None, task: str) -> bool:
        """Whether it is better than another, or there is none. Edited weights stand below all others."""
        if other is None:
            return True
        if self.edited != other.edited:
            return other.edited
        return self.value < other.value if task == "regression" else self.value > other.value


@dataclass
class SeatRun:
    """A run, as it is heard.

    Attributes
    ----------
    sent, step : the number of what it belongs to, and of a lesson the step; 0 is the learner's own
    changed : whether there is news for those who watch the wall
    """

    token: str
    sent: int
    step: int
    subject: Subject
    heard: Callable[[bytes], None] | None = None
    """Somebody looks over the shoulder."""
    changed: bool = True
    facts: TileFacts = field(init=False)
    best: Best | None = None
    verdict_is_new: bool = False
    newest: bytes = b""
    """The newest message that shows how far it is."""
    _rows: bytearray = field(default_factory=bytearray)
    """Of the curves; growing copies nothing."""
    _map: Bytes = field(default_factory=lambda: _NO_MAP)
    _looked_at: bytes = b""
    _diagnosed: tuple[float, int] = (-math.inf, -1)

    def __post_init__(self) -> None:
        experiment = _experiment_of(self.subject)
        self.facts = TileFacts(
            seat=0,
            state="ready",
            epoch=0,
            accuracy=None,
            best=None,
            task=experiment.data.task,
            n_classes=experiment.data.n_classes,
            edited=False,
            stuck="",
            reached=None,
            sentence="",
            link=link_of(self.subject.to_query()),
            title=in_a_line(experiment),
            cells=0,
            values=0,
            lo=0.0,
            hi=0.0,
            ended="",
        )

    @property
    def curves(self) -> Floats:
        """The curves that are known, (n, 6) rows of `history.CURVES`, one an epoch."""
        return np.frombuffer(bytes(self._rows), np.float32).reshape(-1, len(CURVES))

    def take_over(self, before: SeatRun) -> None:
        """Know what was known of the same run while it belonged to something else: at rest it says nothing.

        Its best is found anew, and no verdict is taken over: that was on something else.
        """
        known = {**before.facts, "best": self.facts["best"], "reached": None, "sentence": ""}
        self.facts.update(known)  # type: ignore[typeddict-item]
        self.newest, self._rows = before.newest, before._rows
        self._map, self._looked_at, self._diagnosed = before._map, before._looked_at, before._diagnosed
        if self.newest and type_of(self.newest) == "cells":
            self._hear_cells(self.newest)
        else:
            self._note_best(self.curves, self.facts["edited"])

    def hear(self, message: bytes) -> None:
        """Take in a message of the run's page."""
        kind = type_of(message)
        match kind:
            case "frame":
                self._hear_frame(message)
            case "cells":
                self._hear_cells(message)
            case "verdict":
                self._hear_verdict(header_of(message))
            case "status":
                self._stand(header_of(message))
            case "hello":
                self._begin(header_of(message))
        if self.heard is not None and kind in PICTURES:
            self.heard(message)

    def look(self) -> Bytes:
        """See what the newest picture says; its map, (values, cells, cells), is empty where there is none yet."""
        if self._looked_at is self.newest:
            return self._map
        self._looked_at = self.newest
        header, arrays = unpack(self.newest)
        self._stand(header)
        if header["type"] == "frame":
            self._take_figures(header)
        self._map, lo, hi = _map_of(header, arrays)
        values, cells = self._map.shape[:2] if self._map.size else (0, 0)
        self.facts["values"], self.facts["cells"], self.facts["lo"], self.facts["hi"] = values, cells, lo, hi
        return self._map

    def diagnose(self, now: float) -> None:
        """See whether it gets on, now and then."""
        at, rows = self._diagnosed
        if now - at < DIAGNOSED_EVERY or rows == len(self._rows) or not isinstance(self.subject, Experiment):
            return
        self._diagnosed = now, len(self._rows)
        stuck = _stuck(self.subject, self.curves.astype(np.float64)) if self._rows else ""
        if stuck != self.facts["stuck"]:
            self.facts["stuck"] = stuck
            self.changed = True

    def whole(self) -> bytes:
        """The newest message with all the curves that are known: what somebody needs who has seen nothing yet."""
        if not self.newest or not self._rows:
            return self.newest
        header, arrays = unpack(self.newest)
        if "curves" not in arrays:
            return self.newest
        header["curves_start"] = int(self.curves[0, 0])
        return pack(header, {**arrays, "curves": self.curves})

    def _hear_frame(self, message: bytes) -> None:
        """Of each picture its curves, which no later one has again; what else it says is read of the newest alone.

        A class on one link has thousands of pictures a second, so no header is read as JSON here.
        """
        self.newest, self.changed = message, True
        end = header_end(message)
        found, start = _CURVES.search(message, 4, end), _START.search(message, 4, end)
        if found is None or start is None or not int(found[1]):
            return
        # They are the first array, right behind the header.
        curves = np.frombuffer(message, np.float32, int(found[1]) * len(CURVES), end).reshape(-1, len(CURVES))
        self._take_curves(curves, int(start[1]), _EDITED.search(message, 4, end) is not None)

    def _take_figures(self, header: dict[str, Any]) -> None:
        regression = self.facts["task"] == "regression"
        self.facts["accuracy"] = header["val_loss" if regression else "val_accuracy"]
        self.facts["epoch"], self.facts["edited"] = header["epoch"], header["edited"]

    def _begin(self, header: dict[str, Any]) -> None:
        """Its page connects, or it has begun anew with other points: the first picture brings all curves."""
        self._stand(header)
        facts = header["experiment"]
        self.facts["task"], self.facts["n_classes"] = facts["task"], facts["n_classes"]
        self._rows.clear()

    def _take_curves(self, curves: Floats, start: int, edited: bool) -> None:
        first = int(struct.unpack_from("<f", self._rows)[0]) if self._rows else start
        del self._rows[(0 if start == 0 else max(start - first, 0)) * _ROW_BYTES :]
        self._rows += curves.tobytes()
        self._note_best(curves, edited)

    def _note_best(self, curves: Floats, edited: bool) -> None:
        regression = self.facts["task"] == "regression"
        column = curves[:, _VAL_LOSS if regression else _VAL_ACCURACY]
        known = np.flatnonzero(np.isfinite(column))
        if not len(known):
            return
        row = known[(np.argmin if regression else np.argmax)(column[known])]
        self._take_best(Best(float(column[row]), int(curves[row, 0]), self.facts["link"], edited))

    def _take_best(self, best: Best) -> None:
        if best.beats(self.best, self.facts["task"]):
            self.best, self.facts["best"] = best, best.value

    def _hear_cells(self, message: bytes) -> None:
        """Of a wall the best of its networks is what counts."""
        self.newest, self.changed = message, True
        header, arrays = unpack(message)
        self.facts["epoch"], figures = header["epoch"], arrays["figures"]
        if not len(figures) or self.facts["task"] == "regression":
            return
        newest, best = figures[-1, :, 3], figures[:, :, 3]
        if np.isfinite(newest).any():
            self.facts["accuracy"] = float(np.nanmax(newest))
        if np.isfinite(best).any():
            self._take_best(Best(float(np.nanmax(best)), header["epoch"], self.facts["link"]))

    def _hear_verdict(self, header: dict[str, Any]) -> None:
        self.verdict_is_new |= self.facts["reached"] != header["reached"]
        self.facts["reached"], self.facts["sentence"] = header["reached"], header["sentence"]
        self.changed = True

    def _stand(self, header: dict[str, Any]) -> None:
        self.facts["state"] = header["state"]
        self.facts["ended"] = header["message"] if header["state"] in ("finished", "diverged", "failed") else ""
        if "course" in header:
            self.facts["link"] = header["course"]["link"]
        self.changed = True


def _experiment_of(subject: Subject) -> Experiment:
    """The experiment that a run is, or begins from."""
    if isinstance(subject, Experiment):
        return subject
    if isinstance(subject, Wall):
        return subject.base
    found = getattr(subject, "experiment", None)
    return found if isinstance(found, Experiment) else Experiment()


def _stuck(experiment: Experiment, curves: NDArray[np.float64]) -> str:
    found = diagnose_curves(experiment, curves)
    if found:
        return found[0].sentence
    return STANDSTILL if stands_still(experiment, curves) else ""


def _map_of(header: dict[str, Any], arrays: Mapping[str, NDArray[Any]]) -> tuple[Bytes, float, float]:
    """The map of a picture, thinned; of a wall that of its first cell."""
    if header["type"] == "cells":
        lo, hi = (float(each) for each in arrays["ranges"][0])
        return _thinned(arrays["maps"][0]), lo, hi
    return _thinned(arrays["map"]), float(header["lo"]), float(header["hi"])


def _thinned(maps: Bytes) -> Bytes:
    """Maps with at most TILE_CELLS along a side: the nearest of those there are."""
    n = maps.shape[-1]
    if n <= TILE_CELLS:
        return np.ascontiguousarray(maps)
    at = ((np.arange(TILE_CELLS) + 0.5) * n / TILE_CELLS).astype(int)
    return np.ascontiguousarray(maps[:, at][:, :, at])

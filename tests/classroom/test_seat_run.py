"""What a class sees of a run, made of the messages that go to its page."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from playground.classroom.live_room import Seen
from playground.classroom.protocol.server import TILE_CELLS
from playground.classroom.seat_run import SeatRun
from playground.core import Data, Experiment, Train
from playground.runtime.protocol.packing import pack, unpack
from playground.store.rooms import Progress

CELLS = 60


def frame(start: int, accuracies: list[float], loss: float = 0.5, values: int = 1, **more: Any) -> bytes:
    """A picture that brings curves from an epoch on."""
    epochs = np.arange(start, start + len(accuracies))
    curves = np.zeros((len(epochs), 6), np.float32)
    curves[:, 0], curves[:, 1], curves[:, 3], curves[:, 4] = epochs, loss, loss, accuracies
    header = {
        "type": "frame", "state": "playing", "message": "", "last_epoch": int(epochs[-1]), "epoch": int(epochs[-1]),
        "edited": False, "loss": loss, "accuracy": 0.5, "val_loss": loss, "val_accuracy": accuracies[-1],
        "learning_rate": 0.1, "x1": (-6.0, 6.0), "x2": (-6.0, 6.0), "curves_start": start, "lo": 0.0, "hi": 1.0,
        "computed": {}, **more,
    }  # fmt: skip
    maps = np.arange(values * CELLS * CELLS, dtype=np.uint8).reshape(values, CELLS, CELLS)
    return pack(header, {"curves": curves, "map": maps})


def run_of(**train: Any) -> SeatRun:
    return SeatRun("token", 1, 0, Experiment(train=Train(**train)))


def test_the_best_is_found_in_all_curves_whether_or_not_their_picture_was_the_newest() -> None:
    run = run_of()
    run.hear(frame(0, [0.5, 0.9, 0.6]))
    run.hear(frame(3, [0.7]))
    run.look()
    assert run.best is not None and run.best.epoch == 1 and run.best.value == pytest.approx(0.9)
    assert run.facts["epoch"] == 3 and run.facts["accuracy"] == pytest.approx(0.7)


def test_a_best_of_edited_weights_is_told_apart_and_drives_out_none_of_trained_ones() -> None:
    seen = Seen(run=run_of())
    assert seen.run is not None
    seen.run.hear(frame(0, [0.7], edited=True))
    assert seen.run.best is not None and seen.run.best.edited
    for epoch, accuracy, edited in ((0, 0.5, False), (1, 1.0, True)):
        seen.run.hear(frame(epoch, [accuracy], edited=edited))
        seen.take()
    assert (seen.run.best.value, seen.run.best.epoch, seen.run.best.edited) == (0.5, 0, False)
    assert seen.bests == {(1, 0): seen.run.best} and seen.run.facts["best"] == 0.5


def test_a_run_that_belongs_to_something_else_now_keeps_its_figures_though_it_rests() -> None:
    before = run_of()
    before.hear(frame(0, [0.5, 0.9, 0.6]))
    before.hear(pack({"type": "verdict", "reached": True, "sentence": "Reached."}, {}))
    before.look()
    run = SeatRun("token", 2, 0, Experiment())
    run.take_over(before)
    seen = Seen(run=run)
    seen.take()
    assert seen.facts is not None and seen.map.size
    assert (seen.facts["epoch"], seen.facts["reached"]) == (2, None)
    assert (seen.facts["accuracy"], seen.facts["best"]) == pytest.approx((0.6, 0.9))
    assert seen.bests[2, 0].epoch == 1
    run.hear(frame(3, [0.95]))
    assert len(run.curves) == 4 and run.best is not None and run.best.epoch == 3


def test_of_a_regression_the_least_loss_is_the_best() -> None:
    run = SeatRun("token", 1, 0, Experiment(data=Data(dataset="plane")))
    for epoch, loss in enumerate((0.5, 0.2, 0.3)):
        run.hear(frame(epoch, [np.nan], loss=loss))
    assert run.best is not None and run.best.epoch == 1 and run.best.value == pytest.approx(0.2)


def test_curves_are_whole_after_a_rewind_a_gap_and_a_page_that_comes_back() -> None:
    run = run_of()
    run.hear(frame(0, [0.1, 0.2, 0.3, 0.4]))
    run.hear(frame(2, [0.5]))  # gone back, and on from there
    assert [row[0] for row in run.curves] == [0, 1, 2]
    run.hear(frame(0, [0.1, 0.2]))  # a page that knows nothing
    assert [row[0] for row in run.curves] == [0, 1]
    run.hear(frame(2, [0.6]))
    header, arrays = unpack(run.whole())
    assert header["curves_start"] == 0 and arrays["curves"][:, 0].tolist() == [0, 1, 2]
    assert arrays["map"].shape == (1, CELLS, CELLS)


def test_a_map_is_thinned_to_a_tile_with_all_of_its_classes() -> None:
    run = run_of()
    run.hear(frame(0, [0.5], values=3))
    found = run.look()
    assert found.shape == (3, TILE_CELLS, TILE_CELLS) and (run.facts["values"], run.facts["cells"]) == (3, TILE_CELLS)
    _, arrays = unpack(run.newest)
    assert set(found.ravel()) <= set(arrays["map"].ravel())


def test_a_run_that_stands_still_is_said_to_be_stuck_and_one_that_learns_is_not() -> None:
    stuck = SeatRun("token", 1, 0, Experiment(data=Data(dataset="spiral")))
    stuck.hear(frame(0, [0.5] * 120, loss=0.69))
    stuck.diagnose(0.0)
    assert "hardly moved" in stuck.facts["stuck"]
    learning = run_of()
    for epoch in range(120):
        learning.hear(frame(epoch, [0.5 + epoch / 300], loss=1 / (1 + epoch)))
    learning.diagnose(0.0)
    assert learning.facts["stuck"] == ""


def test_what_a_seat_has_come_to_outlasts_a_server() -> None:
    seen = Seen(run=run_of())
    assert seen.run is not None
    seen.run.hear(frame(0, [0.5, 0.8]))
    seen.take()
    again = Seen()
    again.recall(seen.to_progress())
    assert again.facts == seen.facts and again.bests == seen.bests and np.array_equal(again.map, seen.map)


@pytest.mark.parametrize("document", ["", "{", "[]", '{"facts": {}}', '{"facts": null, "bests": 3, "shape": [9]}'])
def test_a_note_that_is_none_is_left_out(document: str) -> None:
    seen = Seen()
    seen.recall(Progress(document))
    assert seen.facts is None and seen.bests == {}

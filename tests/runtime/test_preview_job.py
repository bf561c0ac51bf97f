"""A picture in its worker: trained for no more than its time, in slices, and drawn in pieces."""

from __future__ import annotations

import io
from collections.abc import Iterator
from concurrent.futures import Future
from types import SimpleNamespace
from typing import Any, cast

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

import playground.engine as real_engine
from playground.core.grid import grid_points
from playground.core.preview import Preview
from playground.figures.card import Card, Mosaic
from playground.runtime import Limits
from playground.runtime.engine import Engine
from playground.runtime.jobs.kinds import KINDS, Beginning, Made
from playground.runtime.jobs.preview import TRAINING_SECONDS, PreviewJob
from playground.runtime.jobs.trainings import Trainings
from playground.runtime.scene import first_view
from playground.runtime.subjects import PREVIEW, key_of, kind_of
from tests.runtime import arithmetic_engine
from tests.runtime.peers import Clock


class Paced(arithmetic_engine.Trainer):
    """Slices that take as long as the test says; the last one says it for all that follow."""

    def __init__(self, clock: Clock, seconds: list[float], begun: bool, *arguments: Any) -> None:
        super().__init__(*arguments)
        self._clock, self._seconds, self._begun = clock, seconds, begun

    @property
    def begun(self) -> bool:  # type: ignore[override]
        return self._begun

    def slices(self, seconds: float = 0.02) -> Iterator[arithmetic_engine.Epoch | None]:
        for epoch in super().slices(seconds):
            self._clock.wait(self._seconds.pop(0) if len(self._seconds) > 1 else self._seconds[0])
            yield epoch


def begun(preview: Preview, seconds: list[float], clock: Clock, looked_at: bool = True) -> PreviewJob:
    names = {name: each for name, each in vars(arithmetic_engine).items() if not name.startswith("_")}
    names["make_trainer"] = lambda *arguments: Paced(clock, list(seconds), looked_at, *arguments)
    return begun_with(cast(Engine, SimpleNamespace(**names)), preview, clock)


def begun_with(engine: Engine, preview: Preview, clock: Clock) -> PreviewJob:
    made: list[Made] = []
    for recipe in KINDS[PREVIEW].recipes("job", Beginning(preview)):
        made.append(Future())
        made[-1].set_result(recipe.make(engine))
    job = KINDS[PREVIEW].begin(Trainings(engine, Limits()), made, Beginning(preview), clock)
    assert isinstance(job, PreviewJob)
    return job


def finished(job: PreviewJob) -> list[bytes]:
    said: list[bytes] = []
    for _ in range(5000):
        if not job.wants_turn:
            return said
        said += job.turn()
    raise AssertionError("it never ends")


def preview_of(**query: str) -> Preview:
    return Preview.from_query(query)


def test_a_picture_is_a_job_of_its_own_with_the_program_of_its_experiment() -> None:
    preview = preview_of(dataset="xor")
    assert kind_of(preview) == PREVIEW and key_of(preview) == key_of(preview.experiment)


@pytest.mark.parametrize(("query", "epochs"), [({"epochs": "7"}, 7), ({"at": "4"}, 4), ({}, 24)])
def test_it_is_trained_to_its_epochs_or_the_end_of_its_time(query: dict[str, str], epochs: int) -> None:
    job = begun(preview_of(**query), [0.02], Clock())  # an epoch of this engine takes two slices
    (picture,) = finished(job)
    assert job.sitter.epoch == epochs and job.at_rest and job.standing["state"] == "finished"
    assert Image.open(io.BytesIO(picture)).size == (1200, 630)


@given(st.lists(st.floats(0.001, 0.9), min_size=1, max_size=80))
def test_its_slices_together_take_no_more_than_its_time(seconds: list[float]) -> None:
    """Each slice takes at most twice as long as one before it, as an epoch that is the same work every time does."""
    calm: list[float] = []
    for each in seconds:
        calm.append(min(each, 2 * max(calm, default=0.2)))
    job = begun(preview_of(), [*calm, 0.05], Clock())
    while not job.trained:
        job.turn()
    assert job.seconds <= TRAINING_SECONDS


@pytest.mark.parametrize("query", [{"seed": "15"}, {"seed": "18"}, {"dataset": "hills"}, {"dataset": "iris"}])
def test_whatever_becomes_of_the_run_there_is_one_picture(query: dict[str, str]) -> None:
    job = begun(preview_of(**query), [0.01], Clock())
    (picture,) = finished(job)
    assert picture.startswith(b"\x89PNG")


def test_a_run_that_diverges_is_shown_as_it_was_before() -> None:
    job = begun(preview_of(seed=str(arithmetic_engine.DIVERGES)), [0.01], Clock())
    while not job.trained:
        job.turn()
    (card,) = job.sitter.cards()
    assert card is not None and dict(card.figures)["epoch"] == "4" and "epoch 5" in card.note


def test_a_network_too_large_to_be_looked_at_in_time_is_shown_without_it() -> None:
    clock = Clock()
    job = begun(preview_of(), [0.3], clock, looked_at=False)
    (picture,) = finished(job)
    assert job.seconds <= TRAINING_SECONDS and job.sitter.epoch == 0 and picture.startswith(b"\x89PNG")


def test_each_turn_trains_for_a_slice_or_draws_a_piece() -> None:
    clock = Clock()
    job = begun(preview_of(epochs="3"), [0.02], clock)
    spent = []
    while job.wants_turn:
        before = job.seconds
        job.turn()
        spent.append(job.seconds - before)
    training = [seconds for seconds in spent if seconds]
    assert max(spent) == pytest.approx(0.02) and len(training) == 6
    assert len(spent) - len(training) >= 4


def test_it_is_done_before_it_is_handed_over_and_nothing_of_it_is_kept() -> None:
    job = begun(preview_of(epochs="2"), [0.02], Clock())
    said: list[bytes] = []
    while not job.settled:
        said += job.settle()
    assert len(said) == 1 and job.save() is None and job.version == (None, None)


def test_a_fault_in_training_is_tried_again_and_its_time_counts() -> None:
    job = begun(preview_of(seed=str(arithmetic_engine.RAISES)), [0.02], Clock())
    faults = 0
    for _ in range(10):
        try:
            job.turn()
        except RuntimeError:
            faults += 1
    assert faults >= 2 and job.wants_turn and job.seconds < TRAINING_SECONDS


# Several networks. Those with dropout train alone, which this engine can.


def test_networks_of_a_wall_share_the_time_of_one() -> None:
    job = begun(preview_of(seeds="4", dropout="0.1"), [0.02], Clock())
    assert key_of(preview_of(seeds="4", dropout="0.1")) != key_of(preview_of(dropout="0.1"))
    (picture,) = finished(job)
    assert 0.9 < job.seconds <= TRAINING_SECONDS and Image.open(io.BytesIO(picture)).size == (1200, 630)
    assert job.sitter.epoch == 24 // 4  # where one comes to 24


@given(st.lists(st.floats(0.001, 0.9), min_size=1, max_size=80))
def test_their_slices_together_take_no_more_than_its_time(seconds: list[float]) -> None:
    calm: list[float] = []
    for each in seconds:
        calm.append(min(each, 2 * max(calm, default=0.2)))
    job = begun(preview_of(seeds="3", dropout="0.1"), [*calm, 0.05], Clock())
    while not job.trained:
        job.turn()
    assert job.seconds <= TRAINING_SECONDS


def card_of(job: PreviewJob) -> Card:
    while not job.trained:
        job.turn()
    card = [*job.sitter.cards()][-1]
    assert card is not None and isinstance(card.plane, Mosaic)
    return card


def test_each_network_has_a_tile_with_what_tells_it_from_the_others() -> None:
    card = card_of(begun(preview_of(rows="seed:1|2|15", dropout="0.1", epochs="7"), [0.001], Clock()))
    assert isinstance(card.plane, Mosaic) and card.title.startswith("A wall of seed · Circle")
    values = {tile.name: float(np.asarray(tile.values).mean()) for tile in card.plane.tiles}
    assert values == {"1": 8, "2": 9, "15": 20}  # a seed and the epochs; the last one diverges with its fifth
    assert dict(card.figures) == {"networks": "3", "epoch": "7", "test accuracy": "25%"} and not card.note


def test_networks_too_large_to_be_looked_at_in_time_are_shown_without_them() -> None:
    card = card_of(begun(preview_of(seeds="30", dropout="0.1"), [0.3], Clock(), looked_at=False))
    assert isinstance(card.plane, Mosaic) and len(card.plane.tiles) == 12
    assert dict(card.figures) == {"networks": "12 of 30"} and "more than a second" in card.note
    assert all(np.isnan(tile.values).all() for tile in card.plane.tiles)


def test_a_fault_in_one_of_them_is_tried_again_and_its_time_counts() -> None:
    job = begun(preview_of(rows=f"seed:1|{arithmetic_engine.RAISES}", dropout="0.1"), [0.02], Clock())
    faults = 0
    for _ in range(30):
        try:
            job.turn()
        except RuntimeError:
            faults += 1
    assert faults >= 2 and job.wants_turn and job.seconds < TRAINING_SECONDS


def test_tiles_are_what_networks_say_that_were_trained_alone() -> None:
    preview = preview_of(rows="learning_rate:0.1|0.3", columns="width:2|4", epochs="3", dataset="moons")
    card = card_of(begun_with(cast(Engine, real_engine), preview, Clock()))  # its clock stands still: no time is spent
    assert isinstance(card.plane, Mosaic) and preview.few is not None
    assert dict(card.figures)["networks"] == "4" and dict(card.figures)["epoch"] == "3"
    for run, tile in zip(preview.few.runs.runs, card.plane.tiles, strict=True):
        (*_, last) = real_engine.train(run.experiment)
        program = real_engine.compile_program(run.experiment)
        network = real_engine.make_network(program, run.experiment, last.weights)
        values = np.asarray(tile.values)
        found = network.predict(grid_points(*first_view(run.experiment.data), values.shape[1]))[:, 0]
        assert tile.name == run.name and values.shape[0] == 1
        np.testing.assert_allclose(values[0].ravel(), found, atol=1e-3)

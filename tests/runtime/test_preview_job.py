"""A picture in its worker: trained for no more than its time, in slices, and drawn in pieces."""

from __future__ import annotations

import io
from collections.abc import Iterator
from concurrent.futures import Future
from types import SimpleNamespace
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from playground.core.preview import Preview
from playground.runtime import Limits
from playground.runtime.engine import Engine
from playground.runtime.jobs.kinds import KINDS, Beginning, Made
from playground.runtime.jobs.preview import TRAINING_SECONDS, PreviewJob
from playground.runtime.jobs.trainings import Trainings
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
    engine = cast(Engine, SimpleNamespace(**names))
    made: Made = Future()
    made.set_result("program")
    job = KINDS[PREVIEW].begin(Trainings(engine, Limits()), [made], Beginning(preview), clock)
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
    assert job.epochs == epochs and job.at_rest and job.standing["state"] == "finished"
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
    assert job._sound is not None and job._sound.epoch == 4
    assert "epoch 5" in job._note(job._sound)


def test_a_network_too_large_to_be_looked_at_in_time_is_shown_without_it() -> None:
    clock = Clock()
    job = begun(preview_of(), [0.3], clock, looked_at=False)
    (picture,) = finished(job)
    assert job.seconds <= TRAINING_SECONDS and job.epochs == 0 and picture.startswith(b"\x89PNG")


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

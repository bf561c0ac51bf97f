"""A learning-rate range test in a worker, with the real engine."""

from __future__ import annotations

from concurrent.futures import Future
from typing import Any, cast

import numpy as np
import pytest

import playground.engine as real_engine
from playground.core import Experiment
from playground.core.rate_finder import smoothed
from playground.core.rate_test import SEEDS, RateTest
from playground.runtime import Limits
from playground.runtime.engine import Engine
from playground.runtime.jobs.job import Job
from playground.runtime.jobs.kinds import KINDS, Beginning, Made
from playground.runtime.jobs.trainings import Trainings
from playground.runtime.protocol import page
from playground.runtime.protocol.packing import unpack
from playground.runtime.rates_scene import rates_scene_of
from playground.runtime.subjects import key_of, kind_of
from tests.channel_types import check_message
from tests.runtime.peers import Clock

Message = tuple[dict[str, Any], dict[str, Any]]


def test_of(link: str, published: bool = False) -> RateTest:
    experiment, refused = Experiment.from_query(dict(part.split("=", 1) for part in link.split("&")))
    assert refused == []
    return RateTest(experiment, published)


test_of.__test__ = False  # type: ignore[attr-defined]


def begun(test: RateTest, clock: Clock) -> Job:
    engine = cast(Engine, real_engine)
    kind = KINDS[kind_of(test)]
    (recipe,) = kind.recipes("job", Beginning(test))
    made: Made = Future()
    made.set_result(recipe.make(engine))
    job = kind.begin(Trainings(engine, Limits()), [made], Beginning(test), clock)
    job.welcome(0)
    return job


def messages_of(job: Job, clock: Clock, most: int = 100_000) -> list[Message]:
    found: list[Message] = []
    for _ in range(most):
        job.hear(page.Credit())
        if not job.wants_turn:
            return found
        for packed in job.turn():
            found.append(unpack(packed))
            check_message(*found[-1])
        clock.wait(0.02)
    raise AssertionError("the test never ends")


def test_a_test_shows_its_curve_as_it_goes_and_ends_with_four_suggestions() -> None:
    clock, test = Clock(), test_of("samples=100&hidden=4&batch_size=32")
    found = messages_of(begun(test, clock), clock)
    lengths = [header["points"] for header, _ in found]
    # How much of it is in a slice of time is the processor's to say.
    assert lengths[0] < lengths[-1] == len(test.rates) and lengths == sorted(lengths)
    header, arrays = found[-1]
    assert header["state"] == "finished" and set(header["suggested"]) == {"valley", "slide", "steep", "minimum"}
    assert arrays["losses"].shape == (SEEDS, len(test.rates))
    assert np.allclose(arrays["smoothed"], smoothed(arrays["median"], 0.9), rtol=1e-4, equal_nan=True)
    assert (arrays["low"] <= arrays["median"]).all() and (arrays["median"] <= arrays["high"]).all()


def test_nobody_looks_and_nothing_is_trained() -> None:
    clock = Clock()
    job = begun(test_of("samples=100&hidden=4"), clock)
    wanted = [job.wants_turn]
    for message in (page.Credit(), page.Hidden()):
        job.hear(message)
        wanted.append(job.wants_turn)
    assert wanted == [False, True, False]


def test_by_the_published_schedule_each_epoch_has_one_rate() -> None:
    test = test_of("samples=30&hidden=2&batch_size=10", published=True)
    assert test.steps_of_a_point == 2 and test.rates[0] == 1e-4 and test.rates[100] == pytest.approx(1e-3)
    clock = Clock()
    *_, (header, arrays) = messages_of(begun(test, clock), clock)
    assert header["points"] == len(arrays["rates"]) <= len(test.rates)


def test_what_cannot_be_stacked_is_refused_in_words() -> None:
    with pytest.raises(ValueError, match="without dropout and batch normalisation"):
        test_of("dropout=0.2")


def test_what_a_page_is_told_first_is_what_the_channel_declares() -> None:
    test = test_of("samples=30")
    check_message(dict(rates_scene_of(test, "name")), {})
    assert key_of(test) == key_of(test_of("samples=30&learning_rate=1&seed=5"))

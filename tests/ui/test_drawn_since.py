"""A run began anew with points that were drawn, past the script: what the script runs next for, it takes them over."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from playground.core import Data, Experiment, Train
from playground.core.drawn_points import pack_points
from playground.core.query import link

from .conftest import Page

FIRST, SECOND = (
    pack_points(np.array([[-2, 1], [-1, 1], [1, -1], [2, x]]), np.array([0, 0, 1, 1])) for x in (-1.0, -1.5)
)


def drawn(points: str, **train: Any) -> Experiment:
    return Experiment(data=Data(dataset="drawn", points=points), train=Train(**train))


@pytest.fixture
def redrawn(page: Page) -> Page:
    """A page whose run has begun anew with the second points."""
    page.visit({"dataset": "drawn", "points": FIRST})
    page.runs.held["run-1"] = drawn(SECOND)
    page.runs.links["run-1"] = link(drawn(SECOND).to_query())
    return page


def test_the_run_stays_and_the_address_has_its_points(redrawn: Page) -> None:
    redrawn.click("fake_link")
    assert redrawn.query == {"dataset": "drawn", "points": SECOND}
    assert redrawn.stages[-1]["link"] == link(drawn(SECOND).to_query())
    assert redrawn.runs.calls == ["open run-1"]


def test_a_rate_turned_before_the_script_knew_of_them_keeps_them(redrawn: Page) -> None:
    redrawn.turn("learning_rate", "0.3")
    assert redrawn.runs.calls == ["open run-1", "adjust run-1"]
    assert redrawn.runs.held["run-1"] == drawn(SECOND, learning_rate=0.3)


def test_other_data_chosen_meanwhile_are_another_run(redrawn: Page) -> None:
    redrawn.visit({"dataset": "xor"})
    assert redrawn.query == {"dataset": "xor"}
    assert redrawn.runs.calls == ["open run-1", "open run-2", "close run-1"]


def test_other_points_chosen_meanwhile_are_those_that_hold(redrawn: Page) -> None:
    third = pack_points(np.array([[-2, 1], [-1, 1], [1, -1], [2, 4]]), np.array([0, 0, 1, 1]))
    redrawn.visit({"dataset": "drawn", "points": third})
    assert redrawn.query == {"dataset": "drawn", "points": third}
    assert redrawn.runs.held == {"run-2": drawn(third)}

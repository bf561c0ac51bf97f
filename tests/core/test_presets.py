"""The presets: ordinary links, in teaching order."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from playground.core import Experiment, load_presets
from playground.core.presets import Preset, Step


def all_steps() -> Iterator[tuple[Preset, Step]]:
    return ((preset, step) for preset in load_presets() for step in preset.steps)


def test_there_are_at_least_a_dozen_and_the_line_comes_first() -> None:
    names = [preset.name for preset in load_presets()]
    assert len(names) >= 12
    assert len(set(names)) == len(names)
    assert names[0] == "A line cannot fit a ring"


@pytest.mark.parametrize(("preset", "step"), [pytest.param(p, s, id=f"{p.name}: {s.label}") for p, s in all_steps()])
def test_every_step_is_an_ordinary_link(preset: Preset, step: Step) -> None:
    experiment, refused = Experiment.from_query(step.query)
    assert refused == []
    assert experiment == step.experiment
    assert experiment.to_query() == step.query


def test_every_run_of_a_preset_finishes_and_is_worth_comparing() -> None:
    for preset in load_presets():
        assert len({step.label for step in preset.steps}) == len(preset.steps) >= 2
        assert len({step.experiment for step in preset.steps}) == len(preset.steps)
        assert all(step.experiment.train.epochs <= 400 for step in preset.steps)


def test_every_preset_asks_one_question_and_says_what_to_see() -> None:
    for preset in load_presets():
        assert preset.question.endswith("?")
        assert preset.question.count("?") == 1
        assert preset.what_to_see.endswith(".")

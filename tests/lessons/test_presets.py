"""The presets: lessons as runs to compare, ordinary links all of them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from playground.core import Experiment
from playground.core.query import of_link
from playground.lessons.packs import lesson_called
from playground.lessons.presets import Preset, PresetRun, load_presets


def all_steps() -> Iterator[tuple[Preset, PresetRun]]:
    return ((preset, step) for preset in load_presets() for step in preset.steps)


def test_there_are_sixteen_and_the_line_comes_first() -> None:
    names = [preset.name for preset in load_presets()]
    assert len(set(names)) == len(names) == 16
    assert names[0] == "A line cannot fit a ring"


@pytest.mark.parametrize(("preset", "step"), [pytest.param(p, s, id=f"{p.name}: {s.label}") for p, s in all_steps()])
def test_every_step_is_an_ordinary_link(preset: Preset, step: PresetRun) -> None:
    experiment, refused = Experiment.from_query(step.query)
    assert refused == []
    assert experiment == step.experiment
    assert experiment.to_query() == step.query


def test_every_run_of_a_preset_finishes_and_is_worth_comparing() -> None:
    for preset in load_presets():
        assert len({step.label for step in preset.steps}) == len(preset.steps) >= 2
        assert len({step.experiment for step in preset.steps}) == len(preset.steps)
        assert all(step.experiment.train.epochs <= 400 for step in preset.steps)


def test_every_preset_asks_the_question_of_its_lesson() -> None:
    for preset in load_presets():
        lesson = lesson_called(preset.lesson)
        assert lesson is not None and preset.name == lesson.title
        assert preset.question.endswith("?") and preset.question.count("?") == 1
        assert {run.number for run in preset.steps} == set(range(1, len(lesson.steps) + 1))


def test_links_of_presets_that_are_out_in_the_world_are_still_runs_of_one() -> None:
    links = Path(__file__).with_name("preset_links.txt").read_text(encoding="utf-8").split()
    runs = [step.query for _, step in all_steps()]
    assert [link for link in links if of_link(link) not in runs] == []

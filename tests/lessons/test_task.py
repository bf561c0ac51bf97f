"""The task of a step: texts that judge a run as the step itself does."""

from __future__ import annotations

import numpy as np
import pytest

from playground.lessons import Lesson, Step
from playground.lessons.packs import all_lessons
from playground.lessons.run import Run
from playground.lessons.task import Judge, Task

LESSONS = [lesson for pack in all_lessons() for lesson in pack.lessons]


def run_of(step: Step, seed: int) -> list[Run]:
    """A run that never was, for each network of a step."""
    dice = np.random.default_rng(seed)
    experiments = [step.experiment] if step.experiment else list(step.subject.experiments)  # type: ignore[union-attr]
    weights = [
        np.ones((2, 3), np.float32),
        np.zeros(3, np.float32),
        np.ones((3, 1), np.float32),
        np.zeros(1, np.float32),
    ]
    runs = []
    for experiment in experiments:
        epochs = experiment.train.epochs
        curves = dice.uniform(0, 1, (epochs + 1, 6))
        curves[:, 0] = np.arange(epochs + 1)
        runs.append(Run(curves, weights, ended=True))
    return runs


@pytest.mark.parametrize("lesson", LESSONS, ids=[lesson.name for lesson in LESSONS])
def test_a_judge_says_of_a_run_what_the_step_says(lesson: Lesson) -> None:
    for step in lesson.steps:
        judge = Judge(Task.of(step), step.subject)
        for seed in range(3):
            runs = run_of(step, seed)
            seen = runs if step.wall else runs[0]
            reached, sentence, figures, _answer = judge.of(runs)
            wanted = (None, "") if step.check is None else step.check.of(seen)
            assert (reached, sentence) == wanted
            assert figures == step.quotes.of(seen)
            assert "{" not in step.explained(figures)

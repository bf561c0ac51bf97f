"""Every lesson's checks, run by the real engine from seeds that no lesson names; and the command that does so."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from playground.core import Experiment
from playground.lessons import Lesson, all_lessons, load_text
from playground.lessons.__main__ import main
from playground.lessons.running import outcomes, seeds_for

from .examples import FILE, RIGHT, WALL, changed
from .test_checks import Item

LESSONS = [lesson for pack in all_lessons() for lesson in pack.lessons]
SEEDS = seeds_for(3, first=12)


@pytest.mark.slow
@pytest.mark.parametrize("lesson", LESSONS, ids=[lesson.name for lesson in LESSONS])
def test_every_check_keeps_its_promise_on_seeds_the_lesson_does_not_name(lesson: Lesson) -> None:
    """For each of its settings, from its own and three other pairs of seeds, but for one: processors differ."""
    from playground.engine import train, train_wall  # TensorFlow takes seconds to load

    found = list(outcomes(lesson, train, train_wall, SEEDS))
    assert found or all(step.check is None for step in lesson.steps)
    broken = [outcome for outcome in found if outcome.fault]
    for outcome in broken:
        others = [each for each in broken if (each.step, each.what) == (outcome.step, outcome.what)]
        assert len(others) <= 1, "\n".join(map(str, others))


class Scripted:
    """Training that ends at accuracies that are given."""

    def __init__(self, *accuracies: float) -> None:
        self._accuracies = accuracies

    def train(self, experiment: Experiment) -> Iterator[Item]:
        good = experiment.model.hidden != ()
        yield Item(epoch=0, val_accuracy=0.5)
        for epoch, accuracy in enumerate(self._accuracies, start=1):
            yield Item(epoch=epoch, val_accuracy=accuracy if good else 0.6)

    def train_wall(self, experiments: Sequence[Experiment]) -> Iterator[list[Item]]:
        for items in zip(*map(self.train, experiments), strict=True):
            yield list(items)


def faults_of(text: str, *accuracies: float) -> list[str]:
    engine = Scripted(*accuracies)
    return [each.fault for each in outcomes(load_text(text, FILE), engine.train, engine.train_wall, [])]


def test_what_is_promised_is_held_against_what_is_said() -> None:
    assert faults_of(RIGHT, 0.9, 0.96) == ["", ""]
    assert faults_of(RIGHT, 0.96, 0.9) == ["it must be reached", ""]
    assert faults_of(changed("because: test accuracy", "because: gap"), 0.96) == ["", "it must be because of gap"]
    never = changed("?hidden=none&epochs=20", "?hidden=2&epochs=20")
    assert faults_of(never, 0.9, 0.97, 0.96) == ["", "it must not be reached, and was so at epoch 2"]


def test_what_is_to_be_reached_in_time_may_be_past_its_time_in_the_end() -> None:
    in_time = changed("check: val_accuracy >= 0.95", "check: [val_accuracy >= 0.95, epoch <= 2]")
    assert faults_of(in_time, 0.9, 0.96, 0.97) == ["", ""]
    assert faults_of(in_time, 0.9, 0.9, 0.97) == ["it must be reached", ""]


def test_where_a_step_has_a_solution_its_own_settings_must_not_reach_the_check() -> None:
    text = changed("hidden=4&epochs=20", "hidden=none&epochs=20").replace("[learning_rate,", "[hidden,")
    solved = changed("    points_at", "    solution: ?samples=400&hidden=4&epochs=20\n    points_at", text)
    assert faults_of(solved, 0.96) == ["", "", ""]
    assert faults_of(solved, 0.9) == ["", "it must be reached", ""]


def test_the_networks_of_a_wall_are_run_together() -> None:
    one = changed("      - some val_accuracy < 0.95\n      - max loss / min loss >= 2\n", "", WALL)
    assert faults_of(one, 0.9, 0.96) == [""]
    assert faults_of(WALL, 0.9, 0.96) == ["it must be reached"]


def test_the_command_reads_files_and_names_their_mistakes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    right, wrong = tmp_path / "right.md", tmp_path / "wrong.md"
    right.write_text(RIGHT)
    wrong.write_text(changed("minutes: 5", "minutes: x"))
    assert main(["check", str(right), "--seeds", "0"]) == 0
    assert main(["check", str(right), str(wrong), "--seeds", "0"]) == 1
    said = capsys.readouterr()
    assert "right.md: Rings, 1 step" in said.out
    assert said.err == "wrong.md, line 4, minutes: minutes must be a whole number in [1, 600]. Got 'x'.\n"


@pytest.mark.slow
def test_the_command_runs_a_lesson_with_the_real_engine(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "rings.md"
    file.write_text(changed("hidden=4&epochs=20", "hidden=4&epochs=2").replace("val_accuracy >= 0.95", "epoch >= 2"))
    assert main(["check", str(file), "--seeds", "1"]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 5
    assert lines[1].endswith(": reached: as promised")
    assert lines[4].endswith("NOT AS PROMISED (it must not be reached, and was so at epoch 2)")

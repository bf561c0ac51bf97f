"""The lessons there are, ours and a host's."""

from __future__ import annotations

from pathlib import Path

import pytest

from playground.lessons import Lesson, Step, all_lessons, from_folder, hosted, hosted_lesson, lesson_called
from playground.lessons.packs import FOLDER_SETTING
from playground.lessons.page_parts import POINTED_AT, TABS
from playground.lessons.predictions import Choices
from playground.runtime import views  # noqa: F401  declares the options of all views
from playground.runtime.protocol.show import ViewOptions

from .examples import RIGHT, changed

OURS = [lesson for pack in all_lessons() for lesson in pack.lessons]
STEPS = [pytest.param(lesson, step, id=f"{lesson.name}: {step.title}") for lesson in OURS for step in lesson.steps]


def test_all_lessons_load_with_names_of_their_own_and_the_first_one_comes_first() -> None:
    names = [lesson.name for lesson in OURS]
    assert names[:2] == ["first_steps", "line_and_ring"]
    assert len(set(names)) == len(names) >= 17
    assert all(lesson_called(lesson.name) is lesson for lesson in OURS)
    assert lesson_called("no_such") is None


def test_the_first_lesson_points_at_one_part_a_step() -> None:
    first = OURS[0]
    parts = [step.points_at for step in first.steps]
    assert first.minutes == 5
    assert len(set(parts)) == len(parts) >= 5
    assert set(parts) <= set(POINTED_AT)


@pytest.mark.parametrize(("lesson", "step"), STEPS)
def test_every_answer_gets_a_word_of_its_own_and_every_check_a_run_that_does_not_reach_it(
    lesson: Lesson, step: Step
) -> None:
    for asked in (step.predict, step.observe):
        if isinstance(asked, Choices):
            assert asked.answer is not None
            assert len(asked.choices) == len(asked.feedback)
            assert asked.question.endswith(("?", "."))
    assert max(each.train.epochs for each in getattr(step.wall, "experiments", [step.experiment])) <= 500
    if lesson.name != "first_steps":
        assert step.check is not None
        assert step.predict or step.observe or step.points_at or step.check


def test_the_tabs_that_a_view_may_name_are_those_of_the_stage() -> None:
    assert sorted(TABS) == sorted(ViewOptions.known)


def test_a_hosts_folder_gives_its_lessons_and_says_what_is_none(tmp_path: Path) -> None:
    inside, outside = tmp_path / "lessons", tmp_path / "outside.md"
    inside.mkdir()
    outside.write_text(RIGHT)
    (inside / "02_rings.md").write_text(RIGHT)
    (inside / "03_bad.md").write_text(changed("minutes: 5", "minutes: x"))
    (inside / "04_rings.md").write_text(RIGHT)
    (inside / "notes.txt").write_text("no lesson")
    (inside / "out.md").symlink_to(outside)
    (inside / "folder.md").mkdir()
    found = from_folder(inside)
    assert [lesson.name for lesson in found.lessons] == ["rings"]
    assert [error.file for error in found.errors] == ["03_bad.md", "04_rings.md"]
    environ = {FOLDER_SETTING: str(inside)}
    assert hosted(environ).lessons == found.lessons
    lesson = hosted_lesson("rings", environ)
    assert lesson is not None
    assert lesson.title == "Rings"


@pytest.mark.parametrize("name", ["../outside", "..", "/etc/passwd", "", "out", "Rings", "rings.md", "a" * 1000, "a\0"])
def test_a_name_that_is_none_leads_nowhere(name: str, tmp_path: Path) -> None:
    (tmp_path / "rings.md").write_text(RIGHT)
    assert hosted_lesson(name, {FOLDER_SETTING: str(tmp_path)}) is None


def test_without_a_folder_there_are_no_lessons_of_a_host(tmp_path: Path) -> None:
    for folder in ("", str(tmp_path / "none")):
        assert hosted({FOLDER_SETTING: folder}).lessons == ()
        assert hosted_lesson("rings", {FOLDER_SETTING: folder}) is None

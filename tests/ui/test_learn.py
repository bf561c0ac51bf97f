"""The page Learn: which step is shown, what of it may be changed, and what its run is judged by."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import pytest
import streamlit as st

from playground.core import Experiment
from playground.lessons import Lesson
from playground.lessons.packs import all_lessons, lesson_called
from playground.lessons.task import Task
from playground.ui.controls import known_lessons
from playground.ui.lesson.content import content_of
from playground.ui.web.component import Events

from .conftest import FakeRuns, Page

LESSONS = [lesson for pack in all_lessons() for lesson in pack.lessons]
TEACHERS = """---
title: Mine
level: basics
minutes: 3
goal: Try it.
steps:
  - title: One
    experiment: ?hidden=3&epochs=20
    free: [learning_rate, hidden]
    check: val_accuracy >= 0.6
  - title: Two
    wall: ?epochs=20&columns=hidden:2|3
    free: [learning_rate]
---
## One
Run it.
### Explained
{val_accuracy}
## Two
Run them.
### Explained
Done.
"""


class Learner:
    """Someone at the page, whose lesson and whose list are a field for each of their events."""

    def __init__(self, page: Page) -> None:
        self.page, self.runs = page, page.runs
        self.lessons: list[dict[str, Any]] = []
        self.lists: list[Any] = []
        self.wanted = ""

    def visit(self, link: Mapping[str, str | list[str]] | None = None) -> Learner:
        self.page.visit(link, path="learn")
        return self

    def say(self, event: str, value: Any) -> Learner:
        self.page.put(f"fake_{event}", json.dumps(value))
        return self

    @property
    def shown(self) -> tuple[str, int]:
        lesson: Lesson = self.lessons[-1]["shown"]
        return lesson.name, self.lessons[-1]["step"]

    @property
    def experiment(self) -> Experiment:
        return self.runs.held[str(self.lessons[-1]["token"])]


@pytest.fixture
def learner(page: Page, monkeypatch: pytest.MonkeyPatch) -> Learner:
    learner = Learner(page)

    def fake_lesson(shown: Lesson, step: int, *, on_step: Any, on_reset: Any, on_leave: Any, **data: Any) -> None:
        learner.lessons.append({"shown": shown, "step": step, **data})
        st.text_input("step", key="fake_step", on_change=lambda: on_step(json.loads(st.session_state.fake_step)))
        st.button("reset", key="fake_reset", on_click=on_reset)
        st.button("leave", key="fake_leave", on_click=on_leave)

    def fake_lessons(groups: Any, *, wanted: str, on_open: Any, on_kept: Any, on_remove: Any) -> None:
        learner.lists.append(groups)
        learner.wanted = wanted
        st.text_input("kept", key="fake_kept", on_change=lambda: on_kept(json.loads(st.session_state.fake_kept)))
        st.text_input("gone", key="fake_gone", on_change=lambda: on_remove(json.loads(st.session_state.fake_gone)))
        st.text_input("open", key="fake_open", on_change=lambda: on_open(json.loads(st.session_state.fake_open)))

    def fake_stage(token: str, *, on_new_weights: Any, on_network: Any, look: Any = None, **_more: Any) -> Events:
        st.text_input("Change", key="fake_net", on_change=lambda: on_network(json.loads(st.session_state.fake_net)))
        st.button("New weights", key="fake_new_weights", on_click=on_new_weights)
        return Events(gone=None)

    monkeypatch.setattr("playground.ui.pages.learn.show_lesson", fake_lesson)
    monkeypatch.setattr("playground.ui.pages.learn.show_lessons", fake_lessons)
    monkeypatch.setattr("playground.ui.pages.learn.stage", fake_stage)
    monkeypatch.setattr("playground.ui.pages.learn.show_wall", lambda token, **_more: Events(gone=None))
    return learner


@pytest.fixture
def taught(monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> None:
    """A host's folder with a teacher's lesson, a file that is none, and one that stands in place of ours."""
    (tmp_path / "mine.md").write_text(TEACHERS, encoding="utf-8")
    (tmp_path / "broken.md").write_text("---\ntitle: x\n---\n", encoding="utf-8")
    (tmp_path / "line_and_ring.md").write_text(TEACHERS.replace("Mine", "Theirs"), encoding="utf-8")
    monkeypatch.setenv("PLAYGROUND_LESSONS", str(tmp_path))


def test_without_a_lesson_all_are_listed_and_one_of_them_opens_at_its_address(learner: Learner) -> None:
    learner.visit()
    assert [lesson.name for _, lessons in learner.lists[-1] for _, lesson in lessons] == [each.name for each in LESSONS]
    for nonsense in (None, 3, "line_and_ring", {"lesson": 3}, {"lesson": "nope"}, {"step": 1}):
        learner.say("open", nonsense)
    assert not learner.lessons
    learner.say("open", {"lesson": "line_and_ring", "step": 2})
    assert learner.shown == ("line_and_ring", 2)
    assert learner.page.query == {"lesson": "line_and_ring", "step": "2"}


def test_every_step_opens_its_own_experiment_or_wall_and_its_run_is_judged_by_its_task(learner: Learner) -> None:
    for lesson in LESSONS:
        for number, step in enumerate(lesson.steps, start=1):
            learner.visit({"lesson": lesson.name, "step": str(number)})
            token = learner.lessons[-1]["token"]
            assert learner.runs.subject_of(token) == step.subject
            assert learner.runs.task_of(token) == Task.of(step)
            assert learner.page.notices == "" and not learner.lessons[-1]["changed"]


def test_what_an_address_has_that_is_none_gets_a_sentence_and_the_rest_is_shown(learner: Learner) -> None:
    learner.visit({"lesson": "n\n<b>ope"})
    assert learner.page.notices == "There is no lesson called 'n\\n<b>ope'." and not learner.lessons
    learner.visit({"lesson": "line_and_ring", "step": "99", "learning_rate": "0.5", "nonsense": "1"})
    assert learner.shown == ("line_and_ring", 1)
    assert learner.page.notices.split("\n") == [
        "step must be a whole number in [1, 2]. Got 99.",
        "A link must change free knobs of the step alone: it has none. Got learning_rate.",
        "There is no knob called 'nonsense'.",
    ]
    learner.visit({"lesson": ["line_and_ring", "l2"], "step": ["2", "1"]})
    assert learner.shown == ("line_and_ring", 2)
    learner.visit({"lesson": "my_file"})
    assert "open its file again" in learner.page.notices and learner.wanted == "my_file"


def test_a_browser_moves_between_steps_and_says_nothing_else(learner: Learner) -> None:
    learner.visit({"lesson": "line_and_ring"})
    for nonsense in (0, 3, -1, True, 1.5, "2", None, [2], {"step": 2}):
        learner.say("step", nonsense)
        assert learner.shown == ("line_and_ring", 1)
    learner.say("step", 2)
    assert learner.shown == ("line_and_ring", 2)
    learner.page.click("fake_leave")
    assert learner.page.query == {} and len(learner.lists) == 1


@pytest.mark.usefixtures("taught")
def test_free_knobs_make_the_run_and_the_address_and_the_settings_of_the_lesson_come_back(learner: Learner) -> None:
    page = learner.visit({"lesson": "mine"}).page
    assert page.has("knob_learning_rate") and page.has("knob_layers") and not page.has("knob_dataset")
    page.turn("learning_rate", "0.3")
    assert learner.experiment.train.learning_rate == 0.3 and learner.lessons[-1]["changed"]
    assert page.query == {"lesson": "mine", "step": "1", "learning_rate": "0.3"}
    page.click("fake_reset")
    assert learner.experiment == learner.lessons[-1]["shown"].steps[0].experiment
    learner.visit({"lesson": "mine", "step": "1", "learning_rate": "0.1", "hidden": "5", "epochs": "40"})
    assert (learner.experiment.model.hidden, learner.experiment.train.learning_rate) == ((5,), 0.1)
    assert page.notices == ""
    learner.visit({"lesson": "mine", "learning_rate": "-1"})
    assert "learning_rate must be" in page.notices and not learner.lessons[-1]["changed"]


@pytest.mark.usefixtures("taught")
def test_the_stage_changes_what_is_free_and_nothing_else(learner: Learner) -> None:
    page = learner.visit({"lesson": "mine"}).page
    learner.say("net", {"hidden": [3, 2], "features": ["x1", "x2"]})
    assert learner.experiment.model.hidden == (3, 2)
    seed = learner.experiment.train.seed
    for change in ({"hidden": [3, 2], "features": ["x1"]}, {"change": {"noise": "0.5"}}, {"change": 3}, {}):
        before = learner.experiment
        learner.say("net", change)
        assert learner.experiment == before
        assert "leaves that as it is" in page.notices
    learner.say("net", {"change": {"epochs": "40"}})
    assert learner.experiment.train.epochs == 40
    page.click("fake_new_weights")
    assert learner.experiment.train.seed == seed


@pytest.mark.usefixtures("taught")
def test_a_free_knob_of_a_wall_is_that_of_all_its_networks(learner: Learner) -> None:
    page = learner.visit({"lesson": "mine", "step": "2"}).page
    page.turn("learning_rate", "0.5")
    wall = learner.runs.walls[learner.lessons[-1]["token"]]
    assert [(each.model.hidden, each.train.learning_rate) for each in wall.experiments] == [((2,), 0.5), ((3,), 0.5)]
    learner.say("step", 1)
    assert learner.experiment.train.learning_rate == 0.03


@pytest.mark.usefixtures("taught")
def test_a_hosts_lessons_stand_beside_ours_and_what_is_wrong_with_a_file_is_said(learner: Learner) -> None:
    learner.visit()
    (title, theirs), *_ = learner.lists[-1]
    assert title == known_lessons.HOSTED
    assert [taught for taught, _ in theirs] == ["host/line_and_ring", "host/mine"]
    assert "broken.md, line 2, steps" in learner.page.notices
    learner.visit({"lesson": "line_and_ring"})
    assert learner.lessons[-1]["shown"].title == "Theirs"
    assert learner.lessons[-1]["taught"] == "host/line_and_ring"


def test_a_file_is_opened_under_a_name_of_its_own_and_one_that_is_none_says_why(
    learner: Learner, monkeypatch: pytest.MonkeyPatch
) -> None:
    state: dict[str, Any] = {}
    monkeypatch.setattr(st, "session_state", state)
    lesson = known_lessons.open_file(TEACHERS.encode(), "../x/02_Mine.md")
    assert lesson is not None and lesson.name == "my_mine"
    found = known_lessons.find("my_mine")
    assert found is not None and found[0] == "file/my_mine"
    assert known_lessons.open_file(b"\xff\x00", "bad.md") is None
    assert known_lessons.refused() and all(each.startswith("bad.md, line 1") for each in known_lessons.refused())
    for number in range(30):
        known_lessons.open_file(TEACHERS.encode(), f"l{number}.md")
    assert len(known_lessons.opened()) == known_lessons.MOST_OPENED and known_lessons.refused() == ()


def test_a_file_that_the_browser_has_kept_is_shown_where_it_was_left(learner: Learner) -> None:
    kept = {"file": "../02_02_Mine.md", "text": TEACHERS}
    where = {"lesson": "my_02_mine", "step": "2", "learning_rate": "0.3"}
    learner.visit(where)
    assert learner.page.query == where and not learner.lessons, "the address waits for what the browser has"
    for nonsense in (
        None,
        3,
        [kept],
        {},
        {"file": "mine.md"},
        {"file": 3, "text": TEACHERS},
        {"file": "a.md", "text": None},
    ):
        learner.say("kept", nonsense)
    learner.say("kept", {"file": "other.md", "text": TEACHERS})
    assert not learner.lessons and learner.lists[-1][0][0] == known_lessons.FILES
    learner.say("kept", {**kept, "text": "no \ud800 lesson"})
    assert not learner.lessons and "02_02_Mine.md, line 1" in learner.page.notices
    learner.say("kept", kept)
    assert learner.shown == ("my_02_mine", 2) and learner.page.query == where and learner.lessons[-1]["changed"]
    assert learner.page.notices == ""
    assert learner.lessons[-1]["source"] == {"name": "my_02_mine", **kept}
    learner.page.click("fake_leave")
    assert learner.page.query == {} and learner.wanted == ""
    learner.say("gone", ["my_02_mine"])
    learner.say("gone", "my_02_mine")
    assert [taught for taught, _ in learner.lists[-1][0][1]] == ["file/my_other"]
    learner.visit({"lesson": "line_and_ring"})
    assert learner.lessons[-1]["source"] is None


def test_a_file_that_is_too_long_to_come_back_is_not_given_to_the_browser(learner: Learner) -> None:
    for letters, is_given in ((10_000, True), (13_000, False)):  # of two bytes each, in two texts
        text = TEACHERS.replace("Run it.", "ö" * letters).replace("Run them.", "ö" * letters)
        learner.visit().say("kept", {"file": f"long{letters}.md", "text": text})
        learner.say("open", {"lesson": f"my_long{letters}"})
        assert (learner.lessons[-1]["source"] is not None) == is_given


def test_what_the_component_is_told_is_all_of_a_lesson() -> None:
    lesson = lesson_called("line_and_ring")
    assert lesson is not None
    told = json.loads(content_of(lesson))
    assert [step["title"] for step in told["steps"]] == [step.title for step in lesson.steps]
    assert told["steps"][0]["predict"]["kind"] == "choice" and told["steps"][1]["predict"]["kind"] == "drawn"


def test_a_run_of_another_task_is_another_run(runs: FakeRuns, learner: Learner) -> None:
    learner.visit({"lesson": "first_steps", "step": "2"})
    before = learner.lessons[-1]["token"]
    learner.say("step", 1)
    assert learner.lessons[-1]["token"] == before, "the same experiment and the same task"
    learner.say("step", 3)
    assert learner.lessons[-1]["token"] != before and before not in runs.held


def test_the_uploader_of_a_lesson_names_a_size_that_is_near_to_what_is_kept(learner: Learner) -> None:
    learner.visit()
    (uploader,) = learner.page.app.get("file_uploader")
    assert uploader.proto.max_upload_size_mb == 1

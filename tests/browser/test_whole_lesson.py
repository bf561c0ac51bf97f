"""A lesson of three steps, from opening the room to the table of results, as those in the class see it."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from pathlib import Path
from time import monotonic
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.axe import faults
from tests.in_class import ClassLearner, InClass, Teacher
from tests.served_app import PATIENCE, SCHEMES, Scheme, ServedApp

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]

LESSON = """---
title: Round and straight
level: first steps
minutes: 3
goal: See what a hidden layer is for.
steps:
  - title: Four units
    experiment: ?dataset=circle&samples=100&hidden=4&learning_rate=0.1&epochs=300
    free: [learning_rate]
    predict:
      question: What will the boundary look like?
      choices: [A straight line., A closed curve.]
      answer: 2
      feedback: [That is what it is without a hidden layer., That is what happens.]
    check: epoch >= 5
    observe:
      question: What did you see?
      choices: [It stayed straight., It closed round the disc.]
      answer: 2
      feedback: [Look again at the end of the run., "Yes, round the disc."]
  - title: No hidden layer
    experiment: ?dataset=circle&samples=100&hidden=none&learning_rate=0.1&epochs=300
    check: epoch >= 5
  - title: Two units
    experiment: ?dataset=circle&samples=100&hidden=2&learning_rate=0.1&epochs=300
    check: epoch >= 5
---

## Four units

Four units, each with a straight border of its own.

### Explained

Four straight borders can close round the disc.

## No hidden layer

Now without any.

### Explained

One straight border, and no way round.

## Two units

And with two?

### Explained

Two straight borders leave a strip.
"""
ALL_IN = """scheme => [...document.querySelectorAll(".kp-stage[data-theme]")]
  .every(({dataset}) => dataset.theme === scheme)"""
IS_DARK = "matchMedia('(prefers-color-scheme: dark)').matches"
SEATS: dict[str, dict[str, Any]] = {
    "phone": {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True},
    "dark": {"viewport": {"width": 1280, "height": 720}, "color_scheme": "dark"},
    "third": {"viewport": {"width": 1280, "height": 720}},
    "fourth": {"viewport": {"width": 1280, "height": 720}},
}
PREDICTED = dict.fromkeys(SEATS, "A closed curve.") | {"phone": "A straight line."}


class Class:
    """Everybody in the room, in a browser profile each; what goes wrong in a page is taken down."""

    def __init__(self, browser: Browser, app: ServedApp, pictures: Path) -> None:
        self.browser, self.app, self.pictures = browser, app, pictures
        self.contexts: list[BrowserContext] = []
        self.errors: list[str] = []

    def page(self, **options: Any) -> Page:
        self.contexts.append(self.browser.new_context(**options))
        page = self.contexts[-1].new_page()
        page.set_default_timeout(1000 * PATIENCE)
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        return page

    def look(self, name: str, *people: InClass) -> None:
        """Nothing keeps anybody out of what these see, and a picture of it is kept.

        The teacher's page and the projector's are looked at light and dark, a learner's as they have it: one is dark.
        """
        for number, one in enumerate(people):
            own: Scheme = "dark" if one.page.evaluate(IS_DARK) else "light"
            for scheme in (own,) if isinstance(one, ClassLearner) else SCHEMES:
                one.page.emulate_media(color_scheme=scheme)
                one.page.wait_for_function(ALL_IN, arg=scheme)
                self.errors += [f"{name} {number} {scheme}: {fault}" for fault in faults(one.page)]
                one.page.screenshot(path=self.pictures / f"{name}-{number}-{scheme}.png")
            one.page.emulate_media(color_scheme=own)

    def close(self) -> None:
        for context in self.contexts:
            context.close()


@pytest.fixture
def class_of(browser: Browser, app: ServedApp, tmp_path: Path) -> Iterator[Class]:
    gathered = Class(browser, app, tmp_path)
    yield gathered
    gathered.close()
    assert gathered.errors == []


def test_a_lesson_of_three_steps_from_opening_to_the_table_of_results(
    class_of: Class, app: ServedApp, tmp_path: Path
) -> None:
    teacher = Teacher(class_of.page(viewport={"width": 1280, "height": 720}, accept_downloads=True), app)
    links = _opens_a_room(class_of, teacher)
    projector = _projects(class_of, teacher, links)
    learners = _join(class_of, teacher)
    _sends(class_of, teacher, list(learners.values()), tmp_path)
    _first_step(class_of, teacher, learners)
    _second_step(class_of, teacher, learners)
    _discusses(class_of, teacher, projector, learners)
    _third_step_and_a_challenge(class_of, teacher, learners)
    plan = _takes_home(class_of, teacher, learners, tmp_path)
    _closes(class_of, teacher, projector, learners)
    _opens_another_by(plan, class_of)


def _opens_a_room(everybody: Class, teacher: Teacher) -> dict[str, str]:
    teacher.goto()
    expect(teacher.page.get_by_role("button", name="Open a room")).to_be_visible()
    everybody.look("door", teacher)
    teacher.open_a_room()
    everybody.look("opened", teacher)
    titles = ("For your learners", "For you and who teaches with you", "For the projector")
    links = {title: teacher.given(title) for title in titles}
    assert links["For your learners"].endswith(f"/class?room={teacher.code}")
    teacher.press("Go to the room")
    everybody.look("nobody", teacher)
    return links


def _projects(everybody: Class, teacher: Teacher, links: dict[str, str]) -> InClass:
    projector = InClass(everybody.page(viewport={"width": 1024, "height": 768}), teacher.app)
    projector.page.goto(links["For the projector"])
    projector.until(role="projector", code=teacher.code)
    assert "#" not in projector.page.url
    for size in ((1024, 768), (1920, 1080)):
        projector.page.set_viewport_size({"width": size[0], "height": size[1]})
        everybody.look(f"projector-joining-{size[0]}", projector)
    return projector


def _join(everybody: Class, teacher: Teacher) -> dict[str, ClassLearner]:
    learners = {name: ClassLearner(everybody.page(**options), teacher.app) for name, options in SEATS.items()}
    code = teacher.code
    learners["phone"].type_code(f"{code[:3]} {code[3:]}".lower())
    for learner in list(learners.values())[1:]:
        learner.goto(f"room={code}")
    everybody.look("lobby", *list(learners.values())[:2])
    for learner in learners.values():
        learner.join()
    teacher.until(learners="4")
    expect(teacher.page.get_by_test_id("head-count")).to_have_text("4 of 4 connected")
    assert {learner.name for learner in learners.values()} == {
        str(seat.get_attribute("data-name")) for seat in teacher.page.get_by_test_id("seat").all()
    }
    for learner in learners.values():
        learner.until_stage("ready")
    everybody.look("joined", teacher, *list(learners.values())[:3])
    return learners


def _sends(everybody: Class, teacher: Teacher, learners: list[ClassLearner], folder: Path) -> None:
    file = folder / "round.md"
    file.write_text(LESSON)
    teacher.send_file(file)
    for learner in learners:
        learner.until_lesson(1, "predict")
        expect(learner.page.get_by_test_id("sent-title")).to_have_text("Round and straight")
    seconds = monotonic() - teacher.sent_at
    print(f"from Send to shown on all pages: {seconds:.2f} s")
    teacher.page.get_by_role("combobox", name="Open up to").select_option(label="step 1 of 3")
    for learner in learners:
        expect(learner.page.get_by_text("Your teacher has opened step 1").first).to_be_visible()
    everybody.look("sent", teacher, *learners[:2])


def _first_step(everybody: Class, teacher: Teacher, learners: dict[str, ClassLearner]) -> None:
    for name, learner in learners.items():
        learner.until_stage("ready").predict(PREDICTED[name])
    teacher.press("Answers")
    everybody.look("predictions", teacher)
    teacher.press("Answers")
    for learner in learners.values():
        learner.press("Run it")
    for learner in learners.values():
        expect(learner.lesson).to_have_attribute("data-reached", "true")
        learner.until_lesson(1, "observe").observe("It closed round the disc.").until_lesson(1, "explained")
        expect(learner.page.get_by_role("button", name="Next step")).to_be_disabled()
        expect(teacher.seat(learner.name)).to_contain_text("step 1 ✓")
    everybody.look("reached", teacher, *list(learners.values())[:2])


def _second_step(everybody: Class, teacher: Teacher, learners: dict[str, ClassLearner]) -> None:
    teacher.press("Open the next")
    for learner in learners.values():
        learner.press("Next step").until_lesson(2, "run").until_stage("ready").press("Run it")
    for learner in learners.values():
        learner.until_epoch(5)
    before = monotonic()
    teacher.press("Pause the class")
    for learner in learners.values():
        expect(learner.state).to_have_text("The class is paused.")
    seconds = monotonic() - before
    print(f"from Pause to said on all pages: {seconds:.2f} s")
    everybody.look("paused", teacher, *list(learners.values())[:2])
    teacher.press("Go on")
    for learner in learners.values():
        expect(learner.state).to_be_hidden()


def _discusses(everybody: Class, teacher: Teacher, projector: InClass, learners: dict[str, ClassLearner]) -> None:
    third, fourth = learners["third"], learners["fourth"]
    teacher.seat(third.name).click()
    shoulder = teacher.page.get_by_test_id("shoulder")
    expect(shoulder.get_by_test_id("shoulder-run")).to_be_visible()
    shoulder.get_by_label("A message to them").fill("Look at the corners.")
    teacher.press("Tell", shoulder)
    expect(third.page.get_by_test_id("note")).to_contain_text("Look at the corners.")
    teacher.press("Pin to the projector", shoulder)
    everybody.look("shoulder", teacher, third)
    third.press("Dismiss")
    expect(third.page.get_by_test_id("note")).to_be_hidden()
    teacher.page.keyboard.press("Escape")
    teacher.seat(fourth.name).click()
    teacher.press("Pin to the projector", shoulder)
    teacher.page.keyboard.press("Escape")
    for size in ((1024, 768), (1920, 1080)):
        projector.page.set_viewport_size({"width": size[0], "height": size[1]})
        everybody.look(f"projector-wall-{size[0]}", projector)
    teacher.press("On the projector").press("Pinned learners")
    expect(projector.page.get_by_test_id("projected-pins").locator("canvas")).to_have_count(2)
    teacher.press("Countdown").press("5 min")
    for size in ((1024, 768), (1920, 1080)):
        projector.page.set_viewport_size({"width": size[0], "height": size[1]})
        everybody.look(f"projector-pins-{size[0]}", projector)
    everybody.look("projecting", teacher)
    teacher.press("Answers", teacher.page.get_by_test_id("projecting"))
    expect(projector.page.get_by_test_id("projected-answers")).to_contain_text("A closed curve.")
    for size in ((1024, 768), (1920, 1080)):
        projector.page.set_viewport_size({"width": size[0], "height": size[1]})
        everybody.look(f"projector-answers-{size[0]}", projector)
    assert not any(learner.name in projector.page.content() for learner in learners.values())
    teacher.press("On the projector")


def _third_step_and_a_challenge(everybody: Class, teacher: Teacher, learners: dict[str, ClassLearner]) -> None:
    teacher.page.get_by_role("combobox", name="Open up to").select_option(label="all steps")
    for learner in learners.values():
        learner.press("Next step").until_lesson(3, "run").until_stage("ready").press("Run it")
    for learner in learners.values():
        learner.until_lesson(3, "explained")
    teacher.press("Challenges").press("Set the challenge")
    contests = teacher.page.get_by_test_id("contests")
    expect(contests).to_contain_text("Best accuracy")
    everybody.look("challenge", teacher)
    for name in ("phone", "dark"):
        learner = learners[name]
        learner.page.get_by_text("Challenge: Best accuracy").click()
        learner.press("Hand in")
    for name in ("phone", "dark"):
        expect(learners[name].page.get_by_text("You: place")).to_be_visible()
    expect(contests.locator("tbody tr")).to_have_count(2)
    everybody.look("handed-in", teacher, learners["phone"], learners["dark"])
    teacher.press("Challenges")


def _takes_home(everybody: Class, teacher: Teacher, learners: dict[str, ClassLearner], folder: Path) -> Path:
    teacher.press("Results")
    dialog = teacher.page.get_by_test_id("results")
    expect(dialog.get_by_role("table")).to_be_visible()
    everybody.look("results", teacher)
    with teacher.page.expect_download() as table:
        teacher.press("Download CSV", dialog)
    table.value.save_as(folder / "class.csv")
    _expect_table(folder / "class.csv", everybody, learners)
    teacher.press("Summary", dialog)
    expect(teacher.page.frame_locator("iframe[title=Summary]").get_by_text("4 learners")).to_be_visible()
    everybody.look("summary", teacher)
    with teacher.page.expect_download() as plan:
        teacher.press("Download the plan", dialog)
    plan.value.save_as(folder / "plan.json")
    text = (folder / "plan.json").read_text()
    json.loads(text)
    assert not any(learner.name in text for learner in learners.values())
    teacher.page.keyboard.press("Escape")
    return folder / "plan.json"


def _expect_table(file: Path, everybody: Class, learners: dict[str, ClassLearner]) -> None:
    read = csv.DictReader(io.StringIO(file.read_bytes().decode("utf-8-sig"), newline=""))
    rows = [row for row in read if not row["challenge"]]
    steps = {(row["name"], row["step"]): row for row in rows}
    assert steps.keys() == {(learner.name, step) for learner in learners.values() for step in "123"}
    for name, learner in learners.items():
        first = steps[learner.name, "1"]
        assert first["title"] == "Round and straight"
        assert first["prediction"] == PREDICTED[name]
        assert first["answer"] == "It closed round the disc."
        assert {steps[learner.name, step]["reached"] for step in "123"} == {"yes"}
        assert 0 < float(first["best_accuracy"]) <= 1
    opened = everybody.page()
    link = steps[learners["dark"].name, "3"]["link"]
    assert link.startswith(everybody.app.url(""))
    opened.goto(link)
    opened.locator("[data-testid=stage][data-state=ready]").wait_for()
    assert re.search("hidden=2(&|$)", opened.url)


def _closes(everybody: Class, teacher: Teacher, projector: InClass, learners: dict[str, ClassLearner]) -> None:
    teacher.press("More").press("Close the room")
    teacher.page.get_by_role("group", name="Close the room").get_by_role("button", name="Close the room").click()
    teacher.until(state="closed")
    for learner in learners.values():
        expect(learner.state).to_contain_text("This room is closed.")
    projector.until(state="closed")
    everybody.look("closed", teacher, projector, *list(learners.values())[:2])


def _opens_another_by(plan: Path, everybody: Class) -> None:
    teacher = Teacher(everybody.page(viewport={"width": 1280, "height": 720}), everybody.app).goto()
    teacher.page.get_by_label("With the plan of an earlier room").set_input_files(plan)
    expect(teacher.page.get_by_text("sets the room up")).to_be_visible()
    everybody.look("plan", teacher)
    teacher.press("Open a room").until(role="teacher", state="open").press("Go to the room")
    expect(teacher.page.get_by_test_id("sent")).to_have_text("Nothing was sent yet. The plan lies ready.")
    learner = ClassLearner(everybody.page(), everybody.app).goto(f"room={teacher.code}").join()
    everybody.look("planned", teacher)
    teacher.send_again("Round and straight (of the plan)")
    learner.until_lesson(1, "predict")
    expect(teacher.page.get_by_test_id("sent")).to_have_text("Sent to all: Round and straight")
    teacher.press("Send to all")
    everybody.look("sending", teacher)

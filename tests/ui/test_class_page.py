"""The page Class: who a session is in a room, and what its script shows of what was sent."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
import streamlit as st

from playground.classroom import rooms as served_rooms
from playground.classroom.command import Who
from playground.classroom.room import Sent
from playground.core import Experiment
from playground.core.query import of_link
from playground.lessons import Lesson
from playground.ui.web import addresses
from playground.ui.web.component import Events

from .conftest import FakeRuns, Page

CODE, TOKEN, KEY = "BHMPTX", "token-of-a-learner", "key-of-the-teacher"
SPIRAL = Sent(1, "experiment", "?dataset=spiral&hidden=8,8", "Spiral", free=("learning_rate", "hidden"))
MOONS = Sent(2, "experiment", "?dataset=moons", "Moons")
WALL = Sent(3, "wall", "?columns=hidden:2|4", "Widths")
LESSON = Sent(4, "lesson", "?lesson=line_and_ring", "A line and a ring", steps=2)
TEACHERS = """---
title: Mine
level: basics
minutes: 3
goal: Try it.
steps:
  - title: One
    experiment: ?hidden=3&epochs=20
---
## One
Run it.
### Explained
Done.
"""


@dataclass
class FakeRooms:
    """One room that knows one learner and one teacher."""

    sent: Sent | None = None
    open: int | None = None
    paused: bool = False
    knows: bool = True
    asked: list[tuple[str, str, str]] = field(default_factory=list)

    def recognise(self, code: str, role: str, secret: str) -> Who | None:
        self.asked.append((code, role, secret))
        known = {("learner", TOKEN): Who(code, "learner", 7), ("teacher", KEY): Who(code, "teacher")}
        return known.get((role, secret)) if self.knows and code == CODE else None

    def sent_to(self, who: Who) -> Sent | None:
        assert who.seat == 7
        return self.sent

    def open_to(self, who: Who) -> int | None:
        return self.open

    def is_paused(self, who: Who) -> bool:
        return self.paused


class Learner:
    """Somebody at the page, whose room and whose lesson are a field for each of their events."""

    def __init__(self, page: Page, rooms: FakeRooms) -> None:
        self.page, self.rooms, self.runs = page, rooms, page.runs
        self.shown: list[dict[str, Any]] = []
        self.lessons: list[dict[str, Any]] = []
        self.stages: list[dict[str, Any]] = []
        self.walls: list[str] = []

    def visit(self, query: dict[str, str | list[str]] | None = None) -> Learner:
        self.page.visit({"room": CODE} if query is None else query, path="class")
        return self

    def say(self, **place: Any) -> Learner:
        """The page says who it is, and where."""
        return self.say_anything({"code": CODE, "role": "learner", "secret": TOKEN, **place})

    def say_anything(self, value: Any) -> Learner:
        # The same once more is nothing new to a field.
        self.page.put("fake_place", json.dumps(value) + " " * (len(self.shown) % 7))
        return self

    def get(self, sent: Sent | None, open_to: int | None = None) -> Learner:
        """The teacher sends something, and the page says that it has heard."""
        self.rooms.sent, self.rooms.open = sent, open_to
        return self.say(sent=0 if sent is None else sent.number)

    @property
    def data(self) -> dict[str, Any]:
        return self.shown[-1]

    @property
    def experiment(self) -> Experiment:
        return self.runs.held[str(self.data["token"])]


@pytest.fixture
def rooms(monkeypatch: pytest.MonkeyPatch) -> FakeRooms:
    rooms = FakeRooms()
    monkeypatch.setattr("playground.ui.pages.classroom.rooms", lambda: rooms)
    return rooms


@pytest.fixture
def learner(page: Page, rooms: FakeRooms, monkeypatch: pytest.MonkeyPatch) -> Learner:
    learner = Learner(page, rooms)

    def fake_room(*, on_place: Callable[[Any], None], **data: Any) -> None:
        learner.shown.append(data)
        st.text_input("place", key="fake_place", on_change=lambda: on_place(json.loads(st.session_state.fake_place)))

    def fake_lesson(shown: Lesson, step: int, *, on_step: Any, **data: Any) -> None:
        learner.lessons.append({"shown": shown, "step": step, **data})
        st.text_input("step", key="fake_step", on_change=lambda: on_step(json.loads(st.session_state.fake_step)))

    def fake_stage(token: str, *, on_new_weights: Any, on_network: Any, **data: Any) -> Events:
        learner.stages.append({"token": token, **data})
        st.text_input("Change", key="fake_net", on_change=lambda: on_network(json.loads(st.session_state.fake_net)))
        st.button("New weights", key="fake_new_weights", on_click=on_new_weights)
        return Events(gone=None)

    def fake_wall(token: str, **_data: Any) -> Events:
        learner.walls.append(token)
        return Events(gone=None)

    for name, fake in (("show_room", fake_room), ("show_lesson", fake_lesson), ("stage", fake_stage)):
        monkeypatch.setattr(f"playground.ui.pages.classroom.{name}", fake)
    monkeypatch.setattr("playground.ui.pages.classroom.show_wall", fake_wall)
    return learner


def test_nobody_has_no_run_and_the_rooms_are_asked_nothing(learner: Learner) -> None:
    learner.visit({})
    assert learner.data["code"] == "" and learner.data["role"] == ""
    assert learner.runs.calls == [] and learner.rooms.asked == []


def test_an_address_names_the_room_in_any_spelling_and_a_wrong_one_is_refused_in_words(learner: Learner) -> None:
    learner.visit({"room": "bhm-ptx", "as": "guest"})
    assert (learner.data["code"], learner.data["guest"]) == (CODE, True)
    assert learner.page.query == {"room": CODE, "as": "guest"}
    learner.visit({"room": "AEIOU1"})
    assert learner.data["code"] == "" and "six letters" in learner.page.notices


@pytest.mark.parametrize(
    "value",
    [
        None,
        3,
        "learner",
        [],
        {"code": CODE},
        {"code": CODE, "role": "learner", "secret": "another"},
        {"code": CODE, "role": "teacher", "secret": TOKEN},
        {"code": CODE, "role": "server", "secret": KEY},
        {"code": CODE, "role": "learner", "secret": TOKEN, "seat": 3},
        {"code": CODE, "role": "learner", "secret": "x" * 10_000},
        {"code": "CCCCCC", "role": "learner", "secret": TOKEN},
        {"code": CODE, "role": "learner", "secret": TOKEN, "sent": "1"},
    ],
    ids=lambda value: json.dumps(value)[:60],
)
def test_whoever_the_rooms_do_not_know_is_nobody(learner: Learner, value: Any) -> None:
    learner.rooms.sent = SPIRAL
    learner.visit().say_anything(value)
    assert learner.data["role"] == "" and learner.runs.calls == []


def test_a_teacher_is_told_so_and_trains_nothing(learner: Learner) -> None:
    learner.visit().say(role="teacher", secret=KEY)
    assert learner.data["role"] == "teacher" and learner.runs.calls == []
    assert learner.page.query == {"room": CODE}


def test_a_run_that_begins_while_the_class_is_paused_may_not_train_yet(learner: Learner) -> None:
    learner.visit().say().get(SPIRAL)
    assert learner.data["token"] not in learner.runs.resting
    learner.rooms.paused = True
    learner.get(MOONS)
    assert learner.data["token"] in learner.runs.resting
    learner.rooms.paused = False
    learner.get(WALL)
    assert learner.data["token"] not in learner.runs.resting


def test_before_anything_is_sent_a_learner_has_the_experiment_of_play_and_all_its_knobs(learner: Learner) -> None:
    learner.visit().say()
    assert learner.data == {**learner.data, "role": "learner", "sent": 0, "is_own": True}
    assert learner.experiment == Experiment()
    assert learner.page.has("knob_optimizer")


def test_what_is_sent_is_shown_with_exactly_the_free_knobs_and_nothing_else_may_be_changed(learner: Learner) -> None:
    learner.visit().say().get(SPIRAL)
    assert learner.data == {**learner.data, "sent": 1, "is_own": False}
    assert learner.experiment == Experiment.from_query(of_link(SPIRAL.link))[0]
    assert learner.page.has("knob_learning_rate") and learner.page.has("knob_layers")
    assert not learner.page.has("knob_optimizer") and not learner.page.has("knob_dataset")
    locked = set(learner.runs.locked[learner.data["token"]])
    assert {"dataset", "weights", "seed"} <= locked and not locked & {"learning_rate", "hidden", "epochs"}
    learner.page.put("fake_net", json.dumps({"change": {"noise": "0.3"}}))
    assert learner.experiment.data.noise == Experiment().data.noise
    learner.page.turn("learning_rate", "0.3")
    assert learner.experiment.train.learning_rate == 0.3
    assert learner.page.query == {"room": CODE}, "the address is the room's"


def test_without_a_word_on_knobs_all_of_them_are_free(learner: Learner) -> None:
    learner.visit().say().get(MOONS)
    assert learner.page.has("knob_optimizer") and learner.runs.locked[learner.data["token"]] == ()


def test_their_own_stays_as_it_was_one_click_away(learner: Learner) -> None:
    learner.visit().say()
    learner.page.turn("optimizer", "adam")
    own = learner.data["token"]
    learner.get(SPIRAL)
    assert learner.experiment.train.optimizer != "adam"
    sent = learner.data["token"]
    learner.say(sent=1, is_own=True)
    assert learner.data == {**learner.data, "token": own, "is_own": True, "sent": 1}
    assert learner.experiment.train.optimizer == "adam" and learner.page.has("knob_optimizer")
    learner.say(sent=1, is_own=False)
    assert learner.data["token"] == sent
    learner.say(sent=1, is_own=True).get(MOONS)
    assert learner.data == {**learner.data, "is_own": False, "sent": 2}, "what is new is shown at once"


def test_a_wall_is_shown_on_the_wall_and_an_experiment_after_it_on_the_stage(learner: Learner) -> None:
    learner.visit().say().get(WALL)
    assert learner.walls == [learner.data["token"]]
    assert len(learner.runs.walls[learner.walls[0]].experiments) == 2
    learner.get(MOONS)
    assert learner.experiment.data.dataset == "moons" and len(learner.walls) == 1


def test_a_lesson_is_shown_as_far_as_it_is_open_and_a_step_beyond_says_why(learner: Learner) -> None:
    learner.visit().say().get(LESSON, open_to=1)
    assert learner.lessons[-1]["shown"].name == "line_and_ring"
    assert learner.lessons[-1] == {**learner.lessons[-1], "step": 1, "in_class": True, "open_to": 1}
    assert learner.lessons[-1]["taught"] == "class/bhmptx_4", "answers given elsewhere do not count here"
    learner.page.put("fake_step", "2")
    assert learner.lessons[-1]["step"] == 1
    assert "Your teacher has opened step 1." in learner.page.notices
    learner.get(LESSON, open_to=2)
    learner.page.put("fake_step", "2 ")
    assert learner.lessons[-1]["step"] == 2 and learner.data["step"] == 2


def test_a_lesson_of_a_teachers_own_file_needs_no_file_here_and_one_that_is_none_says_so(learner: Learner) -> None:
    learner.visit().say().get(Sent(5, "lesson", "?lesson=mine", "Mine", lesson=TEACHERS, steps=1))
    assert learner.lessons[-1]["shown"].title == "Mine"
    learner.get(Sent(6, "lesson", "?lesson=nowhere", "Nowhere"))
    assert "What was sent cannot be shown here" in learner.page.notices


def test_a_session_that_begins_anew_goes_on_where_the_page_was(learner: Learner) -> None:
    learner.rooms.sent = SPIRAL
    changed = SPIRAL.link + "&learning_rate=0.3&optimizer=adam"
    learner.visit().say(sent=1, link=changed, own_link="?dataset=xor")
    train = learner.experiment.train
    assert (train.learning_rate, train.optimizer) == (0.3, Experiment().train.optimizer), "what is not free stays"
    learner.say(sent=1, is_own=True)
    assert learner.experiment.data.dataset == "xor"


def test_a_step_and_being_at_ones_own_are_taken_up_of_the_same_that_was_sent_alone(learner: Learner) -> None:
    learner.rooms.sent = LESSON
    learner.visit().say(sent=4, step=2, link="?lesson=line_and_ring&step=2", is_own=True)
    assert learner.data["is_own"] is True
    learner.say(sent=4, step=2)
    assert learner.lessons[-1]["step"] == 2
    learner.get(MOONS)
    learner.rooms.sent = Sent(9, "lesson", LESSON.link, LESSON.title, steps=2)
    learner.say(sent=2, step=2, is_own=True)
    assert learner.lessons[-1]["step"] == 1 and learner.data["is_own"] is False


def test_a_room_that_has_closed_leaves_a_learner_what_was_shown_and_one_who_leaves_nothing(learner: Learner) -> None:
    learner.visit().say().get(SPIRAL)
    token = learner.data["token"]
    learner.rooms.knows = False
    learner.page.turn("learning_rate", "0.3")
    assert (learner.data["role"], learner.data["token"]) == ("learner", token)
    learner.say(secret="")
    assert learner.data["role"] == "" and learner.data["code"] == CODE
    learner.say(code="", secret="")
    assert learner.data["code"] == "" and learner.page.query == {}


def test_another_room_in_the_address_is_another_room(learner: Learner) -> None:
    learner.visit().say().get(SPIRAL)
    learner.visit({"room": "CCCCCC"})
    assert learner.data["role"] == "" and learner.data["code"] == "CCCCCC"


def test_on_a_host_without_routes_and_on_a_server_without_rooms_the_page_says_so(
    page: Page, runs: FakeRuns, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(served_rooms, "_current", None)
    page.visit({"room": CODE}, path="class")
    assert "There are no rooms on this host" in page.app.info[0].value
    monkeypatch.setattr(served_rooms, "_current", FakeRooms())
    monkeypatch.setattr(addresses, "_found", addresses.Addresses("a/", "b", addresses.OF_STREAMLIT))
    page.run()
    assert "There are no rooms on this host" in page.app.info[0].value

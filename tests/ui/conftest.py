"""The pages without a server: their runs are played by a fake, their stage and their wall by a few buttons."""

from __future__ import annotations

import gc
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from playground import runtime
from playground.core import Experiment
from playground.core.comparison import Comparison
from playground.core.errors import Refused
from playground.core.query import link, of_link
from playground.core.rate_test import RateTest
from playground.core.search import Search
from playground.core.wall import Wall
from playground.lessons.task import Task
from playground.runtime import Limits
from playground.runtime.server.visitors import Visitor
from playground.runtime.subjects import Many
from playground.ui.web.component import Events

SCRIPT = Path(__file__).parents[2] / "playground" / "ui" / "pages" / "_main.py"


@dataclass
class FakeRuns:
    """Runs that are only counted."""

    places: int = 100
    held: dict[str, Experiment] = field(default_factory=dict)
    walls: dict[str, Many] = field(default_factory=dict)
    tests: dict[str, RateTest] = field(default_factory=dict)
    searches: dict[str, Search] = field(default_factory=dict)
    watched: set[str] = field(default_factory=set)
    calls: list[str] = field(default_factory=list)
    tasks: dict[str, Task | None] = field(default_factory=dict)
    locked: dict[str, tuple[str, ...]] = field(default_factory=dict)
    links: dict[str, str] = field(default_factory=dict)
    """What workers have said of runs that were changed while they trained."""
    epoch: int = 0
    """How far the runs are when something is changed; what a worker says of it comes with the next `hear`."""
    said: dict[str, str] = field(default_factory=dict)
    resting: set[str] = field(default_factory=set)
    """Those that were opened so that they may not train yet."""
    numbers: Iterator[int] = field(default_factory=lambda: count(1))

    limits = Limits()

    def open(
        self,
        subject: Experiment | Many | RateTest | Search,
        visitor: Visitor,
        task: Task | None = None,
        rests: bool = False,
    ) -> str:
        if len(self.held) + len(self.walls) + len(self.tests) + len(self.searches) >= self.places:
            raise Refused(f"This server trains at most {self.places} networks at once.")
        token = f"run-{next(self.numbers)}"
        self.resting |= {token} if rests else set()
        if isinstance(subject, Many):
            self.walls[token] = subject
        elif isinstance(subject, RateTest):
            self.tests[token] = subject
        elif isinstance(subject, Search):
            self.searches[token] = subject
        else:
            self.held[token] = subject
        self.links[token] = link(subject.to_query())
        self.tasks[token] = task
        self.calls.append(f"open {token}")
        return token

    def adjust(self, token: str, experiment: Experiment) -> str | None:
        course = self.course(token).going_on_as(experiment, self.epoch)
        (self.said if self.epoch else self.links)[token] = link(course.to_query())
        self.held[token] = experiment
        self.calls.append(f"adjust {token}")
        return self.link_of(token)

    def course(self, token: str) -> Experiment:
        return Experiment.from_query(of_link(self.link_of(token) or ""))[0]

    def link_of(self, token: str) -> str | None:
        subject = self.subject_of(token)
        return None if subject is None else self.links.get(token, link(subject.to_query()))

    def hear(self) -> None:
        """Workers say from which epoch on the rates are changed."""
        self.links |= self.said

    def exists(self, token: str) -> bool:
        return self.subject_of(token) is not None

    def subject_of(self, token: object) -> Experiment | Many | RateTest | Search | None:
        if not isinstance(token, str):
            return None
        return self.held.get(token) or self.walls.get(token) or self.tests.get(token) or self.searches.get(token)

    def task_of(self, token: object) -> Task | None:
        return self.tasks.get(str(token))

    def lock(self, token: str, locked: tuple[str, ...]) -> None:
        self.locked[token] = locked

    def is_watched(self, token: str) -> bool:
        return token in self.watched

    def close(self, token: str) -> None:
        self.held.pop(token, None)
        self.walls.pop(token, None)
        self.tests.pop(token, None)
        self.searches.pop(token, None)
        self.calls.append(f"close {token}")


class Page:
    """A visitor's page."""

    def __init__(self, runs: FakeRuns, stages: list[dict[str, Any]], walls: list[dict[str, Any]] | None = None) -> None:
        self.runs = runs
        self.stages = stages
        self.walls = [] if walls is None else walls
        self.finders: list[dict[str, Any]] = []
        self.shown_searches: list[dict[str, Any]] = []
        self.app = AppTest.from_file(str(SCRIPT), default_timeout=60)

    def visit(self, link: Mapping[str, str | list[str]] | None = None, path: str | None = None) -> Page:
        """Open a link, or go Back to it; one to the page at `path`, or to the one that is shown."""
        self.app.query_params = {name: value for name, value in (link or {}).items()}
        if path is not None:
            self.app._page_hash = calc_hash(path)  # by which Streamlit tells pages of one script apart
        return self.run()

    def links(self) -> dict[str, tuple[str, dict[str, str]]]:
        """By what they are called, the path and the query of the links to pages."""
        found = [element.proto for element in self.app.get("page_link")]
        return {each.label: (each.page, dict(parse_qsl(each.query_string))) for each in found}

    def follow(self, label: str) -> Page:
        """Follow a link to a page."""
        path, query = self.links()[label]
        return self.visit(query, path)

    def run(self) -> Page:
        self.app.run()
        assert not self.app.exception
        return self

    @property
    def query(self) -> dict[str, str]:
        return dict(self.app.query_params)

    @property
    def token(self) -> str:
        """The run on the stage."""
        return str(self.stages[-1]["token"])

    @property
    def wall(self) -> Wall:
        """The wall on the page."""
        found = self.runs.walls[str(self.walls[-1]["token"])]
        assert isinstance(found, Wall)
        return found

    @property
    def comparison(self) -> Comparison:
        """The comparison on the page, which has no names there."""
        found = self.runs.walls[str(self.walls[-1]["token"])]
        assert isinstance(found, Comparison)
        return found

    @property
    def search(self) -> Search:
        """The search on the page."""
        return self.runs.searches[str(self.shown_searches[-1]["token"])]

    @property
    def notices(self) -> str:
        return "\n".join(element.value for element in self.app.text)

    def widget(self, key: str) -> Any:
        """The widget with this key; there is exactly one."""
        app = self.app
        kinds = (
            app.selectbox,
            app.multiselect,
            app.number_input,
            app.slider,
            app.toggle,
            app.text_input,
            app.text_area,
            app.button_group,
            app.button,
        )
        (found,) = [widget for kind in kinds for widget in kind if widget.key == key]
        return found

    def has(self, key: str) -> bool:
        try:
            self.widget(key)
        except ValueError:
            return False
        return True

    def turn(self, name: str, value: Any) -> Page:
        """Set the widget of a knob, as typed or picked."""
        return self.put(f"knob_{name}", value)

    def put(self, key: str, value: Any) -> Page:
        widget = self.widget(key)
        if widget.type == "selectbox" and widget.proto.accept_new_options and value not in widget.options:
            widget.options.append(value)
        widget.set_value(value)
        return self.run()

    def click(self, key: str) -> Page:
        self.widget(key).click()
        return self.run()

    def told(self) -> Page:
        """The run's worker says what became of it, and the stage passes on that its link is another now."""
        self.runs.hear()
        return self.click("fake_link")


@pytest.fixture(scope="package", autouse=True)
def _leave_earlier_tests_alone() -> Iterator[None]:
    """Streamlit collects garbage after each run of the script: among a thousand Keras models that takes a second."""
    gc.collect()
    gc.freeze()
    yield
    gc.unfreeze()


@pytest.fixture
def runs(monkeypatch: pytest.MonkeyPatch) -> FakeRuns:
    runs = FakeRuns()
    monkeypatch.setattr(runtime, "live_runs", lambda: runs)
    return runs


@pytest.fixture
def page(runs: FakeRuns, monkeypatch: pytest.MonkeyPatch) -> Page:
    """A page whose stage and whose wall are a button for each of their events."""
    stages: list[dict[str, Any]] = []
    walls: list[dict[str, Any]] = []

    def fake_stage(
        token: str,
        *,
        on_gone: Any,
        on_new_weights: Any,
        on_network: Any,
        on_link: Any,
        on_claim: Any,
        **data: Any,
    ) -> Events:
        stages.append({"token": token, **data})
        st.text_input(
            "Change", key="fake_change", on_change=lambda: on_network(json.loads(st.session_state.fake_change))
        )
        st.button("Link", key="fake_link", on_click=on_link)
        st.text_input("Claim", key="fake_claim", on_change=lambda: on_claim(json.loads(st.session_state.fake_claim)))
        gone = st.button("Gone", key="fake_gone", on_click=on_gone)
        st.button("New weights", key="fake_new_weights", on_click=on_new_weights)
        return Events(gone=token if gone else None)

    def fake_wall(token: str, *, on_gone: Any, on_claim: Any, **data: Any) -> Events:
        walls.append({"token": token, **data})
        st.text_input("Claim", key="fake_claim", on_change=lambda: on_claim(json.loads(st.session_state.fake_claim)))
        return Events(gone=token if st.button("Gone", key="fake_gone", on_click=on_gone) else None)

    page = Page(runs, stages, walls)

    def fake_finder(token: str, *, on_use: Any, on_prove: Any, on_published: Any, on_gone: Any, **data: Any) -> None:
        page.finders.append({"token": token, **data})
        for name, hear in (("use", on_use), ("prove", on_prove), ("published", on_published)):
            key = f"fake_{name}"
            st.text_input(name, key=key, on_change=lambda hear=hear, key=key: hear(json.loads(st.session_state[key])))
        st.button("Gone", key="fake_finder_gone", on_click=on_gone)

    def fake_search(token: str, *, on_gone: Any, on_claim: Any, **data: Any) -> Events:
        page.shown_searches.append({"token": token, **data})
        st.text_input("Claim", key="fake_claim", on_change=lambda: on_claim(json.loads(st.session_state.fake_claim)))
        return Events(gone=token if st.button("Gone", key="fake_gone", on_click=on_gone) else None)

    monkeypatch.setattr("playground.ui.pages.play.stage", fake_stage)
    monkeypatch.setattr("playground.ui.pages.search.show_search", fake_search)
    monkeypatch.setattr("playground.ui.pages.explore.show_wall", fake_wall)
    monkeypatch.setattr("playground.ui.pages.compare.show_wall", fake_wall)
    monkeypatch.setattr("playground.ui.controls.rate_finder.finder", fake_finder)
    return page

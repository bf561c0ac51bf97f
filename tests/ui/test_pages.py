"""The pages: modules that do nothing until they are asked for, found by the navigation, the first one at the root."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from playground.ui import pages

from .conftest import SCRIPT, FakeRuns, Page

NEW_PAGE = '''
"""A page that a test adds."""
import streamlit as st
from playground.ui.pages import Page

def explore() -> None:
    st.text("a hundred networks")

PAGE = Page(name="explore", title="Explore", place={place}, build=explore)
'''


@pytest.fixture
def navigation(monkeypatch: pytest.MonkeyPatch) -> list[tuple[list[Any], str]]:
    """The pages that Streamlit is told of, and where it is to show them, at each run of the script."""
    told: list[tuple[list[Any], str]] = []
    navigate = st.navigation

    def note(listed: list[Any], *, position: Any) -> Any:
        told.append((listed, position))
        return navigate(listed, position=position)

    monkeypatch.setattr(st, "navigation", note)
    return told


@pytest.fixture
def add_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[int], None]]:
    """Put one more module among the pages, at this place."""

    def add(place: int) -> None:
        (tmp_path / "explore.py").write_text(NEW_PAGE.format(place=place), encoding="utf-8")
        monkeypatch.setattr(pages, "__path__", [*pages.__path__, str(tmp_path)])

    yield add
    if sys.modules.pop("playground.ui.pages.explore", None) is not None:
        del pages.explore  # type: ignore[attr-defined]


def test_importing_a_page_shows_nothing_and_opens_nothing(runs: FakeRuns) -> None:
    def script() -> None:
        import importlib
        from pkgutil import iter_modules

        import streamlit as st

        from playground.ui import pages

        for module in iter_modules(pages.__path__, "playground.ui.pages."):
            importlib.reload(importlib.import_module(module.name))
            st.session_state.setdefault("imported", []).append(module.name)

    app = AppTest.from_function(script, default_timeout=60).run()
    assert not app.exception
    assert "playground.ui.pages.play" in app.session_state["imported"]
    assert list(app.session_state.keys()) == ["imported"]
    assert len(app.main) == len(app.sidebar) == 0
    assert runs.calls == []


def test_play_alone_is_at_the_root_and_needs_no_menu(page: Page, navigation: list[tuple[list[Any], str]]) -> None:
    page.visit()
    ((listed, position),) = navigation
    assert [(each.title, each.url_path) for each in listed] == [("Play", "")]
    assert position == "hidden"


def test_another_module_is_another_page_in_the_navigation(
    page: Page, navigation: list[tuple[list[Any], str]], add_page: Callable[[int], None]
) -> None:
    add_page(20)
    page.visit({"dataset": "xor"})
    ((listed, position),) = navigation
    assert [(each.title, each.url_path) for each in listed] == [("Play", ""), ("Explore", "explore")]
    assert position == "top"
    assert page.runs.held[page.token].to_query() == {"dataset": "xor"}


def test_the_page_that_stands_first_is_shown_at_the_root(
    page: Page, navigation: list[tuple[list[Any], str]], add_page: Callable[[int], None]
) -> None:
    add_page(0)
    page.visit()
    ((listed, _position),) = navigation
    assert [(each.title, each.url_path) for each in listed] == [("Explore", ""), ("Play", "play")]
    assert [text.value for text in page.app.text] == ["a hundred networks"]
    assert page.stages == []


@pytest.fixture
def go_to(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Follow the menu to a page, as the browser's rerun would ask for it."""
    shown = {"title": "Play"}
    navigate = st.navigation

    def at_the_page_asked_for(listed: list[Any], *, position: Any) -> Any:
        navigate(listed, position=position)
        (page,) = [each for each in listed if each.title == shown["title"]]
        page._can_be_called = True
        return page

    monkeypatch.setattr(st, "navigation", at_the_page_asked_for)

    def go(title: str) -> None:
        shown["title"] = title

    return go


def test_who_comes_back_from_another_page_finds_the_run_and_its_link(
    page: Page, add_page: Callable[[int], None], go_to: Callable[[str], None]
) -> None:
    add_page(20)
    page.visit({"dataset": "xor", "noise": "0.3"})
    go_to("Explore")
    page.visit({})  # the menu drops the query
    assert [text.value for text in page.app.text] == ["a hundred networks"]
    go_to("Play")
    page.visit({})
    assert page.query == {"dataset": "xor", "noise": "0.3"}
    assert (page.token, page.runs.calls) == ("run-1", ["open run-1"])
    page.visit({})
    assert page.query == {}, "from Play itself the root is the way back to the defaults"


def test_a_link_followed_from_another_page_is_opened(
    page: Page, add_page: Callable[[int], None], go_to: Callable[[str], None]
) -> None:
    add_page(20)
    page.visit({"dataset": "xor"})
    go_to("Explore")
    page.visit({})
    go_to("Play")
    assert page.visit({"noise": "0.5"}).query == {"noise": "0.5"}
    assert page.token == "run-2"


def test_who_begins_on_another_page_finds_the_defaults_on_this_one(
    page: Page, add_page: Callable[[int], None], go_to: Callable[[str], None]
) -> None:
    add_page(20)
    go_to("Explore")
    page.visit({})
    go_to("Play")
    assert page.visit({}).query == {}
    assert page.token == "run-1"


def test_streamlit_does_not_take_over_the_navigation() -> None:
    """As it does until `st.navigation` is called, for the first visitor, beside a folder of this name."""
    assert not (SCRIPT.parent / "pages").exists()

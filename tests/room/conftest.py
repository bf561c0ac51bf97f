"""A browser, the peer with one room, and learners in it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, TypeAlias

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.room.fake_room_peer import CODE, FakeRoomPeer
from tests.stage.conftest import browser

__all__ = ["Visit", "browser", "context", "peer", "visit"]

KEPT = "keras-playground.rooms"


@dataclass
class Visitor:
    """Somebody at the page, and the room behind it."""

    page: Page
    peer: FakeRoomPeer

    @property
    def root(self) -> dict[str, str]:
        return dict(self.page.eval_on_selector("[data-testid=room]", "node => ({...node.dataset})"))

    @property
    def places(self) -> list[dict[str, Any]]:
        """What the script was told of who this is, and where."""
        return [value for _name, value in self.page.evaluate("harness.states")]

    def press(self, name: str) -> None:
        self.page.get_by_role("button", name=name, exact=True).click()

    def has(self, text: str) -> None:
        expect(self.page.get_by_test_id("room")).to_contain_text(text)

    def join(self) -> Visitor:
        self.press("Join")
        expect(self.page.locator("[data-testid=room][data-role=learner]")).to_be_visible()
        return self

    def answer(self, question: str, text: str, press: str = "Predict") -> None:
        """Write an answer to a question, and give it."""
        self.page.get_by_role("textbox", name=question).fill(text)
        self.press(press)

    def lose_the_room(self) -> None:
        """The connection is cut, and nobody is there to connect to."""
        self.peer.room_is_away = True
        self.peer.cut()
        self.has("Connection lost.")

    def script_shows(self, **data: Any) -> None:
        """The script of the page has followed, and shows this."""
        known = {"code": CODE, "role": "learner", "token": "run-of-theirs", "link": "?dataset=circle", **data}
        self.page.evaluate("more => { harness.show('', more); }", known)

    def wait(self, condition: Callable[[], object]) -> None:
        for _ in range(6000):
            if condition():
                return
            self.page.wait_for_timeout(10)
        raise AssertionError("it never came")

    def kept(self) -> dict[str, Any]:
        """What the browser keeps of the room for all its tabs."""
        rooms = json.loads(self.page.evaluate("key => localStorage.getItem(key)", KEPT) or '{"rooms": {}}')["rooms"]
        return dict(rooms.get(CODE, {}))


Visit: TypeAlias = Callable[..., Visitor]


@pytest.fixture(scope="package")
def served() -> Iterator[FakeRoomPeer]:
    peer = FakeRoomPeer()
    peer.start()
    yield peer
    peer.stop()


@pytest.fixture
def peer(served: FakeRoomPeer) -> FakeRoomPeer:
    served.begin()
    return served


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A profile for each test: what it keeps is its own."""
    context = browser.new_context()
    yield context
    context.close()


@pytest.fixture
def visit(peer: FakeRoomPeer, context: BrowserContext) -> Iterator[Visit]:
    """Open the page; nothing may go wrong in it unnoticed."""
    errors: list[str] = []

    def visit(
        room: str = CODE,
        more: str = "",
        size: tuple[int, int] = (1024, 768),
        within: BrowserContext = context,
        seated: bool = False,
        query: str = "",
    ) -> Visitor:
        page = within.new_page()
        page.set_viewport_size({"width": size[0], "height": size[1]})
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto(f"{peer.url}?component=room&token={f'&room={room}' if room else ''}{query}{more}")
        visitor = Visitor(page, peer)
        expect(page.get_by_test_id("room")).to_be_attached()
        return visitor.join() if seated else visitor

    yield visit
    assert errors == []

"""A class for the browser tests: a teacher who steers over the room's socket, and learners at their pages."""

from __future__ import annotations

import json
from typing import Any

from playwright.sync_api import Page, expect
from typing_extensions import Self
from websockets.sync.client import connect

from tests.served_app import Learner, ServedApp


class Teacher:
    """Somebody with a teacher's key; each word is said on a connection of its own."""

    def __init__(self, app: ServedApp, code: str, key: str) -> None:
        self.app, self.code, self.key = app, code, key

    def say(self, **message: Any) -> dict[str, Any]:
        """Say something; how the room stands after it."""
        with connect(self.app.base.replace("http", "ws", 1) + "_playground/class", max_size=None) as socket:
            socket.send(json.dumps({"type": "enter", "code": self.code, "role": "teacher", "secret": self.key}))
            self._until_room(socket)
            socket.send(json.dumps(message))
            return self._until_room(socket)

    def look(self) -> dict[str, Any]:
        """How the room stands."""
        return self.say(type="look_at", seat=None)

    @staticmethod
    def _until_room(socket: Any) -> dict[str, Any]:
        while True:
            packed = socket.recv(timeout=60)
            length = int.from_bytes(packed[:4], "little")
            header = dict(json.loads(packed[4 : 4 + length]))
            assert header["type"] != "not_done", header
            if header["type"] == "room":
                return header

    def seat(self) -> dict[str, Any]:
        """The one seat of the room."""
        (seat,) = self.look()["seats"]
        return dict(seat)


class ClassLearner(Learner):
    """Somebody at the page Class."""

    PLACE = "class"

    def join(self, code: str) -> Self:
        """Follow the link of a room, and take the name that is offered."""
        self.page.goto(self.app.url({"room": code}, self.PLACE))
        self.press("Join")
        self.until_state("ready")
        return self

    @property
    def name(self) -> str:
        return self.page.get_by_test_id("my-name").inner_text()

    def expect_title(self, title: str) -> Self:
        expect(self.page.get_by_test_id("sent-title")).to_have_text(title)
        return self


def open_room(page: Page, app: ServedApp) -> Teacher:
    """Open a room by the page's button."""
    page.goto(app.url(place="class"))
    page.get_by_role("button", name="Open a room", exact=True).click()
    link = page.locator("[data-testid=room-links] input").nth(1).input_value()
    code, _, key = link.partition("?room=")[2].partition("#key=")
    expect(page.locator(f"[data-testid=room][data-role=teacher][data-code={code}]")).to_be_attached()
    return Teacher(app, code, key)

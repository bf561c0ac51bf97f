"""What a page receives over its live channel, unpacked."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from playground.runtime.messages import unpack
from playwright.sync_api import Page, WebSocket

Message = tuple[dict[str, Any], dict[str, Any]]


class Received:
    """Listens from before the page is opened."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.messages: list[Message] = []
        page.on("websocket", self._listen)

    def _listen(self, socket: WebSocket) -> None:
        if "_playground/live" in socket.url:
            socket.on("framereceived", lambda payload: self.messages.append(unpack(payload)))

    def of(self, kind: str) -> list[Message]:
        """The messages of a type, oldest first."""
        return [message for message in self.messages if message[0]["type"] == kind]

    @property
    def frame(self) -> Message:
        """The newest frame."""
        return self.of("frame")[-1]

    def until(self, condition: Callable[[dict[str, Any]], object]) -> dict[str, Any]:
        """Wait for a frame whose arrays fulfil a condition; its arrays."""
        for _ in range(400):
            if condition(self.frame[1]):
                return self.frame[1]
            self.page.wait_for_timeout(50)
        raise AssertionError("no such frame came")

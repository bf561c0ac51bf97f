"""What a page receives over its live channel, unpacked."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, WebSocket

from playground.runtime.protocol.packing import unpack
from tests.served_app import Learner

Message = tuple[dict[str, Any], dict[str, Any]]


class Received:
    """Listens from before the page is opened."""

    def __init__(self, page: Page) -> None:
        self.messages: list[Message] = []
        page.on("websocket", self._listen)

    def _listen(self, socket: WebSocket) -> None:
        if "_playground/live" in socket.url:
            socket.on("framereceived", self._receive)

    def _receive(self, payload: bytes | str) -> None:
        if isinstance(payload, bytes):
            self.messages.append(unpack(payload))

    def of(self, kind: str) -> list[Message]:
        """The messages of a type, oldest first."""
        return [message for message in self.messages if message[0]["type"] == kind]

    @property
    def frame(self) -> Message:
        """The newest frame."""
        return self.of("frame")[-1]

    def until(self, learner: Learner, condition: Callable[[dict[str, Any], dict[str, Any]], object]) -> Message:
        """Wait until header and arrays of the newest frame fulfil a condition; that frame."""
        learner.wait(lambda: condition(*self.frame))
        return self.frame

    def settle(self, learner: Learner) -> int:
        """Pause, and step once: the newest epoch is on screen, and nothing is on its way any more; that epoch.

        The server's word that it has paused comes after all that it sent before.
        """
        before = len(self.messages)
        learner.press("Pause")
        learner.wait(lambda: self._is_paused_since(before))
        (last,) = [header["last_epoch"] for header, _ in self.messages if "last_epoch" in header][-1:]
        learner.press("Step").until("+d.epoch === a && d.state === 'paused'", last + 1)
        return int(last + 1)

    def _is_paused_since(self, first: int) -> bool:
        return any(header.get("state") == "paused" for header, _ in self.messages[first:])

"""A server of one room that speaks its protocol, and does what a test says: the component's peer."""

from __future__ import annotations

import asyncio
import contextlib
import json
from typing import Any

import numpy as np
from starlette.routing import WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect

from playground.classroom.protocol.page import read_message
from playground.classroom.protocol.server import ROOM_MESSAGES
from playground.runtime.protocol import packing
from tests.channel_types import check_declared
from tests.stage.fake_peer import FakePeer

CODE, KEY, PROJECTOR = "BHMPTX", "teachers-key-of-the-room", "projectors-key-of-the-room"
NAMES = ("Brave Otter", "Calm Heron", "Keen Lynx", "Wise Yak")


def pack(header: dict[str, Any]) -> bytes:
    """A message of no other form than is declared."""
    declared = ROOM_MESSAGES[header["type"]]
    arrays = {name: np.zeros(0, np.uint8) for name in declared.arrays}
    check_declared(declared, header, arrays)
    return packing.pack(header, arrays)


def sent_view(number: int, kind: str = "experiment", **more: Any) -> dict[str, Any]:
    """Something that was sent."""
    view = {
        "number": number,
        "kind": kind,
        "title": f"No. {number}",
        "link": "?dataset=circle",
        "to": None,
        "free": None,
    }
    return {**view, "steps": 0, "question": "", "choices": [], **more}


class FakeRoomPeer(FakePeer):
    """Serves the harness page and one room."""

    def __init__(self) -> None:
        super().__init__()
        self.server.config.app.router.routes.append(WebSocketRoute("/_playground/class", self.room))  # type: ignore[union-attr]
        self.begin()

    def begin(self) -> None:
        """A new room, with nobody in it."""
        self.seats: dict[str, str] = {}  # names by tokens
        self.said: list[dict[str, Any]] = []
        self.sockets_of_room: dict[WebSocket, str] = {}
        self.opened_sockets = 0
        self.room_is_away = False
        self.refusal = ""  # of whoever joins
        self.closed_to_all = ""  # why nobody is let in now
        self.lobby_more: dict[str, Any] = {}
        self.answered: list[dict[str, Any]] = []
        self.loses = 0  # so many of the answers to come never arrive
        self.refuses = ""  # answers, with this sentence
        self.you: dict[str, Any] = {}
        self.state: dict[str, Any] = {}

    def got(self, kind: str) -> list[dict[str, Any]]:
        return [message for message in self.said if message["type"] == kind]

    def view(self, role: str, token: str) -> dict[str, Any]:
        view = {
            "type": "room",
            "role": role,
            "code": CODE,
            "state": "open",
            "learners": len(self.seats),
            "connected": len(self.sockets_of_room),
            "sent": None,
            "open_to": None,
            "closes_in": 3600.0,
            "timer_in": None,
            "timer_seconds": 0,
            "unsaved": "",
            "contests": [],
            **self.state,
        }
        if role == "learner":
            you = {
                "seat": 1,
                "name": self.seats[token],
                "spins": 0,
                "admitted": True,
                "note": "",
                "notes": 0,
                "step": 1,
                "answered": self.answered,
            }
            view["you"] = {**you, **self.you}
        return view

    def lobby(self, spin: int) -> dict[str, Any]:
        kept = "Kept are your name and your answers, for 30 days."
        lobby = {"type": "lobby", "code": CODE, "rule": "generated", "offered": NAMES[spin], "spins": 3 - spin}
        more = {"names": [], "approval": False, "guest": False, "kept": kept}
        return {**lobby, **more, **self.lobby_more}

    def joined(self, token: str, wanted: str, spins: int) -> str:
        """Why whoever wants this name may not join with it; they have it, or what they were offered last, if not."""
        lobby = self.lobby(spins)
        if self.refusal:
            return self.refusal
        if lobby["rule"] == "listed" and wanted not in lobby["names"]:
            return f"Choose one of the names of your teacher’s list that are free. Got {wanted}."
        self.seats[token] = lobby["offered"] if lobby["rule"] == "generated" or not wanted else wanted
        return ""

    def entered(self, code: str, role: str, token: str) -> dict[str, Any]:
        if code != CODE or (role == "teacher" and token != KEY):
            return {"type": "gone", "message": f"There is no room {code}.", "removed": False}
        return self.lobby(0) if role == "learner" and token not in self.seats else self.view(role, token)

    def answer(self, given: dict[str, Any], token: str) -> dict[str, Any]:
        if self.refuses:
            return {"type": "not_done", "message": self.refuses, "answer": given}
        self.answered = [*(each for each in self.answered if each != given), given]
        return self.view("learner", token)

    async def room(self, socket: WebSocket) -> None:
        if self.room_is_away:
            await socket.close()
            return
        await socket.accept()
        self.opened_sockets += 1
        token, spins, role = "", 0, ""
        with contextlib.suppress(WebSocketDisconnect, RuntimeError):
            while True:
                text = await socket.receive_text()
                assert not isinstance(read_message(text), str), read_message(text)
                message = json.loads(text)
                self.said.append(message)
                answer: dict[str, Any] | None = None
                match message["type"]:
                    case "open":
                        role = "teacher"
                        keys = {"key": KEY, "projector": PROJECTOR}
                        await socket.send_bytes(pack({"type": "opened", "code": CODE, **keys}))
                        answer = self.view(role, "")
                    case "enter" if self.closed_to_all:
                        answer = {"type": "not_done", "message": self.closed_to_all}
                    case "enter":
                        token, role = message["secret"], message["role"]
                        answer = self.entered(message["code"], role, token)
                        if answer["type"] == "lobby":
                            answer["guest"] = bool(message["guest"] and message["key"] == KEY)
                    case "spin":
                        spins = min(spins + 1, 3)
                        answer = self.lobby(spins)
                    case "join":
                        refused = self.joined(token, message["name"], spins)
                        answer = {"type": "not_done", "message": refused} if refused else self.view(role, token)
                    case "answer" if self.loses:
                        self.loses -= 1
                        self.said.pop()
                    case "answer":
                        answer = self.answer({name: message[name] for name in ("sent", "step", "asked")}, token)
                    case "show_kept":
                        document = {"room": CODE, "name": self.seats[token], "answers": [{"text": "a <i>line</i>"}]}
                        answer = {"type": "kept", "document": json.dumps(document), "until": "1 May 2030"}
                    case "forget":
                        del self.seats[token]
                if answer is not None:
                    await socket.send_bytes(pack(answer))
                if role and (role != "learner" or token in self.seats):
                    self.sockets_of_room[socket] = token if role == "learner" else ""
        self.sockets_of_room.pop(socket, None)

    # ------------------------------------------------------------ what a test does

    def in_loop(self, work: Any) -> Any:
        return asyncio.run_coroutine_threadsafe(work, self.loop).result(10)

    def change(self, you: dict[str, Any] | None = None, **state: Any) -> None:
        """The room is another, and all are told."""
        self.you = {**self.you, **(you or {})}
        self.state = {**self.state, **state}

        async def tell() -> None:
            for socket, token in list(self.sockets_of_room.items()):
                await socket.send_bytes(pack(self.view("learner" if token else "teacher", token)))

        self.in_loop(tell())

    def tell(self, header: dict[str, Any]) -> None:  # type: ignore[override]
        """Tell all who are in the room this."""

        async def send() -> None:
            for socket in list(self.sockets_of_room):
                await socket.send_bytes(pack(header))

        self.in_loop(send())

    def cut(self) -> None:
        """All connections break."""

        async def close() -> None:
            for socket in list(self.sockets_of_room):
                await socket.close(1012)

        self.in_loop(close())

"""A room of a class as a test makes it up, in the messages that a server would send."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
from pydantic import TypeAdapter

from playground.classroom.protocol.server import ROOM_MESSAGES, TILE_CELLS, RoomView, TileFacts
from playground.runtime.protocol import packing

NAMES = ["Brave Otter", "Calm Heron", "Zesty Yak", "Agile Panda", "Merry Tern", "Quiet Lynx"]
_VIEW: TypeAdapter[Any] = TypeAdapter(RoomView)
_FACTS: TypeAdapter[Any] = TypeAdapter(TileFacts)


def name_of(number: int) -> str:
    return NAMES[number - 1] if number <= len(NAMES) else f"Swift Robin {number}"


def seat(number: int, **changes: Any) -> dict[str, Any]:
    return {
        "seat": number,
        "name": name_of(number),
        "state": "connected",
        "guest": False,
        "step": 1,
        "own": False,
        "note": "",
        "answers": [],
        "reached": [],
        **changes,
    }


def sent(number: int = 1, **changes: Any) -> dict[str, Any]:
    lesson = {"kind": "lesson", "title": "Line and ring", "link": "?lesson=line_and_ring", "steps": 3}
    return {"number": number, **lesson, "to": None, "free": None, "question": "", "choices": [], **changes}


def room(seats: Iterable[Mapping[str, Any]] = (), **changes: Any) -> dict[str, Any]:
    """How a teacher's page sees a room, of no other form than the server declares."""
    seats = [dict(each) for each in seats]
    view = {
        "type": "room",
        "role": "teacher",
        "code": "BHMPTX",
        "state": "open",
        "learners": sum(each["state"] != "waiting" for each in seats),
        "connected": sum(each["state"] == "connected" for each in seats),
        "sent": None,
        "open_to": None,
        "closes_in": 86_000.0,
        "timer_in": None,
        "timer_seconds": 0,
        "unsaved": "",
        "contests": [],
        "seats": seats,
        "rules": {"names": "generated", "listed": [], "approval": False, "teachers": 1},
        "projected": {"what": "wall", "pins": [], "shown": 0, "code": True},
        "bars": [],
        "history": [changes["sent"]] if changes.get("sent") else [],
        **changes,
    }
    _VIEW.validate_python(view, strict=True)
    return view


def projected(learners: int = 3, **changes: Any) -> dict[str, Any]:
    """How a projector's page sees it: with nothing of anybody."""
    view = {**room(), "role": "projector", "learners": learners, "connected": learners, **changes}
    for private in ("seats", "rules", "history"):
        del view[private]
    return view


def bars(*counts: tuple[str, int, int], sent: int = 1, step: int = 1, title: str = "Which line?") -> dict[str, Any]:
    made = [{"text": text, "predicted": before, "observed": after} for text, before, after in counts]
    return {"sent": sent, "step": step, "title": title, "bars": made}


def facts(number: int, **changes: Any) -> dict[str, Any]:
    made = {
        "seat": number,
        "state": "playing",
        "epoch": 10 * number,
        "accuracy": 0.9,
        "best": 0.95,
        "task": "classification",
        "n_classes": 2,
        "edited": False,
        "stuck": "",
        "reached": None,
        "sentence": "",
        "link": f"?dataset=spiral&seed={number}",
        "title": "Spiral",
        "cells": TILE_CELLS,
        "values": 1,
        "lo": 0.0,
        "hi": 1.0,
        "ended": "",
        **changes,
    }
    _FACTS.validate_python(made, strict=True)
    return made


def tiles(*tiles: Mapping[str, Any], whole: bool = False) -> str:
    """Their message as the page gets it, base64: of each the picture of a ring, wider from seat to seat."""
    maps = [_map(each) for each in tiles if each["cells"]]
    cells = np.concatenate([np.zeros(0, np.uint8), *maps])
    assert set(ROOM_MESSAGES["tiles"].arrays) == {"maps"}
    return packed({"type": "tiles", "tiles": [dict(each) for each in tiles], "whole": whole}, {"maps": cells})


def packed(header: dict[str, Any], arrays: dict[str, np.ndarray[Any, Any]]) -> str:
    return base64.b64encode(packing.pack(header, arrays)).decode()


def _map(tile: Mapping[str, Any]) -> np.ndarray[Any, Any]:
    axis = np.linspace(-1, 1, tile["cells"])
    x1, x2 = np.meshgrid(axis, axis)
    ring = np.hypot(x1, x2) - 0.2 - 0.05 * (tile["seat"] % 12)
    values = tile["values"]
    if values > 2:
        turn = (np.arctan2(x2, x1) / (2 * np.pi) + 0.5 + 0.03 * tile["seat"]) % 1
        odds = np.stack([np.clip(1 - values * abs(turn - (k + 0.5) / values), 0.05, 1) for k in range(values)])
        return np.round(255 * odds / odds.sum(0)).astype(np.uint8).ravel()
    return np.round(255 / (1 + np.exp(8 * ring))).astype(np.uint8).ravel()

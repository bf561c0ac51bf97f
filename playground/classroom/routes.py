"""The routes of rooms beside those of runs."""

from __future__ import annotations

from starlette.routing import BaseRoute, WebSocketRoute

from playground.classroom.channel import RoomChannel
from playground.classroom.rooms import Rooms
from playground.runtime.limits import Limits
from playground.runtime.server.challenges import Challenges
from playground.runtime.server.channel import OriginRule

PATH = "class"
"""Below the playground's own address."""


def room_routes(rooms: Rooms, limits: Limits, may_connect: OriginRule, base_path: str) -> list[BaseRoute]:
    """The socket of rooms under `base_path`."""
    base = base_path.strip("/")
    root = f"/{base}/_playground" if base else "/_playground"
    return [
        WebSocketRoute(
            f"{root}/{PATH}", RoomChannel(rooms, Challenges(rooms.runs, limits), limits, may_connect).connect
        )
    ]

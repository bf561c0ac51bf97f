"""The routes of rooms beside those of runs."""

from __future__ import annotations

from starlette.routing import BaseRoute, WebSocketRoute

from playground.classroom.channel import RoomChannel
from playground.classroom.rooms import Rooms
from playground.runtime.limits import Limits
from playground.runtime.server.challenges import Challenges
from playground.runtime.server.channel import OriginRule
from playground.runtime.server.routes import root_of

PATH = "class"
"""Below the playground's own address."""


def room_routes(rooms: Rooms, limits: Limits, may_connect: OriginRule, base_path: str) -> list[BaseRoute]:
    """The socket of rooms under `base_path`."""
    channel = RoomChannel(rooms, Challenges(rooms.runs, limits), limits, may_connect)
    return [WebSocketRoute(f"{root_of(base_path)}/{PATH}", channel.connect)]

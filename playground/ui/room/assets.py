"""What the room's component is told when it is mounted."""

from __future__ import annotations

from playground.ui.web.component import files_data

FIRST = ("room/mount.js",)
STYLES = ("web/base.css", "room/room.css")
SOCKET = "_playground/class"
"""Address of the rooms' socket, relative to the page."""


def room_data(**told: object) -> dict[str, object]:
    """What the component is told; who this is, and how the room stands, it hears from the room itself."""
    return {**files_data(first=FIRST, styles=STYLES), "socket": SOCKET, **told}

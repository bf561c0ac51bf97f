"""What the shelf's component is told when it is mounted."""

from __future__ import annotations

from playground.ui.web.component import files_data

FIRST = ("shelf/mount.js",)
STYLES = ("web/base.css", "shelf/shelf.css")


def shelf_data() -> dict[str, object]:
    """What the component is told; what is on the shelf the browser alone knows."""
    return files_data(first=FIRST, styles=STYLES)

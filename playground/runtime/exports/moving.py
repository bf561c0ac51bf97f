"""The training as a moving picture, and as a page that plays without a server."""

from __future__ import annotations

from functools import partial
from typing import Literal

from playground.runtime.exports.export import Made, Making, Source, exports
from playground.runtime.replay import record

ANIMATIONS: dict[str, tuple[Literal["gif", "apng"], str, str]] = {
    "gif": ("gif", ".gif", "image/gif"),
    "apng": ("apng", ".png", "image/apng"),
}


def _animated(what: str, source: Source) -> Making:
    from playground.runtime.replay.moving import animated  # Pillow is loaded when a picture is wanted first

    kind, ending, mime = ANIMATIONS[what]
    content = yield from animated(source.snapshot, kind)
    return Made(content, source.file(ending), mime)


for _what in ANIMATIONS:
    exports(_what)(partial(_animated, _what))


@exports("replay")
def _replay(source: Source) -> Making:
    text = yield from record(source.snapshot, source.experiment, edited=source.edited, address=source.address)
    return Made(text.encode(), source.file("_replay.html"), "text/html")

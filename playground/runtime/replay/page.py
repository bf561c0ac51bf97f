"""The file of a replay: what is read, the player and its modules, and all that it plays as base64."""

from __future__ import annotations

import base64
from collections.abc import Generator, Sequence
from functools import cache
from html import escape

from playground.core.slices import in_one_go
from playground.core.thinning import evenly
from playground.runtime import page_modules
from playground.runtime.replay.archive import Message, archive, curves_of
from playground.runtime.replay.thinning import MOST_BYTES, MOST_FRAMES, fewer

PLAYER = "replay/player.js"
STYLES = ("web/base.css", "replay/replay.css")
POLICY = "default-src 'none'; script-src 'unsafe-inline' data:; style-src 'unsafe-inline'; img-src data:"
"""A file that may fetch nothing."""
PACKING = 0.15
"""The share of the work that is left when all frames are there."""
Words = Sequence[tuple[str, str]]
"""What is called what: pairs of plain texts."""


def html(hello: Message, frames: Sequence[Message], *, settings: Words = (), title: str = "", address: str = "") -> str:
    """The text of a replay's file.

    Parameters
    ----------
    hello : the header of the first message of a connection, and its arrays
    frames : the header and the arrays of frames in rising epochs, all of one plane
    settings : the experiment in words
    title : else the network in words
    address : of the page that plays the link of the run, `https://…`; without it the link is told as a text

    Raises
    ------
    ValueError
        When there is no frame, or the frames are not of one plane and one network.
    """
    return in_one_go(written(hello, frames, settings=settings, title=title, address=address))


def written(
    hello: Message, frames: Sequence[Message], *, settings: Words = (), title: str = "", address: str = ""
) -> Generator[None, None, str]:
    """The same in slices of time."""
    _check(frames)
    curves = curves_of(frames)
    around = _page(hello, settings, title, address)
    room = (MOST_BYTES - len(around.encode())) * 3 // 4
    chosen = evenly(frames, MOST_FRAMES)
    packed = yield from archive(hello, chosen, curves)
    while len(packed) > room and len(chosen) > 2:
        chosen = evenly(frames, fewer(len(chosen), len(packed), room))
        packed = yield from archive(hello, chosen, curves)
    return around.replace(_DATA, base64.b64encode(packed).decode(), 1)


def _check(frames: Sequence[Message]) -> None:
    if not frames:
        raise ValueError("A replay must have one frame or more. Got none.")
    kinds = {
        (tuple(header["x1"]), tuple(header["x2"]), arrays["map"].shape, "links" in arrays) for header, arrays in frames
    }
    if len(kinds) > 1:
        raise ValueError(f"The frames of a replay must be of one plane and one network. Got {len(kinds)} kinds.")
    epochs = [header["epoch"] for header, _arrays in frames]
    if epochs != sorted(set(epochs)):
        raise ValueError("The frames of a replay must be in rising epochs. Got others.")


_DATA = "<!-- what is played -->"


def _page(hello: Message, settings: Words, title: str, address: str) -> str:
    header = hello[0]
    name = escape(title or str(header["summary"]))
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{name} – replay</title>
<style>{_styles()}</style>
<script type="importmap">{_modules()}</script>
</head>
<body>
<main class="kp-stage kp-replay" data-testid="replay">
<header><h1>{name}</h1><p>{escape(str(header["summary"]))}</p></header>
<noscript><p>This replay is played by a script, which is turned off here.</p></noscript>
<div id="player"></div>
<details class="kp-words" open><summary>Settings</summary>
<dl>{"".join(map(_setting, settings))}{_link(str(header["course"]["link"]), address)}</dl>
</details>
</main>
<script type="text/plain" id="archive">{_DATA}</script>
<script type="module">import {{ play }} from "{PLAYER}"; play();</script>
</body>
</html>
"""


def _setting(pair: tuple[str, str]) -> str:
    name, text = pair
    return f"<div><dt>{escape(name)}</dt><dd>{escape(text)}</dd></div>"


def _link(link: str, address: str) -> str:
    """The link of the run: to be opened where the address is known, else to be read; nothing where there is none."""
    if not link:
        return ""
    if not address.startswith(("https://", "http://")):
        return _setting(("Link", link))
    whole = escape(address.split("?")[0].split("#")[0] + link)
    return f'<div><dt>Link</dt><dd><a href="{whole}" rel="noopener noreferrer">{whole}</a></dd></div>'


@cache
def _styles() -> str:
    folder = page_modules.static_files()
    return "".join((folder / name).read_text(encoding="utf-8") for name in STYLES)


@cache
def _modules() -> str:
    return page_modules.import_map(page_modules.static_files(), [PLAYER])

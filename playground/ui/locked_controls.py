"""Knobs that a link locks: shown, and not to be changed, until another link is followed."""

from __future__ import annotations

from collections.abc import Mapping

from playground.core import locked_controls as links
from playground.core.query import link, of_link
from playground.ui import notices
from playground.ui.controls import chosen


def take(query: Mapping[str, str | list[str]]) -> None:
    """Lock what the query of a link says, and no more, and say what of it is refused."""
    locked, refused = links.read(query)
    notices.add(refused)
    chosen.lock(locked)


def said_in(address_of_run: str) -> str:
    """The link of a run, which says what is locked too."""
    return link({**of_link(address_of_run), **links.write(chosen.locked())})

"""What a page is: one record, in the one file that builds it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple


class Page(NamedTuple):
    """A page of the playground.

    Attributes
    ----------
    name : the last part of its address; the first page of all lies at the root instead
    title : what the navigation and the browser's tab call it
    place : where it stands among the others, lowest first
    build : builds it from top to bottom; called on every run of the script that shows it
    icon : like ``:material/school:``
    query : the query by which other pages lead to it; without one, what it wrote last
    under : the name of the page that it belongs to: it is in the navigation while that, or another such page, is shown
    among_those : what it is called among the pages under it; its title if empty
    """

    name: str
    title: str
    place: int
    build: Callable[[], None]
    icon: str | None = None
    query: Callable[[], Mapping[str, str]] | None = None
    under: str = ""
    among_those: str = ""

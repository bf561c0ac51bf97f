"""The page Explore: the axes of a wall in the sidebar, the live wall beside them."""

from __future__ import annotations

from playground.ui import address, notices
from playground.ui.controls import chosen_wall
from playground.ui.header import show_header
from playground.ui.live_part import run_of
from playground.ui.pages._record import Page
from playground.ui.shown_page import EXPLORE
from playground.ui.wall import wall as show_wall
from playground.ui.wall_run import show_wall_controls, show_wall_run

CAPTION = "Many networks train in step: what does a knob change, and what is luck?"


def explore() -> None:
    """Build the page once from top to bottom."""
    asked_for = address.asked_for()
    if asked_for is not None:
        chosen_wall.take(asked_for)
    kept = chosen_wall.kept()
    run, link = run_of(kept.wall), chosen_wall.link_of(kept.wall)
    address.write(link)
    show_header(CAPTION)
    notices.show()
    show_wall_run(run, show_wall, link)
    # After the wall, so that the browser fetches what it needs while it still builds the widgets.
    show_wall_controls(kept)


PAGE = Page(
    name=EXPLORE,
    title="Explore",
    place=20,
    build=explore,
    query=chosen_wall.query_for_stage,
    among_those="Wall",
)

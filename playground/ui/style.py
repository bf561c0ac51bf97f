"""The page's own CSS: a compact sidebar, and a stage that fits the window."""

from __future__ import annotations

from functools import cache
from pathlib import Path

CRAMPED = "(max-width: 1023px), (max-height: 559px)"
"""Windows that have no room for a sidebar beside the stage."""


@cache
def page_style(embedded: bool) -> str:
    """The style sheet as an HTML element. Embedded in another page the sidebar is a drawer, whatever room there is."""
    drawer = _text("drawer.css") if embedded else f"@media {CRAMPED} {{\n{_text('drawer.css')}}}\n"
    return f"<style>{_text('page.css')}{drawer}</style>"


def _text(name: str) -> str:
    return (Path(__file__).parent / name).read_text(encoding="utf-8")

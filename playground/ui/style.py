"""The page's own CSS: a compact sidebar, and a stage that fits the window."""

from __future__ import annotations

from functools import cache
from pathlib import Path


@cache
def page_style() -> str:
    """The style sheet as an HTML element."""
    css = (Path(__file__).parent / "page.css").read_text(encoding="utf-8")
    return f"<style>{css}</style>"

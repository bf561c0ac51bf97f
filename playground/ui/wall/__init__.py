"""The live wall: the component that plays many networks in the browser. Not here yet: it shows where it will be."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import streamlit as st

__all__ = ["WallEvents", "wall"]


@dataclass(frozen=True)
class WallEvents:
    """What the visitor asked of Python since the last run of the script."""

    gone: str | None


def wall(
    token: str,
    *,
    plotly: str,
    link: str,
    titles: Mapping[str, str],
    session: str = "",
    claimed: str = "",
    lost: bool = False,
    key: str = "wall",
    on_gone: Callable[[], None] = lambda: None,
    on_claim: Callable[[Any], None] = lambda value: None,
) -> WallEvents:
    """Show the live wall."""
    with st.container(key=key):
        st.text(f"{token} {link}")
    return WallEvents(gone=None)

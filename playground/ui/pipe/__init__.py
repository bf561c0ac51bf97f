"""The live channel through Streamlit's own connection, for pages that no other reaches."""

from __future__ import annotations

from playground.ui.pipe.component import show_pipe

__all__ = ["show_pipe"]

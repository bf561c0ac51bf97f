"""The search: the component that shows trials of other settings, and which of them trained well."""

from __future__ import annotations

from playground.ui.search.component import search

__all__ = ["search"]

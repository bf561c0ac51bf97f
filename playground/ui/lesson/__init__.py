"""The lesson: the component that asks, judges nothing itself, and explains, beside what trains."""

from __future__ import annotations

from playground.ui.lesson.component import lesson

__all__ = ["lesson"]

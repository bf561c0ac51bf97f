"""The wall: the component that shows many networks trained in step, as cells along two axes."""

from __future__ import annotations

from playground.ui.wall.component import wall

__all__ = ["wall"]

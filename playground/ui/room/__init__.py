"""The room of a class: the component that joins one, and shows it by the role of who looks at it."""

from __future__ import annotations

from playground.ui.room.component import room

__all__ = ["room"]

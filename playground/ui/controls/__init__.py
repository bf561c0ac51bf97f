"""The controls: one widget a knob, grouped as people think."""

from __future__ import annotations

from playground.ui.controls.axes import show_axes, show_base_heading
from playground.ui.controls.groups import show_controls

__all__ = ["show_axes", "show_base_heading", "show_controls"]

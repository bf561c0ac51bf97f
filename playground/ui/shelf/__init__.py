"""The shelf: the component that lists the runs a visitor has kept, of which some are to be compared."""

from __future__ import annotations

from playground.ui.shelf.component import shelf

__all__ = ["shelf"]

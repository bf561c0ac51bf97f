"""The rate finder: the component that shows a learning-rate range test as it goes, and what it suggests."""

from __future__ import annotations

from playground.ui.finder.component import finder

__all__ = ["finder"]

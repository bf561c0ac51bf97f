"""JavaScript that the components share, and what is written for it in Python."""

from __future__ import annotations

from playground.ui.web.assets import modules_of, static_files, version

__all__ = ["modules_of", "static_files", "version"]

"""The live stage: the component that plays a run in the browser."""

from __future__ import annotations

from playground.ui.stage.assets import static_files, version
from playground.ui.stage.component import stage

__all__ = ["stage", "static_files", "version"]

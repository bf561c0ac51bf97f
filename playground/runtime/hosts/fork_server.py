"""Imported by the fork server and by nothing else, before all that takes long: it ends with the server."""

from __future__ import annotations

from playground.runtime.worker.orphans import die_with_parent

die_with_parent()

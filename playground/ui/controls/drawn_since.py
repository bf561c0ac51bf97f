"""Points that were drawn on the stage since the script last ran: the run has begun anew with them without it."""

from __future__ import annotations

from playground.ui import current_run
from playground.ui.controls import chosen

POINTS = "points"


def take() -> None:
    """Choose them, unless other points have been chosen meanwhile; at the start of the script."""
    redrawn = current_run.redrawn()
    if redrawn is None:
        return
    before, now = (getattr(data, POINTS) for data in redrawn)
    if chosen.values()[POINTS] == before:
        chosen.values()[POINTS] = now

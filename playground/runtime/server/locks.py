"""What a page may not say of its run: changes of what its link, or its lesson's step, leaves as it is.

A lock is the link's: it says what a page is for, and keeps nobody from opening the same experiment without it.
"""

from __future__ import annotations

from collections.abc import Collection

from playground.core.locked_controls import WEIGHTS
from playground.runtime.protocol.page import DrawnPoints, Edit, PageMessage
from playground.runtime.server.drawn_anew import POINTS

REFUSAL = "The {what} of this run are locked: nothing was changed."


def changed_by(message: PageMessage) -> str | None:
    """The control that a message changes; None of all others, which only say what is to be seen, and when."""
    match message:
        case Edit():
            return WEIGHTS
        case DrawnPoints():
            return POINTS
        case _:
            return None


def refusal_of(message: PageMessage, locked: Collection[str]) -> str | None:
    """Why a message is not heard where these controls are locked: a sentence; None when it is."""
    what = changed_by(message)
    return REFUSAL.format(what=what) if what in locked else None

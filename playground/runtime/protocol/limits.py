"""Numbers that both ends of the channel must know."""

from __future__ import annotations

from playground.core.page_view import AS_FAST_AS_IT_GOES as AS_FAST_AS_IT_GOES

FRAMES_IN_FLIGHT = 2
"""Frames that may be under way to a page: it gives a credit for each, and again after it has painted one."""
FRAMES = frozenset({"frame", "cells", "losses", "trials"})
"""Types of messages that cost a credit: of runs, walls, range tests and searches."""
MAX_CREDITS = 4
"""More are not counted."""
MOST_EPOCHS_PER_FRAME = 1000
NEURONS_DRAWN = 8
"""Neurons of a layer drawn at once; of a wider one the most active, in pages."""

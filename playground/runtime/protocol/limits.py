"""Numbers that both ends of the channel must know."""

from __future__ import annotations

FRAMES_IN_FLIGHT = 2
"""Frames that may be under way to a page: it gives a credit for each, and again after it has painted one."""
MAX_CREDITS = 4
"""More are not counted."""
AS_FAST_AS_IT_GOES = 0
"""The number of epochs a frame that means this."""
MOST_EPOCHS_PER_FRAME = 1000
NEURONS_DRAWN = 8
"""Neurons of a layer drawn at once; of a wider one the most active, in pages."""

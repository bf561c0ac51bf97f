"""Which epochs a replay shows, so that its file stays small."""

from __future__ import annotations

MOST_FRAMES = 301
"""More is no finer to look at: ten seconds at thirty pictures a second."""
MOST_BYTES = 1_500_000
"""Of the whole file."""
ROOM = 0.97
"""The share of the frames that would just fit by the mean of their sizes: they are not all alike."""


def fewer(frames: int, size: int, most: int) -> int:
    """How many of so many frames of this size in all to try next, so that they take at most so many bytes."""
    return max(2, min(frames - 1, int(frames * ROOM * most / size)))

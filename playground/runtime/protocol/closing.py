"""Why a server ends a connection."""

from __future__ import annotations

from enum import IntEnum


class CloseCode(IntEnum):
    """WebSocket close codes; those from 4000 on are the playground's own."""

    TOO_LARGE = 1009
    """A message was longer than messages may be."""
    TOO_SLOW = 1013
    """The page does not read what it is sent; it connects again."""
    ANOTHER_PLANE = 4205
    """Another plane of the data is shown from now on; the page connects again, to be told of it."""
    REFUSED = 4403
    """The page was served by somebody else."""
    GONE = 4404
    """The server does not have the run (any more)."""
    TAKEN = 4409
    """Another page watches the run now."""

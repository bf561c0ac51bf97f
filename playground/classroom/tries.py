"""How often a network address may be wrong about a code, and open rooms: codes cannot be found by trying."""

from __future__ import annotations

import math
from collections.abc import Callable

from playground.core.errors import Refused
from playground.runtime.server.allowance import Allowance

WRONG_AT_ONCE, WRONG_PER_MINUTE = 30, 3
"""A class behind one address mistypes some. A whole day of trying finds one of a hundred rooms with a chance of 3 %."""
ROOMS_AT_ONCE, ROOMS_PER_HOUR = 200, 600
"""A school with all of its teachers is behind one address."""
MOST_ADDRESSES = 10_000
TOO_MANY = (
    "From your network address {most} codes were tried that are of no room. Wait {seconds} seconds, and look at the "
    "code again."
)
TOO_MANY_ROOMS = "From one network address {most} rooms may be opened an hour. Wait {seconds} seconds."


class Tries:
    """The tries of all addresses."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._wrong: dict[str, Allowance] = {}
        self._rooms: dict[str, Allowance] = {}

    def check(self, address: str) -> None:
        """See that this address may try a code.

        Raises
        ------
        Refused
            When it was wrong too often, with how long to wait.
        """
        wrong = self._wrong.get(address)
        if wrong is not None and wrong.seconds:
            raise Refused(TOO_MANY.format(most=WRONG_AT_ONCE, seconds=math.ceil(wrong.seconds)))

    def note_wrong(self, address: str) -> None:
        """A code that is of no room was tried."""
        self._of(self._wrong, address, WRONG_AT_ONCE, WRONG_PER_MINUTE / 60).take()

    def open_one(self, address: str) -> None:
        """A room is opened.

        Raises
        ------
        Refused
            When too many were.
        """
        rooms = self._of(self._rooms, address, ROOMS_AT_ONCE, ROOMS_PER_HOUR / 3600)
        if not rooms.take():
            raise Refused(TOO_MANY_ROOMS.format(most=ROOMS_PER_HOUR, seconds=math.ceil(rooms.seconds)))

    def _of(self, allowances: dict[str, Allowance], address: str, most: int, rate: float) -> Allowance:
        if len(allowances) > MOST_ADDRESSES:
            for each in [each for each, allowance in allowances.items() if allowance.is_whole]:
                del allowances[each]
        return allowances.setdefault(address, Allowance(rate, most, self._clock))

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
    "From your network address {most} codes were tried in vain. Wait {seconds} seconds, and look at the code again."
)
TOO_MANY_ROOMS = "From one network address {most} rooms may be opened an hour. Wait {seconds} seconds."


class Tries:
    """The tries of all addresses."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._wrong: dict[str, Allowance] = {}
        self._rooms: dict[str, Allowance] = {}

    def take(self, address: str) -> None:
        """One more code is tried from this address.

        Raises
        ------
        Refused
            When it was wrong too often, with how long to wait.
        """
        wrong = self._wrong_of(address)
        if not wrong.take():
            raise Refused(TOO_MANY.format(most=WRONG_AT_ONCE, seconds=math.ceil(wrong.seconds)))

    def give_back(self, address: str) -> None:
        """The code of the last try was right."""
        self._wrong_of(address).give_back()

    def _wrong_of(self, address: str) -> Allowance:
        return self._of(self._wrong, address, WRONG_AT_ONCE, WRONG_PER_MINUTE / 60)

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

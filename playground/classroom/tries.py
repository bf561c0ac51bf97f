"""How often a network address may be wrong about a code, and open rooms: codes cannot be found by trying."""

from __future__ import annotations

import math
from collections.abc import Callable

from playground.core.errors import Refused

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


class _Bucket:
    """What is left to an address: filled at `rate` a second up to `most`."""

    def __init__(self, most: float, rate: float, now: float) -> None:
        self.left, self._most, self._rate, self._at = most, most, rate, now

    def fill(self, now: float) -> None:
        self.left = min(self._most, self.left + (now - self._at) * self._rate)
        self._at = now

    @property
    def seconds(self) -> int:
        """Until there is one more."""
        return math.ceil((1 - self.left) / self._rate)

    @property
    def is_full(self) -> bool:
        return self.left >= self._most


class Tries:
    """The tries of all addresses."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._wrong: dict[str, _Bucket] = {}
        self._rooms: dict[str, _Bucket] = {}

    def check(self, address: str) -> None:
        """See that this address may try a code.

        Raises
        ------
        Refused
            When it was wrong too often, with how long to wait.
        """
        bucket = self._wrong.get(address)
        if bucket is None:
            return
        bucket.fill(self._clock())
        if bucket.left < 1:
            raise Refused(TOO_MANY.format(most=WRONG_AT_ONCE, seconds=bucket.seconds))

    def note_wrong(self, address: str) -> None:
        """A code that is of no room was tried."""
        self._of(self._wrong, address, WRONG_AT_ONCE, WRONG_PER_MINUTE / 60).left -= 1

    def open_one(self, address: str) -> None:
        """A room is opened.

        Raises
        ------
        Refused
            When too many were.
        """
        bucket = self._of(self._rooms, address, ROOMS_AT_ONCE, ROOMS_PER_HOUR / 3600)
        if bucket.left < 1:
            raise Refused(TOO_MANY_ROOMS.format(most=ROOMS_PER_HOUR, seconds=bucket.seconds))
        bucket.left -= 1

    def _of(self, buckets: dict[str, _Bucket], address: str, most: int, rate: float) -> _Bucket:
        now = self._clock()
        if len(buckets) > MOST_ADDRESSES:
            for each in list(buckets):
                buckets[each].fill(now)
                if buckets[each].is_full:
                    del buckets[each]
        bucket = buckets.setdefault(address, _Bucket(most, rate, now))
        bucket.fill(now)
        return bucket

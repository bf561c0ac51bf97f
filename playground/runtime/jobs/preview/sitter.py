"""The contract of what sits for a picture: one network, or a few that are trained in step."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from playground.figures.card import Card

TOO_LARGE = "It takes more than a second to look at {these}: open the link to see {them} learn."


class Sitter(Protocol):
    """What is trained in slices, and then shown.

    Attributes
    ----------
    epoch : the newest one whose figures are there; 0 before
    """

    @property
    def epoch(self) -> int: ...

    @property
    def done(self) -> bool:
        """Whether it has come to the epoch that is wanted, or has nothing more to train."""

    def advance(self) -> None:
        """Train for a slice of time."""

    def cards(self) -> Iterator[Card | None]:
        """Look at it, in slices of time; the last one gives the card."""

"""What a server says of a run that a lesson judges."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from pydantic import with_config
from typing_extensions import TypedDict

from playground.runtime.protocol.server import EXACTLY, Declared


@with_config(EXACTLY)
class Verdict(TypedDict):
    """What the run has come to at its newest epoch, by the task of a step."""

    type: Literal["verdict"]
    epoch: int
    reached: bool | None
    """Whether this run has got there, be it at an earlier epoch. None where the step checks nothing."""
    reached_at: int | None
    """The epoch at which it first had; None where it has not, or where that is not known any more."""
    sentence: str
    """Like "not yet, because test accuracy is 0.81, wanted at least 0.95"."""
    figures: dict[str, str]
    """The text of each figure that the explanation quotes."""
    answer: float | None
    """The figure that was to be predicted."""


LESSON_MESSAGES: Mapping[str, Declared] = {"verdict": Declared(Verdict, {})}
"""Each type of message of a lesson."""

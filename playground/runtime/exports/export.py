"""How a file that is taken away is declared: its name, and the function that makes it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Generator
from dataclasses import dataclass
from typing import Any, NamedTuple, TypeAlias, TypeVar

from playground.core.errors import Refused
from playground.core.experiment import Experiment
from playground.runtime.engine import Engine
from playground.runtime.protocol.exporting import SCHEMES
from playground.runtime.views.snapshot import Snapshot

EDITED = "Weights of this run were changed by hand, which no training gives again. Take the model instead."
MOST_BYTES = 32_000_000
"""A file may be so long."""
TOO_LARGE = f"This file would be larger than {MOST_BYTES // 1_000_000} MB. A smaller network or fewer epochs have one."


@dataclass(frozen=True, kw_only=True)
class Origin(ABC):
    """What a file is made of: what a run and a wall have in common.

    Attributes
    ----------
    link : gives it again
    page_link : the same as the page has it, which alone knows where it is served; said by a browser, or empty
    """

    link: str
    page_link: str = ""

    @property
    @abstractmethod
    def engine(self) -> Engine:
        """What computes."""

    @property
    @abstractmethod
    def name(self) -> str:
        """What its files are called at the epoch shown: `spiral_epoch_120`."""

    @property
    def address(self) -> str:
        """Of the page, without its query; empty where no page has said it."""
        return self.page_link.partition("?")[0] if self.page_link.startswith(SCHEMES) else ""

    def file(self, ending: str) -> str:
        """What a file of it is called: `spiral_epoch_120.onnx`."""
        return self.name + ending


@dataclass(frozen=True, kw_only=True)
class Source(Origin):
    """A run at the epoch shown.

    Attributes
    ----------
    snapshot : its network there, and its history
    experiment : what it is from its beginning on, with the rates that were changed while it trained
    edited : whether weights were changed by hand
    """

    snapshot: Snapshot
    experiment: Experiment
    edited: bool

    @property
    def engine(self) -> Engine:
        """What computes."""
        return self.snapshot.engine

    @property
    def name(self) -> str:
        """What its files are called."""
        return f"{self.experiment.data.dataset}_epoch_{self.snapshot.displayed}"

    def refuse_edited(self) -> None:
        """Raise `Refused` when weights were changed by hand."""
        if self.edited:
            raise Refused(EDITED)


class Made(NamedTuple):
    """A file that is there."""

    content: bytes
    file: str
    mime: str


Making: TypeAlias = Generator[float, None, Made]
"""Makes a file in slices of time; each says which share is done, in [0, 1]. Raises `Refused` where it cannot be."""
Make: TypeAlias = Callable[[Source], Making]
AnyMake = TypeVar("AnyMake", bound=Callable[..., Making])
EXPORTS: dict[str, Make] = {}
"""What makes each file of a run, by the name that a page has for it."""


def exports(what: str) -> Callable[[AnyMake], AnyMake]:
    """Make a function what makes the file of a run called `what`."""
    return known_in(EXPORTS, what)


def known_in(makes: dict[str, Any], what: str) -> Callable[[AnyMake], AnyMake]:
    """Make a function what makes the file called `what`, of the kind of work that these are of."""

    def known(make: AnyMake) -> AnyMake:
        makes[what] = make
        return make

    return known


T = TypeVar("T")
CREEPS = 0.1
"""Of what is left, in a slice of a part of which nobody knows how long it takes."""


def part(making: Generator[float | None, None, T], start: float, end: float) -> Generator[float, None, T]:
    """A part of the making of a file: what it says is done of it, from 0 to 1, is so from `start` to `end` of all."""
    done = 0.0
    while True:
        try:
            share = next(making)
        except StopIteration as last:
            found: T = last.value
            return found
        done = done + CREEPS * (1 - done) if share is None else max(done, share)
        yield start + (end - start) * done

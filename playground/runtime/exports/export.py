"""How a file that is taken away is declared: its name, its type, and the function that makes it."""

from __future__ import annotations

from collections.abc import Callable, Generator
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

from playground.core.errors import Refused
from playground.core.experiment import Experiment
from playground.runtime.views.snapshot import Snapshot

EDITED = "Weights of this run were changed by hand, which no training gives again. Take the model instead."


@dataclass(frozen=True)
class Source:
    """A run at the epoch shown.

    Attributes
    ----------
    snapshot : its network there, and its history
    experiment : what it is from its beginning on, with the rates that were changed while it trained
    edited : whether weights were changed by hand
    link : gives the run again
    page_link : the same as the page has it, which alone knows where it is served; said by a browser, or empty
    """

    snapshot: Snapshot
    experiment: Experiment
    edited: bool
    link: str
    page_link: str = ""

    def refuse_edited(self) -> None:
        """Raise `Refused` when weights were changed by hand."""
        if self.edited:
            raise Refused(EDITED)


Making: TypeAlias = Generator[float, None, bytes]
"""Makes a file in slices of time; each says which share is done, in [0, 1]."""


class Export(NamedTuple):
    """A file that can be taken away.

    Attributes
    ----------
    file : what it is called, after the name of the experiment: `script.py`
    make : makes it; raises `Refused` with a sentence where it cannot be
    """

    file: str
    mime: str
    make: Callable[[Source], Making]

    def name_for(self, source: Source) -> str:
        """The name of the file: `spiral_epoch_120.onnx`."""
        epoch = source.snapshot.displayed
        return f"{source.experiment.data.dataset}_epoch_{epoch}{self.file}"


EXPORTS: dict[str, Export] = {}
"""Every file by the name that a page has for it."""


def exports(what: str, file: str, mime: str) -> Callable[[Callable[[Source], Making]], Callable[[Source], Making]]:
    """Make a function what makes the file called `what`."""

    def known(make: Callable[[Source], Making]) -> Callable[[Source], Making]:
        EXPORTS[what] = Export(file, mime, make)
        return make

    return known

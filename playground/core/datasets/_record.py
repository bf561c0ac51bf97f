"""What a dataset is: one record, in the one file that declares it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, Literal, TypeVar

from numpy.random import Generator
from numpy.typing import NDArray

if TYPE_CHECKING:
    from playground.core.parts import Data

Task = Literal["classification", "regression"]
Value = TypeVar("Value")
Sampler = Callable[["Data", tuple[int, ...], Generator], tuple[NDArray[Any], NDArray[Any]]]
"""A function of (data, points of each class, random generator) that returns X (n, 2) and y (n,) in any order.

Regression sets have no classes: their counts are one number, all the points.
"""
Load = Callable[[], tuple[Any, Any]]


@dataclass(frozen=True)
class Slider:
    """Show a number as a slider with this step."""

    step: float


@dataclass(frozen=True)
class Picks:
    """Offer these texts for a number, and take any other in its range."""

    texts: tuple[str, ...]


@dataclass(frozen=True)
class Numbers:
    """Show a list of numbers as a text to type."""


@dataclass(frozen=True)
class Typed:
    """Show a text to type, as it is; no axis is made of it."""


@dataclass(frozen=True)
class Switch:
    """Show as on or off."""


@dataclass(frozen=True)
class Elsewhere:
    """Shown by a part of the page that is made for it; no axis is made of it."""


@dataclass(frozen=True)
class Given:
    """What is not chosen beside a dataset, because its points are given: they are all taken, as they are.

    Attributes
    ----------
    samples : how many points there are; at least 2
    classes : the name of each class; none for regression
    inputs : the name of each coordinate
    target : the name of what is learnt, where it has one
    """

    samples: int
    classes: tuple[str, ...]
    inputs: tuple[str, ...] = ("x1", "x2")
    target: str = ""

    @property
    def task(self) -> Task:
        """What the targets are."""
        return "classification" if self.classes else "regression"


@dataclass(frozen=True)
class OwnKnob(Generic[Value]):
    """A knob that one dataset alone has. It becomes a field of `Data`, and so a name in links.

    Attributes
    ----------
    name : the field's name, which no other knob has
    type : what pydantic checks, like ``float``; a text says its rule as ``json_schema_extra={"allowed": …}``
    field : pydantic's ``Field(default=…, ge=…, le=…)``
    label, help : what the sidebar calls it, and what it does, for a newcomer
    shown : how the sidebar shows it
    """

    name: str
    type: Any
    field: Any
    label: str
    help: str
    shown: Slider | Picks | Numbers | Typed | Switch | Elsewhere

    def of(self, data: Data) -> Value:
        """The knob's value in `data`."""
        value: Value = getattr(data, self.name)
        return value


def _no_rules(data: Data) -> Iterator[tuple[str, str]]:
    yield from ()


@dataclass(frozen=True)
class Record:
    """A dataset. Beside its file lies its thumbnail, `<name>.svg`.

    Attributes
    ----------
    name : what links call it
    label : what the page calls it
    place : where it stands among the others, lowest first
    sample : draws the points
    task : what the targets are
    max_classes : up to how many classes a learner may ask for; None for a fixed two (or none, for regression)
    wide : whether it is shown on [-6, 6]², whatever its points, as TensorFlow Playground does
    knobs : those that it alone has
    given : what the points decide where they are given, not drawn at random; it takes data that break the rules, too
    tabular : whether its inputs have units of their own: they are standardised, as `scaled` says, and so is a number
        that is learnt
    counts_vary : whether its points come and go one by one, so that one program is to train any number of them
    rules : yields (field to blame, sentence) for each of its own rules that join fields and that `data` breaks
    further : draws more points of the same distribution as those of `data`, where `sample` with another seed or count
        draws from another one; of the counts their sum is enough
    load : gives all its points, X (n, inputs) and y (n,), where a library brings them along: what `sample` calls
    """

    name: str
    label: str
    place: int
    sample: Sampler
    task: Task = "classification"
    max_classes: int | None = None
    wide: bool = False
    knobs: tuple[OwnKnob[Any], ...] = ()
    given: Callable[[Data], Given] | None = None
    tabular: bool = False
    counts_vary: bool = False
    rules: Callable[[Data], Iterator[tuple[str, str]]] = _no_rules
    further: Sampler | None = None
    load: Load | None = None

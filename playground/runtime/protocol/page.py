"""What a page may say: JSON text, one of these messages."""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

from pydantic import Field, TypeAdapter, ValidationError

from playground.core.drawn_points import LONGEST as LONGEST_POINTS
from playground.core.parts import MAX_HIDDEN_LAYERS, MAX_UNITS
from playground.core.wall import MAX_NETWORKS
from playground.runtime.protocol.exporting import CancelExport, Export
from playground.runtime.protocol.limits import MOST_EPOCHS_PER_FRAME
from playground.runtime.protocol.message import Bounds, Coordinate, Message, Weight
from playground.runtime.protocol.show import ViewWanted


class Credit(Message):
    """The page has painted, and is ready for one more frame."""

    type: Literal["credit"] = "credit"


class Hidden(Message):
    """The tab is out of sight: nothing is wanted until the next credit."""

    type: Literal["hidden"] = "hidden"


class Play(Message):
    """Train, with so many epochs a frame; 0 is as fast as it goes. With `until` it pauses at that epoch."""

    type: Literal["play"] = "play"
    epochs_per_frame: int = Field(default=1, ge=0, le=MOST_EPOCHS_PER_FRAME)
    until: int | None = Field(default=None, ge=0, le=10_000)


class Speed(Message):
    """Another number of epochs a frame."""

    type: Literal["speed"] = "speed"
    epochs_per_frame: int = Field(ge=0, le=MOST_EPOCHS_PER_FRAME)


class Pause(Message):
    """Stop after the epoch under way."""

    type: Literal["pause"] = "pause"


class OneEpoch(Message):
    """Train one epoch, then pause."""

    type: Literal["step"] = "step"


class Rewind(Message):
    """Go back to the untrained network with the same weights."""

    type: Literal["rewind"] = "rewind"


class Scrub(Message):
    """Pause and show an earlier epoch."""

    type: Literal["scrub"] = "scrub"
    epoch: int = Field(ge=0, le=10_000)


class VisiblePlane(Message):
    """The part of the plane that is on screen."""

    type: Literal["view"] = "view"
    x1: Bounds
    x2: Bounds


class Probe(Message):
    """The exact output at one point is wanted."""

    type: Literal["probe"] = "probe"
    x1: Coordinate
    x2: Coordinate


class Show(Message):
    """What is to be seen besides the boundary: one view at most, and rings round misclassified points."""

    type: Literal["show"] = "show"
    view: ViewWanted = None
    rings: bool = False


class Viewed(Message):
    """The page has drawn a view, and is ready for a newer one."""

    type: Literal["viewed"] = "viewed"


class Focus(Message):
    """One neuron's map is wanted in the main chart: layer 0 is the inputs, then hidden layers, then the outputs."""

    type: Literal["focus"] = "focus"
    layer: int = Field(ge=0, le=MAX_HIDDEN_LAYERS + 1)
    unit: int = Field(ge=0, lt=MAX_UNITS)


class Unfocus(Message):
    """The network's own answer again."""

    type: Literal["unfocus"] = "unfocus"


class Edit(Message):
    """Another value for a weight of the newest network, or for a neuron's bias when `source` is None."""

    type: Literal["edit"] = "edit"
    layer: int = Field(ge=1, le=MAX_HIDDEN_LAYERS + 1)
    unit: int = Field(ge=0, lt=MAX_UNITS)
    source: int | None = Field(default=None, ge=0, lt=MAX_UNITS)
    value: Weight


class DrawnPoints(Message):
    """The run is to begin anew with these points, as `core.drawn_points` packs them; else the page asks its script."""

    type: Literal["points"] = "points"
    points: str = Field(max_length=LONGEST_POINTS)


class OpenCell(Message):
    """Of this cell of a wall each network is wanted, besides their mean; of none with None."""

    type: Literal["open"] = "open"
    cell: int | None = Field(default=None, ge=0, lt=MAX_NETWORKS)


PageMessage: TypeAlias = (
    Credit
    | Hidden
    | Play
    | Speed
    | Pause
    | OneEpoch
    | Rewind
    | Scrub
    | VisiblePlane
    | Probe
    | Show
    | Viewed
    | Focus
    | Unfocus
    | Edit
    | DrawnPoints
    | Export
    | CancelExport
    | OpenCell
)
ANY: TypeAdapter[PageMessage] = TypeAdapter(Annotated[PageMessage, Field(discriminator="type")])


def read_message(text: str) -> PageMessage | None:
    """The message in `text`, or None when it is none of those a page may send."""
    try:
        return ANY.validate_json(text)
    except (ValidationError, ValueError, RecursionError):
        return None

"""What a server may say: for each type of message its header and its arrays.

A number that is none (a loss that diverged, the accuracy of a regression) is null. The messages of views are declared
where the views are, upon `ViewHeader`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, NamedTuple, TypeAlias

from pydantic import ConfigDict, with_config
from typing_extensions import NotRequired, TypedDict

State: TypeAlias = Literal["loading", "ready", "playing", "paused", "finished", "diverged", "failed"]
Interval: TypeAlias = tuple[float, float]
EXACTLY = ConfigDict(extra="forbid")


class Array(NamedTuple):
    """An array of a message: its dtype, and the length or the name of each dimension; equal names, equal lengths."""

    dtype: Literal["uint8", "int32", "float32", "float64"]
    shape: tuple[int | str, ...]
    optional: bool = False


class Declared(NamedTuple):
    """A type of message."""

    header: type
    arrays: Mapping[str, Array]


@with_config(EXACTLY)
class ExperimentFacts(TypedDict):
    """What a page must know of an experiment to draw it.

    `features` are the inputs of the network: features of the plane, else all coordinates by name. `axes` are the titles
    of the chart's, `held` says what is held fixed beside them, and `target` what a regression learns.
    """

    task: Literal["classification", "regression"]
    n_classes: int
    output: str
    loss: str
    n_train: int
    n_test: int
    n_validation: int
    epochs: int
    seed: int
    dataset: str
    learning_rate: float
    features: list[str] | tuple[str, ...]
    uses_features: bool
    classes: list[str] | tuple[str, ...]
    axes: list[str] | tuple[str, ...]
    held: str
    target: str
    hidden: list[int] | tuple[int, ...]
    activations: list[str] | tuple[str, ...]
    units_out: int


@with_config(EXACTLY)
class Ending(TypedDict):
    """How a run has ended.

    Loss and accuracy of the part watched at the `epoch` that counts in the end, and the epoch with the least loss; one
    thing to try; how many `more` epochs it may have, or why there are none.
    """

    epoch: int
    loss: float | None
    accuracy: float | None
    best_epoch: int | None
    best_loss: float | None
    advice: str
    more: int
    no_more: str


@with_config(EXACTLY)
class Position(TypedDict):
    """Where a run is."""

    state: State
    message: str
    last_epoch: int
    ending: NotRequired[Ending]
    held: NotRequired[bool]
    """Whether nothing is trained, whatever the page says, until others let it go on."""


@with_config(EXACTLY)
class Turn(TypedDict):
    """Where rates of a run change: the epoch that is left with the new ones, and what they are, in words."""

    epoch: int
    text: str


@with_config(EXACTLY)
class Course(TypedDict):
    """What a run is from its beginning on: the link that gives it again, and where its rates change."""

    link: str
    turns: list[Turn]


@with_config(EXACTLY)
class Standing(Position):
    """Where a run is, and how it comes there."""

    course: Course


@with_config(EXACTLY)
class Hello(Standing):
    """The first message of a connection: the points, the first view, and the network in words."""

    type: Literal["hello"]
    run: str
    experiment: ExperimentFacts
    summary: str
    x1: Interval
    x2: Interval
    shown_train: int
    shown_test: int
    shown_validation: NotRequired[int]


@with_config(EXACTLY)
class Status(Standing):
    """The run has changed its state."""

    type: Literal["status"]


@with_config(EXACTLY)
class DiagramColumn(TypedDict):
    """A hidden layer in the diagram: the units drawn, and the value that has the strongest colour."""

    units: list[int]
    reach: float


@with_config(EXACTLY)
class DiagramInput(TypedDict):
    """A feature in the diagram."""

    name: str
    reach: float


@with_config(EXACTLY)
class Diagram(TypedDict):
    """The network diagram; `inputs` come once for each part of the plane."""

    columns: list[DiagramColumn]
    page: int
    inputs: NotRequired[list[DiagramInput]]


@with_config(EXACTLY)
class FocusedNeuron(TypedDict):
    """The neuron in the main chart, its map's range, and its bias (inputs have none)."""

    layer: int
    unit: int
    lo: float
    hi: float
    bias: NotRequired[float | None]


@with_config(EXACTLY)
class Frame(Position):
    """One epoch as the page shows it: boundary, figures, and the curves it does not have yet."""

    type: Literal["frame"]
    epoch: int
    edited: bool
    loss: float | None
    accuracy: float | None
    val_loss: float | None
    val_accuracy: float | None
    learning_rate: float | None
    x1: Interval
    x2: Interval
    curves_start: int
    lo: float
    hi: float
    computed: dict[str, int]
    """How often each part has been computed for this run: what is not shown is not."""
    network: NotRequired[Diagram]
    focus: NotRequired[FocusedNeuron]


@with_config(EXACTLY)
class Probed(TypedDict):
    """The values at a point, one or one a class; null where a value is none."""

    type: Literal["probe"]
    x1: float
    x2: float
    values: list[float | None]


@with_config(EXACTLY)
class RefusedEdit(TypedDict):
    """What was asked for cannot be done."""

    type: Literal["refused"]
    message: str


@with_config(EXACTLY)
class NotHere(TypedDict):
    """What was asked for is the page's script to make."""

    type: Literal["not_here"]


@with_config(EXACTLY)
class ViewHeader(TypedDict):
    """What the messages of all views share; each view's own type adds to it."""

    type: Literal["view"]
    view: dict[str, Any]
    """The view and its options, as they were asked for."""
    epoch: int
    last_epoch: int
    fault: NotRequired[str]
    """Instead of the view, when it could not be computed."""


_POINTS = {
    "train_x": Array("float32", ("shown_train", 2)),
    "train_y": Array("float32", ("shown_train",)),
    "test_x": Array("float32", ("shown_test", 2)),
    "test_y": Array("float32", ("shown_test",)),
    "validation_x": Array("float32", ("shown_validation", 2), optional=True),
    "validation_y": Array("float32", ("shown_validation",), optional=True),
}
MESSAGES: Mapping[str, Declared] = {
    "hello": Declared(Hello, _POINTS),
    "status": Declared(Status, {}),
    "frame": Declared(
        Frame,
        {
            "curves": Array("float32", ("epochs", 6)),
            "map": Array("uint8", ("values", "n", "n")),
            "lines": Array("float32", ("vertices", 2)),
            "links": Array("float32", ("links",), optional=True),
            "biases": Array("float32", ("biases",), optional=True),
            "neurons": Array("uint8", ("neurons", "cells", "cells"), optional=True),
            "inputs": Array("uint8", ("features", "input_cells", "input_cells"), optional=True),
            "wrong": Array("uint8", ("points",), optional=True),
            "focus_map": Array("uint8", (1, "focus_cells", "focus_cells"), optional=True),
            "incoming": Array("float32", ("sources",), optional=True),
        },
    ),
    "probe": Declared(Probed, {}),
    "refused": Declared(RefusedEdit, {}),
    "not_here": Declared(NotHere, {}),
}
"""Each type of message but those of views."""

"""What the runtime needs of an engine: the contract that `playground.engine` fulfils and tests' engines imitate.

A module is an `Engine` when its names are these. Types that cross the contract are NumPy arrays and plain values; what
an engine computes with stays inside.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Literal, Protocol, TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

from playground.core.datasets import Dataset
from playground.core.diagnosis import Evidence
from playground.core.experiment import Experiment
from playground.core.grid import Range
from playground.core.history import History
from playground.core.parts import Data
from playground.core.signals import Signals
from playground.core.stacks import StackShape

Floats32: TypeAlias = NDArray[np.float32]
Floats64: TypeAlias = NDArray[np.float64]
Weights: TypeAlias = list[Floats32]
"""In the order and shapes of `model.get_weights()`."""
Plane: TypeAlias = tuple[Range, Range]
Ended: TypeAlias = Literal["finished", "early_stopping", "diverged"]


class Boundary(Protocol):
    """A network's answer on a grid: `values` (K, n, n), and `lines` (m, 2), polylines with rows of NaN between them."""

    @property
    def values(self) -> Floats32: ...

    @property
    def lines(self) -> Floats32: ...


class Picture(Protocol):
    """What a frame shows of a network, computed in one go.

    `boundary`, and `hidden`: of each hidden layer a map (units, m, m) of each neuron; empty unless asked for.
    """

    @property
    def boundary(self) -> Boundary: ...

    @property
    def hidden(self) -> Sequence[Floats32]: ...


class LayerOutputs(Protocol):
    """Points after each layer: `hidden` one (n, units) a hidden layer, `logits` and `outputs` (n, output units)."""

    @property
    def hidden(self) -> Sequence[Floats32]: ...

    @property
    def logits(self) -> Floats32: ...

    @property
    def outputs(self) -> Floats32: ...


class Ties(Protocol):
    """Where two classes tie: `points` (m, 2), `classes` (m, 2), `differences` (m,) in logits."""

    @property
    def points(self) -> Floats64: ...

    @property
    def classes(self) -> NDArray[np.int64]: ...

    @property
    def differences(self) -> Floats64: ...


class Dense(Protocol):
    """A Dense layer: `place` of its kernel among the weights, `kernel` (inputs, units), `bias` (units,)."""

    @property
    def place(self) -> int: ...

    @property
    def kernel(self) -> Floats32: ...

    @property
    def bias(self) -> Floats32: ...


class Network(Protocol):
    """A network at one epoch, a value: what a program makes of an experiment and these weights."""

    @property
    def experiment(self) -> Experiment: ...

    @property
    def weights(self) -> Weights: ...

    def predict(self, X: ArrayLike) -> Floats32:
        """The values at points X (n, 2), (n, K): probabilities, or a regression's output."""

    def boundary(self, x1: Range, x2: Range) -> Boundary:
        """The answer over a part of the plane."""

    def picture(self, x1: Range, x2: Range, maps: bool) -> Picture:
        """The same boundary, and with `maps` what each hidden neuron says there."""

    def layers(self, X: ArrayLike) -> LayerOutputs:
        """Points X (n, 2) after each layer."""

    def neuron_maps(self, x1: Range, x2: Range, n: int = 24) -> Sequence[Floats32]:
        """Inputs, hidden layers and outputs over the plane, (units, n, n) each."""

    def logit_maps(self, x1: Range, x2: Range, n: int = 64) -> Floats32:
        """What goes into the output activation over the plane, (output units, n, n)."""

    def ties(self, x1: Range, x2: Range) -> Ties:
        """The boundary as points."""

    def signals(self, before: Weights | None = None, epochs: int = 1) -> Signals:
        """The learning signals of every Dense layer; `before` are the weights `epochs` epochs earlier."""

    def dense(self) -> Sequence[Dense]:
        """The hidden layers and the output."""


class Epoch(Protocol):
    """A network after an epoch: its number, figures and weights; figures that are none are NaN."""

    @property
    def epoch(self) -> int: ...

    @property
    def loss(self) -> float: ...

    @property
    def accuracy(self) -> float: ...

    @property
    def val_loss(self) -> float: ...

    @property
    def val_accuracy(self) -> float: ...

    @property
    def learning_rate(self) -> float: ...

    @property
    def weights(self) -> Weights: ...


class Program(Protocol):
    """A compiled architecture; experiments with this `program_key` share it."""

    @property
    def key(self) -> str: ...


class Checkpoint(Protocol):
    """The state of a run at `epoch`, to go on from bit by bit; it can be pickled."""

    @property
    def epoch(self) -> Epoch: ...


class Trainer(Protocol):
    """An experiment on its way, epoch by epoch."""

    @property
    def current(self) -> Epoch:
        """The newest epoch; after the end with `restore_best` the best one."""

    @property
    def last_epoch(self) -> int:
        """The number of the newest epoch."""

    @property
    def ended(self) -> Ended | None:
        """Why there is no more to train."""

    @property
    def experiment(self) -> Experiment:
        """The experiment that it is, with the changes of rates made since it began."""

    def follow(self, experiment: Experiment) -> None:
        """Use the rates of this experiment from the start of the next epoch on."""

    def set_epochs(self, epochs: int) -> None:
        """End after so many epochs instead, which are more; a run that had finished goes on."""

    @property
    def begun(self) -> bool:
        """Whether the network it begins from has its figures; until then there is nothing to do but slices."""

    def edit_slices(self, weights: Weights, seconds: float = 0.02) -> Iterator[Epoch | None]:
        """Let the newest epoch have these weights; the last slice gives it, and until then nothing changes.

        Raises ValueError with a sentence.
        """

    def slices(self, seconds: float = 0.02) -> Iterator[Epoch | None]:
        """Begin, and train, in slices of time; each gives an epoch if it trained one to its end."""

    def checkpoint(self) -> Checkpoint:
        """The state at the last finished epoch."""


class StackEpoch(Protocol):
    """The members of a stack after an epoch: their number, figures and weights, an entry or a row for each member.

    `epochs` is how many each was trained for, `rows` (members, P) are all their weights, `ended` why each has ended.
    """

    @property
    def epoch(self) -> int: ...

    @property
    def epochs(self) -> NDArray[np.int64]: ...

    @property
    def loss(self) -> Floats64: ...

    @property
    def accuracy(self) -> Floats64: ...

    @property
    def val_loss(self) -> Floats64: ...

    @property
    def val_accuracy(self) -> Floats64: ...

    @property
    def rows(self) -> Floats32: ...

    @property
    def ended(self) -> Sequence[Ended | None]: ...


class StackTrainer(Protocol):
    """The members of a stack on their way, epoch by epoch, each to its own end."""

    @property
    def begun(self) -> bool:
        """Whether the untrained networks have their figures; until then there is nothing to do but slices."""

    @property
    def current(self) -> StackEpoch:
        """The newest epoch."""

    @property
    def ended(self) -> bool:
        """Whether no member has anything left to train."""

    def slices(self, seconds: float = 0.02, figures_from: int = 0) -> Iterator[StackEpoch | None]:
        """Begin, and train, in slices of time; each gives an epoch if it trained one to its end.

        Epochs before `figures_from` need no figures.
        """

    def members(self) -> Sequence[Epoch]:
        """What each member has come to, as one that trains alone gives it."""

    def rewind(self) -> None:
        """Back to the untrained networks."""

    def checkpoint(self) -> object:
        """The state at the last finished epoch; it can be pickled."""


class RangeTest(Protocol):
    """Members of a stack on their way through a learning-rate range test.

    `losses` is (members, steps so far), the loss of each batch; `ended` whether no rate or no finite loss is left.
    """

    @property
    def losses(self) -> Floats64: ...

    @property
    def ended(self) -> bool: ...

    def slices(self, seconds: float = 0.02) -> Iterator[None]:
        """Train to the end of the test, in slices of time."""


class StackLook(Protocol):
    """What the members of a stack say over the plane; `initial` (members, P) are the weights they begin with."""

    @property
    def initial(self) -> Floats32: ...

    def maps(self, rows: Floats32, seconds: float = 0.02) -> Iterator[Floats32 | None]:
        """What members with these weights say, (members, K, n, n); None until the last slice of time gives it."""


class Engine(Protocol):
    """The module that computes. Its attributes are looked up when used."""

    def configure_process(self) -> None:
        """Called first in a process that trains."""

    def compile_program(self, experiment: Experiment) -> Program:
        """Compile an architecture; may run in a second thread."""

    def make_trainer(self, experiment: Experiment, program: Program, checkpoint: Checkpoint | None = None) -> Trainer:
        """Begin an experiment, or go on from a checkpoint."""

    def make_network(self, program: Program, experiment: Experiment, weights: Weights) -> Network:
        """The network with these weights."""

    def compile_stack(self, experiments: Sequence[Experiment], shape: StackShape | None = None) -> object:
        """Compile the program of a stack, which `make_stack` then finds; may run in a second thread."""

    def make_stack(
        self, experiments: Sequence[Experiment], checkpoint: Any = None, shape: StackShape | None = None
    ) -> StackTrainer:
        """Begin a stack, or go on from a checkpoint; compiles, and may run in a second thread.

        With a shape that has room for others, too, they share its program.
        """

    def gather_members(self, places: Sequence[tuple[Any, int]]) -> object:
        """A checkpoint of members of stacks of one shape, each a checkpoint and a place in it, at one epoch."""

    def make_range_test(self, experiments: Sequence[Experiment], rates: ArrayLike) -> RangeTest:
        """Begin a range test of a stack, a rate for each step; compiles, and may run in a second thread."""

    def look_at_stack(self, experiments: Sequence[Experiment], planes: Sequence[Plane], n: int) -> StackLook:
        """Looks at a stack's members, each over its part of the plane; may run in a second thread."""

    def collect_evidence(self, program: Program, experiment: Experiment, history: History, epoch: int) -> Evidence:
        """What a diagnosis of a run at `epoch` needs."""

    def export_file(self, what: str, experiment: Experiment, epoch: int, weights: Weights) -> bytes:
        """The file called `what` of an experiment at an epoch: script, notebook, data, keras, onnx or javascript."""

    def is_short_of_resources(self, fault: BaseException) -> bool:
        """Whether what the engine raised is no fault of what it computed, but of a machine that has no more to give."""

    def sampled(self, data: Data) -> Dataset:
        """The points of `data`, sampled once for all who share them."""

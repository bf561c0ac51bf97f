"""The three parts of an experiment: data, model and training.

Every knob of the playground is a field here, with its range declared once. The controls, the link, the engine
and the exports all read these declarations. Field names are unique across the three parts, because the link
is flat.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import TYPE_CHECKING, Annotated, Any, Literal, TypeAlias

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    ValidationError,
    ValidationInfo,
    create_model,
    field_validator,
)

from playground.core import words
from playground.core.datasets import SCALED
from playground.core.datasets._record import Given
from playground.core.datasets._record import Task as Task
from playground.core.datasets._registry import RECORDS, own_knobs
from playground.core.errors import Explained
from playground.core.features import FEATURES
from playground.core.layers import ACTIVATIONS, INITS
from playground.core.losses import LOSSES
from playground.core.optimizers import OPTIMIZERS
from playground.core.regularization import REGULARIZATIONS

if TYPE_CHECKING:
    # Names that are read from tables; pydantic sees which.
    DatasetName: TypeAlias = str
    FeatureName: TypeAlias = str
    ActivationName: TypeAlias = str
    InitName: TypeAlias = str
    LossName: TypeAlias = str
    OptimizerName: TypeAlias = str
    RegularizationName: TypeAlias = str
else:
    DatasetName = Literal[tuple(RECORDS)]
    FeatureName = Literal[tuple(FEATURES)]
    ActivationName = Literal[tuple(ACTIVATIONS)]
    InitName = Literal[tuple(INITS)]
    LossName = Literal[("auto", *LOSSES)]
    OptimizerName = Literal[tuple(OPTIMIZERS)]
    RegularizationName = Literal[tuple(REGULARIZATIONS)]
OutputName = Literal["auto", "sigmoid", "sigmoids", "softmax", "tanh", "linear", "softmax1"]
ScheduleName = Literal["constant", "exponential", "cosine", "step"]
WatchedPart = Literal["validation", "test"]

MANY_CLASS_DATASETS: frozenset[str] = frozenset(name for name, record in RECORDS.items() if record.max_classes)
REGRESSION_DATASETS: frozenset[str] = frozenset(name for name, record in RECORDS.items() if record.task == "regression")
COORDINATES = ("x1", "x2")
"""Of the plane in which points are drawn at random."""
MAX_HIDDEN_LAYERS = 8
MAX_UNITS = 128
MAX_SEED = 2**31 - 1

Units = Annotated[int, Field(ge=1, le=MAX_UNITS)]


def reason_of(error: BaseException | None) -> str:
    """Why a field refused a value, where its rule does not tell: what follows the refusal, or nothing."""
    while isinstance(error, ValidationError):
        error = error.errors(include_url=False)[0].get("ctx", {}).get("error")
        error = error.__cause__ if error is not None and error.__cause__ is not None else error
    return f" {error}" if isinstance(error, Explained) else ""


class Part(BaseModel):
    """A value that never changes, made of fields that are all known and finite."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


class Knobs(Part):
    """Fields that are knobs: each is refused in the words of its own rule."""

    @classmethod
    @cache
    def schemas(cls) -> Mapping[str, words.Schema]:
        """The JSON schema of each field, from which its rule is read."""
        properties: Mapping[str, words.Schema] = cls.model_json_schema()["properties"]
        return properties

    @field_validator("*", mode="wrap")
    @classmethod
    def _says_the_rule(cls, value: Any, check: Callable[[Any], Any], info: ValidationInfo) -> Any:
        try:
            return check(value)
        except ValidationError as error:
            field = str(info.field_name)
            raise ValueError(words.refusal(field, cls.schemas()[field], value) + reason_of(error)) from error


class CommonData(Knobs):
    """What is sampled: `samples` points in all, of which the fraction `test` is held back.

    Of the points that are left, the fraction `validation` is held back too. With it, training is watched on the
    validation part, and the test part is kept for the end.
    """

    dataset: DatasetName = "circle"
    samples: int = Field(default=500, ge=20, le=100_000)
    noise: float = Field(default=0.0, ge=0, le=1)
    test: float = Field(default=0.5, ge=0.05, le=0.9)
    validation: float = Field(default=0.0, ge=0, le=0.5)
    classes: int = Field(default=2, ge=2, le=6)
    data_seed: int = Field(default=0, ge=0, le=MAX_SEED)
    balance: float = Field(default=0.5, ge=0.02, le=0.98)
    """Two-class sets: the share of points in class 0; away from 0.5 accuracy misleads."""

    @property
    def given(self) -> Given | None:
        """What the points decide, where they are given; None where they are drawn at random."""
        given = RECORDS[self.dataset].given
        return given(self) if given else None  # type: ignore[arg-type]  # `Data` is made of this class

    @property
    def n_samples(self) -> int:
        """Points in all."""
        given = self.given
        return given.samples if given else self.samples

    @property
    def counts_vary(self) -> bool:
        """Whether its points come and go one by one."""
        return RECORDS[self.dataset].counts_vary

    @property
    def inputs(self) -> tuple[str, ...]:
        """The name of each coordinate."""
        given = self.given
        return given.inputs if given else COORDINATES

    @property
    def task(self) -> Task:
        """What the targets are: classes, or any numbers."""
        given = self.given
        return given.task if given else RECORDS[self.dataset].task

    @property
    def uses_features(self) -> bool:
        """Whether a network is given features of a point, as a place in the plane has; else its coordinates."""
        return len(self.inputs) == len(COORDINATES)

    @property
    def is_scaled(self) -> bool:
        """Whether the inputs have units of their own and are standardised for it, whatever the model says."""
        return RECORDS[self.dataset].tabular and SCALED.of(self)  # type: ignore[arg-type]

    @property
    def scales_target(self) -> bool:
        """Whether the numbers to learn are standardised, by the training part."""
        return self.is_scaled and self.task == "regression"

    @property
    def n_classes(self) -> int:
        """Number of classes drawn; 0 for regression."""
        if given := self.given:
            return len(given.classes)
        if self.task == "regression":
            return 0
        return self.classes if RECORDS[self.dataset].max_classes else 2

    @property
    def class_names(self) -> tuple[str, ...]:
        """What each class is called."""
        given = self.given
        return given.classes if given else tuple(f"class {k}" for k in range(self.n_classes))

    @property
    def n_test(self) -> int:
        """Points of the test part; at least one, and at least one is left to train on."""
        return min(max(round(self.n_samples * self.test), 1), self.n_samples - 1)

    @property
    def n_validation(self) -> int:
        """Points of the validation part: 0 without one, else at least one where at least one is left to train on."""
        left = self.n_samples - self.n_test
        return min(max(round(left * self.validation), 1), left - 1) if self.validation > 0 else 0

    @property
    def n_train(self) -> int:
        """Points to train on."""
        return self.n_samples - self.n_test - self.n_validation

    @property
    def watched(self) -> WatchedPart:
        """The part that is watched while training: validation when there is one, else test."""
        return "validation" if self.n_validation else "test"

    @property
    def n_watched(self) -> int:
        """Points of the part that is watched while training."""
        return self.n_validation or self.n_test


if TYPE_CHECKING:

    class Data(CommonData):
        """What is sampled. The knobs that one dataset alone has are read by `OwnKnob.of`."""

        def __init__(self, **fields: Any) -> None: ...

else:
    Data = create_model(
        "Data",
        __base__=CommonData,
        __doc__="What is sampled: the fields of `CommonData`, and each knob that one dataset alone has.",
        __module__=__name__,
        **{knob.name: (knob.type, knob.field) for knob in own_knobs().values()},
    )


def _without_repeats(names: tuple[str, ...]) -> tuple[str, ...]:
    if len(set(names)) != len(names):
        raise ValueError("named twice")
    return names


class Model(Knobs):
    """What learns: input features, hidden layers, output and loss."""

    features: Annotated[tuple[FeatureName, ...], AfterValidator(_without_repeats)] = Field(
        default=("x1", "x2"), min_length=1, json_schema_extra={"uniqueItems": True}
    )
    standardize: bool = False
    hidden: Annotated[tuple[Units, ...], Field(max_length=MAX_HIDDEN_LAYERS)] = (4, 2)
    activation: tuple[ActivationName, ...] = Field(default=("tanh",), min_length=1, max_length=MAX_HIDDEN_LAYERS)
    """One name for all hidden layers, or one a layer."""
    init: InitName = "auto"
    init_deviation: float = Field(default=1.0, gt=0, le=100)
    """init=normal: standard deviation of the initial weights."""
    dropout: float = Field(default=0.0, ge=0, le=0.9)
    batch_norm: bool = False
    l1: float = Field(default=0.0, ge=0, le=10)
    l2: float = Field(default=0.0, ge=0, le=10)
    regularization: RegularizationName = "keras"
    """What l1 and l2 do. It always matters: they may grow from 0 while a network trains."""
    output: OutputName = "auto"
    loss: LossName = "auto"

    @property
    def activations(self) -> tuple[ActivationName, ...]:
        """The activation of each hidden layer."""
        if len(self.activation) == 1:
            return self.activation * len(self.hidden)
        return self.activation


class Train(Knobs):
    """How it learns."""

    optimizer: OptimizerName = "sgd"
    learning_rate: float = Field(default=0.03, gt=0, le=100)
    momentum: float = Field(default=0.9, ge=0, lt=1)
    """optimizer=momentum and nesterov: share of the last step kept."""
    schedule: ScheduleName = "constant"
    schedule_factor: float = Field(default=0.1, gt=0, le=1000)
    """exponential and step: what the rate is multiplied by over `schedule_epochs`; above 1 it grows."""
    schedule_epochs: int = Field(default=100, ge=1, le=10_000)
    batch_size: int = Field(default=10, ge=1, le=100_000)
    """Points a step; above the training count it means all of them."""
    epochs: int = Field(default=10_000, ge=1, le=10_000)
    seed: int = Field(default=0, ge=0, le=MAX_SEED)
    patience: int = Field(default=0, ge=0, le=10_000)
    """Early stopping: epochs without a better val_loss (of the part watched) before training stops; 0 is off."""
    min_delta: float = Field(default=0.0, ge=0, le=10)
    restore_best: bool = False

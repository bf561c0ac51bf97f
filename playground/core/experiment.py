"""The experiment: one validated, immutable value that everything else is made from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import TypeVar

from pydantic import model_validator

from playground.core import heads, query
from playground.core.agreement import disagreements
from playground.core.parts import Data, LossName, Model, OutputName, Part, Train
from playground.core.rates import RATE_FIELDS, Rates

SomePart = TypeVar("SomePart", bound=Part)


class Experiment(Part):
    """Everything that decides a run. Equal experiments give equal training on the same machine.

    Raises
    ------
    pydantic.ValidationError
        When a field is out of its range or two fields contradict each other.
    """

    data: Data = Data()
    model: Model = Model()
    train: Train = Train()

    @model_validator(mode="after")
    def _fields_agree(self) -> Experiment:
        for _field, sentence in disagreements(self.data, self.model):
            raise ValueError(sentence)
        return self

    def to_query(self) -> dict[str, str]:
        """The link's query: only what differs from the defaults, in words people can read and type."""
        return query.write(self.data, self.model, self.train)

    @classmethod
    def from_query(cls, mapping: Mapping[str, str | list[str]]) -> tuple[Experiment, list[str]]:
        """The experiment a link asks for, and a sentence for each field refused and left at its default.

        Never raises, whatever strings the mapping holds.
        """
        data, model, train, refused = query.read(mapping)
        return cls(data=data, model=model, train=train), refused

    @property
    def output(self) -> OutputName:
        """The output in use: never `auto`."""
        return heads.resolve_output(self.data, self.model)

    @property
    def loss(self) -> LossName:
        """The loss in use: never `auto`."""
        return heads.resolve_loss(self.data, self.model)

    @property
    def rates(self) -> Rates:
        """What may change while this experiment trains."""
        values = {**dict(self.model), **dict(self.train)}
        return Rates(**{name: values[name] for name in RATE_FIELDS})

    def with_rates(self, rates: Rates) -> Experiment:
        """This experiment with other `rates`, which are in their ranges."""
        parts = {"model": _with_rates(self.model, rates), "train": _with_rates(self.train, rates)}
        return self.model_copy(update=parts)

    def same_but_rates(self, other: Experiment) -> bool:
        """Whether nothing but the rates tells the two apart: one run can be both, one after the other."""
        return self.with_rates(other.rates) == other


def _with_rates(part: SomePart, rates: Rates) -> SomePart:
    fields = type(part).model_fields
    return part.model_copy(update={name: value for name, value in asdict(rates).items() if name in fields})

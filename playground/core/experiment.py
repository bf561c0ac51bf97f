"""The experiment: one validated, immutable value that everything else is made from."""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import model_validator

from playground.core import heads, query
from playground.core.agreement import disagreements
from playground.core.parts import Data, LossName, Model, OutputName, Part, Train
from playground.core.rates import Rates


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
        """What may change while it trains."""
        return Rates(self.train.learning_rate, self.model.l1, self.model.l2)

    def with_rates(self, rates: Rates) -> Experiment:
        """The same experiment with other rates."""
        train = self.train.model_copy(update={"learning_rate": rates.learning_rate})
        model = self.model.model_copy(update={"l1": rates.l1, "l2": rates.l2})
        return self.model_copy(update={"model": model, "train": train})

    def same_but_rates(self, other: Experiment) -> bool:
        """Whether the other experiment differs in nothing that may not change while it trains."""
        return self.with_rates(other.rates) == other

    @property
    def may_have_more_epochs(self) -> bool:
        """Whether a run goes on, with more epochs, as it would have from the start with so many."""
        return self.train.schedule != "cosine"

    def with_epochs(self, epochs: int) -> Experiment:
        """The same experiment with another number of epochs."""
        return self.model_copy(update={"train": self.train.model_copy(update={"epochs": epochs})})

    def may_become(self, other: Experiment) -> bool:
        """Whether a run of this may go on as one of the other experiment: with other rates, or with more epochs."""
        more = other.train.epochs > self.train.epochs and self.may_have_more_epochs
        return (self.with_epochs(other.train.epochs) if more else self).same_but_rates(other)

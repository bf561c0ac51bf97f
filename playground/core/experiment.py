"""The experiment: one validated, immutable value that everything else is made from."""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import model_validator

from playground.core import change_links, heads, query
from playground.core.agreement import disagreements
from playground.core.parts import Data, LossName, Model, OutputName, Part, Train
from playground.core.rates import MAX_CHANGES, Changes, Rates, effective, joined, rates_at


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
    changes: Changes = ()
    """Rates that change on the way, in the order of their epochs; each one is a change."""

    @model_validator(mode="after")
    def _fields_agree(self) -> Experiment:
        for _field, sentence in disagreements(self.data, self.model):
            raise ValueError(sentence)
        return self

    @model_validator(mode="after")
    def _changes_are_changes(self) -> Experiment:
        for change in self.changes:
            change_links.check(change)
        if len(self.changes) > MAX_CHANGES:
            raise ValueError(f"changes must be at most {MAX_CHANGES}. Got {len(self.changes)}.")
        if self.changes != effective(self.rates, self.changes):
            raise ValueError(f"changes must be in the order of their epochs, each to another rate. Got {self.changes}.")
        return self

    def to_query(self) -> dict[str, str]:
        """The link's query: only what differs from the defaults, in words people can read and type."""
        return {**query.write(self.data, self.model, self.train), **change_links.write(self.changes)}

    @classmethod
    def from_query(cls, mapping: Mapping[str, str | list[str]]) -> tuple[Experiment, list[str]]:
        """The experiment a link asks for, and a sentence for each field refused and left at its default.

        Never raises, whatever strings the mapping holds.
        """
        data, model, train, refused = query.read(mapping)
        asked = cls(data=data, model=model, train=train)
        changes, more = change_links.read(mapping, asked.rates)
        return asked.with_rates(asked.rates, changes), refused + more

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
        """What may change while it trains, as it is at epoch 0."""
        return Rates(self.train.learning_rate, self.model.l1, self.model.l2)

    def rates_at(self, epoch: int) -> Rates:
        """The rates that train the step from `epoch` to the next; a schedule goes on from them."""
        return rates_at(self.rates, self.changes, epoch)

    def with_rates(self, rates: Rates, changes: Changes = ()) -> Experiment:
        """The same experiment with other rates from epoch 0 on, and other changes."""
        train = self.train.model_copy(update={"learning_rate": rates.learning_rate})
        model = self.model.model_copy(update={"l1": rates.l1, "l2": rates.l2})
        return self.model_copy(update={"model": model, "train": train, "changes": changes})

    def in_force(self, epoch: int) -> Experiment:
        """The same with the rates in force at `epoch`, as if it had them from the beginning to the end."""
        return self.with_rates(self.rates_at(epoch)) if self.changes else self

    def going_on_as(self, other: Experiment, epoch: int) -> Experiment:
        """The other experiment, but up to `epoch` with the rates of this one."""
        if epoch == 0:
            return other
        changes = joined(self.rates, self.changes, other.rates_at(epoch), other.changes, epoch)
        return other.with_rates(self.rates, changes)

    def same_but_rates(self, other: Experiment) -> bool:
        """Whether the other experiment differs in nothing that may not change while it trains."""
        return self.with_rates(other.rates, other.changes) == other

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

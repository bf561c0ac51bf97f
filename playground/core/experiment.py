"""The experiment: one validated, immutable value that everything else is made from."""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import model_validator

from playground.core import change_links, heads, query
from playground.core.agreement import disagreements
from playground.core.datasets import PLANE
from playground.core.datasets._registry import RECORDS
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
        """The link's query: only what differs from the defaults, in words people can read and type.

        A table that does not fit is left out, and called by a name that this process alone knows: `fits_in_link`.
        """
        return {**query.write(self.data, self.model, self.train), **change_links.write(self.changes)}

    @property
    def fits_in_link(self) -> bool:
        """Whether the link holds all of it; else it is taken along as an experiment file."""
        return not any(query.is_too_long(name, value) for name, value in self.data)

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
    def inputs(self) -> tuple[str, ...]:
        """The name of each number that the first layer is given: features of the plane, or all coordinates."""
        return self.model.features if self.data.uses_features else self.data.inputs

    @property
    def standardizes(self) -> bool:
        """Whether the inputs are standardised."""
        return self.data.is_scaled or (self.model.standardize and not RECORDS[self.data.dataset].tabular)

    @property
    def trained(self) -> Experiment:
        """The same experiment without what is only shown: equal ones train equally."""
        return self.showing(())

    def showing(self, plane: tuple[int, ...]) -> Experiment:
        """The same experiment, with another plane shown."""
        if PLANE.of(self.data) == plane:
            return self
        return self.model_copy(update={"data": self.data.model_copy(update={PLANE.name: plane})})

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
        """Whether a run of this may go on as one of the other experiment.

        That may have other rates, more epochs, or another plane shown.
        """
        other = other.showing(PLANE.of(self.data))
        more = other.train.epochs > self.train.epochs and self.may_have_more_epochs
        return (self.with_epochs(other.train.epochs) if more else self).same_but_rates(other)

"""What may change while a network trains, named once; and how it changes from epoch to epoch."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields, replace
from typing import Annotated, Literal, NamedTuple, TypeAlias, get_args

from pydantic import Field

MAX_CHANGES = 50
"""Of a run's rates, so that a link stays a link."""
LAST_CHANGE = 9_999
"""No run trains on from a later epoch."""

RateName: TypeAlias = Literal["learning_rate", "l1", "l2"]


@dataclass(frozen=True)
class Rates:
    """The base learning rate and the two penalties."""

    learning_rate: float
    l1: float
    l2: float


RATE_FIELDS: tuple[RateName, ...] = get_args(RateName)
"""The names of the knobs that may change while a network trains."""
SHORT_WORDS: Mapping[RateName, str] = {"learning_rate": "rate", "l1": "L1", "l2": "L2"}
"""What they are called where there is little room."""
assert tuple(field.name for field in fields(Rates)) == RATE_FIELDS


class RateChange(NamedTuple):
    """From the step that leaves `epoch` on, the rate `name` is `value`."""

    epoch: Annotated[int, Field(ge=1, le=LAST_CHANGE)]
    name: RateName
    value: float


Changes: TypeAlias = tuple[RateChange, ...]


def rates_at(first: Rates, changes: Iterable[RateChange], epoch: int) -> Rates:
    """The rates that train the step from `epoch` to the next."""
    made = {change.name: change.value for change in changes if change.epoch <= epoch}
    return replace(first, **made)


def effective(first: Rates, changes: Iterable[RateChange]) -> Changes:
    """The changes in their order, without those to a rate in force; of two at one epoch the one that comes later."""
    newest = {(change.epoch, change.name): change for change in changes}
    in_force = asdict(first)
    found = []
    for change in sorted(newest.values(), key=_place):
        if in_force[change.name] != change.value:
            in_force[change.name] = change.value
            found.append(change)
    return tuple(found)


def joined(first: Rates, before: Changes, then: Rates, after: Changes, epoch: int) -> Changes:
    """The changes of a course up to `epoch` and of another, with rates `then` at `epoch`, from there on."""
    here = (RateChange(epoch, name, getattr(then, name)) for name in RATE_FIELDS)
    earlier = (change for change in before if change.epoch < epoch)
    later = (change for change in after if change.epoch > epoch)
    return effective(first, (*earlier, *here, *later))


def _place(change: RateChange) -> tuple[int, int]:
    return change.epoch, RATE_FIELDS.index(change.name)

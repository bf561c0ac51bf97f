"""What differs between experiments: of each knob the values, and who has which."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from typing import Any, NamedTuple

from playground.core import knobs
from playground.core.comparison.run import LONGEST_NAME, shortened, told_apart
from playground.core.experiment import Experiment
from playground.core.relevance import matters
from playground.core.wall import Axis

UNCHANGED = "unchanged"
"""What a run is called by default that has nothing of its own: only others change their rates on the way."""


class Difference(NamedTuple):
    """A knob that is not the same in all.

    Attributes
    ----------
    knob : its name in a link; of a rate that changes on the way with the epoch: `learning_rate_from_200`
    axis : the values that there are, in the order in which they are met; of such a change an axis of the rate
    places : for each experiment the place of its value among these; None where the knob makes no difference to it
    """

    knob: str
    axis: Axis
    places: tuple[int | None, ...]

    @property
    def texts(self) -> tuple[str | None, ...]:
        """For each experiment its value as a link spells it."""
        return tuple(None if place is None else self.axis.labels[place] for place in self.places)


def differences_of(experiments: Sequence[Experiment]) -> tuple[Difference, ...]:
    """The knobs that differ, as they are declared, and then the changes of rates on the way, epoch by epoch.

    A knob counts for those experiments alone to which it makes a difference.
    """
    settings = [_settings(experiment) for experiment in experiments]
    of_knobs = [_difference(name, name, [each.get(name) for each in settings]) for name in knobs.PART_OF]
    return *(each for each in of_knobs if each and len(each.axis) > 1), *_differing_changes(experiments)


def is_same(one: Experiment, other: Experiment) -> bool:
    """Whether two experiments differ in nothing that makes a difference."""
    return _settings(one) == _settings(other) and one.changes == other.changes


def key_of(experiment: Experiment) -> Hashable:
    """Equal for two experiments exactly when nothing between them makes a difference."""
    return frozenset(_settings(experiment).items()), experiment.changes


def default_names(experiments: Sequence[Experiment]) -> list[str]:
    """What each has of its own, in words: "learning rate 0.03"; no two the same."""
    differences = differences_of(experiments)
    return told_apart(_name(differences, place) for place in range(len(experiments)))


def in_words(knob: str) -> str:
    """The name of a knob as words: "learning rate"."""
    return knob.replace("_", " ")


def _name(differences: Sequence[Difference], place: int) -> str:
    own = (f"{in_words(each.knob)} {text}" for each in differences if (text := each.texts[place]) is not None)
    found = shortened(", ".join(own)) or UNCHANGED
    assert len(found) <= LONGEST_NAME
    return found


def _settings(experiment: Experiment) -> dict[str, Any]:
    """The knobs that make a difference to an experiment."""
    values = {**dict(experiment.data), **dict(experiment.model), **dict(experiment.train)}
    return {name: value for name, value in values.items() if matters(name, values)}


def _difference(name: str, knob: str, values: Sequence[Any]) -> Difference | None:
    """The values of a knob, None for those who have none; None where nobody has one."""
    different = tuple(dict.fromkeys(value for value in values if value is not None))
    if not different:
        return None
    return Difference(name, Axis(knob, different), tuple(None if v is None else different.index(v) for v in values))


def _differing_changes(experiments: Sequence[Experiment]) -> Iterator[Difference]:
    """Changes of rates that not all have: who has none keeps the rate there."""
    every = sorted({(change.epoch, change.name) for each in experiments for change in each.changes})
    for epoch, rate in every:
        values = [_change_at(experiment, epoch, rate) for experiment in experiments]
        found = _difference(f"{rate}_from_{epoch}", rate, values)
        if found is not None and len(set(found.places)) > 1:
            yield found


def _change_at(experiment: Experiment, epoch: int, rate: str) -> float | None:
    found = (change.value for change in experiment.changes if (change.epoch, change.name) == (epoch, rate))
    return next(found, None)

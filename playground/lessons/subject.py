"""The networks of a step as a check sees them: how many, what tells them apart, and what they have."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from playground.core import query, words
from playground.core.experiment import Experiment
from playground.core.wall import Wall
from playground.core.wall.axis import value_of


@dataclass(frozen=True)
class Networks:
    """What a condition may be about.

    Attributes
    ----------
    experiments : of each network
    labels : what tells each from the others: knobs and values as a link spells them; None of a single experiment
    """

    experiments: tuple[Experiment, ...]
    labels: tuple[Mapping[str, str], ...] | None

    @classmethod
    def of(cls, subject: Experiment | Wall) -> Networks:
        """The networks of a step."""
        if isinstance(subject, Experiment):
            return cls((subject,), None)
        return cls(subject.experiments, tuple(subject.label(place) for place in range(len(subject.experiments))))

    @property
    def part(self) -> str:
        """What training is watched on: test, or validation."""
        return self.experiments[0].data.watched

    @property
    def everyone(self) -> tuple[int, ...]:
        """The places of all."""
        return tuple(range(len(self.experiments)))

    def label(self, place: int) -> str:
        """What tells the network at this place from the others, in a sentence: "hidden 3, seed 2"."""
        labels = self.labels or ({},)
        return ", ".join(f"{knob} {spoken(value)}" for knob, value in labels[place].items())

    def addressed(self, address: str) -> tuple[int, ...]:
        """The places of the networks with these values: ``hidden=3, seed=1``.

        Raises
        ------
        ValueError
            When there are none; the message says the rule.
        """
        if self.labels is None:
            raise ValueError(f"must address networks of a wall. Got {words.quoted(address)} of a single experiment.")
        wanted = dict(self._pair(each) for each in pairs_of(address))
        return tuple(
            place for place, label in enumerate(self.labels) if all(label[knob] == wanted[knob] for knob in wanted)
        )

    def _pair(self, text: str) -> tuple[str, str]:
        assert self.labels is not None
        knob, _, value = (part.strip() for part in text.partition("="))
        if knob not in self.labels[0]:
            rule = f"must address networks by {' and '.join(self.labels[0]) or 'an axis, which this wall has not'}"
            raise ValueError(f"{rule}, like knob=value. Got {words.quoted(text.strip())}.")
        known = list(dict.fromkeys(label[knob] for label in self.labels))
        spelt = _spelt(knob, value)
        if spelt not in known:
            raise ValueError(f"{knob} must be one of {' | '.join(known[:20])}. Got {words.quoted(value)}.")
        return knob, spelt


def said_of(address: str) -> str:
    """An address in a sentence: ``l2=0.01, seed=1`` is "l2 0.01, seed 1"."""
    pairs = (pair.partition("=") for pair in pairs_of(address))
    return ", ".join(" ".join(f"{knob} {spoken(value.strip())}".split()) for knob, _, value in pairs)


def spoken(value: str) -> str:
    """A value in a sentence: a list is in brackets, lest its commas be taken for those between knobs."""
    return f"[{value}]" if "," in value else value


def pairs_of(address: str) -> list[str]:
    """The pairs of an address; a value may have commas of its own: ``hidden=8,8``."""
    pairs: list[str] = []
    for part in address.split(","):
        if "=" in part or not pairs:
            pairs.append(part)
        else:
            pairs[-1] += f",{part}"
    return pairs


def _spelt(knob: str, text: str) -> str:
    """The value as a link spells it; the text itself where it is none."""
    try:
        return query.text_of(value_of(knob, text))
    except ValueError:
        return text

"""A search as one frozen value: a base experiment, the knobs that are tried, and how much."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cached_property
from typing import Any

from playground.core import query, words
from playground.core.experiment import Experiment
from playground.core.parts import MAX_SEED
from playground.core.search.ranges import SEARCHED, Range, ranges_of
from playground.core.search.trial import Trial
from playground.core.wall.axis import KNOBS, whole_number
from playground.core.wall.cells import cell
from playground.core.wall.fitting import SET_HIDDEN_LAYERS
from playground.core.wall.reading import named
from playground.core.wall.shape import DEPTH, WIDTH

MAX_TRIALS = 1000
MAX_SECONDS = 3600
MAX_SEEDS = 8
SAMPLERS = ("tpe", "random")
KNOBS_NAME = "search"
RULES: Mapping[str, words.Schema] = {
    "trials": {"type": "integer", "minimum": 1, "maximum": MAX_TRIALS},
    "seconds": {"type": "integer", "minimum": 1, "maximum": MAX_SECONDS},
    "seeds": {"type": "integer", "minimum": 1, "maximum": MAX_SEEDS},
    "search_epochs": {"type": "integer", "minimum": 1, "maximum": 10_000},
    "search_seed": {"type": "integer", "minimum": 0, "maximum": MAX_SEED},
}
"""Of what a link says in whole numbers."""
NAMES: tuple[str, ...] = (KNOBS_NAME, "sampler", *RULES)
"""What a link of a search says beside the knobs of its base."""
USUAL_KNOBS = ("learning_rate",)
REDUCTION = 3
"""Of the trials that come to a rung one in so many goes on; the next rung is so many times as many epochs away."""
FIRST_RUNG = 10
"""Epochs before which nothing is told from what a trial has learnt."""

Texts = Mapping[str, "str | list[str]"]
DEFAULT = Experiment()


@dataclass(frozen=True)
class Search:
    """Trials of `base` with other values of `knobs`, the next ones chosen by what came of those before.

    Each trial is trained for up to `epochs`, with so many seeds from the base's `seed` on; those that are behind at one
    of the `rungs` are trained no further. It ends after so many trials or seconds.

    Raises
    ------
    ValueError
        When it breaks a rule. The message is what `from_query` would say.
    """

    base: Experiment = DEFAULT
    knobs: tuple[str, ...] = USUAL_KNOBS
    sampler: str = "tpe"
    trials: int = 200
    seconds: int = 60
    seeds: int = 1
    search_epochs: int = 300
    search_seed: int = 0

    def __post_init__(self) -> None:
        parts = {each.name: getattr(self, each.name) for each in fields(self)}
        kept, sentences = _fitted(parts)
        if kept != parts:
            raise ValueError(sentences[0])

    @classmethod
    def from_query(cls, mapping: Texts) -> tuple[Search, list[str]]:
        """The search a link asks for, and a sentence for each thing that is refused or left out.

        Never raises, whatever strings the mapping holds.
        """
        base, refused = Experiment.from_query({name: given for name, given in mapping.items() if name not in NAMES})
        parts: dict[str, Any] = {"base": base}
        for name, read in (("search", _knobs), ("sampler", _sampler), *((name, _number) for name in RULES)):
            try:
                found = read(name, mapping)
            except ValueError as refusal:
                refused.append(str(refusal))
            else:
                parts |= {} if found is None else {"knobs" if name == KNOBS_NAME else name: found}
        defaults = {each.name: each.default for each in fields(cls)}
        kept, sentences = _fitted({**defaults, **parts})
        return cls(**kept), [*refused, *sentences]

    def to_query(self) -> dict[str, str]:
        """The link's query: the base's, the knobs, and what else differs from the defaults."""
        own = {each.name: getattr(self, each.name) for each in fields(self) if each.name in NAMES}
        different = {name: str(value) for name, value in own.items() if value != getattr(Search, name)}
        return {**self.base.to_query(), KNOBS_NAME: ",".join(self.knobs), **different}

    @cached_property
    def ranges(self) -> tuple[Range, ...]:
        """What is tried of each knob, in their order."""
        return tuple(ranges_of(self.base, self.knobs).values())

    @cached_property
    def rungs(self) -> tuple[int, ...]:
        """The epochs at which trials are compared, the last of which is their end."""
        found = [self.search_epochs]
        while found[0] >= REDUCTION * FIRST_RUNG:
            found.insert(0, math.ceil(found[0] / REDUCTION))
        return tuple(found)

    def trial(self, number: int, drawn: Mapping[str, Any]) -> Trial:
        """The trial of what was drawn of each knob."""
        values = tuple((each.knob, each.value(drawn[each.knob])) for each in self.ranges)
        return Trial(number, values, query.link(self._experiment(values).to_query()))

    def could_try(self, experiment: Experiment) -> bool:
        """Whether a trial, from the first seed, may be this experiment: it has other values of the knobs alone."""
        hidden = experiment.model.hidden
        if not hidden and {DEPTH, WIDTH} & {*self.knobs}:
            return False
        shape = {DEPTH: len(hidden), WIDTH: hidden[0]} if hidden else {}
        held = {name: value for part in (experiment.model, experiment.train) for name, value in part}
        values = tuple((knob, {**held, **shape}[knob]) for knob in self.knobs)
        try:
            return self._experiment(values) == experiment
        except ValueError:
            return False

    def _experiment(self, values: tuple[tuple[str, Any], ...]) -> Experiment:
        return cell(self.base, values).experiment.with_epochs(self.search_epochs)

    def experiments(self, trial: Trial) -> tuple[Experiment, ...]:
        """The experiment of a trial with each of the seeds."""
        first, _refused = Experiment.from_query(query.of_link(trial.link))
        return tuple(_seeded(first, further) for further in range(self.seeds))


def _seeded(experiment: Experiment, further: int) -> Experiment:
    seed = (experiment.train.seed + further) % (MAX_SEED + 1)
    return experiment.model_copy(update={"train": experiment.train.model_copy(update={"seed": seed})})


# What a link says.


def _one(name: str, mapping: Texts) -> str | None:
    texts = query.texts_of(mapping.get(name, []))
    if len(texts) > 1:
        raise ValueError(f"{name} is given {query.times(len(texts))}; it may be given once.")
    return texts[0] if texts else None


def _knobs(name: str, mapping: Texts) -> tuple[str, ...] | None:
    text = _one(name, mapping)
    if text is None:
        return None
    if len(text) > query.LONGEST_TEXT:
        raise ValueError(f"{name} must be knobs, like learning_rate,width. Got {words.quoted(text)}.")
    return tuple(knob.strip() for knob in text.split(",") if knob.strip())


def _sampler(name: str, mapping: Texts) -> str | None:
    return _one(name, mapping)


def _number(name: str, mapping: Texts) -> int | None:
    text = _one(name, mapping)
    return None if text is None else whole_number(name, text, RULES[name])


# What a search must keep to.


def _fitted(parts: dict[str, Any]) -> tuple[dict[str, Any], list[str]]:
    """The parts of a search that keeps to the rules, and a sentence for each thing that goes."""
    base, said = _trainable(parts["base"])
    knobs, of_knobs = _agreeing(base, parts["knobs"])
    kept = {**parts, "base": base, "knobs": knobs}
    sentences = [*said, *named(of_knobs)]
    for name, rule in RULES.items():
        if not rule["minimum"] <= parts[name] <= rule["maximum"]:
            kept[name] = getattr(Search, name)
            sentences.append(words.refusal(name, rule, parts[name]))
    if parts["sampler"] not in SAMPLERS:
        kept["sampler"] = Search.sampler
        sentences.append(words.refusal("sampler", {"enum": SAMPLERS}, parts["sampler"]))
    return kept, sentences


def _trainable(base: Experiment) -> tuple[Experiment, list[str]]:
    """The base as stacks train it, at rates that stay what they are."""
    said = []
    if base.model.dropout or base.model.batch_norm:
        said.append("A search trains networks without dropout and batch normalisation. Got one with: it goes.")
        base = base.model_copy(update={"model": base.model.model_copy(update={"dropout": 0.0, "batch_norm": False})})
    if base.changes:
        said.append(f"Rates must not change on the way in a search. Got {len(base.changes)} planned changes: they go.")
        base = base.with_rates(base.rates)
    return base, said


def _agreeing(base: Experiment, knobs: tuple[str, ...]) -> tuple[tuple[str, ...], list[str]]:
    """The knobs that may be searched, each once; the usual ones where none is left."""
    kept: list[str] = []
    said = []
    ranges = ranges_of(base, [knob for knob in knobs if knob in SEARCHED])
    for knob in knobs:
        if (fault := _fault(knob, kept, ranges)) is not None:
            said.append(fault)
        else:
            kept.append(knob)
    if kept:
        return tuple(kept), said
    return USUAL_KNOBS, [*said, f"A search must have a knob to set. Got none: it sets {', '.join(USUAL_KNOBS)}."]


def _fault(knob: str, before: list[str], ranges: Mapping[str, Range]) -> str | None:
    """Why a knob is left out beside those before it, if it is."""
    if knob not in KNOBS:
        return f"There is no knob called {words.quoted(knob)}."
    if knob not in SEARCHED:
        return f"A search sets what a network is and how it learns. Got {knob}, which is left out."
    if knob not in ranges:
        return f"{knob} makes no difference to this experiment: it is left out."
    if knob in before:
        return f"search must name each knob once. Got {knob} again."
    undone = [other for other in before if {knob, other} in SET_HIDDEN_LAYERS]
    return f"A search must set different things. Got {undone[0]} and {knob}: {knob} is left out." if undone else None

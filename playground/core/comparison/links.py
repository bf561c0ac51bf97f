"""What a link says of a comparison: what all have in common as an experiment's link does, and what each has of its own.

``runs=learning_rate:0.03|learning_rate:0.3;l2:0.01`` are two runs; ``same`` is one that has nothing of its own.
``names=slow|fast`` are their names; an empty one is what the run is called by default.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import zip_longest
from typing import NamedTuple, TypeAlias

from playground.core import change_links, knobs, query, words
from playground.core.comparison.differences import key_of
from playground.core.comparison.run import LEAST_RUNS, MOST_RUNS, SEPARATOR, checked_name
from playground.core.experiment import Experiment
from playground.core.rates import MAX_CHANGES
from playground.core.relevance import matters

RUNS_KEY, NAMES_KEY = "runs", "names"
NAMES: tuple[str, ...] = (RUNS_KEY, NAMES_KEY)
"""What a link of a comparison says beside the knobs that all have in common."""
SAME = "same"
RUNS_RULE = f"{RUNS_KEY} must be {LEAST_RUNS} to {MOST_RUNS} runs with | between"
RUN_RULE = "it must be knobs with their values, like learning_rate:0.03;l2:0.01"
_AND, _IS = ";", ":"
_MOST_SETTINGS = len(knobs.PART_OF) + MAX_CHANGES

Texts: TypeAlias = Mapping[str, str | list[str]]
NamedRuns: TypeAlias = list[tuple[str, Experiment]]
"""Experiments and what they are called; an empty name is the default one."""


class _Read(NamedTuple):
    experiment: Experiment
    refused: tuple[str, ...]


def write_runs(runs: NamedRuns) -> dict[str, str]:
    """The query of some runs, at least one; an empty name stands for the default one."""
    queries = [experiment.to_query() for _name, experiment in runs]
    common = {name: text for name, text in queries[0].items() if all(each.get(name) == text for each in queries)}
    own = [name for name in _in_order(queries) if name not in common]
    texts = [_AND.join(_settings(experiment, own)) or SAME for _name, experiment in runs]
    names = [name for name, _experiment in runs]
    return {**common, RUNS_KEY: SEPARATOR.join(texts), **({NAMES_KEY: SEPARATOR.join(names)} if any(names) else {})}


def read_runs(mapping: Texts) -> tuple[NamedRuns, list[str]]:
    """The runs that a link asks for, however few, and a sentence for each thing that is refused.

    Never raises, whatever strings the mapping holds. A run of which something is refused is left out, and so is one
    that is the same as another; what is refused of what all have in common falls back to its default.
    """
    base = {name: given for name, given in mapping.items() if name not in NAMES}
    texts, refused = _texts(mapping)
    names, of_names = _names(mapping, len(texts))
    read = [_read(base, text) for text in texts]
    of_all = [sentence for sentence in Experiment.from_query(base)[1] if all(sentence in each.refused for each in read)]
    kept, left_out = _kept(read, set(of_all))
    return [(names[place], read[place].experiment) for place in kept], [
        *(of_all if texts else []),
        *refused,
        *left_out,
        *of_names,
    ]


def _in_order(queries: Sequence[Mapping[str, str]]) -> list[str]:
    """All names of these queries: the knobs as they are declared, then changes of rates."""
    every = dict.fromkeys(name for each in queries for name in each)
    return [*(name for name in knobs.PART_OF if name in every), *(name for name in every if name not in knobs.PART_OF)]


def _settings(experiment: Experiment, names: Sequence[str]) -> Iterator[str]:
    """What a run says of these knobs. Defaults that make no difference to it go without saying."""
    values = {**dict(experiment.data), **dict(experiment.model), **dict(experiment.train)}
    said = experiment.to_query()
    for name in names:
        if name in said:
            yield f"{name}{_IS}{said[name]}"
        elif not change_links.is_change(name) and matters(name, values):
            yield f"{name}{_IS}{query.text_of(values[name])}"


def _texts(mapping: Texts) -> tuple[list[str], list[str]]:
    """What is said of each run, and a sentence where that is refused. Runs are counted before they are split."""
    given = query.texts_of(mapping.get(RUNS_KEY, []))
    if len(given) > 1:
        return [], [f"{RUNS_KEY} is given {query.times(len(given))}; it may be given once."]
    if not given or not given[0].strip():
        return [], [f"{RUNS_RULE}. Got none."]
    count = given[0].count(SEPARATOR) + 1
    texts = given[0].split(SEPARATOR, MOST_RUNS)[:MOST_RUNS]
    return texts, [f"{RUNS_RULE}. Got {count}: the later ones are left out."] if count > MOST_RUNS else []


def _names(mapping: Texts, count: int) -> tuple[list[str], list[str]]:
    """A name for each of so many runs, empty where it is the default one, and a sentence for each that is refused."""
    given = query.texts_of(mapping.get(NAMES_KEY, []))
    if len(given) > 1:
        return [""] * count, [f"{NAMES_KEY} is given {query.times(len(given))}; it may be given once."]
    texts = given[0].split(SEPARATOR, count)[:count] if given else []
    names, refused = [], []
    for _place, text in zip_longest(range(count), texts, fillvalue=""):
        try:
            names.append(checked_name(str(text)) if str(text).strip() else "")
        except ValueError as refusal:
            names.append("")
            refused.append(str(refusal))
    more = given[0].count(SEPARATOR) + 1 - count if given and count else 0
    return names, [*refused, *([f"{NAMES_KEY} must be at most one a run. Got {more} more."] if more > 0 else [])]


def _read(base: Texts, text: str) -> _Read:
    """The run that `text` stands for, and why it is not that; what `base` is refused is among it."""
    if text.strip() in ("", SAME):
        own: dict[str, list[str]] = {}
    else:
        try:
            own = _parted(text)
        except ValueError as refusal:
            return _Read(Experiment(), (str(refusal),))
    experiment, refused = Experiment.from_query({**base, **own})
    return _Read(experiment, tuple(refused))


def _parted(text: str) -> dict[str, list[str]]:
    """The texts of each knob that a run names. Raises ValueError."""
    found: dict[str, list[str]] = defaultdict(list)
    if text.count(_AND) >= _MOST_SETTINGS:
        raise ValueError(f"it must be at most {_MOST_SETTINGS} knobs. Got {text.count(_AND) + 1}.")
    for part in text.split(_AND):
        knob, colon, value = part.partition(_IS)
        if not colon or not knob.strip():
            raise ValueError(f"{RUN_RULE}. Got {words.quoted(part.strip())}.")
        found[knob.strip()].append(value)
    return found


def _kept(read: Sequence[_Read], of_all: set[str]) -> tuple[list[int], list[str]]:
    """The places of the runs that stay, and why each other one does not."""
    first: dict[object, int] = {}
    left_out = []
    for place, run in enumerate(read):
        faults = [sentence for sentence in run.refused if sentence not in of_all]
        before = first.setdefault(key_of(run.experiment), place) if not faults else place
        if faults:
            left_out.append(f"Run {place + 1} is left out: {faults[0]}")
        elif before != place:
            left_out.append(
                f"Run {place + 1} is left out: it must differ from the others. Got the same as run {before + 1}."
            )
    return list(first.values()), left_out

"""What an experiment is called, wherever it is: its link in words. The page's JavaScript says the same (`run_name.js`).

Titles of links and cards say all that fits; reports, replays and code, which have the settings besides, a line of it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from playground.core import knobs, query, words
from playground.core.datasets import RECORDS
from playground.core.experiment import Experiment
from playground.core.kept_texts import is_name
from playground.core.layers import ACTIVATIONS
from playground.core.optimizers import OPTIMIZERS
from playground.core.rates import SHORT_WORDS

NAMING = ("dataset", "hidden", "activation", "optimizer", "learning_rate")
"""The knobs that a run is called by."""
SHAPING = frozenset({"hidden", "depth", "width"})
"""Of which each says what the hidden layers are; the last two are of axes."""
LABELS: Mapping[str, Mapping[str, str]] = {
    "dataset": {name: record.label for name, record in RECORDS.items()},
    "activation": dict(ACTIVATIONS),
    "optimizer": {name: optimizer.label for name, optimizer in OPTIMIZERS.items()},
}
"""What the page calls the names that a link has for such a knob."""
BETWEEN = " · "
ALIKE = 3
"""More layers of one width are counted."""
LONGEST_TITLE = 90
_CHANGE = re.compile(r"(learning_rate|l1|l2)_from_(\d+)")
_SHORT: Mapping[str, str] = {str(name): short for name, short in SHORT_WORDS.items()}


def name_of(asked: Mapping[str, str]) -> str:
    """A query in words: "Spiral · 8, 8 ReLU · Adam 0.03 · noise 0.2"."""
    return BETWEEN.join(_parts(asked))


def in_a_line(experiment: Experiment) -> str:
    """What tells an experiment from most others: "Spiral · 8, 8 ReLU · Adam 0.03".

    Nothing that somebody wrote is in it, so it may stand in code and in the heads of files.
    """
    return BETWEEN.join(_parts({name: text for name, text in experiment.to_query().items() if name in NAMING}))


def title_of(experiment: Experiment, but: Collection[str] = ()) -> str:
    """An experiment in words, as far as they fit into a title; texts that no title holds are only named.

    Parameters
    ----------
    but : knobs that are left out, because they differ among those that the title is of
    """
    asked = experiment.to_query()
    parts = _parts({name: _short(text) for name, text in asked.items()}, but)
    while len(parts) > 3 and len(BETWEEN.join(parts)) > LONGEST_TITLE:
        parts = [*parts[: -2 if parts[-1] == "…" else -1], "…"]
    return BETWEEN.join(parts)


def _parts(asked: Mapping[str, str], but: Collection[str] = ()) -> list[str]:
    said = {name: asked.get(name, query.text_of(knobs.default(name))) for name in NAMING}
    layers = "no hidden layer" if said["hidden"] == query.NOTHING else _layers(said, but)
    steps = _but({"optimizer": _labels("optimizer", said["optimizer"]), "learning_rate": said["learning_rate"]}, but)
    others = [_setting(name, text) for name, text in asked.items() if name not in (*NAMING, *but)]
    found = [_but({"dataset": _labels("dataset", said["dataset"])}, but), layers, steps, *others]
    return [part for part in found if part]


def _layers(said: Mapping[str, str], but: Collection[str]) -> str:
    shape = "hidden" if SHAPING.isdisjoint(but) else ""
    return _but({shape: _widths(said["hidden"]), "activation": _labels("activation", said["activation"])}, ("", *but))


def _but(words_of: Mapping[str, str], but: Collection[str]) -> str:
    """The words of those knobs that are not left out."""
    return " ".join(text for name, text in words_of.items() if name not in but)


def _labels(knob: str, names: str) -> str:
    return ", ".join(LABELS[knob].get(name, name) for name in names.split(","))


def _widths(hidden: str) -> str:
    units = hidden.split(",")
    alike = len(units) > ALIKE and len(set(units)) == 1
    return f"{len(units)} × {units[0]}" if alike else ", ".join(units)


def _setting(name: str, text: str) -> str:
    change = _CHANGE.fullmatch(name)
    if change:
        return f"{_SHORT[change[1]]} {text} from {change[2]}"
    return f"{_SHORT.get(name, name.replace('_', ' '))} {text}"


def _short(text: str) -> str:
    return "…" if is_name(text) or len(text) > words.MAX_QUOTED else text

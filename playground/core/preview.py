"""What is seen of a link before it is opened: a title in words, and the networks whose boundaries are drawn."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from playground.core import comparison, page_view, search, wall
from playground.core.experiment import Experiment
from playground.core.few_networks import Few, all_of, few_of
from playground.core.naming import BETWEEN, title_of
from playground.core.query import EDITED

BESIDE = ("embed", "embed_options", *EDITED)
"""What a link says to the page's framework alone, and what makes no difference to a picture."""
TIMES = " × "
NOTE = "{count} of this link {are} refused, and left out."

Texts = Mapping[str, str | list[str]]


@dataclass(frozen=True)
class Preview:
    """An experiment, or a few, to be trained for a picture.

    Attributes
    ----------
    title : what the link shows, in words; of what a link says only what is valid is in it
    note : a sentence, if something of the link was refused
    epoch : the last one to be trained
    few : the networks that are shown in place of the experiment alone
    """

    experiment: Experiment
    title: str
    note: str = ""
    epoch: int = 0
    few: Few | None = None

    @classmethod
    def from_query(cls, mapping: Texts) -> Preview:
        """What the query of a link shows: an experiment's, a wall's, a comparison's or a search's.

        Never raises, whatever strings the mapping holds; what is not valid is left out, as on the page. Of a wall and
        a comparison the picture is that of a few networks, of a search that of the experiment that it begins from.
        """
        looked, _refused = page_view.read(mapping, ())
        asked = {name: given for name, given in page_view.without(mapping).items() if name not in BESIDE}
        shown = _shown(asked)
        return cls(shown.experiment, shown.title, _note(shown.refused), few=shown.few).until(looked.get("at", 0))

    @classmethod
    def of(cls, subject: Experiment | wall.Wall, title: str, at: object = 0) -> Preview:
        """The picture of an experiment or a wall under a title of its own."""
        if isinstance(subject, wall.Wall):
            return cls(subject.base, title, few=few_of(subject)).until(at)
        return cls(subject, title).until(at)

    def until(self, at: object) -> Preview:
        """The same, trained to the epoch that a link asks to be shown, if it asks for one."""
        experiments = [self.experiment] if self.few is None else self.few.runs.experiments
        epochs = max(each.train.epochs for each in experiments)
        return replace(self, epoch=min(at, epochs) if isinstance(at, int) and at > 0 else epochs)

    def to_query(self) -> dict[str, str]:
        """The query of what is trained."""
        return self.experiment.to_query() if self.few is None else self.few.runs.to_query()

    @property
    def digest(self) -> str:
        """Equal for what looks the same: 64 hexadecimal digits."""
        parts = [self.title, self.note, str(self.epoch), self.experiment.model_dump_json()]
        if self.few is not None:
            parts += [str(self.few.columns), str(self.few.networks)]
            parts += [text for run in self.few.runs.runs for text in (run.name, run.experiment.model_dump_json())]
        return hashlib.sha256("\0".join(parts).encode()).hexdigest()


class _Shown(NamedTuple):
    """What a link shows, and how much of it was refused."""

    title: str
    experiment: Experiment
    refused: int
    few: Few | None = None


def _shown(asked: Texts) -> _Shown:
    if comparison.RUNS_KEY in asked:
        runs, refused = comparison.Comparison.from_query(asked)
        if runs is not None:
            first, differing = runs.experiments[0], [each.knob for each in runs.differences]
            title = f"{len(runs.runs)} runs side by side{BETWEEN}{title_of(first, differing)}"
            return _Shown(title, first, len(refused), all_of(runs))
        asked = {name: given for name, given in asked.items() if name not in comparison.NAMES}
    # What walls and searches leave out of what is asked for does not count: much of it are remarks.
    if any(name in asked for name in wall.NAMES):
        return _of_wall(asked)
    if search.KNOBS_NAME in asked:
        found, _refused = search.Search.from_query(asked)
        return _of_many(f"A search for {TIMES.join(map(_in_words, found.knobs))}", asked, search.NAMES, found.knobs)
    return _of_many("", asked, ())


def _of_wall(asked: Texts) -> _Shown:
    found, _refused = wall.Wall.from_query(asked)
    knobs = [axis.knob for axis in (found.rows, found.columns) if axis is not None]
    parts = [*map(_in_words, knobs), *([f"{found.seeds} seeds"] if found.seeds > 1 else [])]
    what = TIMES.join(parts)
    shown = _of_many(f"A wall{' of ' if what else ''}{what}", asked, wall.NAMES, knobs)
    return shown._replace(few=few_of(found))


def _of_many(what: str, asked: Texts, names: Sequence[str], differing: Sequence[str] = ()) -> _Shown:
    """What is made from an experiment, whose links have these names besides, and in which these knobs differ."""
    base, refused = Experiment.from_query({name: given for name, given in asked.items() if name not in names})
    return _Shown(f"{what}{BETWEEN if what else ''}{title_of(base, differing)}", base, len(refused))


def _in_words(knob: str) -> str:
    return knob.replace("_", " ")


def _note(refused: int) -> str:
    if not refused:
        return ""
    return NOTE.format(
        count="1 setting" if refused == 1 else f"{refused} settings", are="is" if refused == 1 else "are"
    )

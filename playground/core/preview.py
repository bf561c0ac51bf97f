"""What is seen of a link before it is opened: a title in words, and the experiment whose boundary is drawn."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from playground.core import comparison, page_view, search, wall
from playground.core.experiment import Experiment
from playground.core.naming import BETWEEN, title_of
from playground.core.query import EDITED
from playground.core.wall.reading import read_axis, read_seeds

BESIDE = ("embed", "embed_options", *EDITED)
"""What a link says to the page's framework alone, and what makes no difference to a picture."""
NOTE = "{count} of this link {are} refused, and left out."

Texts = Mapping[str, str | list[str]]


@dataclass(frozen=True)
class Preview:
    """An experiment to be trained for a picture.

    Attributes
    ----------
    title : what the link shows, in words; of what a link says only what is valid is in it
    note : a sentence, if something of the link was refused
    epoch : the last one to be trained
    """

    experiment: Experiment
    title: str
    note: str = ""
    epoch: int = 0

    @classmethod
    def from_query(cls, mapping: Texts) -> Preview:
        """What the query of a link shows: an experiment's, a wall's, a comparison's or a search's.

        Never raises, whatever strings the mapping holds; what is not valid is left out, as on the page. Of many
        networks the picture is that of the experiment they were made from.
        """
        looked, _refused = page_view.read(mapping, ())
        asked = {name: given for name, given in page_view.without(mapping).items() if name not in BESIDE}
        title, experiment, refused = _shown(asked)
        at = looked.get("at", 0)
        epochs = experiment.train.epochs
        epoch = min(at, epochs) if isinstance(at, int) and at > 0 else epochs
        return cls(experiment, title, _note(refused), epoch)

    def to_query(self) -> dict[str, str]:
        """The query of the experiment."""
        return self.experiment.to_query()

    @property
    def digest(self) -> str:
        """Equal for what looks the same: 64 hexadecimal digits."""
        parts = (self.title, self.note, str(self.epoch), self.experiment.model_dump_json())
        return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def _shown(asked: Texts) -> tuple[str, Experiment, int]:
    """The title, the experiment, and how much was refused."""
    if comparison.RUNS_KEY in asked:
        runs, refused = comparison.read_runs(asked)
        if runs:
            first = runs[0][1]
            return f"{len(runs)} runs side by side{BETWEEN}{title_of(first)}", first, len(refused)
        asked = {name: given for name, given in asked.items() if name not in comparison.NAMES}
    # What walls and searches leave out of what is asked for is not looked at: that takes as long as all of theirs.
    if any(name in asked for name in wall.NAMES):
        return _of_many(f"A wall{_axes(asked)}", asked, wall.NAMES)
    if search.KNOBS_NAME in asked:
        return _of_many("A search", asked, search.NAMES)
    return _of_many("", asked, ())


def _of_many(what: str, asked: Texts, names: Sequence[str]) -> tuple[str, Experiment, int]:
    """The same of what is made from an experiment, whose links have these names besides."""
    base, refused = Experiment.from_query({name: given for name, given in asked.items() if name not in names})
    return f"{what}{BETWEEN if what else ''}{title_of(base)}", base, len(refused)


def _axes(asked: Texts) -> str:
    """What the axes of a wall set, and how many seeds there are."""
    axes = [read_axis(asked, name)[0] for name in (wall.ROWS, wall.COLUMNS)]
    knobs = [axis.knob.replace("_", " ") for axis in axes if axis is not None]
    seeds, _refused = read_seeds(asked)
    parts = [*knobs, *([f"{seeds} seeds"] if seeds > 1 else [])]
    return f" of {' × '.join(parts)}" if parts else ""


def _note(refused: int) -> str:
    if not refused:
        return ""
    return NOTE.format(
        count="1 setting" if refused == 1 else f"{refused} settings", are="is" if refused == 1 else "are"
    )

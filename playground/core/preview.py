"""What is seen of a link before it is opened: a title in words, and the experiment whose boundary is drawn."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from playground.core import comparison, page_view, search, wall
from playground.core.experiment import Experiment
from playground.core.naming import BETWEEN, title_of
from playground.core.query import EDITED
from playground.core.search import Search
from playground.core.wall import Wall

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
    if any(name in asked for name in wall.NAMES):
        made, refused = Wall.from_query(asked)
        count = made.n_rows * made.n_columns * made.seeds
        many = f"{count} networks{_axes(made)}{BETWEEN}" if count > 1 else ""
        return f"{many}{title_of(made.base)}", made.base, len(refused)
    if search.KNOBS_NAME in asked:
        sought, refused = Search.from_query(asked)
        return f"A search{BETWEEN}{title_of(sought.base)}", sought.base, len(refused)
    experiment, refused = Experiment.from_query(asked)
    return title_of(experiment), experiment, len(refused)


def _axes(made: Wall) -> str:
    axes = [axis.knob.replace("_", " ") for axis in (made.rows, made.columns) if axis is not None]
    seeds = [f"{made.seeds} seeds"] if made.seeds > 1 else []
    return f", {' × '.join([*axes, *seeds])}" if axes or seeds else ""


def _note(refused: int) -> str:
    if not refused:
        return ""
    return NOTE.format(
        count="1 setting" if refused == 1 else f"{refused} settings", are="is" if refused == 1 else "are"
    )

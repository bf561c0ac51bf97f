"""The wall: a base experiment, up to two axes and a number of seeds, as one frozen value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from playground.core import query
from playground.core.experiment import Experiment
from playground.core.wall.axis import Axis
from playground.core.wall.draft import COLUMNS, ROWS, SEEDS, Draft
from playground.core.wall.fitting import fitted
from playground.core.wall.reading import read_axis, read_seeds

NAMES: tuple[str, ...] = (ROWS, COLUMNS, SEEDS)
"""What a link of a wall says beside the knobs of its base."""


DEFAULT = Experiment()


@dataclass(frozen=True)
class Wall:
    """Experiments that are trained in step: `base` with each value of `rows` and `columns`, and so many seeds of each.

    What is on an axis stands in place of what the base says. The seeds count on from the base's `seed`, which draws
    the first weights and the order of the batches; the data stay the same.

    Raises
    ------
    ValueError
        When the axes set the same knob, contradict the base or each other, or matter nowhere; when there are more
        than `MAX_NETWORKS` networks; when the last seed is out of range. The message is what `from_query` would say.
    """

    base: Experiment = DEFAULT
    rows: Axis | None = None
    columns: Axis | None = None
    seeds: int = 1

    def __post_init__(self) -> None:
        kept, sentences = fitted(self._parts)
        if kept != self._parts:
            raise ValueError(sentences[0])

    @classmethod
    def from_query(cls, mapping: Mapping[str, str | list[str]]) -> tuple[Wall, list[str]]:
        """The wall a link asks for, and a sentence for each thing that is refused, left out or makes no difference.

        Never raises, whatever strings the mapping holds. A value that is refused leaves its axis, an axis without
        values the wall; all else stays.
        """
        base, refused = Experiment.from_query({name: given for name, given in mapping.items() if name not in NAMES})
        rows, of_rows = read_axis(mapping, ROWS)
        columns, of_columns = read_axis(mapping, COLUMNS)
        seeds, of_seeds = read_seeds(mapping)
        draft, sentences = fitted(Draft(base, rows, columns, seeds))
        return cls(*draft), [*refused, *of_rows, *of_columns, *of_seeds, *sentences]

    def to_query(self) -> dict[str, str]:
        """The link's query: the base's, and of the axes and the seeds what there is."""
        axes = {name: axis.text for name, axis in self._parts.axes.items()}
        return {**self.base.to_query(), **axes, **({SEEDS: str(self.seeds)} if self.seeds > 1 else {})}

    @property
    def n_rows(self) -> int:
        """Number of rows; 1 without that axis."""
        return self._parts.shape[0]

    @property
    def n_columns(self) -> int:
        """Number of columns; 1 without that axis."""
        return self._parts.shape[1]

    @cached_property
    def cells(self) -> tuple[Experiment, ...]:
        """The experiment of each cell with the first seed, row by row."""
        return tuple(cell.experiment for cell in self._parts.cells().values())

    @cached_property
    def experiments(self) -> tuple[Experiment, ...]:
        """All experiments: row by row, in a row column by column, in a cell seed by seed."""
        return tuple(_seeded(cell, further) for cell in self.cells for further in range(self.seeds))

    def place(self, index: int) -> tuple[int, int, int]:
        """The row, the column and the how-manieth seed, each from 0 on, of the experiment at `index`.

        Raises
        ------
        IndexError
            When there is no such experiment.
        """
        if not 0 <= index < len(self.experiments):
            raise IndexError(f"index must be in [0, {len(self.experiments) - 1}]. Got {index}.")
        cell, seed = divmod(index, self.seeds)
        return (*divmod(cell, self.n_columns), seed)

    def label(self, index: int) -> dict[str, str]:
        """What tells the experiment at `index` from the others, as a link spells it: its axes' values and its seed.

        The seed is there where there are several. Raises IndexError as `place` does.
        """
        row, column, _seed = self.place(index)
        settings = self._parts.settings()[row, column]
        several = {"seed": str(self.experiments[index].train.seed)} if self.seeds > 1 else {}
        return {**{knob: query.text_of(value) for knob, value in settings}, **several}

    @property
    def _parts(self) -> Draft:
        return Draft(self.base, self.rows, self.columns, self.seeds)


def _seeded(experiment: Experiment, further: int) -> Experiment:
    train = experiment.train.model_copy(update={"seed": experiment.train.seed + further})
    return experiment.model_copy(update={"train": train})

"""The comparison: two to twelve runs side by side, as one frozen value."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from playground.core import words
from playground.core.comparison.differences import Difference, default_names, differences_of, key_of
from playground.core.comparison.links import RUNS_RULE, NamedRuns, read_runs, write_runs
from playground.core.comparison.run import LEAST_RUNS, MOST_RUNS, Run, told_apart
from playground.core.experiment import Experiment


@dataclass(frozen=True)
class Comparison:
    """Runs that are trained in step. They are what the cells of a wall are, each of one seed.

    Raises
    ------
    ValueError
        When they are too few or too many, when two are called the same, or when nothing differs between two.
    """

    runs: tuple[Run, ...]

    def __post_init__(self) -> None:
        if not LEAST_RUNS <= len(self.runs) <= MOST_RUNS:
            raise ValueError(f"runs must be {LEAST_RUNS} to {MOST_RUNS}. Got {len(self.runs)}.")
        if len(set(self.names)) < len(self.runs):
            raise ValueError(f"The names of runs must differ. Got {words.quoted(self.names)}.")
        if len({key_of(experiment) for experiment in self.experiments}) < len(self.runs):
            raise ValueError(f"Runs must differ in a knob. Got {words.quoted(self.names)}.")

    @classmethod
    def of(cls, runs: NamedRuns) -> Comparison:
        """The comparison of experiments, each with a name that is empty for the default one.

        Where two are called the same, the later one gets a number. Raises ValueError as the constructor does.
        """
        defaults = default_names([experiment for _name, experiment in runs])
        names = told_apart(name or default for (name, _experiment), default in zip(runs, defaults, strict=True))
        return cls(tuple(Run(name, experiment) for name, (_name, experiment) in zip(names, runs, strict=True)))

    @classmethod
    def from_query(cls, mapping: Mapping[str, str | list[str]]) -> tuple[Comparison | None, list[str]]:
        """The comparison a link asks for, and a sentence for each thing that is refused of it.

        Never raises, whatever strings the mapping holds. None where fewer than two runs are left.
        """
        runs, refused = read_runs(mapping)
        if len(runs) >= LEAST_RUNS:
            return cls.of(runs), refused
        return None, refused or [f"{RUNS_RULE}. Got {len(runs)}."]

    def to_query(self) -> dict[str, str]:
        """The link's query: what all have in common, what each has of its own, and the names that were given."""
        return write_runs(self.named_runs)

    @property
    def named_runs(self) -> NamedRuns:
        """The experiments, each with its name, which is empty where that is the default one."""
        defaults = default_names(self.experiments)
        return [
            ("" if run.name == default else run.name, run.experiment)
            for run, default in zip(self.runs, defaults, strict=True)
        ]

    @property
    def names(self) -> tuple[str, ...]:
        """What the runs are called."""
        return tuple(run.name for run in self.runs)

    @cached_property
    def unnamed(self) -> Comparison:
        """The same runs, called by what differs between them: equal for two comparisons that train the same."""
        return Comparison.of([("", experiment) for experiment in self.experiments])

    @cached_property
    def experiments(self) -> tuple[Experiment, ...]:
        """What is trained."""
        return tuple(run.experiment for run in self.runs)

    @property
    def cells(self) -> Sequence[Experiment]:
        """The experiment of each cell, as a wall has them."""
        return self.experiments

    @property
    def seeds(self) -> int:
        """Of each cell."""
        return 1

    @cached_property
    def differences(self) -> tuple[Difference, ...]:
        """The knobs that are not the same in all, and who has which value."""
        return differences_of(self.experiments)

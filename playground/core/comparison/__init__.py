"""Comparisons: a few experiments that are trained in step, side by side, and what differs between them."""

from __future__ import annotations

from playground.core.comparison.comparison import Comparison
from playground.core.comparison.differences import Difference, is_same
from playground.core.comparison.links import NAMES, NAMES_KEY, RUNS_KEY, read_runs, write_runs
from playground.core.comparison.run import LEAST_RUNS, LONGEST_NAME, MOST_RUNS, Run, checked_name, shortened

__all__ = [
    "LEAST_RUNS",
    "LONGEST_NAME",
    "MOST_RUNS",
    "NAMES",
    "NAMES_KEY",
    "RUNS_KEY",
    "Comparison",
    "Difference",
    "Run",
    "checked_name",
    "is_same",
    "read_runs",
    "shortened",
    "write_runs",
]

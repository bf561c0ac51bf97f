"""Floor 1: what an experiment is, its data and features, and the history of its run."""

from playground.core.datasets import Dataset, make_dataset
from playground.core.experiment import Experiment
from playground.core.features import FEATURES, Scaler, expand_features
from playground.core.grid import axis, default_view, grid_points
from playground.core.history import History, Mark
from playground.core.knobs import bounds, choices, default, rule
from playground.core.parts import Data, Model, Train
from playground.core.rates import MAX_CHANGES, RATE_FIELDS, RateChange, Rates
from playground.core.schedule import learning_rate_at
from playground.core.tables import Table, TableError, read_table

__all__ = [
    "FEATURES",
    "MAX_CHANGES",
    "RATE_FIELDS",
    "Data",
    "Dataset",
    "Experiment",
    "History",
    "Mark",
    "Model",
    "RateChange",
    "Rates",
    "Scaler",
    "Table",
    "TableError",
    "Train",
    "axis",
    "bounds",
    "choices",
    "default",
    "default_view",
    "expand_features",
    "grid_points",
    "learning_rate_at",
    "make_dataset",
    "read_table",
    "rule",
]

"""The datasets: points in the plane with a class or a number each, the same for equal `Data`.

A module without a leading underscore is one dataset. None imports `Data` while it loads: `Data` is made of them.
"""

from playground.core.datasets._agreement import data_disagreements
from playground.core.datasets._make import SAMPLERS, Dataset, make_dataset, points_of, target_scale
from playground.core.datasets._record import Elsewhere, Given, Numbers, OwnKnob, Picks, Record, Slider, Switch, Typed
from playground.core.datasets._registry import RECORDS, datasets_with, given_sets, own_knobs
from playground.core.datasets._tabular import PLANE, SCALED

__all__ = [
    "PLANE",
    "RECORDS",
    "SAMPLERS",
    "SCALED",
    "Dataset",
    "Elsewhere",
    "Given",
    "Numbers",
    "OwnKnob",
    "Picks",
    "Record",
    "Slider",
    "Switch",
    "Typed",
    "data_disagreements",
    "datasets_with",
    "given_sets",
    "make_dataset",
    "own_knobs",
    "points_of",
    "target_scale",
]

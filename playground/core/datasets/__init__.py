"""The datasets: points in the plane with a class or a number each, the same for equal `Data`.

A module without a leading underscore is one dataset. None imports `Data` while it loads: `Data` is made of them.
"""

from playground.core.datasets._agreement import data_disagreements
from playground.core.datasets._make import SAMPLERS, Dataset, make_dataset
from playground.core.datasets._record import Elsewhere, Given, Numbers, OwnKnob, Picks, Record, Slider, Typed
from playground.core.datasets._registry import RECORDS, datasets_with, given_sets, own_knobs

__all__ = [
    "RECORDS",
    "SAMPLERS",
    "Dataset",
    "Elsewhere",
    "Given",
    "Numbers",
    "OwnKnob",
    "Picks",
    "Record",
    "Slider",
    "Typed",
    "data_disagreements",
    "datasets_with",
    "given_sets",
    "make_dataset",
    "own_knobs",
]

"""The datasets: points in the plane with a class or a number each, the same for equal `Data`."""

from playground.core.datasets._make import SAMPLERS, Dataset, make_dataset

__all__ = ["SAMPLERS", "Dataset", "make_dataset"]

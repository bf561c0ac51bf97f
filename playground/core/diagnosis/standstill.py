"""What curves alone tell of a network that does not get on."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from playground.core.diagnosis.evidence import evidence_of_curves
from playground.core.diagnosis.measures import epoch, falls_short, is_stuck
from playground.core.diagnosis.plateau import EARLIEST, WITHIN
from playground.core.experiment import Experiment

STANDSTILL = "For a while the loss has hardly moved, though better answers exist."


def stands_still(experiment: Experiment, curves: NDArray[np.floating]) -> bool:
    """Whether the loss stays where it is and the network is clearly worse than possible: a plateau, by what is seen.

    Parameters
    ----------
    experiment : with the rates in use
    curves : (n, 6) rows of `history.CURVES` from epoch 0 to the newest
    """
    evidence = evidence_of_curves(experiment, curves)
    return epoch(evidence) >= EARLIEST and is_stuck(evidence, WITHIN) and falls_short(evidence)

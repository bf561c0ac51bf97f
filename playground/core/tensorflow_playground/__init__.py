"""Links of TensorFlow Playground (https://playground.tensorflow.org), read as experiments of this playground."""

from __future__ import annotations

from playground.core.experiment import Experiment
from playground.core.tensorflow_playground.fragment import ELSEWHERE, LONGEST, NAMES, QUERY, RULE, is_link
from playground.core.tensorflow_playground.reading import Reading, read_link

__all__ = [
    "ELSEWHERE",
    "LONGEST",
    "NAMES",
    "QUERY",
    "RULE",
    "Reading",
    "from_tensorflow_playground",
    "is_link",
    "read_link",
]


def from_tensorflow_playground(fragment: str) -> tuple[Experiment, list[str]]:
    """The experiment of a link of TensorFlow Playground, and a sentence for each thing that has no equal here.

    Never raises, whatever the text. What a link leaves out, or what is refused of it, is what it is by default there.

    Parameters
    ----------
    fragment : the part after the ``#``, with or without that, or the whole address

    Returns
    -------
    experiment : with TensorFlow Playground's loss, initial weights and regularisation
    sentences : for each thing that has no equal here, and the rule and the value of each that is refused
    """
    reading = read_link(fragment)
    return reading.experiment, reading.sentences

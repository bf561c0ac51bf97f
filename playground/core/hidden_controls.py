"""Controls that a link may hide: `hide=noise,play`. It changes no number of the experiment, and locks nothing."""

from __future__ import annotations

from collections.abc import Mapping

from playground.core import knobs, named_controls

NAME = "hide"
PANELS = ("views", "curves", "figures", "settings")
OF_THE_STAGE = ("play", "step", "rewind", "new_weights", "test_points", "map", *PANELS)
"""What is beside the network and no knob, by the names of this page's links where it has one there."""
CONTROLS: tuple[str, ...] = (*knobs.PART_OF, *OF_THE_STAGE)
RULE = f"{NAME} must be knobs, or one or more of {', '.join(OF_THE_STAGE)}"
MOST_CHARACTERS = named_controls.MOST_CHARACTERS


def read(query: Mapping[str, str | list[str]]) -> tuple[tuple[str, ...], list[str]]:
    """The controls that the query of a link hides, each once, and a sentence for what of it is refused.

    Never raises, whatever strings the query holds.
    """
    return named_controls.read(NAME, query, CONTROLS, RULE)


def write(hidden: tuple[str, ...]) -> dict[str, str]:
    """What a link says of it; nothing where nothing is hidden."""
    return named_controls.write(NAME, hidden)

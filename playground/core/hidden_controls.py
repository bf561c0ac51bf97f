"""Controls that a link may hide: `hide=noise,play`. It changes no number of the experiment, and locks nothing."""

from __future__ import annotations

from collections.abc import Mapping

from playground.core import knobs, words
from playground.core.query import texts_of, times

NAME = "hide"
OF_THE_STAGE = ("play", "step", "rewind", "new_weights", "test_points", "map")
"""What is beside the network and no knob, by the names of this page's links where it has one there."""
CONTROLS: tuple[str, ...] = (*knobs.PART_OF, *OF_THE_STAGE)
RULE = f"{NAME} must be knobs, or one or more of {', '.join(OF_THE_STAGE)}"
MOST_CHARACTERS = 1024


def read(query: Mapping[str, str | list[str]]) -> tuple[tuple[str, ...], list[str]]:
    """The controls that the query of a link hides, each once, and a sentence for what of it is refused.

    Never raises, whatever strings the query holds.
    """
    texts = texts_of(query.get(NAME, []))
    if len(texts) > 1:
        return (), [f"{NAME} is given {times(len(texts))}; it may be given once."]
    if not texts:
        return (), []
    if len(texts[0]) > MOST_CHARACTERS:
        return (), [f"{NAME} must have at most {MOST_CHARACTERS} characters. Got {len(texts[0])}."]
    asked = dict.fromkeys(name.strip() for name in texts[0].split(","))
    unknown = [name for name in asked if name not in CONTROLS]
    refused = [f"{RULE}. Got {words.quoted(unknown[0])}."] if unknown else []
    return tuple(name for name in asked if name in CONTROLS), refused


def write(hidden: tuple[str, ...]) -> dict[str, str]:
    """What a link says of it; nothing where nothing is hidden."""
    return {NAME: ",".join(hidden)} if hidden else {}

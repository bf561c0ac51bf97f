"""The text of a link: which part of it speaks, and what that says under each name.

As `deserializeState` of https://github.com/tensorflow/playground/blob/master/src/state.ts reads it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import unquote

from playground.core import knobs
from playground.core.query import times
from playground.core.words import quoted

LONGEST = 8192
"""Characters of a link: one with everything in it has a tenth of them."""
FEATURES = {
    "x": "x1", "y": "x2", "xSquared": "x1sq", "ySquared": "x2sq", "xTimesY": "x1x2", "sinX": "sinx1", "sinY": "sinx2",
}  # fmt: skip
"""Our name of each input, in the order in which the network there has them."""
WITHOUT_INPUT = ("cosX", "cosY")
"""Settings of its links that it has no input for any more."""
NAMES: tuple[str, ...] = (
    "activation", "regularization", "batchSize", "dataset", "regDataset", "learningRate", "regularizationRate", "noise",
    "networkShape", "seed", "showTestData", "discretize", "percTrainData", *FEATURES, *WITHOUT_INPUT, "collectStats",
    "tutorial", "problem", "initZero", "hideText",
)  # fmt: skip
"""What a link may say, besides what it hides."""
HIDE = "_hide"
"""At the end of the name of what is hidden."""
QUERY = "tensorflow_playground"
"""What a link of ours calls the text of one."""
HOST = "playground.tensorflow.org"
RULE = f"it must be a link of TensorFlow Playground, like https://{HOST}/#dataset=xor&networkShape=4,2"
MOST_UNKNOWN_NAMED = 20
LONGEST_NAME = 40
"""Characters of a name that is shown as it is; its own have half of them."""
TELLING: tuple[str, ...] = (
    "networkShape", "activation", "learningRate", "regularizationRate", "regDataset", "batchSize", "percTrainData",
    "showTestData",
)  # fmt: skip
"""What tells a link of a copy of it, at whatever address: each of its links says all of them."""
ELSEWHERE = f"One of a copy at another address must say {TELLING[0]} or {TELLING[1]} behind its #."
_OURS = frozenset(knobs.PART_OF)
_PLACE = re.compile("(?:https?://)?([^/?#]*)", re.IGNORECASE)


def is_link(text: str, host: str = "") -> bool:
    """Whether this is meant as a link of TensorFlow Playground, not as one of ours or of another page.

    Parameters
    ----------
    host : of the page that asks, whose own address may stand before the ``#``; empty where that is not known
    """
    if len(text) > LONGEST:
        return False
    before, mark, after = text.strip().partition("#")
    names = {name for name, _value in _pairs(after if mark else before)}
    place = _place_of(before)
    if not mark:
        return (place == HOST and "?" not in before) or not names.isdisjoint(set(NAMES) - _OURS)
    if place in ("", host.lower()):
        return any(name in NAMES or name.endswith(HIDE) for name in names)
    return place == HOST or not names.isdisjoint(TELLING)


def values_of(text: str) -> tuple[dict[str, str], list[str]]:
    """What a link says under each known name, and a sentence for each name that is not known or comes again.

    Never raises. Of a name that comes again the last value counts, as it does there.
    """
    if len(text) > LONGEST:
        return {}, [f"A link of TensorFlow Playground must have at most {LONGEST} characters. Got {len(text)}."]
    pairs = list(_pairs(fragment_of(text)))
    found = {name: value for name, value in pairs if name in NAMES or name.endswith(HIDE)}
    names = [name for name, _value in pairs]
    again = [
        f"{called(name)} is given {times(names.count(name))}: the last one counts."
        for name in found
        if names.count(name) > 1
    ]
    unknown = [name for name in dict.fromkeys(names) if name not in found]
    told = [f"TensorFlow Playground has no setting called {quoted(name)}." for name in unknown[:MOST_UNKNOWN_NAMED]]
    if len(unknown) > MOST_UNKNOWN_NAMED:
        told.append(f"There are {len(unknown) - MOST_UNKNOWN_NAMED} more names that are no settings of it.")
    return found, again[:MOST_UNKNOWN_NAMED] + told


def called(name: str) -> str:
    """A name for a sentence. What stands before ``_hide`` may be anything."""
    known = name.removesuffix(HIDE)
    return name if known.isascii() and known.isidentifier() and len(name) <= LONGEST_NAME else quoted(name)


def fragment_of(text: str) -> str:
    """The part of an address that holds the settings; a text that is no address is that part."""
    before, mark, after = text.strip().partition("#")
    if mark:
        return after
    return "" if before.startswith(("http://", "https://")) or _place_of(before) == HOST else before


def _place_of(before: str) -> str:
    """The host, and port, of an address; empty where there is none before the path."""
    found = _PLACE.match(before)
    return found[1].lower() if found else ""


def _pairs(fragment: str) -> Iterator[tuple[str, str]]:
    """Names and values. A link that went through a message may have its commas written as %2C."""
    for part in fragment.split("&"):
        name, _equals, value = part.partition("=")
        if name.strip():
            yield unquote(name).strip(), unquote(value).partition("=")[0].strip()

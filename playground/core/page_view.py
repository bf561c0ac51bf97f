"""How a page looks at a run, as a link may say: the tab, the speed, what is drawn, the epoch to show, and where.

None of it is a knob: it changes no number of the experiment. What tabs there are is told by who reads.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple, TypeAlias

from playground.core import hidden_controls, knobs, locked_controls, words

AS_FAST_AS_IT_GOES = 0
"""The number of epochs a frame that means this."""
NO_TAB = "none"

Value: TypeAlias = str | bool | int


class Speed(NamedTuple):
    """How many epochs are trained between two pictures: what a link and what the page call it."""

    name: str
    epochs: int
    text: str


SPEEDS: tuple[Speed, ...] = (
    Speed("1", 1, "One epoch a frame"),
    *(Speed(str(epochs), epochs, f"{epochs} epochs a frame") for epochs in (2, 5, 10, 50)),
    Speed("max", AS_FAST_AS_IT_GOES, "As fast as it goes"),
)
MAPS = ("confidence", "classes")
"""What the colours of the plane say."""
DEFAULTS: Mapping[str, Value] = MappingProxyType(
    {
        "speed": "1",
        "test_points": False,
        "map": "confidence",
        "mistakes": False,
        "log": False,
        "at": 0,
        "present": False,
        "autoplay": False,
    }
)
"""What a link does not say; it does not say which tab is shown when that is the first one."""
NAMES: frozenset[str] = frozenset({"view", *DEFAULTS})


def read(query: Mapping[str, str | list[str]], tabs: Sequence[str]) -> tuple[dict[str, Value], list[str]]:
    """What the query of a link says of the view, and a sentence for each part of it that is refused.

    Never raises, whatever strings the query holds. Names that are none of `NAMES` are not looked at.
    """
    asked: dict[str, Value] = {}
    refused = []
    for name, schema in _schemas(tabs).items():
        given = query.get(name, [])
        texts = [str(text) for text in given] if isinstance(given, (list, tuple)) else [str(given)]
        if len(texts) > 1:
            refused.append(f"{name} is given more than once; it may be given once.")
        elif texts:
            try:
                asked[name] = _READERS[schema["type"]](texts[0].strip(), schema)
            except ValueError:
                refused.append(words.refusal(name, schema, texts[0]))
    return asked, refused


def without(query: Mapping[str, str | list[str]]) -> dict[str, str | list[str]]:
    """The query without what it says of the view, and of controls that are hidden or locked."""
    others = {*NAMES, hidden_controls.NAME, locked_controls.NAME}
    return {name: given for name, given in query.items() if name not in others}


def _schemas(tabs: Sequence[str]) -> dict[str, words.Schema]:
    truth = {"type": "boolean"}
    return {
        "view": {"type": "string", "enum": [*tabs, NO_TAB]},
        "speed": {"type": "string", "enum": [speed.name for speed in SPEEDS]},
        "test_points": truth,
        "map": {"type": "string", "enum": list(MAPS)},
        "mistakes": truth,
        "log": truth,
        "at": {"type": "integer", "minimum": 0, "maximum": int(knobs.bounds("epochs")[1])},
        "present": truth,
        "autoplay": truth,
    }


def _name(text: str, schema: words.Schema) -> str:
    if text not in schema["enum"]:
        raise ValueError("not one of them")
    return text


def _truth(text: str, _schema: words.Schema) -> bool:
    try:
        return {"true": True, "1": True, "false": False, "0": False}[text.lower()]
    except KeyError:
        raise ValueError("not a truth value") from None


_READERS: Mapping[str, Callable[[str, words.Schema], Value]] = {
    "string": _name,
    "boolean": _truth,
    "integer": words.whole_number,
}

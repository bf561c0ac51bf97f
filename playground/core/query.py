"""The query of a link: the knobs that differ from their defaults, in words people can read and type.

Keys are field names. Lists are joined by commas, truth is `true` or `false`, and no hidden layers is
`hidden=none`. Rates that change on the way have a name more each (`change_links`).
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any
from urllib.parse import parse_qsl, urlencode

from playground.core import change_links, knobs, words
from playground.core.agreement import disagreements
from playground.core.kept_texts import is_name, keep, kept
from playground.core.parts import Data, Model, Train, reason_of

MAX_UNKNOWN_NAMED = 20
LONGEST_TEXT = 512
"""Characters that may stand for a value: many times the longest list. A text may have a limit of its own, `longest`."""
NOTHING = "none"
EDITED: Mapping[str, str] = MappingProxyType({"edited": "true"})
"""What a link adds when weights of its run were changed by hand: it does not hold them."""
EDITED_SENTENCE = (
    "The run of this link had weights that were edited by hand. A link does not hold them: this run starts without."
)
_TRUTH = {"true": True, "1": True, "false": False, "0": False}


def link(query: Mapping[str, str]) -> str:
    """The link of a query, relative to the page: `?dataset=xor`."""
    return "?" + urlencode(query, safe=",")


def of_link(text: str) -> dict[str, str]:
    """The query of a link that `link` made."""
    return dict(parse_qsl(text.removeprefix("?"), keep_blank_values=True))


def write(data: Data, model: Model, train: Train) -> dict[str, str]:
    """The query of an experiment made of these parts: only what differs from the defaults.

    A text that is too long for a link is kept on this side, and the query has its name.
    """
    return {
        name: keep(value) if is_too_long(name, value) else text_of(value)
        for part in (data, model, train)
        for name, value in part
        if value != knobs.default(name)
    }


def is_too_long(name: str, value: object) -> bool:
    """Whether the value of the field `name` is a text that no link holds."""
    return isinstance(value, str) and len(value) > knobs.schema(name).get("in_a_link", len(value))


def read(mapping: Mapping[str, str | list[str]]) -> tuple[Data, Model, Train, list[str]]:
    """The parts a query asks for, and a sentence for each field refused and left at its default.

    Never raises, whatever strings the mapping holds. The parts agree with each other.
    """
    chosen: dict[str, Any] = {}
    refused: list[str] = []
    for name in knobs.PART_OF:
        texts = texts_of(mapping.get(name, []))
        if len(texts) > 1:
            refused.append(f"{name} is given {times(len(texts))}; it may be given once.")
        elif texts:
            try:
                chosen[name] = value_of(name, texts[0])
            except ValueError as refusal:
                refused.append(str(refusal))
    refused += [EDITED_SENTENCE] if EDITED.keys() & mapping.keys() else []
    refused += _unknown([name for name in mapping if not _is_known(name)])
    refused += _leave_out_what_disagrees(chosen)
    return _part(Data, chosen), _part(Model, chosen), _part(Train, chosen), refused


def value_of(name: str, text: str) -> Any:
    """The value that `text` stands for in the field `name`.

    Raises
    ------
    ValueError
        When it stands for none that the field may hold; the message says the rule.
    """
    if "in_a_link" in knobs.schema(name) and is_name(text):
        text = _remembered(name, text)
    try:
        return _checked(name, _value(_short(text, knobs.schema(name)).strip(), knobs.schema(name)))
    except ValueError as error:
        raise ValueError(knobs.refusal(name, text) + reason_of(error)) from None


def _remembered(name: str, text: str) -> str:
    """The text that a link only names. Raises ValueError where it is not kept."""
    found = kept(text)
    if found is None:
        most = knobs.schema(name)["in_a_link"]
        raise ValueError(
            f"A link must hold its {name} or be opened where that is still kept. Got the name of one of more than "
            f"{most:,} characters, which is not: open the experiment file, or choose the {name} again."
        )
    return found


def text_of(value: Any) -> str:
    """What stands for the value of a field in a link."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return words.number(value)
    if isinstance(value, tuple):
        return ",".join(text_of(item) for item in value) or NOTHING
    return str(value)


def texts_of(given: str | Sequence[str]) -> list[str]:
    """The texts that a query holds under one name."""
    return [str(text) for text in given] if isinstance(given, (list, tuple)) else [str(given)]


def times(count: int) -> str:
    """How often, for more than once."""
    return "twice" if count == 2 else f"{count} times"


def _is_known(name: str) -> bool:
    return name in knobs.PART_OF or name in EDITED or change_links.is_change(name)


def _short(text: str, schema: words.Schema) -> str:
    """`text`, if it is short enough to be split and read. Raises ValueError."""
    if len(text) > schema.get("longest", LONGEST_TEXT):
        raise ValueError("too long")
    return text


def _value(text: str, schema: words.Schema) -> Any:
    """The value `text` stands for by the type in `schema`; its range is not looked at. Raises ValueError."""
    kind = schema["type"]
    if kind == "array":
        return _values(text, schema)
    if kind == "boolean":
        return _truth(text)
    if kind in ("integer", "number"):
        return _number(text, kind)
    return text


def _values(text: str, schema: words.Schema) -> tuple[Any, ...]:
    if text in ("", NOTHING):
        return ()
    return tuple(_value(item.strip(), schema["items"]) for item in text.split(","))


def _truth(text: str) -> bool:
    try:
        return _TRUTH[text.lower()]
    except KeyError:
        raise ValueError("not a truth value") from None


def _number(text: str, kind: str) -> float:
    # Python's own int and float also take 1_000, nan and the digits of every script.
    if not words.is_read_as_a_number(text):
        raise ValueError("not a number")
    value = int(text) if kind == "integer" else float(text)
    if not math.isfinite(value):
        raise ValueError("not finite")
    return value


def _checked(name: str, value: Any) -> Any:
    """`value` as its field holds it. Raises ValueError (pydantic's) when it is out of range."""
    return getattr(knobs.PART_OF[name].model_validate({name: value}), name)


def _part(part: type[Any], chosen: Mapping[str, Any]) -> Any:
    return part(**{name: value for name, value in chosen.items() if name in part.model_fields})


def _unknown(names: Sequence[str]) -> Iterator[str]:
    for name in names[:MAX_UNKNOWN_NAMED]:
        yield f"There is no knob called {words.quoted(str(name))}."
    if len(names) > MAX_UNKNOWN_NAMED:
        yield f"There are {len(names) - MAX_UNKNOWN_NAMED} more names that are no knobs."


def _leave_out_what_disagrees(chosen: dict[str, Any]) -> Iterator[str]:
    """Drop chosen values until the parts agree, a sentence for each. Every round drops one, so it ends."""
    while broken := next(disagreements(_part(Data, chosen), _part(Model, chosen)), None):
        field, sentence = broken
        del chosen[field]
        yield sentence

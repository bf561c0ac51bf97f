"""Changes of rates in a link: `learning_rate_from_200=0.3` is the rate from epoch 200 on."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, TypeAlias, cast

from playground.core import knobs, words
from playground.core.rates import LAST_CHANGE, MAX_CHANGES, RATE_FIELDS, Changes, RateChange, RateName, Rates, effective

MAX_REFUSED_NAMED = 20
_NAME = re.compile(rf"({'|'.join(RATE_FIELDS)})_from_(.*)", re.DOTALL)
_EPOCH = re.compile("[0-9]{1,9}")

Texts: TypeAlias = Mapping[str, str | list[str]]


def write(changes: Iterable[RateChange]) -> dict[str, str]:
    """A name and a text for each change."""
    return {key(change): words.number(change.value) for change in changes}


def key(change: RateChange) -> str:
    """The name of a change in a link."""
    return f"{change.name}_from_{change.epoch}"


def is_change(name: object) -> bool:
    """Whether this name in a link is meant as a change."""
    return _NAME.fullmatch(str(name)) is not None


def read(mapping: Texts, first: Rates) -> tuple[Changes, list[str]]:
    """The changes that a link asks for upon its `first` rates, and a sentence for each one refused.

    Never raises, whatever strings the mapping holds. A change to the rate in force is none.
    """
    found: list[RateChange] = []
    refused: list[str] = []
    for name in filter(is_change, mapping):
        try:
            found.append(_change(str(name), mapping[name]))
        except ValueError as refusal:
            refused.append(str(refusal))
    changes, twice = _once(found)
    return effective(first, changes[:MAX_CHANGES]), [*_bounded([*refused, *twice]), *_too_many(len(changes))]


def check(change: RateChange) -> None:
    """Hold a change against the rule of its rate.

    Raises
    ------
    ValueError
        When the value is out of its range; the message says the rule.
    """
    _checked(key(change), change.name, change.value)


def _change(name: str, given: str | list[str]) -> RateChange:
    rate, epoch = cast("tuple[RateName, str]", cast("re.Match[str]", _NAME.fullmatch(name)).groups())
    if _EPOCH.fullmatch(epoch) is None or not 1 <= int(epoch) <= LAST_CHANGE:
        rule = f"{rate}_from_ must be followed by an epoch in [1, {LAST_CHANGE}]"
        raise ValueError(f"{rule}. Got {words.quoted(epoch)}.")
    texts = given if isinstance(given, (list, tuple)) else [given]
    spelt = f"{rate}_from_{int(epoch)}"
    if len(texts) != 1:
        raise ValueError(f"{spelt} must be given once. Got it {len(texts)} times.")
    return RateChange(int(epoch), rate, _value(spelt, rate, str(texts[0]).strip()))


def _value(name: str, rate: RateName, text: str) -> float:
    if not words.is_read_as_a_number(text):
        raise ValueError(words.refusal(name, knobs.schema(rate), text))
    return _checked(name, rate, float(text), text)


def _checked(name: str, rate: RateName, value: float, shown: Any = None) -> float:
    try:
        knobs.PART_OF[rate].model_validate({rate: value})
    except ValueError:
        raise ValueError(words.refusal(name, knobs.schema(rate), value if shown is None else shown)) from None
    return value


def _once(found: list[RateChange]) -> tuple[list[RateChange], list[str]]:
    """The changes in their order, and a sentence for each that names the epoch of another in other digits."""
    by_place: dict[tuple[int, str], RateChange] = {}
    twice = []
    for change in found:
        if by_place.setdefault((change.epoch, change.name), change) is not change:
            twice.append(f"{key(change)} must be given once. Got it twice.")
    return sorted(by_place.values(), key=lambda change: change.epoch), twice


def _bounded(refused: list[str]) -> list[str]:
    more = len(refused) - MAX_REFUSED_NAMED
    return [*refused[:MAX_REFUSED_NAMED], *([f"{more} more changes of rates are refused."] if more > 0 else [])]


def _too_many(count: int) -> Iterator[str]:
    if count > MAX_CHANGES:
        yield f"A link must hold at most {MAX_CHANGES} changes of rates. Got {count}: the later ones are left out."

"""Controls that a link names in a list: `hide=noise,play`."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from playground.core import words
from playground.core.query import texts_of, times

MOST_CHARACTERS = 1024


def read(
    name: str, query: Mapping[str, str | list[str]], known: Collection[str], rule: str
) -> tuple[tuple[str, ...], list[str]]:
    """The known controls that a query lists under `name`, each once, and a sentence for what of it is refused.

    Never raises, whatever strings the query holds.

    Parameters
    ----------
    rule : what may be listed, for the sentence
    """
    texts = texts_of(query.get(name, []))
    if len(texts) > 1:
        return (), [f"{name} is given {times(len(texts))}; it may be given once."]
    if not texts:
        return (), []
    if len(texts[0]) > MOST_CHARACTERS:
        return (), [f"{name} must have at most {MOST_CHARACTERS} characters. Got {len(texts[0])}."]
    asked = dict.fromkeys(each.strip() for each in texts[0].split(","))
    unknown = [each for each in asked if each not in known]
    refused = [f"{rule}. Got {words.quoted(unknown[0])}."] if unknown else []
    return tuple(each for each in asked if each in known), refused


def write(name: str, listed: tuple[str, ...]) -> dict[str, str]:
    """What a link says of it; nothing where nothing is listed."""
    return {name: ",".join(listed)} if listed else {}

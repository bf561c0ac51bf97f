"""How long messages and links may be, and how a query says that something was longer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from urllib.parse import urlencode

LONGEST_MESSAGE = 65_536
"""Bytes of a message: the state of all widgets is a tenth of it."""
LONGEST_LINK = 8_192
"""Bytes of a link's query: with every knob turned it has a quarter of them."""
MESSAGE_BYTES, LINK_BYTES = "message_bytes", "link_bytes"
"""Names in a query that say how long was what it stands for."""
_RULES = {
    MESSAGE_BYTES: f"A message of the page must have at most {LONGEST_MESSAGE} bytes",
    LINK_BYTES: f"The query of a link must have at most {LONGEST_LINK} bytes",
}
_MOST_DIGITS = 12


def refusals(query: Mapping[str, list[str]]) -> Iterator[str]:
    """What `query` says was too long: the rule and the value of each."""
    for name, rule in _RULES.items():
        length = next(iter(query.get(name, [])), "")
        if length.isascii() and length.isdecimal() and len(length) <= _MOST_DIGITS:
            yield f"{rule}. Got {int(length)}."


def refusals_of_address(query: Mapping[str, str]) -> Iterator[str]:
    """The rule and the length of an address that nobody could follow, as Streamlit writes it."""
    length = len(urlencode(query))
    if length > LONGEST_LINK:
        yield from refusals({LINK_BYTES: [str(length)]})

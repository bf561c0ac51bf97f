"""What Markdown of a lesson may not hold: markup, pictures, and links to anything but pages."""

from __future__ import annotations

import re
from collections.abc import Iterator

from playground.core import words

LONGEST_TEXT = 20_000
"""Characters of one text."""
_MARKUP = re.compile(r"<(?:/?[A-Za-z][^<>]*>|!--|!\[CDATA|\?)")
_PICTURE = re.compile(r"!\[")
_LINK = re.compile(r"\]\(\s*<?\s*([^)\s>]*)|^ {0,3}\[[^\]\n]+\]:\s*<?(\S*)", re.MULTILINE)
_ALLOWED = re.compile(r"(https?://|\?|/(?!/)|#)")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]")


def faults(markdown: str) -> Iterator[tuple[int, str]]:
    """The rule that is broken, and how many lines down, for each fault of a text."""
    if len(markdown) > LONGEST_TEXT:
        yield 0, f"A text must be at most {LONGEST_TEXT:,} characters. Got {len(markdown):,}."
        return
    for found in _MARKUP.finditer(markdown):
        yield _line(markdown, found), f"A text must be Markdown without HTML. Got {words.quoted(found[0])}."
    for found in _PICTURE.finditer(markdown):
        yield _line(markdown, found), "A text must have no pictures. Got ![."
    for found in _LINK.finditer(markdown):
        target = found[1] or found[2] or ""
        if _ALLOWED.match(target) is None:
            yield _line(markdown, found), f"A link must begin with https://, / or ?. Got {words.quoted(target)}."
    for found in _CONTROL.finditer(markdown):
        yield _line(markdown, found), f"A text must have no control characters. Got {found[0]!a}."


def _line(text: str, found: re.Match[str]) -> int:
    return text.count("\n", 0, found.start())

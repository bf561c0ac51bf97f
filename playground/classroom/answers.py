"""Answers in a learner's own words: in letters that can be read, short enough for a bar, and fit for a wall or not."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from playground.classroom.names import MOST_MARKS, UNSEEN_CHARACTERS
from playground.classroom.slurs import is_slur

LONGEST_ANSWER = 200
"""In characters, as of a choice."""
RULE = f"An answer must have 1 to {LONGEST_ANSWER} characters that can be seen. Got {{n}}."
NOT_SHOWN = "not shown here"
"""Stands on the projector for all answers that are not fit for it."""
_JOINERS = "\u200c\u200d\ufe0e\ufe0f"
"""Unseen themselves, and what Persian and some pictures are spelled with."""
_ONE_BY_ONE = re.compile(r"(?<!\S)\S(?:\s+\S)+(?!\S)")


def read_answer(text: str) -> str:
    """An answer as it is noted: no control characters, no marks that turn the direction, single spaces.

    Raises
    ------
    ValueError
        When nothing that can be seen is left, or too much, with a sentence.
    """
    spaced = " ".join(unicodedata.normalize("NFC", text).split())
    answer = "".join(_without_towers(each for each in spaced if not _is_unseen(each))).strip()
    length = len(answer) if any(each not in _JOINERS for each in answer) else 0
    if not 1 <= length <= LONGEST_ANSWER:
        raise ValueError(RULE.format(n=f"{length:,}"))
    return answer


@lru_cache(maxsize=4096)
def is_fit_to_show(text: str) -> bool:
    """Whether a whole class may read it: no word of it is a slur, nor is one spelled letter by letter.

    Words are not read as one, as those of a name are: sentences hold too much by chance.
    """
    return not any(map(is_slur, [*text.split(), *_ONE_BY_ONE.findall(text)]))


def _is_unseen(character: str) -> bool:
    is_unseen = unicodedata.category(character) in ("Cc", "Cs") or UNSEEN_CHARACTERS.match(character) is not None
    return is_unseen and character not in _JOINERS


def _without_towers(characters: Iterator[str]) -> Iterator[str]:
    marks = 0
    for each in characters:
        marks = marks + 1 if unicodedata.category(each).startswith("M") else 0
        if marks <= MOST_MARKS:
            yield each

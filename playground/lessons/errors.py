"""What is wrong with a lesson file: where, in which field, and the rule."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

MOST_NAMED = 30
"""Mistakes of one file that are named; how many more there are is said."""
WHOLE = "file"
"""The field of a mistake that is the file's."""


class Mistake(NamedTuple):
    """One mistake; its text is a sentence like "xor.md, line 12, steps[2].free: … must be …. Got …." and no more.

    Attributes
    ----------
    file : the name of the file, without its folder
    line : from 1, which also stands for the file as a whole
    field : as ``goal`` or ``steps[2].check``, steps counted from 1; `WHOLE` where the mistake is in none
    rule : what must be, then what was found
    """

    file: str
    line: int
    field: str
    rule: str

    def __str__(self) -> str:
        return f"{self.file}, line {self.line}, {self.field}: {self.rule}"


class LessonError(ValueError):
    """A lesson file is none. Its text holds a sentence a line, one for each mistake in the order of the file.

    Attributes
    ----------
    mistakes : all of them, at least one; at most `MOST_NAMED` and one that counts the others
    file, line, field, rule : of the first one
    """

    def __init__(self, mistakes: Sequence[Mistake]) -> None:
        self.mistakes = _named(sorted(mistakes, key=lambda mistake: mistake.line))
        self.file, self.line, self.field, self.rule = self.mistakes[0]
        super().__init__("\n".join(self.sentences))

    @property
    def sentences(self) -> tuple[str, ...]:
        """A sentence for each mistake."""
        return tuple(map(str, self.mistakes))


def _named(mistakes: Sequence[Mistake]) -> tuple[Mistake, ...]:
    more = len(mistakes) - MOST_NAMED
    if more <= 0:
        return tuple(mistakes)
    rest = Mistake(mistakes[0].file, mistakes[MOST_NAMED].line, WHOLE, f"There are {more} more mistakes.")
    return (*mistakes[:MOST_NAMED], rest)

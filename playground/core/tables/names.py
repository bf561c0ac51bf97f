"""Cells, and names of columns and classes, as a page may show them: one line, not long, each name once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from playground.core.datasets._limits import MAX_NAME


def one_lines(texts: Sequence[str]) -> Sequence[str]:
    """Each of the texts as `one_line` has it; at once where they are as plain as numbers mostly are."""
    together = "".join(texts)
    plain = together.isascii() and together.isprintable() and " " not in together
    return texts if plain else [one_line(text) for text in texts]


def one_line(text: str) -> str:
    """The text without characters that show nothing or turn what follows them, its white space as single spaces."""
    spaced = " ".join(text.split())
    if not spaced.isprintable():
        spaced = "".join(filter(str.isprintable, spaced))
    return spaced.strip()


def unlike(names: Iterable[str]) -> tuple[str, ...]:
    """The names, cut where they are long, and numbered where one is there before."""
    found: dict[str, None] = {}
    for name in names:
        short = cut(name)
        number = 1
        while short in found:
            number += 1
            ending = f" ({number})"
            short = cut(name, MAX_NAME - len(ending)) + ending
        found[short] = None
    return tuple(found)


def cut(name: str, length: int = MAX_NAME) -> str:
    """As much of the name as has room, and a sign that there was more."""
    return name if len(name) <= length else f"{name[: length - 1]}…"

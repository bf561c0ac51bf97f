"""The body of a lesson: a section for each step, told from the next by its heading."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

EXPLAINED = "explained"
_HEADING = re.compile(r"(#{1,6})\s")
_FENCE = re.compile(r" {0,3}(```|~~~)")


@dataclass
class Text:
    """Markdown, and the line of the file where it begins."""

    line: int
    lines: list[str] = field(default_factory=list)

    @property
    def markdown(self) -> str:
        """Without empty lines around it."""
        return "\n".join(self.lines).strip("\n").rstrip()


@dataclass
class Section:
    """What stands under a heading of the second rank, before and after its `### Explained`."""

    title: str
    line: int
    text: Text
    explained: Text | None = None


@dataclass
class Body:
    """All sections, and what stands before the first one."""

    text: Text
    sections: list[Section]
    lost: list[tuple[int, str]] = field(default_factory=list)
    """Second headings `### Explained` in one section, by line and title."""


def parted(lines: Sequence[str], first_line: int) -> Body:
    """The body in its parts. `first_line` is where it begins in the file."""
    body = Body(Text(first_line), [])
    current = body.text
    for line, text, heading in _headings(lines, first_line):
        rank, title = heading
        if rank == 2:
            body.sections.append(Section(title, line, current := Text(line + 1)))
        elif rank == 3 and title.casefold() == EXPLAINED and body.sections:
            section, current = body.sections[-1], Text(line + 1)
            if section.explained is not None:
                body.lost.append((line, section.title))
            section.explained = current
        elif rank == 1 and not body.sections:
            current.lines.append("")  # the title again: front matter has it
        else:
            current.lines.append(text)
    return body


def _headings(lines: Sequence[str], first_line: int) -> Iterator[tuple[int, str, tuple[int, str]]]:
    """Each line with its number, its text, and rank and title of the heading it is; rank 0 is none."""
    fence = ""
    for line, text in enumerate(lines, start=first_line):
        if fenced := _FENCE.match(text):
            fence = "" if fence == fenced[1] else fence or fenced[1]
        found = None if fence or fenced else _HEADING.match(f"{text} ")
        yield line, text, (len(found[1]), text[len(found[1]) :].strip()) if found else (0, "")

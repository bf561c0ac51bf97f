"""Reading a lesson file: one Markdown file with front matter."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

from playground.core import words
from playground.lessons import nodes, sections
from playground.lessons.errors import WHOLE, LessonError, Mistake
from playground.lessons.front_matter import FRONT, Field, Mistakes
from playground.lessons.lesson import Lesson, Level, Step
from playground.lessons.nodes import Node
from playground.lessons.sections import Body
from playground.lessons.steps import read_step

LARGEST = 200_000
"""Bytes of a lesson file."""
MOST_STEPS = 30
FIELDS = ("title", "level", "minutes", "goal", "steps")
MARK = "---"
_NUMBER_IN_FRONT = re.compile("[0-9]+_")


def load(path: Path | str) -> Lesson:
    """The lesson of a file.

    Raises
    ------
    LessonError
        When it is none, or cannot be read. It names every mistake with its line, field and rule.
    """
    path = Path(path)
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "a name that is none"
        raise LessonError(
            [Mistake(_named(path.name), 1, WHOLE, f"The file must be readable. Got: {reason}.")]
        ) from None
    return load_bytes(content, path.name)


def load_bytes(content: bytes, name: str, host: str = "") -> Lesson:
    """The lesson that stands in the bytes of a file called `name`. Raises LessonError as `load` does.

    Parameters
    ----------
    host : of the page that opens it, with its port: whole addresses of this page are links, too
    """
    if len(content) > LARGEST:
        line = content.count(b"\n", 0, LARGEST) + 1
        raise LessonError(
            [Mistake(_named(name), line, WHOLE, f"A lesson must be at most {LARGEST:,} bytes. Got more.")]
        )
    try:
        return load_text(content.decode("utf-8-sig"), name, host)
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        rule = f"The text must be in UTF-8. Got the byte 0x{content[error.start]:02X}."
        raise LessonError([Mistake(_named(name), line, WHOLE, rule)]) from None


def load_text(text: str, name: str, host: str = "") -> Lesson:
    """The lesson that stands in a text of a file called `name`. Raises LessonError as `load_bytes` does."""
    file = _named(name)
    if len(text) > LARGEST:
        line = text.count("\n", 0, LARGEST) + 1
        rule = f"A lesson must be at most {LARGEST:,} characters. Got {len(text):,}."
        raise LessonError([Mistake(file, line, WHOLE, rule)])
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    end = _end_of_front_matter(lines, file)
    try:
        root = nodes.read("\n".join(lines[1:end]), first_line=2)
    except nodes.YamlError as error:
        raise LessonError([Mistake(file, error.line, error.field or FRONT, str(error))]) from None
    mistakes = Mistakes(file, host)
    lesson = _lesson(Field(root, "", mistakes), sections.parted(lines[end + 1 :], end + 2), name_of(name))
    if mistakes.found:
        raise LessonError(mistakes.found)
    return lesson


def name_of(file: str) -> str:
    """What an address calls the lesson of a file: `01_line_and_ring.md` is `line_and_ring`."""
    stem = re.sub("[^a-z0-9_]+", "_", Path(file).stem.lower()).strip("_")
    return (_NUMBER_IN_FRONT.sub("", stem, count=1) or stem or "lesson")[:60]


def _named(file: str) -> str:
    """The file's name, for a sentence."""
    name = "".join(each if each.isprintable() else "?" for each in file.replace("\\", "/").rpartition("/")[2])
    return name if len(name) <= 80 else f"{name[:79]}…"


def _end_of_front_matter(lines: list[str], file: str) -> int:
    if lines[0].rstrip() != MARK:
        rule = f"A lesson must begin with a line {MARK}, and its fields after it. Got {words.quoted(lines[0])}."
        raise LessonError([Mistake(file, 1, FRONT, rule)])
    for place, line in enumerate(lines[1:], start=1):
        if line.rstrip() == MARK:
            return place
    raise LessonError([Mistake(file, len(lines), FRONT, f"The fields must end with a line {MARK}. Got none.")])


def _lesson(root: Field, body: Body, name: str) -> Lesson:
    fields = root.fields(FIELDS, f"fields: {', '.join(FIELDS)}")
    for each, what in (
        ("title", "what the lesson is called"),
        ("level", f"one of {', '.join(get_args(Level))}"),
        ("minutes", "how long it takes"),
        ("goal", "what a learner can do after it, in a sentence"),
        ("steps", "a list with a title, and an experiment or a wall, for each"),
    ):
        if each not in fields and isinstance(root.node.value, dict):
            root.missing(each, what)
    root.mistakes.add_faults(body.text.line, "text", "\n".join(body.text.lines))
    return Lesson(
        name=name,
        title=fields["title"].line_of_text() if "title" in fields else "",
        level=fields["level"].one_of(get_args(Level)) if "level" in fields else "basics",  # type: ignore[arg-type]
        minutes=int(fields["minutes"].number(1, 600, whole=True)) if "minutes" in fields else 1,
        goal=fields["goal"].line_of_text() if "goal" in fields else "",
        text=body.text.markdown,
        steps=_steps(fields["steps"], body) if "steps" in fields else (),
    )


def _steps(field: Field, body: Body) -> tuple[Step, ...]:
    fields = field.items(1, MOST_STEPS, "steps")
    steps = tuple(read_step(each, body) for each in fields)
    _must_differ(fields, steps)
    titles = {step.title for step in steps}
    for section in body.sections:
        if section.title not in titles:
            rule = f"A heading ## must be the title of a step. Got {words.quoted(section.title)}."
            field.mistakes.add(section.line, "text", rule)
    for line, title in body.lost:
        field.mistakes.add(
            line, "text", f"A step must have one ### Explained. Got another under {words.quoted(title)}."
        )
    return steps


def _must_differ(fields: list[Field], steps: tuple[Step, ...]) -> None:
    first: dict[str, Node] = {}
    for field, step in zip(fields, steps, strict=True):
        if step.title and first.setdefault(step.title, field.node) is not field.node:
            field.refuse(f"Titles of steps must differ. Got {words.quoted(step.title)} twice.")

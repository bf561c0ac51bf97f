"""The lessons there are: ours in their packs, and those that a host put in a folder."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from playground.lessons.errors import WHOLE, LessonError, Mistake
from playground.lessons.lesson import Lesson
from playground.lessons.reading import load, name_of

FOLDER_SETTING = "PLAYGROUND_LESSONS"
"""Environment: the folder of a host's own lessons."""
MOST_LESSONS = 200
"""Files of a host's folder that are looked at."""
_HERE = Path(__file__).parent
_NAME = re.compile("[a-z0-9_]{1,60}")


@dataclass(frozen=True)
class Pack:
    """Lessons that belong together, in teaching order.

    Attributes
    ----------
    name : of its folder
    title : what the page calls it
    """

    name: str
    title: str
    lessons: tuple[Lesson, ...]


@dataclass(frozen=True)
class Folder:
    """What was found in a folder: its lessons by their files' names, and the errors of the files that are none."""

    lessons: tuple[Lesson, ...] = ()
    errors: tuple[LessonError, ...] = ()


TITLES: Mapping[str, str] = {
    "ours": "From the first line to three classes",
    "crash_course": "After Google's Machine Learning Crash Course",
    "geron": "After Géron's exercise",
}
"""Each pack's title by its folder, in order."""


@cache
def all_lessons() -> tuple[Pack, ...]:
    """All packs that have lessons, in order."""
    packs = (Pack(name, title, _lessons_in(_HERE / name)) for name, title in TITLES.items())
    return tuple(pack for pack in packs if pack.lessons)


def lesson_called(name: str) -> Lesson | None:
    """The lesson of ours with this name, if there is one."""
    return next((lesson for pack in all_lessons() for lesson in pack.lessons if lesson.name == name), None)


def from_folder(folder: Path | str) -> Folder:
    """The lessons of a folder: files with the ending .md, in the order of their names, none in folders within it.

    Links that lead out of the folder are not followed. A name that another file has too is a mistake.
    """
    found: dict[str, Lesson] = {}
    errors = []
    for file in _files(Path(folder)):
        try:
            found[_free_name(file, found)] = load(file)
        except LessonError as error:
            errors.append(error)
    return Folder(tuple(found.values()), tuple(errors))


def hosted(environ: Mapping[str, str] = os.environ) -> Folder:
    """The lessons of the folder that the host named (environment: PLAYGROUND_LESSONS); none where none is named."""
    folder = environ.get(FOLDER_SETTING, "").strip()
    return from_folder(folder) if folder else Folder()


def hosted_lesson(name: str, environ: Mapping[str, str] = os.environ) -> Lesson | None:
    """The host's lesson with this name, if there is one. Nothing that is no name is looked for.

    Raises
    ------
    LessonError
        When its file is no lesson.
    """
    folder = environ.get(FOLDER_SETTING, "").strip()
    if not folder or _NAME.fullmatch(name) is None:
        return None
    file = next((file for file in _files(Path(folder)) if name_of(file.name) == name), None)
    return load(file) if file else None


def lesson_here(name: str) -> Lesson | None:
    """The lesson with this name that everybody finds here: the host's, which stands in place of ours, or ours.

    One whose file is none is not there: why is said in the list of all.
    """
    try:
        theirs = hosted_lesson(name)
    except LessonError:
        theirs = None
    return theirs or lesson_called(name)


def _lessons_in(folder: Path) -> tuple[Lesson, ...]:
    return tuple(load(file) for file in sorted(folder.glob("*.md")))


def _files(folder: Path) -> list[Path]:
    try:
        root = folder.resolve()
        files = sorted(file for file in root.iterdir() if file.suffix == ".md")
        return [file for file in files[:MOST_LESSONS] if file.resolve().parent == root and file.is_file()]
    except OSError:
        return []


def _free_name(file: Path, taken: Mapping[str, Lesson]) -> str:
    name = name_of(file.name)
    if name in taken:
        rule = f"The names of lessons in a folder must differ. Got {name} twice."
        raise LessonError([Mistake(file.name, 1, WHOLE, rule)])
    return name

"""Lessons: Markdown files that say what is trained, what is asked, and when a learner has got there."""

from playground.lessons.check import Check
from playground.lessons.errors import LessonError, Mistake
from playground.lessons.lesson import Failing, Lesson, Step
from playground.lessons.packs import (
    FOLDER_SETTING,
    Folder,
    Pack,
    all_lessons,
    from_folder,
    hosted,
    hosted_lesson,
    lesson_called,
)
from playground.lessons.page_parts import POINTED_AT
from playground.lessons.predictions import Choices, Drawn, Number, Prediction
from playground.lessons.quotes import Quotes
from playground.lessons.reading import LARGEST, load, load_bytes, load_text
from playground.lessons.run import Run

__all__ = [
    "FOLDER_SETTING",
    "LARGEST",
    "POINTED_AT",
    "Check",
    "Choices",
    "Drawn",
    "Failing",
    "Folder",
    "Lesson",
    "LessonError",
    "Mistake",
    "Number",
    "Pack",
    "Prediction",
    "Quotes",
    "Run",
    "Step",
    "all_lessons",
    "from_folder",
    "hosted",
    "hosted_lesson",
    "lesson_called",
    "load",
    "load_bytes",
    "load_text",
]

"""What the component that lists lessons is told when it is mounted."""

from __future__ import annotations

import json
from collections.abc import Sequence

from playground.lessons import Lesson
from playground.ui.lesson.content import head_of
from playground.ui.web.component import files_data

FIRST = ("lessons/mount.js",)
STYLES = ("web/base.css", "lessons/lessons.css")

Group = tuple[str, Sequence[tuple[str, Lesson]]]
"""A title, and lessons in teaching order, each with the name under which the browser keeps how far the learner is."""


def lessons_data(groups: Sequence[Group], wanted: str) -> dict[str, object]:
    """What the component is told; how far the learner is, the browser alone knows."""
    packs = [
        {"title": title, "lessons": [{**head_of(each), "taught": taught} for taught, each in lessons]}
        for title, lessons in groups
    ]
    return {**files_data(first=FIRST, styles=STYLES), "packs": json.dumps(packs, ensure_ascii=False), "wanted": wanted}

"""What the components are told of lessons, as JSON: texts are Markdown, which they render without any markup."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from playground.lessons import Choices, Drawn, Lesson, Number, Prediction, Step
from playground.lessons.page_parts import WEIGHTS
from playground.lessons.predictions import OTHER
from playground.ui.controls.words import KNOBS

Content = Mapping[str, Any]


def content_of(lesson: Lesson) -> str:
    """A lesson with all its steps."""
    steps = [_step(step) for step in lesson.steps]
    return json.dumps({**head_of(lesson), "text": lesson.text, "steps": steps}, ensure_ascii=False)


def head_of(lesson: Lesson) -> Content:
    """What a catalogue says of a lesson."""
    return {
        "name": lesson.name,
        "title": lesson.title,
        "level": lesson.level,
        "minutes": lesson.minutes,
        "goal": lesson.goal,
        "titles": [step.title for step in lesson.steps],
    }


def _step(step: Step) -> Content:
    return {
        "title": step.title,
        "text": step.text,
        "explanation": step.explanation,
        "predict": None if step.predict is None else _question(step.predict),
        "observe": None if step.observe is None else _question(step.observe),
        "checked": step.check is not None,
        "wall": step.wall is not None,
        "free": list(step.free),
        "freeTitles": [_title(name) for name in step.free],
        "pointsAt": step.points_at,
    }


def _question(question: Prediction) -> Content:
    match question:
        case Choices(question=text, choices=choices, answer=answer, feedback=feedback):
            said = ["" if each == OTHER else each for each in feedback]  # that one is for before the run
            return {"kind": "choice", "question": text, "choices": choices, "answer": answer, "feedback": said}
        case Number(question=text, within=within, unit=unit):
            return {"kind": "number", "question": text, "within": within, "unit": unit}
        case Drawn(question=text):
            return {"kind": "drawn", "question": text}


def _title(name: str) -> str:
    return "Weights, in the diagram" if name == WEIGHTS else KNOBS[name].label

"""The lesson and the step that are shown, what the learner has changed of its settings, and where lessons come from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import streamlit as st

from playground.core import Experiment, knobs, page_view, words
from playground.core.query import link, text_of, texts_of
from playground.core.wall import COLUMNS, ROWS, SEEDS, Wall
from playground.lessons import Lesson, Step
from playground.lessons.addresses import LESSON, STEP, may_be_turned, number_of
from playground.runtime import views as _views  # noqa: F401  declares the options of all views
from playground.runtime.protocol.show import ViewOptions
from playground.ui import address, notices
from playground.ui.controls import chosen, known_lessons
from playground.ui.controls.chosen_wall import case_of
from playground.ui.shown_page import own

SHOWN, LOOKS = "lesson_shown", "lesson_looks"
WANTED = "lesson_wanted"
"""The link of a lesson of a file that this session does not have; the browser may."""


@dataclass(frozen=True)
class Shown:
    """A step of a lesson.

    Attributes
    ----------
    taught : the name under which the browser keeps how far the learner is
    number : of the step, from 1
    """

    lesson: Lesson
    taught: str
    number: int

    @property
    def step(self) -> Step:
        """The step."""
        return self.lesson.steps[self.number - 1]


def shown() -> Shown | None:
    """What is shown; None is the list of all lessons."""
    found: Shown | None = st.session_state.get(own(SHOWN))
    return found


def take(given: Mapping[str, str | list[str]]) -> None:
    """Show the step that the query of a link asks for, and say what of it is refused."""
    query = {name: texts_of(each) for name, each in page_view.without(given).items()}
    names, numbers = query.pop(LESSON, []), query.pop(STEP, [])
    refused: list[str] = []
    name = names[0] if names else ""
    found = known_lessons.find(name) if name else None
    if found is None:
        close()
        if name.startswith(known_lessons.OF_A_FILE):
            st.session_state[own(WANTED)] = {name: texts_of(each)[0] for name, each in given.items() if texts_of(each)}
        notices.replace([known_lessons.refusal(name)] if name else [])
        return
    taught, lesson = found
    number = _number(numbers[0] if numbers else "1", lesson, refused)
    _enter(Shown(lesson, taught, number))
    refused += _change({name: texts[0] for name, texts in query.items() if texts})
    notices.replace(refused)


def show(shown: Shown, changed: Mapping[str, str]) -> None:
    """Show this step, with these knobs turned; what of them is refused is said."""
    _enter(shown)
    notices.replace(_change({name: text for name, text in changed.items() if name not in (LESSON, STEP)}))


def open_step(number: Any) -> None:
    """Show another step of the lesson, whatever a browser says; for use in callbacks."""
    now = shown()
    address.keep()
    if now is None or isinstance(number, bool) or not isinstance(number, int):
        return
    if 1 <= number <= len(now.lesson.steps) and number != now.number:
        notices.clear()
        _enter(Shown(now.lesson, now.taught, number))


def open_lesson(wanted: Any) -> None:
    """Show a lesson of the list, whatever a browser says; for use in callbacks."""
    address.keep()
    name = wanted.get(LESSON) if isinstance(wanted, Mapping) else None
    found = known_lessons.find(name) if isinstance(name, str) else None
    if found is None or not isinstance(wanted, Mapping):
        return
    taught, lesson = found
    number = wanted.get(STEP)
    is_one = isinstance(number, int) and not isinstance(number, bool) and 1 <= number <= len(lesson.steps)
    notices.clear()
    _enter(Shown(lesson, taught, number if is_one and isinstance(number, int) else 1))


def wanted_file() -> str:
    """The name of the lesson of a file that a link asked for and this session does not have; empty if there is none."""
    return str(_wanted().get(LESSON, ""))


def bring_back(value: Any) -> None:
    """Know again a file that the browser has kept, and show what was wanted of it; for use in callbacks."""
    address.keep()
    wanted = dict(_wanted())
    lesson = known_lessons.bring_back(value)
    if lesson is not None and lesson.name == wanted.get(LESSON):
        take(wanted)


def remove(name: Any) -> None:
    """Let go of the lesson of a file, whatever a browser says; for use in callbacks."""
    address.keep()
    known_lessons.remove(name)


def leave() -> None:
    """Show the list of all lessons; for use in callbacks."""
    address.keep()
    notices.clear()
    close()


def close() -> None:
    """Show no lesson any more."""
    for name in (SHOWN, WANTED):
        st.session_state.pop(own(name), None)
    chosen.put_on_axes({})


def reset() -> None:
    """The step's own settings again; for use in callbacks."""
    now = shown()
    if now is not None:
        address.keep()
        notices.clear()
        _enter(now)


def subject() -> Experiment | Wall:
    """What is trained: the step's experiment or wall, with what the learner has changed."""
    now = shown()
    assert now is not None
    experiment = chosen.experiment()
    if now.step.wall is None:
        return experiment
    wall, said = Wall.from_query({**experiment.to_query(), **_axes(now.step.wall)})
    notices.add(said)
    return wall


def changes() -> dict[str, str]:
    """The knobs that are not as the step has them, each with what a link says of it."""
    now = shown()
    if now is None:
        return {}
    base, experiment = _base(now.step), chosen.experiment()
    of_step, found = (dict(_values(each)) for each in (base, experiment))
    return {name: text_of(value) for name, value in found.items() if value != of_step[name]}


def address_of() -> str:
    """The link of what is shown."""
    now = shown()
    return link(_wanted()) if now is None else link({LESSON: now.lesson.name, STEP: str(now.number), **changes()})


def look() -> dict[str, page_view.Value] | None:
    """How the step wants its run looked at, with a number that tells one visit from the next."""
    now = shown()
    asked = page_view.read(now.step.view, tuple(ViewOptions.known))[0] if now is not None else {}
    return {**asked, "number": st.session_state.get(own(LOOKS), 0)} if asked else None


def _wanted() -> Mapping[str, str]:
    found: Mapping[str, str] = st.session_state.get(own(WANTED), {})
    return found


def _enter(wanted: Shown) -> None:
    st.session_state.pop(own(WANTED), None)
    st.session_state[own(SHOWN)] = wanted
    st.session_state[own(LOOKS)] = st.session_state.get(own(LOOKS), 0) + 1
    step, said = wanted.step, notices.said()
    wall = step.wall
    axes = () if wall is None else (wall.rows, wall.columns)
    chosen.put_on_axes({axis.knob: [case_of(axis.knob, value) for value in axis.values] for axis in axes if axis})
    chosen.take(_base(step).to_query())
    notices.replace(said)


def _change(texts: Mapping[str, str]) -> Iterator[str]:
    """Turn the knobs that a link says; what is none, or is not free, is refused."""
    now = shown()
    assert now is not None
    for name, text in texts.items():
        if name not in knobs.PART_OF:
            yield f"There is no knob called {words.quoted(name)}."
        elif not may_be_turned(name, now.step):
            yield f"A link must change free knobs of the step alone: {_listed(now.step.free)}. Got {name}."
        else:
            before = notices.said()
            chosen.choose_text(name, text)
            yield from notices.said()
            notices.replace(before)
    address.come_from_elsewhere()


def _listed(names: tuple[str, ...]) -> str:
    return ", ".join(names) or "it has none"


def _number(text: str, lesson: Lesson, refused: list[str]) -> int:
    found = number_of(text, lesson)
    if found is None:
        refused.append(f"step must be a whole number in [1, {len(lesson.steps)}]. Got {words.quoted(text)}.")
    return found or 1


def _base(step: Step) -> Experiment:
    return step.wall.base if step.wall is not None else step.experiment or Experiment()


def _axes(wall: Wall) -> dict[str, str]:
    return {name: text for name, text in wall.to_query().items() if name in (ROWS, COLUMNS, SEEDS)}


def _values(experiment: Experiment) -> Iterator[tuple[str, Any]]:
    for part in chosen.parts(experiment):
        yield from part

"""A plan is a file that anybody may have changed: what it names is held to the rules of what a teacher types."""

from __future__ import annotations

import json
from typing import Any

import pytest

from playground.classroom.names import NO_LIST
from playground.classroom.plans import plan_of, setup_of
from playground.classroom.room import Room
from playground.core.errors import Refused

ROOM = Room(code="BHMPTX", opened_at=0.0, closes_at=1.0, teachers=(), projector="")


def planned(**fields: Any) -> Room:
    return setup_of(json.dumps(fields))(ROOM)


@pytest.mark.parametrize(
    "name", ["\u202e" + 1000 * "x", "x" * 25, "\u200b", "<img src=x onerror=alert(1)>", "Anna\u034f", "..."]
)
def test_a_name_of_a_plan_that_is_none_is_refused_with_its_field_and_the_rule(name: str) -> None:
    for rule in ("listed", "free"):
        with pytest.raises(Refused, match=r"A plan must be .* listed: Line 2: A name must"):
            planned(names=rule, listed=["Ada", name])


def test_names_of_a_plan_are_read_as_they_are_typed() -> None:
    room = planned(names="listed", listed=["  Ada ", "", "Ｂｏ"])
    assert room.listed == ("Ada", "Bo")
    assert setup_of(plan_of(room))(ROOM).listed == room.listed
    with pytest.raises(Refused, match="listed: Each name of a list must stand there once"):
        planned(names="listed", listed=["Ada", "ADA"])


@pytest.mark.parametrize("listed", [[], ["", " "]])
def test_a_plan_that_takes_names_from_a_list_has_one(listed: list[str]) -> None:
    with pytest.raises(Refused, match=f"listed: ({NO_LIST}|A list must have 1 to 200 names)"):
        planned(names="listed", listed=listed)


@pytest.mark.parametrize(
    ("choices", "rule"), [(["", "Yes"], "at least 1 char"), (["y" * 201], "at most 200 char"), (9 * ["a"], "at most 8")]
)
def test_answers_to_choose_from_have_the_limits_of_what_is_sent(choices: list[str], rule: str) -> None:
    with pytest.raises(Refused, match=rf"A plan must be .* sent\.0\.choices.*{rule}"):
        planned(sent=[{"link": "?dataset=xor", "question": "Will it?", "choices": choices}])


def test_without_a_question_there_is_nothing_to_choose() -> None:
    (sent,) = planned(sent=[{"link": "?dataset=xor", "question": " ", "choices": ["Yes"]}]).sent
    assert (sent.question, sent.choices) == ("", ())

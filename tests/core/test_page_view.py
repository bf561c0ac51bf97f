"""What a link says of how the page looks: never more than there is, and never in the way of a knob."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from playground.core import page_view
from playground.core.knobs import PART_OF
from playground.core.query import EDITED

TABS = ("network", "errors")
ALL = {
    "view": "errors", "speed": "max", "test_points": "true", "map": "classes", "mistakes": "1", "log": "TRUE",
    "at": "120", "present": "true", "autoplay": "1",
}  # fmt: skip


def test_every_part_is_read() -> None:
    assert page_view.read(ALL, TABS) == (
        {
            "view": "errors", "speed": "max", "test_points": True, "map": "classes", "mistakes": True, "log": True,
            "at": 120, "present": True, "autoplay": True,
        },
        [],
    )  # fmt: skip
    assert set(ALL) == page_view.NAMES


def test_no_name_is_that_of_a_knob() -> None:
    assert not page_view.NAMES & {*PART_OF, *EDITED, "embed", "embed_options"}


def test_what_is_left_of_a_link_is_the_experiment() -> None:
    assert page_view.without({**ALL, "dataset": "xor", "colour": "red"}) == {"dataset": "xor", "colour": "red"}


@pytest.mark.parametrize(
    ("name", "text", "sentence"),
    [
        ("view", "diagram", "view must be one of network, errors, none. Got 'diagram'."),
        ("speed", "3", "speed must be one of 1, 2, 5, 10, 50, max. Got 3."),
        ("log", "yes", "log must be true or false. Got 'yes'."),
        ("map", "", "map must be one of confidence, classes. Got ''."),
        ("at", "10001", "at must be a whole number in [0, 10000]. Got 10001."),
        ("at", "1e3", "at must be a whole number in [0, 10000]. Got 1e3."),
        ("at", "-1", "at must be a whole number in [0, 10000]. Got -1."),
    ],
)
def test_what_is_none_of_the_choices_is_refused_by_the_rule(name: str, text: str, sentence: str) -> None:
    assert page_view.read({name: text}, TABS) == ({}, [sentence])


def test_a_part_given_twice_is_refused() -> None:
    assert page_view.read({"log": ["true", "false"]}, TABS) == (
        {},
        ["log is given more than once; it may be given once."],
    )


TEXTS = st.text(max_size=60) | st.sampled_from([*ALL.values(), "9" * 5000, "\x00", "٣", "1_0", "nan"])


@example({"speed": "0" * 12 + "\x1f" * 12 + "\U000108b0" * 14})
@given(st.dictionaries(st.sampled_from([*page_view.NAMES, "x"]), TEXTS | st.lists(TEXTS, max_size=3)))
def test_whatever_a_link_holds_each_part_is_taken_or_refused_in_a_short_sentence(
    query: dict[str, str | list[str]],
) -> None:
    asked, refused = page_view.read(query, TABS)
    given = [name for name in page_view.NAMES if query.get(name, []) != []]
    assert len(asked) + len(refused) == len(given)
    assert all(len(sentence) < 200 for sentence in refused)
    for name, value in asked.items():
        text = str(value).lower() if isinstance(value, bool) else str(value)
        assert page_view.read({name: text}, TABS) == ({name: value}, [])


def test_each_default_is_a_choice() -> None:
    texts = {name: str(value).lower() for name, value in page_view.DEFAULTS.items()}
    assert page_view.read(texts, TABS) == (dict(page_view.DEFAULTS), [])

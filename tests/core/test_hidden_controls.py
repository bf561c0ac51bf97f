"""What a link hides: round trips, and what is refused of it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from playground.core import hidden_controls, page_view
from playground.core.hidden_controls import CONTROLS, MOST_CHARACTERS, NAME, OF_THE_STAGE, read, write
from playground.core.knobs import PART_OF


def test_names_are_those_of_links_and_mean_one_thing_each() -> None:
    assert not set(OF_THE_STAGE) & set(PART_OF)
    assert {"test_points", "map"} <= page_view.NAMES
    assert NAME not in {*PART_OF, *page_view.NAMES}


@given(st.lists(st.sampled_from(CONTROLS), unique=True, max_size=20))
def test_what_is_written_is_read(names: list[str]) -> None:
    assert read(write(tuple(names))) == (tuple(names), [])


def test_what_is_no_control_is_named_and_the_others_are_hidden() -> None:
    assert read({"hide": "noise, play,noise"}) == (("noise", "play"), [])
    hidden, refused = read({"hide": "noise,</style>,x"})
    assert hidden == ("noise",)
    assert refused == [f"{hidden_controls.RULE}. Got '</style>'."]
    assert read({"hide": ["noise", "play"]}) == ((), ["hide is given twice; it may be given once."])
    assert read({"hide": "x" * 2000}) == ((), [f"hide must have at most {MOST_CHARACTERS} characters. Got 2000."])


@given(st.text() | st.lists(st.text(), max_size=3))
def test_nothing_that_a_link_says_is_hidden_but_controls(given: str | list[str]) -> None:
    hidden, refused = read({"hide": given})
    assert set(hidden) <= set(CONTROLS)
    assert hidden or refused or given == []

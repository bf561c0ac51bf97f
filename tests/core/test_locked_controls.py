"""What a link locks: round trips, and what is refused of it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from playground.core import Experiment, hidden_controls, page_view
from playground.core.knobs import PART_OF
from playground.core.locked_controls import CONTROLS, NAME, RULE, read, write
from playground.core.named_controls import MOST_CHARACTERS


def test_its_name_means_one_thing_and_is_no_part_of_the_experiment() -> None:
    assert NAME not in {*PART_OF, *page_view.NAMES, hidden_controls.NAME}
    left = page_view.without({"dataset": "xor", "lock": "dataset", "hide": "noise"})
    assert Experiment.from_query(left)[1] == [] and set(left) == {"dataset"}


@given(st.lists(st.sampled_from(CONTROLS), unique=True, max_size=20))
def test_what_is_written_is_read(names: list[str]) -> None:
    assert read(write(tuple(names))) == (tuple(names), [])


def test_what_is_no_knob_is_named_and_the_others_are_locked() -> None:
    assert read({"lock": "learning_rate, weights"}) == (("learning_rate", "weights"), [])
    assert read({"lock": "noise,play"}) == (("noise",), [f"{RULE}. Got 'play'."])
    assert read({"lock": ["noise", "seed"]}) == ((), ["lock is given twice; it may be given once."])
    assert read({"lock": "x" * 2000}) == ((), [f"lock must have at most {MOST_CHARACTERS} characters. Got 2000."])


@given(st.text() | st.lists(st.text(), max_size=3))
def test_nothing_that_a_link_says_is_locked_but_knobs(given: str | list[str]) -> None:
    locked, refused = read({"lock": given})
    assert set(locked) <= set(CONTROLS)
    assert locked or refused or given == []

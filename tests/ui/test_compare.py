"""Compare: runs from links, presets and the shelf, their names, and what is refused of them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.core import Experiment
from playground.core.comparison import LONGEST_NAME, MOST_RUNS, Comparison
from playground.core.comparison.links import NamedRuns
from playground.core.query import link
from playground.lessons.presets import load_presets
from playground.ui.controls.chosen_comparison import read_kept
from playground.ui.controls.pasted_links import read_links, runs_of_link

from .conftest import Page

TWO = {"dataset": "xor", "runs": "learning_rate:0.03|learning_rate:0.3"}
LINKS = "compare_links"


@pytest.fixture
def compare(page: Page) -> Page:
    """The page of two runs."""
    return page.visit(TWO, "compare")


def experiment_of(query: str) -> Experiment:
    return runs_of_link(query)[0][1]


def seeds(*numbers: int) -> NamedRuns:
    return [("", experiment_of(f"?seed={number}")) for number in numbers]


def paste(page: Page, text: str) -> Page:
    page.widget(LINKS).set_value(text)
    return page.click("compare_add")


def test_a_link_opens_its_runs_in_step_and_is_their_link(compare: Page) -> None:
    rates = [experiment.train.learning_rate for experiment in compare.comparison.experiments]
    assert rates == [0.03, 0.3]
    assert compare.query == TWO and compare.notices == ""
    assert compare.walls[-1]["link"] == link(TWO)
    assert compare.walls[-1]["names"] == ("learning rate 0.03", "learning rate 0.3")


def test_the_component_is_told_what_the_knobs_that_differ_are_called(page: Page) -> None:
    page.visit({"runs": "same|l2:0.1;learning_rate_from_20:1"}, "compare")
    titles = {"l2": "L2", "learning_rate_from_20": "Learning rate from epoch 20", "run": "Run"}
    assert page.walls[-1]["titles"] == titles


def test_without_runs_the_page_says_what_can_be_done_and_offers_it(page: Page) -> None:
    page.visit({}, "compare")
    assert page.walls == [] and page.query == {} and page.notices == ""
    assert "Nothing to compare yet" in [each.value for each in page.app.subheader]
    assert page.has(LINKS)
    page.click("compare_preset_0")
    assert page.comparison.experiments == tuple(step.experiment for step in load_presets()[0].steps)


def test_a_name_is_changed_without_another_training_and_deleted_gives_way_to_what_differs(compare: Page) -> None:
    token = compare.walls[-1]["token"]
    compare.put("compare_name_1", "fast")
    assert compare.query == {**TWO, "names": "|fast"}
    assert compare.walls[-1]["token"] == token and compare.runs.calls == ["open run-1"]
    assert compare.walls[-1]["names"] == ("learning rate 0.03", "fast")
    compare.put("compare_name_1", "")
    assert compare.query == TWO
    assert compare.widget("compare_name_1").value == "learning rate 0.3"


@pytest.mark.parametrize("name", ["a|b", "learning rate 0.03"])
def test_a_name_that_is_none_is_refused_and_nothing_changes(compare: Page, name: str) -> None:
    compare.put("compare_name_1", name)
    assert "name" in compare.notices and "Got" in compare.notices
    assert compare.query == TWO


def test_a_name_is_never_markup(compare: Page) -> None:
    compare.put("compare_name_0", "**:red[x]** <b>")
    assert compare.walls[-1]["names"][0] == "**:red[x]** <b>"
    helps = [each.proto.help for each in compare.app.button if each.key == "compare_remove_0"]
    assert helps == [r"Remove \*\*\:red\[x\]\*\* \<b\>."]


def test_a_run_is_removed_and_one_alone_waits_for_others(page: Page) -> None:
    page.visit({"runs": "seed:1|seed:2|seed:3"}, "compare").click("compare_remove_1")
    assert page.query == {"runs": "seed:1|seed:3"}
    page.click("compare_remove_0")
    assert "One more run, and they can be compared" in [each.value for each in page.app.subheader]
    assert page.query == {"seed": "3", "runs": "same"}
    assert Page(page.runs, page.stages).visit(page.query, "compare").query == page.query
    paste(page, "?seed=4")
    assert page.query == {"runs": "seed:3|seed:4"}


def test_pasted_links_come_to_the_runs_that_are_there(compare: Page) -> None:
    paste(compare, "?noise=0.2\n\n http://example.org/app/?dataset=moons&view=table#x \n?runs=seed:5|seed:6&names=a|b")
    assert len(compare.comparison.experiments) == 6
    assert compare.walls[-1]["names"][-2:] == ("a", "b")
    assert compare.widget(LINKS).value == "" and compare.notices == ""


def test_a_bad_link_is_named_by_its_line_and_stays_to_be_mended(compare: Page) -> None:
    paste(compare, "?noise=7\n?seed=4\nhello\n?edited=true&seed=9\n?rows=depth:1|2\n?dataset=xor&learning_rate=0.3")
    assert len(compare.comparison.experiments) == 3
    assert compare.notices.splitlines() == [
        "Line 1: noise must be in [0, 1]. Got 7.",
        "Line 3: it must be a link of this playground, like ?dataset=xor&noise=0.2. Got 'hello'.",
        "Line 4: its weights were edited by hand. A link does not hold them, so it cannot be compared.",
        "Line 5: it must be a link to one run, or to a comparison. Got one to a wall.",
        "Line 6: it must differ from the other runs. Got the same as run 2.",
    ]
    assert compare.widget(LINKS).value.splitlines()[1:2] == ["hello"]
    paste(compare, compare.widget(LINKS).value.replace("noise=7", "noise=0.7"))
    assert len(compare.comparison.experiments) == 4


def test_more_links_than_there_is_room_for_are_refused() -> None:
    pasted = read_links("?seed=20\n?seed=21", seeds(*range(MOST_RUNS - 1)), 1)
    assert len(pasted.runs) == 1
    assert pasted.refused == ["Line 2: there must be room for it among the runs. Got 0 free."]
    assert pasted.left == ["?seed=21"]


@given(st.text(), st.integers(0, MOST_RUNS))
def test_whatever_is_pasted_is_read_or_refused(text: str, room: int) -> None:
    pasted = read_links(text, [], room)
    assert len(pasted.runs) <= room
    assert len(pasted.refused) >= bool(pasted.left)


def test_a_preset_takes_the_place_of_what_is_there_and_back_brings_that_again(compare: Page) -> None:
    compare.put("compare_preset", 3)
    assert len(compare.comparison.experiments) == 11
    assert compare.widget("compare_preset").value is None
    assert compare.visit(TWO).query == TWO


def test_a_bad_run_of_a_link_is_said_and_the_others_stay(page: Page) -> None:
    page.visit({"runs": "noise:0|noise:7|noise:0.5"}, "compare")
    assert page.query == {"runs": "noise:0|noise:0.5"}
    assert page.notices == "Run 2 is left out: noise must be in [0, 1]. Got 7."


def test_a_link_of_one_run_alone_or_of_none_is_opened_as_such(page: Page) -> None:
    page.visit({"dataset": "xor"}, "compare")
    assert "runs must be 2 to 12 runs" in page.notices
    assert page.query == {}


KEPT = [{"name": "slow", "link": "?learning_rate=0.003"}, {"name": "fast", "link": "?learning_rate=0.3"}]


def test_kept_runs_come_with_their_names() -> None:
    kept, refused = read_kept(KEPT)
    assert [name for name, _experiment in kept] == ["slow", "fast"] and refused == []
    assert Comparison.of(kept).names == ("slow", "fast")


@pytest.mark.parametrize(
    ("value", "word"),
    [
        ("text", "Kept runs must be a list. Got str."),
        ([{"name": "x"}], "Kept run 1: A kept run must be a name and a link. Got dict."),
        ([7], "Kept run 1: A kept run must be a name and a link. Got int."),
        ([{"name": "x", "link": "?noise=9"}], "Kept run 1: noise must be in [0, 1]. Got 9."),
        ([{"name": "x", "link": "?edited=true"}], "Kept run 1: its weights were edited by hand."),
        ([{"name": "x", "link": "?runs=seed:1|seed:2"}], "Kept run 1: it must be a link to one run."),
        ([{"name": "x", "link": "?" + "a" * 9000}], "Kept run 1: a link must have at most 8192 characters. Got 9001."),
        ([{"name": "x" * 1001, "link": "?"}], "Kept run 1: A kept run must be a name and a link."),
        (KEPT * 7, "At most 12 runs can be compared. Got 14."),
    ],
)
def test_what_a_browser_says_it_kept_is_not_trusted(value: object, word: str) -> None:
    assert read_kept(value)[1][0].startswith(word)


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda inner: (
            st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["name", "link", "x"]), inner, max_size=3)
        ),
    )
)
def test_whatever_a_browser_says_it_kept_is_read_or_refused(value: object) -> None:
    kept, refused = read_kept(value)
    assert all(sentence.endswith(".") for sentence in refused)
    assert all(len(name) <= LONGEST_NAME for name, _experiment in kept)

"""Search: one from the stage or from a link, its knobs and how much it may try, and what is refused of them."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from playground.core import Experiment
from playground.core.knobs import PART_OF
from playground.core.query import of_link
from playground.core.search import NAMES, Search
from playground.ui.too_long import LONGEST_LINK

from .conftest import Page

LINK = {"dataset": "xor", "search": "learning_rate,width", "trials": "50", "seeds": "2"}


@pytest.fixture
def search(page: Page) -> Page:
    """The page of a search of two knobs."""
    return page.visit(LINK, "search")


def refusals(page: Page) -> str:
    """What is said below the controls of the search."""
    return "\n".join(each.value.replace("\\", "") for each in page.app.error)


def captions(page: Page) -> str:
    return "\n".join(each.value.replace("\\", "") for each in page.app.caption)


def a_trial(search: Search, **drawn: Any) -> dict[str, str]:
    """The query of a trial of these values."""
    return dict(of_link(search.trial(0, drawn).link))


def test_the_first_look_searches_what_is_on_the_stage(page: Page) -> None:
    page.visit({"dataset": "spiral", "hidden": "8"}).follow("Explore").follow("Search")
    assert page.search.base == Experiment.from_query({"dataset": "spiral", "hidden": "8"})[0]
    assert page.search.knobs == ("learning_rate", "width", "depth", "activation")
    assert page.query == page.search.to_query()
    assert page.notices == refusals(page) == ""


def test_a_search_is_a_link_and_the_link_is_that_search(page: Page) -> None:
    query = {**LINK, "sampler": "random", "seconds": "30", "search_epochs": "90", "search_seed": "7", "noise": "0.2"}
    page.visit(query, "search")
    assert page.query == Search.from_query(query)[0].to_query()
    assert page.search.sampler == "random" and page.search.seconds == 30
    assert page.shown_searches[-1]["link"].startswith("?dataset=xor")
    assert page.notices == ""


def test_a_link_of_an_experiment_alone_gets_the_first_knobs(page: Page) -> None:
    page.visit({"dataset": "xor"}, "search")
    assert page.search.knobs == ("learning_rate", "width", "depth", "activation")


def test_what_a_link_is_refused_is_said_and_all_else_stays(page: Page) -> None:
    page.visit({**LINK, "sampler": "magic", "seconds": "0", "colour": "red", "search": "width,nonsense"}, "search")
    assert page.query == {**LINK, "search": "width"}
    for words in ("sampler must be", "seconds must be", "'colour'", "There is no knob called 'nonsense'."):
        assert words in page.notices


@pytest.mark.parametrize("visited", [True, False], ids=["later", "at first"])
def test_a_link_that_is_too_long_to_be_read_leaves_the_search_as_it_is(page: Page, visited: bool) -> None:
    if visited:
        page.visit(LINK, "search")
    page.visit({"link_bytes": "9000"}, "search")
    assert page.notices == f"The query of a link must have at most {LONGEST_LINK} bytes. Got 9000."
    assert page.query == page.search.to_query()
    assert not visited or page.query == LINK


def test_the_controls_say_what_a_link_asked_for_and_what_is_tried(search: Page) -> None:
    assert search.widget("search_knobs").value == ["learning_rate", "width"]
    assert search.widget("search_sampler").value == "tpe"
    held = {name: search.widget(f"search_{name}").value for name in ("seconds", "trials", "seeds", "search_epochs")}
    assert held == {"seconds": 60, "trials": 50, "seeds": 2, "search_epochs": 300}
    assert "Learning rate: 0.001 to 1, logarithmic" in captions(search)
    assert "Units of each layer: 2 to 16, logarithmic" in captions(search)


@pytest.mark.parametrize(
    ("key", "value", "name", "text"),
    [
        ("search_knobs", ["learning_rate", "activation"], "search", "learning_rate,activation"),
        ("search_sampler", "random", "sampler", "random"),
        ("search_seconds", 30, "seconds", "30"),
        ("search_trials", 10, "trials", "10"),
        ("search_seeds", 3, "seeds", "3"),
        ("search_search_epochs", 100, "search_epochs", "100"),
        ("search_search_seed", 4, "search_seed", "4"),
    ],
)
def test_what_is_turned_is_another_search_and_in_the_address(
    search: Page, key: str, value: Any, name: str, text: str
) -> None:
    search.put(key, value)
    assert search.query == {**LINK, name: text}
    assert search.runs.calls == ["open run-1", "open run-2", "close run-1"]
    assert refusals(search) == ""


def test_without_a_knob_there_is_no_search_and_the_one_there_stays(search: Page) -> None:
    search.put("search_knobs", [])
    assert refusals(search).splitlines() == [
        "The search stays as it was.  ",
        "A search must have a knob to set. Got none.",
    ]
    assert search.query == LINK and search.runs.calls == ["open run-1"]
    search.put("search_knobs", ["width"])
    assert refusals(search) == "" and search.query == {**LINK, "search": "width"}


def test_knobs_that_undo_each_other_are_refused_in_place(search: Page) -> None:
    search.put("search_knobs", ["width", "hidden"])
    assert "A search must set different things. Got width and hidden." in refusals(search)
    assert "left out" not in refusals(search)
    assert search.widget("search_knobs").value == ["width", "hidden"], "it can be mended where it was chosen"
    assert search.query == LINK


def test_knobs_that_are_searched_cannot_be_turned_below_nor_can_the_epochs(search: Page) -> None:
    for name in ("learning_rate", "width_0", "epochs"):
        assert search.widget(f"knob_{name}").disabled
    assert not search.widget("knob_noise").disabled
    search.put("search_knobs", ["width"])
    assert not search.widget("knob_learning_rate").disabled


def test_what_every_network_has_is_turned_as_on_play(search: Page) -> None:
    search.turn("noise", 0.5)
    assert search.query == {**LINK, "noise": "0.5"}
    assert search.search.base.data.noise == 0.5


def test_dropout_is_taken_out_again_and_the_page_says_so(search: Page) -> None:
    search.turn("dropout", 0.3)
    assert "A search trains networks without dropout and batch normalisation." in search.notices
    assert search.query == LINK
    assert search.widget("knob_dropout").value == 0


def test_a_rate_that_changes_on_the_way_goes_and_the_page_says_so(page: Page) -> None:
    page.visit({"learning_rate_from_20": "0.3", "search": "width"}, "search")
    assert "Rates must not change on the way in a search." in page.notices
    assert page.query == {"search": "width"}


def test_back_and_forward_show_the_searches_that_were_there(search: Page) -> None:
    search.put("search_seeds", 3)
    assert search.visit(LINK).query == LINK
    assert search.widget("search_seeds").value == 2


def test_a_full_server_says_so_instead_of_the_search_and_can_be_tried_again(page: Page) -> None:
    page.runs.places = 0
    page.visit(LINK, "search")
    assert refusals(page) == "This server trains at most 0 networks at once."
    page.runs.places = 1
    page.click("try_again")
    assert page.query == LINK and page.shown_searches[-1]["token"] == "run-1"


def test_a_search_the_server_has_lost_is_opened_again_and_said_to_be_lost(search: Page) -> None:
    search.runs.searches.clear()
    search.click("fake_gone")
    assert search.shown_searches[-1]["token"] == "run-2" and search.shown_searches[-1]["lost"]
    assert search.query == LINK


@pytest.mark.parametrize("here", [True, False], ids=["here", "before a reload"])
def test_a_search_that_its_page_had_before_is_taken_up_again(page: Page, here: bool) -> None:
    token = page.runs.open(Search.from_query(LINK)[0], None)  # type: ignore[arg-type]
    page.visit(LINK, "search").put("fake_claim", f'{{"token": "{token}", "here": {str(here).lower()}}}')
    assert page.shown_searches[-1]["token"] == page.shown_searches[-1]["claimed"] == token
    assert [*page.runs.searches] == [token]


def test_the_search_goes_along_with_what_is_on_the_stage(page: Page) -> None:
    page.visit({"dataset": "moons"}).visit(LINK, "search").follow("Play").turn("noise", 0.5)
    page.follow("Explore").follow("Search")
    assert page.query == {**LINK, "dataset": "moons", "noise": "0.5"}


def test_a_trial_that_was_opened_in_play_leads_back_to_its_search(search: Page) -> None:
    trial = a_trial(search.search, learning_rate=0.3, width=7)
    search.visit(trial, "").follow("Explore").follow("Search")
    assert search.query == LINK
    assert [*search.runs.searches] == ["run-1"]


def test_what_differs_from_a_trial_in_more_than_its_knobs_begins_another_search(search: Page) -> None:
    trial = a_trial(search.search, learning_rate=0.3, width=7)
    search.visit({**trial, "noise": "0.5"}, "").follow("Explore").follow("Search")
    assert search.query["noise"] == "0.5" and search.query["learning_rate"] == "0.3"


@pytest.mark.slow
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.dictionaries(
        st.sampled_from([*NAMES, *PART_OF, "view", "foo"]),
        st.text(max_size=60)
        | st.sampled_from(["learning_rate,width", "depth,hidden", "activation", "none", "300", "0"]),
        max_size=8,
    )
)
def test_no_link_breaks_the_page_and_its_address_is_its_search(page: Page, link: dict[str, str]) -> None:
    page.visit(dict(link), "search")
    assert Search.from_query(page.query) == (page.search, [])
    address = dict(page.query)
    assert page.run().query == address

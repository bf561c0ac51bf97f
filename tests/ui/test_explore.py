"""Explore: a wall from what is on the stage or from a link, its axes, values and seeds, and what is refused of them."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from playground.core import Experiment
from playground.core.knobs import PART_OF
from playground.core.wall import MAX_NETWORKS, NAMES, Wall
from playground.ui.too_long import LONGEST_LINK

from .conftest import Page

GRID = {"dataset": "xor", "rows": "depth:1|2", "columns": "learning_rate:0.01|0.1|1"}


@pytest.fixture
def explore(page: Page) -> Page:
    """The page of a wall of two rows and three columns."""
    return page.visit(GRID, "explore")


def said(page: Page) -> str:
    """What is said below the axes."""
    return "\n".join(each.value.replace("\\", "") for each in (*page.app.error, *page.app.warning))


def captions(page: Page) -> list[str]:
    return [each.value for each in page.app.caption]


def test_the_first_look_is_a_wall_of_what_is_on_the_stage(page: Page) -> None:
    page.visit({"dataset": "spiral", "hidden": "8"}).follow("Explore")
    assert page.wall.base == Experiment.from_query({"dataset": "spiral", "hidden": "8"})[0]
    assert page.wall.rows is not None and page.wall.columns is not None
    assert (page.wall.rows.knob, page.wall.columns.knob) == ("depth", "learning_rate")
    assert 9 <= len(page.wall.experiments) <= 25
    assert page.query == page.wall.to_query()
    assert page.notices == said(page) == ""


def test_without_hidden_layers_the_first_axes_leave_them_alone(page: Page) -> None:
    page.visit({"hidden": "none"}, "explore")
    assert all(experiment.model.hidden == () for experiment in page.wall.experiments)
    assert len(page.wall.experiments) > 9
    assert page.notices == ""


def test_a_rate_that_changes_on_the_way_is_not_put_on_an_axis_unasked(page: Page) -> None:
    changed = {"learning_rate_from_20": "0.3"}
    page.visit(changed, "explore")
    assert page.wall.base.to_query() == changed
    assert page.wall.columns is not None and page.wall.columns.knob != "learning_rate"
    assert page.notices == ""


def test_a_wall_is_a_link_and_the_link_is_that_wall(page: Page) -> None:
    query = {**GRID, "seeds": "3", "momentum": "0.5", "optimizer": "momentum"}
    page.visit(query, "explore")
    assert page.query == Wall.from_query(query)[0].to_query()
    assert len(page.wall.experiments) == 18
    assert page.walls[-1]["link"].startswith("?dataset=xor")
    assert page.notices == ""


def test_a_knob_of_a_link_that_matters_to_some_networks_alone_is_kept(page: Page) -> None:
    query = {"momentum": "0.5", "columns": "optimizer:adam|momentum"}
    page.visit(query, "explore")
    assert page.query == query
    assert {experiment.train.momentum for experiment in page.wall.experiments} == {0.5}
    page.turn("noise", 0.5)
    assert page.query == {"noise": "0.5", **query}
    assert page.has("knob_momentum")


def test_a_single_network_is_a_link_too(explore: Page) -> None:
    explore.put("wall_rows", "").put("wall_columns", "")
    assert explore.query == {"dataset": "xor", "seeds": "1"}
    assert explore.visit({"dataset": "xor", "seeds": "1"}).wall.experiments == (
        Experiment.from_query({"dataset": "xor"})[0],
    )
    assert "1 network: 1 seed" in captions(explore)


def test_what_a_link_is_refused_is_said_and_all_else_stays(page: Page) -> None:
    page.visit({**GRID, "rows": "depth:1|2|99", "colour": "red", "noise": "7", "seeds": "x"}, "explore")
    assert page.query == GRID
    for word in ("depth must be", "'colour'", "noise must be", "seeds must be"):
        assert word in page.notices


@pytest.mark.parametrize("visited", [True, False], ids=["later", "at first"])
def test_a_link_that_is_too_long_to_be_read_leaves_the_wall_as_it_is(page: Page, visited: bool) -> None:
    if visited:
        page.visit(GRID, "explore")
    page.visit({"link_bytes": "9000"}, "explore")
    assert page.notices == f"The query of a link must have at most {LONGEST_LINK} bytes. Got 9000."
    assert page.query == page.wall.to_query()
    assert not visited or page.query == GRID


def test_back_and_forward_show_the_walls_that_were_there(explore: Page) -> None:
    explore.put("wall_seeds", 2)
    assert explore.query == {**GRID, "seeds": "2"}
    assert explore.visit(GRID).query == GRID
    assert explore.widget("wall_seeds").value == 1
    assert explore.visit({**GRID, "seeds": "2"}).wall.seeds == 2


def test_the_controls_say_what_a_link_asked_for(explore: Page) -> None:
    assert explore.widget("wall_rows").value == "depth"
    assert explore.widget("wall_rows_values").value == "1|2"
    assert explore.widget("wall_columns").value == "learning_rate"
    assert explore.widget("wall_columns_values").value == "0.01|0.1|1"
    assert explore.widget("knob_dataset").value == "xor"
    assert "6 networks: 2 × 3, 1 seed each" in captions(explore)


def test_another_knob_brings_the_values_that_are_offered(explore: Page) -> None:
    explore.put("wall_columns", "activation")
    assert explore.wall.columns is not None and explore.wall.columns.knob == "activation"
    assert explore.widget("wall_columns_values").value == "|".join(explore.wall.columns.labels)
    assert said(explore) == ""


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("0.1", ("0.1",)),
        ("0.1..0.5 x5", ("0.1", "0.2", "0.3", "0.4", "0.5")),
        ("log 0.001..1 x4", ("0.001", "0.01", "0.1", "1")),
        (" 0.5 | 0.1..0.2 x2", ("0.5", "0.1", "0.2")),
    ],
)
def test_values_are_typed_as_lists_ranges_and_log_ranges_and_stay_as_typed(
    explore: Page, text: str, labels: tuple[str, ...]
) -> None:
    explore.put("wall_columns_values", text)
    assert explore.wall.columns is not None and explore.wall.columns.labels == labels
    assert explore.query["columns"] == f"learning_rate:{'|'.join(labels)}"
    assert explore.widget("wall_columns_values").value == text
    assert explore.turn("noise", 0.5).widget("wall_columns_values").value == text


def test_of_values_that_are_refused_the_others_are_taken(explore: Page) -> None:
    explore.put("wall_columns_values", "0.1|0.3|-1")
    assert explore.query["columns"] == "learning_rate:0.1|0.3"
    assert said(explore) == "learning_rate must be in (0, 100]. Got -1."


@pytest.mark.parametrize(
    ("key", "value", "sentence"),
    [
        ("wall_columns_values", "", "columns must hold a value of learning_rate. Got none."),
        ("wall_columns_values", "nonsense", "learning_rate must be in (0, 100]. Got 'nonsense'."),
        ("wall_columns_values", "log 0..1 x3", "The ends of a log range must be above 0. Got 'log 0..1 x3'."),
        ("wall_columns_values", "1..x", "A range must be two numbers and how many values"),
        (
            "wall_columns_values",
            "0.1..1 x200",
            "A wall must have at most 256 networks. Got 2 rows × 200 columns = 400.",
        ),
        ("wall_columns_values", "1..2 x999", "A range must have 2 to 256 values. Got 999."),
        ("wall_columns_values", "1|" * 5000, "An axis must have 1 to 256 values. Got 5001."),
        ("wall_columns_values", "7" * 10_000, "(10000 characters)"),
        ("wall_columns", "depth", "rows and columns must set different knobs. Got depth and depth."),
        ("wall_columns", "hidden", "rows and columns must set different knobs. Got depth and hidden."),
    ],
)
def test_what_cannot_be_a_wall_is_said_in_place_and_the_wall_stays(
    explore: Page, key: str, value: str, sentence: str
) -> None:
    explore.put(key, value)
    assert sentence in said(explore)
    assert "left out" not in said(explore)
    assert "The wall stays as it was." in said(explore)
    assert explore.query == GRID
    assert explore.runs.calls == ["open run-1"]
    assert explore.widget(key).value == value, "it can be mended where it was typed"


def test_a_wall_that_is_too_large_is_refused_by_its_size_alone(explore: Page) -> None:
    explore.put("wall_rows", "").put("wall_columns", "width").put("wall_seeds", 42)
    explore.put("wall_columns_values", "128|127|126|125|124|123")
    assert "A wall must have at most 4,000,000 weights in all. Got " in said(explore)
    assert "left out" not in said(explore) and "seeds are" not in said(explore)
    assert "The wall stays as it was." in said(explore)


def test_a_refusal_goes_when_it_is_mended(explore: Page) -> None:
    explore.put("wall_columns", "depth").put("wall_rows", "noise")
    assert said(explore) == ""
    assert explore.query["columns"].startswith("depth:") and explore.query["rows"].startswith("noise:")


def test_a_wall_whose_link_nobody_could_follow_is_refused(explore: Page) -> None:
    layers = [f"10,10,10,10,10,10,{10 + units // 16},{10 + units % 16}" for units in range(MAX_NETWORKS)]
    explore.put("wall_rows", "").put("wall_columns", "hidden").put("wall_columns_values", "|".join(layers[:100]))
    assert said(explore) == "" and len(explore.wall.experiments) == 100
    explore.put("wall_columns_values", "|".join(layers))
    assert f"The query of a link must have at most {LONGEST_LINK} bytes. Got " in said(explore)
    assert len(explore.wall.experiments) == 100


def test_seeds_are_as_many_as_there_is_room_for(explore: Page) -> None:
    assert explore.widget("wall_seeds").max == MAX_NETWORKS // 6
    explore.put("wall_seeds", 42)
    assert len(explore.wall.experiments) == 252
    assert "252 networks: 2 × 3, 42 seeds each" in captions(explore)
    explore.put("wall_columns_values", "log 0.001..1 x7")
    assert "A wall must have at most 256 networks. Got 14 cells × 42 seeds = 588." in said(explore)
    explore.put("wall_seeds", 18)
    assert said(explore) == "" and len(explore.wall.experiments) == 252


def test_seeds_on_an_axis_are_counted_there(explore: Page) -> None:
    explore.put("wall_seeds", 2).put("wall_columns", "seed")
    assert "seeds must be 1 where seed is on an axis. Got 2." in said(explore)
    explore.put("wall_seeds", 1)
    assert said(explore) == "" and explore.query["columns"] == "seed:0|1|2|3|4"


def test_rows_and_columns_can_be_swapped(explore: Page) -> None:
    explore.click("wall_swap")
    assert explore.query == {"dataset": "xor", "rows": GRID["columns"], "columns": GRID["rows"]}
    assert explore.widget("wall_rows").value == "learning_rate"
    assert explore.click("wall_swap").query == GRID


def test_an_axis_of_activations_goes_with_the_hidden_layers_and_the_page_says_so(page: Page) -> None:
    page.visit({"columns": "activation:relu|tanh", "rows": "noise:0|0.5"}, "explore").put("knob_layers", 0)
    assert page.query == {"hidden": "none", "rows": "noise:0|0.5"}
    assert "activation makes a difference only with a hidden layer" in page.notices
    assert page.widget("wall_columns").value == ""


def test_without_hidden_layers_an_axis_of_activations_is_refused_by_its_link_and_not_offered(page: Page) -> None:
    page.visit({"hidden": "none", "columns": "activation:relu|tanh", "rows": "noise:0|0.5"}, "explore")
    assert "activation makes a difference only with a hidden layer" in page.notices
    assert "Activation" not in page.widget("wall_rows").options


def test_knobs_that_are_on_an_axis_cannot_be_turned_below_it(explore: Page) -> None:
    for name in ("learning_rate", "layers", "linear_pair"):
        assert explore.widget(f"knob_{name}").disabled
    assert not explore.widget("knob_noise").disabled and not explore.widget("knob_width_0").disabled
    explore.put("wall_rows", "")
    assert not explore.widget("knob_layers").disabled


def test_what_every_network_has_is_turned_as_on_play(explore: Page) -> None:
    explore.turn("noise", 0.5)
    assert explore.query == {"dataset": "xor", "noise": "0.5", "rows": GRID["rows"], "columns": GRID["columns"]}
    assert {experiment.data.noise for experiment in explore.wall.experiments} == {0.5}


def test_another_wall_is_another_run_and_the_old_one_is_closed(explore: Page) -> None:
    explore.run()
    assert explore.runs.calls == ["open run-1"]
    explore.put("wall_seeds", 2)
    assert explore.runs.calls == ["open run-1", "open run-2", "close run-1"]
    assert explore.walls[-1]["token"] == "run-2"


def test_the_wall_and_the_run_on_the_stage_do_not_close_each_other(page: Page) -> None:
    page.visit().follow("Explore").put("wall_seeds", 2).follow("Play")
    assert [*page.runs.held] == ["run-1"] and [*page.runs.walls] == ["run-3"]
    assert page.follow("Explore").wall.seeds == 2
    assert page.runs.calls == ["open run-1", "open run-2", "open run-3", "close run-2"]


def test_a_full_server_says_so_instead_of_the_wall_and_can_be_tried_again(page: Page) -> None:
    page.runs.places = 0
    page.visit(GRID, "explore")
    assert said(page) == "This server trains at most 0 networks at once."
    assert page.walls == []
    page.runs.places = 1
    page.click("try_again")
    assert page.query == GRID and page.walls[-1]["token"] == "run-1"


def test_a_wall_the_server_has_lost_is_opened_again_and_said_to_be_lost(explore: Page) -> None:
    explore.runs.walls.clear()
    explore.click("fake_gone")
    assert explore.walls[-1]["token"] == "run-2" and explore.walls[-1]["lost"]
    assert explore.query == GRID


@pytest.mark.parametrize("here", [True, False], ids=["here", "before a reload"])
def test_a_wall_that_its_page_had_before_is_taken_up_again(page: Page, here: bool) -> None:
    token = page.runs.open(Wall.from_query(GRID)[0], None)  # type: ignore[arg-type]
    page.visit(GRID, "explore").put("fake_claim", f'{{"token": "{token}", "here": {str(here).lower()}}}')
    assert page.walls[-1]["token"] == page.walls[-1]["claimed"] == token
    assert [*page.runs.walls] == [token]


def test_no_page_of_a_wall_gets_the_run_of_an_experiment(page: Page) -> None:
    token = page.runs.open(Experiment(), None)  # type: ignore[arg-type]
    page.visit(GRID, "explore").put("fake_claim", f'{{"token": "{token}", "here": false}}')
    assert page.walls[-1]["token"] == "run-2"
    assert token in page.runs.held


def test_the_wall_goes_along_with_what_is_on_the_stage(page: Page) -> None:
    page.visit({"dataset": "moons"}).visit(GRID, "explore").follow("Play").turn("noise", 0.5)
    page.follow("Explore")
    assert page.query == {"dataset": "moons", "noise": "0.5", "rows": GRID["rows"], "columns": GRID["columns"]}


def test_what_of_the_wall_does_not_agree_with_the_stage_any_more_is_said(page: Page) -> None:
    page.visit().visit({"columns": "activation:relu|tanh", "seeds": "2"}, "explore").follow("Play").put(
        "knob_layers", 0
    )
    page.follow("Explore")
    assert page.query == {"hidden": "none", "seeds": "2"}
    assert "activation makes a difference only with a hidden layer" in page.notices


def test_a_network_that_was_opened_from_the_wall_leads_back_to_it(explore: Page) -> None:
    explore.visit(explore.wall.experiments[-1].to_query(), "").follow("Explore")
    assert explore.query == GRID
    assert [*explore.runs.walls] == ["run-1"]


def test_a_bare_address_shows_the_wall_for_what_is_on_the_stage(page: Page) -> None:
    page.visit({"dataset": "xor"}).visit({}, "explore")
    assert page.wall.base.data.dataset == "xor"
    assert page.query == page.wall.to_query()


def test_was_it_luck_opens_what_is_on_the_stage_with_twenty_seeds(page: Page) -> None:
    page.visit({"dataset": "xor", "hidden": "3"}).follow("Was it luck?")
    assert page.query == {"dataset": "xor", "hidden": "3", "seeds": "20"}
    assert len(page.wall.experiments) == 20
    assert "20 networks: 20 seeds" in captions(page)


def test_edits_by_hand_do_not_go_along(page: Page) -> None:
    page.visit({"dataset": "xor"})
    page.runs.links["run-1"] = "?dataset=xor&edited=true"
    page.run().follow("Was it luck?")
    assert page.query == {"dataset": "xor", "seeds": "20"} and page.notices == ""


@pytest.mark.slow
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.dictionaries(
        st.sampled_from([*NAMES, *PART_OF, "view", "foo"]),
        st.text(max_size=60)
        | st.sampled_from(["depth:1|2", "activation:relu", "seed:1|1", "hidden:none|4", "300", "0"]),
        max_size=8,
    )
)
def test_no_link_breaks_the_page_and_its_address_is_its_wall(page: Page, link: dict[str, str]) -> None:
    page.visit(dict(link), "explore")
    assert Wall.from_query(page.query) == (page.wall, Wall.from_query(page.query)[1])
    address = dict(page.query)
    assert page.run().query == address


@pytest.mark.slow
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.sampled_from(["rows", "columns"]), st.text(max_size=80) | st.from_regex(r"(log )?[0-9.]+\.\.[0-9.]+( x[0-9]+)?")
)
def test_whatever_is_typed_for_values_nothing_breaks(page: Page, side: str, text: str) -> None:
    page.visit(GRID, "explore").put(f"wall_{side}_values", text)
    assert len(page.wall.experiments) <= MAX_NETWORKS
    assert Wall.from_query(page.query)[0] == page.wall

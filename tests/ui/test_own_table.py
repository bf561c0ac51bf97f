"""Your own table on the page: pasted, chosen, used, taken along; and which plane of it is shown."""

from __future__ import annotations

from typing import Any

import pytest

from playground.core import Experiment, read_table
from playground.core.datasets import own
from playground.core.experiment_file import save
from playground.ui.controls import own_table
from tests.ui.conftest import FakeRuns, Page

ROWS = "a,b,c,kind\n" + "".join(f"{k},{k * k % 7},{k % 5},{'x' if k % 3 else '<b>y</b>'}\n" for k in range(12))
GAPS = "a,kind\n1,x\n?,y\n3,y\n1,x\n"
MANY = "a,b,c,kind\n" + "".join(f"{k * 1.37:.9f},{k * k % 7919 / 3:.9f},{k},{'xy'[k % 2]}\n" for k in range(500))


def pasted(page: Page, rows: str) -> Page:
    page.visit({"dataset": "xor"}).turn("dataset", "own")
    return page.put(own_table.PASTED, rows)


def table_of(page: Page, runs: FakeRuns) -> Any:
    return own.TABLE.of(runs.held[page.token].data)


def test_a_table_that_is_pasted_is_looked_at_chosen_and_used(page: Page, runs: FakeRuns) -> None:
    pasted(page, ROWS)
    assert runs.held[page.token].data.dataset == "xor"
    assert "<b>y</b>" in page.app.code[0].value
    assert page.widget(own_table.TARGET).value == "kind"
    assert page.widget(f"{own_table.INPUTS}_kind").value == ["a", "b"]
    page.put(f"{own_table.INPUTS}_kind", ["a", "b", "c"]).click(own_table.USE).run()
    data = runs.held[page.token].data
    assert (data.inputs, data.class_names) == (("a", "b", "c"), ("<b>y</b>", "x"))
    assert data == read_table(ROWS.encode()).to_data("kind", ["a", "b", "c"])
    assert page.query == Experiment(data=data).to_query()
    assert not page.has("knob_features") and not page.has("knob_standardize") and page.has("knob_scaled")


def test_the_pill_of_a_table_that_is_there_comes_back_to_it(page: Page, runs: FakeRuns) -> None:
    pasted(page, ROWS).click(own_table.USE).run()
    table = table_of(page, runs)
    page.turn("dataset", "moons")
    assert page.query == {"dataset": "moons"}
    page.turn("dataset", "own")
    assert table_of(page, runs) == table


def test_rows_with_gaps_and_repeated_ones_are_left_out_only_when_it_is_said(page: Page, runs: FakeRuns) -> None:
    pasted(page, GAPS).click(own_table.USE)
    assert "row 3" in page.app.error[0].value
    assert runs.held[page.token].data.dataset == "xor"
    labels = [each.label for each in page.app.checkbox if each.key == own_table.REPEATS]
    assert labels == ["Leave out the 1 row that repeats an earlier one"]
    for key in (own_table.DROP, own_table.REPEATS):
        (box,) = [each for each in page.app.checkbox if each.key == key]
        box.check()
        page.run()
    page.click(own_table.USE).run()
    assert runs.held[page.token].data.n_samples == 2


@pytest.mark.parametrize("text", ["a\n1\n2\n", "x", "a,b\n1,2\n"])
def test_what_is_no_table_is_refused_in_a_sentence_and_the_run_stays(page: Page, runs: FakeRuns, text: str) -> None:
    pasted(page, text)
    assert page.app.error[0].value.startswith("A table must have ")
    assert not page.has(own_table.USE)
    assert runs.held[page.token].data.dataset == "xor"


def test_an_experiment_file_brings_all_knobs_along(page: Page, runs: FakeRuns) -> None:
    experiment = Experiment.from_query({"dataset": "iris", "hidden": "8", "plane": "3,4", "seed": "7"})[0]
    pasted(page, save(experiment)).click(own_table.USE).run()
    assert runs.held[page.token] == experiment
    assert page.query == experiment.to_query()


def test_a_large_table_stays_through_knobs_and_a_reload_and_where_it_is_gone_the_page_says_so(
    page: Page, runs: FakeRuns
) -> None:
    data = read_table(MANY.encode()).to_data("kind", ["a", "b", "c"])
    page.visit(Experiment(data=data).to_query())
    assert runs.held[page.token].data == data
    assert len(str(page.query)) < 200
    assert any("too large for a link" in each.value for each in page.app.caption)
    page.turn("activation", "relu")
    assert runs.held[page.token].data == data
    page.visit({"dataset": "own", "table": "~" + "1" * 40})
    assert "open the experiment file" in page.notices
    assert runs.held[page.token].data.dataset == "circle"


def test_another_plane_is_shown_without_another_run(page: Page, runs: FakeRuns) -> None:
    token = page.visit({"dataset": "iris"}).token
    page.put("plane_shown", "Two inputs")
    assert page.query == {"dataset": "iris", "plane": "1,2"}
    page.put("plane_up", 4).put("plane_across", 4)
    assert page.query == {"dataset": "iris", "plane": "4,1"}
    assert page.token == token
    page.put("plane_shown", "Principal components")
    assert page.query == {"dataset": "iris"}
    assert runs.calls.count("open run-1") == 1 and page.token == token

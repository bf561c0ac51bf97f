"""Links of TensorFlow Playground on the page: within ours, pasted on Play and on Compare; and what they hide."""

from __future__ import annotations

import pytest

from playground.core import Experiment
from playground.ui.controls.pasted_links import read_links
from playground.ui.tensorflow_playground import PASTED, REFUSED

from .conftest import Page

LINK = "#dataset=spiral&networkShape=3&seed=7&noise=20&discretize=true&noise_hide=true&playButton_hide=true"
OWN = {"init": "playground", "regularization": "playground", "output": "tanh", "loss": "half_squared"}
ASKED = {"dataset": "spiral", "noise": "0.2", "data_seed": "7", "hidden": "3", **OWN, "seed": "7"}


def styles(page: Page) -> str:
    """The style sheets that are no page's own."""
    return " ".join(element.proto.body for element in page.app.get("html")[1:])


def test_a_link_that_holds_one_becomes_our_own_address_and_look(page: Page) -> None:
    page.visit({"tensorflow_playground": LINK[1:]})
    assert page.query == {**ASKED, "hide": "noise,play"}
    assert page.stages[-1]["look"] == {"test_points": False, "map": "classes", "number": 1}
    assert page.stages[-1]["hide"] == ("noise", "play")
    assert "seed=7 is seed 7 here" in page.notices
    assert page.runs.held[page.token] == Experiment.from_query(ASKED)[0]


@pytest.mark.parametrize("value", ["", "heading", "<b>hello</b>", ["noise=1", "noise=2"]])
def test_what_is_no_such_link_is_refused(page: Page, value: str | list[str]) -> None:
    page.visit({"tensorflow_playground": value})
    assert page.query == {}
    assert page.notices.startswith("tensorflow_playground")


def test_a_pasted_link_is_opened_and_what_is_none_is_refused_in_place(page: Page) -> None:
    def paste(text: str) -> None:
        page.visit({"dataset": "xor"}).click("presets")
        page.widget(PASTED).set_value(text)
        next(button for button in page.app.button if button.label == "Open link").click()
        page.run()

    paste("<b>hello</b>")
    refused = page.app.session_state[REFUSED]
    assert refused.startswith("It must be a link of TensorFlow Playground, like https://")
    assert refused.endswith("Got '<b>hello</b>'.")
    assert page.query == {"dataset": "xor"}
    paste("https://example.com/#dataset=moons")
    assert "a copy at another address must say networkShape or activation" in page.app.session_state[REFUSED]
    assert page.query == {"dataset": "xor"}
    paste(f"https://playground.tensorflow.org/{LINK}")
    assert page.app.session_state[REFUSED] == ""
    assert page.query == {**ASKED, "hide": "noise,play"}


def test_hidden_controls_stay_hidden_until_another_link_or_until_they_are_wanted_back(page: Page) -> None:
    page.visit({"dataset": "xor", "hide": "noise,hidden,step"})
    assert page.query == {"dataset": "xor", "hide": "noise,hidden,step"}
    assert ".st-key-knob_noise" in styles(page) and ".st-key-widths" in styles(page) and "step" not in styles(page)
    page.turn("learning_rate", "0.1")
    assert page.query == {"dataset": "xor", "learning_rate": "0.1", "hide": "noise,hidden,step"}
    page.visit({"dataset": "xor"})
    assert page.query == {"dataset": "xor"} and ".st-key-knob_noise" not in styles(page)

    page.visit({"hide": "noise,<b>"})
    assert "hide must be knobs" in page.notices and "'<b>'" in page.notices
    page.click("show_hidden_controls")
    assert page.query == {} and page.stages[-1]["hide"] == ()
    assert not page.has("show_hidden_controls")


def test_a_line_of_compare_is_no_such_link_of_any_host() -> None:
    line = "https://example.com/#dataset=xor"
    assert read_links(line, [], 12).refused[0].startswith("Line 1: it must be a link of this playground")
    (run,) = read_links(line, [], 12, host="example.com").runs
    assert run[1].data.dataset == "xor"


def test_lines_of_compare_may_be_such_links_and_what_has_no_equal_is_said() -> None:
    pasted = read_links(f"?dataset=xor\nhttps://playground.tensorflow.org/{LINK}\nnetworkShape=3", [], 12)
    assert [experiment.data.dataset for _name, experiment in pasted.runs] == ["xor", "spiral", "circle"]
    assert pasted.runs[1][1] == Experiment.from_query(ASKED)[0]
    assert pasted.refused == pasted.left == []
    assert [sentence[:22] for sentence in pasted.told] == ["Line 2: seed=7 is seed"]

"""What explains the charts: legends that show what is drawn, axes that show the curve, ways back from a zoom."""

from __future__ import annotations

import re
from collections.abc import Callable

import numpy as np
import pytest
from playwright.sync_api import Browser, expect

from playground import figures
from tests.stage.conftest import Mounted

Mount = Callable[..., Mounted]
TRACES = "[...document.querySelector('[data-testid=boundary-chart]').data]"


def colors(stage: Mounted, within: str) -> list[str]:
    """The colours of the outlines and fills of a legend's marks."""
    marks = stage.page.locator(f"{within} svg > g > g").all()
    return [mark.get_attribute(name) or "" for mark in marks for name in ("fill", "stroke")]


def test_the_switch_of_the_test_points_shows_how_they_are_drawn(mount: Mount) -> None:
    stage = mount()
    drawn = stage.page.evaluate(f"{TRACES}.filter(t => t.meta === 'test').map(t => [t.marker.symbol, t.marker.color])")
    assert [symbol for symbol, _ in drawn] == ["circle-open", "square-open"]
    fills_and_strokes = colors(stage, ".kp-checks label:has-text('Test points')")
    assert fills_and_strokes == ["none", drawn[0][1], "none", drawn[1][1]]


def test_training_points_are_filled_in_the_legend_as_on_the_chart(mount: Mount) -> None:
    stage = mount()
    drawn = stage.page.evaluate(f"{TRACES}.filter(t => t.meta === 'train').map(t => t.marker.color)")
    assert colors(stage, ".kp-legend .kp-key:has-text('training')")[::2] == drawn


def test_the_switch_of_the_mistakes_shows_a_point_with_a_ring_in_the_colour_of_the_rings(mount: Mount) -> None:
    stage = mount()
    ring = stage.page.locator(".kp-checks label:has-text('Mistakes') svg > g > circle")
    drawn = stage.page.evaluate(f"{TRACES}.find(t => t.meta === 'wrong').marker.color")
    assert ring.get_attribute("stroke") == drawn


def test_a_run_that_is_to_be_seen_with_its_test_points_opens_with_them(mount: Mount) -> None:
    stage = mount()
    box = stage.page.get_by_label("Test points")
    expect(box).not_to_be_checked()
    stage.show(stage.peer.add("with-test-points"), view=["test_points"])
    stage.wait("d.run === 'run-with-test-points'")
    expect(box).to_be_checked()
    assert stage.page.evaluate(f"{TRACES}.filter(t => t.meta === 'test').map(t => t.visible)") == [True, True]
    box.uncheck()
    stage.show(stage.run, view=["test_points"], link="?other")
    expect(box).not_to_be_checked()


def test_a_zoomed_plane_has_a_button_that_shows_all_of_it_again(mount: Mount) -> None:
    stage = mount()
    button = stage.page.get_by_role("button", name="Reset zoom")
    expect(button).to_be_hidden()
    stage.page.evaluate(
        "Plotly.relayout(document.querySelector('[data-testid=boundary-chart]'), {'xaxis.range': [-1, 1]})"
    )
    button.click()
    expect(button).to_be_hidden()
    axis = "document.querySelector('[data-testid=boundary-chart]')._fullLayout.xaxis.range"
    assert stage.page.evaluate(axis) == [-6, 6]


def test_the_epoch_is_told_with_the_one_at_which_training_ends(mount: Mount) -> None:
    stage = mount(epochs=1200)
    expect(stage.page.locator(".kp-epoch-box")).to_have_text(re.compile(r"Epoch of 1,200\s*0"))


def test_a_first_loss_far_above_the_rest_is_cut_and_marked_and_can_be_asked_for(mount: Mount) -> None:
    stage = mount(first_loss=7.5, newest=60, shown=60, state="paused")
    switch = stage.page.get_by_label("All values")
    expect(switch).to_be_visible()
    chart = "document.querySelector('[data-testid=curves-chart]')"
    ceiling = f"{chart}._fullLayout.yaxis.range[1]"
    assert stage.page.evaluate(ceiling) < 2
    assert "▲ 8.2800" in stage.page.evaluate(f"{chart}._fullLayout.annotations.map(note => note.text)")
    switch.check()
    assert stage.page.evaluate(ceiling) >= 7.5
    assert not [t for t in stage.page.evaluate(f"{chart}._fullLayout.annotations.map(n => n.text)") if "▲" in t]
    switch.uncheck()
    stage.page.get_by_label("Log scale").check()
    expect(switch).to_be_hidden()


def test_a_loss_without_such_a_value_has_no_such_switch(mount: Mount) -> None:
    stage = mount(newest=60, shown=60, state="paused")
    stage.page.wait_for_function("document.querySelector('[data-testid=curves-chart]').data[0].x.length > 50")
    expect(stage.page.get_by_label("All values")).to_be_hidden()


def test_the_diagram_says_what_colours_widths_and_squares_mean(mount: Mount) -> None:
    stage = mount()
    legend = stage.page.get_by_test_id("network-legend")
    expect(legend).to_contain_text(re.compile("weight below 0.*above 0.*wider.*bias"))
    lines = legend.locator(".kp-key").first.locator("i")
    tints = [line.evaluate("node => getComputedStyle(node).backgroundColor") for line in lines.all()]
    assert tints == ["rgb(245, 147, 34)", "rgb(8, 119, 189)"], "the colours of class 0 and 1"
    widths = legend.locator(".kp-key").nth(1).locator("i")
    heights = [line.evaluate("node => node.getBoundingClientRect().height") for line in widths.all()]
    assert heights == sorted(heights) and heights[-1] > 2 * heights[0]


def test_the_button_of_a_figures_picture_lies_beside_its_legend_on_touch_too(mount: Mount, browser: Browser) -> None:
    context = browser.new_context(has_touch=True, is_mobile=True)
    stage = mount(within=context, size=(390, 844))
    epochs, values = np.arange(5), np.full((5, 3), 0.5)
    figure = figures.gradient_norms_figure(epochs, values, ["layer 1", "layer 2", "output"], shown=4)
    boxes = stage.page.evaluate(
        """async figure => {
            const base = "/_playground/static/test/web/";
            const {themed, CONFIG} = await import(base + "figure_theme.js");
            const {readTheme} = await import(base + "theme.js");
            const node = document.createElement("div");
            document.body.prepend(node);
            const {data, layout} = themed(JSON.parse(figure), readTheme(node), {width: 360, height: 300});
            await Plotly.newPlot(node, data, layout, {...CONFIG, displayModeBar: true});
            return [".modebar-btn", ".legend"].map(name => node.querySelector(name).getBoundingClientRect().toJSON());
        }""",
        figure.to_json(),
    )
    button, legend = boxes
    assert legend["height"] > 20
    assert button["bottom"] <= legend["top"] or button["right"] <= legend["left"], boxes
    context.close()


WHOLE = "node => node.scrollWidth <= node.clientWidth && node.scrollHeight <= node.clientHeight"
INSIDE = """node => {
    const [own, box] = [node, document.querySelector('[data-testid=view]')].map(each => each.getBoundingClientRect());
    const across = own.width > 40 && own.left >= box.left && own.right <= box.right;
    return across && own.top >= box.top && own.bottom <= box.bottom;
}"""
"""Whether it lies in the panel of the views."""


@pytest.mark.parametrize("size", [(1280, 720), (390, 844)], ids=str)
def test_small_planes_say_once_and_whole_what_their_axes_are_called(mount: Mount, size: tuple[int, int]) -> None:
    axes = ("mean radius of the worst of three cells (mm)", "<i>fractal</i> dimension")
    stage = mount(kind="three", axes=axes, size=size)
    said = stage.page.get_by_test_id("plane-axes").locator("visible=true")
    for tab, panels in (("probabilities", 4), ("errors", 2)):
        stage.page.locator(f"#kp-tab-{tab}").click()
        if tab == "errors":
            stage.page.get_by_label("Errors shown as").select_option("parts")
        expect(said).to_have_text(f"Across: {axes[0]}, up: {axes[1]}.")
        expect(stage.page.locator(".kp-plane").locator("visible=true")).to_have_count(panels)
        assert said.evaluate(WHOLE), said.bounding_box()
        assert [node.evaluate(INSIDE) for node in (said, *stage.page.locator(".kp-plane:visible").all())] == [True] * (
            1 + panels
        )


def test_small_planes_of_x1_and_x2_name_their_axes_themselves(mount: Mount) -> None:
    stage = mount(kind="three")
    stage.page.locator("#kp-tab-probabilities").click()
    expect(stage.page.locator(".kp-plane")).to_have_count(4)
    expect(stage.page.get_by_test_id("plane-axes").first).to_be_hidden()


NAMES = "setosa", "one whose name is so long that there is no room for all of it", "<b>virginica</b>"


@pytest.mark.parametrize("size", [(900, 644), (390, 844)])
def test_outputs_have_the_names_of_their_classes_beside_them(mount: Mount, size: tuple[int, int]) -> None:
    stage = mount(kind="three", names=NAMES, size=size)
    names = stage.page.locator(".kp-output-name")
    expect(names).to_have_text(NAMES)
    diagram = stage.page.locator(".kp-network-overlay").bounding_box()
    assert diagram is not None
    for unit, name in enumerate(names.all()):
        neuron, text = stage.page.locator(f"[data-neuron='3-{unit}']").bounding_box(), name.bounding_box()
        assert neuron is not None and text is not None
        assert neuron["x"] + neuron["width"] < text["x"]
        assert text["x"] + text["width"] <= diagram["x"] + diagram["width"]


def test_classes_without_names_are_numbered_in_their_outputs(mount: Mount) -> None:
    stage = mount(kind="six")
    expect(stage.page.locator(".kp-output-name")).to_have_text([str(k) for k in range(6)])
    number, neuron = (
        stage.page.locator(each).bounding_box() for each in (".kp-output-name >> nth=0", "[data-neuron='3-0']")
    )
    assert number is not None and neuron is not None
    assert neuron["x"] < number["x"] and number["x"] + number["width"] < neuron["x"] + neuron["width"]

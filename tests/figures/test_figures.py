"""Each figure shows the numbers it was given, says what its axes are, and needs neither a page nor a network."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import numpy as np
import pytest
from plotly.io import from_json

from playground.core import axis, evaluation
from playground.figures import (
    boundary_figure,
    calibration_figure,
    confusion_figure,
    dead_units_figure,
    gradient_norms_figure,
    layers_figure,
    learning_rate_figure,
    probabilities_figure,
    residuals_figure,
    roc_figure,
    saturated_units_figure,
    truth_figure,
    update_ratios_figure,
    weight_histograms_figure,
    weight_norms_figure,
)
from playground.figures.look import CLASS_COLORS, SYMBOLS

AXIS = axis(-2.0, 2.0, 5)
RIGHT_HALF = np.where(AXIS > 0, 1.0, 0.25)[np.newaxis].repeat(5, axis=0)
"""value[i, j] depends on x1 = AXIS[j] alone."""
THREE = np.stack([np.full((5, 5), 0.3), 0.6 * RIGHT_HALF, 0.7 - 0.6 * RIGHT_HALF])
X = np.array([[-1.0, 0.0], [1.0, 0.5], [1.5, -1.0], [0.2, 0.1]])
Y = np.array([0, 1, 1, 0])
SAYS = np.array([0.1, 0.9, 0.6, 0.8])
EPOCHS = [0, 5, 10]
OF_LAYERS = np.array([[0.5, 0.2, np.nan], [0.25, 1e-4, np.nan], [0.125, np.nan, np.nan]])
"""Of three layers over three epochs; of the output layer nothing is known."""
STAGES = ("input", "layer 1: 2 tanh", "output: 1 sigmoid")
LAYERS = np.stack([X, np.tanh(X), np.stack([SAYS, np.zeros(4)], axis=1)])
AXES = (("x1", "x2"), ("unit 1", "unit 2"), ("P(class 1)", ""))
SOLID = np.pad(LAYERS, ((0, 0), (0, 0), (0, 1)))

EVERY = {
    "boundary": boundary_figure(AXIS, AXIS, RIGHT_HALF[np.newaxis], points=(X, Y), held_back=(X, Y)),
    "boundary of three": boundary_figure(AXIS, AXIS, THREE, points=(X, Y)),
    "regression": boundary_figure(AXIS, AXIS, 3 * RIGHT_HALF[np.newaxis], points=(X, SAYS), task="regression"),
    "calibration": calibration_figure(evaluation.calibration(Y, SAYS)),
    "confusion": confusion_figure([[2, 1], [0, 1]]),
    "layers": layers_figure(STAGES, LAYERS, Y, AXES, grid=LAYERS[:, np.newaxis]),
    "layers of a regression": layers_figure(STAGES, LAYERS, SAYS, task="regression"),
    "layers in space": layers_figure(STAGES, SOLID, Y, grid=SOLID[:, np.newaxis]),
    "probabilities": probabilities_figure(AXIS, AXIS, THREE),
    "residuals": residuals_figure(SAYS, evaluation.residuals(Y, SAYS)),
    "weight norms": weight_norms_figure(EPOCHS, OF_LAYERS, shown=5),
    "gradient norms": gradient_norms_figure(EPOCHS, OF_LAYERS),
    "update ratios": update_ratios_figure(EPOCHS, OF_LAYERS, steps=25),
    "dead units": dead_units_figure(EPOCHS, OF_LAYERS, ["a", "b", "c"]),
    "saturated units": saturated_units_figure(EPOCHS, np.full((3, 2), np.nan)),
    "learning rate": learning_rate_figure(EPOCHS, [0.1, 0.1, 0.01], shown=0),
    "weight histograms": weight_histograms_figure([-1, 0, 1], [[4, 2], [0, 7], [1, 1]]),
    "roc": roc_figure(evaluation.roc(Y, SAYS)),  # type: ignore[arg-type]
    "truth": truth_figure(X, Y, [0, 1, 0, 0], n_classes=2),
}


@pytest.mark.parametrize("name", EVERY)
def test_every_figure_has_a_title_and_named_axes(name: str) -> None:
    layout = EVERY[name].layout
    assert layout.title.text
    axes = [layout[key] for key in layout.to_plotly_json() if key.startswith(("xaxis", "yaxis"))]
    named = [each for each in axes if each.title.text or each.matches]
    assert len(named) == len(axes)


@pytest.mark.parametrize("name", EVERY)
def test_every_figure_survives_its_json(name: str) -> None:
    again = from_json(EVERY[name].to_json())
    assert [trace.type for trace in again.data] == [trace.type for trace in EVERY[name].data]


def test_cells_of_a_confusion_matrix_hold_count_and_share_in_contrasting_ink() -> None:
    figure = confusion_figure([[2, 6], [0, 4]], names=["cat", "dog"])
    texts = {(note.y, note.x): note for note in figure.layout.annotations}
    assert texts["cat", "dog"].text == "<b>6</b><br>75.0%"
    assert texts["dog", "cat"].text == "<b>0</b><br>0.0%"
    assert texts["cat", "dog"].font.color == "white"
    assert texts["cat", "cat"].font.color != "white"
    assert figure.layout.yaxis.autorange == "reversed", "the first class is the top row"


@pytest.mark.parametrize(
    ("counts", "names", "rule"),
    [([[1, 2]], None, r"counts must be \(K, K\)"), ([[1, 0], [0, 1]], ["one"], "names must be 2")],
)
def test_a_matrix_that_is_none_is_refused(counts: list[list[int]], names: list[str] | None, rule: str) -> None:
    with pytest.raises(ValueError, match=rule):
        confusion_figure(counts, names)


def test_the_roc_curve_names_its_area_and_shows_what_guessing_gives() -> None:
    curve, guess = EVERY["roc"].data
    assert "AUC 0.750" in curve.name  # of the four pairs of one point each, three are in order
    assert list(guess.x) == list(guess.y) == [0, 1]


def test_a_regions_colours_are_those_of_the_probability() -> None:
    (heat,) = [trace for trace in EVERY["boundary"].data if trace.type == "heatmap"]
    assert (heat.zmin, heat.zmax) == (0, 1)
    assert np.array_equal(heat.z, RIGHT_HALF)
    assert heat.colorscale[0][1] == CLASS_COLORS[0]
    assert heat.colorscale[-1][1] == CLASS_COLORS[1]


def test_a_regression_is_coloured_symmetrically_about_0() -> None:
    heat = EVERY["regression"].data[0]
    assert (heat.zmin, heat.zmax) == (-3, 3)


def test_of_several_classes_the_winner_colours_each_point_of_the_plane() -> None:
    heats = [trace for trace in EVERY["boundary of three"].data if trace.type == "heatmap"]
    shown = np.stack([np.isfinite(np.asarray(heat.z, float)) for heat in heats])
    assert (shown.sum(axis=0) == 1).all()
    assert np.array_equal(shown.argmax(axis=0), THREE.argmax(axis=0))


def test_points_differ_in_shape_as_well_and_held_back_ones_are_hollow() -> None:
    traces = [trace for trace in EVERY["boundary"].data if trace.type == "scatter"]
    symbols = [trace.marker.symbol for trace in traces]
    assert symbols == [SYMBOLS[0], SYMBOLS[1], f"{SYMBOLS[0]}-open", f"{SYMBOLS[1]}-open"]


def test_one_probability_is_shown_with_its_complement() -> None:
    panels = probabilities_figure(AXIS, AXIS, RIGHT_HALF[np.newaxis]).data
    assert np.allclose(panels[0].z, 1 - RIGHT_HALF)
    assert np.array_equal(panels[1].z, RIGHT_HALF)
    assert np.array_equal(panels[2].z, RIGHT_HALF > 0.5)


def test_logits_have_a_scale_of_their_own() -> None:
    logits = np.stack([10 * RIGHT_HALF - 5, -RIGHT_HALF])
    for panel in probabilities_figure(AXIS, AXIS, logits, what="logit").data[:2]:
        assert (panel.zmin, panel.zmax) == (logits.min(), logits.max())


@pytest.mark.parametrize("figure", [boundary_figure, probabilities_figure])
def test_values_of_another_grid_are_refused(figure: object) -> None:
    with pytest.raises(ValueError, match=r"values must be \(K, 5, 4\). Got \(1, 5, 5\)"):
        figure(AXIS[:4], AXIS, RIGHT_HALF[np.newaxis])  # type: ignore[operator]


def test_wrong_points_are_ringed() -> None:
    rings = EVERY["truth"].data[-1]
    assert list(zip(rings.x, rings.y, strict=True)) == [(1.5, -1.0)]
    assert "1 of 4 wrong" in EVERY["truth"].layout.annotations[1].text


def test_the_residuals_title_gives_mae_and_r2() -> None:
    text = EVERY["residuals"].layout.title.text
    assert "MAE 0.35" in text  # |−0.1| + 0.1 + 0.4 + |−0.8|, over 4
    assert f"R² {1 - (0.01 + 0.01 + 0.16 + 0.64):.3f}" in text  # the targets' variance times 4 is 1


SIGNALS = ["weight norms", "gradient norms", "update ratios", "dead units"]


@pytest.mark.parametrize("name", SIGNALS)
def test_each_layer_of_which_anything_is_known_has_a_line_of_its_own_colour(name: str) -> None:
    lines = EVERY[name].data
    assert len(lines) == 2
    np.testing.assert_array_equal(np.array([line.y for line in lines]).T, OF_LAYERS[:, :2])
    assert len({line.line.color for line in lines}) == 2
    assert len({line.name for line in lines}) == 2


def test_nine_layers_get_nine_colours_and_the_output_a_line_of_another_kind() -> None:
    figure = weight_norms_figure([0, 1], np.ones((2, 9)))
    assert len({line.line.color for line in figure.data}) == 9
    assert [line.line.dash for line in figure.data] == ["solid"] * 8 + ["dash"]
    assert figure.data[-1].name == "output"
    assert figure.layout.legend.x >= 1, "beside the plot, not over it"


def test_the_epoch_shown_is_marked_where_it_is_given() -> None:
    assert [(shape.x0, shape.x1) for shape in EVERY["weight norms"].layout.shapes] == [(5, 5)]
    assert not EVERY["gradient norms"].layout.shapes


def test_gradients_and_movements_are_on_logarithmic_axes() -> None:
    kinds = {name: EVERY[name].layout.yaxis.type for name in [*SIGNALS, "learning rate"]}
    assert [name for name, kind in kinds.items() if kind == "log"] == [
        "gradient norms",
        "update ratios",
        "learning rate",
    ]


def test_a_thousandth_a_step_is_shaded_for_an_epoch_of_so_many_steps() -> None:
    (band,) = EVERY["update ratios"].layout.shapes
    assert (band.y0, band.y1) == pytest.approx((0.005, 0.025))
    (line,) = update_ratios_figure(EPOCHS, OF_LAYERS).layout.shapes
    assert line.y0 == line.y1 == pytest.approx(1e-3)


def test_where_no_layer_can_saturate_the_chart_says_so() -> None:
    figure = EVERY["saturated units"]
    assert not figure.data
    assert figure.layout.annotations[0].text == "no layer has flat tails"


def test_a_learning_rate_holds_until_the_next_epoch() -> None:
    (rate,) = EVERY["learning rate"].data
    assert list(rate.y) == [0.1, 0.1, 0.01]
    assert rate.line.shape == "hv"


def test_histograms_stand_one_above_the_other_the_first_layer_on_top() -> None:
    figure = EVERY["weight histograms"]
    bars = figure.data[1::2]
    assert [list(each.customdata[:2]) for each in bars] == [[4, 2], [0, 7], [1, 1]]
    assert [min(each.y) for each in bars] == [2, 1, 0]
    assert [max(each.y) for each in bars] == pytest.approx([2.9, 1.9, 0.9])
    assert list(figure.layout.yaxis.ticktext) == ["layer 1", "layer 2", "output"]


def test_signals_of_other_epochs_or_layers_are_refused() -> None:
    with pytest.raises(ValueError, match=r"values must be \(2, layers\). Got \(3, 3\)"):
        weight_norms_figure([0, 1], OF_LAYERS)
    with pytest.raises(ValueError, match=r"names must be 3\. Got 1"):
        dead_units_figure(EPOCHS, OF_LAYERS, ["a"])
    with pytest.raises(ValueError, match=r"counts must be \(layers, 1\). Got \(2, 2\)"):
        weight_histograms_figure([0, 1], [[1, 2], [3, 4]])


def frames_at(name: str, *positions: str) -> list[Any]:
    frames = {frame.name: frame for frame in EVERY[name].frames}
    return [frames[position] for position in positions]


@pytest.mark.parametrize("name", ["layers", "layers in space"])
def test_the_slider_stops_at_every_layer_with_the_points_that_were_given(name: str) -> None:
    coords = LAYERS if name == "layers" else SOLID
    letters = "xyz"[: coords.shape[2]]
    for given, frame in zip(coords, frames_at(name, "0.000", "1.000", "2.000"), strict=True):
        for k, trace in enumerate(frame.data[1:]):
            np.testing.assert_allclose(np.stack([trace[letter] for letter in letters], axis=1), given[k == Y])
        grid = np.stack([frame.data[0][letter] for letter in letters], axis=1)
        np.testing.assert_allclose(grid[:4], given)
        assert np.isnan(grid[4]).all(), "lines are not joined"
    steps = EVERY[name].layout.sliders[0].steps
    assert [step.label for step in steps if "→" not in step.label] == list(STAGES)
    assert [step.args[0][0] for step in steps] == [frame.name for frame in EVERY[name].frames]


def test_points_move_evenly_on_the_screen_from_layer_to_layer() -> None:
    def on_screen(frame: Any) -> np.ndarray:
        lo, hi = frame.layout.xaxis.range
        return (np.concatenate([trace.x for trace in frame.data[1:]]) - lo) / (hi - lo)

    start, middle, end = map(on_screen, frames_at("layers", "0.000", "0.500", "1.000"))
    np.testing.assert_allclose(middle, (start + end) / 2)
    assert not np.allclose(start, end)


def test_axes_have_the_layers_names_and_ranges() -> None:
    ranges = np.array([[[-9, 9], [-8, 8]], [[-1, 1], [-2, 2]], [[0, 1], [-1, 1]]])
    figure = layers_figure(STAGES, LAYERS, Y, AXES, ranges)
    for frame, names, ends in zip([figure.frames[0], figure.frames[10], figure.frames[20]], AXES, ranges, strict=True):
        assert (frame.layout.xaxis.title.text, frame.layout.yaxis.title.text) == names
        assert [list(frame.layout.xaxis.range), list(frame.layout.yaxis.range)] == ends.tolist()


def test_layers_without_an_extent_or_with_no_number_have_axes() -> None:
    coords = np.zeros((2, 4, 2))
    coords[1, 2] = np.nan
    ranges = [frame.layout.xaxis.range for frame in layers_figure(["input", "output"], coords, Y).frames]
    assert ranges == [(-1, 1)] * len(ranges)


@pytest.mark.parametrize(
    ("coords", "grid", "rule"),
    [(LAYERS[:2], None, r"coords must be \(3, 4, 2 or 3\). Got \(2, 4, 2\)"), (LAYERS, SOLID, "grid must be")],
)
def test_layers_of_another_shape_are_refused(coords: np.ndarray, grid: np.ndarray | None, rule: str) -> None:
    with pytest.raises(ValueError, match=rule):
        layers_figure(STAGES, coords, Y, grid=grid)


@pytest.mark.parametrize("name", ["streamlit", "tensorflow", "keras"])
def test_importing_the_figures_does_not_import(name: str) -> None:
    code = "import playground.figures, sys; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert name not in loaded

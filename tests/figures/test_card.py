"""A card is a picture of an experiment: what is drawn is looked at pixel by pixel where it must be."""

from __future__ import annotations

import io
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
import segno
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from playground.core.few_networks import columns_for
from playground.figures.card import (
    HEIGHT,
    WIDTH,
    Card,
    Mosaic,
    NetworkSketch,
    PlanePicture,
    Tile,
    card_png,
    draw_card,
    drawing,
)
from playground.figures.card.colors import GROUND, Color, color_of
from playground.figures.card.link_code import LONGEST, QUIET, link_code
from playground.figures.card.mosaic import side_of
from playground.figures.card.words import fitting, font, lines_of, plainer
from playground.figures.look import NEUTRAL, STRENGTH, rgb

NO_LINES = np.empty((0, 2))


def plane_of(values: Any, task: str = "classification", X: Any = NO_LINES, y: Any = (), lines: Any = NO_LINES) -> Any:
    return PlanePicture((-1.0, 1.0), (-1.0, 1.0), np.asarray(values, np.float32), lines, X, y, task)


def pixels_of(card: Card) -> np.ndarray:
    return np.asarray(draw_card(card)).astype(int)


def at(pixels: np.ndarray, x1: float, x2: float) -> list[int]:
    """The colour at a place of the plane."""
    return pixels[round((1 - x2) / 2 * (HEIGHT - 1)), round((x1 + 1) / 2 * (HEIGHT - 1))].tolist()


def near(found: list[int], color: Color, most: int = 6) -> bool:
    return max(abs(a - b) for a, b in zip(found, color, strict=True)) <= most


def pale(index: int) -> Color:
    """The colour of a plane where a class is certain."""
    mixed = [a + (b - a) * STRENGTH for a, b in zip(rgb(NEUTRAL), color_of(index), strict=True)]
    return round(mixed[0]), round(mixed[1]), round(mixed[2])


def test_it_is_a_png_of_the_size_that_posts_expect() -> None:
    picture = Image.open(io.BytesIO(card_png(Card("Spiral · 8, 8 ReLU", plane_of(np.full((1, 4, 4), 0.5))))))
    assert (picture.format, picture.size, picture.mode) == ("PNG", (WIDTH, HEIGHT), "RGB")
    assert (WIDTH, HEIGHT) == (1200, 630)


def test_the_plane_stands_upright_in_the_colours_of_the_page() -> None:
    values = np.zeros((1, 40, 40))
    values[0, 20:, :20] = 1  # class 1 where x2 is high and x1 low
    pixels = pixels_of(Card("", plane_of(values)))
    assert near(at(pixels, -0.8, 0.8), pale(1)) and near(at(pixels, -0.8, -0.8), pale(0))
    assert near(at(pixels, 0.8, 0.8), pale(0))
    unsure = pixels_of(Card("", plane_of(np.full((1, 4, 4), 0.5))))
    assert near(at(unsure, 0.3, 0.3), rgb(NEUTRAL))


def test_of_several_classes_the_winner_colours_and_regression_is_symmetric_about_0() -> None:
    values = np.full((3, 10, 10), 0.05)
    values[2] = 0.9
    three = at(pixels_of(Card("", plane_of(values))), 0.5, 0.5)
    assert np.argmin([np.abs(np.subtract(three, pale(k))).sum() for k in range(3)]) == 2
    output = np.linspace(-5, 5, 50)[np.newaxis, :, np.newaxis] * np.ones((1, 1, 50))
    pixels = pixels_of(Card("", plane_of(output, "regression")))
    assert near(at(pixels, 0, 0.98), pale(1), 12) and near(at(pixels, 0, -0.98), pale(0), 12)
    assert near(at(pixels, 0, 0), rgb(NEUTRAL), 12)


def test_points_have_the_colour_of_their_class_and_the_border_is_dark() -> None:
    X, y = [[-0.5, 0.5], [0.5, -0.5]], [0, 3]
    lines = np.array([[-1.0, 0.0], [1.0, 0.0], [np.nan, np.nan], [0.9, -1.0], [0.9, 1.0]])
    pixels = pixels_of(Card("", plane_of(np.full((1, 4, 4), 0.5), X=X, y=y, lines=lines)))
    assert near(at(pixels, -0.5, 0.5), color_of(0), 12) and near(at(pixels, 0.5, -0.5), color_of(3), 12)
    assert max(at(pixels, 0.3, 0.0)) < 90 and max(at(pixels, 0.9, 0.4)) < 90
    assert near(at(pixels, 0.2, 0.4), rgb(NEUTRAL))


def test_what_is_no_number_or_lies_far_off_breaks_nothing() -> None:
    X = [[np.nan, 0.0], [1e300, 0.0], [np.inf, -np.inf], [0.0, 0.0]]
    values = np.full((1, 4, 4), np.nan)
    sketch = NetworkSketch(["x₁"], [[[np.nan]], [[np.inf]]], [np.full((1, 4, 4), np.nan)])
    for task in ("classification", "regression"):
        card = Card("nan", plane_of(values, task, X=X, y=[0, 1, 0, 1], lines=[[np.nan, 0.0]]), sketch)
        assert near(at(pixels_of(card), 0.5, 0.5), rgb(NEUTRAL))


def test_a_network_has_links_by_weight_and_tells_how_many_units_are_not_drawn() -> None:
    def drawn(kernels: list[np.ndarray]) -> np.ndarray:
        network = NetworkSketch(["x1", "x2"], kernels)
        return pixels_of(Card("", plane_of(np.full((1, 4, 4), 0.5)), network))[:, HEIGHT:]

    first, last = np.array([[1.0, 0.0], [0.0, 0.0]]), np.array([[0.0], [0.0]])
    strong, negative = drawn([first, last]), drawn([-first, last])
    blue, orange = np.abs(strong - color_of(1)).max(axis=2) < 12, np.abs(negative - color_of(0)).max(axis=2) < 12
    assert blue.sum() > 300 and orange.sum() > 300
    assert not (np.abs(strong - color_of(0)).max(axis=2) < 12).any()
    wide = drawn([np.ones((2, 100)), np.ones((100, 1))])
    assert (wide != drawn([np.ones((2, 8)), np.ones((8, 1))])).any()


def test_the_deepest_and_widest_network_stays_within_the_card() -> None:
    widths = [9, *[128] * 8, 10]
    kernels = [np.ones((a, b)) for a, b in pairwise(widths)]
    figures = [("a" * 90, "b" * 90)] * 4
    card = Card("T" * 300, plane_of(np.full((1, 4, 4), 0.5)), NetworkSketch(["x"] * 9, kernels), figures)
    pixels = pixels_of(card)
    assert (pixels[:, 1180:] == GROUND).all() and (pixels[610:, HEIGHT:] == GROUND).all()


def test_the_code_is_that_of_the_link() -> None:
    link = "https://school.example/?dataset=spiral&hidden=8,8"
    code = link_code(link, 300)
    assert code is not None
    expected = np.array([list(row) for row in segno.make_qr(link, error="m").matrix_iter(border=QUIET)], dtype=bool)
    each = code.width // len(expected)
    assert each * len(expected) == code.width
    assert (np.asarray(code)[each // 2 :: each, each // 2 :: each, 0] < 128).tolist() == expected.tolist()
    assert link_code("x" * (LONGEST + 1), 300) is None and link_code("", 300) is None
    with_code, without = (pixels_of(Card("", plane_of(np.full((1, 4, 4), 0.5)), link=each)) for each in (link, ""))
    assert (with_code != without).any(axis=2).nonzero()[1].min() > 1000


def test_it_is_drawn_in_steps_of_which_the_last_gives_it() -> None:
    steps = list(drawing(Card("x", plane_of(np.full((1, 4, 4), 0.5)), NetworkSketch(["x1"], [[[1.0]]]))))
    assert len(steps) > 2 and steps[-1] is not None and not any(steps[:-1])


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("x₁ × x₂²", "x1 x x2^2"),
        ("Spiral · 8, 8 ReLU", "Spiral · 8, 8 ReLU"),
        ("café", "cafe"),
        ("数", "?"),
        ("a\nb", "a b"),
    ],
)
def test_letters_that_the_font_lacks_are_written_otherwise(text: str, shown: str) -> None:
    assert plainer(text) == shown


@given(st.text(max_size=30))
def test_every_letter_that_is_left_is_in_the_font(text: str) -> None:
    missing = bytes(font(24).getmask("\uffff"))
    assert all(bytes(font(24).getmask(letter)) != missing for letter in plainer(text) if letter != " ")


@given(st.text("ab ·", max_size=60), st.integers(1, 3))
def test_lines_are_no_wider_than_they_may_be_and_no_more(text: str, most: int) -> None:
    letters = font(20)
    lines = lines_of(text, letters, 120, most)
    assert len(lines) <= most and all(letters.getlength(line) <= 120 for line in lines)
    assert letters.getlength(fitting(text, letters, 60)) <= 60


# Many networks.


def mosaic_of(*values: Any, columns: int = 2, task: str = "classification") -> Mosaic:
    return Mosaic([Tile(f"{n}", np.asarray(each, np.float32), task) for n, each in enumerate(values)], columns)


def test_a_mosaic_has_a_tile_for_each_network_row_by_row_and_upright() -> None:
    upper = np.zeros((1, 8, 8))
    upper[0, 4:] = 1  # class 1 where x2 is high
    pixels = pixels_of(Card("", mosaic_of(upper, np.ones((1, 8, 8)), np.zeros((1, 8, 8)))))
    quarter = HEIGHT // 4
    assert near(pixels[quarter - 100, quarter].tolist(), pale(1)) and near(
        pixels[quarter + 60, quarter].tolist(), pale(0)
    )
    assert near(pixels[quarter, 3 * quarter].tolist(), pale(1))
    assert near(pixels[3 * quarter, quarter].tolist(), pale(0))
    assert near(pixels[3 * quarter, 3 * quarter].tolist(), GROUND)


def test_classes_have_a_border_and_what_is_no_number_has_no_colour() -> None:
    halves = np.zeros((1, 8, 8))
    halves[0, :, 4:] = 1
    nothing = np.full((1, 2, 2), np.nan)
    mosaic = mosaic_of(halves, nothing, nothing)
    pixels = pixels_of(Card("", mosaic))
    middle = HEIGHT / 2 - 6 - side_of(mosaic, HEIGHT) / 2
    row = pixels[HEIGHT // 4 - 40, : HEIGHT // 2 - 6]
    dark = np.flatnonzero((row < 90).all(axis=1))
    assert 1 <= len(dark) <= 3 and abs(dark.mean() - middle) < 3
    assert near(pixels[HEIGHT // 4, 3 * HEIGHT // 4].tolist(), rgb(NEUTRAL))


def test_a_regression_has_no_border_and_three_classes_have_theirs() -> None:
    slope = np.linspace(-1, 1, 16).reshape(1, 1, 16).repeat(16, axis=1)
    classes = np.zeros((3, 9, 9))
    for k in range(3):
        classes[k, :, 3 * k : 3 * k + 3] = 1
    for values, task, borders in [(slope, "regression", 0), (classes, "classification", 2)]:
        pixels = pixels_of(Card("", mosaic_of(values, columns=1, task=task)))
        dark = (pixels[HEIGHT // 2 - 40, :HEIGHT] < 90).all(axis=1)
        assert np.count_nonzero(np.diff(dark.astype(int)) == 1) == borders


@given(st.integers(1, 12), st.integers(1, 12))
def test_any_mosaic_keeps_to_its_square(networks: int, columns: int) -> None:
    mosaic = mosaic_of(*[np.ones((1, 2, 2))] * networks, columns=min(columns, networks))
    rows = -(-networks // mosaic.columns)
    side = side_of(mosaic, HEIGHT)
    assert side > 0 and mosaic.columns * (side + 12) - 12 <= HEIGHT and rows * (side + 38) - 12 <= HEIGHT


@pytest.mark.parametrize("networks", range(1, 13))
def test_as_many_as_a_link_shows_are_large_enough_to_be_seen(networks: int) -> None:
    assert side_of(mosaic_of(*[np.ones((1, 2, 2))] * networks, columns=columns_for(networks)), HEIGHT) >= 100


def test_a_mosaic_is_drawn_tile_by_tile() -> None:
    assert len([*drawing(Card("", mosaic_of(*[np.ones((1, 2, 2))] * 5)))]) >= 6

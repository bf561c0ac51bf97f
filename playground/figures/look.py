"""What all figures share: colours, marker shapes and a plain layout that suits light and dark pages."""

from __future__ import annotations

from typing import Any

CLASS_COLORS = (
    "#f59322", "#0877bd", "#009e73", "#cc79a7", "#d9c300", "#56b4e9", "#8c564b", "#6a3d9a", "#e31a1c", "#7f9a1f",
    "#1f3d7a", "#ff9da7", "#4d4d4d", "#17becf", "#b15928", "#a6d854", "#b39ddb", "#7a0177", "#00695c", "#c2b280",
)  # fmt: skip
"""The first two are the classic pair; with the next four they keep apart for the common colour deficiencies.

So many as there are classes at most.
"""
SYMBOLS = ("circle", "square", "triangle-up", "diamond", "cross", "star")
NEUTRAL = "#e8eaeb"
STRENGTH = 0.72
"""How far a plane goes towards the colour of a class: it stays paler than the points."""
BEND = 0.85
"""The power of the confidence that the colour goes by."""
INK = "#8a8f94"
"""Readable on white and on near-black."""
GRID = "rgba(138, 143, 148, 0.25)"
TWO_COLORS = [[0.0, CLASS_COLORS[0]], [0.5, NEUTRAL], [1.0, CLASS_COLORS[1]]]
"""Orange for class 0 and negative values, grey between, blue for class 1 and positive values."""


_AS_ENTITIES = {letter: f"&#{ord(letter)};" for letter in "&<>%"}


def rgb(text: str) -> tuple[int, int, int]:
    """The colour that ``#rrggbb`` stands for."""
    return int(text[1:3], 16), int(text[3:5], 16), int(text[5:7], 16)


def color(index: int) -> str:
    """The colour of a class."""
    return CLASS_COLORS[index % len(CLASS_COLORS)]


def symbol(index: int) -> str:
    """The marker shape of a class: never colour alone."""
    return SYMBOLS[index % len(SYMBOLS)]


def plain(text: str) -> str:
    """A text that somebody else wrote, for Plotly: it takes tags for markup, and %{…} for what stands in a template."""
    return "".join(_AS_ENTITIES.get(letter, letter) for letter in text)


def class_name(index: int) -> str:
    """What a class is called when nobody has named it."""
    return f"class {index}"


def fade(index: int) -> list[list[Any]]:
    """From grey to the colour of a class."""
    return [[0.0, NEUTRAL], [1.0, color(index)]]


def layout(title: str, x: str, y: str) -> dict[str, Any]:
    """A layout with a title and two labelled axes on a transparent ground."""
    legend = {"orientation": "h", "y": 1.0, "yanchor": "bottom", "x": 1, "xanchor": "right"}
    return {**_ground(title, top=44), "legend": legend, "xaxis": axis(x), "yaxis": axis(y)}


def panels_layout(title: str) -> dict[str, Any]:
    """A layout for panels side by side, whose axes are set one by one: room above for their names, legend below."""
    legend = {"orientation": "h", "y": -0.16, "yanchor": "top", "x": 0.5, "xanchor": "center"}
    return {**_ground(title, top=72), "legend": legend}


def _ground(title: str, top: int) -> dict[str, Any]:
    return {
        "title": {"text": title, "x": 0, "xanchor": "left"},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "font": {"color": INK},
        "margin": {"l": 56, "r": 16, "t": top, "b": 48},
    }


def axis(title: str, **more: Any) -> dict[str, Any]:
    """A labelled axis with a faint grid."""
    return {"title": {"text": title}, "gridcolor": GRID, "zerolinecolor": GRID, "linecolor": INK, **more}

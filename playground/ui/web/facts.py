"""What JavaScript must know and Python declares, written into one module of it: ``static/web/facts.js``.

    python -m playground.ui.web.facts

writes it anew, and the types of the channel's messages with it (see `messages`).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from playground.classroom.answers import LONGEST_ANSWER
from playground.classroom.protocol.page import LONGEST_PLAN
from playground.classroom.views import TIME_IS_UP_FOR
from playground.core import drawn_points, knobs, query
from playground.core.comparison import LEAST_RUNS, LONGEST_NAME, MOST_RUNS
from playground.core.datasets import datasets_with, own_knobs
from playground.core.features import FEATURES
from playground.core.history import CURVES, FIGURES
from playground.core.naming import LABELS, NAMING
from playground.core.page_view import DEFAULTS, MAPS, NO_TAB, SPEEDS
from playground.core.parts import MAX_HIDDEN_LAYERS, MAX_UNITS
from playground.core.rate_finder import LEFT_OUT_AT_THE_END, LEFT_OUT_AT_THE_START, SMOOTHING_OF_MEDIANS
from playground.core.search import ENOUGH, STATES
from playground.core.tensorflow_playground.fragment import HIDE, LONGEST, NAMES, QUERY
from playground.figures.look import CLASS_COLORS, SYMBOLS
from playground.runtime import views as _views  # noqa: F401  declares the options of all views
from playground.runtime.protocol.closing import CloseCode
from playground.runtime.protocol.exporting import LONGEST_SCANNED
from playground.runtime.protocol.limits import AS_FAST_AS_IT_GOES, FRAMES_IN_FLIGHT, MAX_CREDITS, NEURONS_DRAWN
from playground.runtime.protocol.message import FARTHEST
from playground.runtime.protocol.piping import MOST_CHANNELS, MOST_TEXTS
from playground.runtime.protocol.show import ViewOptions
from playground.runtime.protocol.wall import ENDS, RUN_AXIS
from playground.ui.controls.words import KNOBS
from playground.ui.too_long import LONGEST_LINK
from playground.ui.web.addresses import OF_STREAMLIT
from playground.ui.web.assets import static_files
from playground.ui.web.messages import declarations, room_declarations

MADE = "// Made from the Python declarations by `python -m playground.ui.web.facts`: change them there."
SUBSCRIPTS = str.maketrans("12", "₁₂")
_TAB = re.compile(r'^export const TAB = \{ order: (\d+), title: "([^"]+)", hint: "([^"]+)" \};$', re.MULTILINE)


def facts_js() -> str:
    """The module's text."""
    lines = [MADE]
    for name, (words, value) in _facts().items():
        lines += ["", f"/** {words} */", f"export const {name} = {_literal(value)};"]
    names = " | ".join(json.dumps(tab["name"]) for tab in tabs())
    return "\n".join([*lines, "", f"/** @typedef {{{names}}} ViewName */", ""])


def _facts() -> Mapping[str, tuple[str, object]]:
    return {
        "CLASS_COLORS": ("The first two are the classic pair.", list(CLASS_COLORS)),
        "SYMBOLS": ("The shape of each class: never colour alone.", list(SYMBOLS)),
        "COLUMNS": ("Columns of the curves.", {name: i for i, name in enumerate(CURVES)}),
        "FEATURES": ("Inputs of a network, in their order.", [{"name": n, "text": in_words(n)} for n in FEATURES]),
        "MAX_HIDDEN_LAYERS": ("Of a network.", MAX_HIDDEN_LAYERS),
        "MAX_UNITS": ("Of a layer.", MAX_UNITS),
        "NEURONS_DRAWN": ("Of a wider layer the most active, in pages.", NEURONS_DRAWN),
        "FARTHEST": ("No coordinate and no weight is farther from 0.", int(FARTHEST)),
        "FRAMES_IN_FLIGHT": ("Frames that may be under way to a page.", FRAMES_IN_FLIGHT),
        "LONGEST_ANSWER": ("Of an answer in a learner's own words, in a class, in characters.", LONGEST_ANSWER),
        "LONGEST_PLAN": ("Of the plan of a room, in characters.", LONGEST_PLAN),
        "PIPE": (
            "What one turn holds at most of the live channel through Streamlit's connection.",
            {"channels": MOST_CHANNELS, "texts": MOST_TEXTS, "frames": MAX_CREDITS, "scheme": OF_STREAMLIT},
        ),
        "AS_FAST_AS_IT_GOES": ("The number of epochs a frame that means this.", AS_FAST_AS_IT_GOES),
        "SPEEDS": (
            "How many epochs are trained between two pictures: what a link and what the page call it.",
            [speed._asdict() for speed in SPEEDS],
        ),
        "MAPS": ("What the colours of the plane may say, as a link calls it.", list(MAPS)),
        "NO_TAB": ("What a link calls a panel of tabs that is closed.", NO_TAB),
        "LOOK": ("How a page looks, in the words of a link, where the link does not say.", dict(DEFAULTS)),
        "TIME_IS_UP_FOR": ("Seconds after its end in which a room's countdown is still seen.", TIME_IS_UP_FOR),
        "CLOSE": ("Why a server ends a connection.", {code.name: code.value for code in CloseCode}),
        "FIGURES": ("Columns of a wall's figures.", {name: i for i, name in enumerate(FIGURES)}),
        "ENDS": ("Why a network of a wall has ended, by the number that a message has for it.", list(ENDS)),
        "RUN_AXIS": ("What the axis is called whose values are the runs of a comparison.", RUN_AXIS),
        "LEFT_OUT": (
            "Of a range test: one point in so many at the start, and so many at the end, are not suggested from.",
            {"start": LEFT_OUT_AT_THE_START, "end": LEFT_OUT_AT_THE_END},
        ),
        "SMOOTHING": (
            "Of a range test: what stays, from point to point, of the average of what several networks have.",
            SMOOTHING_OF_MEDIANS,
        ),
        "TRIAL_STATES": ("How a trial of a search stands, by the number that a message has for it.", list(STATES)),
        "ENOUGH_TRIALS": ("Of a search: trials from which something is said of importance.", ENOUGH),
        "LONGEST_LINK": ("Of the query of a link, in bytes.", LONGEST_LINK),
        "LONGEST_SCANNED": ("Of a link that is shown as a QR code, in characters.", LONGEST_SCANNED),
        "NAMING": (
            "The knobs that a run is called by, each with what holds where a link says nothing of it.",
            {name: query.text_of(knobs.default(name)) for name in NAMING},
        ),
        "LABELS": (
            "What the page calls the names that a link has for such a knob.",
            dict(LABELS),
        ),
        "COMPARED": ("How many runs may be compared at once.", {"least": LEAST_RUNS, "most": MOST_RUNS}),
        "FOREIGN": (
            "Links of TensorFlow Playground: what they say, how what they hide ends, our name of one, and the longest.",
            {"names": list(NAMES), "hide": HIDE, "query": QUERY, "longest": LONGEST},
        ),
        "LONGEST_NAME": ("Of what a run is called, in characters.", LONGEST_NAME),
        "DRAWN": (
            "How drawn points are packed, how many there may be, and those that are there before anything is drawn.",
            {
                "version": drawn_points.VERSION,
                "digits": drawn_points.DIGITS,
                "reach": drawn_points.REACH,
                "steps": drawn_points.STEPS_A_UNIT,
                "classes": drawn_points.MOST_CLASSES,
                "most": drawn_points.MOST_POINTS,
                "least_classes": drawn_points.LEAST_CLASSES,
                "least_of_a_class": drawn_points.LEAST_OF_A_CLASS,
                "first": knobs.default("points"),
            },
        ),
        "VIEWS": ("The tabs beside the boundary, in their order.", tabs()),
    }


def in_words(feature: str) -> str:
    """A feature as it is written: ``x1sq`` is x₁²."""
    return re.sub(r"^sin", "sin ", feature).replace("sq", "²").translate(SUBSCRIPTS)


def tabs() -> list[dict[str, str]]:
    """The views that the runtime has, each with what its JavaScript module says of its tab.

    Raises
    ------
    FileNotFoundError
        When a view has no JavaScript module.
    """
    found = sorted(_tabs_in_any_order())
    return [{"name": name, "title": title, "hint": hint} for _, name, title, hint in found]


def _tabs_in_any_order() -> Iterator[tuple[int, str, str, str]]:
    for name in ViewOptions.known:
        path = static_files() / "stage" / "views" / f"{name}_view.js"
        match = _TAB.search(path.read_text(encoding="utf-8"))
        if match is None:
            raise ValueError(f"{path.name} must export a TAB with order, title and hint, on one line.")
        order, title, hint = match.groups()
        yield int(order), name, title, hint


def _literal(value: object) -> str:
    if isinstance(value, list) and value and isinstance(value[0], dict):
        return "[\n" + "".join(f"  {_literal(each)},\n" for each in value) + "]"
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{key}: {_literal(each)}" for key, each in value.items()) + " }"
    return json.dumps(value, ensure_ascii=False)


def knobs_js() -> str:
    """The text of the module of all knobs: what the page calls each, and the datasets that alone have it."""
    own = own_knobs()
    listed: list[dict[str, object]] = [
        {"name": name, "text": KNOBS[name].label, **({"of": sorted(datasets_with(name))} if name in own else {})}
        for name in knobs.PART_OF
        if name in KNOBS
    ]
    kind = "/** @type {{name: string, text: string, of?: string[]}[]} */"
    return "\n".join([MADE, "", kind, f"export const KNOBS = {_literal(listed)};", ""])


def generated() -> Mapping[Path, str]:
    """Each made file with its text."""
    web, room, sharing = static_files() / "web", static_files() / "room", static_files() / "stage" / "sharing"
    return {
        web / "facts.js": facts_js(),
        web / "messages.d.ts": declarations(),
        room / "messages.d.ts": room_declarations(),
        sharing / "knobs.js": knobs_js(),
    }


def main() -> None:
    """Write all made files."""
    for path, text in generated().items():
        path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()

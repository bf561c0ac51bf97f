"""Links that were pasted, one a line, as the runs that they open."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple
from urllib.parse import parse_qs

from playground.core import Experiment, from_tensorflow_playground, page_view
from playground.core.comparison import RUNS_KEY, checked_name, is_same, read_runs
from playground.core.comparison.links import NamedRuns
from playground.core.query import EDITED
from playground.core.tensorflow_playground import is_link
from playground.core.wall import COLUMNS, ROWS, SEEDS
from playground.core.words import quoted
from playground.ui.too_long import LONGEST_LINK

MOST_LINES = 100
LINK_RULE = "it must be a link of this playground, like ?dataset=xor&noise=0.2"
EDITED_RULE = "its weights were edited by hand. A link does not hold them, so it cannot be compared."
WALL_RULE = "it must be a link to one run, or to a comparison. Got one to a wall."


class Pasted(NamedTuple):
    """What came of some lines.

    Attributes
    ----------
    runs : experiments, each with its name, which is empty where the link has none
    refused : a sentence for each line that is no run
    left : those lines, as they were
    told : a sentence for each thing in the others that has no equal here
    """

    runs: NamedRuns
    refused: list[str]
    left: list[str]
    told: list[str]


def read_links(text: str, there: NamedRuns, room: int, host: str = "") -> Pasted:
    """The runs of pasted links, at most as many as there is `room` for, and none that is `there`.

    Never raises. Each bad line is named with its rule; the others stay.

    Parameters
    ----------
    host : of this page, as the browser calls it
    """
    runs: NamedRuns = []
    refused: list[str] = []
    left: list[str] = []
    told: list[str] = []
    lines = [(number, line.strip()) for number, line in enumerate(text.splitlines(), 1) if line.strip()]
    for number, line in lines[:MOST_LINES]:
        try:
            runs += _fitting(runs_of_link(line, host), [*there, *runs], room - len(runs))
            told += [f"Line {number}: {sentence}" for sentence in _told(line, host)]
        except ValueError as refusal:
            refused.append(f"Line {number}: {refusal}")
            left.append(line)
    if len(lines) > MOST_LINES:
        refused.append(f"At most {MOST_LINES} links are read at once. Got {len(lines)}.")
        left += [line for _number, line in lines[MOST_LINES:]]
    return Pasted(runs, refused, left, told)


def runs_of_link(link: str, host: str = "") -> NamedRuns:
    """The run that a link opens, or the runs of a comparison.

    Raises
    ------
    ValueError
        When it opens none, or something in it is refused; the message says the rule and what stood there.
    """
    if is_link(link, host):
        return [("", from_tensorflow_playground(link)[0])]
    query = page_view.without(_query(link))
    if query.keys() & EDITED.keys():
        raise ValueError(EDITED_RULE)
    if RUNS_KEY in query:
        runs, refused = read_runs(query)
    elif query.keys() & {ROWS, COLUMNS, SEEDS}:
        raise ValueError(WALL_RULE)
    else:
        experiment, refused = Experiment.from_query(query)
        runs = [("", experiment)]
    if refused:
        raise ValueError(refused[0])
    return runs


def _told(link: str, host: str) -> list[str]:
    """What a link of TensorFlow Playground says that has no equal here; our own links have nothing of the kind."""
    return from_tensorflow_playground(link)[1] if is_link(link, host) else []


def _query(link: str) -> Mapping[str, str | list[str]]:
    """What stands behind the question mark of a link; of an address without one nothing, which is the default run."""
    if len(link) > LONGEST_LINK:
        raise ValueError(f"a link must have at most {LONGEST_LINK} characters. Got {len(link)}.")
    address, mark, query = link.partition("#")[0].partition("?")
    if not mark and "=" in link.partition("#")[2]:  # settings of a page that is none of those that are known
        raise ValueError(f"{LINK_RULE}. Got {quoted(link)}.")
    if not mark and "=" in address and "/" not in address:
        query = address
    elif not mark and not address.startswith(("http://", "https://")):
        raise ValueError(f"{LINK_RULE}. Got {quoted(link)}.")
    return dict(parse_qs(query, keep_blank_values=True))


def _fitting(runs: NamedRuns, there: NamedRuns, room: int) -> NamedRuns:
    """The same, if there is room for them and none of them is there. Raises ValueError."""
    for _name, experiment in runs:
        for place, (_other, before) in enumerate(there, 1):
            if is_same(experiment, before):
                raise ValueError(f"it must differ from the other runs. Got the same as run {place}.")
    if len(runs) > room:
        raise ValueError(f"there must be room for it among the runs. Got {room} free.")
    return runs


def named(text: str) -> str:
    """A name that was typed; empty for the default one. Raises ValueError where it is none."""
    return checked_name(text) if text.strip() else ""

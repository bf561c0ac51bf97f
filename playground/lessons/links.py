"""The links in a lesson: an experiment, or a wall."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

from playground.core import page_view, words
from playground.core.experiment import Experiment
from playground.core.wall import NAMES, Wall
from playground.lessons.front_matter import Field
from playground.lessons.page_parts import PAGES

LONGEST_LINK = 8_000
EXAMPLE = "?dataset=xor&hidden=4"
MOST_SENTENCES = 5


def experiment(field: Field) -> Experiment:
    """The experiment that a link opens; each thing refused of it is a mistake."""
    query = _query(field)
    if axes := [name for name in NAMES if name in query]:
        field.refuse(f"A link with {' and '.join(axes)} is a wall: it must stand under wall.")
        return Experiment()
    found, refused = Experiment.from_query(query)
    _refuse(field, refused)
    return found


def wall(field: Field) -> Wall:
    """The wall that a link opens; each thing refused of it is a mistake."""
    query = _query(field)
    if not any(name in query for name in NAMES):
        field.refuse("wall must be a link with rows, columns or seeds. Got none of them.")
        return Wall()
    found, refused = Wall.from_query(query)
    _refuse(field, refused)
    return found


def _refuse(field: Field, refused: list[str]) -> None:
    for sentence in refused[:MOST_SENTENCES]:
        field.refuse(sentence)
    if len(refused) > MOST_SENTENCES:
        field.refuse(f"There are {len(refused) - MOST_SENTENCES} more mistakes in this link.")


def _query(field: Field) -> dict[str, str | list[str]]:
    """The query of a link, or of a whole address of this page, without what it says of the view."""
    text = field.plain(f"a link, like {EXAMPLE}")
    if not text:
        return {}
    if len(text) > LONGEST_LINK:
        field.refuse(f"A link must be at most {LONGEST_LINK:,} characters. Got {len(text):,}.")
        return {}
    before, mark, query = text.partition("?")
    if not mark or (before and not _is_of_the_page(before, field.mistakes.host)):
        rule = f"A link must be one of this page, and begin with ? as {EXAMPLE} does"
        leave_out = " Leave out what stands before the ?." if mark else ""
        field.refuse(f"{rule}. Got {words.quoted(text)}.{leave_out}")
        return {}
    texts = parse_qs(query.partition("#")[0], keep_blank_values=True, max_num_fields=None)
    return page_view.without({name: values for name, values in texts.items()})


def _is_of_the_page(text: str, host: str) -> bool:
    """Whether an address, or a path, is of the page that opens the lesson, as far as that is known.

    Without a host to compare, as on the command line, it is one if it ends as a page of ours does, wherever that is.
    """
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    if not parts.netloc:
        return not parts.scheme and text.startswith("/")
    if parts.scheme not in ("http", "https"):
        return False
    if host:
        return parts.netloc.lower() == host.lower()
    return parts.username is None and parts.path.rpartition("/")[2] in PAGES

"""An experiment as a file: its query and what no link holds, as text that opens again."""

from __future__ import annotations

import json

from playground.core import words
from playground.core.datasets._packed import MAX_PACKED
from playground.core.experiment import Experiment
from playground.core.kept_texts import is_name
from playground.core.tables import MAX_BYTES, TableError

VERSION = 1
NAME = "keras-playground-experiment"
MAX_SIZE = MAX_PACKED + 2**16
"""Bytes: a table and all knobs beside it."""
_MOST_KNOBS = 1000
_RULE = "An experiment file must be one that this page has saved"
assert MAX_SIZE < MAX_BYTES, "an experiment file goes where a table goes"


def save(experiment: Experiment) -> str:
    """The text of an experiment's file."""
    asked = experiment.to_query()
    whole = {name: getattr(experiment.data, name) for name, text in asked.items() if is_name(text)}
    return json.dumps({NAME: VERSION, "query": {**asked, **whole}}, ensure_ascii=False, indent=1) + "\n"


def looks_like_one(content: bytes) -> bool:
    """Whether this is an experiment file rather than a table."""
    return content[:200].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{") and NAME.encode() in content[:200]


def load(content: bytes) -> tuple[Experiment, list[str]]:
    """The experiment of a file, and a sentence for each field refused and left at its default.

    Raises
    ------
    TableError
        When it is no experiment file.
    """
    if len(content) > MAX_SIZE:
        raise TableError(f"An experiment file must have at most {MAX_SIZE:,} bytes. Got {len(content):,}.")
    try:
        found = json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise TableError(f"{_RULE}. Got one that is cut off or was changed.") from error
    if not isinstance(found, dict) or NAME not in found:
        raise TableError(f"{_RULE}. Got another kind of file.")
    if found[NAME] != VERSION or isinstance(found[NAME], bool):
        raise TableError(f"An experiment file must be of version {VERSION}. Got {words.quoted(found[NAME])}.")
    return Experiment.from_query(_query(found.get("query")))


def _query(found: object) -> dict[str, str]:
    if not isinstance(found, dict) or len(found) > _MOST_KNOBS:
        raise TableError(f"{_RULE}. Got one without a query.")
    for name, text in found.items():
        if not isinstance(text, str):
            got = f"{words.quoted(text)} for {words.quoted(name)}"
            raise TableError(f"Each knob of an experiment file must be a text. Got {got}.")
    return found

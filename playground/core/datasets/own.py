"""A visitor's own table."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Any

from numpy.random import Generator
from numpy.typing import NDArray
from pydantic import AfterValidator, Field

from playground.core.datasets import _tabular
from playground.core.datasets._counts import Points
from playground.core.datasets._packed import MAX_PACKED, MOST_IN_A_LINK, unpacked
from playground.core.datasets._record import Elsewhere, Given, OwnKnob, Record

if TYPE_CHECKING:
    from playground.core.parts import Data

NAME = "own"


def _whole(text: str) -> str:
    if text:
        unpacked(text)
    return text


TABLE: OwnKnob[str] = OwnKnob(
    "table",
    Annotated[str, AfterValidator(_whole)],
    Field(
        default="",
        json_schema_extra={
            "allowed": "a table as this page packs it",
            "longest": MAX_PACKED,
            "in_a_link": MOST_IN_A_LINK,
        },
    ),
    "Table",
    "The rows of your own table.",
    Elsewhere(),
)
NONE = Given(2, ("0", "1"))
"""What stands for a table that is not there."""


def given(data: Data) -> Given:
    """What the table decides."""
    text = TABLE.of(data)
    return unpacked(text).given if text else NONE


def rows(data: Data, counts: tuple[int, ...], rng: Generator) -> tuple[Points, NDArray[Any]]:
    """The rows of the table."""
    points = unpacked(TABLE.of(data))
    return points.X, points.y


def _rules(data: Data) -> Iterator[tuple[str, str]]:
    if not TABLE.of(data):
        yield "dataset", f"dataset={NAME} must come with its table: choose it, or open its experiment file. Got none."
        return
    yield from _tabular.rules(data)


RECORD = Record(
    name=NAME,
    label="Your own table",
    place=300,
    sample=rows,
    knobs=(TABLE, *_tabular.KNOBS),
    given=given,
    rules=_rules,
    tabular=True,
)

"""How a view is declared: its options, the message that it sends, and the function that makes it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple, TypeAlias, TypeVar, cast

from playground.runtime.protocol.packing import Arrays, Header
from playground.runtime.protocol.server import Array, Declared, ViewHeader
from playground.runtime.protocol.show import ViewOptions
from playground.runtime.views.snapshot import Snapshot

Looked: TypeAlias = tuple[Header, Arrays]
"""What a view adds to the header of its message, and the arrays."""
O = TypeVar("O", bound=ViewOptions)  # noqa: E741
Look: TypeAlias = Callable[[Snapshot, O], Looked]

FIGURE = Array("uint8", ("bytes",), optional=True)
"""A Plotly figure's JSON."""


class View(NamedTuple):
    """A view: how it is looked at, and the message it comes in."""

    look: Callable[[Snapshot, ViewOptions], Looked]
    message: Declared


VIEWS: dict[type[ViewOptions], View] = {}
"""Every view that comes in a message of its own, by its options."""


def answers(
    options: type[O], header: type = ViewHeader, arrays: Mapping[str, Array] | None = None
) -> Callable[[Look[O]], Look[O]]:
    """Make a function the answer to a page that shows a view with these options.

    Parameters
    ----------
    header : what the message's header is; a TypedDict that extends `ViewHeader`
    arrays : its arrays
    """

    def known(look: Look[O]) -> Look[O]:
        VIEWS[options] = View(cast(Callable[[Snapshot, ViewOptions], Looked], look), Declared(header, arrays or {}))
        return look

    return known


def has_message(options: ViewOptions | None) -> bool:
    """Whether a view comes as a message of its own; the network diagram comes with every frame."""
    return type(options) in VIEWS


def compute(snapshot: Snapshot, options: ViewOptions) -> Looked:
    """The view with these options."""
    return VIEWS[type(options)].look(snapshot, options)

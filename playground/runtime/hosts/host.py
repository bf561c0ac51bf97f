"""The contract of a host: a place where one worker runs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple, Protocol, TypeAlias

from playground.runtime.worker.messages import Answer, Order


class LastSeen(NamedTuple):
    """What a worker was doing when it ended: the job whose turn it was, and the key it was compiling; or nothing.

    `outside` when what ended it cannot have been its work: somebody killed it, or the system for want of memory, or it
    never began.
    """

    job: str = ""
    compiling: str = ""
    outside: bool = False


Receive: TypeAlias = Callable[[Sequence[Answer]], None]
Ended: TypeAlias = Callable[[LastSeen], None]


class Host(Protocol):
    """One worker, wherever it runs. `receive` and `ended`, given at its start, may be called from any thread."""

    def start(self, receive: Receive, ended: Ended) -> None:
        """Start the worker; returns at once. A worker that could not be started has ended."""

    def send(self, order: Order) -> None:
        """Queue an order; never blocks, and is ignored once the worker has ended."""

    def alive(self) -> bool:
        """Whether the worker has been started and has not ended."""

    def memory_bytes(self) -> int:
        """Memory that the worker takes; 0 when that is not known."""

    def end(self) -> None:
        """End the worker at once. To let it end by itself, send `Stop`."""


MakeHost: TypeAlias = Callable[[], Host]

"""Entry point of a worker process."""

from __future__ import annotations

import contextlib
import importlib
import os
from collections.abc import Sequence
from multiprocessing.connection import Connection
from typing import cast

from playground.runtime.engine import Engine
from playground.runtime.limits import Limits
from playground.runtime.worker.loop import Diary, Loop
from playground.runtime.worker.messages import Answer, Order
from playground.runtime.worker.orphans import die_with_parent


class PipeLine:
    """The server at the other end of a pipe."""

    def __init__(self, pipe: Connection) -> None:
        self._pipe = pipe

    def listen(self, seconds: float) -> Sequence[Order]:
        """The orders that are there, waited for as long."""
        orders: list[Order] = []
        while self._pipe.poll(0.0 if orders else seconds):
            orders += cast(Sequence[Order], self._pipe.recv())
        return orders

    def say(self, answers: Sequence[Answer]) -> None:
        """Send answers."""
        self._pipe.send(answers)


def main(pipe: Connection, engine_name: str, limits: Limits, diary: Diary) -> None:
    """Load the engine with this module name, then take turns until told to stop."""
    die_with_parent()
    engine = cast(Engine, importlib.import_module(engine_name))
    engine.configure_process()
    loop = Loop(PipeLine(pipe), engine, limits, diary)
    # These mean that the server has gone: nobody is left to train for.
    with contextlib.suppress(EOFError, BrokenPipeError, ConnectionResetError, KeyboardInterrupt):
        loop.serve()
    os._exit(0)  # TensorFlow's threads need no orderly end, and waiting for them can hang

"""Entry point of a worker process."""

from __future__ import annotations

import contextlib
import importlib
import os
import threading
from collections.abc import Sequence
from multiprocessing.connection import Connection
from multiprocessing.reduction import ForkingPickler
from typing import cast

from playground.runtime import logs
from playground.runtime.engine import Engine
from playground.runtime.limits import Limits
from playground.runtime.worker.guard import Diary
from playground.runtime.worker.heart import Heart
from playground.runtime.worker.loop import Loop
from playground.runtime.worker.messages import Answer, Order
from playground.runtime.worker.orphans import die_with_parent


class PipeLine:
    """The server at the other end of a pipe."""

    def __init__(self, pipe: Connection) -> None:
        self._pipe = pipe
        self._saying = threading.Lock()

    def listen(self, seconds: float) -> Sequence[Order]:
        """The orders that are there, waited for as long."""
        orders: list[Order] = []
        while self._pipe.poll(0.0 if orders else seconds):
            orders += cast(Sequence[Order], self._pipe.recv())
        return orders

    def say(self, answers: Sequence[Answer]) -> None:
        """Send answers; from any thread."""
        content = ForkingPickler.dumps(answers)  # not while others wait: it may take long, or fail
        with self._saying:
            self._pipe.send_bytes(content)


def main(pipe: Connection, engine_name: str, limits: Limits, diary: Diary) -> None:
    """Load the engine with this module name, then take turns until told to stop."""
    die_with_parent()
    logs.set_up()
    line = PipeLine(pipe)
    heart = Heart(line.say, diary)
    heart.start()
    engine = cast(Engine, importlib.import_module(engine_name))
    engine.configure_process()
    loop = Loop(line, engine, limits, heart)
    # These mean that the server has gone: nobody is left to train for.
    with contextlib.suppress(EOFError, BrokenPipeError, ConnectionResetError, KeyboardInterrupt):
        loop.serve()
    os._exit(0)  # TensorFlow's threads need no orderly end, and waiting for them can hang

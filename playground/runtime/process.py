"""A training process as the server sees it: started without importing TensorFlow here, talked to by threads."""

from __future__ import annotations

import contextlib
import logging
import multiprocessing
import sys
import threading
import types
from collections.abc import Callable, Iterator
from multiprocessing.context import BaseContext
from queue import SimpleQueue
from typing import Any

from playground.runtime import worker
from playground.runtime.blame import Blame
from playground.runtime.limits import Limits

log = logging.getLogger(__name__)


def process_context(engine_name: str) -> BaseContext:
    """How processes are made.

    On Linux a fork server imports TensorFlow once and every worker is forked from it: measured on 2 cores, a new
    worker costs 0.01 s and 100 MB of its own instead of 10 s and 600 MB with spawn. Forking a process that has
    TensorFlow loaded is only sound where no thread runs yet, as in a fork server; elsewhere workers are spawned.
    """
    if not sys.platform.startswith("linux"):
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([f"{engine_name}.preload", worker.__name__])
    return context


@contextlib.contextmanager
def _no_main_module() -> Iterator[None]:
    """Keep a new process from importing the server's own main module, which here is Streamlit's command line."""
    main = sys.modules["__main__"]
    blank = types.ModuleType("__main__")
    sys.modules["__main__"] = blank
    try:
        yield
    finally:
        if sys.modules["__main__"] is blank:
            sys.modules["__main__"] = main


class WorkerProcess:
    """One worker: starts in a thread, answers through `on_answer`, and ends with `on_end`.

    Both callbacks are called from the worker's own threads.
    """

    def __init__(
        self,
        context: BaseContext,
        engine_name: str,
        limits: Limits,
        on_answer: Callable[[WorkerProcess, tuple[Any, ...]], None],
        on_end: Callable[[WorkerProcess], None],
    ) -> None:
        self._context = context
        self._arguments = (engine_name, limits)
        self._on_answer = on_answer
        self._on_end = on_end
        self._commands: SimpleQueue[tuple[Any, ...] | None] = SimpleQueue()
        self._process: Any = None
        self._blame = Blame(context)
        threading.Thread(target=self._live, name="worker-reader", daemon=True).start()

    @property
    def pid(self) -> int | None:
        """Process id, once started."""
        return None if self._process is None else self._process.pid

    def send(self, name: str, *arguments: Any) -> None:
        """Queue a command; never blocks, and is ignored once the worker has ended."""
        self._commands.put((name, *arguments))

    @property
    def training(self) -> str:
        """The run whose turn it is, or was when the worker died; empty between turns."""
        return self._blame.training

    @property
    def compiling(self) -> str:
        """The key of the program being compiled, or that was when the worker died."""
        return self._blame.compiling

    def stop(self) -> None:
        """Ask the worker to end after what it is doing."""
        self.send("stop")

    def kill(self) -> None:
        """End the worker at once."""
        if self._process is not None:
            self._process.kill()

    def _live(self) -> None:
        try:
            pipe, far_end = self._context.Pipe()
            with _no_main_module():
                process = self._context.Process(  # type: ignore[attr-defined]
                    target=worker.main,
                    args=(far_end, *self._arguments, self._blame),
                    daemon=True,
                    name="playground-worker",
                )
                process.start()
            self._process = process
            far_end.close()
            threading.Thread(target=self._write, args=(pipe,), name="worker-writer", daemon=True).start()
            while True:
                self._on_answer(self, pipe.recv())
        except (EOFError, OSError):
            pass
        except Exception:
            log.exception("A training process could not be run")
        finally:
            self._commands.put(None)
            self._on_end(self)

    def _write(self, pipe: Any) -> None:
        with contextlib.suppress(OSError):
            while (command := self._commands.get()) is not None:
                pipe.send(command)

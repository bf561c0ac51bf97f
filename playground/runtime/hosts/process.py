"""A worker in a process of this machine: started without importing TensorFlow here, talked to by threads."""

from __future__ import annotations

import contextlib
import logging
import multiprocessing
import os
import signal
import sys
import threading
import types
from collections.abc import Iterator
from multiprocessing import forkserver
from multiprocessing.connection import Connection
from multiprocessing.context import BaseContext
from multiprocessing.process import BaseProcess
from queue import Empty, SimpleQueue

from playground.runtime.hosts.blame import Blame
from playground.runtime.hosts.host import Ended, LastSeen, Receive
from playground.runtime.hosts.starter import starter
from playground.runtime.limits import Limits
from playground.runtime.memory import bytes_of
from playground.runtime.worker import main
from playground.runtime.worker.messages import Order

FORK_SERVER = "playground.runtime.hosts.fork_server"
LOADED_FILES = "playground.runtime.hosts.loaded_files"
EXIT_SECONDS = 5.0
"""How long a process whose pipe is closed is waited for, to learn how it ended."""
FORK_SERVER_GONE = 255
"""What Python says of a process whose end nobody saw."""
FROM_OUTSIDE = (
    {None, 0, FORK_SERVER_GONE}
    | {-signal.SIGTERM, -signal.SIGINT}
    | {-getattr(signal, name) for name in ("SIGKILL", "SIGHUP", "SIGQUIT", "SIGXCPU") if hasattr(signal, name)}
)
"""Exit codes that a process does not come to by its own work; a full memory is a SIGKILL."""

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
    context.set_forkserver_preload([FORK_SERVER, f"{engine_name}.preload", main.__name__, LOADED_FILES])
    return context


def load_ahead(context: BaseContext) -> None:
    """Let the fork server load TensorFlow while the web server is still starting; where there is none, do nothing."""
    if context.get_start_method() == "forkserver":
        starter().call(forkserver.ensure_running)


def end_fork_server() -> None:
    """End the fork server if there is one; the next start makes another."""
    pid = getattr(getattr(forkserver, "_forkserver", None), "_forkserver_pid", None)
    if pid is not None:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)


@contextlib.contextmanager
def _no_main_module() -> Iterator[None]:
    """Keep a new process from importing the server's own main module, which here is Streamlit's command line."""
    kept = sys.modules["__main__"]
    blank = types.ModuleType("__main__")
    sys.modules["__main__"] = blank
    try:
        yield
    finally:
        if sys.modules["__main__"] is blank:
            sys.modules["__main__"] = kept


class WorkerProcess:
    """A `Host`: one process of this machine, heard from a thread here."""

    def __init__(self, context: BaseContext, engine_name: str, limits: Limits) -> None:
        self._context = context
        self._arguments = (engine_name, limits)
        self._orders: SimpleQueue[Order | None] = SimpleQueue()
        self._process: BaseProcess | None = None
        self._unwanted = self._starts = False
        self._blame = Blame(context)

    def start(self, receive: Receive, ended: Ended) -> None:
        """Start the process. Both callbacks are called from its own thread here."""
        threading.Thread(target=self._live, args=(receive, ended), name="worker-reader", daemon=True).start()

    @property
    def pid(self) -> int | None:
        """Process id, once started."""
        return None if self._process is None else self._process.pid

    def alive(self) -> bool:
        """Whether the process runs."""
        return self._process is not None and self._process.is_alive()

    def send(self, order: Order) -> None:
        """Queue an order; never blocks, and is ignored once the process has ended."""
        self._orders.put(order)

    def memory_bytes(self) -> int:
        """Memory of the process, of pages that it shares with others its part."""
        return bytes_of(self.pid) if self.pid is not None else 0

    def end(self) -> None:
        """End the process at once."""
        self._unwanted = True
        if self._process is not None:
            self._process.kill()
        elif self._starts:
            end_fork_server()  # which does not answer, so that no worker could ever be started

    def _live(self, receive: Receive, ended: Ended) -> None:
        pipe: Connection | None = None
        try:
            pipe = starter().call(self._start)
            threading.Thread(target=self._write, args=(pipe,), name="worker-writer", daemon=True).start()
            while True:
                receive(pipe.recv())
        except (EOFError, OSError):
            pass
        except Exception:
            log.exception("A training process could not be run")
        finally:
            self._orders.put(None)
            if pipe is not None:
                pipe.close()
            ended(self._last_seen())

    def _last_seen(self) -> LastSeen:
        """What the process did last, and whether its end came from outside."""
        if self._process is None:
            return LastSeen(outside=True)
        self._process.join(EXIT_SECONDS)
        return self._blame.last_seen()._replace(outside=self._process.exitcode in FROM_OUTSIDE)

    def _start(self) -> Connection:
        self._starts = True
        pipe, far_end = self._context.Pipe()
        with far_end, _no_main_module():
            process: BaseProcess = self._context.Process(  # type: ignore[attr-defined]
                target=main.main,
                args=(far_end, *self._arguments, self._blame),
                daemon=True,
                name="playground-worker",
            )
            process.start()
        self._process = process
        if self._unwanted:
            process.kill()
        return pipe

    def _write(self, pipe: Connection) -> None:
        """Send what is queued, all that is there at once."""
        with contextlib.suppress(OSError, TypeError):  # the latter of a pipe that is closed while it sends
            while (order := self._orders.get()) is not None:
                orders = [order]
                with contextlib.suppress(Empty):
                    while (order := self._orders.get_nowait()) is not None:
                        orders.append(order)
                pipe.send(orders)
                if order is None:
                    return

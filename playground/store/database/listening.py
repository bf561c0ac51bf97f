"""Hearing what other servers have changed: LISTEN upon a connection and in a thread of its own."""

from __future__ import annotations

import contextlib
import logging
import threading
import time
from collections.abc import Mapping
from typing import Any

import psycopg

from playground.store.database.hurried import HurriedConnection
from playground.store.rooms import EVERY_CODE, Heard

CHANNEL = "playground_rooms"
LOOK_SECONDS = 0.5
"""How often it looks whether it is to end."""
QUIET_SECONDS = 5.0
"""After which it asks whether the server is still there."""
SHORTEST_PAUSE, LONGEST_PAUSE = 0.25, 4.0  # seconds between two tries to connect

log = logging.getLogger(__name__)


class Listener:
    """Hears of the changes of all but `me`. Begins with the first who listens.

    Parameters
    ----------
    parameters : psycopg's, to connect with
    """

    def __init__(self, parameters: Mapping[str, Any], me: str) -> None:
        self._parameters, self._me = parameters, me
        self._hearing: list[Heard] = []
        self._ending, self._tried = threading.Event(), threading.Event()
        self._thread = threading.Thread(target=self._run, name="rooms of other servers", daemon=True)

    def listen(self, heard: Heard) -> None:
        """Whatever changes after this has returned is heard; or "every code", when it could not connect at once."""
        self._hearing.append(heard)
        if not self._thread.is_alive() and not self._ending.is_set():
            self._thread.start()
        self._tried.wait()

    def close(self) -> None:
        """Hear nothing more."""
        self._ending.set()
        if self._thread.is_alive() and self._thread is not threading.current_thread():
            self._thread.join()

    def _run(self) -> None:
        pause = SHORTEST_PAUSE
        while not self._ending.is_set():
            try:
                with HurriedConnection.connect(**self._parameters, autocommit=True) as connection:
                    connection.execute(f"LISTEN {CHANNEL}")
                    if self._tried.is_set():
                        log.info("Changes of rooms by other servers are heard again")
                        self._say(EVERY_CODE, "room")
                    self._tried.set()
                    pause = SHORTEST_PAUSE
                    self._hear(connection)
            except psycopg.Error as problem:
                if not self._tried.is_set() or pause == SHORTEST_PAUSE:
                    log.warning("Changes of rooms by other servers are not heard: %s", str(problem).partition("\n")[0])
                self._tried.set()
                self._ending.wait(pause)
                pause = min(2 * pause, LONGEST_PAUSE)

    def _hear(self, connection: HurriedConnection) -> None:
        asked = time.monotonic()
        while not self._ending.is_set():
            if time.monotonic() - asked > QUIET_SECONDS:
                connection.execute("SELECT 1")
                asked = time.monotonic()
            for notice in connection.notifies(timeout=LOOK_SECONDS):
                with contextlib.suppress(ValueError):  # who else may notify may say anything
                    who, part, code = notice.payload.split(" ")
                    if who != self._me:
                        self._say(code, part)

    def _say(self, code: str, part: str) -> None:
        for heard in self._hearing:
            try:
                heard(code, part)
            except Exception:
                log.exception("A change of room %s was not taken in", code)

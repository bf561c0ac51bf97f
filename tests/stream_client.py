"""One page without a browser, step by step: it runs its script over Streamlit's own WebSocket."""

from __future__ import annotations

import contextlib
import json
from types import TracebackType
from typing import Any

from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect
from websockets.typing import Subprotocol

from tests.script_session import Answer, ScriptSession
from tests.served_app import PATIENCE, ServedApp


class Visitor:
    """A page that runs its script and hears what it says."""

    def __init__(self, app: ServedApp) -> None:
        self._url = app.base.replace("http", "ws") + "_stcore/stream"
        self._session = ScriptSession()
        self.connect()

    @property
    def token(self) -> str:
        """The run on the stage."""
        return self._session.token

    def connect(self) -> None:
        """Connect; once it has been there, to its session."""
        named = [Subprotocol(each) for each in ("streamlit", "no-token", self._session.id) if each]
        connection = connect(self._url, subprotocols=named, max_size=None, ping_interval=None)
        self._socket = connection.__enter__()  # it is used from one method to the next

    def __enter__(self) -> Visitor:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._socket.close()

    def run(self, query: str = "", *widgets: WidgetState) -> Answer:
        """Run the script with this query and these changed widgets, and wait for its end."""
        self._socket.send(self._session.request(query, *widgets))
        answer = Answer()
        while not self._session.understand(self._receive(), answer):
            pass
        return answer

    def change_on_the_stage(self, **change: Any) -> tuple[WidgetState, WidgetState]:
        """What the stage's component says when something is changed on it: its state, which is empty, and the event."""
        stage = self._session.stage
        events = json.dumps([{"event": "network", "value": change}])
        event = WidgetState(id=f"$$STREAMLIT_INTERNAL_KEY_{stage}__events", json_trigger_value=events)
        return WidgetState(id=stage, json_value="{}"), event

    def say_until_cut_off(self, query: str = "", *widgets: WidgetState) -> None:
        """Ask for a run of the script for which the server ends the connection, perhaps while it is still asked."""
        with contextlib.suppress(ConnectionClosed):
            self._socket.send(self._session.request(query, *widgets))
            while True:
                self._receive()

    def _receive(self) -> bytes:
        return bytes(self._socket.recv(timeout=PATIENCE, decode=False))

"""A browser's side of Streamlit's own WebSocket: runs of the page's script, asked for in its protobuf."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect
from websockets.typing import Subprotocol

from tests.served_app import PATIENCE, ServedApp


@dataclass
class Answer:
    """What one run of the script said."""

    texts: list[str] = field(default_factory=list)
    query: str | None = None
    """The address that the page was given, if it was given one."""


class Visitor:
    """A page that runs its script and hears what it says."""

    def __init__(self, app: ServedApp) -> None:
        self._url = app.base.replace("http", "ws") + "_stcore/stream"
        self.session = ""
        self._page = ""
        self.stage = ""
        """Streamlit's name for the stage's component."""
        self.token = ""
        """The run on the stage."""
        self.connect()

    def connect(self) -> None:
        """Connect; once it has been there, to its session."""
        named = [Subprotocol(each) for each in ("streamlit", "no-token", self.session) if each]
        connection = connect(self._url, subprotocols=named, max_size=None, ping_interval=None)
        self._socket = connection.__enter__()  # it is used from one method to the next

    def __enter__(self) -> Visitor:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._socket.close()

    def run(self, query: str = "", *widgets: WidgetState) -> Answer:
        """Run the script with this query and these changed widgets, and wait for its end."""
        self.say(query, *widgets)
        return self.hear()

    def say(self, query: str = "", *widgets: WidgetState) -> None:
        """Ask for a run of the script."""
        message = BackMsg()
        message.rerun_script.query_string = query
        message.rerun_script.page_script_hash = self._page
        message.rerun_script.widget_states.widgets.extend(widgets)
        self._socket.send(message.SerializeToString())

    def change_on_the_stage(self, **change: Any) -> tuple[WidgetState, WidgetState]:
        """What the stage's component says when something is changed on it: its state, which is empty, and the event."""
        events = json.dumps([{"event": "network", "value": change}])
        event = WidgetState(id=f"$$STREAMLIT_INTERNAL_KEY_{self.stage}__events", json_trigger_value=events)
        return WidgetState(id=self.stage, json_value="{}"), event

    def hear(self) -> Answer:
        """What a run of the script says up to its end."""
        answer = Answer()
        for message in self._messages():
            kind = message.WhichOneof("type")
            if kind == "script_finished" and message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN:
                break
            if kind == "new_session":
                self.session = message.new_session.initialize.session_id
                self._page = message.new_session.page_script_hash
            if kind == "page_info_changed":
                answer.query = message.page_info_changed.query_string
            if kind == "delta" and message.delta.WhichOneof("type") == "new_element":
                self._see(message.delta.new_element, answer)
        return answer

    def say_until_cut_off(self, query: str = "", *widgets: WidgetState) -> None:
        """Ask for a run of the script for which the server ends the connection, perhaps while it is still asked."""
        with contextlib.suppress(ConnectionClosed):
            self.say(query, *widgets)
            for _ in self._messages():
                pass

    def _messages(self) -> Iterator[ForwardMsg]:
        while True:
            yield ForwardMsg.FromString(bytes(self._socket.recv(timeout=PATIENCE, decode=False)))

    def _see(self, element: Any, answer: Answer) -> None:
        kind = element.WhichOneof("type")
        if kind == "text":
            answer.texts.append(element.text.body)
        if kind == "bidi_component":
            self.stage = element.bidi_component.id
            self.token = str(json.loads(element.bidi_component.json).get("token", ""))

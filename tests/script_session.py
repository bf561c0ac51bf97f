"""A page's side of a Streamlit session, without a connection: what it asks in protobuf, and what it understands.

Those who connect are `tests.stream_client`, one page step by step, and `tests.visitors`, hundreds of them at once.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState


@dataclass
class Answer:
    """What one run of the script said."""

    texts: list[str] = field(default_factory=list)
    alerts: list[str] = field(default_factory=list)
    query: str | None = None
    """The address that the page was given, if it was given one."""


class ScriptSession:
    """What a page knows of its session.

    Attributes
    ----------
    id : by which the server knows the session again
    stage : Streamlit's name for the stage's component
    token : of the run on the stage; empty where the script has shown none
    """

    def __init__(self) -> None:
        self.id = self.stage = self.token = ""
        self._page = ""

    def request(self, query: str = "", *widgets: WidgetState) -> bytes:
        """The message that asks for a run of the script with this query and these changed widgets."""
        message = BackMsg()
        message.rerun_script.query_string = query
        message.rerun_script.page_script_hash = self._page
        message.rerun_script.widget_states.widgets.extend(widgets)
        return message.SerializeToString()

    def understand(self, received: bytes, answer: Answer) -> bool:
        """Take in a message of a run of the script; whether that has come to its end."""
        message = ForwardMsg.FromString(received)
        kind = message.WhichOneof("type")
        if kind == "new_session":
            self.id = message.new_session.initialize.session_id
            self._page = message.new_session.page_script_hash
        if kind == "page_info_changed":
            answer.query = message.page_info_changed.query_string
        if kind == "delta" and message.delta.WhichOneof("type") == "new_element":
            self._see(message.delta.new_element, answer)
        return kind == "script_finished" and message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN

    def _see(self, element: Any, answer: Answer) -> None:
        match element.WhichOneof("type"):
            case "text":
                answer.texts.append(element.text.body)
            case "alert":
                answer.alerts.append(element.alert.body)
            case "bidi_component":
                token = json.loads(element.bidi_component.json).get("token")
                if token is not None:  # other components have no run
                    self.stage, self.token = element.bidi_component.id, str(token)

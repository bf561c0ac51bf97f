"""What of a browser's messages is read: looked at by length first."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState

from playground.ui.entry import Refused, StreamReader, entry_rules
from playground.ui.too_long import LONGEST_LINK, LONGEST_MESSAGE
from tests.ui.conftest import Page


def rerun(query: str = "", widget: str = "") -> bytes:
    """The wish for a run of the script."""
    message = BackMsg()
    message.rerun_script.query_string = query
    message.rerun_script.widget_states.widgets.append(WidgetState(id="knob", string_value=widget))
    return message.SerializeToString()


def query_of(message: bytes | None) -> str:
    assert message is not None
    return str(BackMsg.FromString(message).rerun_script.query_string)


def greeting(session: str) -> bytes:
    """What Streamlit says first."""
    message = ForwardMsg()
    message.new_session.initialize.session_id = session
    return message.SerializeToString()


@given(st.text(max_size=2000), st.text(max_size=5000))
def test_an_ordinary_message_is_read_as_it_is(query: str, widget: str) -> None:
    message = rerun(query, widget)
    assert StreamReader(Refused()).read(message) == message


@given(st.binary(max_size=300))
def test_bytes_of_any_kind_are_left_to_streamlit(message: bytes) -> None:
    assert query_of(StreamReader(Refused()).read(rerun("noise=0.1"))) == "noise=0.1"
    assert StreamReader(Refused()).read(message) is not None


@given(st.integers(1, 40), st.sampled_from(["a", "&", "é", "😀"]))
def test_a_link_is_read_up_to_its_longest_length_in_bytes(more: int, letter: str) -> None:
    most = letter * (LONGEST_LINK // len(letter.encode()))
    assert query_of(StreamReader(Refused()).read(rerun(most))) == most
    length = len(most.encode()) + more * len(letter.encode())
    assert query_of(StreamReader(Refused()).read(rerun(most + letter * more))) == f"link_bytes={length}"


def test_what_widgets_say_beside_a_long_link_is_read() -> None:
    read = StreamReader(Refused()).read(rerun("a" * 10_000, "0.5"))
    assert read is not None
    (widget,) = BackMsg.FromString(read).rerun_script.widget_states.widgets
    assert widget.string_value == "0.5"


@given(st.integers(LONGEST_MESSAGE + 1, 3 * LONGEST_MESSAGE))
def test_a_message_that_is_too_long_is_told_to_the_page_once_it_is_back(length: int) -> None:
    refused = Refused()
    before = StreamReader(refused)
    before.sent(greeting("mine"))
    assert before.read(b"x" * length) is None
    back, other = StreamReader(refused, "mine"), StreamReader(refused, "other")
    assert query_of(other.read(rerun("noise=0.1"))) == "noise=0.1"
    assert query_of(back.read(rerun("noise=0.1"))) == f"message_bytes={length}"
    assert query_of(back.read(rerun("noise=0.1"))) == "noise=0.1"


def test_a_message_that_was_not_even_received_is_told_with_its_length() -> None:
    refused = Refused()
    StreamReader(refused, "mine").cut_off("frame with 18000193 bytes exceeds limit of 2000000 bytes")
    assert query_of(StreamReader(refused, "mine").read(rerun())) == "message_bytes=18000193"


def test_only_so_many_refusals_are_remembered() -> None:
    refused = Refused()
    for index in range(1001):
        refused.note(f"session-{index}", index)
    assert refused.take("session-0") is None
    assert refused.take("session-1000") == 1000


@pytest.mark.parametrize(
    ("protocols", "known"),
    [("streamlit, token, mine", True), ("streamlit, token", False), ("", False), (",,,,", False)],
)
def test_a_page_that_comes_back_is_known_by_its_session(protocols: str, known: bool) -> None:
    rules = entry_rules()
    first = rules.new_reader("streamlit, token")
    first.sent(greeting("mine"))
    assert first.read(b"x" * (LONGEST_MESSAGE + 1)) is None
    query = query_of(rules.new_reader(protocols).read(rerun("noise=0.1")))
    assert (query == f"message_bytes={LONGEST_MESSAGE + 1}") is known


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("message_bytes", "A message of the page must have at most 65536 bytes. Got 18000193."),
        ("link_bytes", "The query of a link must have at most 8192 bytes. Got 18000193."),
    ],
)
def test_what_was_too_long_is_said_and_the_experiment_stays(page: Page, name: str, sentence: str) -> None:
    page.visit({"noise": "0.1"})
    token = page.token
    page.visit({name: "18000193"})
    assert page.notices == sentence
    assert page.query == {"noise": "0.1"}
    assert page.token == token


@pytest.mark.parametrize("length", ["", "a", "-1", "1" * 20, "१२"])
def test_a_length_that_is_none_is_a_knob_that_does_not_exist(page: Page, length: str) -> None:
    page.visit({"noise": "0.1"}).visit({"link_bytes": length})
    assert page.query == {}
    assert "There is no knob called 'link_bytes'." in page.notices

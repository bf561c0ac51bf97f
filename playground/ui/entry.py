"""What of a browser's messages Streamlit may read: none that is too long.

Streamlit takes messages of many megabytes, and a page's script reads what is in them. A message that is too long ends
its connection unread. The page comes back by itself, to its session and its run, and the query of its first message
then gives way to one that says how long it was. So does a link that is too long. The page's script says that in a
notice, and everything stays as it was.
"""

from __future__ import annotations

import re
from collections import OrderedDict

import streamlit as st
from google.protobuf.message import DecodeError
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from playground.runtime.server.entrance import EntryRules
from playground.ui.origin import may_connect
from playground.ui.too_long import LINK_BYTES, LONGEST_LINK, LONGEST_MESSAGE, MESSAGE_BYTES

_MOST_REMEMBERED = 1000
_LENGTH = re.compile(r"frame with (\d+) bytes")


def entry_rules() -> EntryRules:
    """The rules for what comes in through Streamlit."""
    base = str(st.get_option("server.baseUrlPath") or "").strip("/")
    core, refused = f"/{base}/_stcore" if base else "/_stcore", Refused()
    return EntryRules(
        stream_path=f"{core}/stream",
        may_connect=may_connect,
        new_reader=lambda protocols: StreamReader(refused, _session_of(protocols)),
        longest_query=LONGEST_LINK,
        instead_of_query=lambda length: f"{LINK_BYTES}={length}",
        closed=frozenset({f"{core}/metrics"}),  # Streamlit's figures, which cost it time; the host's own are elsewhere
    )


class Refused:
    """Lengths of messages refused, by session, until its page comes back; of the newest sessions only."""

    def __init__(self) -> None:
        self._lengths: OrderedDict[str, int] = OrderedDict()

    def note(self, session: str, length: int) -> None:
        """Remember a refusal."""
        self._lengths[session] = length
        if len(self._lengths) > _MOST_REMEMBERED:
            self._lengths.popitem(last=False)

    def take(self, session: str) -> int | None:
        """The length that is to be told to a session, once."""
        return self._lengths.pop(session, None)


class StreamReader:
    """Reads the messages of one connection; `session` is empty until Streamlit has told the page its name."""

    def __init__(self, refused: Refused, session: str = "") -> None:
        self._refused = refused
        self._session = session

    def read(self, message: bytes) -> bytes | None:
        """The message, with a short query for one that is too long; None for a message that is too long itself."""
        if len(message) > LONGEST_MESSAGE:
            self._refused.note(self._session, len(message))
            return None
        try:
            said = BackMsg.FromString(message)
        except DecodeError:
            return message  # for Streamlit to refuse
        if said.WhichOneof("type") != "rerun_script":
            return message
        query = self._query_instead(said.rerun_script.query_string)
        if query is None:
            return message
        said.rerun_script.query_string = query
        return bytes(said.SerializeToString())

    def sent(self, message: bytes) -> None:
        """Learn the session's name, which Streamlit tells each page before anything else."""
        if not self._session:
            self._session = ForwardMsg.FromString(message).new_session.initialize.session_id

    def cut_off(self, reason: str) -> None:
        """Note a message that was so long that the server did not even receive it."""
        if length := _LENGTH.search(reason):
            self._refused.note(self._session, int(length[1]))

    def _query_instead(self, query: str) -> str | None:
        length = self._refused.take(self._session)
        if length is not None:
            return f"{MESSAGE_BYTES}={length}"
        length = len(query.encode())
        return f"{LINK_BYTES}={length}" if length > LONGEST_LINK else None


def _session_of(protocols: str) -> str:
    """The session that a page comes back to; the browser's part of Streamlit names it third among its subprotocols."""
    _, _, session = (*(each.strip() for each in protocols.split(",", 2)), "", "", "")[:3]
    return session

"""What a page has said and its job has not heard yet, because the job is not there or rests."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from playground.runtime.protocol import page

MOST = 40
"""Older messages give way: nobody clicks so often while a network is being built."""
SUBJECTS: Mapping[type[page.PageMessage], str] = {
    page.Probe: "probe",
    page.VisiblePlane: "plane",
    page.Show: "show",
    page.Viewed: "viewed",
    page.Focus: "focus",
    page.Unfocus: "focus",
}
"""Of messages on one of these subjects the newest alone counts."""


class Inbox:
    """Messages in the order in which they were said."""

    def __init__(self) -> None:
        self._messages: list[page.PageMessage] = []

    def __bool__(self) -> bool:
        return bool(self._messages)

    def __iter__(self) -> Iterator[page.PageMessage]:
        return iter(self._messages)

    def add(self, message: page.PageMessage) -> None:
        """Keep a message."""
        subject = SUBJECTS.get(type(message))
        if subject is not None:
            self._messages = [each for each in self._messages if SUBJECTS.get(type(each)) != subject]
        self._messages = [*self._messages[-MOST + 1 :], message]

    @property
    def oldest(self) -> page.PageMessage:
        """The message whose turn it is."""
        return self._messages[0]

    def strike_oldest(self) -> None:
        """It has been heard."""
        del self._messages[0]

"""What is taken away of a run: what a page may ask for, and the messages in which it comes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from pydantic import Field, with_config
from typing_extensions import NotRequired, TypedDict

from playground.runtime.protocol.message import Message
from playground.runtime.protocol.server import EXACTLY, Array, Declared

PART_BYTES = 256 * 1024
"""A file comes in parts of so many bytes, so that frames find their way between them."""


SCHEMES = ("http://", "https://")
"""Of a page's link."""
LONGEST_SCANNED = 2000
"""Of a link that a file shows as a QR code, in characters: of more nobody's camera makes anything."""
LONGEST_SAID = 3500
"""Of a link that a page says; its message has to stay below the longest one."""


class Export(Message):
    """A file of the run at the epoch shown is wanted; one that is still being made is not wanted any more.

    `link` is that of the page, where the file holds it: only the page knows where it is served.
    """

    type: Literal["export"] = "export"
    what: str = Field(max_length=40)
    link: str = Field(default="", max_length=LONGEST_SAID)


class CancelExport(Message):
    """No file is wanted any more."""

    type: Literal["cancel_export"] = "cancel_export"


@with_config(EXACTLY)
class Exported(TypedDict):
    """How far a file is: the share made, in [0, 1], then its parts, the last one with `last`; or why there is none."""

    type: Literal["export"]
    what: str
    share: float
    file: NotRequired[str]
    mime: NotRequired[str]
    last: NotRequired[bool]
    refusal: NotRequired[str]


EXPORT_MESSAGES: Mapping[str, Declared] = {
    "export": Declared(Exported, {"content": Array("uint8", ("bytes",), optional=True)}),
}

"""What a page says of the live channel where that goes through Streamlit's own connection.

Streamlit may lose what is said to it while a script runs, and shows a component only the newest of what it is told. So
both ends number what they say to a channel, say it again until it was heard, and pass over what they have heard before.
"""

from __future__ import annotations

from typing import Annotated, TypeAlias

from pydantic import Field

from playground.runtime.protocol.message import Message

MOST_CHANNELS = 4
"""Of one page: its run's, that of a rate finder, and those that it is about to leave."""
MOST_TEXTS = 256
LONGEST_NAME = 64

Name: TypeAlias = Annotated[str, Field(min_length=1, max_length=LONGEST_NAME)]


class ChannelSaid(Message):
    """What a page has said to one channel, and heard of it.

    Attributes
    ----------
    token : the run's
    first : number of the first of `texts`, from 0
    texts : messages of `protocol.page` as JSON that the server may not have heard yet
    heard : how many messages of the server the page has heard
    ended : whether the page has left it
    """

    token: Name
    first: int = Field(ge=0)
    texts: tuple[str, ...] = Field(default=(), max_length=MOST_TEXTS)
    heard: int = Field(ge=0)
    ended: bool = False


class Exchange(Message):
    """One turn of a page: what it has said to each of its channels, which it names itself."""

    number: int = Field(ge=0)
    channels: dict[Name, ChannelSaid] = Field(max_length=MOST_CHANNELS)

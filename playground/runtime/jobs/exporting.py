"""A file on its way to a page: made slice by slice between the turns of others, and sent in parts."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import numpy as np

from playground.core.errors import Refused
from playground.runtime import exports as _exports  # noqa: F401  declares all files
from playground.runtime.exports.export import EXPORTS, MOST_BYTES, TOO_LARGE, Made, Making, Origin
from playground.runtime.jobs.outside import is_from_outside
from playground.runtime.protocol.exporting import PART_BYTES, Exported
from playground.runtime.protocol.packing import pack

NEWS_SECONDS = 0.2
"""How far it is, is said no more often."""
MOST_SECONDS = 60.0
"""Of work on one file."""
TOO_LONG = f"This file would take more than {MOST_SECONDS:.0f} s of this server's time. A run of fewer epochs has one."
FAULTY = "This file could not be made. The training goes on as before."
OF_ONE = "{what!r} is of one network: open one of these in Play, and take it away there. Of all together: {all}."
NONE_SUCH = "{what!r} cannot be taken away. What can: {all}."

log = logging.getLogger(__name__)


class Exporting:
    """One file.

    Parameters
    ----------
    source : called once, with the first slice
    makes : what makes each file of such a source
    """

    def __init__(
        self,
        what: str,
        source: Callable[[], Origin],
        clock: Callable[[], float],
        makes: Mapping[str, Callable[[Any], Making]] = EXPORTS,
    ) -> None:
        self._what, self._clock, self._makes = what, clock, makes
        self._messages = self._make(source)

    def go_on(self) -> list[bytes] | None:
        """One slice of work, and what is to be sent of it; None when all is sent."""
        message = next(self._messages, None)
        if message is None:
            return None
        return [message] if message else []

    def _make(self, source: Callable[[], Origin]) -> Iterator[bytes]:
        if self._what not in self._makes:
            rule = OF_ONE if self._what in EXPORTS else NONE_SUCH
            yield self._refuse(rule.format(what=self._what, all=", ".join(self._makes)))
            return
        try:
            found = source()
        except Refused as refusal:
            yield self._refuse(str(refusal))
            return
        try:
            yield from self._made(self._makes[self._what](found))
        except Refused as refusal:
            yield self._refuse(str(refusal))
        except Exception as fault:
            if is_from_outside(fault, found.engine):
                raise
            log.exception("%s could not be made of %s", self._what, found.link)
            yield self._refuse(FAULTY)

    def _made(self, making: Making) -> Iterator[bytes]:
        spent, told = 0.0, self._clock()
        yield self._news(0.0)
        while True:
            began = self._clock()
            try:
                share = next(making)
            except StopIteration as end:
                made: Made = end.value
                break
            spent += self._clock() - began
            if spent > MOST_SECONDS:
                raise Refused(TOO_LONG)
            is_news = self._clock() - told >= NEWS_SECONDS
            told = self._clock() if is_news else told
            yield self._news(share) if is_news else b""
        if len(made.content) > MOST_BYTES:
            raise Refused(TOO_LARGE)
        yield from self._parts(made)

    def _parts(self, made: Made) -> Iterator[bytes]:
        content, file, mime = made
        starts = range(0, max(len(content), 1), PART_BYTES)
        for start in starts:
            part = np.frombuffer(content[start : start + PART_BYTES], np.uint8)
            last = start == starts[-1]
            header = Exported(type="export", what=self._what, share=1.0, file=file, mime=mime, last=last)
            yield pack(header, {"content": part})

    def _news(self, share: float) -> bytes:
        return pack(Exported(type="export", what=self._what, share=min(max(share, 0.0), 1.0)))

    def _refuse(self, sentence: str) -> bytes:
        return pack(Exported(type="export", what=self._what, share=0.0, refusal=sentence))

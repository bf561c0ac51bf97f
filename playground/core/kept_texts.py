"""Texts that are too long for a link, kept in this process under the short name by which a link speaks of them.

So whatever passes by way of a query on a server, and a page that is loaded anew, has them for as long as the server
remembers. Elsewhere such a link is without them, and says so.
"""

from __future__ import annotations

import hashlib
import re
import threading
from collections import OrderedDict
from collections.abc import Iterable
from functools import lru_cache

MOST = 64 * 2**20
"""Characters of all that are kept; those not asked for longest go first."""
MARK = "~"
"""What such a name begins with; no text that is in a link does."""
_NAME = re.compile(rf"{MARK}[0-9a-f]{{40}}")
_kept: OrderedDict[str, str] = OrderedDict()
_lock = threading.Lock()


def keep(text: str) -> str:
    """Keep a text. Returns its name, which nobody guesses who has not the text: it is made of a digest of it."""
    name = _name_of(text)
    with _lock:
        _kept[name] = text
        _kept.move_to_end(name)
        while len(_kept) > 1 and sum(map(len, _kept.values())) > MOST:
            _kept.popitem(last=False)
    return name


@lru_cache(maxsize=16)
def _name_of(text: str) -> str:
    return MARK + hashlib.sha256(text.encode()).hexdigest()[:40]


def is_name(text: str) -> bool:
    """Whether this is the name of a text."""
    return _NAME.fullmatch(text) is not None


def names_in(texts: Iterable[str]) -> tuple[str, ...]:
    """The names of texts that these speak of, each once."""
    return tuple(dict.fromkeys(name for text in texts for name in _NAME.findall(text)))


def kept(name: str) -> str | None:
    """The text of this name, if it is kept."""
    with _lock:
        if name in _kept:
            _kept.move_to_end(name)
        return _kept.get(name)

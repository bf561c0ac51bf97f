"""Words that no name may hold, whatever letters and digits they are spelled with.

The list is of roots of English slurs and insults; it cannot be whole. A teacher sees every name, and can remove its
seat, generate names, or give them out.
"""

from __future__ import annotations

import re
import unicodedata

_LOOKS_LIKE = str.maketrans("013457@$!|€8", "oieastasileb")
# Kept apart from the text, so that nobody reads them by chance: rot13.
_ANYWHERE = (
    "shpx shx snttbg avttre avttn ovgpu juber ergneq jnaxre cravf intvan chffl pbpxfhpx nffubyr onfgneq zbgures "
    "qvpxurnq encvfg jrgonpx genaal uvgyre cbeau xxx ohyyfuvg fuvgurnq"
)
_WHOLE = (
    "snt sntf fcvp puvax xvxr pbba gvg gvgf nff nefr pbpx qvpx phz frk encr avt cnxv cbea tbbx cvff penc "
    "ubzb phag phagf fuvg fyhg fyhgf gjng anmv anmvf jnax"
)


def _unveiled(text: str) -> tuple[str, ...]:
    turned = str.maketrans("abcdefghijklmnopqrstuvwxyz", "nopqrstuvwxyzabcdefghijklm")
    return tuple(text.translate(turned).split())


ANYWHERE, WHOLE = _unveiled(_ANYWHERE), frozenset(_unveiled(_WHOLE))


def is_slur(name: str) -> bool:
    """Whether a name holds one of the words: within its letters, or as a word of its own."""
    plain = "".join(each for each in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(each))
    spelled = plain.translate(_LOOKS_LIKE)
    letters = re.sub(r"[^a-z]", "", spelled)
    once = re.sub(r"(.)\1+", r"\1", letters)
    words = set(re.split(r"[^a-z]+", spelled)) | {letters}
    return any(word in letters or word in once for word in ANYWHERE) or not WHOLE.isdisjoint(words)

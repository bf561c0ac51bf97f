"""Words that no name may hold, whatever letters and digits they are spelled with.

The list is of roots of English slurs and insults; it cannot be whole. A teacher sees every name, and can remove its
seat, generate names, or give them out.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from itertools import groupby

_LOOKS_LIKE = str.maketrans("013457@$!|€8", "oieastasileb")
_LATIN = str.maketrans(
    {
        **dict(zip("øıłđðħŋƒɡɑɪᴀʙᴄᴅᴇꜰɢʜᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢ", "oilddhnfgaiabcdefghjklmnoprstuvwyz", strict=True)),
        **{"æ": "ae", "œ": "oe", "þ": "th"},
    }
)
_OTHER_SCRIPTS = str.maketrans("авекмнорстухіјѕһԁԛԝгпьαβεηικνορτυχγω", "abekmhopctyxijshdqwrnbabenikvoptuxyw")
"""Cyrillic and Greek that looks like Latin, in lower case."""
# Kept apart from the text, so that nobody reads them by chance: rot13.
_ANYWHERE = (
    "shpx snttbg avttre avttn avttbe avtthe ovgpu juber ergneq jnaxre cravf intvan chffl pbpxfhpx nffubyr onfgneq "
    "zbgures qvpxurnq encvfg jrgonpx genaal uvgyre fvrturvy cbeau xxx ohyyfuvg fuvgurnq fuvgsnpr"
)
_WITHIN = "phag fuvggl cuhpx"
_WHOLE = (
    "snt sntf fcvp puvax xvxr pbba gvg gvgf nff nefr pbpx qvpx phz frk encr avt cnxv cbea tbbx cvff penc "
    "ubzb phag phagf fuvg fyhg fyhgf gjng anmv anmvf jnax shx"
)
_HARMLESS = "fphagubecr nphagb phagm favttre favttref sntt anmmv avcc enccr pencc cnxxv cravfgbar onovgpu gurencvfg"


def _unveiled(text: str) -> tuple[str, ...]:
    turned = str.maketrans("abcdefghijklmnopqrstuvwxyz", "nopqrstuvwxyzabcdefghijklm")
    return tuple(text.translate(turned).split())


ANYWHERE, WITHIN, WHOLE = _unveiled(_ANYWHERE), _unveiled(_WITHIN), frozenset(_unveiled(_WHOLE))
HARMLESS = frozenset(_unveiled(_HARMLESS))
"""Names and words that hold one of the others."""


def _drawn_out(words: Iterable[str]) -> re.Pattern[str]:
    """Any of these words, each letter as often as it stands there, or more often."""
    return re.compile("|".join("".join(f"{x}{{{len([*same])},}}" for x, same in groupby(word)) for word in words))


_ANYWHERE_OF, _WITHIN_OF, _WHOLE_OF = _drawn_out(ANYWHERE), _drawn_out(WITHIN), _drawn_out(WHOLE)


def is_slur(name: str) -> bool:
    """Whether a name holds one of the words: within its letters, within a word, or as a word of its own."""
    return any(map(_holds_one, _readings(_in_latin(name))))


def _in_latin(name: str) -> str:
    """Lower case without accents; of a name that has Latin letters, those of other scripts that look like them."""
    folded = unicodedata.normalize("NFKD", name.casefold())
    plain = "".join(each for each in folded if not unicodedata.combining(each)).translate(_LATIN)
    return plain.translate(_OTHER_SCRIPTS) if re.search("[a-z]", plain) else plain


def _readings(plain: str) -> Iterator[str]:
    """What its letters and digits may stand for; digits at the ends of a word may stand for nothing."""
    for digits in (plain, re.sub(r"\b\d+|\d+\b", " ", plain)):
        for nines in (digits, re.sub("(?<=[a-z9])9", "g", digits)):
            yield from (each.translate(_LOOKS_LIKE) for each in (nines, nines.replace("v", "u")))


def _holds_one(spelled: str) -> bool:
    words = [word for word in re.split("[^a-z]+", spelled) if word not in HARMLESS]
    spaced = [re.sub("[^a-z]", "", run) for run in re.findall(r"(?:\b[a-z]\b[^a-z]*){2,}", spelled)]
    letters, alone = "".join(words), [*words, *spaced]
    return bool(
        _ANYWHERE_OF.search(letters)
        or any(map(_WITHIN_OF.search, alone))
        or any(map(_WHOLE_OF.fullmatch, [*alone, letters]))
    )

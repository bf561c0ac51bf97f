"""What learners are called: generated names, those of a list, or their own if the teacher lets them."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Collection
from typing import Literal, TypeAlias

from playground.classroom.slurs import is_slur
from playground.core.words import quoted

NameRule: TypeAlias = Literal["generated", "listed", "free"]
SPINS = 3
"""So often may another generated name be asked for."""
LONGEST = 24
"""Of a name, in characters."""
MOST_LISTED = 200
RULE = f"A name must be 1 to {LONGEST} letters, digits, spaces, dots, dashes or apostrophes"
UNSEEN = "A name must have no characters that cannot be seen"
MOST_MARKS = 3
"""On one letter: Vietnamese, Hebrew and Thai have two, and a flood of them hides what stands above and below."""
MARKS = f"A letter of a name must have at most {MOST_MARKS} marks"
NO_LIST = "Give a list of names first, one a line."
NOT_HERE = "This name is not used here. Choose another one."

# What Unicode calls default-ignorable: it is drawn as nothing, and makes two names of what looks like one.
UNSEEN_CHARACTERS = re.compile(
    "[\u00ad\u034f\u061c\u115f-\u1160\u17b4-\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufff8\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


ADJECTIVES = _words(
    """
    Agile Amber Bold Brave Bright Brisk Calm Careful Clever Coral Cosy Curious Daring Eager Early Fair Fast Fine
    Fresh Gentle Glad Golden Grand Green Happy Honest Jolly Keen Kind Lively Lucky Merry Mighty Modest Neat Nimble
    Noble Patient Placid Polite Proud Quick Quiet Rapid Ready Royal Rosy Sharp Shiny Silent Silver Smart Smooth
    Snowy Sober Solid Steady Still Strong Sunny Swift Tidy Tiny Trusty Upbeat Velvet Vivid Warm Wise Witty Young
    Zesty
    """
)
ANIMALS = _words(
    """
    Albatross Alpaca Badger Beaver Bison Bobcat Camel Caribou Cheetah Condor Coyote Crane Cricket Dolphin Dragonfly
    Eagle Egret Elk Falcon Ferret Finch Firefly Fox Gazelle Gecko Gibbon Giraffe Heron Ibex Ibis Iguana Impala
    Jackdaw Jaguar Kestrel Kingfisher Koala Lemur Leopard Lynx Magpie Marmot Marten Meerkat Moose Narwhal Newt
    Ocelot Octopus Oriole Osprey Otter Owl Panda Panther Pelican Penguin Plover Puffin Puma Quokka Rabbit Raven
    Robin Salmon Seal Sparrow Squirrel Stork Swan Tapir Tern Tiger Toucan Turtle Walrus Weasel Whale Wolf Wombat
    Wren Yak Zebra
    """
)


def generated(digest: str, spin: int, taken: Collection[str]) -> str:
    """The name that whoever has a token with this digest gets at this spin; another one if it is taken.

    It hangs on nothing but its arguments, so nothing has to be kept of who was offered what.
    """
    for attempt in range(10_000):
        chance = hashlib.sha256(f"{digest} {spin} {attempt}".encode()).digest()
        adjective = ADJECTIVES[int.from_bytes(chance[:4], "big") % len(ADJECTIVES)]
        animal = ANIMALS[int.from_bytes(chance[4:8], "big") % len(ANIMALS)]
        number = "" if attempt < 100 else f" {attempt}"
        name = f"{adjective} {animal}{number}"
        if name not in taken:
            return name
    raise ValueError("A room must have fewer seats than there are names.")


def read_name(text: str) -> str:
    """The name that somebody typed, in its plainest spelling.

    Raises
    ------
    ValueError
        When it may be none, with a sentence.
    """
    if len(text) > 10 * LONGEST:
        raise ValueError(f"{RULE}. Got {len(text):,} characters.")
    name = " ".join(unicodedata.normalize("NFKC", text).split())
    if not 1 <= len(name) <= LONGEST or not all(map(_may_stand_in_a_name, name)) or not any(map(str.isalnum, name)):
        raise ValueError(f"{RULE}. Got {quoted(text)}.")
    unseen = UNSEEN_CHARACTERS.search(name)
    if unseen is not None:
        raise ValueError(f"{UNSEEN}. Got U+{ord(unseen[0]):04X}.")
    if _most_marks(name) > MOST_MARKS:
        raise ValueError(f"{MARKS}. Got {_most_marks(name)}.")
    if is_slur(name):
        raise ValueError(NOT_HERE)
    return name


def read_list(text: str) -> tuple[str, ...]:
    """The names of a list, one a line.

    Raises
    ------
    ValueError
        When a line is none, or there are too many, or one stands there twice, with a sentence.
    """
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if not 1 <= len(lines) <= MOST_LISTED:
        raise ValueError(f"A list must have 1 to {MOST_LISTED} names, one a line. Got {len(lines)}.")
    names = []
    for number, line in enumerate(lines, 1):
        try:
            names.append(read_name(line))
        except ValueError as refusal:
            raise ValueError(f"Line {number}: {refusal}") from refusal
    heard = Counter(map(_by_the_ear, names))
    twice = next((name for name in names if heard[_by_the_ear(name)] > 1), None)
    if twice is not None:
        raise ValueError(f"Each name of a list must stand there once. Got {quoted(twice)} twice.")
    return tuple(names)


def is_taken(name: str, taken: Collection[str]) -> bool:
    """Whether somebody is called so already, by the ear."""
    return _by_the_ear(name) in map(_by_the_ear, taken)


def _by_the_ear(name: str) -> str:
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())


def _most_marks(name: str) -> int:
    """The most marks that one letter has, as it is drawn: accents that are a letter's own are taken off it."""
    letters = re.split(r"[^M]+", "".join(unicodedata.category(each)[0] for each in unicodedata.normalize("NFD", name)))
    return max(map(len, letters))


def _may_stand_in_a_name(character: str) -> bool:
    # No marks that turn the direction, no markup, no pictures; letters of any script, with their accents.
    return character in " .-'’" or unicodedata.category(character) in ("Lu", "Ll", "Lt", "Lm", "Lo", "Mn", "Mc", "Nd")

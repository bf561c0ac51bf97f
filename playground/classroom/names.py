"""What learners are called: generated names, those of a list, or their own if the teacher lets them."""

from __future__ import annotations

import hashlib
import unicodedata
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
NOT_HERE = "This name is not used here. Choose another one."


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
    twice = next((name for name in names if [each.casefold() for each in names].count(name.casefold()) > 1), None)
    if twice is not None:
        raise ValueError(f"Each name of a list must stand there once. Got {quoted(twice)} twice.")
    return tuple(names)


def is_taken(name: str, taken: Collection[str]) -> bool:
    """Whether somebody is called so already, by the ear."""
    return name.casefold() in {each.casefold() for each in taken}


def _may_stand_in_a_name(character: str) -> bool:
    # No marks that turn the direction, no markup, no pictures; letters of any script, with their accents.
    return character in " .-'’" or unicodedata.category(character) in ("Lu", "Ll", "Lt", "Lm", "Lo", "Mn", "Mc", "Nd")

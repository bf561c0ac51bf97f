"""Codes by which a room is joined, and secrets by which a seat or a teacher is known again."""

from __future__ import annotations

import hashlib
import re
import secrets

from playground.core.words import quoted

LETTERS = "BCDFGHJKMPRSTWXZ"
"""None looks like another of them or like a digit read aloud from far, and without vowels they spell no word."""
LENGTH = 6
RULE = f"A room's code is six letters, like {LETTERS[0]}{LETTERS[5]}{LETTERS[8]}{LETTERS[2]}{LETTERS[12]}{LETTERS[3]}"
LONGEST_SECRET = 64
"""Characters."""
_SHORTEST_SECRET = 16
_BETWEEN = re.compile(r"[\s\-–·.]+")


def new_code() -> str:
    """A code for a new room."""
    return "".join(secrets.choice(LETTERS) for _ in range(LENGTH))


def read_code(text: str) -> str:
    """The code that somebody typed: in any case, with spaces or dashes in it.

    Raises
    ------
    ValueError
        When it is none, with a sentence.
    """
    code = _BETWEEN.sub("", text[:100]).upper()
    if len(code) != LENGTH or not set(code) <= set(LETTERS):
        raise ValueError(f"{RULE}. Got {quoted(text)}.")
    return code


def new_secret() -> str:
    """A key that cannot be guessed: 128 bits."""
    return secrets.token_urlsafe(16)


def is_secret(text: str) -> bool:
    """Whether this may be the token of a seat or a key: long enough not to be guessed."""
    return _SHORTEST_SECRET <= len(text) <= LONGEST_SECRET and text.isascii() and text.isprintable()


def digest(secret: str) -> str:
    """What is kept of a secret: its SHA-256, from which nobody gets it back."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()

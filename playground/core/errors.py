"""Errors whose text is a sentence for the person at the page."""

from __future__ import annotations


class Refused(Exception):
    """Something was asked beyond a limit. The message states the rule, then the value."""


class TableError(ValueError):
    """A table cannot be read, or not be used as it was asked. The message states the rule, then the value."""


class Explained(ValueError):
    """A value breaks its rule for a reason that the rule does not tell. The message is that reason, a sentence."""

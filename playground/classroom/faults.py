"""What is wrong with something that was read, in a sentence."""

from __future__ import annotations

from pydantic import ValidationError


def first_fault(error: ValidationError, where: slice = slice(None), whole: str = "") -> str:
    """The first thing that breaks a rule.

    Parameters
    ----------
    where : the part of its place that is named
    whole : what is named where the place is all of it; nothing by default
    """
    first = error.errors(include_url=False, include_context=False, include_input=False)[0]
    place = ".".join(map(str, first["loc"][where]))[:80] or whole
    rule = f"{first['msg'].rstrip('.')[:200]}."
    return f"{place}: {rule}" if place else rule

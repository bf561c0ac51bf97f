"""What of a CSV file a spreadsheet would calculate, where text is meant."""

from __future__ import annotations

import re

from playground.core import words

_FORMULA = re.compile("'*[=+@\t\r-]")
"""With apostrophes before it too, or two texts could become one."""


def harmless(text: str) -> str:
    """The text of a cell; with an apostrophe before what would be a formula [1]_, which a number is not.

    References
    ----------
    .. [1] https://owasp.org/www-community/attacks/CSV_Injection
    """
    return f"'{text}" if _FORMULA.match(text) and not words.looks_like_a_number(text) else text

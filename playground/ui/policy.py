"""What browsers are told to allow a page: nothing foreign, and to be embedded where the host wants it."""

from __future__ import annotations

import base64
import hashlib
import os
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from streamlit import file_util

VARIABLE = "PLAYGROUND_FRAME_ANCESTORS"
_INLINE_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)
_PLACE = re.compile(r"\*|'self'|https?:|https?://(\*\.)?[a-z0-9-]+(\.[a-z0-9-]+)*(:[0-9]{1,5}|:\*)?", re.IGNORECASE)


def page_headers(environ: Mapping[str, str] = os.environ) -> dict[str, str]:
    """Headers for every answer of the server.

    Raises
    ------
    ValueError
        When `PLAYGROUND_FRAME_ANCESTORS` is no list of places that may embed the page.
    """
    return {
        # Nothing is taken for what it does not say it is.
        "X-Content-Type-Options": "nosniff",
        # No link, which holds an experiment, is told to other sites.
        "Referrer-Policy": "same-origin",
        "Content-Security-Policy": content_policy(frame_ancestors(environ)),
    }


def content_policy(ancestors: str) -> str:
    """The content security policy of a page that may be embedded by `ancestors`."""
    rules = {
        "default-src": "'self'",
        # Text may be evaluated: no script of ours does, but whoever drives the page by Playwright waits that way, and
        # nothing foreign comes in by it.
        "script-src": " ".join(["'self'", "blob:", "'unsafe-eval'", *_inline_scripts()]),
        "style-src": "'self' 'unsafe-inline'",
        "img-src": "'self' data: blob:",
        "font-src": "'self' data:",
        "connect-src": "'self'",
        "object-src": "'none'",
        "base-uri": "'self'",
        "form-action": "'self'",
        "frame-ancestors": ancestors,
    }
    return "; ".join(f"{name} {sources}" for name, sources in rules.items())


def frame_ancestors(environ: Mapping[str, str]) -> str:
    """Who may embed the page, as `PLAYGROUND_FRAME_ANCESTORS` says; everybody where it says nothing."""
    text = environ.get(VARIABLE, "").strip() or "*"
    places = text.split()
    if places != ["'none'"] and not all(map(_PLACE.fullmatch, places)):
        raise ValueError(
            f"{VARIABLE} must be *, 'none', or 'self' and addresses like https://school.example or "
            f"https://*.school.example, with spaces between. Got {text!r}."
        )
    return " ".join(places)


def _inline_scripts() -> Iterator[str]:
    """Hashes of the scripts that Streamlit's page holds in itself."""
    page = Path(file_util.get_static_dir(), "index.html").read_text(encoding="utf-8")
    for script in _INLINE_SCRIPT.findall(page):
        digest = hashlib.sha256(script.encode("utf-8")).digest()
        yield f"'sha256-{base64.b64encode(digest).decode('ascii')}'"

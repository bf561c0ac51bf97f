"""A link as a QR code: dark on white, for a screen, a slide or a sheet of paper."""

from __future__ import annotations

from io import BytesIO

from playground.core.errors import Refused
from playground.runtime.protocol.exporting import LONGEST_SCANNED, SCHEMES

QUIET_ZONE = 4
"""Modules of white around it, as the standard has it."""
WEIGHED = 400
"""Characters up to which the best of the eight masks is looked for; of a longer link that would hold up other runs, and
every mask can be read."""
ANY_MASK = 3
RULE = f"A QR code must hold a link that begins with http:// or https://, of at most {LONGEST_SCANNED:,} characters."


def qr_svg(link: str) -> bytes:
    """The code of a link as SVG, one unit a module, with error correction M.

    Raises
    ------
    Refused
        When it is no link of the web, or too long.
    """
    import segno  # when it is wanted first

    if len(link) > LONGEST_SCANNED:
        raise Refused(f"{RULE} Got one of {len(link):,}.")
    if not link.startswith(SCHEMES):
        raise Refused(f"{RULE} Got {link[:40]!r}.")
    mask = None if len(link) <= WEIGHED else ANY_MASK
    code = segno.make(link, error="m", boost_error=False, micro=False, mask=mask)
    svg = BytesIO()
    code.save(svg, kind="svg", border=QUIET_ZONE, dark="black", light="white", omitsize=True, xmldecl=False)
    return svg.getvalue()

"""The QR code of a link: read back from its SVG it is that of the link, and what is no link is refused."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET

import numpy as np
import pytest
import segno

from playground.core.errors import Refused
from playground.runtime.limits import Limits
from playground.runtime.protocol.exporting import LONGEST_SAID, LONGEST_SCANNED, Export
from playground.runtime.protocol.page import read_message
from playground.runtime.qr import QUIET_ZONE, qr_svg

SVG = "{http://www.w3.org/2000/svg}"
START = "https://playground.example/?"


def matrix_of(svg: bytes) -> np.ndarray:
    """(n, n) whether each module is dark, with the quiet zone, drawn from the lines of the SVG."""
    root = ET.fromstring(svg)
    side = int(root.attrib["viewBox"].split()[2])
    back, lines = root.findall(f"{SVG}path")
    assert back.attrib["fill"] in ("#fff", "white") and lines.attrib["stroke"] in ("#000", "black")
    dark = np.zeros((side, side), bool)
    x = y = 0.0
    for command, first, second in re.findall(r"([Mmh])(-?[\d.]+)(?:[ ,]?(-?[\d.]+))?", lines.attrib["d"]):
        if command == "h":
            dark[int(y), int(x) : int(x + float(first))] = True
            x += float(first)
        elif command == "M":
            x, y = float(first), float(second)
        else:
            x, y = x + float(first), y + float(second)
    return dark


@pytest.mark.parametrize("length", [40, 160, LONGEST_SCANNED])
def test_the_code_holds_the_link(length: int) -> None:
    link = START + "".join(chr(97 + i % 26) for i in range(length - len(START)))
    dark = matrix_of(qr_svg(link))
    zone = np.ones_like(dark)
    zone[QUIET_ZONE:-QUIET_ZONE, QUIET_ZONE:-QUIET_ZONE] = False
    assert not dark[zone].any()
    inner = dark[QUIET_ZONE:-QUIET_ZONE, QUIET_ZONE:-QUIET_ZONE]
    every_mask = [segno.make(link, error="m", boost_error=False, micro=False, mask=mask) for mask in range(8)]
    assert any(np.array_equal(inner, np.array(code.matrix, bool)) for code in every_mask)


@pytest.mark.parametrize("link", ["", "javascript:alert(1)", "file:///etc/passwd", START + "a" * LONGEST_SCANNED])
def test_what_is_no_link_of_the_web_or_too_long_is_refused_by_the_rule(link: str) -> None:
    with pytest.raises(Refused, match=r"QR code must hold a link that begins with http:// .* at most 2,000 .* Got "):
        qr_svg(link)


def test_the_longest_link_that_a_page_may_say_goes_into_a_message() -> None:
    message = {"type": "export", "what": "qr", "link": "x" * LONGEST_SAID}
    text = json.dumps(message)
    assert len(text) <= Limits.message_bytes
    assert read_message(text) == Export(what="qr", link="x" * LONGEST_SAID)
    assert read_message(json.dumps({**message, "link": "x" * (LONGEST_SAID + 1)})) is None

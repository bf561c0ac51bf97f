"""The link of what is taken away as a QR code."""

from __future__ import annotations

from playground.core.errors import Refused
from playground.runtime.exports.export import Made, Making, Origin, exports
from playground.runtime.exports.wall import wall_exports
from playground.runtime.qr import RULE, qr_svg


@exports("qr")
@wall_exports("qr")
def _qr(source: Origin) -> Making:
    yield 0.0
    if not source.page_link:
        raise Refused(f"{RULE} That of this page is not known here, or longer.")
    return Made(qr_svg(source.page_link), source.file("_qr.svg"), "image/svg+xml")

"""What a run has come to, as a page that prints well."""

from __future__ import annotations

from playground.runtime.exports.export import Made, Making, Source, exports


@exports("report")
def _report(source: Source) -> Making:
    from playground.runtime.report import slices_of_run  # which loads Pillow

    text = yield from slices_of_run(source.snapshot, source.experiment, edited=source.edited, address=source.address)
    return Made(text.encode(), source.file("_report.html"), "text/html")

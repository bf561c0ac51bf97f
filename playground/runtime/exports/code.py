"""Code that rebuilds data, network and training with `keras.Model.fit`: a script and a notebook."""

from __future__ import annotations

import io
import zipfile
from functools import partial

from playground.core.data_csv import csv_name
from playground.runtime.exports.export import Made, Making, Source, exports

CODE = {"script": (".py", "text/x-python"), "notebook": (".ipynb", "application/x-ipynb+json")}


def _code(what: str, source: Source) -> Making:
    source.refuse_edited()
    snapshot = source.snapshot
    yield 0.0
    content, data = (
        snapshot.engine.export_file(each, source.experiment, snapshot.displayed, snapshot.weights)
        for each in (what, "data")
    )
    ending, mime = CODE[what]
    file = source.file(ending)
    if not data:
        return Made(content, file, mime)
    return Made(
        _zipped({file: content, csv_name(source.experiment.data): data}), source.file(".zip"), "application/zip"
    )


def _zipped(files: dict[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return packed.getvalue()


for _what in CODE:
    exports(_what)(partial(_code, _what))

"""Code that rebuilds data, network and training with `keras.Model.fit`: a script and a notebook."""

from __future__ import annotations

from functools import partial

from playground.runtime.exports.export import Making, Source, exports

CODE = {"script": (".py", "text/x-python"), "notebook": (".ipynb", "application/x-ipynb+json")}


def _code(what: str, source: Source) -> Making:
    source.refuse_edited()
    snapshot = source.snapshot
    yield 0.0
    return snapshot.engine.export_file(what, source.experiment, snapshot.displayed, snapshot.weights)


for _what, (_file, _mime) in CODE.items():
    exports(_what, _file, _mime)(partial(_code, _what))

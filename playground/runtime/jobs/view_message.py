"""A view as a message of its own."""

from __future__ import annotations

import logging

from playground.runtime.protocol.packing import pack
from playground.runtime.protocol.show import ViewOptions
from playground.runtime.views import answer
from playground.runtime.views.answer import Looked
from playground.runtime.views.snapshot import Snapshot

log = logging.getLogger(__name__)


def view_message(snapshot: Snapshot, options: ViewOptions) -> tuple[bytes, bool]:
    """The packed message, and whether the view is complete."""
    header, arrays = _looked(snapshot, options)
    base = {
        "type": "view",
        "view": options.model_dump(),
        "epoch": snapshot.displayed,
        "last_epoch": snapshot.newest,
    }
    return pack({**base, **header}, arrays), not header.get("incomplete")


def _looked(snapshot: Snapshot, options: ViewOptions) -> Looked:
    """The view asked for; a fault in it is said in its place, and the run goes on."""
    try:
        return answer.compute(snapshot, options)
    except Exception:
        log.exception("The view %s failed: %s", options.name, snapshot.experiment.to_query())
        return {"fault": "This view could not be computed."}, {}

"""A view as a message of its own."""

from __future__ import annotations

import logging

from playground.runtime.jobs.outside import is_from_outside
from playground.runtime.protocol.packing import Arrays, Header, pack
from playground.runtime.protocol.show import ViewOptions
from playground.runtime.views import answer
from playground.runtime.views.snapshot import Snapshot

log = logging.getLogger(__name__)


def view_message(snapshot: Snapshot, options: ViewOptions) -> tuple[bytes, bool]:
    """The packed message, and whether the view is complete; a fault in it is said in its place, and the run goes on."""
    try:
        return _packed(snapshot, options, *answer.compute(snapshot, options))
    except Exception as fault:
        if is_from_outside(fault, snapshot.engine):
            raise
        log.exception("The view %s failed: %s", options.name, snapshot.experiment.to_query())
        return _packed(snapshot, options, {"fault": "This view could not be computed."}, {})


def _packed(snapshot: Snapshot, options: ViewOptions, header: Header, arrays: Arrays) -> tuple[bytes, bool]:
    base = {
        "type": "view",
        "view": options.model_dump(),
        "epoch": snapshot.displayed,
        "last_epoch": snapshot.newest,
    }
    return pack({**base, **header}, arrays), not header.get("incomplete")

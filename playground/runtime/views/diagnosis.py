"""What seems to be wrong with a run, in plain words."""

from __future__ import annotations

from typing import Any

import numpy.typing as npt

from playground.core.diagnosis import Evidence, diagnose
from playground.runtime.messages import Show
from playground.runtime.snapshot import Snapshot


def view(snapshot: Snapshot, show: Show) -> tuple[dict[str, Any], dict[str, npt.NDArray[Any]]]:
    """The view of the diagnosis, up to the epoch shown.

    Returns
    -------
    header
        `findings`, at most three: `kind`, `sentence`, `figure` (the numbers that say so), `advice`, `chart` (where to
        see it) and `change` (the advice as a link's query, empty when it is no single knob).
    """
    evidence: Evidence = snapshot.engine.collect_evidence(
        snapshot.program, snapshot.experiment, snapshot.history, snapshot.displayed
    )
    findings = [
        {
            "kind": finding.kind,
            "sentence": finding.sentence,
            "figure": finding.figure,
            "advice": finding.advice,
            "chart": finding.chart,
            "change": dict(finding.change),
        }
        for finding in diagnose(evidence)
    ]
    return {"findings": findings}, {}

"""What seems to be wrong with a run, in plain words."""

from __future__ import annotations

from typing import Literal

from pydantic import with_config
from typing_extensions import TypedDict

from playground.core.diagnosis import diagnose, look_at
from playground.runtime.protocol.server import EXACTLY, ViewHeader
from playground.runtime.protocol.show import ViewOptions
from playground.runtime.views.answer import Looked, answers
from playground.runtime.views.snapshot import Snapshot


class DiagnosisOptions(ViewOptions):
    """There is only one way to look at it."""

    name: Literal["diagnosis"] = "diagnosis"


@with_config(EXACTLY)
class FoundHeader(TypedDict):
    """A finding: what it says, the numbers that say so, the advice, where to see it, and the advice as a query."""

    kind: str
    sentence: str
    figure: str
    advice: str
    chart: str
    change: dict[str, str]


@with_config(EXACTLY)
class LookedAtHeader(TypedDict):
    """What was looked at, what was seen, and where to see it; `kind` is the finding that it would have been."""

    kind: str
    subject: str
    figure: str
    chart: str


@with_config(EXACTLY)
class DiagnosisHeader(ViewHeader, total=False):
    """At most three findings, the gravest first; and all else that was looked at."""

    findings: list[FoundHeader]
    looked: list[LookedAtHeader]


@answers(DiagnosisOptions, DiagnosisHeader)
def look(snapshot: Snapshot, options: DiagnosisOptions) -> Looked:
    """The diagnosis up to the epoch shown."""
    evidence = snapshot.evidence()
    found = [
        FoundHeader(
            kind=finding.kind,
            sentence=finding.sentence,
            figure=finding.figure,
            advice=finding.advice,
            chart=finding.chart,
            change=dict(finding.change),
        )
        for finding in diagnose(evidence)
    ]
    kinds = {finding["kind"] for finding in found}
    looked = [
        LookedAtHeader(kind=each.kind, subject=each.subject, figure=each.figure, chart=each.chart)
        for each in look_at(evidence)
        if each.kind not in kinds
    ]
    return {"findings": found, "looked": looked}, {}

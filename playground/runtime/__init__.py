"""Floor 3: training processes, runs and the live channel. The engine is passed in by name; nothing here imports it."""

from __future__ import annotations

from playground.core.experiment import Experiment
from playground.runtime.limits import Limits, limits_from_environment
from playground.runtime.live_runs import LiveRuns
from playground.runtime.pool import Pool, Process
from playground.runtime.process import WorkerProcess, process_context

__all__ = ["Limits", "LiveRuns", "Pool", "WorkerProcess", "limits_from_environment", "live_runs", "make_live_runs"]

_current: LiveRuns | None = None


def make_live_runs(engine_name: str, limits: Limits | None = None) -> LiveRuns:
    """The server's runs, trained by the engine with this module name; `live_runs` returns them from then on."""
    global _current
    limits = limits or limits_from_environment()
    context = process_context(engine_name)

    def start(on_answer, on_end) -> Process:  # type: ignore[no-untyped-def]
        return WorkerProcess(context, engine_name, limits, on_answer, on_end)

    _current = LiveRuns(Pool(start, limits, warm=[Experiment()]), limits)
    return _current


def live_runs() -> LiveRuns:
    """The runs of this server.

    Raises
    ------
    RuntimeError
        When the page is not served by `app.py`.
    """
    if _current is None:
        raise RuntimeError("The page must be served by app.py: streamlit run app.py")
    return _current

"""Floor 3: training processes, runs and the live channel. The engine is passed in by name; nothing here imports it.

`engine` is what is asked of an engine; `protocol` the live channel; `jobs` what is worked on, in a `worker`, which runs
in a host of `hosts`; `server` the web process; `views` what can be seen.
"""

from __future__ import annotations

from playground.core.experiment import Experiment
from playground.runtime.hosts.process import WorkerProcess, load_ahead, process_context
from playground.runtime.limits import Limits, limits_from_environment
from playground.runtime.server.live_runs import LiveRuns
from playground.runtime.server.parked_runs import ParkedRuns
from playground.runtime.server.pool import Pool
from playground.store.folder import Folder

__all__ = ["Limits", "LiveRuns", "Pool", "WorkerProcess", "limits_from_environment", "live_runs", "make_live_runs"]

_current: LiveRuns | None = None


def make_live_runs(engine_name: str, limits: Limits | None = None, folder: Folder | None = None) -> LiveRuns:
    """The server's runs, trained by the engine with this module name; `live_runs` returns them from then on.

    With a folder they outlast the server.
    """
    global _current
    limits = limits or limits_from_environment()
    context = process_context(engine_name)
    parked = None if folder is None else ParkedRuns(folder, limits)
    if parked is not None and parked.any():
        load_ahead(context)  # pages wait for their runs
    pool = Pool(lambda: WorkerProcess(context, engine_name, limits), limits, warm=[Experiment()])
    _current = LiveRuns(pool, limits, parked=parked)
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

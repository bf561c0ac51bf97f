"""How much one server gives: every bound in one place, some of them set by the environment."""

from __future__ import annotations

import math
import os
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from playground.runtime.memory import FULL_SHARE

MAX_DEFAULT_WORKERS = 4
HEAD_START_SECONDS = 2.5
"""Lets someone who starts the server and opens the page at once see it a second sooner (measured on 2 cores)."""
UNKNOWN_BYTES = 1 << 62
SHARE_OF_MACHINE = 0.85
"""Of the memory that there is, as long as nobody says otherwise; the rest is for files, and for bursts."""
SHARE_FOR_PARKED = 0.25
SERVER_BYTES = 460_000_000
"""What the server takes with what its workers share, before anybody has come (`python -m benchmarks.memory`);"""
WORKER_BYTES = 80_000_000
"""what each worker adds once it has trained a network,"""
RUN_BYTES = 10_000_000
"""and each network that differs from all others."""


@dataclass(frozen=True)
class Limits:
    """Bounds of the server. Times in seconds, sizes in bytes."""

    workers: int = 2
    """Training processes (environment: PLAYGROUND_WORKERS)."""
    runs: int = 200
    """Runs at once, over all visitors (environment: PLAYGROUND_MAX_RUNS)."""
    runs_per_address: int = 60
    """Of them from one network address, behind which a class may sit (PLAYGROUND_RUNS_PER_ADDRESS)."""
    runs_per_visitor: int = 12
    """Of them in one browser."""
    sockets_per_address: int = 300
    """Connections from one network address: a page has two, in a room three, and for a moment those of before."""
    sockets_per_visitor: int = 48
    proxies: int | None = None
    """Proxies before the server, that each append an address to X-Forwarded-For (PLAYGROUND_PROXIES); by default those
    with a private address."""
    head_start_seconds: float = 0.0
    """How long after the server's start TensorFlow begins to load, which takes a core for seconds."""
    training_seconds: float = 3 * 3600.0
    """Time a single run may spend training before it ends; Rewind gives it as much again."""
    turn_seconds: float = 60.0
    """A worker that works longer than this on one thing is replaced; turns take hundredths of a second."""
    history_bytes: int = 8_000_000
    """Weights kept a run; beyond it, every second epoch is let go."""
    wall_history_bytes: int = 16_000_000
    """The same of a wall, for all its networks together."""
    frame_cache_bytes: int = 32_000_000
    """Frames that a worker keeps for those who watch the same training."""
    idle_seconds: float = 45.0
    """A run nobody has watched for this long leaves its worker; its state is kept (PLAYGROUND_IDLE_SECONDS)."""
    arrival_seconds: float = 10.0
    """On a full server, how long the place of a run is kept for a page that has not come yet,"""
    return_seconds: float = 3.0
    """and how long for one that has left: a reload takes a second or two."""
    parked_seconds: float = 1800.0
    """How long the state of a run without a page is kept."""
    parked_bytes: int = 500_000_000
    """Kept state of all runs together; beyond it the oldest unwatched ones go."""
    memory_bytes: int = 0
    """Memory of the server and its workers together (PLAYGROUND_MEMORY_MB); 0 is without a bound."""
    worker_growth_bytes: int = 110_000_000
    """A worker that has grown by this much is replaced: Keras leaves memory behind with every model."""
    spent_programs: int = 8
    """Nor before it has let go so many architectures, and as many as it has in use: otherwise it is just full."""
    programs: int = 8
    """Compiled architectures a worker keeps."""
    message_bytes: int = 4096
    """Longest message a page may send."""
    messages_per_second: float = 200.0
    """Messages a page may send; further ones are dropped."""
    credits_per_second: float = 1000.0
    """Frames a page may ask for; the worker keeps at most a few."""
    message_burst: int = 400
    previews_at_once: int = 2
    """Pictures of links that are made at once,"""
    previews_waiting: int = 12
    """and so many with those that wait for that; further ones are refused."""
    previews_per_minute: int = 60
    """Of one network address; those that are kept already do not count."""
    preview_seconds: float = 40.0
    """A picture that is not there after so long, its waiting included, is given up."""
    scores_at_once: int = 2
    """Scores of challenges that are computed at once,"""
    scores_waiting: int = 60
    """and so many that wait for that, a whole class and more; further ones are refused."""
    score_seconds: float = 240.0
    """A score that is not there after so long, its waiting not included, is given up."""
    shown_points: int = 1000
    """Points drawn; training uses all."""

    @property
    def holds(self) -> int:
        """About how many different networks may be open at once before the memory is full."""
        if not self.memory_bytes:
            return self.runs
        room = FULL_SHARE * self.memory_bytes - SERVER_BYTES - self.workers * WORKER_BYTES
        return max(min(self.runs, int(room / RUN_BYTES)), 0)

    @property
    def holds_in_words(self) -> str:
        """What the server holds, for its host: "holds about 10 different networks at once beside 1 worker"."""
        networks = f"about {self.holds} different networks at once" if self.holds > 1 else "no more than one network"
        networks = networks if self.holds else "no network"
        memory = f" in {self.memory_bytes // 1_000_000} MB" if self.memory_bytes else ""
        return f"holds {networks} beside {self.workers} worker{'s' if self.workers > 1 else ''}{memory}"


def limits_from_environment(environ: Mapping[str, str] = os.environ) -> Limits:
    """The limits, with what the environment sets of them applied.

    Raises
    ------
    ValueError
        When a variable is not a whole number of at least 1.
    """
    memory = _megabytes(environ)
    per_address = _whole_number(environ, "PLAYGROUND_RUNS_PER_ADDRESS", default=Limits.runs_per_address)
    return Limits(
        head_start_seconds=HEAD_START_SECONDS,
        workers=_whole_number(environ, "PLAYGROUND_WORKERS", default=min(_cores(), MAX_DEFAULT_WORKERS)),
        runs=_whole_number(environ, "PLAYGROUND_MAX_RUNS", default=Limits.runs),
        runs_per_address=per_address,
        sockets_per_address=5 * per_address,
        proxies=_whole_number(environ, "PLAYGROUND_PROXIES", default=0) or None,
        memory_bytes=memory,
        parked_bytes=min(Limits.parked_bytes, int(SHARE_FOR_PARKED * memory)),
        idle_seconds=_whole_number(environ, "PLAYGROUND_IDLE_SECONDS", default=int(Limits.idle_seconds)),
    )


def _cores() -> int:
    """Cores this process may use: a container's own, where the system tells."""
    if hasattr(os, "sched_getaffinity"):
        return max(min(len(os.sched_getaffinity(0)), _cgroup_cores()), 1)
    return os.cpu_count() or 1


def _cgroup_cores(path: str = "/sys/fs/cgroup/cpu.max") -> int:
    """Cores a container was given by `docker run --cpus`, rounded up; many without a limit."""
    try:
        with open(path, encoding="ascii") as file:
            quota, period = file.read().split()
        return math.ceil(int(quota) / int(period))
    except (OSError, ValueError):
        return sys.maxsize


def _megabytes(environ: Mapping[str, str]) -> int:
    """What the server may use, in bytes: what is set, or a share of the machine's or the container's memory."""
    given = _whole_number(environ, "PLAYGROUND_MEMORY_MB", default=0)
    return 1_000_000 * given or int(SHARE_OF_MACHINE * min(_machine_bytes(), _cgroup_bytes()))


def _machine_bytes() -> int:
    try:
        return int(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES"))
    except (AttributeError, ValueError, OSError):
        return UNKNOWN_BYTES


def _cgroup_bytes(
    paths: Sequence[str] = ("/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory/memory.limit_in_bytes"),
) -> int:
    """Memory a container was given by `docker run --memory`; much without a limit."""
    for path in paths:
        try:
            with open(path, encoding="ascii") as file:
                return int(file.read())
        except (OSError, ValueError):
            pass
    return UNKNOWN_BYTES


def _whole_number(environ: Mapping[str, str], name: str, default: int) -> int:
    text = environ.get(name, "").strip()
    if not text:
        return default
    if not text.isdecimal() or int(text) < 1:
        raise ValueError(f"{name} must be a whole number of at least 1. Got {text!r}.")
    return int(text)

"""Runs on disk: what a server that starts again needs to go on where the one before it was killed."""

from __future__ import annotations

import hashlib
import logging
import threading
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import cache, partial
from importlib.metadata import version
from pathlib import Path
from queue import SimpleQueue

from pydantic import TypeAdapter, ValidationError

import playground
from playground.core.comparison import RUNS_KEY, Comparison
from playground.core.experiment import Experiment
from playground.core.kept_texts import names_in
from playground.core.rate_test import PUBLISHED, RateTest
from playground.core.search import Search
from playground.core.wall import Wall
from playground.lessons.task import Task
from playground.runtime.jobs.job import Saved
from playground.runtime.limits import Limits
from playground.runtime.protocol.server import Standing
from playground.runtime.server.intent import Intent
from playground.runtime.server.keeping import Keep, Keeping
from playground.runtime.server.live_run import LiveRun
from playground.runtime.server.parked_texts import ParkedTexts, key_of
from playground.runtime.server.visitors import Visitor
from playground.runtime.subjects import FINDER, SEARCH, Subject
from playground.store.folder import Entry, Folder
from playground.store.growing import GrowingStates

RECORD = ".run"
MOST_WAITING = 5000
"""Writes that wait; a disk so slow is no help, and what waits takes memory."""
WHAT_STATES_DEPEND_ON = ("core", "engine", "lessons", "runtime/jobs")
LIBRARIES = ("keras", "numpy", "optuna")

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Record:
    """A run but for the state that its training is in: that is kept under `key`, once for all who share it."""

    made_by: str
    kind: str
    visitor: Visitor
    subject: Experiment | dict[str, str]
    """An experiment, or the query of anything else."""
    key: str | None
    epoch: int
    standing: Standing
    intent: Intent
    task: Task | None = None
    locked: tuple[str, ...] = ()
    held: bool = False
    texts: tuple[str, ...] = ()
    """Names of the kept texts that its link speaks of."""


RECORDS = TypeAdapter(Record)


class ParkedRuns:
    """Runs by token in a folder, as they were about a second ago.

    A thread writes, in order. Tokens, which open runs, are not written: files are named by their digests.
    """

    def __init__(self, folder: Folder, limits: Limits) -> None:
        self._folder, self._limits = folder, limits
        self._states = GrowingStates(folder)
        self._texts = ParkedTexts(folder)
        self._noted: dict[str, Record] = {}
        """What was written last of each run, by its name."""
        self._gone: set[str] = set()
        """Names of runs that have ended and may still lie there."""
        self._writes: SimpleQueue[Callable[[], None] | None] = SimpleQueue()
        self._works = True
        self._writer: threading.Thread | None = None

    # What is kept --------------------------------------------------------------------------------------------------

    def keep(self, saved: Saved) -> None:
        """A worker has saved this."""
        if saved.state is not None:
            self._later(partial(self._states.save, saved.key, saved.state, saved.log, saved.whole))

    def note(self, runs: Iterable[LiveRun]) -> None:
        """Write what has changed of these runs; to be called about every second."""
        for run in runs:
            name = _name(run.token)
            before = self._noted.get(name)
            record = _record(run, before)
            if not run.closed and before != record:
                self._noted[name] = record
                self._later(partial(self._put, name, record))

    def forget(self, token: str) -> None:
        """A run has ended for good; may be called from any thread."""
        name = _name(token)
        self._gone.add(name)
        record = self._noted.pop(name, None)
        key = None if record is None else record.key
        still_needed = key is None or any(other.key == key for other in list(self._noted.values()))
        self._later(partial(self._remove, name, None if still_needed else key))

    def prune(self) -> None:
        """Let go of what nobody has come back for, and of what is more than the folder may hold."""
        self._later(partial(self._prune, set(self._noted)))

    def close(self, seconds: float = 5.0) -> None:
        """Write what waits, for so long."""
        self._writes.put(None)
        if self._writer is not None:
            self._writer.join(seconds)

    # What is found again -------------------------------------------------------------------------------------------

    def any(self) -> bool:
        """Whether there are runs whose pages may come back."""
        return any(entry.name.endswith(RECORD) for entry in self._folder.entries())

    def remember_texts(self) -> None:
        """Know again what the links of runs speak of, before anybody comes with one."""
        self._texts.remember()

    def find(self, token: str, keeping: Keeping) -> LiveRun | None:
        """The run with this token, parked, if it lies here whole."""
        name = _name(token)
        record = None if name in self._gone else self._read(name)
        if record is None or not all(map(self._texts.recall, record.texts)):
            return None
        keep = None
        if record.key is not None:
            keep = keeping.held(record.key) or self._load(record.key)
            if keep is None:
                return None
            keeping.hold(keep)
        self._noted[name] = record
        run = LiveRun(
            _subject(record),
            kind=record.kind,
            visitor=record.visitor,
            token=token,
            intent=replace(record.intent),  # the record stays what was written last
            task=record.task,
            locked=record.locked,
            held=record.held,
            kept=keep,
            kept_epoch=record.epoch,
        )
        run.standing = record.standing.copy()
        run.heed_hold()
        return run

    def _read(self, name: str) -> Record | None:
        content = self._folder.read(name)
        try:
            record = RECORDS.validate_json(content) if content else None
        except (ValidationError, ValueError):
            return None
        return record if record is not None and record.made_by == made_by() else None

    def _load(self, key: str) -> Keep | None:
        found = self._states.load(key)
        if found is None:
            return None
        keep = Keep(key)
        state, logs = found
        keep.take(Saved(key, 0, state, whole=True))
        for part in logs:
            keep.take(Saved(key, 0, log=part))
        return keep

    # The writing thread --------------------------------------------------------------------------------------------

    def _later(self, write: Callable[[], None]) -> None:
        if self._works and self._writes.qsize() > MOST_WAITING:
            self._works = False
            log.error("The disk is too slow: runs are no longer kept in %s.", self._folder.path)
        if not self._works:
            return
        if self._writer is None:
            self._writer = threading.Thread(target=self._write, name="runs-to-disk", daemon=True)
            self._writer.start()
        self._writes.put(write)

    def _write(self) -> None:
        said = False
        while (write := self._writes.get()) is not None:
            try:
                write()
            except Exception:  # the next may work, and without a disk there is still everything but a safe restart
                if not said:
                    log.exception("A run could not be kept in %s", self._folder.path)
                said = True

    def _put(self, name: str, record: Record) -> None:
        self._texts.save(record.texts)
        self._folder.replace(name, RECORDS.dump_json(record))

    def _remove(self, name: str, key: str | None) -> None:
        self._folder.remove(name)
        self._gone.discard(name)
        if key is not None:
            self._states.forget(key)

    def _prune(self, in_use: set[str]) -> None:
        size_of: dict[str, int] = defaultdict(int)
        entries = list(self._folder.entries())
        for entry in entries:
            size_of[_key(entry)] += entry.size
        room, keys = self._limits.parked_bytes, set[str]()
        records = (entry for entry in entries if entry.name.endswith(RECORD))
        for entry in sorted(records, key=lambda entry: (entry.name not in in_use, entry.age)):
            record = self._read(entry.name)
            needed = set() if record is None else _keys_of(record)
            room -= sum(size_of[key] for key in needed - keys)
            stale = entry.age > self._limits.parked_seconds or room < 0
            if record is None or (stale and entry.name not in in_use):
                self._folder.remove(entry.name)
            else:
                keys |= needed
        for entry in entries:
            if not entry.name.endswith(RECORD) and _key(entry) not in keys and not self._states.knows(_key(entry)):
                self._folder.remove(entry.name)
        self._texts.let_go(keys)


def _keys_of(record: Record) -> set[str]:
    """What the files are called that it needs beside its own."""
    return {*map(key_of, record.texts), *([] if record.key is None else [record.key])}


def _record(run: LiveRun, before: Record | None = None) -> Record:
    subject = run.subject if isinstance(run.subject, Experiment) else run.subject.to_query()
    return Record(
        made_by=made_by(),
        kind=run.kind,
        visitor=run.visitor,
        subject=subject,
        key=None if run.kept is None else run.kept.key,
        epoch=run.kept_epoch,
        standing=run.standing.copy(),
        intent=replace(run.intent),
        task=run.task,
        locked=run.locked,
        held=run.held,
        texts=before.texts if before and before.subject is subject else _texts_of(subject),
    )


def _texts_of(subject: Experiment | dict[str, str]) -> tuple[str, ...]:
    query = subject.to_query() if isinstance(subject, Experiment) else subject
    return names_in(query.values())


def _subject(record: Record) -> Subject:
    """What the run is about: an experiment, or what the query of its kind asks for."""
    match record.subject:
        case Experiment() as experiment:
            return experiment
        case query if record.kind == FINDER:
            return RateTest(Experiment.from_query(query)[0], published=PUBLISHED.items() <= query.items())
        case query if record.kind == SEARCH:
            return Search.from_query(query)[0]
        case query if RUNS_KEY in query:
            comparison = Comparison.from_query(query)[0]
            assert comparison is not None, query
            return comparison
        case query:
            return Wall.from_query(query)[0]


def _name(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()[:40] + RECORD


def _key(entry: Entry) -> str:
    return entry.name.partition(".")[0]


@cache
def made_by() -> str:
    """What states are only good for: this code, with these libraries."""
    digest = hashlib.sha256(" ".join(f"{name} {version(name)}" for name in LIBRARIES).encode())
    root = Path(playground.__file__).parent
    for folder in WHAT_STATES_DEPEND_ON:
        for path in sorted((root / folder).rglob("*.py")):
            digest.update(path.read_bytes())
    return digest.hexdigest()[:16]

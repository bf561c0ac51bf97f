"""A worker process by itself, with the real engine, and this test in the server's place."""

from __future__ import annotations

from queue import SimpleQueue
from typing import Any

from playground.core import Experiment
from playground.runtime import Limits, WorkerProcess
from playground.runtime.hosts.host import LastSeen
from playground.runtime.hosts.process import process_context
from playground.runtime.jobs.kinds import Beginning
from playground.runtime.protocol import page
from playground.runtime.protocol.limits import FRAMES_IN_FLIGHT
from playground.runtime.protocol.packing import unpack
from playground.runtime.server.keeping import Keep, Keeping
from playground.runtime.worker.messages import (
    Alive,
    Answer,
    Close,
    Failed,
    ForPage,
    Loaded,
    MoreCredit,
    Open,
    Order,
    Release,
    Released,
    Tell,
    ToKeep,
    Welcome,
)
from tests.channel_types import check_message
from tests.runtime.peers import PATIENCE

Message = tuple[dict[str, Any], dict[str, Any]]


class LoneWorker:
    """A worker whose every message to a page is held against its declaration, and that may neither end nor fail a job.

    Attributes
    ----------
    frames : of each job the headers of frames that have not been looked at
    probes : of each job the points whose probes were answered
    """

    def __init__(self, engine: str = "playground.engine") -> None:
        self._answers: SimpleQueue[Answer | LastSeen] = SimpleQueue()
        self._keeping = Keeping()
        self._kept: dict[str, tuple[Keep, int]] = {}
        self._gone: set[str] = set()
        self.frames: dict[str, list[dict[str, Any]]] = {}
        self.probes: dict[str, list[tuple[float, float]]] = {}
        self.standings: dict[str, str] = {}
        self.experiments: dict[str, Experiment] = {}
        self._host = WorkerProcess(process_context(engine), engine, Limits())
        self._host.start(self._hear, self._answers.put)
        while not isinstance(self._next(), Loaded):
            pass

    def end(self) -> None:
        self._host.end()

    def open(self, job: str, experiment: Experiment) -> None:
        """Begin a job, or take it up from what was kept of it."""
        keep, epoch = self._kept.get(job, (None, 0))
        self.experiments[job] = experiment
        self.frames.setdefault(job, [])
        self.probes.setdefault(job, [])
        self.send(Open(job, "run", Beginning(experiment, keep.value() if keep else None, epoch)))
        self.send(Welcome(job, FRAMES_IN_FLIGHT))

    def send(self, order: Order) -> None:
        self._host.send(order)

    def tell(self, job: str, message: page.PageMessage) -> None:
        self.send(MoreCredit(job) if isinstance(message, page.Credit) else Tell(job, message))

    def park_and_take_up(self, job: str) -> None:
        """Let the worker hand the job over, and give it back."""
        self._gone.discard(job)
        self.send(Release(job))
        while job not in self._gone:
            self.hear()
        self.open(job, self.experiments[job])

    def begin_anew(self, job: str) -> None:
        self.send(Close(job))
        self._kept.pop(job, None)
        self.open(job, self.experiments[job])

    def frame(self, job: str) -> dict[str, Any]:
        """The next frame of a job."""
        while not self.frames[job]:
            self.hear()
        return self.frames[job].pop(0)

    def hear(self) -> None:
        """Take in one answer."""
        match self._next():
            case ForPage(job=job, messages=messages):
                for message in messages:
                    self._look_at(job, *unpack(message))
            case ToKeep(job=job, saved=saved):
                keep = self._keeping.take(saved)
                if keep is not None:  # else a part of what was closed meanwhile
                    self._kept[job] = keep, saved.epoch
            case Released(job=job):
                self._gone.add(job)
            case Failed(job=job, sentence=sentence):
                raise AssertionError(f"{job} failed: {sentence}")
            case LastSeen() as seen:
                raise AssertionError(f"the worker ended: {seen}")

    def _look_at(self, job: str, header: dict[str, Any], arrays: dict[str, Any]) -> None:
        check_message(header, arrays)
        assert "fault" not in header, header
        if header["type"] == "frame":
            self.frames[job].append(header)
            self.standings[job] = header["state"]
        if header["type"] == "probe":
            self.probes[job].append((header["x1"], header["x2"]))
        if header["type"] == "view":
            self.tell(job, page.Viewed())

    def _hear(self, answers: Any) -> None:
        for answer in answers:
            self._answers.put(answer)

    def _next(self) -> Answer | LastSeen:
        """The next answer; a worker that only says that it is alive, once a second, has not given one."""
        for _beat in range(int(PATIENCE)):
            if not isinstance(answer := self._answers.get(timeout=PATIENCE), Alive):
                return answer
        raise AssertionError(f"the worker lives, and says nothing but {answer}")

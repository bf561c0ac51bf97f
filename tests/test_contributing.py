"""CONTRIBUTING.md stays true: what it names exists, and what it says is enough is enough.

Datasets, optimizers and features are tried in tests/core/test_walk_through.py, pages in tests/ui/test_pages.py.
"""

from __future__ import annotations

import asyncio
import pickle
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Any, Literal, cast

import pytest
from pydantic import with_config

from playground.core import Experiment
from playground.runtime import Limits, Pool
from playground.runtime.course import course_of
from playground.runtime.engine import Engine
from playground.runtime.hosts.host import Ended, LastSeen, Receive
from playground.runtime.jobs.job import Saved
from playground.runtime.jobs.kinds import KINDS, Beginning, Clock, Made, kind
from playground.runtime.jobs.trainings import Trainings
from playground.runtime.protocol import page
from playground.runtime.protocol.closing import CloseCode
from playground.runtime.protocol.packing import pack, unpack
from playground.runtime.protocol.server import EXACTLY, Standing, ViewHeader
from playground.runtime.protocol.show import ViewOptions
from playground.runtime.server.live_run import LiveRun
from playground.runtime.subjects import Subject
from playground.runtime.views.answer import VIEWS, Looked, answers
from playground.runtime.views.snapshot import Snapshot
from playground.runtime.worker.loop import Loop
from playground.runtime.worker.messages import Answer, Order, Stop
from tests.runtime import arithmetic_engine
from tests.runtime.peers import PATIENCE
from tests.runtime.workbench import Workbench, messages_of

ROOT = Path(__file__).parents[1]
TEXT = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
STATIC = "playground/ui/static"
MADE = {f"{STATIC}/web/facts.js", f"{STATIC}/web/messages.d.ts", f"{STATIC}/room/messages.d.ts"}
"""Written by `python -m playground.ui.web.facts`."""


# What it names -----------------------------------------------------------------------------------------------------


def test_every_path_named_is_there() -> None:
    named = [text for text in re.findall(r"`([\w./-]+)`", TEXT) if "/" in text or (ROOT / text).suffix]
    assert len(named) > 20
    assert [path for path in named if not (ROOT / path).exists()] == []


def test_every_module_that_is_run_is_there() -> None:
    named = re.findall(r"python -m ([\w.]+)", TEXT)
    assert "playground.ui.web.facts" in named
    assert [name for name in named if "." in name and not (ROOT / f"{name.replace('.', '/')}.py").exists()] == []


def test_it_is_short() -> None:
    assert TEXT.count("\n") <= 150


# A view ------------------------------------------------------------------------------------------------------------

VIEW = '''
from typing import Literal
from playground.runtime.protocol.show import ViewOptions
from playground.runtime.views.answer import answers

class TallyOptions(ViewOptions):
    """Whether it is doubled."""

    name: Literal["tally"] = "tally"
    twice: bool = False

@answers(TallyOptions)
def look(snapshot, options):
    return {}, {}
'''
VIEW_JS = 'export const TAB = { order: 7, title: "Tally", hint: "How far it is" };\nexport default class TallyView {}\n'
FIND_VIEW = """
from playground.ui.web import facts
made = {f"{path.parent.name}/{path.name}": text for path, text in facts.generated().items()}
assert '{ name: "tally", title: "Tally", hint: "How far it is" }' in made["web/facts.js"]
assert "interface TallyOptions {" in made["web/messages.d.ts"]
assert "interface TallyMessage {" in made["web/messages.d.ts"]
"""


@pytest.mark.parametrize(
    ("view", "pointing"),
    [
        ("diagnosis", {"playground/runtime/report/run.py"}),
        ("probabilities", {"playground/core/diagnosis/finding.py", f"{STATIC}/stage/views/diagnosis_view.js"}),
    ],
)
def test_a_view_is_named_in_its_two_modules_alone(view: str, pointing: set[str]) -> None:
    """But for findings of the diagnosis, which say where they can be seen, and the report, which has them in print."""
    pattern = rf"[\"'`]{view}[\"'`]|{view}_view\b|{view.title()}(Options|View|Header)\b|views[./]{view}\b"
    naming = {
        path.relative_to(ROOT).as_posix()
        for path in [ROOT / "app.py", *(ROOT / "playground").rglob("*")]
        if path.suffix in (".py", ".js", ".ts", ".css") and re.search(pattern, path.read_text(encoding="utf-8"))
    }
    own = {f"playground/runtime/views/{view}.py", f"{STATIC}/stage/views/{view}_view.js"}
    assert naming - MADE == own | pointing


def test_a_view_is_two_modules(tmp_path: Path) -> None:
    for package in ("classroom", "core", "figures", "lessons", "runtime", "store", "ui"):
        shutil.copytree(ROOT / "playground" / package, tmp_path / "playground" / package)
    shutil.copy(ROOT / "playground" / "__init__.py", tmp_path / "playground")
    (tmp_path / "playground/runtime/views/tally.py").write_text(VIEW, encoding="utf-8")
    (tmp_path / STATIC / "stage/views/tally_view.js").write_text(VIEW_JS, encoding="utf-8")
    done = subprocess.run([sys.executable, "-c", FIND_VIEW], cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


@pytest.fixture
def tally() -> Iterator[None]:
    """A view that a test adds."""

    class TallyOptions(ViewOptions):
        name: Literal["tally"] = "tally"
        twice: bool = False

    @with_config(EXACTLY)
    class TallyHeader(ViewHeader, total=False):
        tally: int

    @answers(TallyOptions, TallyHeader)
    def look(snapshot: Snapshot, options: TallyOptions) -> Looked:
        return {"tally": snapshot.epoch * (1 + options.twice)}, {}

    yield
    del VIEWS[TallyOptions], ViewOptions.known["tally"]


@pytest.mark.usefixtures("tally")
def test_a_page_that_asks_for_a_new_view_gets_its_message() -> None:
    run = Workbench().run()
    asked = page.read_message('{"type": "show", "view": {"name": "tally", "twice": true}}')
    assert asked is not None
    run.hear(asked)
    run.hear(page.OneEpoch())
    header, _arrays = [each for each in messages_of(run) if each[0]["type"] == "view"][-1]
    assert header["view"] == {"name": "tally", "twice": True}
    assert (header["epoch"], header["tally"]) == (1, 2)


# A kind of work ----------------------------------------------------------------------------------------------------


COURSE = course_of(Experiment())


class Countdown:
    """A job that counts down to 0 while its page looks."""

    credits = 0

    def __init__(self, left: int) -> None:
        self.left = left

    @property
    def wants_turn(self) -> bool:
        return self.left > 0 and self.credits > 0

    @property
    def at_rest(self) -> bool:
        return self.left == 0

    @property
    def standing(self) -> Standing:
        return Standing(state="playing" if self.left else "finished", message="", last_epoch=0, course=COURSE)

    @property
    def version(self) -> tuple[int, None]:
        return self.left, None

    def welcome(self, credits: int) -> None:
        self.credits = credits

    def hear(self, message: page.PageMessage) -> None:
        self.credits += isinstance(message, page.Credit)

    def adjust(self, subject: Subject) -> None:
        pass

    def hold(self, held: bool) -> None:
        pass

    def turn(self) -> list[bytes]:
        self.left, self.credits = self.left - 1, self.credits - 1
        return [pack({"type": "countdown", "left": self.left})]

    settled = True

    def settle(self) -> list[bytes]:
        return []

    def save(self) -> Saved:
        return Saved("countdown", 0, state=str(self.left).encode(), log=b"", whole=True)

    def drop(self) -> None:
        pass

    def leave(self) -> None:
        pass


@pytest.fixture
def countdown() -> Iterator[str]:
    """A kind of job that a test adds, by its name."""

    @kind("countdown")
    def begin(trainings: Trainings, made: Sequence[Made], beginning: Beginning, clock: Clock) -> Countdown:
        return Countdown(3 if beginning.kept is None else int(beginning.kept.state))

    yield "countdown"
    del KINDS["countdown"]


# A host ------------------------------------------------------------------------------------------------------------


class ThreadHost:
    """A worker in a thread of this process. What it says and hears is pickled, as if it came from far away."""

    def __init__(self) -> None:
        self._orders: SimpleQueue[bytes] = SimpleQueue()
        self._thread = threading.Thread(target=self._serve)

    def start(self, receive: Receive, ended: Ended) -> None:
        self._receive, self._ended = receive, ended
        self._thread.start()

    def send(self, order: Order) -> None:
        self._orders.put(pickle.dumps(order))

    def alive(self) -> bool:
        return self._thread.is_alive()

    def memory_bytes(self) -> int:
        return 0

    def end(self) -> None:
        self.send(Stop())

    def _serve(self) -> None:
        Loop(self, cast(Engine, arithmetic_engine), Limits(), self).serve()
        self._ended(LastSeen())

    # The worker's end.

    def listen(self, seconds: float) -> Sequence[Order]:
        try:
            return [pickle.loads(self._orders.get(timeout=seconds) if seconds else self._orders.get_nowait())]
        except Empty:
            return []

    def say(self, answers: Sequence[Answer]) -> None:
        self._receive(pickle.loads(pickle.dumps(answers)))

    def working_on(self, job: str) -> None:
        pass

    def compiling(self, key: str) -> None:
        pass


class Onlooker:
    """A page that paints what it gets, and asks for more."""

    def __init__(self) -> None:
        self.got: asyncio.Queue[dict[str, Any]] = asyncio.Queue()

    def send(self, message: bytes) -> None:
        self.got.put_nowait(unpack(message)[0])

    def dismiss(self, code: CloseCode) -> None:
        pass

    async def until(self, condition: Callable[[dict[str, Any]], bool]) -> list[dict[str, Any]]:
        """What comes up to the first message for which the condition holds."""
        seen: list[dict[str, Any]] = []
        while not seen or not condition(seen[-1]):
            seen.append(await asyncio.wait_for(self.got.get(), PATIENCE))
        return seen


async def watched(job: LiveRun, told: Sequence[page.PageMessage], last: Callable[[dict[str, Any]], bool]) -> list[Any]:
    """What a page of a job sees that runs in a thread, up to the last message."""
    onlooker = Onlooker()
    pool = Pool(ThreadHost, Limits(workers=1))
    pool.start(asyncio.get_running_loop())
    try:
        job.welcome(onlooker)
        for message in told:
            job.tell(message)
        pool.place(job)
        return await onlooker.until(last)
    finally:
        pool.stop()


def test_a_run_trains_in_another_kind_of_host() -> None:
    told: list[page.PageMessage] = [page.Credit(), page.Credit(), page.OneEpoch()]
    seen = asyncio.run(watched(LiveRun(Experiment()), told, lambda message: message.get("epoch") == 1))
    assert seen[-1]["type"] == "frame"


def test_another_kind_of_job_gets_its_turns_there(countdown: str) -> None:
    job = LiveRun(Experiment(), kind=countdown)
    seen = asyncio.run(watched(job, [page.Credit()] * 3, lambda message: message.get("state") == "finished"))
    assert [message["left"] for message in seen if message["type"] == "countdown"] == [2, 1, 0]
    kept = None if job.kept is None else job.kept.value()
    assert kept is not None and kept.state == b"0"

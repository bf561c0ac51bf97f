"""The real app, served on a port of this machine, and a learner who uses it in a browser.

Shared by the browser tests and the benchmarks.
"""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Literal, TypeAlias
from urllib.parse import urlencode

import psutil
from playwright.sync_api import Locator, Page, TimeoutError
from typing_extensions import Self

ROOT = Path(__file__).resolve().parent.parent
Scheme: TypeAlias = Literal["light", "dark"]
SCHEMES: tuple[Scheme, ...] = ("light", "dark")
PATIENCE = 150.0
"""Seconds to wait for what must come in the end; loading TensorFlow on a busy machine is the longest."""
LOOK_AGAIN = 0.02
LOOK_AGAIN_LATER = 0.25
"""Seconds to sleep before a second look, and at most before another: what loads is not kept from it by questions."""
_CUT_SPEEDS = """() => {
    const select = document.querySelector('.kp-speed select'), style = getComputedStyle(select);
    const room = select.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
    const canvas = document.createElement('canvas').getContext('2d');
    canvas.font = style.font;
    const cut = ({text}) => Math.floor(canvas.measureText(text).width) > room;
    return [...select.options].filter(cut).map(each => `${each.text} in ${room} px`);
}"""
"""Names of speeds that do not fit: a browser does not say of a select that what it shows is cut."""


def free_port() -> int:
    """A port that nothing listens on."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


class ServedApp:
    """`streamlit run app.py` as a process of its own."""

    def __init__(
        self,
        environment: Mapping[str, str] | None = None,
        port: int | None = None,
        root: Path = ROOT,
        descriptors: int | None = None,
    ) -> None:
        self.root = root  # the checkout that is served
        self.command: list[str] = []  # another way to start it than by `streamlit run`
        self.most_descriptors = descriptors
        self.port = port or free_port()
        folder = Path(tempfile.mkdtemp())
        own = {"STREAMLIT_SERVER_HEADLESS": "true", "XDG_STATE_HOME": str(folder)}
        self.environment = {**os.environ, **own, **(environment or {})}
        self._log = folder / "server.log"
        self.started_at = 0.0
        self.process: subprocess.Popen[str] | None = None

    @property
    def base(self) -> str:
        path = self.environment.get("STREAMLIT_SERVER_BASE_URL_PATH", "").strip("/")
        return f"http://localhost:{self.port}/" + (f"{path}/" if path else "")

    def url(self, query: Mapping[str, Any] | str = "", place: str = "") -> str:
        """The address of an experiment, or of a wall on the page at this place."""
        text = query if isinstance(query, str) else urlencode(query)
        return self.base + place + (f"?{text}" if text else "")

    def start(self) -> ServedApp:
        """Start and wait until the server answers; TensorFlow may still be loading."""
        command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(self.port)]
        command = self.command or command
        if self.most_descriptors is not None:
            command = ["sh", "-c", f'ulimit -n {self.most_descriptors} && exec "$@"', "sh", *command]
        self.started_at = time.monotonic()
        with self._log.open("a") as log:
            self.process = subprocess.Popen(
                command, cwd=self.root, env=self.environment, stdout=log, stderr=subprocess.STDOUT, text=True
            )
        return self._after(self._answers)

    def _after(self, condition: Callable[[], object]) -> ServedApp:
        """Itself once a condition holds; where it never does, nobody is left to stop what has been started."""
        try:
            self.wait(condition)
        except BaseException:
            self.stop()
            raise
        return self

    def _answers(self) -> bool:
        if self.process is not None and self.process.poll() is not None:
            raise AssertionError(f"The server ended:\n{self.read_log()}")
        try:
            with urllib.request.urlopen(f"{self.base}_stcore/health", timeout=2) as answer:
                return bool(answer.status == 200)
        except OSError:
            return False

    def wait_until_loaded(self, workers: int = 1) -> ServedApp:
        """Wait until TensorFlow is loaded in at least so many workers."""
        return self._after(lambda: self.counts()["workers"] >= workers)

    def counts(self) -> dict[str, int]:
        """What the server says of its workers and runs."""
        try:
            with urllib.request.urlopen(f"{self.base}_playground/health", timeout=10) as answer:
                return dict(json.load(answer))
        except urllib.error.HTTPError as unhealthy:
            return dict(json.load(unhealthy))

    def health(self) -> int:
        """The status by which the server says whether it can train."""
        try:
            with urllib.request.urlopen(f"{self.base}_playground/health", timeout=10) as answer:
                return int(answer.status)
        except urllib.error.HTTPError as refusal:
            return refusal.code

    def wait(self, condition: Callable[[], object], sleep: Callable[[float], object] = time.sleep) -> None:
        """Wait until a condition holds, looking again after a moment's sleep, which grows."""
        deadline, moment = time.monotonic() + PATIENCE, LOOK_AGAIN
        while not condition():
            assert time.monotonic() < deadline, f"It never came. The server said:\n{self.read_log()}"
            sleep(moment)
            moment = min(1.2 * moment, LOOK_AGAIN_LATER)

    def read_log(self) -> str:
        return self._log.read_text()

    def web_process(self) -> psutil.Process:
        assert self.process is not None
        return psutil.Process(self.process.pid)

    def workers(self) -> list[psutil.Process]:
        """The training processes: what the fork server, or elsewhere the server itself, has started."""
        children = self.web_process().children(recursive=True)
        parents = {child.ppid() for child in children}
        return [child for child in children if child.pid not in parents and _trains(child)]

    def descriptors(self) -> int:
        """File descriptors that the web process has."""
        return self.web_process().num_fds()

    def memory_bytes(self) -> int:
        """Memory of the server and all its processes; pages that several share count once (Linux)."""
        family = [self.web_process(), *self.web_process().children(recursive=True)]
        total = 0
        for process in family:
            try:
                full = process.memory_full_info()
            except psutil.NoSuchProcess:
                continue
            total += getattr(full, "pss", full.rss)
        return total

    def kill(self) -> None:
        """End the web process as a full memory does: it has no time for anything."""
        assert self.process is not None
        self.process.kill()
        self.process.wait()
        self.process = None

    def stop(self) -> None:
        """End the server and everything it started."""
        if self.process is None:
            return
        family = self.web_process().children(recursive=True) if self.process.poll() is None else []
        self.process.terminate()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        for process in psutil.wait_procs(family, timeout=5)[1]:
            process.kill()
        self.process = None


def _trains(process: psutil.Process) -> bool:
    try:
        return "resource_tracker" not in " ".join(process.cmdline())
    except psutil.NoSuchProcess:  # or one that has ended, of which nobody has heard yet
        return False


class Learner:
    """Someone at the page, who looks at the stage and presses its buttons."""

    PLACE, ROOT = "", "stage"
    """Of the page below the app's address, and the name of what the component is in."""

    def __init__(self, page: Page, app: ServedApp) -> None:
        self.page, self.app = page, app

    def open(self, query: Mapping[str, Any] | str = "", state: str | None = "ready") -> Self:
        """Open an experiment's link and wait for its stage."""
        self.page.goto(self.app.url(query, self.PLACE))
        self.until("true")
        if state is not None:
            self.until_state(state)
        return self

    @property
    def stage(self) -> dict[str, str]:
        """The stage's data attributes."""
        return dict(self.page.eval_on_selector(f"[data-testid={self.ROOT}]", "node => ({...node.dataset})"))

    @property
    def epoch(self) -> int:
        return int(self.stage["epoch"])

    @property
    def frames(self) -> int:
        return int(self.stage["frames"])

    def press(self, name: str) -> Self:
        self.page.get_by_role("button", name=name, exact=True).click()
        return self

    def choose_speed(self, label: str) -> Self:
        self.page.get_by_label("Speed").select_option(label=label)
        return self

    def until(self, condition: str, argument: Any = None) -> Self:
        """Wait until an expression over the stage's dataset `d` and argument `a` holds."""
        try:
            self.page.wait_for_function(
                f"a => {{ const d = document.querySelector('[data-testid={self.ROOT}]')?.dataset;"
                f" return d && ({condition}); }}",
                arg=argument,
                timeout=PATIENCE * 1000,
            )
        except TimeoutError:
            there = self.page.evaluate(
                "root => ({...document.querySelector(`[data-testid=${root}]`)?.dataset})", self.ROOT
            )
            server = f"{self.app.counts()}\n{self.app.read_log()[-2000:]}"
            raise AssertionError(f"Never came: {condition}. The page: {there}. The server: {server}") from None
        return self

    def wait(self, condition: Callable[[], object]) -> Self:
        """Wait until a condition holds, while what happens in the page is heard of."""
        self.app.wait(condition, lambda seconds: self.page.wait_for_timeout(1000 * seconds))
        return self

    def resize(self, size: tuple[int, int]) -> Self:
        """Give the window another size; what follows it by an observer and the next picture is drawn."""
        self.page.set_viewport_size({"width": size[0], "height": size[1]})
        return self.until_painted().until_painted()

    def in_scheme(self, scheme: Scheme) -> Self:
        """Go over to light or dark, as a system does in the evening, and wait until all is drawn in it."""
        self.page.emulate_media(color_scheme=scheme)
        return self.until("d.theme === a", scheme).until_painted()

    def expect_on_one_screen(self, *parts: Locator) -> Self:
        """Wait until these parts all lie within the window, as they do when all has settled."""
        seen: list[Any] = []

        def lie_within() -> bool:
            window = self.page.viewport_size
            seen[:] = [window, *(part.bounding_box() for part in parts)]
            return window is not None and all(
                box
                and min(box["x"], box["y"]) >= 0
                and box["x"] + box["width"] <= window["width"]
                and box["y"] + box["height"] <= window["height"]
                for box in seen[1:]
            )

        try:
            return self.wait(lie_within)
        except AssertionError:
            raise AssertionError(f"Not on one screen: {seen}") from None

    def expect_readable_speeds(self) -> Self:
        """Wait until the name of every speed has room in the transport."""
        seen: list[str] = []

        def all_fit() -> bool:
            seen[:] = self.page.evaluate(_CUT_SPEEDS)
            return not seen

        try:
            return self.wait(all_fit)
        except AssertionError:
            raise AssertionError(f"Cut at {self.page.viewport_size}: {seen}") from None

    def until_painted(self) -> Self:
        """Wait until the browser has painted what the page has drawn: two animation frames."""
        self.page.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
        return self

    def until_state(self, *states: str) -> Self:
        return self.until("a.includes(d.state)", list(states))

    def until_epoch(self, epoch: int) -> Self:
        return self.until("+d.epoch >= a", epoch)

    def watch(self, seconds: float) -> tuple[float, float]:
        """Frames and epochs a second over a while, measured in the page by its own clock."""
        script = """async ([root, milliseconds]) => {
            const d = document.querySelector(`[data-testid=${root}]`).dataset;
            const from = {at: performance.now(), frames: +d.frames, epoch: +d.epoch};
            await new Promise(done => setTimeout(done, milliseconds));
            const seconds = (performance.now() - from.at) / 1000;
            return [(+d.frames - from.frames) / seconds, (+d.epoch - from.epoch) / seconds];
        }"""
        frames, epochs = self.page.evaluate(script, [self.ROOT, seconds * 1000])
        return float(frames), float(epochs)


class Explorer(Learner):
    """Someone at the page Explore, who looks at the wall and presses its buttons."""

    PLACE, ROOT = "explore", "wall"

    @property
    def cells(self) -> Locator:
        return self.page.get_by_test_id("cell")


class Comparer(Explorer):
    """Someone at the page Compare."""

    PLACE = "compare"


class Searcher(Learner):
    """Someone at the page Search, who looks at its trials and presses its buttons."""

    PLACE, ROOT = "search", "search"

    @property
    def trials(self) -> int:
        """How many have ended."""
        return int(self.stage["trials"])


class Pupil(Learner):
    """Someone at the page Learn, who looks at the lesson."""

    PLACE, ROOT = "learn", "lesson"

    def until_lesson(self, step: int, state: str) -> Self:
        return self.until("d.step == a[0] && d.state == a[1]", [str(step), state])

    def until_run(self, *states: str) -> Self:
        self.page.locator(", ".join(f"[data-testid=stage][data-state={state}]" for state in states)).wait_for()
        return self

    @property
    def verdict(self) -> str:
        return self.page.get_by_test_id("verdict").inner_text()

    @property
    def focused(self) -> str:
        return str(self.page.evaluate("document.activeElement.className"))

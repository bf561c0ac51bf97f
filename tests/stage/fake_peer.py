"""A server that speaks the live channel's protocol about an analytic moving boundary: the stage's peer in tests."""

from __future__ import annotations

import asyncio
import contextlib
import json
import socket
import threading
import time
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
import plotly
import uvicorn
from starlette.applications import Starlette
from starlette.responses import FileResponse, HTMLResponse, Response
from starlette.routing import Mount, Route, WebSocketRoute
from starlette.staticfiles import StaticFiles
from starlette.websockets import WebSocket, WebSocketDisconnect

from playground.runtime.protocol import packing
from playground.ui.web import static_files
from tests.channel_types import check_message

HERE = Path(__file__).parent
N = 100
VERSIONS = ("test", "next")
"""Under which names the stage's modules are served, as before and after an update of the server."""


def pack(header: dict[str, Any], arrays: dict[str, np.ndarray[Any, Any]]) -> bytes:
    """One binary message as the server packs it, and of no other form than the server declares."""
    check_message(header, arrays)
    return packing.pack(header, arrays)


@dataclass
class FakeRun:
    """A run whose boundary is a circle that grows with the epoch; everything follows from the epoch."""

    token: str
    kind: str = "binary"  # binary, three, six, regression
    dataset: str = ""  # its name; without one, the kind's
    names: tuple[str, ...] = ()  # of its classes, where they have some
    in_plane: bool = True  # whether it has two inputs, from which the features are made
    axes: tuple[str, str] = ("x1", "x2")
    state: str = "ready"
    message: str = ""
    epochs: int = 100_000
    newest: int = 0
    shown: int = 0
    epochs_per_frame: int = 1
    n_points: int = 250
    n_test: int = 250
    n_validation: int = 0
    diverge_at: int | None = None
    first_loss: float | None = None  # of the untrained network, where it is another
    seconds_per_frame: float = 0.0
    view: dict[str, list[float]] = field(default_factory=lambda: {"x1": [-6.0, 6.0], "x2": [-6.0, 6.0]})
    received: list[tuple[float, dict[str, Any]]] = field(default_factory=list)
    credits: int = 0
    most_credits: int = 0
    sent: int = 0
    pending: bool = True  # a frame to show although nothing trains
    curves_sent: int = 0
    probes: int = 0
    wake: asyncio.Event = field(default_factory=asyncio.Event)
    close_with: int | None = None
    until: int | None = None  # the epoch to pause at
    more: int = 0  # epochs that it may have besides when it has finished
    deaf: bool = False  # does not hear Pause
    rests: bool = False  # may not train, whatever the page says
    redraws: bool | None = False  # begins anew with points that are drawn; None says nothing to them
    beginnings: int = 1
    course: dict[str, Any] = field(default_factory=lambda: {"link": "?dataset=circle", "turns": []})

    @property
    def classes(self) -> int:
        return {"binary": 2, "three": 3, "six": 6, "regression": 0}[self.kind]

    def got(self, kind: str) -> list[dict[str, Any]]:
        return [message for _, message in self.received if message["type"] == kind]

    # ------------------------------------------------------------ what the network would say

    def radius(self, epoch: int) -> float:
        return 1.2 + 2.6 * (1 - np.exp(-epoch / 60)) + 0.25 * np.sin(epoch / 7)

    def values(self, x1: np.ndarray, x2: np.ndarray, epoch: int) -> np.ndarray:
        """(K, …) values of the untrained and then ever sharper network."""
        r = self.radius(epoch)
        sharp = 0.3 + 2.2 * (1 - np.exp(-epoch / 80))
        if self.kind == "binary":
            wobble = 0.35 * np.sin(3 * np.arctan2(x2, x1) + epoch / 15)
            return (1 / (1 + np.exp(-sharp * (np.hypot(x1, x2) - r - wobble))))[None]
        if self.kind == "regression":
            return (np.tanh(epoch / 60) * (x1 + x2) / 10)[None]
        angle = np.arctan2(x2, x1) + 0.4 * np.hypot(x1, x2)
        turns = [2 * np.pi * k / self.classes for k in range(self.classes)]
        logits = np.stack([sharp * 2 * np.cos(angle - turn) for turn in turns])
        odds = np.exp(logits - logits.max(axis=0))
        return odds / odds.sum(axis=0)

    def line(self, epoch: int) -> np.ndarray:
        """The circle of the binary run, as the boundary's vertices."""
        if self.kind == "regression":
            return np.zeros((0, 2), np.float32)
        angle = np.linspace(0, 2 * np.pi, 400)
        if self.kind == "binary":
            r = self.radius(epoch) + 0.35 * np.sin(3 * angle + epoch / 15)
            return np.stack([r * np.cos(angle), r * np.sin(angle)], axis=1).astype(np.float32)
        arms = []
        for k in range(self.classes):
            s = np.linspace(0, 8, 60)
            turn = 2 * np.pi * (k + 0.5) / self.classes - 0.4 * s
            arms += [np.stack([s * np.cos(turn), s * np.sin(turn)], axis=1), np.full((1, 2), np.nan)]
        return np.concatenate(arms).astype(np.float32)

    def points(self) -> dict[str, np.ndarray]:
        rng = np.random.default_rng(0)
        parts: dict[str, np.ndarray] = {}
        for part, n in (("train", self.n_points), ("test", self.n_test)):
            X = rng.uniform(-5, 5, (n, 2))
            if self.kind == "regression":
                y = (X[:, 0] + X[:, 1]) / 10
            elif self.kind == "binary":
                X = X[np.abs(np.hypot(*X.T) - 3) > 0.6]
                y = np.hypot(*X.T) > 3
            else:
                y = np.argmax(self.values(X[:, 0], X[:, 1], 500), axis=0)
            parts |= {f"{part}_x": X.astype(np.float32), f"{part}_y": y.astype(np.float32)}
        return parts

    def curve(self, epochs: np.ndarray) -> np.ndarray:
        loss = 0.69 * np.exp(-epochs / 90) + 0.03 + 0.02 * np.exp(-epochs / 200) * np.sin(epochs / 3)
        if self.first_loss is not None:
            loss = np.where(epochs == 0, self.first_loss, loss)
        val = loss * 1.1 + 0.03 + 0.015 * np.exp(-epochs / 300) * np.sin(epochs / 5)
        accuracy = 0.5 + 0.49 * (1 - np.exp(-epochs / 70))
        rows = [epochs, loss, accuracy, val, accuracy - 0.02, np.full(len(epochs), 0.03)]
        if self.kind == "regression":
            rows[2] = rows[4] = np.full(len(epochs), np.nan)
        return np.stack(rows, axis=1).astype(np.float32)

    # ------------------------------------------------------------ messages

    def standing(self) -> dict[str, Any]:
        standing: dict[str, Any] = {"state": self.state, "message": self.message, "last_epoch": self.newest}
        standing["course"] = self.course
        if self.rests:
            standing["held"] = True
        if self.state in ("finished", "diverged"):
            loss, accuracy = self.curve(np.array([float(self.newest)]))[0, 3:5].tolist()
            diverged = self.state == "diverged"
            standing["ending"] = {
                "epoch": self.newest,
                "loss": None if diverged else loss,
                "accuracy": None if diverged or np.isnan(accuracy) else accuracy,
                "best_epoch": self.newest - 3,
                "best_loss": 0.0625,
                "advice": "The test loss still falls.",
                "more": 0 if diverged else self.more,
                "no_more": "" if self.more else "It cannot go on.",
            }
        return standing

    def hello(self) -> bytes:
        points = self.points()
        shown = {f"shown_{part}": len(points[f"{part}_y"]) for part in ("train", "test")}
        experiment = {
            "task": "regression" if self.kind == "regression" else "classification",
            "n_classes": self.classes,
            "output": "sigmoid",
            "loss": "binary_crossentropy",
            "n_train": shown["shown_train"],
            "n_test": shown["shown_test"],
            "n_validation": self.n_validation,
            "epochs": self.epochs,
            "seed": 0,
            "dataset": self.dataset or self.kind,
            "learning_rate": 0.03,
            "features": ["x1", "x2"],
            "uses_features": self.in_plane,
            "classes": self.names or [f"class {k}" for k in range(self.classes)],
            "axes": self.axes,
            "held": "",
            "target": "",
            "hidden": [4, 2],
            "activations": ["tanh", "tanh"],
            "units_out": self.classes if self.classes > 2 else 1,
        }
        home = {"x1": [-6.0, 6.0], "x2": [-6.0, 6.0]}
        return pack(
            {
                "type": "hello",
                "run": f"run-{self.token}" + (f"-no{self.beginnings}" if self.beginnings > 1 else ""),
                "experiment": experiment,
                "summary": "2 inputs → 4 tanh → 2 tanh → 1 sigmoid",
                **home,
                **self.standing(),
                **shown,
            },
            points,
        )

    def status(self) -> bytes:
        return pack({"type": "status", **self.standing()}, {})

    def frame(self) -> bytes:
        axes = [np.linspace(self.view[name][0], self.view[name][1], N) for name in ("x1", "x2")]
        x1, x2 = np.meshgrid(*axes)
        values = self.values(x1, x2, self.shown)
        lo, hi = (float(values.min()), float(values.max()) + 1e-9) if self.kind == "regression" else (0.0, 1.0)
        rows = self.curve(np.arange(self.curves_sent, self.newest + 1, dtype=float))
        at = self.curve(np.array([float(self.shown)]))[0]
        names = ("loss", "accuracy", "val_loss", "val_accuracy")
        figures = {name: None if np.isnan(value) else float(value) for name, value in zip(names, at[1:5], strict=True)}
        header: dict[str, Any] = {
            "type": "frame",
            "epoch": self.shown,
            "last_epoch": self.newest,
            "state": self.state,
            "message": self.message,
            **figures,
            "learning_rate": 0.03,
            **self.view,
            "lo": lo,
            "hi": hi,
            "curves_start": self.curves_sent,
            "edited": False,
            "computed": {},
        }
        if self.rests:
            header["held"] = True
        self.curves_sent = self.newest + 1
        grid = np.round(255 * (values - lo) / (hi - lo)).astype(np.uint8)
        return pack(header, {"map": grid, "lines": self.line(self.shown), "curves": rows})

    # ------------------------------------------------------------ behaviour

    def handle(self, message: dict[str, Any]) -> bytes | None:
        self.received.append((time.monotonic(), message))
        kind = message["type"]
        if kind == "credit":
            self.credits += 1
            self.most_credits = max(self.most_credits, self.credits)
        elif kind == "hidden":
            self.credits = 0
        elif kind in ("play", "step") and self.rests:
            self.queued_play = kind == "play"
        elif kind == "play" and self.state not in ("finished", "diverged", "failed"):
            self.epochs_per_frame = message["epochs_per_frame"] or 20
            self.until = message.get("until")
            self.queued_play = True
            if self.state != "loading":
                self.state, self.shown, self.message = "playing", self.newest, ""
                return self.status()
        elif kind == "speed":
            self.epochs_per_frame = message["epochs_per_frame"] or 20
        elif kind == "pause" and self.state == "playing" and not self.deaf:
            self.state = "paused"
            return self.status()
        elif kind == "step":
            self.state, self.newest, self.pending = "paused", self.newest + 1, True
            self.shown = self.newest
        elif kind == "rewind":
            self.state, self.newest, self.shown, self.pending, self.curves_sent = "paused", 0, 0, True, 0
            self.message = ""
            return self.status()
        elif kind == "scrub":
            self.state = "paused" if self.state == "playing" else self.state
            epoch = min(message["epoch"], self.newest)
            self.shown, self.pending = epoch, self.pending or epoch != self.shown
        elif kind == "view":
            self.view, self.pending = {"x1": message["x1"], "x2": message["x2"]}, True
        elif kind == "export":
            return self.code(message["link"]) if message["what"] == "qr" else self.part(message["what"])
        elif kind == "points":
            return self.redraw(message["points"])
        elif kind == "probe":
            self.probes += 1
            at = self.values(np.array(message["x1"]), np.array(message["x2"]), self.shown)
            return pack({**message, "values": [float(value) for value in at]}, {})
        return None

    def part(self, what: str, content: bytes = b"print('learned')\n") -> bytes | None:
        """The whole of a file, the refusal of one, half of one for ever, or nothing of one that is waited for."""
        header: dict[str, Any] = {"type": "export", "what": what, "share": 0.5}
        if what == "notebook":
            return pack({**header, "refusal": "Weights were changed by hand."}, {})
        if what == "onnx":
            return pack(header, {})
        if what == "loss_svg":
            drawn = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 10" width="40" height="10"/>'
            picture = {"file": f"circle_epoch_{self.shown}_loss.svg", "mime": "image/svg+xml", "last": True}
            return pack({**header, "share": 1.0, **picture}, {"content": np.frombuffer(drawn, np.uint8)})
        whole = {**header, "share": 1.0, "file": f"circle_epoch_{self.shown}.py", "mime": "text/x-python", "last": True}
        return pack(whole, {"content": np.frombuffer(content, np.uint8)})

    def code(self, link: str) -> bytes:
        """A QR code, of which the stage needs to know nothing; of a link that ends in "no", why there is none."""
        header: dict[str, Any] = {"type": "export", "what": "qr", "share": 1.0}
        if link.endswith("no"):
            return pack({**header, "refusal": "It must be a link."}, {})
        drawn = f'<title>{len(link)}</title><path d="M0 0h1v1h-1z"/>'
        svg = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 2 2">{drawn}</svg>'
        whole = {**header, "file": "circle_epoch_0_qr.svg", "mime": "image/svg+xml", "last": True}
        return pack(whole, {"content": np.frombuffer(svg.encode(), np.uint8)})

    def redraw(self, points: str) -> bytes | None:
        """Begin anew with points that were drawn."""
        if not self.redraws:
            return None if self.redraws is None else pack({"type": "not_here"}, {})
        self.course = {"link": f"?dataset=drawn&points={points}", "turns": []}
        self.beginnings += 1
        self.newest, self.shown, self.pending, self.curves_sent = 0, 0, True, 0
        self.state = self.state if self.state == "playing" else "ready"
        return self.hello()

    def advance(self) -> None:
        """Train towards the next frame."""
        last = self.epochs if self.until is None else self.until
        self.newest = min(last, self.newest + self.epochs_per_frame)
        self.shown = self.newest
        if self.newest == self.until:
            self.state = "paused"
        if self.diverge_at is not None and self.newest >= self.diverge_at:
            self.state = "diverged"
            self.message = f"The loss became infinite at epoch {self.newest}. Lower the learning rate."
        elif self.newest >= self.epochs:
            self.state = "finished"

    async def serve(self, websocket: WebSocket) -> None:
        self.credits, self.pending, self.curves_sent = 0, True, 0
        await websocket.send_bytes(self.hello())
        reader = asyncio.create_task(self.read(websocket))
        try:
            while not reader.done():
                if self.close_with is not None:
                    code, self.close_with = self.close_with, None
                    await websocket.close(code)
                    return
                ready = self.credits > 0 and self.state != "loading"
                if ready and (self.pending or self.state == "playing"):
                    await self.send_frame(websocket)
                    continue
                self.wake.clear()
                woken = asyncio.create_task(self.wake.wait())
                await asyncio.wait({woken, reader}, return_when="FIRST_COMPLETED")
                woken.cancel()
        finally:
            reader.cancel()

    async def send_frame(self, websocket: WebSocket) -> None:
        if self.state == "playing" and not self.pending:
            self.advance()
        self.pending = False
        self.credits -= 1
        self.sent += 1
        if self.state in ("finished", "diverged"):
            await websocket.send_bytes(self.status())
        await websocket.send_bytes(self.frame())
        await asyncio.sleep(self.seconds_per_frame)

    async def read(self, websocket: WebSocket) -> None:
        try:
            while True:
                answer = self.handle(json.loads(await websocket.receive_text()))
                self.wake.set()
                if answer is not None:
                    await websocket.send_bytes(answer)
        except WebSocketDisconnect:
            self.wake.set()


Run = TypeVar("Run", bound=FakeRun)


class FakePeer:
    """Serves the harness page, the stage's modules, plotly.js and the live channel, in a thread."""

    def __init__(self) -> None:
        self.runs: dict[str, FakeRun] = {}
        self.sockets: dict[str, WebSocket] = {}
        self.left: set[str] = set()  # tokens whose page closed the socket
        self.away = False  # as if the server were down: sockets are refused without a word
        self.connections: dict[str, int] = defaultdict(int)
        self.plotly = Path(plotly.__file__).parent / "package_data" / "plotly.min.js"
        app = Starlette(
            routes=[
                Route("/favicon.ico", lambda request: Response(status_code=204)),
                Route("/", lambda request: HTMLResponse((HERE / "harness.html").read_text(encoding="utf-8"))),
                Route(
                    "/_playground/plotly/test.min.js",
                    lambda request: FileResponse(self.plotly, headers={"cache-control": "max-age=3600"}),
                ),
                *(
                    Mount(f"/_playground/static/{version}", StaticFiles(directory=static_files()))
                    for version in VERSIONS
                ),
                WebSocketRoute("/_playground/live/{token}", self.live),
            ]
        )
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self.socket.getsockname()[1]}/"
        self.server = uvicorn.Server(
            uvicorn.Config(app, log_level="warning", ws="websockets-sansio", timeout_graceful_shutdown=1)
        )
        self.thread = threading.Thread(target=self.serve, daemon=True)

    def serve(self) -> None:
        asyncio.run(self.main())

    async def main(self) -> None:
        self.loop = asyncio.get_running_loop()
        await self.server.serve(sockets=[self.socket])

    def start(self) -> FakePeer:
        self.thread.start()
        while not self.server.started:
            time.sleep(0.01)
        return self

    def stop(self) -> None:
        self.server.should_exit = True
        self.thread.join(10)

    def add(self, token: str, **settings: Any) -> FakeRun:
        return self.put(FakeRun(token, **settings))

    def put(self, run: Run) -> Run:
        self.runs[run.token] = run
        return run

    def tell(self, run: FakeRun, **changes: Any) -> None:
        """Change a run and wake its socket, in the server's thread."""

        def change() -> None:
            for name, value in changes.items():
                setattr(run, name, value)
            run.wake.set()

        self.loop.call_soon_threadsafe(change)

    def push(self, run: FakeRun, **changes: Any) -> None:
        """Change a run and send its status to whoever watches."""
        self.tell(run, **changes)

        async def send() -> None:
            await self.sockets[run.token].send_bytes(run.status())

        asyncio.run_coroutine_threadsafe(send(), self.loop).result(5)

    async def live(self, websocket: WebSocket) -> None:
        if self.away:
            await websocket.close()
            return
        await websocket.accept()
        token = websocket.path_params["token"]
        self.connections[token] += 1
        run = self.runs.get(token)
        if run is None:
            await websocket.close(4404)
            return
        self.sockets[token] = websocket
        with contextlib.suppress(WebSocketDisconnect):
            await run.serve(websocket)
        self.left.add(token)


if __name__ == "__main__":
    peer = FakePeer().start()
    for name in ("binary", "three", "six", "regression"):
        peer.add(name, kind=name)
    print(peer.url + "?token=binary")
    peer.thread.join()

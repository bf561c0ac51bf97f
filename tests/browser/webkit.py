"""WebKit as GTK programs embed it, driven by WebDriver, on a screen that nobody sees."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests import debian
from tests.browser.driven import NOTE_COMPLAINTS, DrivenBrowser, NoBrowser
from tests.served_app import PATIENCE, free_port

PACKAGES = ("webkit2gtk-driver", "xvfb")
PROGRAMS = ("WebKitWebDriver", "Xvfb")
BROWSERS = ("lib/*/webkit2gtk-4.*/MiniBrowser", "libexec/webkit2gtk-4.*/MiniBrowser")

DRAWN_BY_THE_PROCESSOR = {
    "GDK_BACKEND": "x11",
    "WEBKIT_DISABLE_DMABUF_RENDERER": "1",
    "WEBKIT_SKIA_ENABLE_CPU_RENDERING": "1",
}
"""Mesa's software driver now and then ends WebKit's process when a page is drawn through it."""


class WebKit(DrivenBrowser):
    """A WebKitGTK window."""

    def __init__(self, dark: bool, size: tuple[int, int], wait: Callable[[Callable[[], object]], None]) -> None:
        driver, screen, browser = _programs()
        self._screen, display = _screen(screen, size)
        theme = "Adwaita:dark" if dark else "Adwaita"
        environment = {**os.environ, **DRAWN_BY_THE_PROCESSOR, "DISPLAY": display, "GTK_THEME": theme}
        port = free_port()
        self._base = f"http://127.0.0.1:{port}"
        self._driver = subprocess.Popen([driver, f"--port={port}"], env=environment, stderr=subprocess.DEVNULL)
        wait(self._answers)
        options = {"binary": browser, "args": ["--automation"]}
        wanted = {"webkitgtk:browserOptions": options}
        session = self._say("POST", "/session", {"capabilities": {"alwaysMatch": wanted}})
        self._base += f"/session/{session['sessionId']}"
        self._say("POST", "/timeouts", {"script": int(2000 * PATIENCE)})
        self._say("POST", "/window/rect", {"x": 0, "y": 0, "width": size[0], "height": size[1]})

    def open(self, url: str) -> None:
        """Go to an address."""
        self._say("POST", "/url", {"url": url})
        # Not as a promise: WebKit may wait for ever for one that a page makes while it loads.
        self._say("POST", "/execute/sync", {"script": f"({NOTE_COMPLAINTS})()", "args": []})

    def address(self) -> str:
        """Where it is."""
        return str(self._say("GET", "/url"))

    def close(self) -> None:
        """End the browser."""
        self._say("DELETE", "")
        for process in (self._driver, self._screen):
            process.terminate()
            process.wait(PATIENCE)

    def _answer(self, expression: str) -> Any:
        script = f"const done = arguments[0]; Promise.resolve({expression}).then(done, error => done(`${{error}}`));"
        return self._say("POST", "/execute/async", {"script": script, "args": []})

    def _act(self, actions: list[dict[str, Any]]) -> None:
        self._say("POST", "/actions", {"actions": actions})

    def _answers(self) -> bool:
        try:
            return bool(self._say("GET", "/status")["ready"])
        except OSError:
            return False

    def _say(self, method: str, path: str, parameters: dict[str, Any] | None = None) -> Any:
        data = None if parameters is None else json.dumps(parameters).encode()
        headers = {"Content-Type": "application/json"}
        request = urllib.request.Request(self._base + path, data, headers, method=method)
        try:
            with urllib.request.urlopen(request, timeout=2 * PATIENCE) as answer:
                return json.load(answer)["value"]
        except urllib.error.HTTPError as error:
            with error:
                raise AssertionError(f"{method} {path}: {error.read().decode()}") from None


def _programs() -> tuple[str, str, str]:
    """Driver, screen and browser; where one is missing all are installed: no test is ever skipped for them."""
    found = _found()
    if None in found:
        debian.install(*PACKAGES)
        found = _found()
    driver, screen, browser = found
    if driver is None or screen is None or browser is None:
        missing = [name for name, path in zip((*PROGRAMS, "MiniBrowser"), found, strict=True) if path is None]
        raise NoBrowser(
            f"This test needs WebKit, and it could not be installed here. Not found: {', '.join(missing)}. "
            f"On Debian: apt-get install {' '.join(PACKAGES)}."
        )
    return driver, screen, browser


def _found() -> tuple[str | None, ...]:
    browsers = sorted(path for pattern in BROWSERS for path in Path("/usr").glob(pattern))
    return (*map(shutil.which, PROGRAMS), str(browsers[-1]) if browsers else None)


def _screen(program: str, size: tuple[int, int]) -> tuple[subprocess.Popen[bytes], str]:
    """A screen without a monitor, and the name of it."""
    reading, writing = os.pipe()
    with os.fdopen(reading) as said:
        geometry = f"{size[0]}x{size[1]}x24"
        process = subprocess.Popen(
            [program, "-displayfd", str(writing), "-screen", "0", geometry, "-nolisten", "tcp"],
            pass_fds=[writing],
            stderr=subprocess.DEVNULL,
        )
        os.close(writing)
        return process, f":{said.readline().strip()}"

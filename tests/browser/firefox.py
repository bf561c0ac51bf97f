"""Firefox, driven by WebDriver BiDi, which it speaks itself."""

from __future__ import annotations

import itertools
import json
import re
import shutil
import subprocess
import tempfile
import threading
from pathlib import Path
from typing import Any

from websockets.sync.client import connect

from tests import debian
from tests.browser.driven import NOTE_COMPLAINTS, DrivenBrowser, NoBrowser
from tests.served_app import PATIENCE

NAMES = ("firefox-esr", "firefox")
_LISTENING = re.compile(r"WebDriver BiDi listening on (ws://\S+)")


class Firefox(DrivenBrowser):
    """A headless Firefox with a profile of its own."""

    def __init__(self, dark: bool, size: tuple[int, int]) -> None:
        self._profile = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
        preference = f'user_pref("ui.systemUsesDarkTheme", {int(dark)});\n'
        Path(self._profile.name, "user.js").write_text(preference, encoding="utf-8")
        command = [_program(), "--headless", "--no-remote", "--profile", self._profile.name]
        self._process = subprocess.Popen(
            [*command, "--remote-debugging-port", "0"], stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True
        )
        connection = connect(f"{self._address()}/session", max_size=None, ping_interval=None, open_timeout=PATIENCE)
        self._socket = connection.__enter__()  # it is used from one method to the next
        self._numbers = itertools.count(1)
        self._say("session.new", capabilities={})
        self._context = self._say("browsingContext.getTree")["contexts"][0]["context"]
        viewport = {"width": size[0], "height": size[1]}
        self._say("browsingContext.setViewport", context=self._context, viewport=viewport)
        self._say("script.addPreloadScript", functionDeclaration=NOTE_COMPLAINTS)

    def open(self, url: str) -> None:
        """Go to an address."""
        self._say("browsingContext.navigate", context=self._context, url=url, wait="complete")

    def address(self) -> str:
        """Where it is."""
        return str(self._say("browsingContext.getTree", root=self._context)["contexts"][0]["url"])

    def close(self) -> None:
        """End the browser."""
        self._socket.close()
        self._process.terminate()
        self._process.wait(PATIENCE)
        self._listener.join(PATIENCE)
        if self._process.stderr is not None:
            self._process.stderr.close()
        self._profile.cleanup()

    def _answer(self, expression: str) -> Any:
        target = {"context": self._context}
        answer = self._say("script.evaluate", expression=expression, target=target, awaitPromise=True)
        assert answer["type"] == "success", answer["exceptionDetails"]["text"]
        return answer["result"].get("value")

    def _act(self, actions: list[dict[str, Any]]) -> None:
        self._say("input.performActions", context=self._context, actions=actions)

    def _say(self, method: str, **parameters: Any) -> dict[str, Any]:
        number = next(self._numbers)
        self._socket.send(json.dumps({"id": number, "method": method, "params": parameters}))
        while True:
            answer = json.loads(self._socket.recv(timeout=2 * PATIENCE))
            if answer.get("id") == number:
                assert answer["type"] == "success", f"{method}: {answer}"
                return dict(answer["result"])

    def _address(self) -> str:
        """Where it listens, which it says once it does."""
        errors = self._process.stderr
        assert errors is not None
        for line in errors:
            if found := _LISTENING.search(line):
                # Read to the end, so that Firefox never waits for somebody to read it.
                self._listener = threading.Thread(target=errors.read, daemon=True)
                self._listener.start()
                return found[1]
        raise NoBrowser("Firefox ended before it could be driven.")


def _program() -> str:
    """Firefox; where there is none it is installed: no test is ever skipped for it."""
    return _found() or _installed()


def _found() -> str | None:
    return next(filter(None, map(shutil.which, NAMES)), None)


def _installed() -> str:
    debian.install("firefox-esr")
    if (path := _found()) is None:
        raise NoBrowser("This test needs Firefox, and it could not be installed here. Install firefox-esr or firefox.")
    return path

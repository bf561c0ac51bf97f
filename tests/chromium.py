"""A Chromium or Chrome for the browser tests and the benchmarks, found or installed."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, sync_playwright

from tests import debian

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
USUAL_PLACES = (
    "/usr/bin/chromium",
    "/snap/bin/chromium",
    "/opt/google/chrome/chrome",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "C:/Program Files/Google/Chrome/Application/chrome.exe",
)
_PRINT_PATH = """
from playwright.sync_api import sync_playwright
with sync_playwright() as playwright:
    print(playwright.chromium.executable_path)
"""

LAUNCH_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
"""A quiet browser that also starts as root and asks nobody for updates."""
ONE_RENDERER = "--process-per-site"
"""One process draws all pages of a profile and a site, as it does in a browser with many tabs."""


class NoChromium(RuntimeError):
    """There is no browser, and none could be installed."""


def chromium_path() -> str:
    """Path of a Chromium or Chrome. Where there is none it is installed: no test is ever skipped for it.

    Raises
    ------
    NoChromium
        When none is there and none could be installed.
    """
    path = _from_environment() or _on_this_machine() or _from_playwright() or _from_debian()
    if path is None:
        raise NoChromium(
            "The browser tests need Chromium, and it could not be installed here. "
            "Install Chromium or Chrome, or set CHROME to its path."
        )
    return path


@contextlib.contextmanager
def headless_chromium(*arguments: str) -> Iterator[Browser]:
    """A headless browser, started with more arguments.

    While it is open, asyncio.run does not work in this thread: Playwright has a loop there.
    """
    path = chromium_path()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=[*LAUNCH_ARGUMENTS, *arguments])
        yield browser
        browser.close()


def lasting_profile(browser: Browser, host: str, **options: Any) -> BrowserContext:
    """A profile in which a page finds compiled what an earlier one of the host has run: of plotly.js two seconds' work.

    What is compiled goes with the process that draws, which goes with its last page (the browser must have been started
    with `ONE_RENDERER`); so a page of the host stays open in it.
    """
    profile = browser.new_context(**options)
    page = profile.new_page()
    page.route("**", lambda route: route.fulfill(body=""))
    page.goto(f"http://{host}/")
    return profile


def _from_environment() -> str | None:
    for variable in ("CHROME", "CHROMIUM"):
        path = os.environ.get(variable)
        if path:
            return path
    return None


def _on_this_machine() -> str | None:
    found = (shutil.which(name) for name in NAMES)
    usual = (place for place in USUAL_PLACES if Path(place).is_file())
    return next((path for path in (*found, *usual, _playwright_executable()) if path), None)


def _playwright_executable() -> str | None:
    """Chromium as Playwright installed it; asked in another process, for Playwright does not nest."""
    answer = subprocess.run([sys.executable, "-c", _PRINT_PATH], capture_output=True, text=True, check=False)
    path = answer.stdout.strip()
    return path if path and Path(path).is_file() else None


def _from_playwright() -> str | None:
    debian.run([sys.executable, "-m", "playwright", "install", "chromium"])
    return _on_this_machine()


def _from_debian() -> str | None:
    debian.install("chromium")
    return _on_this_machine()

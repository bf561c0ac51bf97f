"""Reverse proxies before the served app, with the files that `docs/hosting/` has for them."""

from __future__ import annotations

import contextlib
import copy
import os
import shutil
import subprocess
import tempfile
import urllib.request
from collections.abc import Iterator, Sequence
from pathlib import Path

from tests import debian
from tests.served_app import ROOT, ServedApp, free_port

FILES = ROOT / "docs" / "hosting"
UPSTREAM = "127.0.0.1:8501"
"""Where the files say that the server is."""
NGINX = """
daemon off;
pid {folder}/pid;
error_log stderr;
{user}
events {{ }}
http {{
    access_log off;
    client_body_temp_path {folder}/bodies;
    proxy_temp_path {folder}/proxied;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    server {{
        listen 127.0.0.1:{port};
        {site}
    }}
}}
"""


class NoProxy(RuntimeError):
    """The proxy is not there, and could not be installed."""


def path_of(name: str) -> str:
    """Path of a proxy's program. Where there is none it is installed: no test is skipped for it.

    Raises
    ------
    NoProxy
        When it is not there and could not be installed.
    """
    places = os.pathsep.join([os.environ["PATH"], "/usr/sbin"])
    if shutil.which(name, path=places) is None:
        debian.install(name)
    path = shutil.which(name, path=places)
    if path is None:
        raise NoProxy(f"This test needs {name}, and it could not be installed here. Install it.")
    return path


class Proxy:
    """A proxy, nginx or caddy, on a port of its own.

    Attributes
    ----------
    app : the app as it is seen through the proxy
    """

    def __init__(self, name: str, app: ServedApp, folder: Path, site: str = "") -> None:
        self.app = copy.copy(app)
        self.app.port = free_port()
        if site:
            command, environment = _nginx_with(site, folder, self.app.port, app)
        else:
            command, environment = {"nginx": _nginx, "caddy": _caddy}[name](folder, self.app.port, app)
        self._command, self._environment = command, {**os.environ, **environment}
        self._log = folder / "log"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start, and wait until the app answers through it."""
        with self._log.open("a") as log:
            self._process = subprocess.Popen(self._command, env=self._environment, stdout=log, stderr=log)
        self.app.wait(self._answers)

    def stop(self) -> None:
        """End it, and with it all connections through it."""
        if self._process is not None:
            self._process.terminate()
            self._process.wait()
            self._process = None

    def _answers(self) -> bool:
        if self._process is None or self._process.poll() is not None:
            raise AssertionError(f"The proxy ended:\n{self._log.read_text()}")
        try:
            with urllib.request.urlopen(f"{self.app.base}_stcore/health", timeout=2) as answer:
                return bool(answer.status == 200)
        except OSError:
            return False


@contextlib.contextmanager
def behind(name: str, app: ServedApp, site: str = "") -> Iterator[Proxy]:
    """A proxy before the app; nginx with another `site` than that of `docs/hosting/`, if one is given."""
    with tempfile.TemporaryDirectory() as folder:
        proxy = Proxy(name, app, Path(folder), site)
        try:
            proxy.start()
            yield proxy
        finally:
            proxy.stop()


def _nginx(folder: Path, port: int, app: ServedApp) -> tuple[Sequence[str], dict[str, str]]:
    return _nginx_with((FILES / "nginx.conf").read_text(), folder, port, app)


def _nginx_with(site: str, folder: Path, port: int, app: ServedApp) -> tuple[Sequence[str], dict[str, str]]:
    assert UPSTREAM in site
    user = "user root;" if os.geteuid() == 0 else ""
    site = site.replace(UPSTREAM, f"127.0.0.1:{app.port}")
    settings = folder / "nginx.conf"
    settings.write_text(NGINX.format(folder=folder, user=user, port=port, site=site))
    return [path_of("nginx"), "-p", str(folder), "-c", str(settings)], {}


def _caddy(folder: Path, port: int, app: ServedApp) -> tuple[Sequence[str], dict[str, str]]:
    path = app.environment["STREAMLIT_SERVER_BASE_URL_PATH"].strip("/")
    own = {
        "PLAYGROUND_SITE": f"http://:{port}",
        "PLAYGROUND_PATH": f"/{path}/",
        "PLAYGROUND_UPSTREAM": f"127.0.0.1:{app.port}",
        "XDG_DATA_HOME": str(folder),
        "XDG_CONFIG_HOME": str(folder),
    }
    return [path_of("caddy"), "run", "--config", str(FILES / "Caddyfile"), "--adapter", "caddyfile"], own

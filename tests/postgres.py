"""A PostgreSQL for the tests, Debian's, found or installed, with databases of its own."""

from __future__ import annotations

import contextlib
import itertools
import os
import pwd
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import psutil
import psycopg

from tests import debian

PLACES = "/usr/lib/postgresql/*/bin"
USER = "postgres"
"""Debian's; as root, PostgreSQL does not start."""
ROLE = "playground"
SETTINGS = {
    "listen_addresses": "",  # a socket in its folder alone, so that servers of several processes share no port
    "shared_buffers": "32MB",
    "max_connections": "60",
}
HASTY = {"fsync": "off", "full_page_writes": "off"}
"""What a test need not wait for: a loss of power."""
PATIENCE_SECONDS = "120"


class NoPostgres(RuntimeError):
    """There is no PostgreSQL, and none could be installed."""


def programs() -> Path:
    """The folder of PostgreSQL's programs. Where there is none it is installed: no test is ever skipped for it.

    Raises
    ------
    NoPostgres
        When none is there and none could be installed.
    """
    found = _on_this_machine()
    if found is None:
        debian.install("postgresql")
        found = _on_this_machine()
    if found is None:
        raise NoPostgres(
            "These tests need PostgreSQL, and it could not be installed here. Install it, or set POSTGRES to the "
            f"folder of initdb and pg_ctl. Looked in {PLACES} and in PATH."
        )
    return found


class PostgresServer:
    """A server, from `start` to `stop`, and again. Its data stay."""

    def __init__(self, folder: Path, settings: Mapping[str, str]) -> None:
        self._folder, self._programs, self._settings = folder, programs(), {**SETTINGS, **settings}
        self._names = (f"database{n}" for n in itertools.count(1))
        self._run("initdb", "--auth=trust", f"--username={ROLE}", "--encoding=UTF8", "--locale=C", "--no-sync")

    def start(self) -> None:
        """Start, and wait until it answers."""
        settings = " ".join(f"-c {name}='{value}'" for name, value in self._settings.items())
        options = f"{settings} -k {self._folder}"
        log = self._folder / "log"
        self._run("pg_ctl", "--wait", "--timeout", PATIENCE_SECONDS, f"--log={log}", "--options", options, "start")

    def stop(self, mode: str = "immediate") -> None:
        """End it, by default as a crash would."""
        self._run("pg_ctl", "--wait", "--timeout", PATIENCE_SECONDS, "--mode", mode, "stop")

    @contextlib.contextmanager
    def frozen(self) -> Iterator[None]:
        """It and all of its processes stand still; whoever connects is not refused, nor answered."""
        pid = int((self._folder / "data" / "postmaster.pid").read_text().splitlines()[0])
        server = psutil.Process(pid)
        server.suspend()
        family = [server, *server.children()]
        for process in family[1:]:
            process.suspend()
        try:
            yield
        finally:
            for process in family:
                process.resume()

    def url(self, database: str) -> str:
        """Address of one of its databases."""
        return f"postgresql://{ROLE}@/{database}?host={self._folder}"

    def new_database(self) -> str:
        """Address of a new, empty one."""
        name = next(self._names)
        self.tell(f"CREATE DATABASE {name} TEMPLATE template0")
        return self.url(name)

    def tell(self, statement: str, url: str | None = None) -> None:
        """Run a statement, without a transaction."""
        with psycopg.connect(url or self.url("postgres"), autocommit=True) as connection:
            connection.execute(statement.encode())

    def run_file(self, url: str, path: Path) -> None:
        """Let psql run a file."""
        command = [str(self._programs / "psql"), "--quiet", "-v", "ON_ERROR_STOP=1", "--file", str(path), url]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)

    def dump(self, url: str) -> str:
        """What pg_dump writes of a database, without what only its own version knows."""
        command = [str(self._programs / "pg_dump"), "--no-owner", "--no-privileges", "--inserts", url]
        text = subprocess.run(command, check=True, capture_output=True, text=True).stdout
        return re.sub(r"^(\\(un)?restrict .*|SET transaction_timeout.*)\n", "", text, flags=re.MULTILINE)

    def _run(self, program: str, *arguments: str) -> None:
        command = [*_as_other_user(), str(self._programs / program), f"--pgdata={self._folder / 'data'}", *arguments]
        done = subprocess.run(command, cwd=self._folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
        if done.returncode:
            log = self._folder / "log"
            raise AssertionError(f"{program} failed:\n{done.stdout!r}\n{log.read_text() if log.exists() else ''}")


@contextlib.contextmanager
def postgres(settings: Mapping[str, str] = HASTY) -> Iterator[PostgresServer]:
    """A server of its own, with settings as in its `postgresql.conf`."""
    folder = Path(tempfile.mkdtemp(prefix="postgres-"))  # pytest's own folders let no other user in
    if os.geteuid() == 0:
        user = pwd.getpwnam(USER)
        os.chown(folder, user.pw_uid, user.pw_gid)
    try:
        server = PostgresServer(folder, settings)
        server.start()
        yield server
        with contextlib.suppress(AssertionError):  # a test may have left it stopped
            server.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _on_this_machine() -> Path | None:
    given, in_path = os.environ.get("POSTGRES"), shutil.which("initdb")
    newest_first = sorted(Path("/").glob(PLACES.lstrip("/")), key=lambda path: -float(path.parent.name))
    candidates = [*([Path(given)] if given else []), *newest_first, *([Path(in_path).parent] if in_path else [])]
    return next((path for path in candidates if (path / "initdb").is_file() and (path / "pg_ctl").is_file()), None)


def _as_other_user() -> Sequence[str]:
    return ["runuser", "-u", USER, "--"] if os.geteuid() == 0 else []

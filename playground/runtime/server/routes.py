"""The server's routes beside Streamlit's: the live channel, the stage's modules, plotly.js, health and figures."""

from __future__ import annotations

import gzip
import re
import time
from collections.abc import Callable, Mapping
from functools import lru_cache
from importlib import resources
from importlib.metadata import version as version_of
from pathlib import Path

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route, WebSocketRoute

from playground.runtime.limits import Limits
from playground.runtime.server.bare_source import bare_source
from playground.runtime.server.channel import LiveChannel, OriginRule
from playground.runtime.server.live_runs import LiveRuns
from playground.runtime.server.metrics import Metrics

FOREVER = "public, max-age=31536000, immutable"
NEVER_KEPT = {"Cache-Control": "no-store"}
MEDIA_TYPES = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml"}
NOT_HERE = "There is no such file here. Reload the page if it was opened before the server was updated."
_NONE_OF_IT = re.compile(r"q=0(\.0*)?")


def live_routes(
    runs: LiveRuns,
    limits: Limits,
    may_connect: OriginRule,
    base_path: str,
    clock: Callable[[], float] = time.monotonic,
    metrics: Metrics | None = None,
) -> list[BaseRoute]:
    """The live channel, the health counts and the host's figures under `base_path`."""
    root = root_of(base_path)

    async def health(_request: Request) -> Response:
        said = {**runs.counts(), "holds": limits.holds}
        return JSONResponse(said, 200 if runs.healthy else 503, headers=NEVER_KEPT)

    async def figures(request: Request) -> Response:
        answer = None if metrics is None else metrics.answer(request)
        return _not_here() if answer is None else answer

    return [
        WebSocketRoute(f"{root}/live/{{token}}", LiveChannel(runs, limits, may_connect, clock).connect),
        Route(f"{root}/health", health),
        Route(f"{root}/metrics", figures),
    ]


def file_routes(folder: Path, version: str, base_path: str) -> list[BaseRoute]:
    """The stage's modules of this `version` and plotly.js under `base_path`, and last a "no" to everything else there.

    Their URLs hold the version, so browsers keep them for ever. Those of another version are not there: what was kept
    under its name would be kept for ever too.
    """
    root = root_of(base_path)
    files = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}

    async def stage_file(request: Request) -> Response:
        return _file(files, request.path_params["name"], _takes_gzip(request))

    async def plotly_js(request: Request) -> Response:
        packed = _takes_gzip(request)
        return Response(plotly_source(packed), media_type="text/javascript", headers=_headers(packed))

    async def nothing(_request: Request) -> Response:
        return _not_here()

    return [
        Route(f"{root}/static/{version}/{{name:path}}", stage_file),
        Route(f"{root}/{plotly_name()}", plotly_js),
        Route(f"{root}/{{rest:path}}", nothing),
    ]


def plotly_name() -> str:
    """Address of plotly.js below the playground's own; it holds the version of the installed package."""
    return f"plotly/{version_of('plotly')}.min.js"


@lru_cache(maxsize=2)
def plotly_source(packed: bool) -> bytes:
    """plotly.js as the installed `plotly` package ships it, gzipped when `packed`."""
    source = resources.files("plotly").joinpath("package_data", "plotly.min.js").read_bytes()
    return gzip.compress(source, 6, mtime=0) if packed else source


def _file(files: Mapping[str, Path], name: str, packed: bool) -> Response:
    # A lookup in what was listed at start: no path from outside ever reaches the file system.
    path = files.get(name)
    if path is None:
        return _not_here()
    media_type = MEDIA_TYPES.get(path.suffix, "application/octet-stream")
    return Response(_content(path, packed), media_type=media_type, headers=_headers(packed))


def _not_here() -> Response:
    return Response(NOT_HERE, status_code=404, media_type="text/plain", headers=NEVER_KEPT)


@lru_cache(maxsize=512)
def _content(path: Path, packed: bool) -> bytes:
    content = bare_source(path)
    return gzip.compress(content, 9, mtime=0) if packed else content


def _takes_gzip(request: Request) -> bool:
    for coding in request.headers.get("accept-encoding", "").lower().split(","):
        name, _, quality = coding.partition(";")
        if name.strip() == "gzip":
            return not _NONE_OF_IT.fullmatch(quality.strip())
    return False


def _headers(packed: bool) -> dict[str, str]:
    return {
        "Cache-Control": FOREVER,
        "Vary": "Accept-Encoding",
        **({"Content-Encoding": "gzip"} if packed else {}),
    }


def root_of(base_path: str) -> str:
    """Where the playground's own routes lie, below the server's address."""
    base = base_path.strip("/")
    return f"/{base}/_playground" if base else "/_playground"

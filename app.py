"""Keras Playground: `streamlit run app.py`."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import streamlit as st
from starlette.middleware import Middleware

from playground.classroom.late_store import LateStore
from playground.classroom.rooms import Rooms, set_rooms
from playground.classroom.routes import room_routes
from playground.runtime import LiveRuns, limits_from_environment, logs, make_live_runs
from playground.runtime.server.descriptors import raise_limit
from playground.runtime.server.doors import Doors
from playground.runtime.server.entrance import Entrance
from playground.runtime.server.headers import WithHeaders
from playground.runtime.server.metrics import Metrics, metrics_place
from playground.runtime.server.page_head import PageHead
from playground.runtime.server.preview_routes import preview_routes
from playground.runtime.server.previews import Previews
from playground.runtime.server.routes import file_routes, live_routes, plotly_source
from playground.store.pictures import Pictures
from playground.store.place import previews_folder, runs_folder
from playground.store.rooms import open_rooms
from playground.ui import plain_script
from playground.ui.entry import entry_rules
from playground.ui.origin import may_connect
from playground.ui.policy import page_headers
from playground.ui.sessions import free_those_left
from playground.ui.shown_page import LEARN
from playground.ui.stage import static_files, version
from playground.ui.visitor import name_of

st.secrets.load_if_toml_exists()  # hosts without an environment of their own set PLAYGROUND_WORKERS there
logs.set_up()
raise_limit()


def new_runs() -> LiveRuns:
    """What trains on this server."""
    return make_live_runs("playground.engine", limits_from_environment(), runs_folder(st.get_option("server.port")))


if st.runtime.exists():  # a host runs this file as a plain script, which has no routes
    plain_script.show_page(new_runs)
    st.stop()

runs = new_runs()
limits = runs.limits
kept_previews = previews_folder(st.get_option("server.port"))
previews = Previews(runs, limits, None if kept_previews is None else Pictures(kept_previews))
kept_rooms = LateStore(lambda: open_rooms(port=st.get_option("server.port")))
rooms = Rooms(kept_rooms, runs)
set_rooms(rooms)
metrics = Metrics(runs, metrics_place())
ROOMS_AFTER = 5.0
"""Seconds after the start in which whoever opens the first page wants the processor."""
TITLES = {LEARN: "Lessons"}  # of pages that show no experiment
base_path = str(st.get_option("server.baseUrlPath") or "")


@asynccontextmanager
async def lifespan(_app: st.App) -> AsyncIterator[None]:
    """Train from the server's start to its end."""
    logs.set_up()  # also what was loaded since
    metrics.open_address()
    await runs.start()
    await rooms.start()
    # Ready when the first page asks for it; it takes a while to pack.
    asyncio.get_running_loop().run_in_executor(None, plotly_source, True)
    kept_rooms.open_in(ROOMS_AFTER)
    cleaning = asyncio.create_task(free_those_left())
    try:
        yield
    finally:
        cleaning.cancel()
        await rooms.stop()
        await runs.stop()
        metrics.close_address()


app = st.App(
    "playground/ui/pages/_main.py",
    routes=[
        *live_routes(runs, limits, may_connect, base_path, metrics=metrics),
        *room_routes(rooms, limits, may_connect, base_path),
        *preview_routes(previews, limits, base_path, TITLES),
        *file_routes(static_files(), version(), base_path),
    ],
    middleware=[
        Middleware(WithHeaders, headers=page_headers()),
        Middleware(Entrance, rules=entry_rules()),
        Middleware(PageHead, limits=limits, base_path=base_path, titles=TITLES),
        Middleware(Doors, limits=limits, name_of=name_of, tally=runs.tally),
    ],
    lifespan=lifespan,
)

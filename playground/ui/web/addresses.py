"""Where the browser finds what is ours, relative to the page, so that a base path needs nothing.

As a rule below routes of our own. A host may start `app.py` as a plain script, which has none: then the files are what
Streamlit serves of components, and what is live goes through Streamlit's own connection.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import resources
from importlib.metadata import version as version_of

from streamlit.components.v1 import declare_component

from playground.runtime.server.routes import plotly_name
from playground.ui.web.assets import static_files, version

OF_STREAMLIT = "streamlit:"
"""How the address of a live channel begins that goes through Streamlit's own connection."""


@dataclass(frozen=True)
class Addresses:
    """What the addresses of our files and of live channels begin with."""

    modules: str
    plotly: str
    live: str


_found: Addresses | None = None


def by_routes() -> Addresses:
    """Below the routes of `playground.runtime.server.routes`."""
    return Addresses(f"_playground/static/{version()}/", f"_playground/{plotly_name()}", "_playground/live/")


def serve_by_streamlit() -> None:
    """From now on, let Streamlit serve the files as those of components. For the page's script, any number of times."""
    global _found
    # Their names hold the version: browsers keep what they have fetched.
    modules = declare_component(f"modules_{version()}", path=static_files())
    package = str(resources.files("plotly").joinpath("package_data"))
    plotly = declare_component(f"plotly_{version_of('plotly')}", path=package)
    _found = Addresses(f"component/{modules.name}/", f"component/{plotly.name}/plotly.min.js", OF_STREAMLIT)


def addresses() -> Addresses:
    """Where this server has what is ours."""
    return _found or by_routes()


def has_routes() -> bool:
    """Whether this server has routes of our own."""
    return _found is None

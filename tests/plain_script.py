"""Serve `app.py` as a host does that starts it as a plain script and knows nothing of `st.App`.

python -m tests.plain_script 8501
"""

from __future__ import annotations

import sys

from streamlit import config
from streamlit.web import bootstrap

from tests.served_app import ROOT, ServedApp

SCRIPT = ROOT / "app.py"


class PlainScript(ServedApp):
    """The page without routes of its own."""

    def start(self) -> PlainScript:
        """Start and wait until Streamlit answers."""
        self.command = [sys.executable, "-m", "tests.plain_script", str(self.port)]
        super().start()
        return self

    def counts(self) -> dict[str, int]:
        """Nothing: there is no route that says it."""
        return {}


def serve(port: int) -> None:
    """Serve until the process is told to end."""
    config._main_script_path = str(SCRIPT)
    bootstrap.load_config_options({"server_port": port, "server_headless": True})
    bootstrap.run(str(SCRIPT), False, [], {})


if __name__ == "__main__":
    serve(int(sys.argv[1]))

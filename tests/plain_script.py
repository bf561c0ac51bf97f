"""Serve `app.py` as a host does that starts it as a plain script and knows nothing of `st.App`: `python -m tests.plain_script 8501`."""

from __future__ import annotations

import sys
from pathlib import Path

from streamlit import config
from streamlit.web import bootstrap

SCRIPT = Path(__file__).resolve().parent.parent / "app.py"


def serve(port: int) -> None:
    """Serve until the process is told to end."""
    config._main_script_path = str(SCRIPT)
    bootstrap.load_config_options({"server_port": port, "server_headless": True})
    bootstrap.run(str(SCRIPT), False, [], {})


if __name__ == "__main__":
    serve(int(sys.argv[1]))

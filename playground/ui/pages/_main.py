"""The script that `app.py` serves: what all pages share, then the page that was asked for.

It lies among the pages, not above them: beside a folder called ``pages`` Streamlit would take over the navigation.
"""

from __future__ import annotations

import streamlit as st

from playground.ui import address, navigation, shown_page
from playground.ui.controls import echoes
from playground.ui.controls.datasets import THUMBNAILS
from playground.ui.controls.widgets import forget_widgets
from playground.ui.header import TITLE
from playground.ui.pages import all_pages
from playground.ui.pipe import show_pipe
from playground.ui.style import page_style

ABOUT = "**Keras Playground**: real Keras networks, trained live. Free software under the Apache License 2.0."
SIDEBAR_PIXELS = 348


def main() -> None:
    """Show the page that the address names."""
    # Before the navigation, which otherwise names the browser's tab for a moment.
    st.set_page_config(
        page_title=TITLE,
        page_icon=str(THUMBNAILS / "circle.svg"),
        layout="wide",
        initial_sidebar_state=SIDEBAR_PIXELS,
        menu_items={"About": ABOUT},
    )
    echoes.begin()
    page, runner = navigation.asked_for()
    if page.name != all_pages()[0].name:
        st.set_page_config(page_title=f"{page.title} · {TITLE}")
    st.html(page_style(bool(st.context.is_embedded)))
    if shown_page.enter(page.name):
        address.come_from_elsewhere()
        forget_widgets()
    runner.run()
    show_pipe()


if __name__ == "__main__":  # as which Streamlit runs it
    main()

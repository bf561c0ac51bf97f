"""The script that `app.py` serves: what all pages share, then the page that was asked for.

It lies among the pages, not above them: beside a folder called ``pages`` Streamlit would take over the navigation.
"""

from __future__ import annotations

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from playground.ui import address
from playground.ui.controls.datasets import THUMBNAILS
from playground.ui.pages import all_pages
from playground.ui.pages.play import PAGE as PLAY
from playground.ui.style import page_style

TITLE = "Keras Playground"
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
    page = _asked_for()
    st.html(page_style(bool(st.context.is_embedded)))
    if page.title != PLAY.title:
        address.leave()
    page.run()


def _asked_for() -> StreamlitPage:
    root, *others = all_pages()
    at_root = st.Page(root.build, title=root.title, icon=root.icon, default=True)
    below = [st.Page(each.build, title=each.title, icon=each.icon, url_path=each.name) for each in others]
    page = st.navigation([at_root, *below], position="top" if below else "hidden")
    if page in below:
        st.set_page_config(page_title=f"{page.title} · {TITLE}")
    return page


if __name__ == "__main__":  # as which Streamlit runs it
    main()

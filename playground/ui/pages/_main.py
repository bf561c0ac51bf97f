"""The script that `app.py` serves: what all pages share, then the page that was asked for.

It lies among the pages, not above them: beside a folder called ``pages`` Streamlit would take over the navigation.
"""

from __future__ import annotations

import streamlit as st

from playground.ui.controls.datasets import THUMBNAILS
from playground.ui.pages import all_pages
from playground.ui.style import page_style

TITLE = "Keras Playground"
ABOUT = "**Keras Playground**: real Keras networks, trained live. Free software under the Apache License 2.0."
SIDEBAR_PIXELS = 348


def main() -> None:
    """Show the page that the address names."""
    root, *others = all_pages()
    page = st.navigation(
        [
            st.Page(root.build, title=root.title, icon=root.icon, default=True),
            *(st.Page(other.build, title=other.title, icon=other.icon, url_path=other.name) for other in others),
        ],
        position="top" if others else "hidden",
    )
    # Below the navigation, which would name the browser's tab after the page alone.
    st.set_page_config(
        page_title=TITLE if page.title == root.title else f"{page.title} · {TITLE}",
        page_icon=str(THUMBNAILS / "circle.svg"),
        layout="wide",
        initial_sidebar_state=SIDEBAR_PIXELS,
        menu_items={"About": ABOUT},
    )
    st.html(page_style())
    page.run()


if __name__ == "__main__":  # as which Streamlit runs it
    main()

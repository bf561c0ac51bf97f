"""The script that `app.py` serves: what all pages share, then the page that was asked for."""

from __future__ import annotations

import streamlit as st

from playground.ui.controls.datasets import THUMBNAILS
from playground.ui.pages.play import play
from playground.ui.style import page_style

TITLE = "Keras Playground"
ABOUT = "**Keras Playground**: real Keras networks, trained live. Free software under the Apache License 2.0."
SIDEBAR_PIXELS = 348

page = st.navigation([st.Page(play, title="Play", default=True)], position="hidden")
# After the pages are named: the tab of the browser says whose they are.
st.set_page_config(
    page_title=TITLE,
    page_icon=str(THUMBNAILS / "circle.svg"),
    layout="wide",
    initial_sidebar_state=SIDEBAR_PIXELS,
    menu_items={"About": ABOUT},
)
st.html(page_style())
page.run()

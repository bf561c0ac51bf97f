"""What stands in place of a run that the server has no room for."""

from __future__ import annotations

import streamlit as st

from playground.core.errors import Refused
from playground.ui import address
from playground.ui.markdown import escaped


def show_no_room(refusal: Refused) -> None:
    """Say why there is no run, and let the visitor try again."""
    st.error(escaped(str(refusal)), icon=":material/block:")
    st.button("Try again", key="try_again", on_click=address.keep)

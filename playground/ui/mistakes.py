"""Classic mistakes: an output and a loss that do not belong together are allowed, and named."""

from __future__ import annotations

import streamlit as st

from playground.core import Experiment
from playground.core.heads import mistake
from playground.ui.markdown import escaped


def show_mistake(experiment: Experiment) -> None:
    """Name the mistake that `experiment` makes, if any."""
    sentence = mistake(experiment.data, experiment.model)
    if sentence is not None:
        st.warning(escaped(sentence), icon=":material/warning:")

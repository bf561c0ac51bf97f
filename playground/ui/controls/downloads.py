"""What can be taken along: the points as CSV, and the experiment as a file that opens again."""

from __future__ import annotations

import streamlit as st

from playground.core import experiment_file
from playground.core.data_csv import csv_name, csv_of
from playground.ui.controls import chosen

TOO_LARGE = "This table is too large for a link. Others get it as an experiment file: *More*, *Save experiment*."


def show_downloads() -> None:
    """Two buttons; what they give is made when they are clicked."""
    experiment = chosen.experiment()
    with st.container(horizontal=True, key="downloads"):
        st.download_button(
            "Data as CSV",
            lambda: csv_of(experiment.data),
            file_name=csv_name(experiment.data),
            mime="text/csv",
            key="save_data",
            icon=":material/download:",
            on_click="ignore",
            help="All points, with the part they are in.",
        )
        st.download_button(
            "Save experiment",
            lambda: experiment_file.save(experiment),
            file_name="experiment.json",
            mime="application/json",
            key="save_experiment",
            icon=":material/download:",
            on_click="ignore",
            help="All knobs and your own data as a file. It opens where a table is opened: *Your own table*.",
        )

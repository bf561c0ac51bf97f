"""The dataset picker: a little picture of each."""

from __future__ import annotations

from base64 import b64encode
from functools import cache
from pathlib import Path

import streamlit as st

from playground.core import choices, datasets
from playground.core.datasets import own
from playground.ui.controls import chosen
from playground.ui.controls.echoes import unless_repeated
from playground.ui.controls.own_table import open_own_table
from playground.ui.controls.widgets import key_of, show_value
from playground.ui.controls.words import DATASETS, KNOBS

THUMBNAILS = Path(datasets.__file__).parent


def show_datasets() -> None:
    """Pictures to pick from; the label names the one chosen."""
    name: str = chosen.values()["dataset"]
    key = key_of("dataset")
    show_value(key, name)
    st.pills(
        f"{KNOBS['dataset'].label}: {DATASETS[name]}",
        choices("dataset"),
        format_func=picture,
        required=True,
        key=key,
        help=KNOBS["dataset"].help,
        on_change=unless_repeated(key, _take_dataset),
        disabled=chosen.is_fixed("dataset"),
    )


@cache
def picture(name: str) -> str:
    """The thumbnail of a dataset as markdown. Its text is the dataset's label, and its title, the tooltip, too."""
    code = b64encode((THUMBNAILS / f"{name}.svg").read_bytes()).decode("ascii")
    return f'![{DATASETS[name]}](data:image/svg+xml;base64,{code} "{DATASETS[name]}")'


def _take_dataset() -> None:
    name = st.session_state[key_of("dataset")]
    if name == own.NAME and not chosen.values()[own.TABLE.name]:
        open_own_table()
    else:
        chosen.choose(dataset=name)

"""What is seen of a link before it is opened."""

from __future__ import annotations

from urllib.parse import parse_qs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.core import Experiment
from playground.core.naming import LONGEST_TITLE, name_of
from playground.core.preview import Preview

ANY_QUERY = st.dictionaries(
    st.sampled_from(["dataset", "hidden", "at", "rows", "runs", "search", "seeds", "embed", "edited", "view", "x"])
    | st.text(max_size=8),
    st.lists(st.text(max_size=40) | st.sampled_from(["spiral", "8,8", "noise:1|2", "same|l2:0.1", "3"]), max_size=2),
    max_size=5,
)


def preview_of(query: str) -> Preview:
    return Preview.from_query(parse_qs(query, keep_blank_values=True))


def test_a_title_is_the_link_in_words() -> None:
    link = "dataset=spiral&hidden=8,8&activation=relu&optimizer=adam&learning_rate=0.03"
    assert preview_of(link).title == "Spiral · 8, 8 ReLU · Adam 0.03"
    assert preview_of(link + "&noise=0.1&hidden=none").note  # given twice
    assert preview_of("").title == "Circle · 4, 2 Tanh · SGD 0.03"


@pytest.mark.parametrize(
    ("query", "title"),
    [
        (
            "rows=learning_rate:0.1|0.3&columns=width:2|4&seeds=3",
            "A wall of learning rate × width × 3 seeds · Circle · Tanh · SGD",
        ),
        ("rows=dataset:xor|moons", "A wall of dataset · 4, 2 Tanh · SGD 0.03"),
        (
            "rows=activation:relu|tanh&columns=optimizer:adam",
            "A wall of activation × optimizer · Circle · 4, 2 · 0.03",
        ),
        ("rows=learning_rate:0.1|0.3&columns=nothing:1", "A wall of learning rate · Circle · 4, 2 Tanh · SGD"),
        ("rows=nothing", "A wall · Circle"),
        ("runs=learning_rate:0.03|learning_rate:0.3;l2:0.01&dataset=xor", "2 runs side by side · XOR"),
        ("search=learning_rate,width", "A search for learning rate × width · Circle · Tanh · SGD"),
        ("search=nothing", "A search for learning rate · Circle · 4, 2 Tanh · SGD"),
        ("runs=nothing", "Circle"),
    ],
)
def test_of_many_networks_it_says_how_many_and_of_what(query: str, title: str) -> None:
    assert preview_of(query).title.startswith(title)


def test_a_title_has_an_end_and_holds_no_text_that_others_wrote_at_length() -> None:
    points = Preview.from_query({"dataset": "drawn", "points": "1" + "a" * 300}).title
    many = "&".join(
        [*(f"{name}=7" for name in ("seed", "samples", "epochs")), "noise=0.2&l2=0.01&l1=0.01&batch_size=9"]
    )
    long = preview_of(many + "&train_share=50&dropout=0.3&batch_norm=true").title
    assert "aaa" not in points and len(long) <= LONGEST_TITLE + 2 and long.endswith("…")


def test_a_wall_is_shown_by_networks_of_it_and_a_comparison_by_its_runs() -> None:
    wall = preview_of("rows=learning_rate:0.1|0.3&seeds=20&epochs=50&at=70")
    assert wall.few is not None and wall.few.runs.names == ("0.1", "0.3")
    assert (wall.few.networks, wall.epoch) == (40, 50)
    runs = preview_of("runs=epochs:5|epochs:9&names=short|long")
    assert runs.few is not None and runs.few.runs.names == ("short", "long") and runs.epoch == 9
    assert preview_of("rows=learning_rate:0.1").few is None and preview_of("search=width").few is None


def test_how_the_page_looks_is_no_setting_and_the_epoch_to_show_is_the_last_one_trained() -> None:
    looked = preview_of("dataset=xor&at=120&view=layers&embed=true&hide=noise&edited=true&speed=5")
    assert (looked.note, looked.epoch) == ("", 120)
    assert preview_of("epochs=40&at=120").epoch == 40
    assert preview_of("epochs=40&at=nonsense").epoch == 40


def test_what_is_refused_is_counted_and_never_quoted() -> None:
    hostile = "<script>buy</script>"
    preview = Preview.from_query({"dataset": hostile, hostile: "1", "noise": "0.1"})
    assert preview.experiment == Experiment.from_query({"noise": "0.1"})[0]
    assert "2 settings" in preview.note and "script" not in preview.note + preview.title


def test_links_that_ask_for_the_same_have_one_picture() -> None:
    assert preview_of("hidden=4,2&dataset=xor").digest == preview_of("dataset=xor").digest
    others = ("dataset=xor&noise=0.1", "dataset=xor&at=3", "dataset=xor&nonsense=1", "dataset=xor&seeds=2")
    named = "runs=noise:0|noise:0.1&names="
    assert len({preview_of(query).digest for query in ("dataset=xor", *others, f"{named}a|b", f"{named}c|d")}) == 7
    assert preview_of("rows=noise:0|0.1&seeds=1").digest == preview_of("seeds=01&rows=noise:0|0.10").digest


@given(ANY_QUERY)
def test_whatever_a_link_says_there_is_a_preview(query: dict[str, list[str]]) -> None:
    preview = Preview.from_query(query)
    assert len(preview.digest) == 64 and set(preview.digest) <= set("0123456789abcdef")
    shown = [preview.experiment] if preview.few is None else preview.few.runs.experiments
    assert 0 < preview.epoch <= max(each.train.epochs for each in shown) and preview.title
    assert preview.few is not None or Experiment.from_query(preview.to_query())[0] == preview.experiment


def test_a_name_counts_layers_of_one_width_and_names_rates_that_change() -> None:
    asked = {"hidden": "8,8,8,8,8", "l2": "0.01", "batch_size": "32", "learning_rate_from_200": "0.3"}
    assert name_of(asked) == "Circle · 5 × 8 Tanh · SGD 0.03 · L2 0.01 · batch size 32 · rate 0.3 from 200"

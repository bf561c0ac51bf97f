"""Files that are taken away of a wall: made beside its training, refused in words, and true to its figures."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast
from xml.etree import ElementTree

import numpy as np
import pytest

from playground.core import query
from playground.core.experiment import Experiment
from playground.core.history import FIGURES
from playground.runtime.exports import export
from playground.runtime.exports.export import EXPORTS, TOO_LARGE, Making
from playground.runtime.exports.pictures import NO_ACCURACY
from playground.runtime.exports.wall import WALL_EXPORTS, WallSource
from playground.runtime.jobs import exporting
from playground.runtime.jobs.exporting import FAULTY
from playground.runtime.jobs.wall.source import NOT_YET
from playground.runtime.protocol import page
from playground.runtime.protocol.exporting import CancelExport, Export
from tests.runtime.wall_bench import Message, WallBench

QUERY = "samples=40&hidden=3&rows=depth:1|2&columns=learning_rate:0.01|0.1&seeds=2"
PAGE = "https://school.example/explore?"


@pytest.fixture(scope="module")
def bench() -> WallBench:
    """Eight networks after four epochs."""
    bench = WallBench(QUERY)
    bench.rest()
    bench.train(4)
    return bench


@pytest.fixture(scope="module")
def diverging() -> WallBench:
    """A regression whose second network is no number any more after some epochs."""
    columns = "columns=learning_rate:0.01|100&activation=linear&output=linear"
    bench = WallBench(f"dataset=plane&samples=30&hidden=2&{columns}")
    bench.rest()
    bench.rest(page.Play(epochs_per_frame=0, until=60))
    return bench


def of_export(messages: list[Message]) -> list[Message]:
    return [each for each in messages if each[0]["type"] == "export"]


def taken(bench: WallBench, what: str, link: str = PAGE + QUERY) -> tuple[dict[str, Any], bytes]:
    """The last header of a file, and the file."""
    found = of_export(bench.rest(Export(what=what, link=link)))
    return found[-1][0], b"".join(arrays["content"].tobytes() for _header, arrays in found if arrays)


def refusal(bench: WallBench, what: str) -> str:
    header, content = taken(bench, what)
    assert not content
    return str(header["refusal"])


def rows_of(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


def test_every_file_can_be_made_under_a_name_of_its_own(bench: WallBench) -> None:
    names = set()
    for what in WALL_EXPORTS:
        header, content = taken(bench, what)
        assert header.get("last"), header
        assert content and header["file"].startswith("circle_wall_epoch_4_")
        names.add(header["file"])
    assert {Path(name).suffix for name in names} == {".html", ".csv", ".json", ".svg"}
    assert len(names) == len(WALL_EXPORTS)


def test_the_report_has_every_boundary_and_says_what_differs(bench: WallBench) -> None:
    header, content = taken(bench, "report")
    text = content.decode()
    assert (header["file"], header["mime"]) == ("circle_wall_epoch_4_report.html", "text/html")
    assert text.count("<img ") == 4 and "8 networks in 4 cells of 2 seeds each · epoch 4" in text
    assert "<dt>Depth</dt><dd>1; 2</dd>" in text and "<dt>Seeds</dt><dd>2 of each, 0 to 1</dd>" in text
    assert "https://school.example/explore?" in text and "<script" not in text and "<h2>Diagnosis</h2>" in text
    mean = np.array(bench.figures)[4, :2, FIGURES.index("loss")].mean()
    assert f"<td>{mean:.4f}\n(" in text


def test_figures_are_those_of_each_network_at_the_epoch_shown(bench: WallBench) -> None:
    bench.rest(page.Scrub(epoch=2))
    header, content = taken(bench, "figures_csv")
    assert header["file"] == "circle_wall_epoch_2_figures.csv"
    rows = rows_of(content)
    wall = bench.wall
    assert [row["link"] for row in rows] == [query.link(each.to_query()) for each in wall.experiments]
    got = [[float(row[name]) for name in FIGURES] for row in rows]
    assert np.array_equal(np.array(got, np.float32), np.array(bench.figures)[2])
    assert (rows[5]["depth"], rows[5]["learning_rate"], rows[5]["seed_of_cell"]) == ("2", "0.01", "2")
    assert {row["epoch"] for row in rows} == {"2"}
    told = json.loads(taken(bench, "figures_json")[1])
    assert told["epoch"] == 2 and len(told["cells"]) == 4
    assert [[each["figures"][name] for name in FIGURES] for each in told["networks"]] == got
    losses = [row[0] for row in got[:2]]
    assert told["cells"][0]["loss"] == pytest.approx(
        {"mean": np.mean(losses), "least": min(losses), "most": max(losses)}
    )
    bench.rest(page.Scrub(epoch=4))


def test_the_history_has_all_epochs_up_to_the_one_shown(bench: WallBench) -> None:
    rows = rows_of(taken(bench, "history_csv")[1])
    assert [(row["network"], row["epoch"]) for row in rows] == [
        (str(i + 1), str(e)) for i in range(8) for e in range(5)
    ]
    got = np.array([[float(row[name]) for name in FIGURES] for row in rows], np.float32).reshape(8, 5, 4)
    assert np.array_equal(got.swapaxes(0, 1), np.array(bench.figures))
    networks = json.loads(taken(bench, "history_json")[1])["networks"]
    for place, network in enumerate(networks):
        asked = query.of_link(network["link"])
        assert Experiment.from_query(asked)[0] == bench.wall.experiments[place]
        assert network["history"]["val_loss"] == [float(str(value)) for value in got[place, :, 2]]
        assert network["settings"]["Learning rate"] == network["knobs"]["learning_rate"]


def test_one_that_has_diverged_has_no_result_and_an_end(diverging: WallBench) -> None:
    rows = rows_of(taken(diverging, "figures_csv")[1])
    assert [row["ended"] for row in rows] == ["", "diverged"] and int(rows[1]["epoch"]) < 60
    first, second = json.loads(taken(diverging, "figures_json")[1])["networks"]
    assert first["figures"]["loss"] > 0 and second["figures"] == dict.fromkeys(FIGURES)
    assert "Diverged: 1 of 2 networks" in taken(diverging, "report")[1].decode()
    assert refusal(diverging, "accuracy_svg") == NO_ACCURACY


@pytest.mark.parametrize("what", ["boundaries_svg", "loss_svg", "accuracy_svg"])
def test_a_picture_has_every_cell_under_titles(bench: WallBench, what: str) -> None:
    drawn = ElementTree.fromstring(taken(bench, what)[1])
    space = "{http://www.w3.org/2000/svg}"
    panels = drawn.findall(f"{space}g")
    words = {text.text for text in drawn.iter(f"{space}text")}
    assert len(panels) == 4 and {"0.01", "0.1", "1", "2"} <= words
    width, height = float(drawn.attrib["width"]), float(drawn.attrib["height"])
    for panel in panels:
        x, y = map(float, re.findall(r"\d+", panel.attrib["transform"]))
        assert x + 120 <= width and y + 78 <= height
    assert len(list(drawn.iter(f"{space}image"))) == (4 if what == "boundaries_svg" else 0)


def test_the_link_is_a_code_to_be_scanned(bench: WallBench) -> None:
    assert taken(bench, "qr")[1].startswith(b"<svg")
    header, _content = taken(bench, "qr", link="")
    assert "at most 2,000 characters" in header["refusal"]


def test_what_only_a_run_has_is_refused_in_words(bench: WallBench) -> None:
    for what in EXPORTS.keys() - WALL_EXPORTS.keys():
        said = refusal(bench, what)
        assert said.startswith(f"{what!r} is of one network: open one of these in Play") and "report" in said
    assert refusal(bench, "gold").startswith("'gold' cannot be taken away. What can: ")


def test_before_its_networks_are_there_it_has_nothing_to_take_away() -> None:
    bench = WallBench(QUERY, make=False)
    bench.rest()
    assert refusal(bench, "report") == NOT_YET


def test_a_file_of_the_epoch_shown_is_made_while_the_wall_trains_on() -> None:
    bench = WallBench(QUERY)
    bench.rest()
    bench.train(1)
    bench.run.hear(page.Play(epochs_per_frame=0))
    bench.run.hear(Export(what="report"))
    messages: list[Message] = []
    while not any(header.get("last") for header, _arrays in messages):
        bench.run.pacing.credits = 2
        messages += bench.turn()
    assert bench.run.training.newest > 2 and bench.run.state == "playing"
    shares = [header["share"] for header, _arrays in of_export(messages)]
    assert shares == sorted(shares)
    (content,) = [arrays["content"].tobytes() for _header, arrays in of_export(messages) if arrays]
    assert b"epoch 1</p>" in content


def endless(source: WallSource) -> Making:
    while True:
        yield 0.5


@pytest.fixture
def endless_export(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setitem(WALL_EXPORTS, "endless", endless)
    yield


def test_one_that_is_cancelled_is_made_no_further(endless_export: None) -> None:
    bench = WallBench(QUERY)
    bench.rest()
    bench.run.hear(Export(what="endless"))
    for _ in range(5):
        bench.turn()
    assert bench.run.wants_turn
    assert of_export(bench.rest(CancelExport())) == []
    bench.run.hear(Export(what="endless"))
    bench.turn()
    bench.run.welcome(2)  # another page knows nothing of it
    assert of_export(bench.rest()) == []


@pytest.mark.parametrize("what", ["history_csv", "history_json", "report"])
def test_what_is_too_large_is_refused(bench: WallBench, monkeypatch: pytest.MonkeyPatch, what: str) -> None:
    for module in (export, exporting):
        monkeypatch.setattr(module, "MOST_BYTES", 500)
    assert refusal(bench, what) == TOO_LARGE


def test_a_fault_of_a_file_is_said_and_the_wall_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    def faulty(source: WallSource) -> Making:
        yield 0.0
        raise ZeroDivisionError

    monkeypatch.setitem(WALL_EXPORTS, "faulty", faulty)
    bench = WallBench(QUERY)
    bench.rest()
    assert refusal(bench, "faulty") == FAULTY
    assert bench.train(1)[0]["epoch"] == 1


def test_a_comparison_is_taken_away_under_the_names_that_its_page_has() -> None:
    asked = "samples=40&hidden=3&runs=learning_rate:0.01|learning_rate:0.1;dataset:xor"
    bench = WallBench(asked)
    bench.rest()
    bench.train(1)
    link = f"{PAGE}{asked}&names=slow|<i>fast</i>"
    header, content = taken(bench, "report", link)
    assert header["file"] == "comparison_epoch_1_report.html"
    text = content.decode()
    assert "<title>Comparison · Circle, XOR – report</title>" in text
    assert '<th scope="row">slow</th>' in text and "&lt;i&gt;fast&lt;/i&gt;" in text
    assert [row["name"] for row in rows_of(taken(bench, "figures_csv", link)[1])] == ["slow", "<i>fast</i>"]
    formula = f"{PAGE}{asked}&names=%3D1%2B1|-a"
    assert [row["name"] for row in rows_of(taken(bench, "figures_csv", formula)[1])] == ["'=1+1", "'-a"]
    other = taken(bench, "figures_csv", PAGE + "runs=l2:0|l2:0.1&names=a|b")[1]
    assert "a" not in {row["name"] for row in rows_of(other)}, "names of other runs"


def test_the_source_keeps_what_it_was_made_of(bench: WallBench) -> None:
    """A wall that trains on changes nothing of a file that is being made."""
    source = cast(Any, bench.run)._source("")
    before = source.figures.copy()
    bench.train(1)
    assert np.array_equal(source.figures, before) and source.epoch == 4
    bench.rest(page.Scrub(epoch=4))

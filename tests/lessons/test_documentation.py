"""What teachers are told of lessons is so."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from playground.core import page_view
from playground.lessons import POINTED_AT, load_text, reading, steps
from playground.lessons.figures import FIGURES
from playground.lessons.packs import FOLDER_SETTING
from playground.lessons.page_parts import TABS

from .examples import changed

TEXT = (Path(__file__).parents[2] / "docs" / "lessons.md").read_text(encoding="utf-8")
EXAMPLE = TEXT.split("```markdown\n")[1].split("```")[0]
OF_FOUR = re.compile("(first|change of) (val_)?(loss|accuracy)|(epoch|rate) of least val_loss")


def test_the_whole_lesson_is_one() -> None:
    (step,) = load_text(EXAMPLE, "rings.md").steps
    assert step.check is not None
    assert step.observe is not None


def test_the_mistake_is_told_in_these_words() -> None:
    with pytest.raises(ValueError, match="val_acuracy") as raised:
        load_text(changed("check: val_accuracy", "check: val_acuracy", EXAMPLE), "rings.md")
    assert re.sub("line [0-9]+", "line 12", str(raised.value)) in TEXT


@pytest.mark.parametrize("figure", [name for name in FIGURES if not OF_FOUR.fullmatch(name)])
def test_every_figure_is_named(figure: str) -> None:
    assert f"`{figure}`" in TEXT


def test_every_field_part_and_setting_is_named() -> None:
    for name in (*reading.FIELDS, *steps.FIELDS, FOLDER_SETTING):
        assert f"`{name}`" in TEXT
    for part in (*POINTED_AT, *TABS, *page_view.NAMES):
        assert part in TEXT

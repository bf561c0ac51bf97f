"""A lesson file becomes values, or sentences that name file, line, field and rule."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from playground.core import Experiment
from playground.core.wall import Wall
from playground.lessons import Choices, Drawn, LessonError, Number, load, load_bytes, load_text
from playground.lessons.errors import MOST_NAMED
from playground.lessons.nodes import DEEPEST
from playground.lessons.page_parts import PAGES
from playground.lessons.reading import LARGEST, MOST_STEPS
from playground.ui.pages import all_pages

from .examples import FILE, RIGHT, WALL, changed, line_of


def refused(text: str) -> LessonError:
    with pytest.raises(LessonError) as raised:
        load_text(text, FILE)
    return raised.value


def test_what_a_file_says_is_in_the_lesson() -> None:
    lesson = load_text(RIGHT, "03_rings.md")
    assert (lesson.name, lesson.title, lesson.level, lesson.minutes) == ("rings", "Rings", "basics", 5)
    (step,) = lesson.steps
    assert step.experiment == Experiment.from_query({"samples": "400", "hidden": "4", "epochs": "20"})[0]
    assert step.wall is None
    assert step.free == ("learning_rate", "weights")
    assert step.predict == Choices("What will it be?", ("A ring", "A line"), 0, ("Yes.", "No."))
    assert step.observe == Choices("What was it?", ("A ring", "A line"), 0, ("Yes.", "Look again."))
    assert step.text == "Look at the ring."
    assert step.points_at == "boundary"
    assert step.view == {"test_points": "true"}
    assert step.fails[0].because == "test accuracy"
    figures = {"val_accuracy": "81 %", "epoch": "20"}
    assert step.explained(figures) == "It is 81 % after 20 epochs."
    assert step.explained({}) == "It is … after … epochs."


def test_a_lesson_can_be_sent_to_another_process() -> None:
    for text in (RIGHT, WALL):
        lesson = load_text(text, FILE)
        assert pickle.loads(pickle.dumps(lesson)) == lesson


def test_a_wall_is_read_as_one() -> None:
    (step,) = load_text(WALL, FILE).steps
    assert isinstance(step.wall, Wall)
    assert step.experiment is None
    assert len(step.wall.experiments) == 4


def test_a_whole_address_of_the_page_is_a_link_too_and_what_it_says_of_the_view_is_no_mistake() -> None:
    for before in ("https://Example.org:8501/play", "http://example.org:8501/", "/play"):
        link = f"{before}?samples=400&hidden=4&epochs=20&view=layers#top"
        text = changed("?samples=400&hidden=4&epochs=20", link)
        (step,) = load_bytes(text.encode(), FILE, host="example.org:8501").steps
        assert step.experiment == load_text(RIGHT, FILE).steps[0].experiment


@pytest.mark.parametrize(
    "before",
    ["http://localhost:8501/", "http://localhost:8501", "https://example.org/play", "https://example.org/base/explore",
     "https://example.org/base/"],
)  # fmt: skip
def test_where_the_host_is_not_known_an_address_of_any_host_is_a_link(before: str, tmp_path: Path) -> None:
    file = tmp_path / FILE
    file.write_text(changed("?samples=400&hidden=4", f"{before}?samples=400&hidden=4"), encoding="utf-8")
    assert load(file).steps == load_text(RIGHT, FILE).steps
    file.write_text(changed("?samples=400&hidden=4", f"{before}?samples=400&hidden=oak"), encoding="utf-8")
    with pytest.raises(LessonError, match="hidden must be none or up to"):
        load(file)


def test_the_pages_are_those_that_there_are() -> None:
    assert {page.name for page in all_pages()} == PAGES - {""}


@pytest.mark.parametrize(
    ("host", "before"),
    [
        ("example.org", "https://elsewhere.org/"),
        ("example.org", "http://localhost:8501/"),
        ("", "https://example.org/other.html"),
        *((host, before) for host in ("", "example.org")
          for before in ("//elsewhere.org/", "https://example.org@elsewhere.org/", "ftp:/", "x")),
    ],
)  # fmt: skip
def test_a_link_to_another_host_is_refused_with_the_rule(host: str, before: str) -> None:
    text = changed("?samples=400&hidden=4&epochs=20", f"{before}?samples=400&hidden=4&epochs=20")
    with pytest.raises(LessonError) as raised:
        load_text(text, FILE, host)
    (mistake,) = raised.value.mistakes
    assert (mistake.field, mistake.line) == ("steps[1].experiment", line_of("experiment:", text))
    assert mistake.rule.startswith(
        "A link must be one of this page, and begin with ? as ?dataset=xor&hidden=4 does. Got "
    )
    assert mistake.rule.endswith(" Leave out what stands before the ?.")


OPEN = [
    "loss > 0",
    "val_accuracy >= 1",
    "epoch >= 20",
    "gap < 0",
    "val_loss / loss >= 1",
    "loss = 0 ± 0.1",
    "loss >= val_loss",
    "learning_rate >= 0.1",
    "accuracy - val_accuracy >= 0.1",
]
CLOSED = {
    "loss < 0": "never holds: training loss is at least 0.",
    "val_accuracy >= 0": "always holds: test accuracy is from 0 to 1.",
    "gap > 1": "never holds: training accuracy minus test accuracy is from -1 to 1.",
    "epoch >= 21": "never holds: epoch is from 0 to 20.",
    "best epoch <= 20": "always holds: epoch of the least test loss is from 0 to 20.",
    "loss * 2 < 0": "never holds: training loss × 2 is at least 0.",
    "accuracy = 0.5 ± 0.5": "always holds: training accuracy is from 0 to 1.",
    "hidden units >= 4": "always holds: number of hidden units is 4.",
    "hidden units >= 9": "never holds: number of hidden units is 4.",
    "hidden layers >= 1": "always holds: number of hidden layers is 1.",
    "inputs >= 1": "always holds: number of inputs is 2.",
    "learning_rate > 0": "always holds: learning rate is more than 0.",
    "learning_rate <= 0": "never holds: learning rate is more than 0.",
    "val_accuracy >= val_accuracy": "always holds: its two sides are the same.",
    "val_accuracy < val_accuracy": "never holds: its two sides are the same.",
    "val_accuracy - val_accuracy >= 0.1": "never holds: test accuracy − test accuracy is 0.",
    "loss / loss >= 1": "always holds: training loss / training loss is 1.",
    "val_accuracy / 0 >= 0.95": "never holds: it divides by 0.",
    "val_accuracy >= 0.5 + loss / 0": "never holds: it divides by 0.",
    "loss / 0 >= loss / 0": "never holds: it divides by 0.",
}


def checked(condition: str) -> str:
    return changed("check: val_accuracy >= 0.95", f"check: {condition}")


@pytest.mark.parametrize("condition", OPEN)
def test_a_condition_that_a_run_may_meet_or_miss_is_taken(condition: str) -> None:
    assert load_text(checked(condition), FILE)


@pytest.mark.parametrize("condition", CLOSED)
def test_a_condition_that_always_holds_or_never_can_is_refused(condition: str) -> None:
    (mistake,) = refused(checked(condition)).mistakes
    assert mistake.field == "steps[1].check[1]"
    assert mistake.rule.startswith("A condition must hold of some runs of the step and not of others. Got ")
    assert mistake.rule.endswith(f"{condition!r}, which {CLOSED[condition]}")


def test_a_condition_that_divides_by_what_settings_make_zero_is_refused() -> None:
    text = changed("hidden=4", "hidden=none", checked("loss / hidden units < 0.1"))
    assert refused(text).rule.endswith("which never holds: it divides by 0.")
    assert load_text(changed("[learning_rate, weights]", "[hidden]", text), FILE)


def test_more_epochs_than_the_link_has_are_a_question_where_they_are_free() -> None:
    text = checked("epoch >= 21")
    assert load_text(changed("[learning_rate, weights]", "[epochs]", text), FILE)


@pytest.mark.parametrize(
    ("knob", "condition", "verdict"),
    [
        ("hidden", "hidden units >= 9", ""),
        ("hidden", "hidden layers >= 2", ""),
        ("hidden", "hidden units <= 1024", "always holds: number of hidden units is from 0 to 1024."),
        ("hidden", "hidden layers >= 9", "never holds: number of hidden layers is from 0 to 8."),
        ("features", "inputs <= 3", ""),
        ("dataset", "inputs >= 3", ""),
        ("features", "inputs >= 1", "always holds: number of inputs is from 1 to 30."),
        ("noise", "learning_rate >= 0.1", "never holds: learning rate is 0.03."),
        ("schedule", "learning_rate >= 0.1", ""),
    ],
)
def test_what_a_learner_may_change_is_a_question(knob: str, condition: str, verdict: str) -> None:
    text = changed("[learning_rate, weights]", f"[{knob}]", checked(condition))
    if not verdict:
        assert load_text(text, FILE)
    else:
        assert refused(text).rule.endswith(f"{condition!r}, which {verdict}")


@pytest.mark.parametrize("also", ["schedule=cosine", "learning_rate_from_5=0.3"])
def test_a_rate_that_changes_on_its_way_is_a_question(also: str) -> None:
    text = changed("[learning_rate, weights]", "[]", checked("learning_rate >= 0.01"))
    assert "always holds" in refused(text).rule
    assert load_text(changed("&hidden=4&epochs", f"&hidden=4&{also}&epochs", text), FILE)


def test_what_the_networks_of_a_wall_have_is_known_of_each() -> None:
    for condition in ("all hidden units >= 3", "spread hidden units >= 5", "max hidden units <= 8"):
        text = changed("some val", f"{condition}\n      - some val", WALL)
        assert "which always holds" in refused(text).rule
    assert "which never holds" in refused(changed("some val", "all hidden units >= 8\n      - some val", WALL)).rule


@pytest.mark.parametrize(
    ("conditions", "why"),
    [
        ("epoch <= 10", "nothing else is asked."),
        ("[epoch <= 10, epoch < 15]", "nothing else is asked."),
        ("epoch = 5 ± 5", "nothing else is asked."),
        ("[epoch <= 10, val_accuracy <= 0.7]", "what is beside it is told at epoch 20."),
        ("[epoch < 20, loss = 0.5 ± 0.1]", "what is beside it is told at epoch 20."),
    ],
)
def test_a_condition_until_an_epoch_is_refused_where_it_asks_nothing_or_what_is_beside_it_comes_later(
    conditions: str, why: str
) -> None:
    mistake = refused(checked(conditions)).mistakes[0]
    assert mistake.field == "steps[1].check[1]"
    assert mistake.rule.startswith("A condition until which epoch must stand beside one that only learning ")
    assert mistake.rule.endswith(why)


@pytest.mark.parametrize(
    "conditions",
    [
        "[val_accuracy >= 0.95, epoch <= 10]",
        "[val_accuracy <= 0.7, epoch >= 5, epoch <= 10]",
        "epoch = 10 ± 1",
        "[val_accuracy <= 0.7, epoch = 10 ± 1]",
    ],
)
def test_a_condition_until_an_epoch_is_taken_where_the_check_may_hold_by_then(conditions: str) -> None:
    assert load_text(checked(conditions), FILE)
    shorter = changed("[learning_rate, weights]", "[epochs]", checked("[epoch <= 10, val_accuracy <= 0.7]"))
    assert load_text(shorter, FILE)


@pytest.mark.parametrize(
    "condition", ["none loss < 0", "some val_accuracy > 1", "at least 0 loss < 3", "at most 4 loss < 3"]
)
def test_so_is_one_of_a_wall(condition: str) -> None:
    (mistake,) = refused(changed("some val", f"{condition}\n      - some val", WALL)).mistakes
    assert "must hold of some runs of the step" in mistake.rule


def test_a_teachers_copy_with_another_text_and_rate_is_another_lesson(tmp_path: Path) -> None:
    copy = changed("hidden=4&epochs", "hidden=4&learning_rate=0.3&epochs")
    copy = changed("Look at the ring.", "Schau den Ring an — 500 €.", copy)
    file = tmp_path / "mein_ring.md"
    file.write_bytes("\ufeff".encode() + copy.replace("\n", "\r\n").encode())
    (step,) = load(file).steps
    assert step.experiment is not None
    assert step.experiment.train.learning_rate == 0.3
    assert step.text == "Schau den Ring an — 500 €."


def test_the_other_kinds_of_prediction() -> None:
    choices = "choices: [A ring, A line]\n      answer: 1\n      feedback: [Yes., No.]"
    number = "number:\n        of: val_accuracy\n        within: 3\n        unit: '%'"
    (step,) = load_text(changed(choices, number), FILE).steps
    assert isinstance(step.predict, Number)
    assert (step.predict.of, step.predict.within, step.predict.unit) == ("val_accuracy", 3, "%")
    (step,) = load_text(changed(choices, "boundary: true"), FILE).steps
    assert step.predict == Drawn("What will it be?")
    (step,) = load_text(changed("answer: 1\n      feedback: [Yes., No.]", "answer: A line"), FILE).steps
    assert isinstance(step.predict, Choices)
    assert step.predict.answer == 1
    assert all(step.predict.feedback)


FIELDS: list[tuple[str, str, str, str, str]] = [
    # what is changed, into what, the field, what stands in its line, and the beginning of the rule
    ("title: Rings\n", "", "title", "level", "title must be given"),
    ("level: basics\n", "", "level", "title", "level must be given"),
    ("minutes: 5\n", "", "minutes", "title", "minutes must be given"),
    ("goal: See a ring.\n", "", "goal", "title", "goal must be given"),
    ("level: basics", "level: hard", "level", "level: hard", "level must be one of first steps, basics, going deeper."),
    ("minutes: 5", "minutes: soon", "minutes", "minutes", "minutes must be a whole number in [1, 600]. Got 'soon'."),
    ("minutes: 5", "minutes: 2.5", "minutes", "minutes", "minutes must be a whole number in [1, 600]. Got 2.5."),
    ("minutes: 5", "hours: 5", "hours", "hours", "There is no field called 'hours'"),
    ("goal: See a ring.", "goal:", "goal", "goal:", "goal must be text. Got nothing."),
    ("  - title: A ring\n    exp", "  - exp", "steps[1].title", "  - exp", "title must be given"),
    ("    experiment: ?samples=400&hidden=4&epochs=20\n", "", "steps[1]", "  - title", "A step must have one of"),
    ("hidden=4&epochs", "hidden=oak&epochs", "steps[1].experiment", "experiment:", "hidden must be none or up to 8"),
    ("hidden=4&epochs", "hiden=4&epochs", "steps[1].experiment", "experiment:", "There is no knob called 'hiden'."),
    ("?samples=400&hidden", "samples=400&hidden", "steps[1].experiment", "experiment:", "A link must be one of"),
    ("?samples=400&hidden", "?rows=hidden:3|4&hidden", "steps[1].experiment", "experiment:", "A link with rows is a"),
    ("experiment:", "wall:", "steps[1].wall", "wall:", "wall must be a link with rows, columns or seeds."),
    ("[learning_rate,", "[speed,", "steps[1].free[1]", "free:", "free must name knobs, as a link spells them, or wei"),
    ("weights]", "learning_rate]", "steps[1].free[2]", "free:", "free must name each knob once."),
    ("      question: What will it be?\n", "", "steps[1].predict.question", "      choices", "question must be given"),
    (
        "choices: [A ring, A line]",
        "choices: [A ring]",
        "steps[1].predict.choices",
        "choices:",
        "choices must be a list",
    ),
    ("choices: [A ring, A line]", "choices: [A, A]", "steps[1].predict.choices", "choices:", "choices must differ."),
    ("answer: 1", "answer: 3", "steps[1].predict.answer", "answer: 3", "answer must be the number of a choice, 1 to 2"),
    ("[Yes., No.]", "[Yes.]", "steps[1].predict.feedback", "feedback: [Yes.]", "feedback must be one text for each"),
    ("answer: 1", "answer: 1\n      boundary: true", "steps[1].predict", "question", "predict must have one of"),
    (
        "      feedback: [Yes., Look again.]\n",
        "",
        "steps[1].observe.feedback",
        "      question: What was",
        "feedback must",
    ),
    ("val_accuracy >= 0.95", "val_acuracy >= 0.95", "steps[1].check[1]", "check:", "A condition must name figures"),
    ("val_accuracy >= 0.95", "val_accuracy", "steps[1].check[1]", "check:", "A condition must be a figure, one of"),
    ("val_accuracy >= 0.95", "val_accuracy >= 95", "steps[1].check[1]", "check:", "A condition must hold an accuracy"),
    (
        "val_accuracy >= 0.95",
        "all loss <= 1",
        "steps[1].check[1]",
        "check:",
        "A condition must be about the one network",
    ),
    (
        "val_accuracy >= 0.95",
        "max loss <= 1",
        "steps[1].check[1]",
        "check:",
        "A condition must be about the one network",
    ),
    ("val_accuracy >= 0.95", "loss = 0.7", "steps[1].check[1]", "check:", "A condition must say how near"),
    ("val_accuracy >= 0.95", "1 >= 0.95", "steps[1].check[1]", "check:", "A condition must have a figure"),
    ("val_accuracy >= 0.95", "'hidden=4: loss <= 1'", "steps[1].check[1]", "check:", "A condition must address netw"),
    (
        "?samples=400",
        "?dataset=hills&samples=400",
        "steps[1].check[1]",
        "check:",
        "A condition must be about figures that",
    ),
    ("?hidden=none&epochs=20", "?hidden=x", "steps[1].fails[1].link", "link:", "hidden must be none or up to"),
    ("points_at: boundary", "points_at: moon", "steps[1].points_at", "points_at", "points_at must be one of boundary,"),
    (
        "test_points: true",
        "test_points: maybe",
        "steps[1].view",
        "      test_points",
        "test_points must be true or fal",
    ),
    ("test_points: true", "moon: true", "steps[1].view.moon", "moon", "There is no field called 'moon'"),
    ("## A ring", "## Another", "steps[1].text", "  - title", "The text below the fields must have one heading ## A r"),
    ("### Explained", "Explained", "steps[1].explained", "## A ring", "There must be ### Explained with text"),
    ("Look at the ring.\n", "", "steps[1].text", "## A ring", "There must be text under ## A ring."),
    ("{epoch}", "{epochs}", "steps[1].explained", "{epochs}", "What stands in braces must name figures of a run"),
    ("{val_accuracy}", "{val_accuracy", "steps[1].explained", "{val_acc", "A figure must stand between two braces in"),
    ("{val_accuracy}", "val_accuracy}", "steps[1].explained", "val_accuracy}", "A figure must stand between two brac"),
    ("{epoch}", "{epoch", "steps[1].explained", "{epoch", "A figure must stand between two braces in one line"),
    ("{epoch}", "`x` {`{epoch}`", "steps[1].explained", "{epoch", "A figure must stand between two braces in one li"),
    ("{epoch}", "{}", "steps[1].explained", "{}", "What stands in braces must name figures of a run"),
    ("Look at", "<script>\nLook at", "steps[1].text", "<script>", "A text must be Markdown without HTML."),
    ("Look at", "![x](https://x.org)", "steps[1].text", "![x]", "A text must have no pictures."),
    ("the ring.", "[the](javascript:x) ring.", "steps[1].text", "javascript", "A link must begin with https://, / or "),
    (
        "A ring, A line]\n      answer: A",
        "<b>, A line]\n      answer: A",
        "steps[1].observe.choices[1]",
        "<b>",
        "A text must",
    ),
]


@pytest.mark.parametrize(("old", "new", "field", "place", "rule"), FIELDS, ids=[f"{f[2]}: {f[1]!r}" for f in FIELDS])
def test_a_mistake_is_named_by_file_line_field_and_rule(old: str, new: str, field: str, place: str, rule: str) -> None:
    text = changed(old, new)
    error = refused(text)
    found = [each for each in error.mistakes if each.field == field and each.rule.startswith(rule)]
    assert [each.line for each in found] == [line_of(place, text)], error
    (mistake,) = found
    assert str(mistake) == f"{FILE}, line {mistake.line}, {field}: {mistake.rule}"
    assert str(mistake) in str(error)


@pytest.mark.parametrize("text", ["`{`", "``a ` {\n{epoch} b``", "```\n}\n{epoch}\n```", r"\{", "~~~\n{"])
def test_a_brace_may_be_alone_in_code_and_behind_a_backslash(text: str) -> None:
    (step,) = load_text(changed("after {epoch} epochs.", f"\n{text}"), FILE).steps
    assert step.explanation.endswith(text)


def test_all_mistakes_of_a_file_are_named_in_its_order() -> None:
    text = changed(
        "minutes: 5", "minutes: x", changed("{epoch}", "{x}", changed("points_at: boundary", "points_at: x"))
    )
    mistakes = refused(text).mistakes
    assert [each.field for each in mistakes] == ["minutes", "steps[1].points_at", "steps[1].explained"]
    assert [each.line for each in mistakes] == sorted(each.line for each in mistakes)


WALLS: list[tuple[str, str, str]] = [
    ("hidden=8: all", "width=8: all", "A condition must address networks by hidden and seed"),
    ("hidden=8: all", "hidden=5: all", "hidden must be one of 3 | 8. Got 5."),
    ("some val", "at least 5 val", "A condition must count at most the 4 networks there are. Got 5."),
    ("max loss / min loss", "all max loss", "A condition must have all, some, none or a number before"),
    ("max loss / min loss", "loss[hidden=3]", "A condition loss[hidden=3] must be one network"),
    ("{min val_accuracy}", "{val_accuracy}", "What stands in braces must be one number of the wall"),
]


@pytest.mark.parametrize(("old", "new", "rule"), WALLS, ids=[new for _, new, _ in WALLS])
def test_what_a_wall_has_not_is_a_mistake(old: str, new: str, rule: str) -> None:
    assert any(rule.removeprefix("A condition ") in each.rule for each in refused(changed(old, new, WALL)).mistakes)


def test_a_solution_may_differ_in_free_knobs_alone() -> None:
    solved = "    solution: ?samples=400&hidden=4&epochs=20&learning_rate=0.1\n    points_at"
    (step,) = load_text(changed("    points_at", solved), FILE).steps
    assert isinstance(step.solution, Experiment)
    assert step.solution.train.learning_rate == 0.1
    (mistake,) = refused(changed("    points_at", solved.replace("hidden=4", "hidden=8"))).mistakes
    assert mistake.field == "steps[1].solution"
    assert mistake.rule.endswith("Got hidden, not free.")


FRONT: dict[str, tuple[str, int, str, str]] = {
    # the text, the line, the field, and the beginning of the rule
    "no front matter": ("# Rings\n", 1, "front matter", "A lesson must begin with a line ---"),
    "nothing": ("", 1, "front matter", "A lesson must begin with a line ---"),
    "no end": ("---\ntitle: x\n", 3, "front matter", "The fields must end with a line ---"),
    "an unclosed list": (
        changed("[learning_rate, weights]", "[learning_rate"),
        9,
        "steps[1].free",
        "It must be YAML. Got: a quote, or a bracket",
    ),
    "an unclosed quote": (changed("goal: See", 'goal: "See'), 5, "goal", "It must be YAML. Got: a quote that is left"),
    "a colon in a text": (
        changed("goal: See", "goal: See: look"),
        5,
        "goal",
        "It must be YAML. Got: a colon within a text",
    ),
    "a colon in the first text": (
        changed("title: Rings", "title: Rings: two"),
        2,
        "title",
        "It must be YAML. Got: a colon within a text",
    ),
    "a tab": (changed("  - title", "\t- title"), 7, "steps[1].title", "It must be YAML. Got: a tab"),
    "an escape that stands for no character": (
        changed("[Yes., No.]", '["Yes\\UFFFFFFFF", No.]'),
        14,
        "steps[1].predict.feedback",
        "It must be YAML. Got: a character that YAML does not know.",
    ),
    "a tab after spaces": (changed("    check:", "    \tcheck:"), 15, "steps[1].check", "It must be YAML. Got: a tab"),
    "a tab for spaces": (changed("    check:", "\tcheck:"), 15, "steps[1].check", "It must be YAML. Got: a tab"),
    "a field of a step set in too little": (
        changed("    check:", "  check:"),
        15,
        "steps[1].check",
        "It must be YAML. Got: a line that is set in as none above it",
    ),
    "a field set in too far": (changed("minutes:", "  minutes:"), 4, "minutes", "It must be YAML. Got: "),
    "a field twice": (
        changed("minutes: 5", "title: again"),
        4,
        "title",
        "A name must be given once. Got 'title' twice.",
    ),
    "a field of a step twice": (
        changed("    points_at: boundary", "    check: loss < 1"),
        24,
        "steps[1].check",
        "A name must be given once. Got 'check' twice.",
    ),
    "an alias": (changed("goal: See a ring.", "goal: *x"), 5, "goal", "It must do without anchors and aliases"),
    "an anchor": (changed("title: Rings", "title: &x Rings"), 2, "title", "It must do without anchors and aliases"),
    "a tag": (changed("title: Rings", "title: !!python/name:os.system x"), 2, "title", "It must do without tags"),
    "a list as a name": (changed("minutes: 5", "? [a]\n: 5"), 4, "front matter", "A name must be a text."),
    "a list alone": (
        changed(RIGHT[4 : RIGHT.index("\n---\n")], "- x"),
        2,
        "front matter",
        "A lesson must be fields: title, level",
    ),
    "too deep": (
        changed("goal: See a ring.", "goal: " + "[" * 50_000),
        5,
        "goal" + "[1]" * DEEPEST,
        f"It must be at most 5,000 values, {DEEPEST}",
    ),
    "too many": (
        changed("goal: See a ring.", "goal: [" + "a," * 20_000 + "]"),
        5,
        "goal[4991]",
        "It must be at most 5,000 values",
    ),
    "a control character": (changed("title: Rings", "title: R\x07"), 2, "title", "It must be YAML."),
}


@pytest.mark.parametrize("character", ["\x07", "\v", "\x92", "\0", "\ufffe"])
def test_a_character_that_yaml_does_not_know_is_named_by_its_line_and_field(character: str) -> None:
    for old, field in (("goal: See", "goal"), ("[Yes., No", "steps[1].predict.feedback"), (">= 0.9", "steps[1].check")):
        error = refused(changed(old, f"{old}{character}"))
        assert (error.line, error.field) == (line_of(old, RIGHT), field)


@pytest.mark.parametrize("mistake", ["", ":"], ids=["no colon", "no space"])
@pytest.mark.parametrize(
    "field",
    ["title", "minutes", "goal", "steps[1].title", "steps[1].free", "steps[1].predict.question",
     "steps[1].predict.feedback", "steps[1].check", "steps[1].fails[1].link", "steps[1].points_at"],
)  # fmt: skip
def test_a_name_without_a_colon_and_a_space_is_named_where_it_stands(field: str, mistake: str) -> None:
    name = field.rpartition(".")[2]
    start = f"- {name}: " if field == "steps[1].title" else f"{name}: "
    error = refused(changed(start, f"{start[:-2]}{mistake or ' '}"))
    assert (error.line, error.field) == (line_of(start, RIGHT), field)
    assert error.rule.endswith("a name without a colon: a colon and a space must stand after it.")


QUOTED_LATER = changed("[Yes., Look again.]", """[Yes., "Look, again.", 'Look']""")


@pytest.mark.parametrize("quote", ['"', "'"])
@pytest.mark.parametrize(
    ("start", "field"),
    [("title: Rings", "title"), ("goal: See", "goal"), ("- title: A ring", "steps[1].title"),
     ("question: What will", "steps[1].predict.question"), ("feedback: [Yes., No", "steps[1].predict.feedback")],
)  # fmt: skip
def test_a_quote_left_open_is_named_where_it_stands_though_a_later_one_closes_it(
    start: str, field: str, quote: str
) -> None:
    error = refused(changed(start, start.replace(": ", f": {quote}"), QUOTED_LATER))
    assert (error.line, error.field) == (line_of(start, RIGHT), field)
    assert error.rule == "It must be YAML. Got: a quote that is left open."


def test_an_item_with_a_quote_left_open_is_named_where_it_stands() -> None:
    text = changed("choices: [A ring, A line]", 'choices:\n        - "A ring\n        - A line', QUOTED_LATER)
    error = refused(text)
    assert (error.line, error.field) == (line_of('- "A ring', text), "steps[1].predict.choices[1]")
    assert error.rule == "It must be YAML. Got: a quote that is left open."


def test_a_text_in_quotes_over_several_lines_is_no_mistake() -> None:
    long = changed("goal: See a ring.", 'goal: "See\n  look: a ring."')
    assert load_text(long, FILE).goal == "See look: a ring."
    assert refused(changed("level: basics", "level basics", long)).line == 3
    assert refused(changed("    check:", "  check:", long)).field == "steps[1].check"


@pytest.mark.parametrize("before", ["\u00a0", "\u00a0" * 4, "   \u00a0", "\u00a0   ", "    \u00a0", " \u202f \u202f"],
                         ids=ascii)  # fmt: skip
@pytest.mark.parametrize("name", ["free", "predict", "check", "observe", "points_at"])
def test_a_no_break_space_before_a_name_is_named_where_it_stands(name: str, before: str) -> None:
    error = refused(changed(f"    {name}:", f"{before}{name}:"))
    assert (error.line, error.field) == (line_of(f"    {name}:", RIGHT), f"steps[1].{name}")
    assert error.rule.startswith("It must be YAML. Got: a no-break space")


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [("check: val", "check:\u00a0val", "steps[1].check"), ("  - title", "  -\u00a0title", "steps[1].title"),
     ("  - title", "\u00a0 - title", "steps[1].title"), ("goal:", "\u00a0goal:", "goal")],
)  # fmt: skip
def test_so_is_one_after_a_colon_and_about_a_dash(old: str, new: str, field: str) -> None:
    error = refused(changed(old, new))
    assert (error.line, error.field) == (line_of(old, RIGHT), field)
    assert error.rule.startswith("It must be YAML. Got: a no-break space")


@pytest.mark.parametrize("kind", FRONT)
def test_front_matter_that_is_none_is_named_by_its_line(kind: str) -> None:
    text, line, field, rule = FRONT[kind]
    error = refused(text)
    assert (error.line, error.field) == (line, field)
    assert error.rule.startswith(rule)
    assert len(str(error)) < 5_000


def test_a_bomb_of_aliases_is_refused_at_its_first_anchor() -> None:
    bomb = "a: &a [x, x]\n" + "".join(
        f"{chr(98 + n)}: &{chr(98 + n)} [*{chr(97 + n)}, *{chr(97 + n)}]\n" for n in range(20)
    )
    assert "anchors and aliases" in refused(changed("title: Rings\n", bomb)).rule


FILES: dict[str, tuple[bytes, str]] = {
    "ten megabytes": (b"---\n" + b"a" * 10_000_000, f"A lesson must be at most {LARGEST:,} bytes."),
    "Latin-1": (RIGHT.replace("Look", "Öffne").encode("latin-1"), "The text must be in UTF-8. Got the byte 0xD6."),
    "UTF-16": (RIGHT.encode("utf-16"), "The text must be in UTF-8."),
    "a picture": (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "The text must be in UTF-8. Got the byte 0x89."),
    "zeros": (bytes(1000), "A lesson must begin with a line ---"),
}


@pytest.mark.parametrize("kind", FILES)
def test_a_file_that_holds_no_lesson_gets_a_sentence(kind: str) -> None:
    content, rule = FILES[kind]
    with pytest.raises(LessonError) as raised:
        load_bytes(content, "x" * 500 + "\n.md")
    assert raised.value.rule.startswith(rule)
    assert raised.value.line >= 1 and raised.value.field
    assert len(str(raised.value)) < 400
    assert len(str(raised.value).splitlines()) == 1


def test_a_file_that_is_not_there_gets_a_sentence(tmp_path: Path) -> None:
    for path in (tmp_path / "none.md", tmp_path, "a\0b.md"):
        with pytest.raises(LessonError, match="line 1, file: The file must be readable"):
            load(path)


def test_steps_and_mistakes_are_counted_before_they_are_many() -> None:
    step = RIGHT[RIGHT.index("  - title") : RIGHT.index("\n---\n")].replace("hidden=4", "hidden=x")
    text = changed("\n---\n\n", "\n" + "\n".join([step] * (MOST_STEPS + 20)) + "\n---\n\n")
    error = refused(text)
    assert len(error.mistakes) == MOST_NAMED + 1
    assert error.mistakes[-1].rule.startswith("There are ")
    assert any(f"a list of 1 to {MOST_STEPS} steps" in each.rule for each in error.mistakes)


def mangled(text: str) -> st.SearchStrategy[str]:
    def put(places: tuple[int, int], piece: str) -> str:
        start, end = sorted(place % (len(text) + 1) for place in places)
        return text[:start] + piece + text[end:]

    pieces = st.one_of(
        st.text(max_size=30),
        st.sampled_from(
            ["\n", ":", "- ", "{", "}", "[", "---\n", "&a", "*a", "!!x", "|", ">", "'", '"', "\t", "%", "##", "= ±"]
        ),
    )
    return st.builds(put, st.tuples(st.integers(0, 10_000), st.integers(0, 10_000)), pieces)


@given(st.one_of(mangled(RIGHT), mangled(WALL), st.text(max_size=200).map(lambda text: f"---\n{text}\n---\n")))
@example("---\n%YAML 99999999999999999999.1\n---\n---\n")
@example('---\ntitle: "\\UFFFFFFFF"\n---\n')
@example("---\n? ? ? ?\n---\n")
@example("---\ntitle x\u2028level: y\n---\n")
def test_a_mangled_file_is_a_lesson_or_a_lesson_error(text: str) -> None:
    assert_nothing_but_lesson_error(lambda: load_text(text, FILE))


@given(st.binary(max_size=300), st.integers(0, len(RIGHT)))
def test_mangled_bytes_are_a_lesson_or_a_lesson_error(content: bytes, place: int) -> None:
    right = RIGHT.encode()
    assert_nothing_but_lesson_error(lambda: load_bytes(right[:place] + content + right[place:], FILE))


def assert_nothing_but_lesson_error(read: Callable[[], object]) -> None:
    try:
        read()
    except LessonError as error:
        assert error.mistakes
        assert all(each.rule and each.file == FILE and "\n" not in str(each) for each in error.mistakes)

"""What steers the class: pause, countdown, sending, pace, challenges, the projector, joining, closing, results."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from playground.classroom.results import COLUMNS
from playground.runtime.qr import qr_svg
from tests.room_teacher.conftest import Mounted
from tests.room_teacher.made_room import bars, facts, room, seat, sent, tiles

Mount = Callable[..., Mounted]
CONTEST: dict[str, Any] = {
    "number": 7,
    "title": "Best accuracy",
    "sentence": "On points that nobody has.",
    "open": True,
    "names_shown": False,
    "computing": "",
    "table": [
        {"place": 1, "seat": 2, "name": "Calm Heron", "text": "97.3 %", "edited": False, "mine": False},
        {"place": 2, "seat": 1, "name": "", "text": "93.0 %", "edited": True, "mine": False},
    ],
}
RESULTS = {
    "type": "results",
    "csv": 'seat,name,link\r\n1,"Otter, ""B""",?seed=1\r\n2,<b>x</b>,\r\n',
    "summary": "<h1>How it went</h1><script>parent.broken = 1</script>",
    "plan": '{"rules": 1}',
}


def _class(mount: Mount, **changes: Any) -> Mounted:
    dashboard = mount()
    dashboard.room(room([seat(1), seat(2), seat(3)], **changes))
    return dashboard


def test_the_head_has_the_code_the_links_and_who_is_there(mount: Mount) -> None:
    dashboard = _class(mount)
    page = dashboard.page
    expect(page.get_by_test_id("room-code")).to_have_text("BHMPTX")
    assert page.get_by_test_id("room-code").evaluate("node => parseFloat(getComputedStyle(node).fontSize)") >= 32
    expect(page.get_by_test_id("head-count")).to_have_text("3 of 3 connected")
    assert (page.get_by_role("link", name="Projector").get_attribute("href") or "").endswith("#projector=def")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    dashboard.press("Join link")
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()").endswith("/class?room=BHMPTX")
    dashboard.press("QR code")
    expect(page.get_by_role("img", name="QR code of")).to_be_hidden()
    dashboard.heard(
        {
            "type": "link_drawn",
            "link": "https://elsewhere.example/",
            "svg": qr_svg("https://elsewhere.example/").decode(),
        }
    )
    link = dashboard.last("draw_link")["link"]
    dashboard.heard({"type": "link_drawn", "link": link, "svg": qr_svg(link).decode()})
    expect(page.get_by_role("img", name=f"QR code of {link}")).to_be_visible()
    assert link.endswith("/class?room=BHMPTX")
    assert page.get_by_label("Join this room").get_by_role("textbox").input_value().endswith("/class?room=BHMPTX")


def test_the_class_is_paused_and_goes_on_and_a_refusal_stands_where_the_press_was(mount: Mount) -> None:
    dashboard = _class(mount)
    dashboard.press("Pause the class")
    assert dashboard.said == [{"type": "pause_class"}]
    dashboard.heard({"type": "not_done", "message": "The room is closed."})
    expect(dashboard.page.locator("header").get_by_role("alert")).to_have_text("The room is closed.")
    dashboard.room(room([seat(1)], state="paused"))
    expect(dashboard.page.get_by_test_id("room-state")).to_have_text("Paused")
    dashboard.press("Go on")
    assert dashboard.last("go_on") == {"type": "go_on"}
    expect(dashboard.page.locator("header").get_by_role("alert")).to_be_hidden()
    dashboard.room(room([seat(1)], state="closed"))
    expect(dashboard.page.get_by_role("button", name="Pause the class")).to_be_disabled()


def test_in_a_closed_room_nothing_is_offered_that_is_not_done_there_and_challenges_are_still_read(mount: Mount) -> None:
    dashboard = _class(mount, state="closed", contests=[CONTEST])
    page = dashboard.page
    for name in ("Pause the class", "Countdown", "Send to all"):
        expect(page.get_by_role("button", name=name)).to_be_disabled()
    dashboard.press("Challenges")
    expect(page.get_by_test_id("contests")).to_contain_text("Calm Heron")
    expect(page.get_by_role("button", name="Set the challenge")).to_be_hidden()
    expect(page.get_by_text("no new challenge can be set")).to_be_visible()
    dashboard.room(room([seat(1)], contests=[CONTEST]))
    expect(page.get_by_role("button", name="Set the challenge")).to_be_visible()
    expect(page.get_by_role("button", name="Countdown")).to_be_enabled()


def test_a_countdown_is_set_ticks_by_itself_and_is_stopped(mount: Mount) -> None:
    dashboard = mount(clocked=True)
    dashboard.room(room([seat(1)]))
    dashboard.press("Countdown")
    expect(dashboard.page.get_by_role("button", name="Stop it")).to_be_hidden()
    dashboard.press("5 min")
    dashboard.press("Countdown")
    dashboard.page.get_by_label("Minutes").fill("12")
    dashboard.press("Start")
    assert dashboard.said == [{"type": "timer", "seconds": 300}, {"type": "timer", "seconds": 720}]
    dashboard.room(room([seat(1)], timer_in=65.0, timer_seconds=65))
    shown = dashboard.page.get_by_test_id("countdown")
    expect(shown).to_have_text("1:05")
    dashboard.page.clock.run_for(10_000)
    expect(shown).to_have_text("0:55")
    dashboard.page.clock.run_for(60_000)
    expect(shown).to_have_text("Time is up")
    dashboard.page.clock.run_for(240_000)
    dashboard.room(room([seat(1)], timer_in=0.0, timer_seconds=65))
    expect(shown).to_be_visible()
    dashboard.page.clock.run_for(70_000)
    expect(shown).to_be_hidden()
    dashboard.room(room([seat(1)], timer_in=0.0, timer_seconds=65))
    expect(shown).to_be_hidden()
    dashboard.press("Countdown")
    dashboard.press("Stop it")
    assert dashboard.last("timer") == {"type": "timer", "seconds": 0}


def test_a_link_is_sent_to_all_with_chosen_knobs_and_a_question(mount: Mount) -> None:
    dashboard = _class(mount)
    page = dashboard.page
    dashboard.press("Send to all")
    page.get_by_label("Link of Play").fill(f"{page.evaluate('location.origin')}/play?dataset=spiral")
    page.get_by_role("button", name="Chosen").click()
    page.get_by_label("Learning rate", exact=True).check()
    page.get_by_label("Noise", exact=True).check()
    page.get_by_label("Question").fill("Will it bend?")
    page.get_by_label("Answers", exact=True).fill("Yes\n\n No \nYes")
    dashboard.press("Send to all")
    assert dashboard.last("send") == {
        "type": "send",
        "link": "?dataset=spiral",
        "to": None,
        "free": ["noise", "learning_rate"],
        "question": "Will it bend?",
        "choices": ["Yes", "No"],
    }
    dashboard.heard({"type": "not_done", "message": "dataset must be one of ours. Got 'spiral'."})
    dialog = page.get_by_test_id("send")
    expect(dialog.get_by_role("alert")).to_have_text("dataset must be one of ours. Got 'spiral'.")
    dashboard.press("Send to all")
    dashboard.room(room([seat(1)], sent=sent(4, kind="experiment", title="Spiral", steps=0, link="?dataset=spiral")))
    expect(dialog).to_be_hidden()
    expect(page.get_by_test_id("sent")).to_have_text("Sent to all: Spiral")
    assert dashboard.focused == "Send to all"


@pytest.mark.parametrize("size", [(1280, 720), (390, 844)], ids=str)
def test_of_the_knobs_those_freed_most_are_seen_first_and_that_there_are_more(
    mount: Mount, size: tuple[int, int]
) -> None:
    dashboard = mount(size=size)
    dashboard.room(room([seat(1)]))
    page = dashboard.page
    dashboard.press("Send to all")
    page.get_by_role("button", name="Chosen").click()
    page.evaluate("document.querySelector('.kp-knobs').scrollIntoView({ block: 'nearest' })")
    box = page.locator(".kp-knobs").bounding_box()
    assert box is not None
    bottom = box["y"] + box["height"]
    assert bottom <= size[1]
    seen = ["Hidden layers", "Activation"] + (["Learning rate", "Noise"] if size[0] > 1000 else [])
    for name in seen:
        knob = page.get_by_label(name, exact=True).bounding_box()
        assert knob is not None and knob["y"] + knob["height"] <= bottom, name
    rows = page.locator(".kp-knobs :is(label, h4)").evaluate_all(
        "rows => rows.map(row => row.getBoundingClientRect()).map(({ top, bottom }) => [top, bottom])"
    )
    assert any(top < bottom - 5 and end > bottom + 5 for top, end in rows)  # one that is cut


def test_what_cannot_be_sent_is_said_in_the_dialog_and_nothing_is_sent(mount: Mount) -> None:
    dashboard = _class(mount)
    page = dashboard.page
    dashboard.press("Send to all")
    refusal = page.get_by_test_id("send").get_by_role("alert")
    dashboard.press("Send to all")
    expect(refusal).to_have_text("Paste a link first.")
    page.get_by_label("Link of Play").fill("https://elsewhere.example/?dataset=spiral")
    dashboard.press("Send to all")
    expect(refusal).to_contain_text("must be one of Play, Explore or Learn on this site")
    page.get_by_label("Link of Play").fill("?dataset=xor")
    page.get_by_label("Question").fill("Which?")
    page.get_by_label("Answers", exact=True).fill("only one")
    dashboard.press("Send to all")
    expect(refusal).to_contain_text("2 to 8 answers")
    assert dashboard.said == []


def test_a_lesson_of_ours_is_sent_to_some(mount: Mount) -> None:
    dashboard = _class(mount)
    dashboard.tile("Zesty Yak").click(modifiers=["Control"])
    dashboard.tile("Brave Otter").click(modifiers=["Control"])
    dashboard.press("Send to these (2)")
    dashboard.press("A lesson")
    dashboard.page.get_by_label("Lesson", exact=True).last.select_option("overfitting")
    expect(dashboard.page.get_by_label("Question")).to_be_hidden()
    dashboard.press("Send to these (2)")
    assert dashboard.last("send") == {
        "type": "send",
        "link": "?lesson=overfitting",
        "to": [1, 3],
        "free": None,
        "question": "",
        "choices": [],
    }


def test_after_a_send_to_the_selected_nobody_is_selected_and_the_keyboard_has_a_place(mount: Mount) -> None:
    dashboard = _class(mount)
    selected = dashboard.page.locator("[aria-selected=true]")
    dashboard.tile("Zesty Yak").click(modifiers=["Control"])
    for to in (None, [3]):
        dashboard.press("Send to these (1)")
        dashboard.page.get_by_label("Link of Play").fill("?dataset=xor")
        dashboard.press("Send to all" if to is None else "Send to these (1)")
        expect(selected).to_have_count(1)
        number = 4 if to is None else 5
        gone = sent(number, kind="experiment", steps=0, to=to)
        dashboard.room(room([seat(1), seat(2), seat(3)], sent=gone))
        expect(dashboard.page.get_by_test_id("send")).to_be_hidden()
        expect(selected).to_have_count(1 if to is None else 0)
    expect(dashboard.page.get_by_role("button", name="Send to these")).to_have_count(0)
    expect(dashboard.page.get_by_role("button", name="Send to all")).to_be_focused()


def test_a_lesson_file_from_the_disk_is_sent_as_its_text(mount: Mount, tmp_path: Path) -> None:
    dashboard = _class(mount)
    lesson = tmp_path / "mine.md"
    lesson.write_text("# Mine\n", encoding="utf-8")
    dashboard.press("Send to all")
    dashboard.press("A lesson file")
    dashboard.page.get_by_label("Lesson file (Markdown)").set_input_files(lesson)
    dashboard.page.wait_for_function("harness.part.sending.file !== ''")
    dashboard.press("Send to all")
    assert dashboard.last("send")["lesson"] == "# Mine\n"
    assert "link" not in dashboard.last("send")


def test_what_this_browser_has_shown_and_kept_is_offered(mount: Mount) -> None:
    dashboard = _class(mount)
    kept = {
        "keras-playground.shown": json.dumps({"play": "?dataset=moons", "explore": "?rows=depth:1|2"}),
        "keras-playground.shelf": json.dumps(
            {"version": 1, "runs": [{"id": "a", "name": "My <b>run</b>", "link": "?noise=0.3", "kept": "2026-01-01"}]}
        ),
        "keras-playground.lesson-files": json.dumps(
            {"version": 1, "files": [{"name": "x", "file": "x.md", "text": "# X"}]}
        ),
    }
    dashboard.page.evaluate("kept => Object.entries(kept).forEach(each => localStorage.setItem(...each))", kept)
    dashboard.press("Send to all")
    dashboard.press("From this browser")
    chosen = dashboard.page.get_by_test_id("send").get_by_role("combobox", name="Shown last")
    offered = chosen.locator("option").all_text_contents()
    assert [text.split(":")[0] for text in offered] == ["Play now", "Explore now", "Shelf", "Lesson file"]
    assert "My <b>run</b>" in offered[2]
    chosen.select_option(offered[1])
    dashboard.press("Send to all")
    assert dashboard.last("send")["link"] == "?rows=depth:1|2"
    chosen.select_option(offered[3])
    dashboard.press("Send to all")
    assert (dashboard.last("send")["lesson"], dashboard.last("send")["link"]) == ("# X", "")
    dashboard.page.evaluate("localStorage.clear()")


def test_without_a_list_of_lessons_the_page_says_what_to_do(mount: Mount) -> None:
    dashboard = mount(query="&unknown")
    dashboard.room(room([seat(1)]))
    dashboard.press("Send to all")
    dashboard.press("A lesson")
    expect(dashboard.page.get_by_text("paste the lesson's link")).to_be_visible()


def test_a_lesson_of_one_step_has_one_step(mount: Mount) -> None:
    dashboard = _class(mount)
    dashboard.press("Send to all")
    dashboard.press("A lesson")
    lessons = dashboard.page.get_by_label("Lesson", exact=True).locator("option")
    assert lessons.all_text_contents() == ["First steps (3 steps)", "Overfitting (4 steps)", "One look (1 step)"]


def test_where_the_projectors_link_is_not_known_another_one_is_made(mount: Mount) -> None:
    dashboard = mount(query="&unknown")
    dashboard.room(room([seat(1)]))
    page = dashboard.page
    dashboard.press("On the projector")
    window = page.get_by_role("link", name="Open the projector window")
    expect(window).to_be_hidden()
    dashboard.press("Make a link for the projector")
    assert dashboard.last("new_key") == {"type": "new_key", "role": "projector"}
    dashboard.heard({"type": "new_key", "role": "projector", "key": "s3cret_key"})
    shown = page.get_by_test_id("projector-link").get_by_role("textbox")
    assert shown.input_value().endswith("/class?room=BHMPTX#projector=s3cret_key")
    page.keyboard.press("Escape")
    assert (window.get_attribute("href") or "").endswith("/class?room=BHMPTX#projector=s3cret_key")
    expect(page.get_by_role("button", name="Make a link for the projector")).to_be_hidden()


def test_a_lesson_is_opened_step_by_step(mount: Mount) -> None:
    dashboard = _class(mount, sent=sent(steps=3), open_to=1)
    dashboard.press("Open the next")
    assert dashboard.last("open_up_to") == {"type": "open_up_to", "step": 2}
    pace = dashboard.page.get_by_label("Open up to")
    dashboard.room(room([seat(1)], sent=sent(steps=3), open_to=2))
    assert pace.input_value() == "2"
    pace.select_option("all")
    assert dashboard.last("open_up_to") == {"type": "open_up_to", "step": None}
    dashboard.room(room([seat(1)], sent=sent(steps=3), open_to=3))
    expect(dashboard.page.get_by_role("button", name="Open the next")).to_be_disabled()
    dashboard.room(room([seat(1)], sent=sent(kind="experiment", steps=0)))
    expect(pace).to_be_hidden()


def test_answers_are_bars_before_and_after_that_change_in_place(mount: Mount) -> None:
    asked = bars(("A line", 2, 0), ("A ring", 1, 4))
    dashboard = _class(mount, sent=sent(), bars=[asked, bars(("Yes", 0, 0), ("No", 0, 0), step=2)])
    dashboard.press("Answers")
    shown = dashboard.page.get_by_test_id("bars")
    assert shown.locator(".kp-bar-text").all_text_contents() == ["A line", "A ring"]
    widths = "all => all.map(each => each.style.width)"
    assert shown.locator(".kp-bar-fill").evaluate_all(widths) == ["50%", "0%", "25%", "100%"]
    shown.locator("li").first.evaluate("node => { node.mine = true; }")
    dashboard.room(room([seat(1)], sent=sent(), bars=[bars(("A line", 4, 0), ("A ring", 1, 4))]))
    assert shown.locator(".kp-bar-fill").evaluate_all(widths) == ["100%", "0%", "25%", "100%"]
    assert shown.locator("li").first.evaluate("node => node.mine")


def test_a_challenge_is_set_shown_with_names_and_ended(mount: Mount) -> None:
    dashboard = _class(mount, sent=sent(kind="experiment", link="?dataset=moons", steps=0))
    page = dashboard.page
    dashboard.press("Challenges")
    page.get_by_label("Kind of challenge").select_option("fewest_parameters")
    page.get_by_label("Target").fill("90")
    dashboard.press("Set the challenge")
    texts = {"kind": "fewest_parameters", "target": "0.9"}
    assert dashboard.last("challenge") == {"type": "challenge", "texts": texts, "link": ""}
    dashboard.room(room([seat(1)], contests=[CONTEST]))
    rows = page.get_by_test_id("contests").locator("tbody tr")
    assert [row.split("\t") for row in rows.all_inner_texts()] == [
        ["1", "Calm Heron", "97.3 %"],
        ["2", "–", "93.0 % (edited weights)"],
    ]
    page.get_by_label("Show names to all").check()
    assert dashboard.last("judge") == {"type": "judge", "challenge": 7, "open": True, "names_shown": True}
    dashboard.room(room([seat(1)], contests=[{**CONTEST, "names_shown": True}]))
    dashboard.press("End it")
    assert dashboard.last("judge") == {"type": "judge", "challenge": 7, "open": False, "names_shown": True}
    dashboard.room(room([seat(1)], contests=[{**CONTEST, "open": False}]))
    expect(page.get_by_role("button", name="Let it go on")).to_be_focused()


def test_pins_are_moved_shown_one_by_one_and_taken_off(mount: Mount) -> None:
    shown = {"what": "wall", "pins": [3, 1, 2], "shown": 0, "code": True}
    dashboard = _class(mount, projected=shown)
    page = dashboard.page
    dashboard.room(room([seat(1), seat(2), seat(3)]))
    dashboard.press("On the projector")
    expect(page.get_by_text("the class sees what this learner trains, after the next send, too")).to_be_visible()
    dashboard.room(room([seat(1), seat(2), seat(3)], projected=shown))
    assert page.get_by_test_id("pins").locator("bdi").all_text_contents() == ["Zesty Yak", "Brave Otter", "Calm Heron"]
    page.get_by_role("button", name="Later: Zesty Yak").press("Enter")
    assert dashboard.last("project") == {"type": "project", "pins": [1, 3, 2]}
    dashboard.room(room([seat(1), seat(2), seat(3)], projected={**shown, "pins": [1, 3, 2]}))
    assert dashboard.focused == "Later: Zesty Yak"
    page.get_by_role("button", name="Pinned learners").click()
    assert dashboard.last("project") == {"type": "project", "what": "pins"}
    page.get_by_role("button", name="Show alone: Calm Heron").click()
    assert dashboard.last("project") == {"type": "project", "what": "pins", "shown": 3}
    dashboard.room(room([seat(1), seat(2), seat(3)], projected={**shown, "what": "pins", "shown": 3}))
    dashboard.press("Before")
    assert dashboard.last("project")["shown"] == 2
    dashboard.press("Side by side")
    assert dashboard.last("project")["shown"] == 0
    page.get_by_role("button", name="Unpin: Brave Otter").click()
    assert dashboard.last("project") == {"type": "project", "pins": [3, 2]}
    page.get_by_label("Show the code large").uncheck()
    assert dashboard.last("project") == {"type": "project", "code": False}


def _csv(rows: list[dict[str, str]]) -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS)
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def _open_joining(dashboard: Mounted) -> None:
    dashboard.press("More")
    dashboard.page.get_by_role("button", name="Joining").click()


def _list_names(dashboard: Mounted, names: str) -> None:
    _open_joining(dashboard)
    dashboard.page.get_by_label("Learners are called by").select_option("listed")
    dashboard.page.get_by_label("The list").fill(names)


def test_how_the_room_is_joined_is_chosen_and_what_is_typed_is_not_written_over(mount: Mount) -> None:
    dashboard = _class(mount)
    page = dashboard.page
    _list_names(dashboard, "Ada\nGrace")
    dashboard.room(room([seat(1)]))
    assert page.get_by_label("The list").input_value() == "Ada\nGrace"
    page.get_by_label("Who joins waits").check()
    page.get_by_label("Closes by itself").fill("2")
    dashboard.press("Keep these rules")
    assert dashboard.last("rules") == {
        "type": "rules",
        "names": "listed",
        "listed": "Ada\nGrace",
        "approval": True,
        "hours": 2,
    }
    dashboard.heard({"type": "not_done", "message": "Line 2: A name must be shorter."})
    expect(page.get_by_test_id("joining").get_by_role("alert")).to_have_text("Line 2: A name must be shorter.")


def test_rules_that_are_refused_stay_as_they_were_typed_until_the_server_has_kept_them(mount: Mount) -> None:
    dashboard = _class(mount)
    page = dashboard.page
    _list_names(dashboard, "Ada\n Grace  Hopper ")
    page.get_by_label("Who joins waits").check()
    page.get_by_label("Closes by itself").fill("2")
    dashboard.press("Keep these rules")
    dashboard.room(room([seat(1)]))  # of something else
    dashboard.heard({"type": "not_done", "message": "Line 2: A name must be shorter."})
    dashboard.room(room([seat(1)]))
    dialog = page.get_by_test_id("joining")
    expect(dialog).to_be_visible()
    assert page.get_by_label("The list").input_value() == "Ada\n Grace  Hopper "
    assert page.get_by_label("Closes by itself").input_value() == "2"
    expect(page.get_by_label("Who joins waits")).to_be_checked()
    dashboard.press("Keep these rules")
    rules = {"names": "listed", "listed": ["Ada", "Grace Hopper"], "approval": True, "teachers": 1}
    dashboard.room(room([seat(1)], rules=rules, closes_in=7199.0))
    expect(dialog).to_be_hidden()
    assert dashboard.focused == "More"


def test_the_hint_on_generated_names_stands_where_they_are_chosen_alone(mount: Mount) -> None:
    dashboard = _class(mount, closes_in=23.6 * 3600)
    page = dashboard.page
    _open_joining(dashboard)
    hint = page.get_by_text("can be changed three times")
    expect(hint).to_be_visible()
    assert page.get_by_label("Closes by itself").input_value() == "23.5"
    expect(page.get_by_text("It closes in 23.5 hours.")).to_be_visible()
    for rule in ("listed", "free"):
        page.get_by_label("Learners are called by").select_option(rule)
        expect(hint).to_be_hidden()


def test_a_co_teachers_link_is_shown_once_and_the_own_where_it_is_known(mount: Mount) -> None:
    dashboard = _class(mount)
    page = dashboard.page
    dashboard.press("More")
    page.get_by_role("button", name="A link for a co-teacher").click()
    assert dashboard.last("new_key") == {"type": "new_key", "role": "teacher"}
    dashboard.heard({"type": "new_key", "role": "teacher", "key": "s3cret_key"})
    dialog = page.get_by_test_id("co-teacher-link")
    assert dialog.get_by_role("textbox").input_value().endswith("/class?room=BHMPTX#key=s3cret_key")
    page.keyboard.press("Escape")
    dashboard.press("More")
    page.get_by_role("button", name="My teacher's link").click()
    assert page.get_by_test_id("teacher-link").get_by_role("textbox").input_value().endswith("#key=abc")


def test_a_teacher_sees_the_room_as_a_learner_in_a_tab_of_its_own(mount: Mount) -> None:
    dashboard = _class(mount)
    dashboard.press("More")
    link = dashboard.page.get_by_role("link", name="As a learner sees it")
    assert (link.get_attribute("href") or "").endswith("/class?room=BHMPTX&as=guest")
    assert link.get_attribute("target") == "_blank"


def test_closing_asks_once_more(mount: Mount) -> None:
    dashboard = _class(mount)
    dashboard.press("More")
    dashboard.press("Close the room")
    assert dashboard.said == []
    dashboard.press("Keep it")
    dashboard.press("Close the room")
    dashboard.press("Close the room")
    assert dashboard.said == [{"type": "close_room"}]
    dashboard.room(room([seat(1)], state="closed"))
    expect(dashboard.page.get_by_test_id("room-state")).to_have_text("Closed")


def test_the_link_of_every_row_is_in_sight_beside_all_columns(mount: Mount) -> None:
    dashboard = _class(mount)
    dashboard.press("Results")
    row = {**dict.fromkeys(COLUMNS, "something as wide as this"), "link": "?seed=1"}
    dashboard.heard({**RESULTS, "csv": f"{','.join(COLUMNS)}\r\n{','.join(row.values())}\r\n"})
    table = dashboard.page.get_by_role("region", name="Results as a table")
    link = table.get_by_role("link", name="open")
    expect(link).to_be_visible()
    box, at = table.bounding_box(), link.bounding_box()
    assert box is not None and at is not None and at["x"] + at["width"] <= box["x"] + box["width"]
    table.evaluate("node => { node.scrollLeft = 1e6; }")
    again = link.bounding_box()
    assert again is not None and box["x"] <= again["x"] and again["x"] + again["width"] <= box["x"] + box["width"]


def test_on_a_desktop_all_columns_of_the_results_are_in_sight_and_none_covers_another(mount: Mount) -> None:
    dashboard = _class(mount)
    dashboard.press("Results")
    row = dict.fromkeys(COLUMNS, "1") | {
        "name": "Wandering Salamander",
        "title": "A spiral and what a hidden layer does to it",
        "prediction": "It will bend around both arms of it",
        "answer": "It did not",
        "reached": "not yet",
        "why": "test accuracy is 0.8125, wanted at least 0.95, and epoch is 120, wanted at least 200",
        "challenge": "Best accuracy",
        "score": "97.3 % right at epoch 1,250",
        "link": "?seed=1",
    }
    dashboard.heard({**RESULTS, "csv": _csv([row])})
    table = dashboard.page.get_by_role("region", name="Results as a table")
    box = table.bounding_box()
    assert box is not None
    seen = table.locator("th").evaluate_all("all => all.map(each => [each.textContent, each.getBoundingClientRect()])")
    edges = [(name, at["left"], at["right"]) for name, at in seen]
    assert [name for name, *_ in edges][-2:] == ["challenge", "score"]
    assert all(right <= left for (_, _, right), (_, left, _) in pairwise(edges))
    assert edges[0][1] >= box["x"] and edges[-1][2] <= box["x"] + box["width"]


@pytest.mark.parametrize("name", ["Download CSV", "Download the plan"])
def test_results_are_a_table_and_files(mount: Mount, name: str) -> None:
    dashboard = _class(mount)
    page = dashboard.page
    dashboard.press("Results")
    assert dashboard.said == [{"type": "show_results"}]
    expect(page.get_by_role("button", name=name)).to_be_disabled()
    dashboard.heard(RESULTS)
    table = page.get_by_role("region", name="Results as a table")
    assert table.locator("td").all_text_contents() == ["open", "1", 'Otter, "B"', "", "2", "<b>x</b>"]
    assert (table.get_by_role("link").get_attribute("href") or "").endswith("/?seed=1")
    with page.expect_download() as download:
        dashboard.press(name)
    path = download.value.path()
    text = path.read_bytes().decode()
    whole = f"{dashboard.page.evaluate('location.origin')}/?seed=1"
    assert text == (RESULTS["csv"].replace("?seed=1", whole) if name == "Download CSV" else RESULTS["plan"])
    assert download.value.suggested_filename.startswith("class_BHMPTX")


def test_the_summary_is_shown_and_printed_and_no_script_of_it_runs(mount: Mount) -> None:
    dashboard = _class(mount)
    page = dashboard.page
    dashboard.press("Results")
    dashboard.heard(RESULTS)
    dashboard.press("Summary")
    inside = page.frame_locator("iframe[title=Summary]")
    expect(inside.get_by_role("heading", name="How it went")).to_be_visible()
    assert page.evaluate("window.broken") is None
    page.evaluate("""() => {
        const frame = document.querySelector('iframe[title=Summary]').contentWindow;
        frame.print = () => { window.printed = frame.document.body.textContent; };
    }""")
    dashboard.press("Print the summary")
    assert page.evaluate("window.printed").startswith("How it went")


def test_what_is_not_saved_is_said(mount: Mount) -> None:
    dashboard = _class(mount, unsaved="The database cannot be reached: nothing is saved since 10:05.")
    expect(dashboard.page.get_by_test_id("unsaved")).to_contain_text("nothing is saved since 10:05")
    dashboard.room(room([seat(1)]))
    expect(dashboard.page.get_by_test_id("unsaved")).to_be_hidden()


def test_everything_is_reached_and_done_by_keyboard(mount: Mount) -> None:
    dashboard = _class(mount, sent=sent(), open_to=1)
    dashboard.packed(tiles(facts(1)))
    reached = []
    for _ in range(25):
        dashboard.page.keyboard.press("Tab")
        reached.append(dashboard.focused)
    for name in (
        "Join link",
        "QR code",
        "Pause the class",
        "Countdown",
        "Projector",
        "Results",
        "More",
        "Open up to",
        "Open the next",
        "Send to all",
        "Answers",
        "Challenges",
        "On the projector",
        "Sort",
        "Show",
        "Find a name",
        "Select",
        "Brave Otter",
    ):
        assert name in reached
    assert "Calm Heron" not in reached
    dashboard.page.get_by_role("button", name="More").press("Enter")
    dashboard.page.keyboard.press("Escape")
    assert dashboard.focused == "More"


def test_nothing_is_left_when_the_shell_takes_it_away(mount: Mount) -> None:
    dashboard = _class(mount, timer_in=50.0)
    dashboard.page.evaluate("harness.part.destroy()")
    assert dashboard.page.locator("[data-testid=room] > *").count() == 0


def test_what_lies_ready_by_a_plan_is_offered_first_and_sent_as_it_was(mount: Mount) -> None:
    ready = [sent(1, title="Rings", to=[]), sent(2, title="Moons", to=[])]
    dashboard = _class(mount, sent=ready[1], history=ready)
    page = dashboard.page
    expect(page.get_by_test_id("sent")).to_have_text("Nothing was sent yet. The plan lies ready.")
    expect(page.get_by_role("combobox", name="Open up to")).to_be_hidden()
    dashboard.press("Send to all")
    dialog = page.get_by_test_id("send")
    expect(dialog.get_by_label("Question")).to_be_hidden()
    dialog.get_by_role("combobox", name="Sent before").select_option(label="Moons (of the plan)")
    dashboard.press("Send to all")
    said = dashboard.last("send")
    assert (said["again"], said["to"]) == (2, None)

"""What learners and teachers do in a class beside its lesson: reload, leave, be removed, come by another browser."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, expect

from tests.axe import faults
from tests.browser.driven import ENTER, DrivenBrowser, control, element
from tests.browser.firefox import Firefox
from tests.browser.webkit import WebKit
from tests.in_class import ClassLearner, Teacher
from tests.served_app import PATIENCE, SCHEMES, Learner, ServedApp

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]
EXPERIMENT = "?dataset=circle&samples=100&hidden=4&learning_rate=0.1&epochs=5000"
WALL = "?dataset=circle&samples=100&rows=hidden:2|4&columns=learning_rate:0.01|0.1&epochs=50"
LAPTOPS = ((1024, 768), (1280, 720))
Profile = Callable[[], BrowserContext]


@pytest.fixture
def profile(browser: Browser) -> Iterator[Profile]:
    """A browser of somebody's own."""
    contexts: list[BrowserContext] = []

    def new() -> BrowserContext:
        contexts.append(browser.new_context(viewport={"width": 1280, "height": 720}, accept_downloads=True))
        contexts[-1].set_default_timeout(1000 * PATIENCE)
        return contexts[-1]

    yield new
    for context in contexts:
        context.close()


@pytest.fixture
def teacher(profile: Profile, app: ServedApp) -> Teacher:
    return Teacher(profile().new_page(), app).open_a_room()


def learner_of(profile: Profile, teacher: Teacher) -> ClassLearner:
    return ClassLearner(profile().new_page(), teacher.app).goto(f"room={teacher.code}")


def rules(teacher: Teacher, names: str, listed: str = "", approval: bool = False) -> None:
    """How learners are called from now on, and whether they wait to be let in."""
    teacher.press("More").press("Joining: names, approval, closing")
    dialog = teacher.page.get_by_test_id("joining")
    dialog.get_by_role("combobox", name="Learners are called by").select_option(label=names)
    if listed:
        dialog.get_by_label("The list").fill(listed)
    dialog.get_by_label("Who joins waits until they are let in").set_checked(approval)
    teacher.press("Keep these rules", dialog)
    teacher.page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()


def test_a_sent_experiment_has_its_free_knobs_and_is_there_after_reload_back_another_tab_and_their_own(
    profile: Profile, teacher: Teacher
) -> None:
    teacher.press("Go to the room")
    learner = learner_of(profile, teacher).join()
    page = learner.page
    rate = page.get_by_role("combobox", name="Learning rate")
    teacher.send_link(EXPERIMENT, "Learning rate")
    learner.press("Something of my own")
    expect(page.get_by_test_id("sent-title")).to_have_text("Something of my own")
    expect(page.get_by_role("combobox", name="Optimizer")).to_be_visible()
    expect(page.get_by_role("spinbutton", name="Hidden layers")).to_have_value("2")
    learner.press("Back to the class")
    expect(page.get_by_role("combobox", name="Optimizer")).to_have_count(0)
    expect(rate).to_have_count(1)  # for a moment, as long as it has the others of their own, the page has that as well
    expect(rate).to_be_visible()
    learner.until_stage("ready").press("Play").until_epoch(10)
    name, run = learner.name, learner.stage.get_attribute("data-run")
    page.reload()
    learner.until(role="learner").until_stage("playing")
    assert learner.name == name
    assert learner.stage.get_attribute("data-run") == run
    expect(page.get_by_role("combobox", name="Optimizer")).to_be_hidden()
    page.goto(teacher.app.url())
    page.go_back()
    learner.until(role="learner")
    assert learner.name == name
    second = ClassLearner(page.context.new_page(), teacher.app).goto(f"room={teacher.code}").until(role="learner")
    assert second.name == name
    teacher.until(learners="1")
    teacher.page.reload()
    teacher.until(role="teacher", learners="1")
    expect(teacher.seat(name)).to_have_attribute("data-state", "connected")


def test_their_own_is_as_they_left_it_and_so_is_what_was_sent(profile: Profile, teacher: Teacher) -> None:
    teacher.press("Go to the room")
    learner = learner_of(profile, teacher).join()
    layers = learner.page.get_by_test_id("stSidebar").get_by_label("Hidden layers", exact=True)
    expect(layers).to_have_value("2")
    teacher.send_link("?dataset=moons&hidden=3")
    for _ in range(3):
        expect(layers).to_have_value("1")
        learner.press("Something of my own")
        expect(layers).to_have_value("2")
        learner.press("Back to the class")


def test_a_learners_page_keeps_nobody_out_and_from_a_small_laptop_up_is_one_screen(
    profile: Profile, teacher: Teacher
) -> None:
    teacher.press("Go to the room").press("Countdown").press("5 min")
    learner = learner_of(profile, teacher).join()
    teacher.send_link("?dataset=spiral", "Learning rate", question="What comes?", choices=("A", "B"))
    expect(learner.page.get_by_test_id("class-prediction")).to_be_visible()
    seen = Learner(learner.page, teacher.app)
    for scheme in SCHEMES:
        for size in ((390, 844), *LAPTOPS):
            seen.resize(size).in_scheme(scheme)
            assert faults(learner.page) == [], (size, scheme)
    learner.page.get_by_label("B", exact=True).check()
    learner.press("Predict").until_stage("ready")
    expect(learner.page.get_by_test_id("class-prediction")).to_have_count(0)
    for size in LAPTOPS:
        parts = (".kp-class-bar", ".kp-boundary", ".kp-curves")
        seen.resize(size).expect_on_one_screen(*map(learner.page.locator, parts))


def test_a_paused_class_rests_after_a_reload_too_and_a_wall_is_sent(profile: Profile, teacher: Teacher) -> None:
    teacher.press("Go to the room")
    learner = learner_of(profile, teacher).join()
    teacher.send_link(EXPERIMENT)
    learner.until_stage("ready").press("Play").until_epoch(5)
    teacher.press("Pause the class")
    expect(learner.state).to_have_text("The class is paused.")
    learner.page.reload()
    expect(learner.state).to_have_text("The class is paused.")
    learner.wait(lambda: learner.epoch >= 5)
    rested = learner.epoch
    teacher.press("Go on")
    expect(learner.state).to_be_hidden()
    learner.until_epoch(rested + 5)
    teacher.send_link(WALL)
    learner.page.locator("[data-testid=wall][data-state=ready]").wait_for()
    learner.press("Play")
    learner.page.locator("[data-testid=wall][data-state=done], [data-testid=wall][data-state=playing]").wait_for()
    expect(teacher.page.get_by_test_id("seat")).not_to_have_attribute("data-epoch", "0")


def test_a_step_that_is_not_open_is_not_shown_whatever_is_asked(profile: Profile, teacher: Teacher) -> None:
    teacher.press("Go to the room")
    learner = learner_of(profile, teacher).join()
    teacher.send_lesson("First steps (6 steps)")
    expect(learner.lesson).to_have_attribute("data-step", "1")
    teacher.page.get_by_role("combobox", name="Open up to").select_option(label="step 1 of 6")
    expect(learner.page.get_by_text("Your teacher has opened step 1").first).to_be_visible()
    learner.goto(f"room={teacher.code}&step=4").until(role="learner")
    expect(learner.lesson).to_have_attribute("data-step", "1")
    expect(learner.page.get_by_role("button", name="Next step")).to_be_disabled()


def test_who_waits_is_let_in_who_is_removed_asks_again_and_a_closed_room_lets_nobody_in(
    profile: Profile, teacher: Teacher
) -> None:
    teacher.press("Go to the room")
    rules(teacher, "Generated names", approval=True)
    learner = learner_of(profile, teacher).press("Join")
    expect(learner.page.get_by_role("heading", name="you are waiting to be let in")).to_be_visible()
    teacher.press("Admit all (1)")
    learner.until(role="learner").until_stage("ready")
    teacher.seat(learner.name).click()
    remove = teacher.page.get_by_test_id("shoulder")
    teacher.press("Remove", remove)
    remove.get_by_role("group", name="Remove").get_by_role("button", name="Remove").click()
    expect(learner.page.get_by_text("You may ask for one again.")).to_be_visible()
    learner.press("Join")
    expect(learner.page.get_by_test_id("offered-name")).to_be_visible()
    learner.press("Join")
    expect(learner.page.get_by_role("heading", name="you are waiting to be let in")).to_be_visible()
    teacher.press("More").press("Close the room")
    teacher.page.get_by_role("group", name="Close the room").get_by_role("button", name="Close the room").click()
    teacher.until(state="closed")
    late = learner_of(profile, teacher)
    expect(late.page.get_by_text(f"There is no open room with the code {teacher.code}.")).to_be_visible()


def test_a_name_that_is_none_is_refused_in_words(profile: Profile, teacher: Teacher) -> None:
    teacher.press("Go to the room")
    rules(teacher, "Names of their own")
    learner = learner_of(profile, teacher)
    field = learner.page.get_by_label("Your name in this room")
    for name, said in (("<img src=x onerror=alert(1)>", "A name must be"), ("fuck", "This name is not used here")):
        field.fill(name)
        learner.press("Join")
        expect(learner.page.get_by_role("alert").filter(has_text=said)).to_be_visible()
    field.fill("Änne O’Neil-2")
    learner.press("Join").until(role="learner")
    assert learner.name == "Änne O’Neil-2"


def test_names_of_a_list_are_given_once_and_a_co_teachers_link_teaches(profile: Profile, teacher: Teacher) -> None:
    link = teacher.given("For you and who teaches with you")
    teacher.press("Go to the room")
    rules(teacher, "Names of a list", "Ada\nBo")
    first = learner_of(profile, teacher)
    first.page.get_by_label("Your name on the list").select_option("Bo")
    first.press("Join").until(role="learner")
    second = learner_of(profile, teacher)
    expect(second.page.get_by_label("Your name on the list").get_by_role("option")).to_have_text(["Ada"])
    other = Teacher(profile().new_page(), teacher.app)
    other.page.goto(link)
    other.until(role="teacher", learners="1").press("Pause the class")
    teacher.until(state="paused")
    assert "#" not in other.page.url, "the key is not left where others read it"


def test_what_is_kept_is_seen_taken_and_deleted_and_a_wrong_code_is_refused(profile: Profile, teacher: Teacher) -> None:
    teacher.press("Go to the room")
    learner = learner_of(profile, teacher).join()
    name = learner.name
    learner.choose("What is kept about me")
    dialog = learner.page.get_by_test_id("kept-about-me")
    expect(dialog).to_contain_text(name)
    with learner.page.expect_download() as taken:
        learner.press("Download as JSON", dialog)
    assert json.loads(taken.value.path().read_text())["name"] == name
    learner.press("Delete it and leave", dialog).press("Delete it now", dialog)
    expect(learner.page.get_by_text("What was kept about you is deleted.")).to_be_visible()
    teacher.until(learners="0")
    learner.type_code("BBBBBB")
    expect(learner.page.get_by_text("There is no open room with the code BBBBBB.")).to_be_visible()


@pytest.fixture(params=["Firefox", "WebKit"])
def other_browser(request: pytest.FixtureRequest, app: ServedApp) -> Iterator[DrivenBrowser]:
    size = (1280, 800)
    browser = Firefox(False, size) if request.param == "Firefox" else WebKit(False, size, app.wait)
    yield browser
    try:
        assert browser.complaints() == []
    finally:
        browser.close()


def test_firefox_and_webkit_join_by_the_code_and_play(other_browser: DrivenBrowser, teacher: Teacher) -> None:
    browser, room = other_browser, element("[data-testid=room]")
    teacher.press("Go to the room")
    browser.open(teacher.app.url(place="class"))
    browser.click(element("#kp-room-code"))
    browser.type(f"{teacher.code.lower()}{ENTER}")
    browser.until(element("[data-testid=offered-name]") + "?.textContent")
    browser.click(control("Join"))
    browser.until(f"{room}?.dataset.role === 'learner' && d.state === 'ready'")
    browser.click(control("Play"))
    browser.until("+d.epoch >= 20 && +d.frames >= 10")
    teacher.wait(lambda: int(teacher.page.get_by_test_id("seat").get_attribute("data-epoch") or 0) >= 20)
    teacher.press("Pause the class")
    browser.until(element("[data-testid=class-state]") + ".textContent === 'The class is paused.'")

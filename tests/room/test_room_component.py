"""The room's component: the way in, a seat that stays, the learner's bar, what the room and the script are told."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, BrowserContext, Dialog, expect

from tests.axe import faults
from tests.room.conftest import Visit, Visitor
from tests.room.fake_room_peer import CODE, KEY, PROJECTOR, FakeRoomPeer, sent_view

DARK = "&dark"
CONTEST = {
    "number": 4,
    "title": "Best accuracy",
    "sentence": "The best wins.",
    "open": True,
    "names_shown": False,
    "computing": "",
}


def test_who_is_in_no_room_may_join_or_open_one_and_nothing_is_connected(visit: Visit, peer: FakeRoomPeer) -> None:
    visitor = visit(room="")
    for name in ("Join", "Open a room"):
        expect(visitor.page.get_by_role("button", name=name, exact=True)).to_be_visible()
    data = visitor.root
    assert (data["code"], data["role"], data["learners"], data["state"]) == ("", "", "0", "")
    assert peer.opened_sockets == 0
    visitor.press("Join")
    visitor.has("A room’s code is six letters")


def test_below_the_doors_are_the_rooms_that_this_browser_has_a_seat_or_a_key_of(
    visit: Visit, peer: FakeRoomPeer
) -> None:
    def held(within: Visitor) -> list[str]:
        return within.page.get_by_test_id("held-rooms").get_by_role("link").all_text_contents()

    unknown = visit(room="CCCCCC")
    unknown.has("There is no room CCCCCC.")
    assert held(unknown) == []
    learner = visit()
    learner.has("You will be called")
    assert held(visit(room="")) == []  # nobody has joined yet
    learner.join()
    door = visit(room="")
    assert held(door) == [f"Room {CODE}, as learner"]
    link = door.page.get_by_test_id("held-rooms").get_by_role("link")
    assert (link.get_attribute("href") or "").endswith(f"?room={CODE}")
    assert faults(door.page) == []
    peer.change(state="closed")
    learner.wait(lambda: not learner.kept()["seated"])
    assert held(visit(room="")) == []
    teacher = visit(more=f"#key={KEY}")
    teacher.wait(lambda: teacher.root["role"] == "teacher")
    assert held(visit(room="")) == [f"Room {CODE}, as teacher"]
    peer.tell({"type": "gone", "message": f"There is no room {CODE}.", "removed": False})
    teacher.has("There is no room")
    assert held(teacher) == []


def test_a_code_that_is_typed_with_gaps_leads_to_the_lobby_and_from_there_to_a_seat(
    visit: Visit, peer: FakeRoomPeer
) -> None:
    visitor = visit(room="")
    visitor.page.get_by_label("Code of the room").fill("bhm-ptx")
    visitor.page.keyboard.press("Enter")
    visitor.has("You will be called")
    visitor.has("Kept are your name and your answers")
    visitor.join()
    assert visitor.root == {**visitor.root, "code": CODE, "role": "learner", "learners": "1", "state": "open"}
    expect(visitor.page.get_by_test_id("my-name")).to_have_text("Brave Otter")


def test_a_wrong_code_is_refused_beside_the_field_that_keeps_it(visit: Visit) -> None:
    visitor = visit(room="CCCCCC")
    visitor.has("There is no room CCCCCC.")
    expect(visitor.page.get_by_label("Code of the room")).to_have_value("CCCCCC")


def test_another_name_may_be_had_three_times(visit: Visit, peer: FakeRoomPeer) -> None:
    visitor = visit()
    for left, name in ((2, "Calm Heron"), (1, "Keen Lynx"), (0, "Wise Yak")):
        visitor.page.get_by_role("button", name=re.compile("^Another name")).click()
        expect(visitor.page.get_by_test_id("offered-name")).to_have_text(name)
        assert left == peer.lobby(3 - left)["spins"]
    expect(visitor.page.get_by_role("button", name="No other name left")).to_be_disabled()
    visitor.join()
    assert peer.got("join") == [{"type": "join", "name": ""}]
    expect(visitor.page.get_by_test_id("my-name")).to_have_text("Wise Yak")


def test_a_name_is_chosen_from_the_list_or_typed_as_the_room_wants_it(visit: Visit, peer: FakeRoomPeer) -> None:
    peer.lobby_more = {"rule": "listed", "names": ["Ada", "<b>Bo</b>"]}
    visitor = visit()
    visitor.page.get_by_label("Your name on the list").select_option("<b>Bo</b>")
    visitor.join()
    expect(visitor.page.get_by_test_id("my-name")).to_have_text("<b>Bo</b>")
    peer.begin()
    peer.lobby_more = {"rule": "free"}
    peer.refusal = "This name is not used here. Choose another one."
    visitor.page.reload()
    visitor.page.get_by_label("Your name in this room").fill("Grace")
    visitor.press("Join")
    visitor.has("This name is not used here.")
    peer.refusal = ""
    visitor.join()
    expect(visitor.page.get_by_test_id("my-name")).to_have_text("Grace")


def test_a_seat_is_the_same_after_a_reload_in_another_tab_and_in_a_browser_opened_again(
    visit: Visit, peer: FakeRoomPeer, context: BrowserContext, browser: Browser
) -> None:
    visitor = visit(seated=True)
    token = visitor.kept()["token"]
    assert re.fullmatch("[0-9a-f]{32}", token)
    visitor.page.reload()
    expect(visitor.page.get_by_test_id("my-name")).to_have_text("Brave Otter")
    other = visit()
    expect(other.page.get_by_test_id("my-name")).to_have_text("Brave Otter")
    again = browser.new_context(storage_state=context.storage_state())
    expect(visit(within=again).page.get_by_test_id("my-name")).to_have_text("Brave Otter")
    assert {message["secret"] for message in peer.got("enter")} == {token}
    assert len(peer.seats) == 1 and token not in visitor.page.url
    again.close()


def test_a_guests_seat_is_that_of_the_tab_alone(visit: Visit, peer: FakeRoomPeer) -> None:
    visitor = visit(query="&as=guest", seated=True)
    assert peer.got("enter")[-1]["guest"] is True
    assert visitor.kept() == {}
    visitor.page.reload()
    expect(visitor.page.get_by_test_id("my-name")).to_have_text("Brave Otter")
    other = visit(query="&as=guest")
    other.has("You will be called")


def test_a_guest_shows_the_teachers_key_that_the_browser_has_and_is_told_where_there_is_none(
    visit: Visit, peer: FakeRoomPeer
) -> None:
    visitor = visit(query="&as=guest")
    visitor.has("A guest must have a teacher’s link of this room in this browser. There is none:")
    assert peer.got("enter")[-1]["key"] == ""
    teacher = visit(more=f"#key={KEY}")
    teacher.wait(lambda: teacher.root["role"] == "teacher")
    guest = visit(query="&as=guest")
    guest.has("You look at the room as a learner does, and count for nothing in it.")
    said = peer.got("enter")[-1]
    assert (said["role"], said["guest"], said["key"]) == ("learner", True, KEY)


def test_a_projectors_link_that_a_teacher_makes_is_kept_in_this_browser_and_a_co_teachers_is_not(
    visit: Visit, peer: FakeRoomPeer
) -> None:
    teacher = visit(more=f"#key={KEY}")
    teacher.wait(lambda: teacher.root["role"] == "teacher")
    assert teacher.kept()["projector"] == ""
    peer.tell({"type": "new_key", "role": "teacher", "key": "k" * 22})
    peer.tell({"type": "new_key", "role": "projector", "key": "p" * 22})
    teacher.wait(lambda: teacher.kept()["projector"] == "p" * 22)
    assert teacher.kept()["teacher"] == KEY


def test_a_page_that_was_in_and_is_not_let_in_again_says_so_and_tries_again_by_itself(
    visit: Visit, peer: FakeRoomPeer, context: BrowserContext
) -> None:
    context.clock.install()
    visitor = visit(seated=True)
    visitor.script_shows(sent=0, own=True)
    visitor.wait(lambda: peer.got("run"))
    peer.closed_to_all = "Rooms cannot be read now."
    peer.cut()

    def refused() -> bool:
        context.clock.run_for(100)
        return len(peer.got("enter")) == 2

    visitor.wait(refused)
    visitor.has("Rooms cannot be read now. This page tries again by itself.")
    context.clock.run_for(25_000)
    visitor.has("Rooms cannot be read now.")
    assert (len(peer.got("enter")), len(peer.got("run"))) == (2, 1)
    peer.closed_to_all = ""
    context.clock.run_for(6_000)
    visitor.wait(lambda: len(peer.got("run")) == 2)
    assert len(peer.got("enter")) == 3
    expect(visitor.page.get_by_test_id("room-notice")).to_be_hidden()
    expect(visitor.page.get_by_test_id("my-name")).to_have_text("Brave Otter")


def test_where_the_browser_keeps_nothing_that_is_said_and_the_seat_lasts_as_long_as_the_page(
    visit: Visit, peer: FakeRoomPeer, context: BrowserContext
) -> None:
    context.add_init_script("Storage.prototype.setItem = () => { throw new DOMException('no', 'SecurityError'); };")
    visitor = visit()
    visitor.has("This browser does not let the page keep your seat")
    visitor.join()
    visitor.has("This browser does not let the page keep your seat")
    peer.cut()
    visitor.wait(lambda: len(peer.got("enter")) == 2)
    assert len({message["secret"] for message in peer.got("enter")}) == 1
    expect(visitor.page.get_by_test_id("my-name")).to_have_text("Brave Otter")


def test_who_opens_a_room_teaches_in_it_and_is_shown_its_links_this_once(visit: Visit, peer: FakeRoomPeer) -> None:
    visitor = visit(room="")
    visitor.press("Open a room")
    expect(visitor.page.get_by_test_id("room-links")).to_be_visible()
    links = [field.input_value() for field in visitor.page.locator("[data-testid=room-links] input").all()]
    assert [link.partition("?room=")[2] for link in links] == [
        CODE,
        f"{CODE}#key={KEY}",
        f"{CODE}#projector={PROJECTOR}",
    ]
    visitor.wait(lambda: visitor.root["role"] == "teacher" and visitor.root["code"] == CODE)
    assert peer.got("open") == [{"type": "open", "plan": ""}]
    visitor.wait(lambda: visitor.places[-1:] == [{"code": CODE, "role": "teacher", "secret": KEY}])
    peer.cut()
    visitor.wait(lambda: peer.got("enter"))
    assert peer.got("enter")[-1] == {**peer.got("enter")[-1], "role": "teacher", "secret": KEY}
    assert len(peer.got("open")) == 1


def test_a_plan_sets_the_room_up_and_what_is_none_is_refused(visit: Visit, peer: FakeRoomPeer) -> None:
    visitor = visit(room="")
    choose = visitor.page.get_by_label("With the plan of an earlier room")
    choose.set_input_files({"name": "long.json", "mimeType": "application/json", "buffer": b"x" * 1_000_001})
    visitor.has("A plan must be a file of 1 to 1,000,000 characters. Got “long.json”.")
    choose.set_input_files({"name": "plan.json", "mimeType": "application/json", "buffer": b'{"sent": []}'})
    visitor.has("“plan.json” sets the room up.")
    visitor.press("Open a room")
    visitor.wait(lambda: peer.got("open"))
    assert peer.got("open")[0]["plan"] == '{"sent": []}'


@pytest.mark.parametrize(("name", "role", "key"), [("key", "teacher", KEY), ("projector", "projector", PROJECTOR)])
def test_a_key_is_taken_out_of_the_address_at_once_and_the_role_stays_after_a_reload(
    visit: Visit, peer: FakeRoomPeer, name: str, role: str, key: str
) -> None:
    visitor = visit(more=f"#{name}={key}")
    assert key not in visitor.page.url
    visitor.wait(lambda: visitor.root["role"] == role)
    visitor.page.reload()
    visitor.wait(lambda: len(peer.got("enter")) == 2 and visitor.root["role"] == role)
    assert {(message["role"], message["secret"]) for message in peer.got("enter")} == {(role, key)}


def test_a_key_that_opens_nothing_any_more_is_forgotten(visit: Visit, peer: FakeRoomPeer) -> None:
    visitor = visit(more=f"#key={'x' * 22}")
    visitor.has(f"There is no room {CODE}.")
    visitor.press("Join")
    visitor.join()
    assert peer.got("enter")[-1]["role"] == "learner"


def test_who_has_yet_to_be_let_in_waits_and_comes_in_by_itself(visit: Visit, peer: FakeRoomPeer) -> None:
    peer.you = {"admitted": False}
    visitor = visit()
    visitor.press("Join")
    visitor.has("Brave Otter, you are waiting to be let in.")
    assert visitor.places == []
    peer.change(you={"admitted": True})
    expect(visitor.page.get_by_test_id("my-name")).to_have_text("Brave Otter")
    visitor.wait(lambda: visitor.places)


def test_a_connection_that_breaks_is_said_and_comes_back_with_the_seat_and_the_run(
    visit: Visit, peer: FakeRoomPeer
) -> None:
    visitor = visit(seated=True)
    visitor.script_shows(sent=0, own=True)
    visitor.wait(lambda: peer.got("run"))
    peer.room_is_away = True
    peer.cut()
    visitor.has("Connection lost. Reconnecting…")
    peer.room_is_away = False
    visitor.wait(lambda: len(peer.got("run")) == 2)
    expect(visitor.page.get_by_text("Connection lost.")).to_be_hidden()
    assert peer.got("run") == 2 * [{"type": "run", "token": "run-of-theirs", "sent": 0, "step": 0}]


def test_what_is_sent_is_asked_of_the_script_until_it_shows_it_and_then_told_to_the_room(
    visit: Visit, peer: FakeRoomPeer
) -> None:
    visitor = visit(seated=True)
    visitor.wait(lambda: visitor.places)
    visitor.script_shows(sent=0, own=True, link="?seed=7")
    expect(visitor.page.get_by_test_id("sent-title")).to_have_text("Nothing was sent yet: try what you like.")
    asked = len(visitor.places)
    peer.change(sent=sent_view(1))
    visitor.wait(lambda: len(visitor.places) > asked)
    last = visitor.places[-1]
    assert (last["code"], last["role"], last["sent"], last["is_own"]) == (CODE, "learner", 1, False)
    assert last["secret"] == visitor.kept()["token"]
    assert last["own_link"] == "?seed=7"
    visitor.wait(lambda: len([each for each in visitor.places if each["sent"] == 1]) > 1)  # it asks again
    visitor.script_shows(sent=1, own=False, token="another-run-of-theirs")
    visitor.wait(lambda: peer.got("run")[-1] == {"type": "run", "token": "another-run-of-theirs", "sent": 1, "step": 0})


def test_their_own_is_one_click_away_and_what_is_sent_next_is_shown_at_once(visit: Visit, peer: FakeRoomPeer) -> None:
    visitor = visit(seated=True)
    peer.change(sent=sent_view(1))
    visitor.script_shows(sent=1, own=False)
    visitor.press("Something of my own")
    visitor.wait(lambda: visitor.places[-1]["is_own"] is True)
    visitor.script_shows(sent=1, own=True, token="own-run-of-the-learner")
    visitor.wait(
        lambda: peer.got("run")[-1] == {"type": "run", "token": "own-run-of-the-learner", "sent": 0, "step": 0}
    )
    expect(visitor.page.get_by_role("button", name="Back to the class", exact=True)).to_be_visible()
    peer.change(sent=sent_view(2))
    visitor.wait(lambda: (visitor.places[-1]["sent"], visitor.places[-1]["is_own"]) == (2, False))
    expect(visitor.page.get_by_role("button", name="Something of my own", exact=True)).to_be_visible()


def test_a_step_and_how_far_is_open_stand_in_the_bar_and_the_room_hears_of_the_step_and_of_answers(
    visit: Visit, peer: FakeRoomPeer
) -> None:
    visitor = visit(seated=True)
    peer.change(sent=sent_view(3, "lesson", steps=4), open_to=2)
    visitor.wait(lambda: visitor.places[-1]["sent"] == 3)
    visitor.script_shows(sent=3, own=False, openTo=2, step=2)
    visitor.has("Step 2 of 4 · Your teacher has opened steps 1–2")
    visitor.wait(lambda: peer.got("step") == [{"type": "step", "step": 2}])
    answer = {"step": 2, "asked": "predict", "text": "A line"}
    visitor.page.evaluate("detail => dispatchEvent(new CustomEvent('keras-playground:answer', {detail}))", answer)
    visitor.wait(lambda: peer.got("answer") == [{"type": "answer", "sent": 3, **answer}])


def test_a_question_holds_play_until_it_is_answered_and_is_asked_again_when_the_run_is_seen(
    visit: Visit, peer: FakeRoomPeer
) -> None:
    visitor = visit(seated=True)
    guide = "import('/_playground/static/test/web/guide.js').then(({guide}) => %s)"
    peer.change(sent=sent_view(1, question="What <b>comes</b>?", choices=["A line", "A ring"]))
    visitor.script_shows(sent=1, own=False)
    visitor.has("What <b>comes</b>?")
    assert visitor.page.evaluate(guide % "guide.hold") == "First predict"
    visitor.press("Predict")
    visitor.has("An answer must be one of these.")
    visitor.page.get_by_label("A ring").check()
    visitor.press("Predict")
    visitor.wait(lambda: peer.got("answer"))
    assert visitor.page.evaluate(guide % "guide.hold") == ""
    visitor.page.evaluate(guide % "guide.live({lastEpoch: 5, playing: true})")
    expect(visitor.page.get_by_test_id("class-observation")).to_be_hidden()
    visitor.page.evaluate(guide % "guide.live({lastEpoch: 9, playing: false})")
    visitor.has("What did you see?")
    visitor.page.get_by_label("A line").check()
    visitor.press("Answer")
    visitor.wait(lambda: len(peer.got("answer")) == 2)
    found = [(message["asked"], message["text"]) for message in peer.got("answer")]
    assert found == [("predict", "A ring"), ("observe", "A line")]
    visitor.page.reload()
    visitor.has("Brave Otter")
    expect(visitor.page.get_by_test_id("class-prediction")).to_have_count(0)


def test_an_answer_that_was_given_without_a_connection_arrives_when_there_is_one(
    visit: Visit, peer: FakeRoomPeer
) -> None:
    visitor = visit(seated=True)
    peer.change(sent=sent_view(1, question="What comes?"))
    visitor.has("What comes?")
    visitor.lose_the_room()
    visitor.answer("What comes?", "a ring")
    peer.room_is_away = False
    visitor.wait(lambda: peer.got("answer"))
    assert peer.got("answer")[0]["text"] == "a ring"


def test_an_answer_that_is_lost_without_a_word_is_said_again_until_the_server_has_it(
    visit: Visit, peer: FakeRoomPeer
) -> None:
    visitor = visit(seated=True)
    peer.change(sent=sent_view(1, question="What comes?"))
    peer.loses = 3  # said, said again, and on another connection
    visitor.answer("What comes?", "a ring")
    expect(visitor.page.get_by_test_id("class-prediction")).to_have_count(0)
    visitor.wait(lambda: peer.got("answer"))
    assert peer.got("answer") == [{"type": "answer", "sent": 1, "step": 0, "asked": "predict", "text": "a ring"}]
    assert len(peer.got("enter")) == 2
    visitor.wait(lambda: visitor.kept()["unheard"] == [])
    expect(visitor.page.get_by_test_id("class-prediction")).to_have_count(0)


def test_an_answer_that_has_not_arrived_outlasts_a_reload(visit: Visit, peer: FakeRoomPeer) -> None:
    visitor = visit(seated=True)
    peer.change(sent=sent_view(1, question="What comes?"))
    visitor.has("What comes?")
    visitor.lose_the_room()
    visitor.answer("What comes?", "a ring")
    visitor.page.reload()
    assert [each["text"] for each in visitor.kept()["unheard"]] == ["a ring"]
    peer.room_is_away = False
    visitor.wait(lambda: peer.got("answer"))
    visitor.wait(lambda: visitor.kept()["unheard"] == [])
    assert [message["text"] for message in peer.got("answer")] == ["a ring"]
    expect(visitor.page.get_by_test_id("class-prediction")).to_have_count(0)


def test_an_answer_that_is_refused_is_asked_again_with_the_servers_words(visit: Visit, peer: FakeRoomPeer) -> None:
    visitor = visit(seated=True)
    peer.refuses = "What is said was too much."
    peer.change(sent=sent_view(1, question="What comes?"))
    visitor.answer("What comes?", "a ring")
    visitor.has("What is said was too much.")
    expect(visitor.page.get_by_test_id("class-prediction")).to_be_visible()
    assert visitor.kept()["unheard"] == []
    peer.refuses = ""
    visitor.answer("What comes?", "a line")
    visitor.wait(lambda: peer.answered)
    expect(visitor.page.get_by_test_id("class-prediction")).to_have_count(0)


def test_who_lost_their_place_is_asked_anew_in_another(visit: Visit, peer: FakeRoomPeer) -> None:
    visitor = visit(seated=True)
    peer.change(sent=sent_view(1, question="What comes?"))
    visitor.answer("What comes?", "a ring")
    visitor.wait(lambda: peer.answered)
    peer.loses = 1000
    visitor.page.evaluate(
        "import('/_playground/static/test/web/guide.js').then(({guide}) => guide.live({lastEpoch: 9, playing: false}))"
    )
    visitor.answer("What did you see?", "a line", press="Answer")
    visitor.wait(lambda: len(visitor.kept()["unheard"]) == 1)
    peer.seats.clear()
    peer.answered = []
    peer.tell({"type": "gone", "message": "Your teacher has taken your place away.", "removed": True})
    visitor.has("Your teacher has taken your place away.")
    assert visitor.kept()["unheard"] == []
    visitor.press("Join")
    visitor.has("You will be called")
    visitor.join()
    expect(visitor.page.get_by_test_id("class-prediction")).to_be_visible()


def test_who_lost_their_place_while_away_takes_no_answers_into_another(visit: Visit, peer: FakeRoomPeer) -> None:
    visitor = visit(seated=True)
    peer.change(sent=sent_view(1, question="What comes?"))
    visitor.has("What comes?")
    visitor.lose_the_room()
    visitor.answer("What comes?", "a ring")
    peer.seats.clear()
    peer.room_is_away = False
    visitor.has("You will be called")
    visitor.join()
    expect(visitor.page.get_by_test_id("class-prediction")).to_be_visible()
    assert peer.got("answer") == [] and visitor.kept()["unheard"] == []


def test_that_the_class_is_paused_is_large_and_what_is_told_is_text_that_comes_again_when_more_is_told(
    visit: Visit, peer: FakeRoomPeer
) -> None:
    visitor = visit(seated=True)
    peer.change(state="paused", you={"note": "<b>Look</b>", "notes": 1})
    paused = visitor.page.get_by_test_id("class-state")
    expect(paused).to_have_text("The class is paused.")
    assert paused.evaluate("node => parseFloat(getComputedStyle(node).fontSize)") >= 20
    note = visitor.page.get_by_test_id("note")
    expect(note).to_contain_text("<b>Look</b>")
    note.get_by_role("button", name="Dismiss").click()
    expect(note).to_be_hidden()
    peer.change(state="open")
    expect(paused).to_be_hidden()
    expect(note).to_be_hidden()
    peer.change(you={"note": "And now this", "notes": 2})
    expect(note).to_contain_text("And now this")


def test_on_a_phone_what_a_teacher_tells_has_the_whole_width(visit: Visit, peer: FakeRoomPeer) -> None:
    visitor = visit(seated=True, size=(390, 844))
    peer.change(you={"note": "Look at the rate. " * 15, "notes": 1})
    note = visitor.page.get_by_test_id("note")
    expect(note).to_contain_text("Look at the rate.")
    box, text = note.bounding_box(), note.locator("span").bounding_box()
    assert box is not None and text is not None and text["width"] > 0.9 * box["width"]
    dismiss = note.get_by_role("button", name="Dismiss").bounding_box()
    assert dismiss is not None and dismiss["y"] + dismiss["height"] <= text["y"]


def test_a_countdown_ticks_without_the_server(visit: Visit, peer: FakeRoomPeer) -> None:
    visitor = visit(seated=True)
    countdown = visitor.page.get_by_test_id("countdown")
    expect(countdown).to_be_hidden()
    peer.change(timer_in=2.0, timer_seconds=60)
    expect(countdown).to_have_text(re.compile("0:0[12]"))
    expect(countdown).to_have_text("Time is up")
    peer.change(timer_in=None)
    expect(countdown).to_be_hidden()


@pytest.mark.parametrize(("left", "said"), [(50.0, r"\d\d seconds left\."), (0.0, r"Time is up\.")])
def test_who_comes_while_a_countdown_ends_is_told_how_much_is_left(
    visit: Visit, peer: FakeRoomPeer, left: float, said: str
) -> None:
    peer.state = {"timer_in": left, "timer_seconds": 300}
    visitor = visit(seated=True)
    expect(visitor.page.get_by_test_id("room-status")).to_have_text(re.compile(rf"^{said}$"))


def test_what_is_not_saved_is_said(visit: Visit, peer: FakeRoomPeer) -> None:
    visitor = visit(seated=True)
    peer.change(unsaved="Answers since 10:02 are not saved: the database cannot be reached.")
    visitor.has("Answers since 10:02 are not saved")


def test_a_challenge_shows_how_one_stands_and_no_names_but_those_that_the_teacher_shows(
    visit: Visit, peer: FakeRoomPeer
) -> None:
    row = {"place": 1, "seat": 0, "name": "", "text": "95 %", "edited": False, "mine": False}
    visitor = visit(seated=True)
    peer.change(contests=[{**CONTEST, "table": [row, {**row, "place": 2, "text": "90 %", "mine": True}]}])
    visitor.page.get_by_text("Challenge: Best accuracy").click()
    visitor.has("You: place 2 of 2, 90 %.")
    cells = visitor.page.locator("[data-testid=challenges] tbody td").all_text_contents()
    assert cells == ["1", "–", "95 %", "2", "You", "90 %"]
    visitor.press("Hand in")
    visitor.wait(lambda: peer.got("hand_in") == [{"type": "hand_in", "challenge": 4}])
    peer.change(contests=[{**CONTEST, "table": [], "computing": "Being computed: 5 networks are trained."}])
    visitor.has("Being computed: 5 networks are trained.")
    expect(visitor.page.get_by_role("button", name="Hand in")).to_be_disabled()
    expect(visitor.page.locator(".kp-contest-mine")).to_be_focused()
    peer.change(contests=[{**CONTEST, "table": []}])
    expect(visitor.page.get_by_role("button", name="Hand in")).to_be_enabled()
    visitor.page.keyboard.press("Escape")
    peer.tell({"type": "not_done", "message": "Train your network first."})
    notice = visitor.page.get_by_test_id("room-notice")
    expect(notice).to_contain_text("Train your network first.")
    peer.change(learners=9)  # news of others is no answer to a press
    visitor.wait(lambda: visitor.root["learners"] == "9")
    expect(notice).to_be_visible()
    visitor.page.get_by_text("Challenge: Best accuracy").click()
    visitor.press("Hand in")
    peer.change(learners=10)
    expect(notice).to_be_hidden()


def test_what_a_teacher_is_refused_stands_once_where_the_press_was_or_above_where_that_is_closed(
    visit: Visit, peer: FakeRoomPeer
) -> None:
    teacher = visit(room="")
    teacher.press("Open a room")
    teacher.press("Go to the room")
    teacher.press("Send to all")
    dialog = teacher.page.get_by_test_id("send")
    dialog.get_by_label("Link of Play").fill("?dataset=spiral")
    dialog.get_by_role("button", name="Send to all", exact=True).click()
    peer.tell({"type": "not_done", "message": "That is none."})
    expect(dialog.get_by_role("alert")).to_have_text("That is none.")
    notice = teacher.page.get_by_test_id("room-notice")
    expect(notice).to_be_hidden()
    teacher.page.keyboard.press("Escape")
    peer.tell({"type": "not_done", "message": "That came late."})
    expect(notice).to_contain_text("That came late.")
    teacher.press("Pause the class")
    peer.change(state="paused")
    expect(teacher.page.get_by_role("button", name="Go on")).to_be_visible()
    expect(notice).to_be_hidden()


def test_what_is_kept_is_seen_taken_and_deleted_once_it_is_confirmed(visit: Visit, peer: FakeRoomPeer) -> None:
    visitor = visit(seated=True)
    visitor.press("More")
    visitor.page.get_by_role("menuitem", name="What is kept about me").click()
    dialog = visitor.page.get_by_test_id("kept-about-me")
    expect(dialog).to_contain_text("a <i>line</i>")
    expect(dialog).to_contain_text("By itself it is deleted on 1 May 2030.")
    with visitor.page.expect_download() as download:
        visitor.press("Download as JSON")
    assert download.value.suggested_filename == "kept_about_me.json"
    visitor.press("Delete it and leave")
    visitor.press("Keep it")
    assert peer.got("forget") == []
    visitor.press("Delete it and leave")
    visitor.press("Delete it now")
    visitor.has("What was kept about you is deleted.")
    visitor.wait(lambda: peer.got("forget") and visitor.kept() == {})
    assert visitor.places[-1]["code"] == "" and visitor.places[-1]["secret"] == ""


def test_who_leaves_stands_at_the_door_and_has_the_seat_again_when_they_come_back(
    visit: Visit, peer: FakeRoomPeer
) -> None:
    visitor = visit(seated=True)
    visitor.press("More")
    visitor.page.get_by_role("menuitem", name="Leave this room").click()
    expect(visitor.page.get_by_label("Code of the room")).to_be_focused()
    assert (visitor.root["code"], visitor.root["role"]) == ("", "")
    visitor.page.get_by_label("Code of the room").fill(CODE)
    visitor.press("Join")
    expect(visitor.page.get_by_test_id("my-name")).to_have_text("Brave Otter")


def test_whose_place_is_taken_away_is_told_so_and_can_ask_again(visit: Visit, peer: FakeRoomPeer) -> None:
    visitor = visit(seated=True)
    visitor.script_shows(sent=0, own=True)
    peer.tell({"type": "gone", "message": "Your teacher has taken your place away.", "removed": True})
    visitor.has("Your teacher has taken your place away.")
    visitor.wait(lambda: visitor.places[-1]["secret"] == "")
    peer.seats.clear()
    visitor.press("Join")
    visitor.has("You will be called")


def test_the_keyboard_stays_where_it_is_while_the_room_changes(visit: Visit, peer: FakeRoomPeer) -> None:
    visitor = visit(seated=True)
    peer.change(sent=sent_view(1))
    button = visitor.page.get_by_role("button", name="Something of my own", exact=True)
    button.focus()
    for count in range(20):
        peer.change(
            learners=count, state="paused" if count % 2 else "open", you={"note": f"No. {count}", "notes": count}
        )
    visitor.wait(lambda: visitor.root["learners"] == "19")
    expect(button).to_be_focused()


@pytest.mark.parametrize("dark", ["", DARK], ids=["light", "dark"])
@pytest.mark.parametrize("size", [(390, 844), (1024, 768), (1280, 720)], ids=str)
def test_nothing_serious_stands_in_anybodys_way(
    visit: Visit, peer: FakeRoomPeer, size: tuple[int, int], dark: str
) -> None:
    door = visit(room="", more=dark, size=size)
    assert faults(door.page) == []
    peer.lobby_more = {"rule": "free", "approval": True}
    learner = visit(more=dark, size=size)
    learner.has("You will be called")
    assert faults(learner.page) == []
    learner.join()
    row = {"place": 1, "seat": 0, "name": "", "text": "95 %", "edited": True, "mine": True}
    peer.change(
        sent=sent_view(
            1, title="A title that is longer than the bar has room for " * 3, question="What?", choices=["A"]
        ),
        state="paused",
        timer_in=90.0,
        unsaved="Not saved: the database cannot be reached.",
        contests=[{**CONTEST, "table": [row]}],
        you={"note": "Look", "notes": 1},
    )
    learner.has("The class is paused.")
    learner.page.get_by_text("Challenge: Best accuracy").click()
    assert faults(learner.page) == []
    assert learner.page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_no_dialog_of_the_browser_ever_comes(visit: Visit, peer: FakeRoomPeer) -> None:
    markup = "<img src=x onerror=alert(1)>"
    peer.lobby_more = {"offered": markup, "kept": markup}
    seen: list[Dialog] = []
    visitor = visit()

    def note(dialog: Dialog) -> None:
        seen.append(dialog)
        dialog.dismiss()

    visitor.page.on("dialog", note)
    visitor.has(markup)
    visitor.join()
    peer.change(
        sent=sent_view(1, title=markup, question=markup, choices=[markup]),
        unsaved=markup,
        you={"note": markup, "notes": 1},
    )
    visitor.has(markup)
    assert visitor.page.locator("[data-testid=room] img").count() == 0 and seen == []

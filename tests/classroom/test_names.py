"""What learners are called: text, or refused."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.classroom.names import ADJECTIVES, ANIMALS, LONGEST, generated, is_taken, read_list, read_name
from playground.classroom.slurs import ANYWHERE, HARMLESS, WHOLE, WITHIN, is_slur

TURNING = ("RLO", "LRO", "RLI", "LRI", "FSI", "PDI", "PDF", "RLE", "LRE")


def test_generated_names_are_of_our_words_and_none_is_given_twice() -> None:
    taken: set[str] = set()
    for number in range(300):
        name = generated(f"token {number}", 0, taken)
        adjective, animal = name.split()[:2]
        assert adjective in ADJECTIVES and animal in ANIMALS and name not in taken
        assert read_name(name) == name
        taken.add(name)


def test_no_generated_name_is_one_that_would_be_refused() -> None:
    for adjective in ADJECTIVES:
        for animal in ANIMALS:
            assert not is_slur(f"{adjective} {animal}"), (adjective, animal)
            assert len(f"{adjective} {animal} 100") <= LONGEST


def test_a_spin_gives_another_name_and_the_same_one_again_when_asked_again() -> None:
    names = [generated("token", spin, ()) for spin in range(4)]
    assert len(set(names)) == 4
    assert names == [generated("token", spin, ()) for spin in range(4)]


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("  Ada   Lovelace ", "Ada Lovelace"),
        ("Žofie", "Žofie"),
        ("李明", "李明"),
        ("محمد", "محمد"),
        ("O'Neil-Jones", "O'Neil-Jones"),
        ("Ａｄａ", "Ada"),
    ],
)
def test_a_name_is_taken_in_its_plainest_spelling(typed: str, name: str) -> None:
    assert read_name(typed) == name


@pytest.mark.parametrize(
    "typed",
    [
        *("", "   ", "...", "-", "<b>Ada</b>", "Ada\u202eavodA", "\u200bAda", "Ada\x00", "x" * 1000, "x" * 25),
        *("Ada & Bob", "🙂", "{{7*7}}", "a\u2066b", "Ada;", "=1+1"),
    ],
)
def test_what_is_no_name_is_refused_with_the_rule(typed: str) -> None:
    with pytest.raises(ValueError, match="A name must be 1 to 24 letters"):
        read_name(typed)


@pytest.mark.parametrize(
    "unseen",
    [
        *("\u034f", "\u115f", "\u1160", "\u17b4", "\u17b5", "\u180b", "\u180c", "\u180d", "\u180e", "\u180f", "\u3164"),
        *("\ufe00", "\ufe0f", "\uffa0", "\u200b", "\u200d", "\u200f", "\u202a", "\u202e", "\u2060", "\u206f", "\ufeff"),
        *("\u00ad", "\U000e0001", "\U000e0041", "\U000e0100", "\U000e01ef"),
    ],
)
def test_a_name_has_nothing_that_cannot_be_seen(unseen: str) -> None:
    for typed in (unseen, f"Anna{unseen}", f"{unseen}Anna", f"An{unseen}na"):
        with pytest.raises(ValueError, match=r"A name must (have no characters that cannot be seen\. Got U\+|be 1 to)"):
            read_name(typed)


def test_letters_have_their_accents_and_no_tower_of_marks() -> None:
    for name in ("Nguyễn Thuỷ", "מֹשֶׁה", "ปิ่น", "शिवानी", "Ṩǻm", "이준", "Żółć"):
        assert read_name(name) == unicodedata.normalize("NFKC", name)
    for tower in ("A" + 4 * "\u0301", "a\u0300\u0316\u0301\u0317\u0302"):
        with pytest.raises(ValueError, match=r"A letter of a name must have at most 3 marks\. Got \d\."):
            read_name(tower)


HOW: tuple[Callable[[str], str], ...] = (
    str,
    str.upper,
    lambda word: f"x{word}y",
    lambda word: ".".join(word),
    lambda word: word.replace("i", "1").replace("o", "0").replace("e", "3"),
)


@pytest.mark.parametrize("how", HOW)
def test_slurs_are_refused_however_they_are_spelled(how: Callable[[str], str]) -> None:
    for word in ANYWHERE:
        assert is_slur(how(word))
        with pytest.raises(ValueError, match=r"not used here|A name must"):
            read_name(how(word))


def test_whole_words_are_refused_and_names_that_hold_them_are_not() -> None:
    for word in WHOLE:
        assert is_slur(word) and is_slur(f"Ada {word}")
    for word in WITHIN:
        assert is_slur(f"big{word}") and is_slur(f"{word}s")
    assert not any(map(is_slur, HARMLESS))
    for name in ("Cassandra", "Bassam", "Dickinson", "Matsushita", "Scunthorpe", "Titus", "Sextus", "Drapeau", "Essex"):
        assert not is_slur(name), name


@pytest.mark.parametrize(
    "name",
    [
        *(
            "shit1",
            "fag1",
            "nazi88",
            "s l u t 7",
            "c u n t face",
            "bigcunt",
            "shiit",
            "niggør",
            "n\u0456gger",
            "ni99er",
        ),
        *("fvck", "7shit7", "n.a.z.i. 8", "fuuuck", "cvnt", "fu\u0441k", "f\u03c5ck", "ѕhit", "shıt", "SH11T", "ꜱʜɪᴛ"),
        *("Ada shit", "fuckada", "fu ck", "pusssy", "phuck", "Sieg Heil", "fa9"),
    ],
)
def test_a_slur_is_one_with_digits_doubled_or_in_letters_that_look_alike(name: str) -> None:
    with pytest.raises(ValueError, match="not used here"):
        read_name(name)


NAMES_OF_PEOPLE = """
Scunthorpe Essex Sussex Cockburn Hancock Hitchcock Dickson Dickinson Assam Shitake niggle Snigger Cassandra Bassam
Hassan Matsushita Kinoshita Yoshitaka Harshita Nishit Fukuda Fukushima Nazir Nazim Nazia Fagan Fagerberg Fagg Spicer
Slutsky Slutskaya Titus Titov Cumming Cumberbatch Sextus Drapeau Crapp Rappe Nipp Wankel Swank Cuntz Babitch Niger
Nigel Niggli Niggemeier Raccoon Tycoon Pakistan Penistone Phuc Dũng Søren Åsa Łukasz Żaneta Şırin Iğdır Thủy Jürgen
Gonçalo Anaïs Сергей Оксана Тит Тіт Никита Пётр Ξένη Νίκος محمد דוד 李明 松下 김철수 Kumari Analise Therapist Arsenal
Arsène Homoki Pissarro Titi Ali9 Vukovic Savvas Ivan7 Eva99
"""


@pytest.mark.parametrize(
    "name", [*NAMES_OF_PEOPLE.split(), "D'Acunto", "Marc Unterberg", "J. R. Ewing", "A. S. Byatt", "Tim 4 B", "Li 9"]
)
def test_real_names_and_words_are_taken(name: str) -> None:
    assert read_name(name) == unicodedata.normalize("NFKC", name)


@given(st.text(max_size=60))
def test_whatever_is_typed_is_a_harmless_name_or_refused(typed: str) -> None:
    try:
        name = read_name(typed)
    except ValueError as refusal:
        assert str(refusal).endswith(".")
        return
    assert 1 <= len(name) <= LONGEST and read_name(name) == name
    assert not set(name) & set('<>&"{}=@+;')
    assert all(unicodedata.bidirectional(each) not in TURNING for each in name)


def test_a_list_has_one_name_a_line() -> None:
    assert read_list("Ada\n\n  Bob \nZoë") == ("Ada", "Bob", "Zoë")
    with pytest.raises(ValueError, match="Line 2"):
        read_list("Ada\n<script>")
    with pytest.raises(ValueError, match="once"):
        read_list("Ada\nada")
    with pytest.raises(ValueError, match="1 to 200 names"):
        read_list("\n".join(f"Name {i}" for i in range(201)))


def test_names_are_the_same_by_the_ear() -> None:
    assert is_taken("ADA", ["Ada"]) and not is_taken("Ada", ["Adam"])
    assert is_taken("Zoe\u0308", ["ZOË"]) and is_taken("Ａｄａ", ["ada"]) and is_taken("STRASSE", ["Straße"])

"""The banks are sentences members read: they are held to the rules of the house."""

import re
import unicodedata
from collections.abc import Iterator
from difflib import SequenceMatcher
from itertools import combinations
from typing import Any

import pytest

from bot.banks.read import bank as read

FRENCH, FORMAL, ENGLISH = "fr", "fr-vous", "en"
LANGUAGES = (FRENCH, FORMAL, ENGLISH)
KINDS = ("icebreakers", "pulse", "stories", "charter", "rehearsal")
SPOKEN_BY_THE_BOT = ("icebreakers", "pulse", "stories", "charter")

NBSP = "\u00a0"
NNBSP = "\u202f"
TOO_ALIKE = 0.8
WORDS_IN_A_SENTENCE = 20

every_bank = pytest.mark.parametrize(
    ("kind", "language"), [(kind, language) for kind in KINDS for language in LANGUAGES]
)
every_language = pytest.mark.parametrize("language", LANGUAGES)


def load(kind: str, language: str) -> dict[str, Any]:
    return read(kind, "fr", "vous") if language == FORMAL else read(kind, "fr" if language == FRENCH else "en")


def texts(value: Any, key: str = "") -> Iterator[str]:
    """Every string a person would read. Ids and commands typed in haste are not among them."""
    if key in {"id", "mistyped_commands"}:
        return
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for item in value:
            yield from texts(item, key)
    elif isinstance(value, dict):
        for name, item in value.items():
            yield from texts(item, name)


def typography_faults(text: str, language: str) -> list[str]:
    faults = []
    if text != text.strip() or re.search(r"\s{2,}", text):
        faults.append("stray space")
    if "'" in text:
        faults.append("straight apostrophe")
    if '"' in text:
        faults.append("straight quotation mark")
    if "..." in text:
        faults.append("three dots instead of an ellipsis")
    if language != ENGLISH:
        if re.search(rf"(?<![{NBSP}{NNBSP}?!])[?!;]", text):
            faults.append("no non-breaking space before ? ! ;")
        if re.search(rf"(?<![{NBSP}{NNBSP}]):(?!//)", text):
            faults.append("no non-breaking space before :")
        if re.search(rf"«(?![{NBSP}{NNBSP}])|(?<![{NBSP}{NNBSP}])»", text):
            faults.append("no non-breaking space inside guillemets")
        if text.count("«") != text.count("»"):
            faults.append("guillemets that do not match")
        if re.search(r"[“”]", text):
            faults.append("English quotation marks")
        if re.search(rf"\d(?![{NBSP}{NNBSP}])\s*h\b|\bh[^\S{NBSP}{NNBSP}]?\d", text):
            faults.append("an hour that can break at the end of a line")
    else:
        if re.search(r"\s[?!;:]", text):
            faults.append("space before ? ! ; :")
        if re.search(r"[«»]", text):
            faults.append("French quotation marks")
        if text.count("“") != text.count("”"):
            faults.append("quotation marks that do not match")
    return faults


def tone_faults(text: str) -> list[str]:
    faults = []
    if re.search(r"![\s!]*!", text):
        faults.append("exclamation marks in a row")
    if any(is_emoji(character) for character in text):
        faults.append("emoji")
    return faults


def is_emoji(character: str) -> bool:
    return (
        unicodedata.category(character) in {"So", "Sk", "Cs", "Co", "Cn"}
        or character in "\ufe0f\u200d"
        or 0x1F000 <= ord(character) <= 0x1FAFF
        or 0x2600 <= ord(character) <= 0x27BF
    )


def long_sentences(text: str) -> list[str]:
    sentences = re.split(r"(?<=[.?!…])\s+", text)
    return [s for s in sentences if len(words(s)) > WORDS_IN_A_SENTENCE]


def words(text: str) -> list[str]:
    return [word for word in text.split() if re.search(r"\w", word)]


def sentence_count(text: str) -> int:
    return len(re.findall(rf"[.?!…](?:[{NBSP}{NNBSP}]?[»”])?(?=\s|$)", text))


def normalised(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    letters = "".join(c for c in decomposed if not unicodedata.combining(c))
    return " ".join(re.findall(r"\w+", letters))


def near_duplicates(candidates: list[str]) -> list[tuple[str, str]]:
    plain = [(text, normalised(text)) for text in candidates]
    found = []
    for (first, a), (second, b) in combinations(plain, 2):
        matcher = SequenceMatcher(None, a, b, autojunk=False)
        if (
            matcher.real_quick_ratio() >= TOO_ALIKE
            and matcher.quick_ratio() >= TOO_ALIKE
            and matcher.ratio() >= TOO_ALIKE
        ):
            found.append((first, second))
    return found


def assert_unique(values: list[str]) -> None:
    repeated = sorted({value for value in values if values.count(value) > 1})
    assert repeated == []


# What holds for every bank


@every_bank
def test_every_text_is_there_and_well_set(kind: str, language: str) -> None:
    found = list(texts(load(kind, language)))
    assert found
    assert all(found), "an empty text"
    faults = {text: typography_faults(text, language) for text in found}
    assert {text: why for text, why in faults.items() if why} == {}


@every_bank
def test_every_text_keeps_its_voice_down(kind: str, language: str) -> None:
    faults = {text: tone_faults(text) for text in texts(load(kind, language))}
    assert {text: why for text, why in faults.items() if why} == {}


@every_language
@pytest.mark.parametrize("kind", SPOKEN_BY_THE_BOT)
def test_the_bot_speaks_in_short_sentences(kind: str, language: str) -> None:
    too_long = [s for text in texts(load(kind, language)) for s in long_sentences(text)]
    assert too_long == []


@every_bank
def test_both_languages_have_the_same_shape(kind: str, language: str) -> None:
    bank = load(kind, language)
    other = load(kind, FRENCH if language == ENGLISH else ENGLISH)
    assert set(bank) == set(other)
    for name, value in bank.items():
        if isinstance(value, list) and isinstance(value[0], dict):
            expected = {key for row in other[name] for key in row}
            assert {key for row in value for key in row} == expected


@pytest.mark.parametrize("kind", KINDS)
def test_neither_language_borrows_the_sentences_of_the_other(kind: str) -> None:
    # Short labels and names may coincide; sentences may not.
    french, formal, english = ({t for t in texts(load(kind, language)) if " " in t} for language in LANGUAGES)
    assert (french | formal) & english == set()


# Icebreakers


@every_language
def test_there_are_enough_icebreakers_of_each_depth(language: str) -> None:
    questions = load("icebreakers", language)["question"]
    depths = [question["depth"] for question in questions]
    assert len(questions) >= 80
    assert set(depths) == {1, 2, 3}
    assert depths.count(1) >= 30
    assert depths.count(2) >= 30
    assert depths.count(3) >= 18


@every_language
def test_icebreakers_have_stable_and_unique_ids(language: str) -> None:
    questions = load("icebreakers", language)["question"]
    assert all(set(question) == {"id", "depth", "text"} for question in questions)
    ids = [question["id"] for question in questions]
    assert_unique(ids)
    assert [i for i in ids if not re.fullmatch(rf"{language[:2]}-\d{{3}}", i)] == []


@every_language
def test_icebreakers_are_short_questions(language: str) -> None:
    found = [question["text"] for question in load("icebreakers", language)["question"]]
    assert [text for text in found if not 15 <= len(text) <= 220] == []
    assert [text for text in found if "?" not in text] == []
    assert [text for text in found if not 1 <= sentence_count(text) <= 2] == []


@every_language
def test_no_icebreaker_repeats_another(language: str) -> None:
    found = [question["text"] for question in load("icebreakers", language)["question"]]
    assert_unique([normalised(text) for text in found])
    assert near_duplicates(found) == []


# Pulses


@every_language
def test_pulses_are_twelve_half_of_them_after_a_session(language: str) -> None:
    pulses = load("pulse", language)["pulse"]
    assert len(pulses) == 12
    assert all(set(pulse) == {"id", "text", "low", "high", "after_session"} for pulse in pulses)
    assert [pulse["after_session"] for pulse in pulses].count(True) == 6
    assert [pulse["after_session"] for pulse in pulses].count(False) == 6


@every_language
def test_pulses_are_one_question_with_two_short_labels(language: str) -> None:
    pulses = load("pulse", language)["pulse"]
    assert_unique([pulse["id"] for pulse in pulses])
    assert near_duplicates([pulse["text"] for pulse in pulses]) == []
    for pulse in pulses:
        assert re.fullmatch(r"[a-z]+(-[a-z]+)*", pulse["id"])
        assert pulse["text"].endswith("?")
        assert pulse["text"].count("?") == 1
        assert len(pulse["text"]) <= 120
        assert pulse["low"] != pulse["high"]
        for label in (pulse["low"], pulse["high"]):
            assert 1 <= len(words(label)) <= 3
            assert len(label) <= 24


def test_a_pulse_means_the_same_in_both_languages() -> None:
    # The answers of a bilingual community are added up under the id.
    french, formal, english = (
        {pulse["id"]: pulse["after_session"] for pulse in load("pulse", language)["pulse"]}
        for language in LANGUAGES
    )
    assert french == formal == english


# Helping questions


@every_language
def test_stories_are_helped_by_eight_triplets(language: str) -> None:
    helps = load("stories", language)["help"]
    assert len(helps) == 8
    assert_unique([entry["id"] for entry in helps])
    assert {entry["id"] for entry in helps} == {entry["id"] for entry in load("stories", "fr")["help"]}
    assert all(set(entry) == {"id", "questions"} for entry in helps)
    assert [entry["id"] for entry in helps if len(entry["questions"]) != 3] == []


@every_language
def test_helping_questions_are_short_and_each_its_own(language: str) -> None:
    found = [question for entry in load("stories", language)["help"] for question in entry["questions"]]
    assert [text for text in found if not 10 <= len(text) <= 120] == []
    assert [text for text in found if "?" not in text] == []
    assert near_duplicates(found) == []


# The charter


@every_language
def test_the_charter_is_short_enough_to_be_read_before_it_is_signed(language: str) -> None:
    charter = load("charter", language)
    assert set(charter) == {"intro", "rules", "closing"}
    assert 5 <= len(charter["rules"]) <= 7
    assert [rule for rule in charter["rules"] if len(rule) > 160] == []
    assert near_duplicates(charter["rules"]) == []
    assert sum(len(words(text)) for text in texts(charter)) <= 220


def test_the_two_charters_hold_as_many_rules() -> None:
    # In a bilingual community, people sign one charter in the language they read.
    french, formal, english = (load("charter", language)["rules"] for language in LANGUAGES)
    assert len(french) == len(formal) == len(english)


# The invented season

LISTS = {
    "icebreaker_answers": (40, 140),
    "messages": (60, 180),
    "replies": (40, 90),
    "introductions": (14, 220),
    "pulse_sentences": (15, 120),
    "mistyped_commands": (10, 60),
}


@every_language
@pytest.mark.parametrize("name", LISTS)
def test_the_invented_members_have_enough_to_say(name: str, language: str) -> None:
    count, longest = LISTS[name]
    found = load("rehearsal", language)[name]
    assert len(found) == count
    assert [text for text in found if len(text) > longest] == []
    assert_unique(found)
    if name != "mistyped_commands":
        assert near_duplicates(found) == []


@every_language
def test_mistyped_commands_are_meant_for_the_bot_and_wrong(language: str) -> None:
    for command in load("rehearsal", language)["mistyped_commands"]:
        assert re.match(r"!\s?(veil|viel|vieil)", command)


@every_language
def test_the_invented_sessions_each_hear_five_stories(language: str) -> None:
    sessions = load("rehearsal", language)["session"]
    assert len(sessions) == 4
    assert all(set(session) == {"theme", "place", "stories"} for session in sessions)
    assert [session["theme"] for session in sessions if len(session["stories"]) != 5] == []
    assert_unique([session["theme"] for session in sessions])
    assert [session["theme"] for session in sessions if len(session["theme"]) > 60] == []
    stories = [story for session in sessions for story in session["stories"]]
    assert near_duplicates(stories) == []
    assert [story for story in stories if not 2 <= sentence_count(story) <= 4] == []
    assert [story for story in stories if not 80 <= len(story) <= 400] == []


@every_language
def test_the_invented_people_are_twenty_four_and_two_who_facilitate(language: str) -> None:
    people = load("rehearsal", language)["person"]
    assert all(set(person) <= {"name", "facilitator"} for person in people)
    assert len(people) == 26
    assert sum(person.get("facilitator", False) for person in people) == 2
    assert_unique([person["name"].casefold() for person in people])


@every_language
def test_no_invented_story_or_message_names_a_member(language: str) -> None:
    bank = load("rehearsal", language)
    names = {person["name"] for person in bank["person"]}
    said = " ".join(texts({key: value for key, value in bank.items() if key != "person"}))
    # A first name is a capitalised word; "joy" in the middle of a sentence is not Joy.
    assert names & set(re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", said)) == set()


@every_language
def test_the_invented_mission_is_written_as_the_bot_would(language: str) -> None:
    bank = load("rehearsal", language)
    assert long_sentences(bank["mission"]) == []
    assert len(bank["mission"]) <= 300


# The checks themselves can fail


@pytest.mark.parametrize(
    ("text", "language", "fault"),
    [
        ("Ça va ?", "fr", "no non-breaking space before ? ! ;"),
        ("Ça va?", "fr", "no non-breaking space before ? ! ;"),
        ("Un mot : oui", "fr", "no non-breaking space before :"),
        (f"Le mot « oui{NBSP}»", "fr", "no non-breaking space inside guillemets"),
        (f"Le mot «{NBSP}oui »", "fr", "no non-breaking space inside guillemets"),
        (f"Le mot «{NBSP}oui", "fr", "guillemets that do not match"),
        ("L'accueil", "fr", "straight apostrophe"),
        ("Le mot “oui”", "fr", "English quotation marks"),
        ("Vers 15 h", "fr", "an hour that can break at the end of a line"),
        ("Vers 15h", "fr", "an hour that can break at the end of a line"),
        ("It's late", "en", "straight apostrophe"),
        ('A "word"', "en", "straight quotation mark"),
        ("A “word", "en", "quotation marks that do not match"),
        ("Really ?", "en", "space before ? ! ; :"),
        ("Well...", "en", "three dots instead of an ellipsis"),
        ("Well,  yes", "en", "stray space"),
    ],
)
def test_a_typographic_fault_is_seen(text: str, language: str, fault: str) -> None:
    assert fault in typography_faults(text, language)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (f"Vers 15{NBSP}h{NBSP}30, «{NBSP}oui{NBSP}»{NBSP}: d’accord{NNBSP}?", "fr"),
        ("It’s late: “yes”, at 15:30?", "en"),
    ],
)
def test_good_typography_is_left_alone(text: str, language: str) -> None:
    assert typography_faults(text, language) == []


def test_a_raised_voice_is_heard() -> None:
    assert tone_faults("Bravo!!") == ["exclamation marks in a row"]
    assert tone_faults(f"Bravo{NNBSP}!{NNBSP}!") == ["exclamation marks in a row"]
    for emoji in ("💖", "👍🏽", "☕", "✅", "❤️", "🇨🇦"):
        assert tone_faults(f"Hello {emoji}") == ["emoji"]
    assert tone_faults("Hello! Yes, really.") == []


def test_two_questions_that_are_one_are_caught() -> None:
    twice = ["Quel conseil te sert encore ?", "Quel conseil te sert-il encore ?", "Un mot ?"]
    assert near_duplicates(twice) == [(twice[0], twice[1])]
    assert near_duplicates(["Café ou thé ?", "Sur quoi as-tu changé d’avis ?"]) == []


def test_a_long_sentence_is_counted_word_by_word() -> None:
    assert long_sentences("Oui. " + "mot " * 20 + "fin.") != []
    assert long_sentences("mot " * 19 + "fin. Oui.") == []
    assert sentence_count(f"Il a dit{NBSP}: «{NBSP}Non.{NBSP}» Puis rien. Tu viens{NNBSP}?") == 3

"""What is proposed while someone types: as they would see it, in either language, and no more than they may see."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.model.community import Community, Person
from bot.model.session import Session
from bot.model.settings import Settings
from bot.ports import StoreTrouble, Suggests
from tests.stage import HALL, START, Stage, stage

NBSP = "\u00a0"


@pytest.fixture
async def on_stage(tmp_path: Path) -> AsyncIterator[Stage]:
    async with stage(tmp_path) as there:
        yield there


async def proposed(
    there: Stage, person: str, command: str, field: str, typed: str = "", *, direct: bool = False, room: str = HALL,
    language: Any = None,
) -> list[tuple[str, str]]:  # fmt: skip
    suggestions: Suggests = there.app.suggestions
    found = await suggestions.suggest("rehearsal", room, person, direct, command, field, typed, language)
    assert len(found) <= 25
    assert all(0 < len(label) <= 100 and 0 < len(value) <= 100 for label, value in found)
    return found


async def plan(there: Stage, number: int, theme: str, hours: float, **rest: Any) -> None:
    kept: dict[str, Any] = {"state": "planned", "announced": True} | rest
    starts = START + timedelta(hours=hours)
    async with there.store.unit() as unit:
        await unit.add(
            Session(community_id=1, number=number, theme=theme, starts=starts, minutes=60, planned_by=1, **kept)
        )


async def test_sessions_to_come_stand_first_then_the_latest(on_stage: Stage) -> None:
    await plan(on_stage, 1, "Le premier accueil", -24 * 14)
    await plan(on_stage, 2, "Dire non à un bailleur", -24 * 7)
    await plan(on_stage, 3, "Animer à deux", 24 * 3 + 2)
    await plan(on_stage, 4, "Se relayer", 24 * 10)
    found = await proposed(on_stage, "bo", "sessions.yes", "session")
    assert [value for _, value in found] == ["3", "4", "2", "1"]
    assert found[0][0] == f"3 · Animer à deux · jeudi 7 janvier à 12{NBSP}h"


@pytest.mark.parametrize(
    ("typed", "wanted"), [("DEUX", ["3"]), ("3", ["3"]), ("7 janv", ["3"]), ("bailleur", []), ("", ["3", "13"])]
)
async def test_a_session_is_found_by_words_number_or_day(on_stage: Stage, typed: str, wanted: list[str]) -> None:
    await plan(on_stage, 13, "Se relayer", 24 * 12)
    await plan(on_stage, 3, "Animer à deux", 24 * 3)
    found = await proposed(on_stage, "bo", "sessions.yes", "session", typed)
    assert [value for _, value in found][: len(wanted) or None] == wanted


async def test_what_members_were_not_told_of_is_not_proposed_to_them(on_stage: Stage) -> None:
    await plan(on_stage, -1, "Brouillon", 24, state="draft")
    await plan(on_stage, 1, "Annulée", 24, state="cancelled")
    await plan(on_stage, 2, "Passée sans annonce", -48, announced=False)
    assert await proposed(on_stage, "bo", "sessions.yes", "session") == []
    found = await proposed(on_stage, "ana", "sessions.attendance", "session")
    assert [value for _, value in found] == ["2"]


async def test_a_long_theme_leaves_room_for_its_day(on_stage: Stage) -> None:
    await plan(on_stage, 1, "mot " * 60, 24)
    label = (await proposed(on_stage, "bo", "sessions.yes", "session"))[0][0]
    assert len(label) <= 100
    assert label.endswith(f"… · mardi 5 janvier à 10{NBSP}h")


FACILITATORS_ONLY = [
    ("sessions.plan", "when"), ("sessions.plan", "length"), ("sessions.plan", "series"), ("sessions.plan", "place"),
    ("sessions.move", "session"), ("sessions.attendance", "people"), ("rhythm.pause", "scope"),
    ("rhythm.show", "number"), ("stories.for", "member"),
]  # fmt: skip


@pytest.mark.parametrize(("command", "field"), FACILITATORS_ONLY)
async def test_members_are_proposed_nothing_of_what_facilitators_do(
    on_stage: Stage, command: str, field: str
) -> None:
    await plan(on_stage, 1, "Animer à deux", 24, place="Salon vocal")
    await on_stage.app.unasked.plan()
    assert await proposed(on_stage, "bo", command, field) == []
    assert await proposed(on_stage, "ana", command, field) != []


async def test_members_are_named_as_one_begins_them_and_those_named_before_stay(on_stage: Stage) -> None:
    assert await proposed(on_stage, "ana", "sessions.attendance", "people") == [
        ("Ana", "Ana"), ("Bo", "Bo"), ("Cleo", "Cleo"),
    ]  # fmt: skip
    assert await proposed(on_stage, "ana", "sessions.attendance", "people", "bo, c") == [("bo, Cleo", "bo, Cleo")]
    assert await proposed(on_stage, "ana", "sessions.attendance", "people", "Ana, ANA") == []


async def test_who_left_is_not_proposed(on_stage: Stage) -> None:
    await on_stage.leave("bo")
    found = await proposed(on_stage, "ana", "sessions.attendance", "people")
    assert [value for _, value in found] == ["Ana", "Cleo"]


async def test_two_of_one_name_are_told_apart_and_a_name_with_a_comma_is_one(on_stage: Stage) -> None:
    await on_stage.join("bo2", "BO")
    await on_stage.join("duo", "Marie, de Gaspé")
    found = await proposed(on_stage, "ana", "sessions.attendance", "people", "b")
    assert found == [("Bo (bo)", "bo"), ("BO (bo2)", "bo2")]
    assert await proposed(on_stage, "ana", "sessions.attendance", "people", "mar") == [("Marie, de Gaspé", "duo")]


async def test_a_date_is_shown_as_it_is_understood_and_read_back_as_shown(on_stage: Stage) -> None:
    found = await proposed(on_stage, "ana", "sessions.plan", "when", "jeudi en huit 12h")
    said = f"jeudi 14 janvier 2027 à 12{NBSP}h (heure de Montréal)"
    assert found == [(said, said)]
    await plan(on_stage, 1, "Animer à deux", 24)
    await on_stage.tell("ana", f"rencontre déplacer 1 | {said}")
    assert said in on_stage.heard("ana").replace("14 janvier à", "14 janvier 2027 à")


async def test_each_reading_of_an_unsure_date_is_proposed(on_stage: Stage) -> None:
    found = await proposed(on_stage, "ana", "sessions.plan", "when", "03/04 12h")
    assert [label.split(" à ")[0] for label, _ in found] == ["jeudi 4 mars 2027", "samedi 3 avril 2027"]


async def test_a_day_without_an_hour_is_proposed_at_the_usual_one_first(on_stage: Stage) -> None:
    await plan(on_stage, 1, "Animer à deux", 3 + 5)  # 18 h
    found = await proposed(on_stage, "ana", "sessions.plan", "when", "jeudi")
    assert found[0][0] == f"jeudi 7 janvier 2027 à 18{NBSP}h (heure de Montréal)"
    assert len(found) > 1


async def test_a_clock_of_elsewhere_is_found_by_the_beginning_of_its_name(on_stage: Stage) -> None:
    found = await proposed(on_stage, "ana", "sessions.plan", "when", "jeudi 12h heure de Par")
    assert found[0][0] == f"jeudi 7 janvier 2027 à 12{NBSP}h (heure de Paris)"
    await on_stage.tell("ana", f"rencontre planifier Chez vous | {found[0][1]} | 1 h | |")
    assert f"6{NBSP}h" in on_stage.heard("ana")


async def test_what_is_not_understood_is_given_an_example(on_stage: Stage) -> None:
    found = await proposed(on_stage, "ana", "sessions.plan", "when", "quand tu veux")
    said = f"jeudi 7 janvier 2027 à 12{NBSP}h (heure de Montréal)"
    assert found[0] == (f"Par exemple{NBSP}: {said}", said)


async def test_in_the_language_of_who_types(on_stage: Stage) -> None:
    found = await proposed(on_stage, "ana", "sessions.plan", "when", "next Thursday 5pm", language="en")
    assert found[0][0] == "Thursday 7 January 2027 at 17:00 (Montréal time)"
    series = await proposed(on_stage, "ana", "sessions.plan", "series", "2", language="en")
    assert series[0] == ("every 2 weeks, 4 times", "every 2 weeks, 4 times")
    await on_stage.tell("ana", "langue français")
    assert (await proposed(on_stage, "ana", "sessions.plan", "series", "1", language="en"))[0][0].startswith("chaque")


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [("90", f"1{NBSP}h{NBSP}30"), ("1h30", f"1{NBSP}h{NBSP}30"), ("2", f"2{NBSP}h"), ("", f"1{NBSP}h")],
)
async def test_lengths(on_stage: Stage, typed: str, wanted: str) -> None:
    assert (await proposed(on_stage, "ana", "sessions.plan", "length", typed))[0] == (wanted, wanted)


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("3", f"3{NBSP}jours"), ("48 h", f"2{NBSP}jours"), ("une semaine", f"1{NBSP}semaine"), ("", f"1{NBSP}jour"),
        ("30 jours", "30 jours"),
    ],
)  # fmt: skip
async def test_how_long_a_poll_stays_open(on_stage: Stage, typed: str, wanted: str) -> None:
    assert (await proposed(on_stage, "ana", "polls.open", "duration", typed))[0] == (wanted, wanted)


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("", "toutes les 2 semaines, 4 fois"), ("chaque semaine", "chaque semaine, 4 fois"),
        ("aux 3 semaines, 5 fois", "toutes les 3 semaines, 5 fois"), ("non", "une seule fois"),
    ],
)  # fmt: skip
async def test_series(on_stage: Stage, typed: str, wanted: str) -> None:
    assert (await proposed(on_stage, "ana", "sessions.plan", "series", typed))[0] == (wanted, wanted)


async def test_options_languages_and_rhythms_by_their_names(on_stage: Stage) -> None:
    assert await proposed(on_stage, "ana", "sessions.edit", "what", "li") == [("lieu", "place")]
    assert await proposed(on_stage, "bo", "welcome.language", "language") == [("Français", "fr"), ("English", "en")]
    found = await proposed(on_stage, "ana", "rhythm.pause", "scope", "brise glace")
    assert found == [("brise-glace", "icebreakers")]


async def test_messages_of_the_plan_by_what_they_are_and_the_skipped_to_put_back(on_stage: Stage) -> None:
    await plan(on_stage, 1, "Animer à deux", 24 * 3)
    await on_stage.app.unasked.plan()
    label, number = (await proposed(on_stage, "ana", "rhythm.skip", "number"))[0]
    assert f"{number} · " in label
    assert label.endswith("invitation à raconter")
    assert await proposed(on_stage, "ana", "rhythm.restore", "number") == []
    await on_stage.tell("ana", f"plan passer {number}")
    assert await proposed(on_stage, "ana", "rhythm.restore", "number") == [(label, number)]
    assert number not in {value for _, value in await proposed(on_stage, "ana", "rhythm.skip", "number")}


async def test_places_where_the_community_met_before(on_stage: Stage) -> None:
    await plan(on_stage, 1, "Animer à deux", 24, place="Salon vocal")
    await plan(on_stage, 2, "Se relayer", 48, place="x" * 200)
    assert await proposed(on_stage, "ana", "sessions.plan", "place", "vocal") == [("Salon vocal", "Salon vocal")]


async def test_nothing_is_kept_of_who_only_types(on_stage: Stage) -> None:
    await plan(on_stage, 1, "Animer à deux", 24)
    people = len(await on_stage.kept(Person))
    assert await proposed(on_stage, "passing-by", "sessions.yes", "session") != []
    assert len(await on_stage.kept(Person)) == people


async def test_in_private_only_to_whoever_is_a_member(on_stage: Stage) -> None:
    await plan(on_stage, 1, "Animer à deux", 24)
    private: dict[str, Any] = {"direct": True, "room": "direct-bo"}
    assert await proposed(on_stage, "bo", "sessions.yes", "session", **private) != []
    assert await proposed(on_stage, "stranger", "sessions.yes", "session", **private) == []
    await on_stage.leave("bo")
    assert await proposed(on_stage, "bo", "sessions.yes", "session", **private) == []


@pytest.mark.parametrize(
    ("room", "command", "field"),
    [("nowhere", "sessions.yes", "session"), (HALL, "nothing.such", "session"), (HALL, "sessions.yes", "other"),
     (HALL, "", "")],
)  # fmt: skip
async def test_what_is_unknown_is_met_with_silence(on_stage: Stage, room: str, command: str, field: str) -> None:
    await plan(on_stage, 1, "Animer à deux", 24)
    assert await proposed(on_stage, "bo", command, field, room=room) == []


HOSTILE = [
    "x" * 6000, "'; drop table session; --", "\x00", "((((", "٣", "𝟛", "@everyone", "\u202e" * 50, "1" * 90, ",,,",
]  # fmt: skip


@pytest.mark.parametrize("typed", HOSTILE)
@pytest.mark.parametrize(("command", "field"), FACILITATORS_ONLY)
async def test_whatever_is_typed_is_borne(on_stage: Stage, command: str, field: str, typed: str) -> None:
    await proposed(on_stage, "ana", command, field, typed)


async def test_a_platform_or_a_database_in_trouble_costs_nobody_a_word(
    on_stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    del on_stage.platform.rooms[HALL]  # asking for the level of anyone there fails
    assert await proposed(on_stage, "ana", "sessions.plan", "when", "jeudi") == []

    def trouble() -> None:
        raise StoreTrouble("database is locked")

    monkeypatch.setattr(on_stage.store, "unit", trouble)
    assert await proposed(on_stage, "bo", "sessions.yes", "session") == []


async def test_another_community_is_not_heard_of(on_stage: Stage) -> None:
    async with on_stage.store.unit() as unit:
        other = Community(slug="autre", settings=Settings(name="Un autre cercle"), since=START)
        await unit.add(other)
        await unit.add(
            Person(community_id=other.id, platform="rehearsal", external="dana", name="Dana", pseudonym="d"),
            Session(
                community_id=other.id, number=9, theme="Ailleurs", starts=START + timedelta(hours=5), minutes=60,
                planned_by=1, state="planned", place="Chez Dana",
            ),
        )  # fmt: skip
    assert await proposed(on_stage, "ana", "sessions.move", "session") == []
    assert await proposed(on_stage, "ana", "sessions.plan", "place") == []
    assert await proposed(on_stage, "ana", "sessions.attendance", "people", "d") == []

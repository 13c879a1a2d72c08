"""What is done in the platform's own calendar is noticed, and done here as well."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.model.session import Rsvp
from tests.features.sessions.acts import announced, planned, reminders, second_community, stage, wait_until
from tests.features.sessions.calendar_acts import (
    FRIDAY,
    NOON,
    session,
    shown,
    there,
    told_of,
)


async def test_moved_there_it_moves_here(tmp_path: Path) -> None:
    async with stage(tmp_path, native=True) as s:
        await there(s)
        heard = len(s.all_heard("ana"))
        await s.move_gathering(FRIDAY + timedelta(hours=2))
        kept = await session(s)
        assert (kept.starts, kept.minutes, kept.sequence) == (FRIDAY + timedelta(hours=2), 90, 1)
        [post] = announced(s)
        assert "vendredi 15 janvier à 14 h (heure de Montréal), jusqu’à 15 h 30" in post
        assert "Viennent : 1 · Peut-être : 1" in post
        for person in ("bo", "cleo"):
            [told] = told_of(s, person)
            assert told.startswith("La rencontre « Dire non » est déplacée : vendredi 15 janvier à 14 h")
        # Ana planned it, and hears of it once.
        [noticed] = s.all_heard("ana")[heard:]
        assert noticed.startswith("« Dire non » a été changée à la main dans le calendrier du groupe.")
        assert "Quand : vendredi 15 janvier à 14 h" in noticed
        # Nothing was written back.
        assert len(s.native.written) == 1


async def test_reminded_for_the_new_hour(tmp_path: Path) -> None:
    async with stage(tmp_path, native=True) as s:
        await there(s)
        await s.move_gathering(FRIDAY)
        await wait_until(s, NOON - timedelta(minutes=1))
        assert reminders(s, "bo") == []
        await wait_until(s, NOON + timedelta(minutes=1))
        [reminder] = reminders(s, "bo")
        assert "vendredi 15 janvier à 12 h" in reminder


@pytest.mark.parametrize(
    ("change", "shown_here", "told"),
    [
        ({"title": "Dire oui"}, "Rencontre : Dire oui", "« Dire non » a un nouveau thème : Dire oui"),
        ({"place": "Salon vert"}, "Lieu : Salon vert", "change de lieu : Salon vert"),
        ({"ends": NOON + timedelta(minutes=45)}, "Durée : 45 min", "change de durée : 45 min"),
    ],
)
async def test_changed_there_it_changes_here(
    tmp_path: Path, change: dict[str, Any], shown_here: str, told: str
) -> None:
    async with stage(tmp_path, native=True) as s:
        await there(s)
        await s.change_gathering(**change)
        assert shown_here in announced(s)[0]
        assert told in s.heard("bo")
        assert len(told_of(s, "bo")) == 1
        assert (await session(s)).sequence == 1
        assert len(s.native.written) == 1


async def test_what_we_say_where_no_place_is_known_is_no_place(tmp_path: Path) -> None:
    async with stage(tmp_path, native=True) as s:
        await planned(s, "!veillee rencontre planifier Dire non | jeudi 14 janvier 12 h | 1 h 30")
        assert (shown(s).place, shown(s).nowhere) == ("", "Lieu à préciser")
        for _ in range(2):
            await s.change_gathering(place="Lieu à préciser", starts=FRIDAY, ends=FRIDAY + timedelta(minutes=90))
        kept = await session(s)
        assert (kept.place, kept.starts, kept.sequence) == ("", FRIDAY, 1)
        assert "Lieu" not in announced(s)[0]
        await s.change_gathering(place="Salon vert")
        assert (await session(s)).place == "Salon vert"


async def test_changed_in_every_way_at_once_it_is_told_once(tmp_path: Path) -> None:
    async with stage(tmp_path, native=True) as s:
        await there(s)
        await s.press("cleo", "Je ne peux pas")
        await s.change_gathering(title="Dire oui", starts=FRIDAY, ends=FRIDAY + timedelta(hours=1), place="Là-bas")
        [told] = told_of(s, "bo")
        lines = told.split("\n")
        assert lines[0] == "La rencontre « Dire non » a un nouveau thème : Dire oui"
        assert lines[1] == "La rencontre « Dire oui » change de lieu : Là-bas"
        assert lines[2] == "La rencontre « Dire oui » change de durée : 1 h"
        assert lines[3].startswith("La rencontre « Dire oui » est déplacée : vendredi 15 janvier à 12 h")
        assert "Si cette date te convient mieux" in s.heard("cleo")
        assert (await session(s)).sequence == 1


async def test_cancelled_there_it_is_cancelled(tmp_path: Path) -> None:
    async with stage(tmp_path, native=True) as s:
        await there(s)
        heard = len(s.all_heard("ana"))
        await s.cancel_gathering()
        assert (await session(s)).state == "cancelled"
        assert announced(s)[0].startswith("Annulée : Dire non")
        [told] = told_of(s, "bo")
        assert told.startswith("La rencontre « Dire non » est annulée.")
        [noticed] = s.all_heard("ana")[heard:]
        assert "a été annulée à la main dans le calendrier du groupe" in noticed
        await s.wait(days=20)
        assert len(told_of(s, "bo")) == 1
        assert len(s.native.written) == 1


async def test_who_changed_it_there_is_not_told_as_others_are(tmp_path: Path) -> None:
    async with stage(tmp_path, native=True) as s:
        await there(s)
        await s.press("ana", "Je viens")
        heard = len(s.all_heard("ana"))
        await s.move_gathering(FRIDAY, person="bo")
        assert told_of(s, "bo") == []
        # Ana comes, and planned it: one message is enough.
        assert len(s.all_heard("ana")) == heard + 1


async def test_in_english(tmp_path: Path) -> None:
    async with stage(tmp_path, native=True, language="en") as s:
        await planned(s, "!veillee session plan Saying no | Thursday 14 January 12:00 | 1 h 30", "Announce it")
        await s.move_gathering(FRIDAY)
        assert s.heard("ana").startswith("“Saying no” was changed by hand in the group’s calendar.")
        await s.cancel_gathering()
        assert s.heard("ana").startswith("“Saying no” was cancelled by hand in the group’s calendar.")


async def test_once_whoever_planned_it_is_gone_facilitators_hear_of_it(tmp_path: Path) -> None:
    async with stage(tmp_path, native=True, facilitators=("bo",)) as s:
        await there(s)
        await s.leave("ana")
        await s.move_gathering(FRIDAY)
        assert any("à la main" in heard for heard in s.all_heard("bo"))


# -- what changes nothing ------------------------------------------------------------------------------------


async def test_past_or_under_way_it_changes_no_more(tmp_path: Path) -> None:
    async with stage(tmp_path, native=True) as s:
        await there(s)
        await wait_until(s, NOON + timedelta(minutes=10))
        heard = len(s.all_heard("bo"))
        await s.change_gathering(title="Dire oui")
        await wait_until(s, NOON + timedelta(days=1))
        await s.cancel_gathering()
        kept = await session(s)
        assert (kept.theme, kept.state, kept.sequence) == ("Dire non", "planned", 0)
        assert len(s.all_heard("bo")) == heard


async def test_moved_into_the_past_there_it_stays_where_it_was(tmp_path: Path) -> None:
    async with stage(tmp_path, native=True) as s:
        await there(s)
        await s.move_gathering(datetime(2027, 1, 2, 17, 0, tzinfo=UTC))
        assert (await session(s)).starts == NOON
        assert told_of(s, "bo") == []


@pytest.mark.parametrize("title", ["", "   ", "🎉"])
async def test_a_title_without_words_is_no_theme(tmp_path: Path, title: str) -> None:
    async with stage(tmp_path, native=True) as s:
        await there(s)
        await s.change_gathering(title=title)
        assert (await session(s)).theme == "Dire non"


async def test_what_is_typed_there_is_text_and_nothing_else(tmp_path: Path) -> None:
    async with stage(tmp_path, native=True) as s:
        await there(s)
        await s.change_gathering(title="@everyone { $theme } **x**\n\n" + "é" * 400, place="<@bo>\n" + "p" * 400)
        kept = await session(s)
        assert kept.theme.startswith("@everyone { $theme } **x** é")
        assert len(kept.theme) == len(kept.place) == 300
        assert "@everyone { $theme } **x** é" in announced(s)[0]


async def test_a_gathering_that_is_not_ours(tmp_path: Path) -> None:
    async with stage(tmp_path, native=True) as s:
        await there(s)
        real = shown(s)
        s.native.gatherings["other"] = replace(s.native.gatherings[s.gathering()], gathering=replace(real, title="X"))
        await s.change_gathering("other", cancelled=True)
        await s.interested("bo", "other")
        assert (await session(s)).state == "planned"
        assert len(await s.kept(Rsvp)) == 2


async def test_one_of_another_community(tmp_path: Path) -> None:
    async with stage(tmp_path, native=True) as s:
        await second_community(s)
        await there(s)
        # As if told from the room of the other community.
        s.native.gatherings[s.gathering()].room = "den"
        await s.cancel_gathering()
        await s.interested("eve")
        assert (await session(s)).state == "planned"
        assert len(await s.kept(Rsvp)) == 2

"""What is done in the platform's own calendar is noticed, and done here as well."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.chat.content import Gathering
from bot.chat.events import Someone
from bot.model.activity import Activity
from bot.model.community import Person
from bot.model.session import Mirrored, Rsvp, Session
from bot.ports import TryLater
from tests.features.sessions.acts import SAY_NO, announced, planned, reminders, second_community, stage, wait_until
from tests.features.sessions.test_mirroring import NOON, again, stands
from tests.stage import Stage

FRIDAY = NOON + timedelta(days=1)


async def there(s: Stage) -> Session:
    """Announced, put there; Bo comes, Cleo may, and both platforms have gone quiet."""
    await planned(s)
    await s.press("bo", "Je viens")
    await s.press("cleo", "Peut-être")
    return await session(s)


async def session(s: Stage) -> Session:
    return (await s.kept(Session))[0]


def shown(s: Stage) -> Gathering:
    return s.native.gatherings[s.gathering()].gathering


def told_of(s: Stage, person: str) -> list[str]:
    """All that they were told, but for the answers to their own clicks."""
    return [heard for heard in s.all_heard(person) if not heard.startswith("C’est noté")]


async def moved_by_command(s: Stage, when: str) -> None:
    await s.tell("ana", f"rencontre déplacer 1 | {when}")
    await s.press("ana", "Déplacer la rencontre")


# -- followed ------------------------------------------------------------------------------------------------


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


# -- whose change it is --------------------------------------------------------------------------------------


async def test_late_news_of_an_older_change_of_ours_undoes_nothing(tmp_path: Path) -> None:
    async with stage(tmp_path, native=True) as s:
        await there(s)
        s.native.deaf = True
        states = [shown(s)]
        for when in ("vendredi 15 janvier à 12 h", "vendredi 15 janvier à 14 h", "vendredi 15 janvier à 16 h"):
            await moved_by_command(s, when)
            states.append(shown(s))
        heard = len(s.all_heard("bo"))
        for state in states:
            for _ in range(2):
                await s.native.tell_of(s.gathering(), state)
                await s.app.settle()
        assert (await session(s)).starts == FRIDAY + timedelta(hours=4)
        assert (await session(s)).sequence == 3
        assert len(s.all_heard("bo")) == heard
        [kept] = await s.kept(Mirrored)
        assert (kept.stands, kept.put) == (states[-1], ())


async def test_moved_back_by_hand_to_where_we_had_put_it_before(tmp_path: Path) -> None:
    async with stage(tmp_path, native=True) as s:
        await there(s)
        await moved_by_command(s, "vendredi 15 janvier à 12 h")
        assert (await session(s)).starts == FRIDAY
        await s.move_gathering(NOON)
        assert (await session(s)).starts == NOON
        assert (await session(s)).sequence == 2


async def slow(*_args: Any, **_rest: Any) -> str:
    raise TryLater("too many requests")


async def test_a_change_there_loses_to_one_of_ours_that_waits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with stage(tmp_path, native=True) as s:
        await there(s)
        monkeypatch.setattr(s.native, "hold", slow)
        await moved_by_command(s, "vendredi 15 janvier à 14 h")
        await s.change_gathering(title="Dire oui")
        assert (await session(s)).theme == "Dire non"
        monkeypatch.undo()
        again(s)
        await s.app.settle()
        assert stands(s) == [
            ("Dire non", FRIDAY + timedelta(hours=2), FRIDAY + timedelta(hours=3, minutes=30), "Salon bleu", False)
        ]
        kept = await session(s)
        assert (kept.theme, kept.starts, kept.sequence) == ("Dire non", FRIDAY + timedelta(hours=2), 1)


async def test_cancelled_there_while_a_change_of_ours_waits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with stage(tmp_path, native=True) as s:
        await there(s)
        monkeypatch.setattr(s.native, "hold", slow)
        await moved_by_command(s, "vendredi 15 janvier à 14 h")
        await s.cancel_gathering()
        monkeypatch.undo()
        again(s)
        await s.app.settle()
        assert (await session(s)).state == "cancelled"
        assert shown(s).cancelled
        assert len(s.native.written) == 1


async def test_a_change_there_just_before_ours_was_overwritten_by_it(tmp_path: Path) -> None:
    async with stage(tmp_path, native=True) as s:
        await there(s)
        before = shown(s)
        s.native.deaf = True
        await moved_by_command(s, "vendredi 15 janvier à 14 h")
        # Its news comes after ours was put there, and before the news of ours.
        await s.native.tell_of(s.gathering(), replace(before, title="Dire oui"))
        await s.app.settle()
        await s.native.tell_of(s.gathering(), shown(s))
        await s.app.settle()
        kept = await session(s)
        assert (kept.theme, kept.starts, kept.sequence) == ("Dire non", FRIDAY + timedelta(hours=2), 1)
        # What comes after the news of ours is later.
        s.native.deaf = False
        await s.change_gathering(title="Dire oui")
        assert (await session(s)).theme == "Dire oui"
        assert (await session(s)).starts == FRIDAY + timedelta(hours=2)


async def test_where_news_of_our_own_changes_never_comes(tmp_path: Path) -> None:
    async with stage(tmp_path, native=True) as s:
        await there(s)
        s.native.deaf = True
        await moved_by_command(s, "vendredi 15 janvier à 14 h")
        s.native.deaf = False
        await s.wait(minutes=1)
        await s.change_gathering(title="Dire oui")
        assert (await session(s)).theme == "Dire oui"


async def test_changed_there_right_after_it_was_put_there(tmp_path: Path) -> None:
    """No news tells that we put it there, and nobody could have changed it before."""
    async with stage(tmp_path, native=True) as s:
        await planned(s)
        await s.change_gathering(title="Dire oui")
        assert (await session(s)).theme == "Dire oui"


async def test_a_change_whose_answer_was_lost_does_not_undo_what_came_after(tmp_path: Path) -> None:
    async with stage(tmp_path, native=True) as s:
        await there(s)
        real = s.native.hold

        async def lost(*args: Any, **rest: Any) -> str:
            await real(*args, **rest)
            raise TryLater("the answer never came")

        s.native.hold = lost  # type: ignore[method-assign]
        await moved_by_command(s, "vendredi 15 janvier à 14 h")
        await s.move_gathering(FRIDAY)
        s.native.hold = real  # type: ignore[method-assign]
        again(s)
        await s.app.settle()
        assert (await session(s)).starts == shown(s).starts == FRIDAY


async def test_after_a_change_there_ours_go_there_again(tmp_path: Path) -> None:
    async with stage(tmp_path, native=True) as s:
        await there(s)
        await s.move_gathering(FRIDAY)
        await moved_by_command(s, "jeudi 14 janvier à 12 h")
        assert shown(s).starts == NOON
        assert (await session(s)).sequence == 2


async def test_as_the_platform_is_able_to_show_it(tmp_path: Path) -> None:
    async with stage(tmp_path, native=True) as s:
        long = "Ce que nous faisons quand un bailleur de fonds demande tout autre chose que nous, et encore plus loin"
        link = "https://exemple.org/une/adresse/" + "tres-longue-" * 12
        await planned(s, f"!veillee rencontre planifier {long} | jeudi 14 janvier 12 h | 1 h 30 | {link}")
        as_given = shown(s)
        for as_shown in (
            replace(as_given, title=long[:80] + "…", about=""),
            replace(as_given, place="exemple.org"),
            replace(as_given, place=""),
            replace(as_given, ends=as_given.starts),
        ):
            await s.native.tell_of(s.gathering(), as_shown)
            await s.app.settle()
        kept = await session(s)
        assert (kept.theme, kept.place, kept.minutes, kept.sequence) == (long, link, 90, 0)


@pytest.mark.parametrize("typed", ["#Salon bleu", "salon bleu", "<#77>", "https://discord.com/channels/5/77", "77"])
async def test_a_voice_room_by_any_of_its_names_is_the_same_place(tmp_path: Path, typed: str) -> None:
    async with stage(tmp_path, native=True) as s:
        await planned(s, SAY_NO.replace("Salon bleu", typed))
        names = "<#77>" if typed == "77" else "#Salon bleu"
        await s.native.tell_of(s.gathering(), replace(shown(s), place=names), voice="77")
        await s.app.settle()
        assert (await session(s)).sequence == 0
        await s.change_gathering(place="#Salon vert")
        assert (await session(s)).place == "#Salon vert"


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


# -- on two platforms ----------------------------------------------------------------------------------------


async def test_the_other_platform_follows_and_nothing_goes_back_and_forth(tmp_path: Path) -> None:
    async with stage(tmp_path, native=True, elsewhere={"elsewhere": [Someone("dina", "Dina")]}) as s:
        await there(s)
        other = s.on("elsewhere")
        assert stands(other) == stands(s)
        await other.press("dina", "Je viens")
        await s.move_gathering(FRIDAY)
        assert [starts for _, starts, *_ in stands(other)] == [FRIDAY]
        assert (len(s.native.written), len(other.native.written)) == (1, 2)
        assert "vendredi 15 janvier" in announced(other)[0]
        assert "est déplacée" in other.heard("dina")
        await other.change_gathering(title="Dire oui")
        assert [title for title, *_ in stands(s)] == ["Dire oui"]
        assert (len(s.native.written), len(other.native.written)) == (2, 2)
        assert (await session(s)).sequence == 2
        await other.cancel_gathering()
        assert shown(s).cancelled
        assert (len(s.native.written), len(other.native.written)) == (3, 2)


async def test_changed_on_both_at_once_they_end_alike(tmp_path: Path) -> None:
    async with stage(tmp_path, native=True, elsewhere={"elsewhere": [Someone("dina", "Dina")]}) as s:
        await there(s)
        other = s.on("elsewhere")
        await s.native.change_gathering("", s.gathering(), title="Ici")
        await other.native.change_gathering("", other.gathering(), title="Là")
        await s.app.settle()
        kept = await session(s)
        assert stands(s) == stands(other)
        assert stands(s)[0][0] == kept.theme
        assert kept.theme in ("Ici", "Là")


# -- interest ------------------------------------------------------------------------------------------------


async def test_interest_is_a_maybe(tmp_path: Path) -> None:
    async with stage(tmp_path, native=True) as s:
        await planned(s)
        await s.interested("bo")
        await s.interested("bo")
        [rsvp] = await s.kept(Rsvp)
        assert (rsvp.answer, rsvp.by_interest) == ("maybe", True)
        assert "Viennent : 0 · Peut-être : 1" in announced(s)[0]
        assert len(await s.kept(Activity, kind="rsvp")) == 1
        assert told_of(s, "bo") == []
        await s.interested("bo", withdrawn=True)
        assert await s.kept(Rsvp) == []
        assert await s.kept(Activity, kind="rsvp") == []
        assert "Peut-être : 1" not in announced(s)[0]


@pytest.mark.parametrize("label", ["Je viens", "Peut-être", "Je ne peux pas"])
@pytest.mark.parametrize("first", [True, False])
async def test_interest_changes_no_answer(tmp_path: Path, label: str, *, first: bool) -> None:
    async with stage(tmp_path, native=True) as s:
        await planned(s)
        if first:
            await s.interested("bo")
        await s.press("bo", label)
        answer = (await s.kept(Rsvp))[0].answer
        assert answer == {"Je viens": "yes", "Peut-être": "maybe", "Je ne peux pas": "no"}[label]
        if not first:
            await s.interested("bo")
        await s.interested("bo", withdrawn=True)
        assert [r.answer for r in await s.kept(Rsvp)] == [answer]


async def test_interest_of_someone_never_seen(tmp_path: Path) -> None:
    async with stage(tmp_path, native=True) as s:
        await planned(s)
        s.native.rooms["hall"].members["zoe"] = "Zoé"
        await s.interested("zoe")
        assert "Peut-être : 1" in announced(s)[0]
        assert [p.name for p in await s.kept(Person, external="zoe")] == ["Zoé"]


async def test_interest_in_what_is_over_or_cancelled(tmp_path: Path) -> None:
    async with stage(tmp_path, native=True) as s:
        await planned(s)
        await wait_until(s, NOON + timedelta(hours=2))
        await s.interested("bo")
        assert await s.kept(Rsvp) == []


async def test_who_showed_interest_is_reminded(tmp_path: Path) -> None:
    async with stage(tmp_path, native=True) as s:
        await planned(s)
        await s.interested("bo")
        await wait_until(s, NOON)
        assert len(reminders(s, "bo")) == 1

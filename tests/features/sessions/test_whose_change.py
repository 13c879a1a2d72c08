"""News from a platform's calendar is not always what it seems: no change of ours is undone, and none comes back."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.chat.events import Someone
from bot.model.session import Mirrored
from bot.ports import TryLater
from tests.features.sessions.acts import SAY_NO, announced, planned, stage
from tests.features.sessions.calendar_acts import (
    FRIDAY,
    NOON,
    again,
    moved_by_command,
    session,
    shown,
    stands,
    there,
)


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

"""Three a week at most: what does not fit waits, comes with something else, or is left."""

from datetime import timedelta
from pathlib import Path

import pytest

from bot.chat.capabilities import Level
from bot.model.attention import Request
from bot.model.community import Community, Person
from bot.model.flow import Outbox
from tests.features.attention.acts import ask, asked, busy, rows, stage


async def test_the_fourth_of_a_week_waits_and_comes_once_there_is_room(tmp_path: Path) -> None:
    async with stage(tmp_path) as s:
        await busy(s, "bo")
        await ask(s, "pulse", "x1", "bo", useful=timedelta(days=20))
        assert asked(s, "bo") == ["w0", "w1", "w2"]
        assert (await rows(s, "bo"))["x1"] == ("waits", "room")
        await s.wait(days=6, hours=20)
        assert len(asked(s, "bo")) == 3
        await s.wait(hours=5)
        assert asked(s, "bo") == ["w0", "w1", "w2", "x1"]
        assert asked(s, "cleo") == [], "whom nobody asked anything"


async def test_what_is_of_no_more_use_by_then_is_left_and_a_row_says_so(tmp_path: Path) -> None:
    async with stage(tmp_path) as s:
        await busy(s, "bo")
        await ask(s, "story", "x1", "bo", useful=timedelta(days=2))
        await s.wait(days=10)
        assert asked(s, "bo") == ["w0", "w1", "w2"]
        assert (await rows(s, "bo"))["x1"] == ("dropped", "room")


async def test_what_waits_comes_in_one_message_the_dearest_first(tmp_path: Path) -> None:
    async with stage(tmp_path) as s:
        await busy(s, "bo")
        await ask(s, "pulse", "x1", "bo", useful=timedelta(days=20))
        await ask(s, "story", "y1", "bo", useful=timedelta(days=20))
        await ask(s, "reminder", "z1", "bo", useful=timedelta(days=20))
        await s.wait(days=7)
        [together] = s.all_heard("bo")[3:]
        assert together.startswith("J’ai plusieurs choses pour toi.")
        assert asked(s, "bo")[-1] == "z1 y1 x1 z1] y1] x1]"
        states = await rows(s, "bo")
        assert [states[key][0] for key in ("z1", "y1", "x1")] == ["sent", "merged", "merged"]
        assert len({r.message for r in await s.kept(Request) if r.key in ("x1", "y1", "z1")}) == 1
        await s.wait(days=1)
        await ask(s, "pulse", "x2", "bo")
        await ask(s, "pulse", "x3", "bo")
        assert asked(s, "bo")[-2:] == ["x2", "x3"], "the three together cost one"


@pytest.mark.parametrize("buttons", [Level.NATIVE, Level.FALLBACK])
async def test_each_of_them_opens_whole(tmp_path: Path, buttons: Level) -> None:
    async with stage(tmp_path, buttons=buttons, language="en") as s:
        await busy(s, "bo")
        for kind, what in (("story", "x1"), ("story", "x2"), ("reminder", "y1")):
            await ask(s, kind, what, "bo", useful=timedelta(days=20))
        await s.wait(days=7)
        assert "I have a few things for you." in s.heard("bo")
        opened = (await s.press("bo", "See x2")) if buttons is Level.NATIVE else (await s.tell("bo", "3"))
        assert opened.startswith("Whole x2")
        if buttons is Level.NATIVE:
            assert (await s.press("bo", "See y1")).startswith("Whole y1")
            assert "How often may I write to you" in await s.press("bo", "Write to me less")
        assert len(await s.kept(Outbox, purpose="attention.together")) == 1


async def test_several_at_the_same_hour_come_in_one_message(tmp_path: Path) -> None:
    async with stage(tmp_path) as s:
        async with s.store.unit() as unit:
            [community] = await unit.find(Community)
            ctx = s.app.unasked.context(unit, community, cause="test")
            everyone = await ctx.members()
            for kind, what in (("pulse", "x1"), ("reminder", "y1")):
                until = s.clock.now() + timedelta(days=1)
                await ctx.request(everyone, f"test.{kind}", key=what, until=until, what=what)
        await s.app.unasked.plan()
        await s.app.settle()
        assert [len(s.all_heard(person)) for person in ("ana", "bo", "cleo")] == [1, 1, 1]
        assert asked(s, "bo") == ["y1 x1 y1] x1]"]


async def test_nothing_left_to_ask_by_then(tmp_path: Path) -> None:
    async with stage(tmp_path) as s:
        await ask(s, "story", "nothing", "bo")
        assert s.all_heard("bo") == []
        assert await rows(s, "bo") == {"nothing": ("dropped", "over")}


async def test_asked_once_for_each_key(tmp_path: Path) -> None:
    async with stage(tmp_path) as s:
        await ask(s, "story", "w0", "bo")
        await ask(s, "story", "w0", "bo")
        assert asked(s, "bo") == ["w0"]


async def test_after_an_outage_what_is_still_useful_comes_together(tmp_path: Path) -> None:
    async with stage(tmp_path) as s:
        await busy(s, "bo")
        await ask(s, "pulse", "x1", "bo", useful=timedelta(days=3))
        await ask(s, "story", "y1", "bo", useful=timedelta(days=20))
        await ask(s, "story", "y2", "bo", useful=timedelta(days=20))
        await s.sleep(days=9)
        assert len(s.all_heard("bo")) == 4, "one message, however long it was"
        states = await rows(s, "bo")
        assert {key: states[key] for key in ("x1", "y1", "y2")} == {
            "x1": ("dropped", "room"), "y1": ("sent", ""), "y2": ("merged", ""),
        }  # fmt: skip


async def test_what_waited_heeds_quiet_hours_pauses_and_the_wish_of_that_moment(tmp_path: Path) -> None:
    async with stage(tmp_path, quiet_hours={"start": "09:30", "end": "16:00"}) as s:
        await busy(s, "bo")  # from ten to noon, as somebody asked it right then
        await ask(s, "pulse", "x1", "bo", useful=timedelta(days=20))
        await s.wait(days=7, hours=2)
        assert len(asked(s, "bo")) == 3
        await s.wait(hours=3)
        assert len(asked(s, "bo")) == 4
        [sent] = await s.kept(Request, key="x1")
        assert sent.sent_at is not None
        assert sent.sent_at.hour == 21, "16 h in Montréal"


async def test_a_pause_holds_up_what_waits_and_its_end_lets_it_go(tmp_path: Path) -> None:
    async with stage(tmp_path) as s:
        await busy(s, "bo")
        await ask(s, "pulse", "x1", "bo", useful=timedelta(days=30))
        await s.tell("ana", "pause")
        await s.wait(days=10)
        assert len(asked(s, "bo")) == 3
        await s.tell("ana", "reprendre")
        assert asked(s, "bo")[3:] == ["x1"]


async def test_who_left_and_whose_door_is_closed_are_not_written_to(tmp_path: Path) -> None:
    async with stage(tmp_path) as s:
        await busy(s, "bo")
        await busy(s, "cleo")
        await ask(s, "pulse", "x1", "bo", "cleo", useful=timedelta(days=20))
        await s.leave("bo")
        async with s.store.unit() as unit:
            [cleo] = await unit.find(Person, external="cleo")
            cleo.reachable = False
        await s.wait(days=9)
        assert (await rows(s, "bo"))["x1"] == ("dropped", "gone")
        assert (await rows(s, "cleo"))["x1"] == ("dropped", "closed")


async def test_the_clock_set_back_gives_no_room_that_there_was_not(tmp_path: Path) -> None:
    async with stage(tmp_path) as s:
        await s.wait(days=20)
        await busy(s, "bo")
        s.clock.set_to(s.clock.now() - timedelta(days=15))
        await ask(s, "reminder", "x1", "bo", useful=timedelta(days=30))
        assert len(asked(s, "bo")) == 3
        await s.wait(days=6)
        assert len(asked(s, "bo")) == 3
        await s.wait(days=2)
        assert asked(s, "bo")[3:] == ["x1"], "a week of days, whatever the clock said before"


async def test_rows_go_once_they_are_of_no_more_use(tmp_path: Path) -> None:
    async with stage(tmp_path) as s:
        await ask(s, "pulse", "w0", "bo")
        await s.wait(days=41)
        await s.app.unasked.plan()  # as every few hours
        assert len(await s.kept(Request)) == 1
        await s.wait(days=3)
        assert await s.kept(Request) == []


async def test_it_may_be_never(tmp_path: Path) -> None:
    async with stage(tmp_path, attention={"per_week": 0}) as s:
        await ask(s, "reminder", "w0", "bo")
        assert s.all_heard("bo") == []
        assert await rows(s, "bo") == {"w0": ("dropped", "room")}
        assert "je n’écris à personne de moi-même" in await s.tell("bo", "messages")



async def test_the_seventh_that_waits_comes_a_week_after_the_six_before_it(tmp_path: Path) -> None:
    async with stage(tmp_path) as s:
        await s.tell("bo", "messages moins")
        for number in range(8):
            await ask(s, "pulse", f"w{number}", "bo", useful=timedelta(days=20))
        await s.wait(days=7)
        assert [state for state, _ in (await rows(s, "bo")).values()].count("merged") == 5
        await s.wait(days=7)
        assert (await rows(s, "bo"))["w7"] == ("sent", "")

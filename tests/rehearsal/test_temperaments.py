"""Each temperament does what it is for, told by what comes of it."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from adapters.rehearsal.acts import Press, Tell
from adapters.rehearsal.platform import BOT
from bot.chat.content import File
from bot.model.community import Person
from bot.model.pulse import Pulse
from bot.model.rhythm import Due
from bot.model.session import Attendance, Rsvp, Session
from bot.model.story import Story
from bot.rehearsal import ROOM, Rehearsal, rehearsal
from tests.rehearsal.season import played, said_in_room, season, words

SESSION = {"theme": "Dire non à un bailleur de fonds", "when": "jeudi 4 février à 12 h", "length": "1 h 30"}


async def test_who_only_reads_writes_nothing(tmp_path: Path) -> None:
    async with played(season({"reads_only": 4}, sessions=[SESSION]), tmp_path) as p:
        assert all(not said_in_room(p, person=m.person) for m in p.members)
        assert said_in_room(p), "and yet Veillée speaks"


async def test_who_clicks_answers_sessions_and_pulses_without_a_word(tmp_path: Path) -> None:
    async with played(season({"clicks": 12}, sessions=[SESSION]), tmp_path) as p:
        async with p.store.unit() as unit:
            assert await unit.count(Rsvp) >= 6
            pulses = await unit.find(Pulse, state="closed")
        assert any(sum(pulse.counts) >= 5 for pulse in pulses)
        members = {m.person for m in p.members}
        assert not [s for s in p.platform.said if s.room == ROOM and s.person in members]


async def test_stories_are_told_shown_back_and_shared_at_the_hour(tmp_path: Path) -> None:
    async with played(season({"tells_stories": 5}, sessions=[SESSION]), tmp_path) as p:
        async with p.store.unit() as unit:
            assert await unit.count(Story) >= 3
        announced = next(s for s in said_in_room(p) if "Dire non" in words(s))
        shared = [s for s in said_in_room(p) if s.thread == announced.id and "raconte" in words(s)]
        told = [s for s in said_in_room(p) if s.thread == announced.id and words(s).startswith("Sans nom")]
        assert shared or told


async def test_what_is_told_aloud_is_kept_as_the_community_wants_it(tmp_path: Path) -> None:
    planned = season({"reads_only": 2}, sessions=[SESSION])
    stories = planned.community.stories.model_copy(update={"attachments": "folder"})
    community = planned.community.model_copy(update={"stories": stories})
    planned = planned.model_copy(update={"community": community})
    async with rehearsal(planned, 1, tmp_path / "veillee.db") as p:
        await p.play(planned.opens + timedelta(days=5))
        for member, choice in zip(p.members, ("À mon nom", "Sans nom"), strict=True):
            await p.perform(member.person, Tell("récit 1"))
            await pressed(p, member.person, "Note vocale")
            voice = File("v.ogg", "audio/ogg", b"OggS " + member.name.encode(), f"voice/{member.person}")
            await p.perform(member.person, Tell("", (voice,)))
            await pressed(p, member.person, choice)
        assert len(p.copies.files) == 2
        await p.play(planned.ends)
        shown = [f.data for s in said_in_room(p) if s.message for f in s.message.files if f.mime == "audio/ogg"]
        assert sorted(shown) == sorted(b"OggS " + m.name.encode() for m in p.members)
        assert list(p.copies.files.values()) == [b"OggS " + p.members[0].name.encode()], "what bears no name goes"


async def pressed(p: Rehearsal, person: str, label: str) -> None:
    for said in reversed(p.platform.seen_by(person)):
        labels = [choice.label for choice in said.message.choices] if said.message else []
        if label in labels:
            await p.perform(person, Press(said.id, labels.index(label)))
            return
    raise AssertionError(f"no button {label!r}")


async def test_facilitators_plan_confirm_and_note_who_came(tmp_path: Path) -> None:
    async with played(season({"chatty": 6}, sessions=[SESSION]), tmp_path) as p, p.store.unit() as unit:
        [planned] = await unit.find(Session)
        assert (planned.state, planned.theme) == ("planned", SESSION["theme"])
        assert await unit.count(Attendance) >= 3


async def test_a_session_is_moved_as_the_season_says(tmp_path: Path) -> None:
    moved = SESSION | {"moved_to": "vendredi 5 février à 12 h", "moved_on": 3}
    async with played(season({"chatty": 2}, sessions=[moved]), tmp_path) as p:
        async with p.store.unit() as unit:
            [session] = await unit.find(Session)
        assert session.starts.isoformat() == "2027-02-05T17:00:00+00:00"


async def test_closed_direct_messages_break_nothing(tmp_path: Path) -> None:
    async with played(season({"closed_direct_messages": 3, "chatty": 1}, sessions=[SESSION]), tmp_path) as p:
        closed = [m for m in p.members if p.kinds[m.name] == "closed_direct_messages"]
        for member in closed:
            assert not [s for s in p.platform.said if s.room == f"direct-{member.person}" and s.person == BOT]
            assert said_in_room(p, person=member.person) or any(c.name == member.name for c in p.pressed)
        async with p.store.unit() as unit:
            assert await unit.count(Due, state="failed") == 0


async def test_who_mistypes_is_helped(tmp_path: Path) -> None:
    async with played(season({"mistypes": 3}, weeks=4), tmp_path) as p:
        answers = [words(s) for s in said_in_room(p) if s.answers]
        assert any("Voulais-tu dire" in answer for answer in answers)


async def test_who_joins_in_week_5_is_greeted_in_week_5_once_and_together(tmp_path: Path) -> None:
    async with played(season({"joins_in_week_5": 2, "reads_only": 1}, weeks=6), tmp_path) as p:
        newcomers = [m.name for m in p.members if p.kinds[m.name] == "joins_in_week_5"]
        welcomes = [s for s in said_in_room(p) if words(s).startswith("Bienvenue")]
        greetings = [s for s in welcomes if any(name in words(s) for name in newcomers)]
        assert len(greetings) == 1
        assert all(name in words(greetings[0]) for name in newcomers)
        assert 28 <= (greetings[0].at - p.season.opens).days < 35


async def test_who_leaves_is_gone_and_who_comes_back_is_greeted_as_such(tmp_path: Path) -> None:
    async with played(season({"leaves": 1, "comes_back": 1}, weeks=8), tmp_path) as p:
        by_kind = {p.kinds[m.name]: m for m in p.members}
        async with p.store.unit() as unit:
            present = {one.external: one.present for one in await unit.find(Person)}
        assert not present[by_kind["leaves"].person]
        assert present[by_kind["comes_back"].person]
        assert f"Bon retour, {by_kind['comes_back'].name}." in [words(s).split("\n")[0] for s in said_in_room(p)]


async def test_who_answers_late_answers_all_the_same(tmp_path: Path) -> None:
    async with played(season({"answers_late": 8}, sessions=[SESSION], weeks=3), tmp_path) as p:
        late = [s for m in p.members for s in said_in_room(p, person=m.person) if s.thread]
        asked = {s.id: s.at for s in said_in_room(p)}
        delays = [(s.at - asked[s.thread]).total_seconds() / 3600 for s in late if s.thread in asked]
        assert delays
        assert max(delays) > 24


async def test_nothing_of_ours_goes_wrong_in_a_whole_season(tmp_path: Path) -> None:
    from bot.model.flow import Inbox
    from bot.season import example

    async with played(example("en"), tmp_path, seed=7) as p, p.store.unit() as unit:
        assert await unit.count(Inbox, state="failed") == 0
        assert await unit.count(Due, state="failed") == 0

"""Where a reaction stands for a click: taking it away takes back what it said."""

from pathlib import Path
from typing import Any

import pytest

from adapters.rehearsal.platform import BOT
from bot.chat.capabilities import Level
from bot.chat.events import MessageRemoved, ReactionAdded
from bot.model.activity import Activity
from bot.model.session import Rsvp, RsvpSign
from bot.ports import Batch
from tests.features.sessions.acts import ENGLISH, SAY_NO, announced, announcements, stage
from tests.stage import Stage

REACTIONS = Level.FALLBACK


async def react(s: Stage, person: str, emoji: str) -> str:
    reaction = await s.platform.add_reaction(person, announcements(s)[0].id, emoji)
    await s.app.settle()
    return reaction


async def take_back(s: Stage, person: str, reaction: str) -> None:
    await s.platform.take_back(person, reaction)
    await s.app.settle()


async def planned(s: Stage, typed: str = SAY_NO) -> None:
    await s.say("ana", typed)
    await s.tell("ana", "1")


async def answers(s: Stage) -> list[str]:
    return [r.answer for r in await s.kept(Rsvp)]


async def test_taken_back_there_is_no_answer(tmp_path: Path) -> None:
    async with stage(tmp_path, buttons=REACTIONS) as s:
        await planned(s)
        yes = await react(s, "bo", "✅")
        await react(s, "cleo", "✅")
        assert "Viennent : 2" in announced(s)[0]
        said = len(s.platform.said)
        await take_back(s, "bo", yes)
        assert "Viennent : 1" in announced(s)[0]
        assert len(await s.kept(Activity, kind="rsvp")) == 1, "who takes it back did not answer"
        assert len(s.platform.said) == said, "the count that changes says it"
        assert await answers(s) == ["yes"]


async def test_one_in_place_of_another_in_whichever_order(tmp_path: Path) -> None:
    async with stage(tmp_path, buttons=REACTIONS) as s:
        await planned(s)
        yes = await react(s, "bo", "✅")
        await react(s, "bo", "❌")
        await take_back(s, "bo", yes)
        assert await answers(s) == ["no"]
        maybe = await react(s, "cleo", "🤔")
        await take_back(s, "cleo", maybe)
        await react(s, "cleo", "✅")
        assert await answers(s) == ["no", "yes"]


async def test_the_one_before_it_still_stands(tmp_path: Path) -> None:
    async with stage(tmp_path, buttons=REACTIONS) as s:
        await planned(s)
        await react(s, "bo", "✅")
        maybe = await react(s, "bo", "🤔")
        no = await react(s, "bo", "❌")
        await take_back(s, "bo", maybe)
        assert await answers(s) == ["no"]
        await take_back(s, "bo", no)
        assert await answers(s) == ["yes"], "it can still be seen under the announcement"
        assert "Viennent : 1" in announced(s)[0]


async def test_what_was_said_since_in_words_is_not_taken_back(tmp_path: Path) -> None:
    async with stage(tmp_path, buttons=REACTIONS) as s:
        await planned(s)
        yes = await react(s, "bo", "✅")
        await s.tell("bo", "peut-être")
        await take_back(s, "bo", yes)
        assert await answers(s) == ["maybe"]
        assert await s.kept(RsvpSign) == []


async def test_taken_away_by_a_moderator(tmp_path: Path) -> None:
    async with stage(tmp_path, buttons=REACTIONS) as s:
        await planned(s)
        yes = await react(s, "bo", "✅")
        await react(s, "ana", "✅")
        await take_back(s, "ana", yes)
        assert "Viennent : 1" in announced(s)[0], "what can be seen is what counts"
        [row] = await s.kept(Rsvp)
        assert s.all_heard("bo") == []
        assert (await s.kept(RsvpSign))[0].person_id == row.person_id


@pytest.mark.parametrize(
    ("language", "typed", "said"),
    [
        ("fr", SAY_NO, "C’est retiré : pour « Dire non », c’est comme si rien n’avait été dit."),
        ("en", ENGLISH, "Taken back: for “Saying no”, it is as if nothing had been said."),
    ],
)
async def test_in_private_it_is_said(tmp_path: Path, language: str, typed: str, said: str) -> None:
    async with stage(tmp_path, buttons=REACTIONS, language=language) as s:
        await planned(s, typed)
        await react(s, "bo", "✅")
        await s.wait(days=9, hours=4)
        [reminder] = [m for m in s.bot_said("direct-bo") if [e for _, e in m.reactions] == ["❌"]]
        assert reminder.reactions == [(BOT, "❌")]
        no = await s.platform.add_reaction("bo", reminder.id, "❌")
        await s.app.settle()
        assert await answers(s) == ["no"]
        await take_back(s, "bo", no)
        assert await answers(s) == ["yes"], "the reaction in the room still stands"
        [room] = [r for r, (m, (who, _)) in s.platform._reactions.items() if who == "bo" and m.room == "hall"]
        again = await s.platform.add_reaction("bo", reminder.id, "❌")
        await take_back(s, "bo", room)
        await take_back(s, "bo", again)
        assert s.heard("bo") == said
        assert await answers(s) == []


async def test_gone_before_anything_could_be_made_of_it(tmp_path: Path) -> None:
    """Both come in together, as after a stop."""
    async with stage(tmp_path, buttons=REACTIONS) as s:
        await planned(s)
        await together(s, "bo")
        assert await answers(s) == []


async def together(s: Stage, person: str) -> None:
    base: dict[str, Any] = {"platform": s.platform.name, "room": "hall", "person": person, "at": s.clock.now()}
    click = ReactionAdded(id="sign", message=announcements(s)[0].id, emoji="✅", **base)
    gone = MessageRemoved(id="gone", message="sign", **base)
    await s.app.intake.take(s.platform.account, Batch([click, gone], "x"))
    await s.app.settle()


async def test_after_it_was_over_or_cancelled_nothing_changes(tmp_path: Path) -> None:
    async with stage(tmp_path, buttons=REACTIONS) as s:
        await planned(s)
        yes = await react(s, "bo", "✅")
        await s.wait(days=12)
        await take_back(s, "bo", yes)
        assert await answers(s) == ["yes"], "who came and when they answered is past"


async def test_who_left_may_tidy_up(tmp_path: Path) -> None:
    async with stage(tmp_path, buttons=REACTIONS) as s:
        await planned(s)
        await react(s, "bo", "✅")
        await s.wait(days=9, hours=4)
        [reminder] = [m for m in s.bot_said("direct-bo") if "❌" in [e for _, e in m.reactions]]
        no = await s.platform.add_reaction("bo", reminder.id, "❌")
        await s.app.settle()
        await s.leave("bo")
        heard = s.all_heard("bo")
        await take_back(s, "bo", no)
        assert s.all_heard("bo") == heard


async def test_being_forgotten_takes_the_reactions_along(tmp_path: Path) -> None:
    async with stage(tmp_path, buttons=REACTIONS) as s:
        await planned(s)
        await react(s, "bo", "✅")
        await s.tell("bo", "oublie-moi")
        await s.tell("bo", "1")
        assert await s.kept(RsvpSign) == []

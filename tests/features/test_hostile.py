"""What is not theirs to click, and rights that are no more."""

from pathlib import Path

import pytest

from bot.chat.events import Someone
from bot.model.community import Community, Person
from bot.model.pulse import PulseTaken
from bot.model.settings import Settings
from bot.model.story import SealedStory, Story
from tests.features.pulse.acts import asked
from tests.features.pulse.acts import stage as pulse_stage
from tests.features.stories.acts import planned
from tests.features.stories.acts import stage as story_stage
from tests.stage import HALL, Stage, stage


@pytest.mark.parametrize("choice", ["À mon nom", "Sans nom"])
async def test_who_facilitates_no_more_tells_no_story_for_another(tmp_path: Path, choice: str) -> None:
    async with story_stage(tmp_path) as s:
        await planned(s)
        await s.tell("ana", "récit pour 1 | Bo | Des mots que Bo n’a pas dits.")
        s.platform.rooms[HALL].levels["ana"] = 0
        assert "réservée aux personnes qui animent" in await s.press("ana", choice)
        assert await s.kept(Story) == []
        assert await s.kept(SealedStory) == []
        assert "Bo" not in s.heard("bo")


async def test_a_session_is_not_cancelled_by_who_facilitates_no_more(tmp_path: Path) -> None:
    async with story_stage(tmp_path) as s:
        session = await planned(s)
        await s.tell("ana", "rencontre annuler 1")
        s.platform.rooms[HALL].levels["ana"] = 0
        await s.press("ana", "Annuler la rencontre")
        [kept] = await s.kept(type(session))
        assert kept.state == "planned"


async def another_community(s: Stage, *people: str) -> None:
    await s.app.prepare([("autre", Settings(name="L’autre", zone="America/Montreal"))])
    members = [Someone(p, p.capitalize()) for p in people]
    await s.platform.open_room("cour", "La cour", community="autre", members=members)
    await s.app.settle()


async def test_a_pulse_is_not_answered_from_another_community(tmp_path: Path) -> None:
    async with pulse_stage(tmp_path) as s:
        await another_community(s, "zoe")
        await asked(s)
        said = next(m for m in s.bot_said("direct-bo") if m.message and len(m.message.choices) == 5)
        await s.platform.press("zoe", said.id, 0)
        await s.platform.press("quelquun", said.id, 0)
        await s.app.settle()
        assert await s.kept(PulseTaken, order="person_id") == []


async def test_the_right_asked_about_one_community_is_none_in_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ana facilitates the first, and is a member of both. While the platform is asked, the second writes to her: what
    she typed is read again then, as a member's of the second."""
    async with stage(tmp_path) as s:
        await another_community(s, "ana")
        await s.platform.say("ana", HALL, "!veillee mes données")
        await s.app.settle()
        level = s.platform.level

        async def slow(room: str, person: str) -> int:
            answer = await level(room, person)
            monkeypatch.setattr(s.platform, "level", level)
            async with s.app.store.unit() as unit:
                second = await unit.one(Community, slug="autre")
                assert second is not None
                ana = await unit.one(Person, community_id=second.id, external="ana")
                ctx = s.app.unasked.context(unit, second, cause="written meanwhile")
                assert ana is not None
                assert await ctx.direct(ana, ctx.here.say("done"), purpose="unread")
            await s.app.delivery.drain()
            return answer

        monkeypatch.setattr(s.platform, "level", slow)
        await s.platform.tell("ana", "plan")
        await s.app.settle()
        assert "réservée aux personnes qui animent" in s.heard("ana")
        assert len(await s.kept(Person, external="ana")) == 2

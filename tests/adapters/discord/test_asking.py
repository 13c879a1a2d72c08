"""Commands, buttons and sheets, as members meet them."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest

from bot.model.community import Person
from bot.model.flow import Inbox, Outbox
from bot.model.session import Rsvp, Session
from tests.adapters.discord.stage import OnDiscord, on_discord
from tests.adapters.discord.test_gatherings import announced, card
from tests.discord.interactions import COMPONENT, MODAL, Interaction, begin
from tests.discord.member import Member


def forged(stage: OnDiscord, person: Member, kind: int, **data: Any) -> Interaction:
    """What no client of Discord's would send."""
    return begin(stage.discord.world, kind, person.user, stage.hall, data)


async def test_help_is_for_whoever_asked_alone(stage: OnDiscord) -> None:
    asked = await stage.bo.slash(stage.hall, "help")
    said = await stage.answer(asked)
    assert asked.ephemeral
    assert "`/sessions`" in said
    assert not stage.said()


async def test_acknowledged_in_time_however_slow_the_database(stage: OnDiscord) -> None:
    async with stage.store.unit():
        asked = await stage.bo.slash(stage.hall, "help")
        await asked.acknowledgement()
        meanwhile = asked.thinking
        assert asked.acknowledged_after is not None
        assert asked.acknowledged_after < 3
    await asked.says("`/sessions`")
    assert asked.ephemeral
    assert (meanwhile, asked.thinking) == (True, False)
    assert not stage.told(stage.bo)


async def test_too_late_for_an_answer_it_is_told_in_private(stage: OnDiscord) -> None:
    async with stage.store.unit():
        asked = await stage.bo.slash(stage.hall, "help")
        await asked.acknowledgement()
        asked.expire()
    await stage.until(lambda: stage.told(stage.bo), "a direct message")
    assert "sessions" in stage.told(stage.bo)[0].content


async def test_one_click_answers_and_changes_one_message_in_place(stage: OnDiscord) -> None:
    await announced(stage)
    asked = await stage.bo.click(card(stage), "Je viens")
    said = await stage.answer(asked)
    assert asked.ephemeral
    assert "Dire non sans rompre" in said
    await stage.until(lambda: "Viennent" in card(stage).content, "the count")
    count = len(stage.said())
    await stage.answer(await stage.cleo.click(card(stage), "Peut-être"))
    await stage.until(lambda: "Peut-être\u00a0: 1" in card(stage).content, "both counts")
    assert len(stage.said()) == count
    assert {r.answer for r in await stage.kept(Rsvp)} == {"yes", "maybe"}


async def test_a_button_works_after_a_restart_and_says_so_kindly_once_it_is_over(stage: OnDiscord) -> None:
    await announced(stage)
    seen = card(stage)
    await stage.stop()
    await stage.start()
    await stage.answer(await stage.bo.click(seen, "Je viens"))
    assert [r.answer for r in await stage.kept(Rsvp)] == ["yes"]
    async with stage.store.unit() as unit:
        session = await unit.one(Session)
        assert session is not None
        session.state = "cancelled"  # long ago, and this message never showed it
    said = await stage.answer(await stage.cleo.click(seen, "Je viens"))
    assert "annulée" in said


async def test_an_introduction_by_a_sheet(stage: OnDiscord) -> None:
    asked = await (await stage.bo.slash(stage.hall, "introduce")).answer()
    assert asked.modal is not None
    drafted = await stage.bo.submit(asked, {"does": "I look after *newcomers* @everyone", "hopes": "To learn"})
    said = await stage.answer(drafted)
    assert drafted.ephemeral
    assert "newcomers" in said
    posted = await stage.answer(await stage.bo.click(drafted, drafted.messages[-1].controls[0]["label"]))
    await stage.until(lambda: stage.said(), "posted")
    assert "\\@everyone" in stage.said()[0].content or "@\u200beveryone" in stage.said()[0].content
    assert posted


@pytest.mark.parametrize("language", ["fr", "en-US"])
async def test_whom_nobody_knows_is_answered_and_not_kept(stage: OnDiscord, language: str) -> None:
    zoe = stage.discord.guild("Ailleurs").join("Zoé", locale=language)
    asked = await zoe.slash(zoe.direct, "help")
    said = await stage.answer(asked)
    assert ("Je ne te connais pas" if language == "fr" else "I don’t know you") in said
    await stage.until(lambda: asked.answered, "an answer")
    assert not await stage.kept(Person, name="Zoé")
    for _ in range(100):
        if not await stage.kept(Inbox, room=str(zoe.direct.id)) and not await stage.kept(Outbox, person=zoe.id):
            return
        await asyncio.sleep(0.05)
    raise AssertionError("something of it is kept")


@pytest.mark.parametrize(
    "custom_id", ["c/nonsense/99", "c//0", "c/x/notanumber", "nonsense", "", "c/" + "9" * 90, "f/sessions.plan/{}"]
)
async def test_a_forged_button_does_nothing(stage: OnDiscord, custom_id: str) -> None:
    asked = forged(stage, stage.bo, COMPONENT, custom_id=custom_id, component_type=2)
    await stage.answer(asked)
    assert asked.ephemeral
    assert await stage.answer(await stage.bo.slash(stage.hall, "help"))


@pytest.mark.parametrize(
    "custom_id",
    [
        "f/sessions.plan/{}",
        "f/sessions.plan/nonsense",
        "f/nonsense/{}",
        "f/sessions.draft-theme/[1]",
        "f/x.y/" + "{" * 50,
    ],
)
async def test_a_forged_sheet_does_nothing(stage: OnDiscord, custom_id: str) -> None:
    fields = [
        {"type": 18, "component": {"type": 4, "custom_id": name, "value": "demain à 18 h"}}
        for name in ("theme", "when", "length", "../../etc", "")
    ]
    asked = forged(stage, stage.bo, MODAL, custom_id=custom_id, components=fields)
    await stage.answer(asked)
    assert not await stage.kept(Session)
    assert not stage.said()


async def test_a_member_cannot_press_what_a_facilitator_was_shown(stage: OnDiscord) -> None:
    plan = {"theme": "Dire non", "when": "dans 3 jours à 18 h", "length": "1 h"}
    drafted = await stage.ana.slash(stage.hall, "session plan", **plan)
    await stage.answer(drafted)
    button = drafted.messages[-1].controls[0]["custom_id"]
    said = await stage.answer(forged(stage, stage.bo, COMPONENT, custom_id=button, component_type=2))
    assert "facilitat" in said
    assert not stage.said()


async def test_the_charter_opens_the_doors(tmp_path: Path) -> None:
    async with on_discord(tmp_path, begin=False) as stage:
        role = stage.guild.role("Membre")
        stage.guild.grant("manage_roles")
        stage.places["members"] = "Membre"
        await stage.start()
        asked = await stage.cleo.slash(stage.hall, "charte")
        await stage.answer(asked)
        await stage.answer(await stage.cleo.click(asked, "Je signe la charte"))
        await stage.until(lambda: stage.cleo.has(role), "the role")
        again = await stage.cleo.slash(stage.hall, "charte")
        await stage.answer(again)
        await stage.answer(await stage.cleo.click(again, "Reprendre ma signature"))
        await stage.until(lambda: not stage.cleo.has(role), "no role")


async def test_a_newcomer_is_greeted_in_the_room_and_in_private(tmp_path: Path) -> None:
    settings: dict[str, Any] = {"welcome": {"together_minutes": 0}, "quiet_hours": {"start": "00:00", "end": "00:00"}}
    async with on_discord(tmp_path, **settings) as stage:
        nour = stage.guild.join("Nour")
        shut = stage.guild.join("Sam")
        shut.close_dms()
        await stage.until(lambda: len(stage.told(nour)) == 2, "the first words, and the first steps", 20)
        await stage.until(lambda: all(f"<@{p.id}>" in "".join(m.content for m in stage.said()) for p in (nour, shut)))
        asked = await nour.click(stage.told(nour)[-1], "Me présenter")
        await asked.answer()
        assert asked.modal is not None


async def test_a_poll_of_discords_own(stage: OnDiscord) -> None:
    asked = await stage.ana.slash(stage.hall, "poll start", question="Quel soir ?", options="lundi | mardi")
    await stage.answer(asked)
    await stage.until(lambda: any(m.poll for m in stage.said()), "a poll")
    poll = next(m for m in stage.said() if m.poll)
    await stage.bo.vote(poll, "mardi")
    await stage.cleo.vote(poll, "mardi")
    await stage.ana.vote(poll, "lundi")
    await stage.ana.unvote(poll)
    await stage.stop()
    await stage.ana.vote(poll, "lundi")
    await stage.start()
    asked = await stage.ana.slash(stage.hall, "poll close")
    await stage.answer(asked)
    await stage.until(lambda: any("mardi" in m.content and not m.poll for m in stage.said()), "results")
    results = next(m for m in stage.said() if "mardi" in m.content and not m.poll).content
    assert "lundi" in results
    assert next(line for line in results.splitlines() if "■" in line and "mardi" in line).endswith(" 2 · mardi")
    assert next(line for line in results.splitlines() if "■" in line and "lundi" in line).endswith(" 1 · lundi")


async def test_nothing_is_acknowledged_before_it_is_kept_as_long_as_discord_waits(stage: OnDiscord) -> None:
    """Killed meanwhile, the member would wait for an answer that never comes."""
    async with stage.store.unit():  # the database is busy
        asked = await stage.bo.slash(stage.hall, "help")
        await asyncio.sleep(2.2)
        assert not asked.acknowledged
        await asked.acknowledgement()
    await asked.says("/")
    assert (asked.acknowledged_after or 0) < 3

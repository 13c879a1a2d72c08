"""Discord's own commands: written once, offered to those they are for, with what is proposed while one types."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.model.session import Session
from tests.adapters.discord.stage import OnDiscord
from tests.discord.errors import CannotDo

NBSP = "\u00a0"
ROUTE = "/applications/{application_id}/commands"


async def plan(stage: OnDiscord, theme: str) -> datetime:
    starts = datetime.now(UTC).replace(minute=0, second=0, microsecond=0) + timedelta(days=3)
    async with stage.store.unit() as unit:
        await unit.add(
            Session(
                community_id=1, number=1, theme=theme, starts=starts, minutes=60, planned_by=1, state="planned",
                announced=True,
            )
        )  # fmt: skip
    return starts


async def test_they_are_written_at_the_first_start_and_not_again(stage: OnDiscord) -> None:
    assert {"help", "session", "my-data"} <= stage.discord.commands.keys()
    await stage.stop()
    await stage.start()
    assert len(stage.discord.asked("PUT", ROUTE)) == 1
    assert len(stage.discord.asked("GET", ROUTE)) == 2


async def test_one_that_was_changed_there_is_put_right(stage: OnDiscord) -> None:
    await stage.stop()
    stage.discord.commands["help"]["description"] = "Another"
    await stage.start()
    assert stage.discord.commands["help"]["description"] == "All that I can do"


async def test_members_are_not_offered_what_is_for_facilitators(stage: OnDiscord) -> None:
    with pytest.raises(CannotDo):
        await stage.bo.slash(stage.hall, "plan upcoming")
    said = await stage.answer(await stage.ana.slash(stage.hall, "plan à-venir"))
    assert "Ce qui partira tout seul" in said
    assert "`/plan passer numéro:12`" in said


async def test_a_session_is_proposed_by_a_word_of_its_theme_in_the_language_of_each(stage: OnDiscord) -> None:
    await plan(stage, "Dire non à un bailleur")
    (offered,) = await stage.cleo.autocomplete(stage.hall, "je-viens", "rencontre", "BAILL")
    assert offered["name"].startswith("1 · Dire non à un bailleur · ")
    assert (f"{NBSP}h" in offered["name"], offered["value"]) == (True, "1")
    (offered,) = await stage.bo.autocomplete(stage.hall, "coming", "session", "1")
    assert " at " in offered["name"]
    said = await stage.answer(await stage.bo.slash(stage.hall, "coming", session=offered["value"]))
    assert "Dire non à un bailleur" in said


async def test_a_date_is_shown_as_it_is_understood_before_it_is_used(stage: OnDiscord) -> None:
    starts = await plan(stage, "Animer à deux")
    (offered,) = await stage.ana.autocomplete(stage.hall, "rencontre déplacer", "quand", "dans 10 jours à 12 h")
    assert offered["name"] == offered["value"]
    assert offered["name"].endswith(f"à 12{NBSP}h (heure de Montréal)")
    asked = await stage.ana.slash(stage.hall, "rencontre déplacer", rencontre="1", quand=offered["value"])
    said = await stage.answer(asked)
    assert "Animer à deux" in said
    (kept,) = await stage.kept(Session, number=1)
    assert kept.starts == starts  # nothing moves before it is confirmed


async def test_members_are_proposed_to_facilitators_by_name(stage: OnDiscord) -> None:
    offered = await stage.ana.autocomplete(stage.hall, "rencontre présences", "noms", "Ana, c")
    assert offered == [{"name": "Ana, Cleo", "value": "Ana, Cleo"}]


async def test_help_breaks_where_people_would(stage: OnDiscord) -> None:
    asked = await stage.ana.slash(stage.hall, "aide")
    await asked.says("Pour les personnes qui animent")
    first, then = asked.messages
    assert first.content.startswith("Voici ce que tu peux me demander.")
    assert then.content.startswith(f"Pour les personnes qui animent{NBSP}:\n- `/")


async def test_how_words_are_typed_is_said_to_who_typed_some(stage: OnDiscord) -> None:
    hint = "En privé, écris-moi ces mots sans rien devant."
    assert hint not in await stage.answer(await stage.cleo.slash(stage.hall, "aide"))
    await stage.cleo.dm("aide")
    await stage.until(lambda: any(hint in m.content for m in stage.told(stage.cleo)), "the hint")


async def test_a_command_is_named_as_discord_has_it(stage: OnDiscord) -> None:
    said = await stage.answer(await stage.cleo.slash(stage.hall, "aide"))
    assert "`/je-viens`" in said
    assert "!veillee" not in said


async def test_the_right_told_with_a_command_is_not_asked_for_again(stage: OnDiscord) -> None:
    """Discord says with each command which roles its author has at that instant."""
    dora = stage.guild.join("Dora", roles=(stage.guild.role("Agenda", "manage_events"),))
    assert "réservée aux personnes qui animent" in await stage.answer(await dora.slash(stage.hall, "plan upcoming"))
    assert "réservée" not in await stage.answer(await stage.ana.slash(stage.hall, "plan upcoming"))
    assert stage.discord.asked("GET", "/guilds/{guild_id}/members/{user_id}") == []

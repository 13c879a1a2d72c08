"""A session and its event on the server stay in step, whichever is changed."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

from adapters.discord import inbound
from bot.model.activity import Activity
from bot.model.community import Person
from bot.model.flow import Inbox
from bot.model.session import Rsvp, Session
from bot.ports import Batch
from tests.adapters.discord.stage import OnDiscord
from tests.discord.state import Message, ScheduledEvent


async def announced(stage: OnDiscord, **rest: Any) -> ScheduledEvent:
    said = {"theme": "Dire non sans rompre", "when": "dans 3 jours à 18 h", "length": "1 h 30"} | rest
    asked = await stage.ana.slash(stage.hall, "session plan", **said)
    await stage.answer(asked)
    await stage.answer(await stage.ana.click(asked, "Annoncer"))
    await stage.until(lambda: stage.discord.events, "an event")
    await stage.hall.heard(said["theme"])
    return stage.discord.events[-1]


def card(stage: OnDiscord) -> Message:
    return next(m for m in stage.said() if "Dire non" in m.content or "Tenir" in m.content)


async def session(stage: OnDiscord) -> Session:
    return (await stage.kept(Session))[0]


async def test_an_announced_session_is_an_event_of_the_server(stage: OnDiscord) -> None:
    event = await announced(stage, place="https://meet.example.org/salon")
    kept = await session(stage)
    assert (event.name, event.starts, event.ends) == (kept.theme, kept.starts, kept.ends)
    assert event.place == "https://meet.example.org/salon"
    assert f"<t:{int(kept.starts.timestamp())}:F>" in card(stage).content
    assert not card(stage).attachments


async def test_a_voice_room_is_the_place(stage: OnDiscord) -> None:
    voice = stage.guild.voice("Table du fond")
    event = await announced(stage, place="#Table du fond")
    assert event.channel_id == voice.id


async def test_moved_on_discord_it_moves_here_and_is_not_moved_back(stage: OnDiscord) -> None:
    event = await announced(stage)
    assert event.place == "Lieu à préciser"
    later = event.starts + timedelta(days=1)
    await stage.ana.move_event(event, starts=later, ends=later + timedelta(minutes=90))
    await stage.until(lambda: f"<t:{int(later.timestamp())}:F>" in card(stage).content, "the card changes")
    kept = await session(stage)
    assert (kept.starts, kept.minutes, kept.place, kept.sequence) == (later, 90, "", 1)
    writes = len(stage.discord.asked("PATCH", "/guilds/{guild_id}/scheduled-events/{guild_scheduled_event_id}"))
    assert writes == 0


async def test_moved_here_it_moves_on_discord_once(stage: OnDiscord) -> None:
    event = await announced(stage)
    asked = await stage.ana.slash(stage.hall, "session move", session="1", when="dans 5 jours à 20 h")
    await stage.answer(asked)
    await stage.answer(await stage.ana.click(asked, asked.messages[-1].controls[0]["label"]))
    before = event.starts
    await stage.until(lambda: event.starts != before, "the event moves")
    kept = await session(stage)
    assert event.starts == kept.starts
    assert kept.sequence == 1


async def test_changed_and_cancelled_while_we_were_stopped(stage: OnDiscord) -> None:
    event = await announced(stage)
    await stage.stop()
    await stage.ana.move_event(event, name="Tenir le fil")
    await stage.start()
    await stage.until(lambda: "Tenir le fil" in card(stage).content, "the card changes")
    await stage.stop()
    await stage.ana.cancel_event(event)
    await stage.start()
    await stage.until(lambda: not card(stage).controls, "no more to answer")
    assert (await session(stage)).state == "cancelled"


async def test_a_long_theme_is_not_cut_by_a_restart(stage: OnDiscord) -> None:
    theme = "Dire non sans rompre, " + "et d’autres choses encore, " * 8 + "jusqu’au bout"
    await announced(stage, theme=theme)
    await stage.stop()
    await stage.start()
    assert (await session(stage)).theme == theme
    assert (await session(stage)).sequence == 0


async def test_interest_is_a_maybe_that_can_be_taken_back(stage: OnDiscord) -> None:
    event = await announced(stage)
    await stage.bo.interested(event)
    await stage.until(lambda: "Peut-être" in card(stage).content, "a maybe")
    bo = (await stage.kept(Person, name="Bo"))[0]
    assert [(r.person_id, r.answer) for r in await stage.kept(Rsvp)] == [(bo.id, "maybe")]
    await stage.bo.not_interested(event)
    await stage.until(lambda: "Peut-être" not in card(stage).content, "none")
    assert not await stage.kept(Rsvp)


async def test_interest_withdrawn_while_we_were_stopped_is_withdrawn(stage: OnDiscord) -> None:
    event = await announced(stage)
    for member in (stage.bo, stage.cleo):
        await member.interested(event)
    await _answers(stage, "maybe", "maybe")
    await stage.stop()
    await stage.bo.not_interested(event)
    await stage.start()
    await _answers(stage, "maybe")


async def test_a_hundred_events_are_enough_for_discord(stage: OnDiscord) -> None:
    """The session is announced as usual; only the server's calendar has no room for it."""
    stage.discord.faults.fail(400, "POST", "/guilds/{guild_id}/scheduled-events")
    asked = await stage.ana.slash(
        stage.hall, "session plan", theme="Dire non sans rompre", when="dans 3 jours à 18 h", length="1 h"
    )
    await stage.answer(asked)
    await stage.answer(await stage.ana.click(asked, "Annoncer"))
    await stage.hall.heard("Dire non")
    await stage.until(lambda: card(stage).controls, "buttons")


async def test_a_reaction_taken_away_and_put_again_counts_again(stage: OnDiscord) -> None:
    """Each by itself, and then all in one go."""
    await announced(stage)
    post = card(stage)
    for _ in range(2):
        await stage.bo.react(post, "✅")
        await _answers(stage, "yes")
        await stage.bo.unreact(post, "✅")
        await _answers(stage)
    await stage.bo.react(post, "✅")
    await stage.bo.unreact(post, "✅")
    await stage.bo.react(post, "✅")
    await _answers(stage, "yes")
    await stage.bo.unreact(post, "✅")
    await _answers(stage)


async def test_put_taken_away_and_put_again_in_one_batch_it_is_in_the_log(stage: OnDiscord) -> None:
    said = await stage.cleo.say(stage.hall, "a thought")
    sign = {"message_id": str(said.id), "user_id": str(stage.bo.id), "emoji": {"name": "🎉", "id": None}}
    at, room = stage.clock.now(), str(stage.hall.id)
    later = at + timedelta(seconds=1)
    put, again = inbound.reaction(sign, room, at, ""), inbound.reaction(sign, room, later, "")
    assert put
    assert again
    taken_away = inbound.reaction_removed(sign, room, at)
    await stage.app.intake.take("discord", Batch([put, taken_away]))
    assert not await stage.kept(Activity, kind="reaction")
    await stage.app.intake.take("discord", Batch([put, taken_away, again]))
    (kept,) = await stage.kept(Activity, kind="reaction")
    assert kept.at == later


async def test_a_reaction_told_before_the_line_broke_is_handled_once(stage: OnDiscord) -> None:
    await announced(stage)
    await stage.bo.react(card(stage), "✅")
    await _answers(stage, "yes")
    handled = await stage.kept(Inbox)
    await stage.discord.gateway.drop()
    await stage.discord.gateway.ready()
    assert stage.discord.gateway.resumed == 1
    await stage.cleo.react(card(stage), "✅")
    await _answers(stage, "yes", "yes")
    assert len(await stage.kept(Inbox)) == len(handled) + 1


async def _answers(stage: OnDiscord, *wanted: str) -> None:
    """Once they are these."""
    for _ in range(200):
        if [rsvp.answer for rsvp in await stage.kept(Rsvp)] == [*wanted]:
            return
        await asyncio.sleep(0.05)
    raise AssertionError(await stage.kept(Rsvp))

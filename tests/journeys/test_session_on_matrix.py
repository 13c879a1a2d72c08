"""A session as members of a Matrix room live it: answers taken back, one calendar file until it moves, one pin."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar

from bot.model.session import Rsvp
from tests.journeys.matrix_stage import MatrixStage, matrix_stage
from tests.synapse.fixtures import NewMember
from tests.synapse.homeserver import Homeserver
from tests.synapse.member import Member

ALONE: dict[str, Any] = {
    "icebreakers": {"on": False}, "pulse": {"on": False, "after_sessions": False}, "stories": {"days": ()},
}  # fmt: skip


async def _is_in(member: Member, room: str, who: str) -> bool:
    return (await member.members(room)).get(who) == "join"


async def answers(s: MatrixStage) -> list[str]:
    async with s.app.store.unit() as unit:
        return [r.answer for r in await unit.find(Rsvp)]


async def shown(s: MatrixStage, member: Member, announced: str) -> str:
    """The announcement as it stands now."""
    body = ""
    for event in await member.read_all(s.room):
        relation = event["content"].get("m.relates_to", {})
        if event["event_id"] == announced:
            body = event["content"]["body"]
        elif relation.get("rel_type") == "m.replace" and relation["event_id"] == announced:
            body = event["content"]["m.new_content"]["body"]
    return body


async def files(s: MatrixStage, member: Member) -> list[tuple[str, str, Any]]:
    """Each calendar file: its thread, its status, the event in it."""
    found = []
    for event in await s.said(member):
        if event["content"]["msgtype"] == "m.file":
            [entry] = Calendar.from_ical(await member.download(event["content"]["url"])).walk("VEVENT")
            found.append((event["content"].get("m.relates_to", {}).get("event_id", ""), str(entry["STATUS"]), entry))
    return found


async def pinned(s: MatrixStage, member: Member) -> list[str]:
    return list((await member.state(s.room, "m.room.pinned_events"))["pinned"])


async def announced(s: MatrixStage, member: Member, theme: str) -> str:
    texts = [e for e in await s.said(member) if e["content"]["msgtype"] == "m.notice"]
    return str(next(e["event_id"] for e in reversed(texts) if theme in e["content"]["body"].split("\n")[0]))


@pytest.mark.timeout(300)
async def test_from_the_announcement_to_the_next_one(
    tmp_path: Path, homeserver: Homeserver, new_member: NewMember
) -> None:
    account = homeserver.register_fresh("veillee")
    ana, bo, cleo = [await new_member(name, auto_join=True) for name in ("ana", "bo", "cleo")]
    room = await ana.create_room("Salon", public=True, invite=[account.user_id])
    for member in (bo, cleo):
        await member.join(room)
    theirs = await ana.say(room, "le mot de passe de la salle est au mur")
    await ana.set_state(room, "m.room.pinned_events", {"pinned": [theirs]})
    async with matrix_stage(tmp_path, homeserver, account, room, **ALONE) as s:
        await ana.wait_until(lambda: _is_in(ana, room, account.user_id), what="the bot to come")
        await ana.set_power(room, account.user_id, 50)
        await s.settle(ana)
        day = (s.clock.now() + timedelta(days=3)).strftime("%Y-%m-%d")
        week = (s.clock.now() + timedelta(days=5)).strftime("%Y-%m-%d")
        for theme, when in (("Dire non", day), ("Durer", week)):
            await ana.say(room, f"!veillee rencontre planifier {theme} | {when} 12:00 | 1 h | Salon bleu")
            await s.settle(ana)
            await s.click(ana, "Annoncer")
        first, second = await announced(s, ana, "Dire non"), await announced(s, ana, "Durer")
        assert await pinned(s, ana) == [theirs, first], "the next one, and what Ana pinned"

        # Answers: what can be seen is what counts.
        yes = await bo.react(room, first, "✅")
        await cleo.react(room, first, "✅")
        await s.settle(ana)
        assert "Viennent\u00a0: 2" in await shown(s, ana, first)
        await bo.react(room, first, "🤔")
        await bo.redact(room, yes)
        await s.settle(ana)
        assert sorted(await answers(s)) == ["maybe", "yes"]
        [standing] = [
            e["event_id"] for e in await ana.read_all(room)
            if e["type"] == "m.reaction" and e["sender"] == cleo.user_id and e["content"]
        ]  # fmt: skip
        await ana.redact(room, standing, "moderated")
        await s.settle(ana)
        assert await answers(s) == ["maybe"]
        assert "Viennent\u00a0: 0 · Peut-être\u00a0: 1" in await shown(s, ana, first)

        # Another name is no other date.
        assert [(thread, status) for thread, status, _ in await files(s, ana)] == [("", "CONFIRMED")] * 2
        await ana.say(room, "!veillee rencontre modifier 1 | thème | Dire non, ensemble")
        await s.settle(ana)
        assert len(await files(s, ana)) == 2
        await ana.say(room, f"!veillee rencontre déplacer 1 | {day} 14:00")
        await s.settle(ana)
        await s.click(ana, "Déplacer la rencontre")
        was, _, now = [entry for _, _, entry in await files(s, ana)]
        assert was["UID"] == now["UID"]
        assert now["SEQUENCE"] > was["SEQUENCE"]
        assert (now["DTSTART"].dt - was["DTSTART"].dt) == timedelta(hours=2)
        assert (await files(s, ana))[-1][0] == first, "in its thread, and not before all"

        # Cancelled, it makes room for the next.
        await ana.say(room, "!veillee rencontre annuler 1")
        await s.settle(ana)
        await s.click(ana, "Annuler la rencontre")
        thread, status, gone = (await files(s, ana))[-1]
        assert (thread, status, gone["UID"]) == (first, "CANCELLED", was["UID"])
        assert gone["SEQUENCE"] > now["SEQUENCE"]
        assert await pinned(s, ana) == [theirs, second]

        # Over, nothing of ours is left before all.
        await s.wait(ana, days=6)
        assert await pinned(s, ana) == [theirs]


@pytest.mark.timeout(200)
async def test_taken_back_while_we_were_stopped_and_without_a_right_to_pin(
    tmp_path: Path, homeserver: Homeserver, new_member: NewMember
) -> None:
    account = homeserver.register_fresh("veillee")
    ana, bo, cleo = [await new_member(name, auto_join=True) for name in ("ana", "bo", "cleo")]
    room = await ana.create_room("Room", public=True, invite=[account.user_id])
    for member in (bo, cleo):
        await member.join(room)
    english = ALONE | {"language": "en"}
    async with matrix_stage(tmp_path, homeserver, account, room, **english) as s:
        await ana.wait_until(lambda: _is_in(ana, room, account.user_id), what="the bot to come")
        await s.settle(ana)
        day = (s.clock.now() + timedelta(days=3)).strftime("%Y-%m-%d")
        await ana.say(room, f"!veillee session plan Saying no | {day} 12:00 | 1 h")
        await s.settle(ana)
        await s.click(ana, "Announce it")
        first = await announced(s, ana, "Saying no")
        events = await ana.read_all(room)
        assert not [e for e in events if e["type"] == "m.room.pinned_events"], "it may not, and says nothing of it"
        yes = await bo.react(room, first, "✅")
        await s.settle(ana)
        assert await answers(s) == ["yes"]
    await bo.redact(room, yes)
    await cleo.redact(room, await cleo.react(room, first, "✅"))
    async with matrix_stage(tmp_path, homeserver, account, room, **english) as s:
        await asyncio.sleep(0.5)
        await s.settle(ana)
        assert await answers(s) == []
        assert "Coming" not in (await shown(s, ana, first)).split("✅")[0]

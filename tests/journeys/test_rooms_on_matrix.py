"""A community whose rooms change under it, on a real homeserver: it goes on, and whoever facilitates is told."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from bot.chat.actions import ACTION, Post
from bot.chat.content import Text, message
from bot.model.community import Person, Room
from bot.model.flow import Outbox
from bot.model.session import Session
from tests.journeys.matrix_stage import MatrixStage, matrix_stage
from tests.synapse.fixtures import NewMember
from tests.synapse.homeserver import Homeserver
from tests.synapse.member import Member

CLIENT = "/_matrix/client/v3"
SILENT = {"icebreakers": {"on": False}, "pulse": {"on": False, "after_sessions": False}, "stories": {"days": ()}}


async def post(s: MatrixStage, room: str, text: str) -> None:
    """As a feature has it said."""
    async with s.app.store.unit() as unit:
        action = ACTION.dump_json(Post(message=message((Text(text),)))).decode()
        await unit.add(
            Outbox(
                key=text, community_id=1, platform="matrix", room=room, language="fr",
                purpose="icebreakers.weekly", action=action, at=s.clock.now(),
            )
        )  # fmt: skip
    s.app.delivery.wake()


async def told(s: MatrixStage, member: Member, words: str) -> None:
    """In private, once."""
    room = await s.private(member)
    await member.wait_for(lambda e: words in e["content"]["body"], room, 30)
    assert sum(words in str(e["content"].get("body")) for e in await member.read_all(room)) == 1


async def private(s: MatrixStage, member: Member) -> str:
    """All that was said to them alone."""
    return "\n".join(e["content"]["body"] for e in await s.said(member, await s.private(member)))


async def wait_for(s: MatrixStage, kind: type[Room] | type[Session]) -> None:
    """Until there is one."""
    async with asyncio.timeout(30):
        while True:
            async with s.app.store.unit() as unit:
                if await unit.count(kind):
                    return
            await asyncio.sleep(0.1)


@pytest.mark.parametrize("version", ["11", "12"])
async def test_a_replaced_room_goes_on(
    tmp_path: Path, homeserver: Homeserver, new_member: NewMember, version: str
) -> None:
    ana, bo = await new_member("ana", auto_join=True), await new_member("bo", auto_join=True)
    bot = homeserver.register_fresh("veillee")
    room = await ana.create_room("Salon", public=True, invite=[bot.user_id], room_version=version)
    await bo.join(room)
    async with matrix_stage(
        tmp_path, homeserver, bot, room, facilitators=(ana.user_id,), **SILENT
    ) as s:
        await wait_for(s, Room)
        await s.settle(bo)
        await ana.say(room, "!veillee rencontre planifier Dire non | dans 10 jours à 12 h | 1 h 30 | Salon bleu")
        await s.settle(ana)
        await s.click(ana, "Annoncer")
        await wait_for(s, Session)
        answer = await ana.request("POST", f"{CLIENT}/rooms/{room}/upgrade", {"new_version": version})
        new = str(answer["replacement_room"])
        await bo.join(new)
        s.room = new
        await s.settle(bo)
        async with s.app.store.unit() as unit:
            [kept] = await unit.find(Room)
            assert (kept.external, kept.main, kept.open) == (new, True, True)
            assert all(p.present for p in await unit.find(Person))
        # What was known is still known, and nobody is greeted as a newcomer.
        await bo.say(new, "!veillee rencontres")
        await s.settle(bo)
        assert "Dire non" in await private(s, bo)
        assert not [e for e in await s.said(bo, new) if "Bienvenue" in e["content"]["body"]]
        await s.wait(ana, days=11)
        assert any("antichambre" in e["content"]["body"] for e in await s.said(ana, new))


@pytest.mark.parametrize(("language", "words"), [("fr", "Je n’ai pas le droit d’écrire"), ("en", "I may not write in")])
async def test_what_is_to_be_said_waits_where_it_may_not_be(
    tmp_path: Path, homeserver: Homeserver, new_member: NewMember, language: str, words: str
) -> None:
    ana = await new_member("ana", auto_join=True)
    bot = homeserver.register_fresh("veillee")
    room = await ana.create_room("Salon", public=True, invite=[bot.user_id])
    async with matrix_stage(
        tmp_path, homeserver, bot, room, facilitators=(ana.user_id,), language=language, **SILENT
    ) as s:
        await wait_for(s, Room)
        await s.settle(ana)
        levels = await ana.state(room, "m.room.power_levels")
        await ana.set_state(room, "m.room.power_levels", {**levels, "events_default": 50})
        for text in ("un", "deux"):
            await post(s, room, text)
        await told(s, ana, words)
        assert await s.said(ana) == []
        await ana.set_power(room, bot.user_id, 50)
        await ana.wait_for(lambda e: e["content"]["body"] == "deux", room, 30)
        assert [e["content"]["body"] for e in await s.said(ana)] == ["un", "deux"]


async def test_put_out_and_invited_again(tmp_path: Path, homeserver: Homeserver, new_member: NewMember) -> None:
    ana, bo = await new_member("ana", auto_join=True), await new_member("bo", auto_join=True)
    bot = homeserver.register_fresh("veillee")
    room = await ana.create_room("Salon", public=True, invite=[bot.user_id])
    await bo.join(room)
    async with matrix_stage(
        tmp_path, homeserver, bot, room, facilitators=(ana.user_id,), address="vous", **SILENT
    ) as s:
        await wait_for(s, Room)
        await s.settle(bo)
        await ana.kick(room, bot.user_id)
        await told(s, ana, "On m’a fait sortir")
        await ana.invite(room, bot.user_id)
        await told(s, ana, "Me revoilà")
        await s.settle(bo)
        await bo.say(room, "!veillee rencontres")
        await s.settle(bo)
        assert "rencontre" in await private(s, bo)

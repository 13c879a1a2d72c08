"""One process, two communities: one is a space with its rooms, the other a list of rooms; one speaks English."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest

from tests.journeys.veillee import Veillee
from tests.synapse.fixtures import NewMember
from tests.synapse.homeserver import Homeserver
from tests.synapse.member import Member

NEXT_YEAR = datetime.now(UTC).year + 1

SECOND = """
[[communities]]
slug = "side-door"
name = "The Side Door"
language = "en"
zone = "America/Halifax"
prefix = "!v"
[communities.matrix]
space = "{space}"
main = "{room}"
"""


@pytest.mark.timeout(200)
async def test_each_is_answered_as_itself(tmp_path: Path, homeserver: Homeserver, new_member: NewMember) -> None:
    bot = homeserver.register_fresh("veillee")
    ana = await new_member("ana", auto_join=True)
    ruth = await new_member("ruth", auto_join=True)
    salon = await ana.create_room("Salon", invite=[bot.user_id])
    space = await ruth.create_room("The Side Door", space=True, invite=[bot.user_id])
    commons = await ruth.create_room("Commons", invite=[bot.user_id])
    await ruth.add_to_space(space, commons)
    veillee = Veillee(
        tmp_path, url=homeserver.url, account=bot, room=salon, facilitator=ana.account.user_id,
        more=SECOND.format(space=space, room=commons),
    )  # fmt: skip
    veillee.start()
    try:
        for member, room in ((ana, salon), (ruth, commons)):
            await member.wait_until(partial(_is_in, member, room, bot.user_id), timeout=60, what="the bot")
        # What was said before a first start has read its rooms is history, and never a command.
        opened = "select count(*) from room"
        await ana.wait_until(lambda: veillee.rows(opened) == [(2,)], timeout=60, what="both rooms to be known")
        await ana.say(salon, "!veillee brise-glace")
        await ana.wait_for(lambda e: "brise-glace de la semaine" in e["content"].get("body", ""), salon)
        # Its own prefix, its own language; power in the room makes a facilitator there, and only there.
        await ruth.say(commons, "!v icebreaker")
        await ruth.wait_for(lambda e: "This week’s icebreaker" in e["content"].get("body", ""), commons)
        # What one community plans, the other does not see.
        await ana.say(salon, f"!veillee rencontre planifier Dire non | {NEXT_YEAR}-01-14 12:00 | 1 h")
        private = await ana.direct_room_with(bot.user_id)
        await ana.wait_for(lambda e: "Dire non" in e["content"].get("body", ""), private)
        await asyncio.sleep(0.5)
        await ruth.say(commons, "!v sessions")
        hers = await ruth.direct_room_with(bot.user_id)
        answer = await ruth.wait_for(lambda e: e["sender"] == bot.user_id and "body" in e["content"], hers)
        assert "Dire non" not in answer["content"]["body"]
    finally:
        veillee.stop()
    rows = veillee.rows("select slug, count(*) from community join room on community_id = community.id group by slug")
    assert rows == [("cercle", 1), ("side-door", 1)]


async def _is_in(member: Member, room: str, who: str) -> bool:
    return (await member.members(room)).get(who) == "join"

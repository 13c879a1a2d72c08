"""Two processes on one Matrix account: killed, then frozen; every command is answered once."""

from __future__ import annotations

import asyncio
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from tests.journeys.test_standing_by import leads, stands_by
from tests.journeys.veillee import Veillee
from tests.postgres.server import Database
from tests.synapse.fixtures import NewMember
from tests.synapse.homeserver import Homeserver


def answered(event: dict[str, Any]) -> str:
    found: str = event["content"].get("m.relates_to", {}).get("m.in_reply_to", {}).get("event_id", "")
    return found


@pytest.mark.soak
@pytest.mark.timeout(240)
async def test_the_other_goes_on(
    tmp_path: Path, homeserver: Homeserver, new_member: NewMember, postgres: Database
) -> None:
    ana = await new_member("ana", auto_join=True)
    account = homeserver.register_fresh("veillee")
    room = await ana.create_room("Salon", public=True, invite=[account.user_id])
    both = []
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        both.append(
            Veillee(
                tmp_path / name, url=homeserver.url, account=account, room=room, facilitator=ana.account.user_id,
                database=postgres.url,
            )
        )  # fmt: skip
    asked: list[str] = []

    async def answers() -> Counter[str]:
        said = [e for e in await ana.read_all(room) if e["sender"] == account.user_id]
        return Counter(answered(e) for e in said if answered(e))

    async def ask() -> None:
        asked.append(await ana.say(room, f"!veillee brise-glace ajouter Question {len(asked)} de ce soir"))

    async def all_answered() -> bool:
        return set(asked) <= set(await answers())

    async def is_in() -> bool:
        return (await ana.members(room)).get(account.user_id) == "join"

    try:
        for veillee in both:
            veillee.start()
        await ana.wait_until(lambda: any(map(leads, both)), what="one to lead", timeout=60)
        await ana.wait_until(is_in, what="Veillée", timeout=60)
        await ask()
        await ana.wait_until(all_answered, what="an answer", timeout=30)
        killed = next(v for v in both if leads(v))
        await ask()
        await asyncio.to_thread(killed.kill)
        await ask()
        await ana.wait_until(all_answered, what="the other to answer", timeout=15)
        killed.start()
        await ana.wait_until(lambda: stands_by(killed), what="it to stand by", timeout=60)
        frozen = next(v for v in both if v is not killed)
        await ask()
        frozen.freeze()
        await ask()
        await ana.wait_until(all_answered, what="the other to answer", timeout=15)
        await asyncio.sleep(8)
        frozen.thaw()
        await ana.wait_until(lambda: stands_by(frozen), what="it to stand by", timeout=60)
        await ask()
        await ana.wait_until(all_answered, what="an answer", timeout=15)
        await asyncio.sleep(3)
        assert await answers() == Counter(asked)
        assert await asyncio.to_thread(frozen.stop) == 0
    finally:
        for veillee in both:
            veillee.thaw()
            veillee.kill()
            veillee.let_go()

"""Killed with -9 at random, again and again: nothing is lost, nothing is said twice."""

from __future__ import annotations

import asyncio
from collections import Counter
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from random import Random
from typing import Any

import pytest

from tests.journeys.company import in_doubt
from tests.journeys.veillee import Veillee
from tests.members.fixtures import NewEncryptedMember
from tests.synapse.fixtures import NewMember
from tests.synapse.homeserver import Homeserver
from tests.synapse.member import Member


async def busy_under_kills(
    tmp_path: Path, homeserver: Homeserver, ana: Member, bo: Member, *, kills: int, seed: int
) -> tuple[str, str]:
    """In a room of Ana's. Returns it, and Veillée's account."""
    random = Random(seed)
    account = homeserver.register_fresh("veillee")
    room = await ana.create_room("Salon", public=True, invite=[account.user_id])
    await bo.join(room)
    veillee = Veillee(
        tmp_path, url=homeserver.url, account=account, room=room, facilitator=ana.account.user_id
    )
    veillee.start()
    await ana.wait_until(lambda: _opened(veillee), what="the room to be known", timeout=60)
    for member in (ana, bo):  # whom they do not see there, they give no key to what they say
        await member.wait_until(partial(_is_in, member, room, account.user_id), what="Veillée")
    veillee.kill()

    # What is due falls all along the time of the kills.
    seconds = kills * 0.9
    now = datetime.now(UTC).replace(tzinfo=None)
    dues = [now + timedelta(seconds=random.uniform(2, seconds)) for _ in range(30)]
    veillee.change(
        "insert into due (community_id, key, kind, due_at, args, state, moved)"
        " values (1, ?, 'icebreakers.weekly', ?, '{}', 'pending', 1)",
        [(f"test:{n}", due.isoformat(sep=" ")) for n, due in enumerate(dues)],
    )
    asked: dict[str, str] = {}
    added: list[str] = []
    enough = asyncio.Event()
    talking = asyncio.create_task(_talk(ana, bo, room, random, asked, added, enough))
    # On a busy machine people write less between two kills.
    while not talking.done() and (veillee.kills <= kills or len(asked) <= 0.4 * kills):
        veillee.start()
        await asyncio.sleep(random.choice([0.15, 0.4, 0.8, 1.2, 2.0]) * random.uniform(0.7, 1.3))
        await asyncio.to_thread(veillee.kill)
    enough.set()  # in the middle of no word
    await talking

    last = await bo.say(room, "À demain")
    veillee.start()
    await ana.wait_until(lambda: _all_done(veillee, last), what="all to be done", timeout=120)
    await asyncio.sleep(1)
    assert veillee.running
    assert veillee.stop() == 0

    said = [e for e in await ana.read_all(room) if e["sender"] == account.user_id]
    answers = Counter(_answered(e) for e in said if _answered(e))
    assert {command: answers[command] for command in asked} == dict.fromkeys(asked, 1)
    noted = [e["content"]["body"] for e in said if "C’est noté" in e["content"].get("body", "")]
    for question in added:
        assert sum(question in body for body in noted) == 1, question
    kept = Counter(text for (text,) in veillee.rows("select text from own_question"))
    assert kept == Counter(added)
    icebreakers = [e for e in said if "brise-glace de la semaine" in e["content"].get("body", "")]
    # What fell due while nothing ran may have become one.
    states = Counter(state for (state,) in veillee.rows("select state from due where key like 'test:%'"))
    assert states["done"] + states["merged"] == len(dues), states
    assert len(icebreakers) == states["done"]
    # Every message of a member is counted, and counted once.
    theirs = [
        e["event_id"] for e in await ana.read_all(room)
        if e["type"] == "m.room.message" and e["sender"] != account.user_id
    ]  # fmt: skip
    rows = veillee.rows("select event from activity where kind in ('message', 'reply')")
    counted = Counter(event for (event,) in rows)
    assert counted == Counter(theirs)
    return room, account.user_id


async def _talk(
    ana: Member, bo: Member, room: str, random: Random, asked: dict[str, str], added: list[str],
    enough: asyncio.Event,
) -> None:  # fmt: skip
    number = 0
    while not enough.is_set():
        number += 1
        if random.randrange(3):
            question = f"Question {number} de ce soir"
            asked[await ana.say(room, f"!veillee brise-glace ajouter {question}")] = question
            added.append(question)
        else:
            await bo.say(room, f"simple message {number}")
        await asyncio.sleep(random.uniform(0.1, 0.9))


async def _is_in(member: Member, room: str, who: str) -> bool:
    return (await member.members(room)).get(who) == "join"


def _opened(veillee: Veillee) -> bool:
    return veillee.database.exists() and bool(
        veillee.rows("select name from sqlite_master where name = 'room'")
    ) and bool(veillee.rows("select id from room"))  # fmt: skip


def _all_done(veillee: Veillee, last: str) -> bool:
    """And the last word was heard."""
    left = veillee.rows(
        "select (select count(*) from inbox where state = 'pending')"
        " + (select count(*) from outbox where state = 'pending')"
        " + (select count(*) from due where state = 'pending' and key like 'test:%')"
    )
    return left == [(0,)] and bool(veillee.rows(f"select 1 from activity where event = '{last}'"))


def _answered(event: dict[str, Any]) -> str:
    answered: str = event["content"].get("m.relates_to", {}).get("m.in_reply_to", {}).get("event_id", "")
    return answered


async def two(new_member: NewMember | NewEncryptedMember) -> tuple[Member, Member]:
    return await new_member("ana", auto_join=True), await new_member("bo", auto_join=True)


@pytest.mark.timeout(420)
async def test_ten_kills_in_an_encrypted_room(
    tmp_path: Path, homeserver: Homeserver, new_encrypted_member: NewEncryptedMember
) -> None:
    ana, bo = await two(new_encrypted_member)
    room, bot = await busy_under_kills(tmp_path, homeserver, ana, bo, kills=10, seed=20)
    for reader in (ana, bo):
        assert in_doubt(await reader.read_all(room), bot) == []


@pytest.mark.soak
@pytest.mark.timeout(0)
@pytest.mark.parametrize("seed", range(4))
async def test_two_hundred_kills(
    tmp_path: Path, homeserver: Homeserver, new_member: NewMember, seed: int
) -> None:
    await busy_under_kills(tmp_path, homeserver, *await two(new_member), kills=200, seed=seed)

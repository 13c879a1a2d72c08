"""Tokens that end, batches that cannot be kept, events that make no sense, and what the check says."""

from __future__ import annotations

import asyncio
import contextlib
import time
from pathlib import Path
from random import Random
from typing import Any

import pytest
from pydantic import SecretStr

from adapters.matrix.check import examine
from adapters.matrix.client import MatrixPlatform
from adapters.matrix.server import TokenRefused
from adapters.matrix.settings import MatrixPlaces, MatrixSettings
from bot.chat.events import MessagePosted
from bot.intake import StoredIntake
from bot.model.activity import Activity
from bot.model.community import Community
from bot.model.flow import Inbox
from bot.model.settings import Settings
from bot.ports import Batch, StoreTrouble, TryLater
from storage.store import SqlStore
from tests import kept
from tests.adapters.matrix.conftest import Bot, Kept, NowClock, words
from tests.synapse import proxy as network
from tests.synapse.fixtures import NewMember
from tests.synapse.homeserver import Homeserver
from tests.synapse.member import MatrixError, Member
from tests.synapse.proxy import FaultyProxy


async def test_revoked_token_ends_listening(bot: Bot, hall: tuple[Member, str], homeserver: Homeserver) -> None:
    _, room = hall
    await bot.start()
    async with Member(homeserver.url, bot.account) as itself:
        await itself.request("POST", "/_matrix/client/v3/logout", {})
        assert bot.task is not None
        with pytest.raises(TokenRefused):
            await asyncio.wait_for(asyncio.shield(bot.task), 10)
        # What waits to be said is not given up.
        with pytest.raises(TryLater):
            await bot.platform.post(room, words("x"), key="t1")
        (finding,) = [f for f in await examine(_settings(bot), bot.places) if not f.ok]
        assert finding.id == "check-matrix-token-refused"
        assert itself._listening is not None
        await asyncio.gather(itself._listening, return_exceptions=True)


async def test_token_of_another_account(bot: Bot, homeserver: Homeserver) -> None:
    other = homeserver.register_fresh("other")
    settings = MatrixSettings(
        homeserver=homeserver.url, user_id=bot.user_id, access_token=SecretStr(other.access_token)
    )
    platform = MatrixPlatform(settings, [], clock=NowClock(), may_invite=lambda who, room: False)
    with pytest.raises(TokenRefused):
        await platform.run(Kept())
    await platform.close()


async def test_password_keeps_the_device(bot: Bot, hall: tuple[Member, str], homeserver: Homeserver) -> None:
    _, room = hall
    settings = MatrixSettings(
        homeserver=homeserver.url, user_id=bot.user_id, password=SecretStr(bot.account.password)
    )
    ids = []
    await bot.start()
    await bot.stop()
    for _ in range(2):
        platform = MatrixPlatform(settings, [], clock=NowClock(), may_invite=lambda who, room: False)
        ids.append(await platform.post(room, words("once"), key="pw"))
        await platform.close()
    assert ids[0] == ids[1]
    wrong = settings.model_copy(update={"password": SecretStr("wrong")})
    platform = MatrixPlatform(wrong, [], clock=NowClock(), may_invite=lambda who, room: False)
    with pytest.raises(TokenRefused):
        await platform.run(Kept())
    await platform.close()


async def test_batch_not_kept_is_read_again(bot: Bot, hall: tuple[Member, str]) -> None:
    ana, room = hall
    await bot.start()
    await bot.stop()
    kept, failures = bot.kept, [StoreTrouble("locked"), StoreTrouble("disk full"), ZeroDivisionError()]

    class Failing(Kept):
        async def cursor(self, account: str) -> str:
            return kept.place

        async def take(self, account: str, batch: Batch) -> None:
            if batch.events and isinstance(batch.events[0], MessagePosted) and failures:
                raise failures.pop()
            await kept.take(account, batch)

    task = asyncio.create_task(bot.platform.run(Failing()))
    await kept.until(lambda: kept.batches > 1)
    await ana.say(room, "kept in the end")
    await kept.until(lambda: kept.texts() == ["kept in the end"], 20)
    assert not failures
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


async def test_malformed_events_pass(bot: Bot, hall: tuple[Member, str]) -> None:
    ana, room = hall
    await bot.start()
    broken: tuple[dict[str, Any], ...] = (
        {}, {"msgtype": "m.text"}, {"msgtype": 5, "body": []}, {"msgtype": "m.text", "body": {"a": 1}},
        {"msgtype": "m.file", "body": "x", "url": 7, "info": []}, {"msgtype": "m.audio", "body": "", "file": {}},
        {"msgtype": "m.text", "body": "ok", "m.relates_to": [1], "m.mentions": {"user_ids": 3}},
    )  # fmt: skip
    for content in broken:
        with contextlib.suppress(MatrixError):  # some of it this server refuses itself
            await ana.send_event(room, "m.room.message", content)
    reaction = {"m.relates_to": {"rel_type": "m.annotation", "event_id": 4, "key": []}}
    with contextlib.suppress(MatrixError):
        await ana.send_event(room, "m.reaction", reaction)
    await ana.say(room, "end")
    await bot.kept.until(lambda: "end" in bot.kept.texts())
    assert bot.kept.texts()[-1] == "end"


async def test_what_is_kept_by_the_real_store(bot: Bot, hall: tuple[Member, str], tmp_path: Path) -> None:
    ana, room = hall
    bot.timeline_limit = 10
    store = SqlStore(kept.new(tmp_path))
    async with store.unit() as unit:
        await unit.add(Community(slug="potters", settings=Settings(name="Potters"), since=NowClock().now()))
    intake = StoredIntake(store, NowClock(), Random(3), lambda _: None)
    chance = Random(5)

    async def talk() -> None:
        for start in range(0, 200, 20):
            await asyncio.gather(*(ana.say(room, f"!veillee {n}") for n in range(start, start + 20)))

    platform = bot.made()
    task = asyncio.create_task(platform.run(intake))
    while not await intake.cursor(bot.user_id):
        await asyncio.sleep(0.05)
    talking = asyncio.create_task(talk())
    for _ in range(6):
        await asyncio.sleep(chance.uniform(0.05, 0.4))
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        await platform.close()
        platform = bot.made()
        task = asyncio.create_task(platform.run(intake))
    await talking
    count = 0
    deadline = time.monotonic() + 15
    while count < 200 and time.monotonic() < deadline:
        await asyncio.sleep(0.1)
        async with store.unit() as unit:
            count = await unit.count(Inbox)
    async with store.unit() as unit:
        rows = await unit.find(Inbox)
        logged = await unit.count(Activity)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    await platform.close()
    await store.close()
    assert (len(rows), len({r.key for r in rows}), logged) == (200, 200, 200)


async def test_examine(bot: Bot, hall: tuple[Member, str], new_member: NewMember, proxy: FaultyProxy) -> None:
    ana, room = hall
    space = await ana.create_room("Potters", space=True, public=True)
    await ana.add_to_space(space, room)
    closed = await ana.create_room("Closed")
    bot.places = [
        MatrixPlaces(slug="potters", space=space), MatrixPlaces(slug="weavers", rooms=(closed, "#none:localhost")),
    ]  # fmt: skip
    await bot.start()
    found = [(f.ok, f.id, f.variables.get("room", "")) for f in await examine(_settings(bot), bot.places)]
    assert found == [
        (True, "check-matrix-server", ""),
        (True, "check-matrix-token", ""),
        (True, "check-matrix-space", space),
        (True, "check-matrix-joined", room),
        (True, "check-matrix-may-post", room),
        (False, "check-matrix-may-not-pin", room),
        (False, "check-matrix-alias-unknown", "#none:localhost"),
        (False, "check-matrix-not-joined", closed),
    ]
    levels = await ana.state(room, "m.room.power_levels")
    await ana.set_state(room, "m.room.power_levels", {**levels, "events_default": 50})
    assert "check-matrix-may-not-post" in [f.id for f in await examine(_settings(bot), bot.places)]
    proxy.fault = lambda request: network.bad_gateway(200)
    assert [f.id for f in await examine(_settings(bot), bot.places)] == ["check-matrix-no-matrix"]


def _settings(bot: Bot) -> MatrixSettings:
    return MatrixSettings(
        homeserver=bot.url, user_id=bot.user_id, access_token=SecretStr(bot.account.access_token)
    )

"""A homeserver's bad day: killed, restarted, away, behind a gateway that fails, slow, silent, cut off. Meanwhile two
members type commands in two rooms. Each is answered, once, and in order; and nobody is bombarded."""

from __future__ import annotations

import asyncio
import contextlib
from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

import aiohttp
import pytest
from aiohttp import web

from adapters.matrix import client, server
from adapters.matrix.client import MatrixPlatform
from adapters.matrix.settings import MatrixPlaces, MatrixSettings
from bot.app import App
from bot.model.community import Room
from bot.model.flow import Inbox, Outbox
from bot.model.settings import Settings
from storage.attachments import AttachmentFolder
from storage.migrate import migrate
from storage.seals import FileSeals
from storage.store import SqlStore
from tests.adapters.matrix.conftest import NowClock
from tests.synapse import proxy as network
from tests.synapse.homeserver import Account, Homeserver
from tests.synapse.member import MatrixError, Member
from tests.synapse.proxy import Fault, FaultyProxy

ALWAYS = [
    network.bad_gateway(), network.bad_gateway(504), network.bad_gateway(200), network.bad_gateway(reaches_server=True),
    network.server_error(), network.server_error(503, reaches_server=True), network.limited(), network.limited(300),
    network.truncated(), network.broken_off(), network.answer_lost(), network.cut_before(), network.delayed(3600),
]  # fmt: skip
SOMETIMES = [*ALWAYS, network.delayed(1), network.answered_late(2)]


@dataclass
class Day:
    """`down`: from when to when every request failed, by the clock of the proxy's list."""

    homeserver: Homeserver
    proxy: FaultyProxy
    random: Random
    down: list[tuple[float, float]] = field(default_factory=list)
    met: Counter[str] = field(default_factory=Counter)

    async def trouble(self, seconds: float) -> None:
        """One kind of it, for some seconds."""
        now = asyncio.get_running_loop().time
        match self.random.randrange(10):
            case 0:
                self.met["killed"] += 1
                await asyncio.to_thread(self.homeserver.kill)
                await asyncio.sleep(min(seconds, 4))
                await asyncio.to_thread(self.homeserver.start)
            case 1:
                self.met["restarted"] += 1
                await asyncio.to_thread(self.homeserver.restart)
            case 2:
                self.met["unreachable"] += 1
                async with self.proxy.unreachable():
                    await asyncio.sleep(seconds)
            case 3 | 4 | 5:
                self.met["now and then"] += 1
                self.proxy.fault = self._now_and_then
                await asyncio.sleep(seconds)
            case _:
                fault = self.random.choice(ALWAYS)
                self.met[str(fault)[:60]] += 1
                self.proxy.fault = lambda request: fault
                began = now()
                await asyncio.sleep(seconds)
                self.down.append((began, now()))
        self.proxy.fault = lambda request: None
        async with self.proxy.unreachable():
            pass  # what is held for an hour is let go

    def _now_and_then(self, request: web.Request) -> Fault | None:
        return self.random.choice(SOMETIMES) if self.random.random() < 0.35 else None


async def type_commands(member: Member, rooms: list[str], random: Random) -> None:
    number = 0
    while True:
        number += 1
        # No two alike: what is known already is a mistake, and after ten of those in a minute no more are answered.
        question = f"!veillee brise-glace ajouter Question {number} de {member.account.localpart} ?"
        words = random.choice((question, f"un mot {number}"))
        with contextlib.suppress(MatrixError, aiohttp.ClientError, OSError):
            await member.say(random.choice(rooms), words)
        await asyncio.sleep(random.uniform(0.2, 1.5))


@contextlib.asynccontextmanager
async def veillee(folder: Path, url: str, account: Account, rooms: list[str]) -> AsyncIterator[SqlStore]:
    migrate(folder / "veillee.db")
    platform = MatrixPlatform(
        MatrixSettings.model_validate(
            {"homeserver": url, "user_id": account.user_id, "access_token": account.access_token}
        ),
        [MatrixPlaces(slug="cercle", rooms=tuple(rooms))], clock=NowClock(), may_invite=lambda *_: True,
        timeline_limit=5,
    )  # fmt: skip
    store = SqlStore(f"sqlite+aiosqlite:///{folder / 'veillee.db'}")
    app = App(
        store=store, clock=NowClock(), seals=FileSeals(folder / "seals"),
        copies=AttachmentFolder(folder / "attachments"), platforms=[platform],
    )  # fmt: skip
    await app.prepare([("cercle", Settings(name="Le cercle", zone="America/Montreal"))])
    running = asyncio.create_task(app.run())
    try:
        yield store
        assert not running.done()
    finally:
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
        await app.close()


async def waiting(store: SqlStore) -> int:
    async with store.unit() as unit:
        return await unit.count(Inbox, state="pending") + await unit.count(Outbox, state="pending")


async def bad_day(folder: Path, monkeypatch: pytest.MonkeyPatch, *, seconds: float, seed: int, longest: float) -> None:
    """`longest`: of one trouble."""
    monkeypatch.setattr(server, "TIMEOUT", 5.0)
    monkeypatch.setattr(client, "LONG_POLL", 5.0)
    random = Random(seed)
    print(f"seed {seed}")
    with Homeserver(folder / "homeserver") as homeserver:
        ana, bo = (Member(homeserver.url, homeserver.register(name)) for name in ("ana", "bo"))
        account = homeserver.register("veillee")
        async with ana, bo, FaultyProxy(homeserver.url) as proxy:
            rooms = [await ana.create_room(name, public=True) for name in ("Salon", "Atelier")]
            for room in rooms:
                await bo.join(room)
                await ana.set_power(room, bo.user_id, 50)
            async with veillee(folder, proxy.url, account, rooms) as store:
                await ana.wait_until(lambda: _opened(store), 60, "Veillée to come")
                typing = [asyncio.create_task(type_commands(m, rooms, random)) for m in (ana, bo)]
                day, end = Day(homeserver, proxy, random), asyncio.get_running_loop().time() + seconds
                while asyncio.get_running_loop().time() < end:
                    await day.trouble(random.uniform(1, longest))
                    await asyncio.sleep(random.uniform(0.5, longest / 2))
                for task in typing:
                    task.cancel()
                await asyncio.gather(*typing, return_exceptions=True)
                last = [await ana.say(room, "!veillee brise-glace ajouter La dernière ?") for room in rooms]
                async with asyncio.timeout(400):
                    while await waiting(store) or not await _are_answered(store, last):
                        await asyncio.sleep(0.2)
            asked = 0
            for room in rooms:
                asked += await each_is_answered_once(ana, room, account.user_id)
            spared(day)
            print(f"{asked} commands, {len(proxy.requests)} requests, {dict(day.met)}")
            assert asked > seconds / 5


async def _opened(store: SqlStore) -> bool:
    async with store.unit() as unit:
        return await unit.count(Room) == 2


async def _are_answered(store: SqlStore, events: list[str]) -> bool:
    async with store.unit() as unit:
        return all([await unit.count(Inbox, key=f"matrix:{event}", state="done") for event in events])


async def each_is_answered_once(ana: Member, room: str, bot: str) -> int:
    """And in the order in which they were typed. How many there were."""
    events = [e for e in await ana.read_all(room) if e["type"] == "m.room.message"]
    asked = [e["event_id"] for e in events if e["content"].get("body", "").startswith("!veillee")]
    answers = [
        e["content"].get("m.relates_to", {}).get("m.in_reply_to", {}).get("event_id", "")
        for e in events if e["sender"] == bot
    ]  # fmt: skip
    assert [a for a in answers if a] == asked
    return len(asked)


def spared(day: Day) -> None:
    """What was under way when it went down is over after a second and a half; then it is one a second at most."""
    for began, ended in day.down:
        seen = [s.at for s in day.proxy.requests if began + 1.5 < s.at < ended]
        assert len(seen) <= ended - began - 1.5 + 1, (began, ended, seen)


async def test_a_bad_quarter_of_a_minute(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    await bad_day(tmp_path, monkeypatch, seconds=12, seed=6, longest=2.5)


@pytest.mark.soak
@pytest.mark.timeout(0)
async def test_ten_bad_minutes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    await bad_day(tmp_path, monkeypatch, seconds=600, seed=11, longest=12)

"""Nothing that strangers write stops Veillée, nor costs anything that others wrote in the same breath."""

from __future__ import annotations

import asyncio
import time
from asyncio import events
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random
from typing import Any

import pytest
from aiohttp import web
from pydantic import SecretStr

from adapters.matrix import client
from adapters.matrix.client import MatrixPlatform
from adapters.matrix.settings import MatrixPlaces, MatrixSettings
from bot.app import App
from bot.model.activity import Activity
from bot.model.community import Person
from bot.model.flow import Inbox, Outbox
from bot.model.settings import Settings
from storage.attachments import AttachmentFolder
from storage.migrate import migrate
from storage.seals import FileSeals
from storage.store import SqlStore
from tests.adapters.matrix.conftest import NowClock
from tests.poison.mutations import CANARY
from tests.poison.recorded import Recorded, record
from tests.poison.stand_in import DM, SEALED, StandIn
from tests.synapse.fixtures import NewMember
from tests.synapse.homeserver import Homeserver

# Seconds of the processor, for one step of the loop: with some 40 bent events in it, many of them of 20 kB.
LONGEST_STEP = 1.0
MUST_NOT_BE_LOGGED = (
    "mistake", "event passed over", "room passed over", "listening failed", "listening refused", "not understood",
    "failed",
)  # fmt: skip
# What is read once, such as the sentences, is read by then.
WARM = 12


@contextmanager
def steps_timed() -> Iterator[list[tuple[float, str]]]:
    """The longest steps of the loop, by the processor's clock: a busy machine says nothing about us."""
    longest: list[tuple[float, str]] = [(0.0, "")]
    run = events.Handle._run

    def timed(self: Any) -> None:
        began = time.thread_time()
        run(self)
        took = time.thread_time() - began
        if took > longest[0][0]:
            longest[0] = (took, repr(self)[:300])

    events.Handle._run = timed  # type: ignore[method-assign]
    try:
        yield longest
    finally:
        events.Handle._run = run  # type: ignore[method-assign]


async def poisoned(
    folder: Path, recorded: Recorded, *, seed: int, count: int, bent: int, longest: list[tuple[float, str]]
) -> StandIn:
    """Veillée through `count` answers. Raises where anything good was lost."""
    print(f"seed {seed}")
    told = StandIn(recorded, Random(seed), count=count, bent=bent)
    application = web.Application(client_max_size=64 * 1024 * 1024)
    application.router.add_route("*", "/{path:.*}", told.answer)
    runner = web.AppRunner(application, shutdown_timeout=0.01, access_log=None)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    migrate(folder / "veillee.db")
    clock = NowClock()
    platform = MatrixPlatform(
        MatrixSettings(
            homeserver=f"http://127.0.0.1:{runner.addresses[0][1]}", user_id=recorded.account.user_id,
            access_token=SecretStr("token"), store_key=SecretStr("a key of the tests, and of nobody else"),
        ),
        [MatrixPlaces(slug="potieres", space=recorded.space, rooms=(recorded.hall, recorded.studio, SEALED))],
        clock=clock, may_invite=lambda *_: True, random=Random(seed), keys=folder / "keys",
    )  # fmt: skip
    store = SqlStore(f"sqlite+aiosqlite:///{folder / 'veillee.db'}")
    app = App(
        store=store, clock=clock, seals=FileSeals(folder / "seals"),
        copies=AttachmentFolder(folder / "attachments"), platforms=[platform],
    )  # fmt: skip
    await app.prepare([("potieres", Settings(name="Les potières", zone="America/Montreal"))])
    running = asyncio.create_task(app.run())
    try:
        async with asyncio.timeout(60 + 2 * count):
            while not told.asked[str(WARM)]:
                await asyncio.sleep(0.01)
            longest[0] = (0.0, "")
            while told.asked[str(count)] < 2:
                assert not running.done(), running
                await asyncio.sleep(0.1)
            while await _waiting(store):
                await asyncio.sleep(0.1)
        await _all_kept(store, told, recorded)
    finally:
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
        await app.close()
        await runner.cleanup()
    return told


async def _waiting(store: SqlStore) -> int:
    async with store.unit() as unit:
        return await unit.count(Inbox, state="pending") + await unit.count(Outbox, state="pending")


async def _all_kept(store: SqlStore, told: StandIn, recorded: Recorded) -> None:
    async with store.unit() as unit:
        activity = await unit.only(Activity, "event", "kind")
        inbox = dict(await unit.only(Inbox, "key", "state"))
        people = dict(await unit.only(Person, "external", "present"))
        said = Counter(await unit.only(Outbox, "room", "state", "problem"))
    kinds = {
        kind: {e for e, k in activity if k == kind and e[:2] in ("$m", "$s", "$c", "$r", "$e", "$k")}
        for kind in ("message", "reply", "reaction")
    }
    assert max(Counter(event for event, _ in activity).values()) == 1
    assert told.messages - kinds["message"] == set()
    assert told.replies - kinds["reply"] == set()
    assert told.reactions - kinds["reaction"] == set()
    assert {f"$m{n - 1}" for n in range(told.count) if n % 5 == 1} & kinds["message"] == set()
    assert {n for n in told.newcomers if not people.get(n)} == set()
    assert {id for id in told.commands if inbox.get(f"matrix:{id}") != "done"} == set()
    answered = Counter(
        content.get("m.relates_to", {}).get("m.in_reply_to", {}).get("event_id", "") for _, content in told.sent
    )
    assert {id: answered[id] for id in told.commands} == dict.fromkeys(told.commands, 1), said
    assert sum(room == DM for room, _ in told.sent) == len(told.words), said
    assert {id: answered[id] for id in told.secret} == dict.fromkeys(told.secret, 1), said
    assert {event for event, _ in activity} & told.forged == set()
    assert [key for key, state in inbox.items() if state == "failed"] == []
    # Each answer was read at its first coming.
    assert {since: times for since, times in told.asked.items() if times > 1 and since != str(told.count)} == {}


@pytest.fixture(autouse=True)
def no_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client, "REST", 0.0)


async def _fuzz(
    folder: Path, homeserver: Homeserver, new_member: NewMember, capsys: pytest.CaptureFixture[str], *,
    seed: int, count: int,
) -> None:  # fmt: skip
    recorded = await record(homeserver.register_fresh("veillee"), homeserver.url, new_member)
    capsys.readouterr()
    with steps_timed() as longest:
        told = await poisoned(folder, recorded, seed=seed, count=count, bent=40, longest=longest)
    logged = "".join(capsys.readouterr())
    assert told.bent >= 40 * count
    for sign in (CANARY, *MUST_NOT_BE_LOGGED):
        assert sign not in logged, logged[max(0, logged.index(sign) - 300) : logged.index(sign) + 300]
    assert longest[0][0] < LONGEST_STEP, longest
    print(f"{told.bent} bent, longest step {longest[0][0] * 1000:.0f} ms {longest[0][1]}")


async def test_a_few_thousand(
    tmp_path: Path, homeserver: Homeserver, new_member: NewMember, capsys: pytest.CaptureFixture[str]
) -> None:
    await _fuzz(tmp_path, homeserver, new_member, capsys, seed=41, count=60)


@pytest.mark.soak
@pytest.mark.timeout(0)
@pytest.mark.parametrize("seed", range(4))
async def test_many_thousands(
    tmp_path: Path, homeserver: Homeserver, new_member: NewMember, capsys: pytest.CaptureFixture[str], seed: int
) -> None:
    await _fuzz(tmp_path, homeserver, new_member, capsys, seed=seed, count=150)

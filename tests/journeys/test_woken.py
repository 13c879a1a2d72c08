"""Two processes, an encrypted room, one folder of keys: a leader that was frozen wakes with an answer of the homeserver
in its hand, before it can know that it leads no more."""

from __future__ import annotations

import asyncio
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from tests.adapters.matrix.encrypted.peer import EncryptedMember
from tests.journeys.test_standing_by import leads, stands_by
from tests.journeys.veillee import Veillee
from tests.postgres.line import Line
from tests.postgres.server import Database
from tests.synapse.homeserver import Homeserver


def sessions(folder: Path) -> set[str]:
    """With single devices, as they are kept."""
    [file] = folder.glob("veillee.db.keys/device-*.db")
    with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as there:
        return {session for (session,) in there.execute("SELECT session FROM olm")}


@pytest.mark.timeout(180)
async def test_the_keys_stay_those_of_who_leads(tmp_path: Path, homeserver: Homeserver, postgres: Database) -> None:
    account, person = homeserver.register_fresh("veillee"), homeserver.register_fresh("ana")
    async with Line(postgres) as line, EncryptedMember(homeserver, person, tmp_path / "ana") as ana:
        room = await ana.room(invite=[account.user_id])
        both = []
        for name, through in (("a", line.url), ("b", postgres.url)):
            (tmp_path / name).mkdir()
            both.append(
                Veillee(
                    tmp_path / name, url=homeserver.url, account=account, room=room, facilitator=ana.user_id,
                    database=through, shared=tmp_path,
                )
            )  # fmt: skip
        first, second = both
        asked: set[str] = set()

        async def until(check: Callable[[], bool], what: str) -> None:
            end = time.monotonic() + 40
            while not check():
                assert time.monotonic() < end, what + first.logged[-1000:] + second.logged[-1000:]
                await ana.sync(200)

        async def asks() -> None:
            """With a new key of the room, which is given by the session that there is."""
            ana.client.invalidate_outbound_session(room)
            asked.add(question := f"Question {len(asked)} de ce soir")
            await ana.say(room, f"!veillee brise-glace ajouter {question}")
            await until(lambda: asked <= {t for (t,) in second.rows("select text from own_question")}, question)

        try:
            first.start()
            await until(lambda: leads(first), "the first to lead")
            second.start()
            await until(lambda: "listening" in first.logged, "it to listen")
            await until(lambda: account.user_id in ana.client.rooms[room].users, "Veillée to come")
            await asks()
            await until(lambda: bool(ana.read(room)), "an answer")
            await until(lambda: stands_by(second), "the other to stand by")
            await asyncio.sleep(1)  # until it listens again
            first.freeze()
            line.flows.clear()
            for _ in range(2):
                await asks()
            known = sessions(tmp_path)
            assert known
            first.thaw()
            await asyncio.sleep(1)
            assert sessions(tmp_path) == known
            assert "not sure to lead" in first.logged
            line.flows.set()
            line.cut()
            await until(lambda: stands_by(first), "it to stand by")
            await asyncio.to_thread(second.kill)
            await until(lambda: leads(first), "it to lead again")
            await asks()
            assert not any("keys of another time" in v.logged for v in both)
        finally:
            for veillee in both:
                veillee.thaw()
                veillee.kill()
                veillee.let_go()

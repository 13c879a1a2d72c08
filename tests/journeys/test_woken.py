"""Two processes, an encrypted room, one folder of keys: a leader that was frozen wakes with an answer in its hand."""

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
from tests.postgres.server import Database
from tests.synapse.homeserver import Homeserver


def sessions(folder: Path) -> set[str]:
    """With single devices, as they are kept."""
    [file] = folder.glob("veillee.db.keys/device-*.db")
    with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as there:
        return {session for (session,) in there.execute("SELECT session FROM olm")}


@pytest.mark.timeout(180)
async def test_the_keys_stay_those_of_who_leads(tmp_path: Path, homeserver: Homeserver, postgres: Database) -> None:
    account = homeserver.register_fresh("veillee")
    async with EncryptedMember(homeserver, homeserver.register_fresh("ana"), tmp_path / "ana") as ana:
        room = await ana.room(invite=[account.user_id])
        both = []
        for name in ("a", "b"):
            (tmp_path / name).mkdir()
            both.append(
                Veillee(
                    tmp_path / name, url=homeserver.url, account=account, room=room, facilitator=ana.user_id,
                    database=postgres.url, shared=tmp_path,
                )
            )  # fmt: skip
        asked: set[str] = set()

        async def until(check: Callable[[], bool], what: str) -> None:
            end = time.monotonic() + 40
            while not check():
                assert time.monotonic() < end, what + both[0].logged[-1000:] + both[1].logged[-1000:]
                await ana.sync(200)

        async def asks() -> None:
            """With a new key of the room, which is given by the session that there is."""
            ana.client.invalidate_outbound_session(room)
            asked.add(question := f"Question {len(asked)} de ce soir")
            await ana.say(room, f"!veillee brise-glace ajouter {question}")
            await until(lambda: asked <= {t for (t,) in both[0].rows("select text from own_question")}, question)

        try:
            for veillee in both:
                veillee.start()
            await until(lambda: any("listening" in v.logged for v in both), "one to listen")
            await until(lambda: account.user_id in ana.client.rooms[room].users, "Veillée to come")
            await asks()
            [frozen] = [v for v in both if leads(v)]
            [other] = [v for v in both if v is not frozen]
            await until(lambda: stands_by(other), "the other to stand by")
            await until(lambda: bool(ana.read(room)), "an answer")
            await asyncio.sleep(1)  # until it listens again
            frozen.freeze()
            for _ in range(3):
                await asks()
            known = sessions(tmp_path)
            assert known
            frozen.thaw()
            await until(lambda: stands_by(frozen), "it to stand by")
            assert sessions(tmp_path) >= known
            await asks()
            await asyncio.to_thread(other.kill)
            await until(lambda: leads(frozen), "it to lead again")
            await asks()
            assert not any("keys of another time" in v.logged for v in both)
        finally:
            for veillee in both:
                veillee.thaw()
                veillee.kill()
                veillee.let_go()

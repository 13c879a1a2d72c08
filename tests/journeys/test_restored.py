"""A machine is lost, and its last backup put back: what was said since is counted, and answered no second time."""

import asyncio
import os
import shutil
import subprocess
import sys
from pathlib import Path

from tests.journeys.veillee import Veillee
from tests.synapse.fixtures import NewMember
from tests.synapse.homeserver import Homeserver

PROGRAM = Path(sys.executable).with_name("veillee")


def _terminal(folder: Path, *arguments: str) -> str:
    done = subprocess.run(
        [str(PROGRAM), *arguments, "--config", "veillee.toml"], cwd=folder, capture_output=True, text=True,
        stdin=subprocess.DEVNULL, timeout=120, env=os.environ | {"VEILLEE_LANGUAGE": "en"},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout


def _lose(folder: Path) -> None:
    for file in folder.glob("veillee.db*"):
        shutil.rmtree(file) if file.is_dir() else file.unlink()


async def test_what_was_said_since_the_backup(tmp_path: Path, homeserver: Homeserver, new_member: NewMember) -> None:
    ana, bo = await new_member("ana"), await new_member("bo")
    account = homeserver.register_fresh("veillee")
    room = await ana.create_room("Salon", public=True, invite=[account.user_id])
    await bo.join(room)
    veillee = Veillee(tmp_path, url=homeserver.url, account=account, room=room, facilitator=ana.account.user_id)

    async def answers() -> list[str]:
        events = await ana.read_all(room)
        return [e["content"]["body"] for e in events if (e["sender"], e["type"]) == (account.user_id, "m.room.message")]

    async def asked(word: str) -> None:
        before = len(await answers())
        await bo.say(room, f"!veillee {word}")
        async with asyncio.timeout(60):
            while len(await answers()) == before:
                await asyncio.sleep(0.1)

    def opened() -> bool:
        if not veillee.rows("select * from sqlite_master where name = 'room'"):
            return False
        return bool(veillee.rows("select * from room"))

    veillee.start()
    async with asyncio.timeout(60):
        while not opened():
            await asyncio.sleep(0.1)
    await asked("adie")
    assert "it is whole" in await asyncio.to_thread(_terminal, tmp_path, "backup")
    await asked("rencontrse")
    said = [await bo.say(room, words) for words in ("Bonjour", "Il fait beau")]
    veillee.kill()
    _lose(tmp_path)
    await bo.say(room, "Y a-t-il quelqu’un")
    [copy] = (tmp_path / "backups").glob("*.zip")
    assert "is back" in await asyncio.to_thread(_terminal, tmp_path, "restore", str(copy))
    veillee.start()
    await asked("brise-glcae")
    assert veillee.stop() == 0
    meant = ["dire !veillee aide", "dire !veillee rencontres", "dire !veillee brise-glace"]
    assert [[m for m in meant if m in answer] for answer in await answers()] == [[m] for m in meant]
    counted = [event for (event,) in veillee.rows("select event from activity where kind = 'message' order by at")]
    assert len(counted) == len(set(counted)) == 6
    assert set(said) <= set(counted)

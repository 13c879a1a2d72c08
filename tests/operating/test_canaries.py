"""Everything that people say, are called, or keep secret carries a mark. Whatever goes wrong, none is found in the log,
on the terminal, in health or in the figures."""

from __future__ import annotations

import asyncio
import json
import os
import re
import signal
import socket
import sqlite3
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from aiohttp import web

from bot.features.linking.codes import ALPHABET
from tests.discord.double import Double
from tests.discord.errors import CannotDo
from tests.discord.guild import Guild
from tests.operating.talkative import BATCH, FAULT, GROUP, ROW
from tests.synapse.fixtures import NewMember
from tests.synapse.homeserver import Homeserver
from tests.synapse.member import Member
from tests.synapse.proxy import Answer, Fault, FaultyProxy

ROOT = Path(__file__).parents[2]
MARK = "canari"
TOKEN = f"{MARK}-jeton-discord"

CONFIG = """
[matrix]
homeserver = "{homeserver}"
user_id = "{account.user_id}"
access_token = "{account.access_token}"
device_id = "{account.device_id}"
store_key = "canari-clé-du-magasin-de-clés"
[discord]
token = "{token}"
api = "{api}"
[operating]
listen = "127.0.0.1:{port}"
[[communities]]
slug = "cercle"
name = "canari-communauté"
mission = "canari-mission"
charter = ["canari-charte"]
facilitators = ["{ana}"]
[communities.matrix]
rooms = ["{hall}"]
[communities.discord]
server = "{server}"
main = "salon"
facilitators = "Animation"
[communities.quiet_hours]
start = "00:00"
end = "00:00"
"""


@dataclass
class Quoting:
    """What stands between Veillée and its platforms, and quotes what it was given back to it, in errors."""

    left: int = 0
    struck: int = 0
    statuses: tuple[int, ...] = (400, 500, 403)

    def strikes(self) -> int:
        """With which status; 0 to let it through."""
        if not self.left:
            return 0
        self.left -= 1
        self.struck += 1
        return self.statuses[self.struck % len(self.statuses)]

    def on_matrix(self, request: web.Request) -> Fault | None:
        if request.method != "PUT" or "/send/" not in request.path or not (status := self.strikes()):
            return None
        quoted = {"errcode": f"{MARK}_errcode", "error": f"{MARK}-erreur {request.path}", MARK: MARK}
        return Fault(reaches_server=False, instead=Answer(status, json.dumps(quoted).encode()))

    def around(self, serve: Callable[[web.Request], Awaitable[web.StreamResponse]]) -> Any:
        async def served(request: web.Request) -> web.StreamResponse:
            if request.method != "POST" or not request.path.endswith("/messages") or not (status := self.strikes()):
                return await serve(request)
            body = (await request.read()).decode(errors="replace") + f" {MARK}-corps"
            quoted = {"message": body, "code": 50035, "errors": {"content": {"_errors": [{"message": body}]}}}
            return web.Response(
                status=status, content_type="application/json", body=json.dumps(quoted),
                headers={"X-Ratelimit-Bucket": f"{MARK}-seau"},
            )  # fmt: skip

        return served


@dataclass
class Place:
    """Veillée at work on both platforms, in a process of its own."""

    folder: Path
    process: asyncio.subprocess.Process
    quoting: Quoting
    port: int

    @property
    def log(self) -> str:
        return (self.folder / "log").read_text("utf-8")

    async def until(self, so: Callable[[], bool], what: str) -> None:
        async with asyncio.timeout(120):
            while not so():
                assert self.process.returncode is None, f"it ended before {what}: {self.log[-2000:]}"
                await asyncio.sleep(0.05)

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        with suppress(sqlite3.OperationalError):
            connection = sqlite3.connect(f"file:{self.folder}/veillee.db?mode=ro", uri=True)
            try:
                return connection.execute(query).fetchall()
            finally:
                connection.close()
        return []

    async def settled(self) -> None:
        """Nothing waits any more, and has not for a moment."""
        waiting = "select (select count(*) from inbox where state = 'pending') + (select count(*) from outbox where"
        calm = 0
        async with asyncio.timeout(120):
            while calm < 6:
                calm = calm + 1 if self.rows(waiting + " state = 'pending')") == [(0,)] else 0
                await asyncio.sleep(0.1)

    async def ask(self, path: str) -> str:
        async with aiohttp.ClientSession() as session, session.get(f"http://127.0.0.1:{self.port}{path}") as answer:
            return await answer.text()


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


@asynccontextmanager
async def at_work(folder: Path, quoting: Quoting, port: int) -> AsyncIterator[Place]:
    with (folder / "log").open("wb") as log, (folder / "said").open("wb") as said:
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "tests.operating.talkative", str(folder / "veillee.toml"), cwd=folder, stdout=said,
            stderr=log, env=os.environ | {"PYTHONPATH": str(ROOT)},
        )  # fmt: skip
        try:
            yield Place(folder, process, quoting, port)
        finally:
            if process.returncode is None:
                process.kill()
                await process.wait()


async def on_matrix(ana: Member, bo: Member, bot: str, hall: str) -> None:
    await bo.set_name("canari-nom-de-bo")
    await bo.join(hall)
    said = await bo.say(hall, "canari-message")
    await bo.say(hall, "canari-réponse", reply_to=said)
    await bo.edit(hall, said, "canari-corrigé")
    await bo.react(hall, said, "👍")
    await bo.say(hall, f"canari-{BATCH}")
    for word in ("inconnu", FAULT, GROUP, ROW):
        await bo.say(hall, f"!veillee canari-{word}")
    for asked in (
        "rencontre planifier canari-thème | demain 15 h | 1 h | canari-lieu", "pouls canari-question-du-pouls ?",
        "sondage canari-question ? | canari-choix, canari-autre | 1 h", "brise-glace ajouter canari-brise-glace ?",
        "brise-glace", "plan", "rencontre planifier canari-jour | canari-quand",
    ):  # fmt: skip
        await ana.say(hall, f"!veillee {asked}")
    private = await bo.create_room("canari-salon-privé", direct=True, invite=[bot])
    await bo.wait_until(lambda: _joined(bo, private, bot), 90, "Veillée in private")
    for told in (
        "me présenter", "canari-ce-que-je-fais", "canari-ce-que-j’espère", "canari-autre-chose", "oui",
        "récit", "canari-récit", "canari-signature", "relier mon compte", "relier mon compte CANARI", "mes données",
        "exporter mes données", f"canari-{FAULT}", "charte", "oublie-moi",
    ):  # fmt: skip
        await bo.say(private, told)
    await bo.send_file(private, b"canari-fichier", "application/pdf", "canari-fichier.pdf")


async def _joined(member: Member, room: str, who: str) -> bool:
    return (await member.members(room)).get(who) == "join"


async def on_discord(discord: Double, guild: Guild) -> str:
    """Returns the code that links an account, as its owner was told it."""
    hall = next(c for c in guild.channels if c.name == "salon")
    animation = next(role for role in guild.roles.values() if role.name == "Animation")
    ana, bo = guild.join("canari-nom-d-ana", roles=(animation,)), guild.join("canari-nom")
    await bo.say(hall, "canari-message")
    await bo.dm(f"canari-{FAULT}")
    await bo.dm("canari-inconnu")
    await discord.until(lambda: "help" in discord.commands, 90, "commands")
    with suppress(CannotDo):
        await bo.autocomplete(hall, "mes-données relier", "code", "canari-code")
    asked = [await bo.slash(hall, name) for name in ("aide", "me-présenter", "mes-données relier")]
    for each in asked:
        await each.answer(90)
        if each.modal is not None:
            labels = [c["component"]["custom_id"] for c in each.modal["components"] if c.get("component")]
            await (await bo.submit(each, dict.fromkeys(labels, "canari-feuille"))).answer(90)
    await (await ana.slash(hall, "pouls maintenant", question="canari-pouls ?")).answer(90)
    told = re.search(rf"[{ALPHABET}]{{4}}-[{ALPHABET}]{{4}}", asked[-1].text)
    assert told, asked[-1].text
    return told[0]


@pytest.fixture
async def discord() -> AsyncIterator[tuple[Double, Guild, Quoting]]:
    quoting = Quoting()
    double = Double(token=TOKEN)
    double.rest.serve = quoting.around(double.rest.serve)  # type: ignore[method-assign]
    async with double:
        guild = double.guild("Le serveur")
        guild.text("salon")
        guild.role("Animation", "manage_events")
        yield double, guild, quoting


async def test_no_mark_is_found(
    tmp_path: Path, homeserver: Homeserver, new_member: NewMember, discord: tuple[Double, Guild, Quoting]
) -> None:
    double, guild, quoting = discord
    account = homeserver.register_fresh("veillee")
    ana, bo = await new_member("canari-ana"), await new_member("canari-bo")
    hall = await ana.create_room("canari-nom-du-salon", public=True, invite=[account.user_id])
    port = free_port()
    async with FaultyProxy(homeserver.url) as proxy:
        proxy.fault = quoting.on_matrix
        config = CONFIG.format(
            homeserver=proxy.url, account=account, token=TOKEN, api=double.url, port=port, ana=ana.user_id, hall=hall,
            server=guild.id,
        )  # fmt: skip
        (tmp_path / "veillee.toml").write_text(config, "utf-8")
        async with at_work(tmp_path, quoting, port) as place:
            await place.until(lambda: len(place.rows("select id from room where open")) == 2, "both rooms are known")
            quoting.left = 12
            code, _ = await asyncio.gather(on_discord(double, guild), on_matrix(ana, bo, account.user_id, hall))
            await place.settled()
            shown = await place.ask("/health")
            heard = json.loads(shown)["heard_seconds_ago"]
            assert all(0 <= heard[platform] < 60 for platform in ("matrix", "discord")), shown
            shown += await place.ask("/metrics")
            place.process.send_signal(signal.SIGINT)
            assert await asyncio.wait_for(place.process.wait(), 20) == 0
    lines = [json.loads(line) for line in place.log.splitlines()]
    assert quoting.struck == 12
    # It was talkative: each kind of trouble is there, and so are its place and its type.
    events = {line["event"] for line in lines}
    assert {
        "at work", "stopping", "a library warns", "warning", "mistake", "uncaught in a thread", "uncaught at an end",
        "refused", "discord.py",
    } <= events, events  # fmt: skip
    types = {line.get("type") for line in lines if line["event"] == "mistake"}
    assert {"ValueError", "ExceptionGroup", "IntegrityError"} <= types, types
    assert "veillee_said_total" in shown
    secrets = [MARK, account.access_token, code]
    everything = place.log + (tmp_path / "said").read_text("utf-8") + shown
    for secret in secrets:
        found = everything.lower().find(secret.lower())
        assert found < 0, everything[max(found - 300, 0) : found + 100]

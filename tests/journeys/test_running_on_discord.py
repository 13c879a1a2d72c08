"""`veillee run` on Discord, for whoever operates it: starting, stopping, waiting, and how servers are shared out."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from tests.discord.double import Double
from tests.discord.guild import Guild
from tests.journeys.on_discord import listening, serving
from tests.journeys.veillee import Running
from tests.typed import veillee as program

GATEWAY = "GET", "/gateway/bot"


@asynccontextmanager
async def running(*processes: Running) -> AsyncIterator[None]:
    for veillee in processes:
        veillee.start()
    try:
        yield
    finally:
        for veillee in processes:
            veillee.kill()
            veillee.let_go()


def servers(discord: Double, *names: str) -> list[Guild]:
    found = [discord.guild(name) for name in names]
    for guild in found:
        guild.text("salon")
    return found


async def known(discord: Double, veillee: Running, rooms: int) -> None:
    await discord.until(lambda: listening(veillee) == rooms, 60, f"{rooms} rooms to be known")


async def waiting(veillee: Running) -> None:
    async with asyncio.timeout(60):
        while "not listening" not in veillee.logged:
            await asyncio.sleep(0.05)


async def answered(discord: Double, guild: Guild, who: str) -> str:
    """A member asks for help there."""
    asked = await guild.join(who).slash(guild.text("aide"), "aide")
    await asked.answer(60)
    return asked.text


def counted(veillee: Running) -> list[tuple[object, ...]]:
    return veillee.rows("select slug, event from activity join community on community.id = community_id")


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("fr", "Discord n’accepte pas le jeton. Pour savoir quoi faire\u00a0: veillee check\n"),
        ("en", "Discord does not accept the token. To see what to do: veillee check\n"),
    ],
)
async def test_a_token_refused_is_one_line_and_an_exit_code(
    double: Double, tmp_path: Path, language: str, said: str
) -> None:
    veillee = serving(tmp_path, double, *servers(double, "Le cercle"))
    double.application.token = "another"  # noqa: S105
    done = await asyncio.to_thread(program, "run", "--config", str(veillee.config), cwd=tmp_path, language=language)
    assert done.returncode == 3
    started, *rest = done.stderr.splitlines(keepends=True)
    assert " at work " in started
    assert "".join(rest) == said


async def test_discord_is_waited_for(tmp_path: Path) -> None:
    """Unreachable at first, then there but failing, then well."""
    async with Double() as discord:
        veillee = serving(tmp_path, discord, *servers(discord, "Le cercle"))
    port = int(discord.world.url.rpartition(":")[2])
    async with running(veillee):
        await waiting(veillee)
        await discord.start(port)
        discord.faults.fail(500, *GATEWAY, times=1)
        await known(discord, veillee, 1)
        assert veillee.running
    await discord.close()


async def test_it_stops_at_once_and_goes_on_where_it_was(double: Double, tmp_path: Path) -> None:
    (guild,) = servers(double, "Le cercle")
    veillee = serving(tmp_path, double, guild)
    async with running(veillee):
        await known(double, veillee, 1)
        began = time.monotonic()
        assert await asyncio.to_thread(veillee.stop) == 0
        assert time.monotonic() - began < 5
        said = await guild.join("Bo").say(guild.channels[0], "pendant l’arrêt")
        veillee.start()
        await double.until(lambda: ("cercle-1", str(said.id)) in counted(veillee), 60, "it is counted")


async def test_it_stops_at_once_while_discord_is_away(tmp_path: Path) -> None:
    async with Double() as discord:
        veillee = serving(tmp_path, discord, *servers(discord, "Le cercle"))
    async with running(veillee):
        await waiting(veillee)
        began = time.monotonic()
        assert await asyncio.to_thread(veillee.stop) == 0
        assert time.monotonic() - began < 5


async def test_several_servers_in_one_process(double: Double, tmp_path: Path) -> None:
    first, second = servers(double, "Le cercle", "La ronde")
    veillee = serving(tmp_path, double, first, second)
    async with running(veillee):
        await known(double, veillee, 2)
        said = {
            "cercle-1": await first.join("Bo").say(first.channels[0], "ici"),
            "cercle-2": await second.join("Cleo").say(second.channels[0], "là"),
        }
        wanted = [(slug, str(message.id)) for slug, message in said.items()]
        await double.until(lambda: [r for r in counted(veillee) if r in wanted] == wanted, 30, "both to be counted")
        assert await answered(double, first, "Dan")
        assert await answered(double, second, "Eve")


@pytest.mark.parametrize("advised", [False, True])
async def test_two_shards_in_one_process(double: Double, tmp_path: Path, advised: bool) -> None:
    """As configured, or as Discord advises."""
    first, second = servers(double, "Le cercle", "La ronde")
    if advised:
        double.gateway.shards = 2
    veillee = serving(tmp_path, double, first, second, more="" if advised else "shard_count = 2")
    async with running(veillee):
        await double.gateway.ready(2, seconds=60)
        await known(double, veillee, 2)
        assert {s.shard for s in double.gateway.connected} == {0, 1}
        assert await answered(double, first, "Dan")
        assert await answered(double, second, "Eve")


async def test_each_process_its_shards(double: Double, tmp_path: Path) -> None:
    """One configuration of the two communities, but for the shards and the database."""
    guilds = servers(double, "Le cercle", "La ronde")
    assert [(g.id >> 22) % 2 for g in guilds] == [0, 1]
    processes = [
        serving(tmp_path / str(n), double, *guilds, more=f"shard_count = 2\nshard_ids = [{n}]") for n in (0, 1)
    ]
    async with running(*processes):
        for process in processes:
            await known(double, process, 1)
        said = [await g.join("Bo").say(g.channels[0], "ici") for g in guilds]
        for guild in guilds:
            assert await answered(double, guild, "Eve")
        of_both = {str(m.id) for m in said}
        for n, process in enumerate(processes):
            # What was said was told before the question that is answered by now.
            assert [row for row in counted(process) if row[1] in of_both] == [(f"cercle-{n + 1}", str(said[n].id))]


async def test_one_platform_refused_the_other_goes_on(double: Double, tmp_path: Path) -> None:
    (guild,) = servers(double, "Le cercle")
    matrix = '[matrix]\nhomeserver = "{}"\nuser_id = "@v:localhost"\naccess_token = "no-more"\n'
    async with refusing() as url:
        veillee = serving(tmp_path, double, guild, blocks=matrix.format(url))
        async with running(veillee):
            await double.until(lambda: "refused, the others go on" in veillee.logged, 60, "the refusal")
            await known(double, veillee, 1)
            assert await answered(double, guild, "Dan")
            assert veillee.running


@asynccontextmanager
async def refusing() -> AsyncIterator[str]:
    """A homeserver that knows no such token."""
    from aiohttp import web

    async def refuse(request: web.Request) -> web.Response:
        if request.path.endswith("/versions"):
            return web.json_response({"versions": ["v1.11"]})
        return web.json_response({"errcode": "M_UNKNOWN_TOKEN", "error": "Unknown"}, status=401)

    app = web.Application()
    app.router.add_route("*", "/{rest:.*}", refuse)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()

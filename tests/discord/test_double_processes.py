"""What the double holds outlives the bot's processes."""

from __future__ import annotations

import asyncio
import sys
from asyncio.subprocess import PIPE, Process
from pathlib import Path

from tests.discord.double import Double
from tests.discord.guild import Guild

ROOT = Path(__file__).parents[2]
BOT = """
import asyncio, logging, sys
import discord
from tests.discord.launch import point

class Echo(discord.Client):
    async def on_message(self, message):
        if not message.author.bot:
            await message.channel.send("Entendu : " + message.content, allowed_mentions=discord.AllowedMentions.none())

point(sys.argv[1])
asyncio.run(Echo(intents=discord.Intents.all() ^ discord.Intents(presences=True)).start("token"))
"""


async def bot(double: Double) -> Process:
    return await asyncio.create_subprocess_exec(
        sys.executable, "-c", BOT, double.world.url, cwd=ROOT, stdout=PIPE, stderr=PIPE
    )


async def ended(process: Process) -> None:
    process.kill()
    await process.communicate()


async def test_a_bot_killed_finds_all_as_it_left_it(double: Double, cercle: Guild) -> None:
    bo, place = cercle.join("Bo"), cercle.channels[0]
    first = await bot(double)
    await double.gateway.ready()
    await bo.say(place, "un")
    await place.heard("Entendu : un")
    await ended(first)
    await double.until(lambda: not double.gateway.connected)
    await bo.say(place, "personne n’écoute")
    second = await bot(double)
    await double.gateway.ready()
    await bo.say(place, "deux")
    await place.heard("Entendu : deux")
    assert [m.content for m in place.messages] == ["un", "Entendu : un", "personne n’écoute", "deux", "Entendu : deux"]
    assert double.gateway.identified == 2
    await ended(second)

"""One bot's servers shared out among processes that share one database: each answered once, what is due said once, and
what is private answered whichever server it is about."""

from __future__ import annotations

import asyncio
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.discord.double import Double
from tests.discord.guild import Guild
from tests.journeys.on_discord import all_done, listening, serving
from tests.journeys.test_killed_on_discord import ICEBREAKER
from tests.journeys.test_running_on_discord import running, servers
from tests.journeys.veillee import Running
from tests.postgres.server import Database


def due_soon(veillee: Running, community: int, count: int) -> None:
    """All over the next seconds, some of it at once."""
    now = datetime.now(UTC).replace(tzinfo=None)
    veillee.change(
        "insert into due (community_id, key, kind, due_at, args, state, moved)"
        f" values ({community}, ?, 'icebreakers.weekly', ?, '{{}}', 'pending', true)",
        [(f"test:{n}", (now + timedelta(seconds=n / 2)).isoformat(sep=" ")) for n in range(count)],
    )


@pytest.mark.timeout(120)
async def test_each_server_is_answered_once_and_what_is_due_said_once(
    double: Double, tmp_path: Path, postgres: Database
) -> None:
    guilds = servers(double, "Le cercle", "La ronde")
    assert [(g.id >> 22) % 2 for g in guilds] == [0, 1]
    hosts = ("127.0.0.1", "localhost")
    both = [
        serving(
            tmp_path / str(n), double, *guilds, more=f"shard_count = 2\nshard_ids = [{n}]", url=postgres.url,
            shared=tmp_path, api=double.url.replace("127.0.0.1", host),
        )
        for n, host in enumerate(hosts)
    ]  # fmt: skip
    async with running(*both):
        await double.until(lambda: listening(both[0]) == 2, 60, "both rooms to be known")
        ids = {str(slug): int(str(id)) for slug, id in both[0].rows("select slug, id from community")}
        for slug in ("cercle-1", "cercle-2"):
            due_soon(both[0], ids[slug], 4)
        # In the server, by a command.
        people = [
            guild.join(name, roles=(guild.role("Animation", "manage_events"),))
            for guild, name in zip(guilds, ("Ana", "Zoe"), strict=True)
        ]
        for guild, person in zip(guilds, people, strict=True):
            asked = await person.slash(guild.channels[0], "aide")
            await asked.answer(30)
            assert asked.text
        # In private: only the process of shard 0 hears it, whichever community it is about.
        for person in people:
            await person.dm("aide")
            await person.direct.heard("Voici ce que", 30)
            # Whether they facilitate is asked of the server, be it another process that hears it.
            await person.dm("brise-glace ajouter Une question de plus")
            await person.direct.heard("C’est noté", 30)
            # By a command of Discord's own, in private.
            asked = await person.slash(person.direct, "aide")
            await asked.answer(30)
            assert len(asked.messages) == 1
        await double.until(lambda: all_done(both[0]), 30, "all to be done")
        await asyncio.sleep(1.2)
        for guild in guilds:
            said = sum(ICEBREAKER in text for text in guild.channels[0].texts)
            assert said == done(both[0], ids[f"cercle-{guilds.index(guild) + 1}"])
        for person in people:
            for words in ("Voici ce que", "C’est noté"):
                assert sum(words in text for text in person.direct.texts) == 1
        assert posted_by(double, guilds) == {(0, hosts[0]), (1, hosts[1])}
        assert both[0].rows("select purpose, problem from outbox where state = 'failed'") == []


def done(veillee: Running, community: int) -> int:
    query = f"select state from due where key like 'test:%' and community_id = {community}"
    states = Counter(state for (state,) in veillee.rows(query))
    assert states["done"] + states["merged"] == 4, states
    return states["done"]


def posted_by(discord: Double, guilds: list[Guild]) -> set[tuple[int, str]]:
    """Which process posted in the channels of which server."""
    channels = {str(channel.id): n for n, guild in enumerate(guilds) for channel in guild.channels}
    posts = discord.asked("POST", "/channels/{channel_id}/messages")
    return {
        (channels[call.parts["channel_id"]], call.host.partition(":")[0])
        for call in posts
        if call.parts["channel_id"] in channels
    }

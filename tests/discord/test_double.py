"""The double against a plain discord.py client: what is real there must be real here."""

from __future__ import annotations

import aiohttp
import discord
import pytest

from tests.discord.double import Double
from tests.discord.guild import Guild
from tests.discord.intents import CONTENT, MEMBERS
from tests.discord.permissions import bits, of_member
from tests.discord.plain import INTENTS, Client, Running, salon

MESSAGES = "/channels/{channel_id}/messages"


async def test_messages_pass_both_ways(double: Double, cercle: Guild, client: Client) -> None:
    bo, place = cercle.join("Bo"), cercle.channels[0]
    said = await bo.say(place, "bonjour")
    await double.until(lambda: client.heard == ["bonjour"])
    reference = discord.MessageReference(message_id=said.id, channel_id=place.id)
    answer = await salon(client).send("salut", reference=reference)
    assert (await place.heard("salut")).answers == said.id
    await answer.edit(content="rebonjour")
    assert place.texts == ["rebonjour"]
    file = discord.File(__file__, "notes.txt")
    await salon(client).send("avec un fichier", file=file)
    sent = place.from_bot[-1].attachments[0]
    fetched = await salon(client).fetch_message(place.from_bot[-1].id)
    assert (sent.filename, await fetched.attachments[0].read()) == ("notes.txt", sent.data)
    assert [m.content async for m in salon(client).history(limit=2)] == ["avec un fichier", "rebonjour"]


async def test_what_happened_while_away_is_replayed_once(double: Double, cercle: Guild, client: Client) -> None:
    bo, place = cercle.join("Bo"), cercle.channels[0]
    await bo.say(place, "un")
    await double.until(lambda: client.heard == ["un"])
    await double.gateway.reconnect()
    double.gateway.hold()
    await bo.say(place, "deux")
    double.gateway.release()
    await double.until(lambda: double.gateway.resumed == 1)
    await double.gateway.drop()
    await bo.say(place, "trois")
    await double.until(lambda: client.heard == ["un", "deux", "trois"])
    assert (double.gateway.resumed, double.gateway.identified) == (2, 1)


async def test_an_invalid_session_begins_anew_with_a_hole(double: Double, cercle: Guild, client: Client) -> None:
    bo, place = cercle.join("Bo"), cercle.channels[0]
    await double.gateway.invalidate(resumable=True)
    await double.until(lambda: double.gateway.resumed == 1)
    double.gateway.forgetful = True
    await double.gateway.drop(4000)
    await bo.say(place, "dans le trou")
    await double.until(lambda: double.gateway.identified == 2)
    await bo.say(place, "après")
    await double.until(lambda: client.heard == ["après"])


async def test_silence_for_heartbeats_makes_the_client_come_back(double: Double, cercle: Guild) -> None:
    double.gateway.heartbeat, double.gateway.frozen = 50, True
    async with Running(double, Client(heartbeat_timeout=0.3)):
        await double.until(lambda: double.gateway.resumed >= 1)
    assert double.gateway.heartbeats > 1


@pytest.mark.parametrize("everywhere", [False, True])
async def test_a_limit_is_waited_out(double: Double, cercle: Guild, client: Client, everywhere: bool) -> None:
    fault = double.faults.limit("POST", "/channels/*/messages", times=2, seconds=0.05, everywhere=everywhere)
    await salon(client).send("enfin")
    assert (fault.met, cercle.channels[0].texts) == (2, ["enfin"])
    assert [c.status for c in double.asked("POST", MESSAGES)] == [429, 429, 200]


async def test_an_answer_that_never_comes_is_found_by_its_nonce(double: Double, cercle: Guild, client: Client) -> None:
    double.faults.cut_after("POST", "/channels/*/messages")
    with pytest.raises((OSError, aiohttp.ClientError)):
        await salon(client).send("une fois", nonce="cle-1")
    again = await salon(client).send("une fois", nonce="cle-1")
    assert cercle.channels[0].texts == ["une fois"]
    assert again.id == cercle.channels[0].from_bot[0].id
    double.faults.cut_before("POST", "/channels/*/messages")
    with pytest.raises((OSError, aiohttp.ClientError)):
        await salon(client).send("jamais", nonce="cle-2")
    assert cercle.channels[0].texts == ["une fois"]


async def test_a_server_in_trouble(double: Double, cercle: Guild, client: Client) -> None:
    double.faults.html("POST", "/channels/*/messages", status=503)
    with pytest.raises(discord.DiscordServerError):
        await salon(client).send("une page")
    double.faults.fail(503, "POST")
    with pytest.raises(discord.DiscordServerError):
        await salon(client).send("rien")
    slow = double.faults.slow(0.1, "POST")
    await salon(client).send("lent")
    assert (slow.met, cercle.channels[0].texts) == (1, ["lent"])


async def test_permissions_are_those_of_discord(double: Double, cercle: Guild, client: Client) -> None:
    place = cercle.channels[0]
    place.deny(cercle.bot_role, "send_messages")
    with pytest.raises(discord.Forbidden) as refused:
        await salon(client).send("muet")
    assert refused.value.code == 50013
    place.deny(cercle.bot_role, "view_channel")
    with pytest.raises(discord.Forbidden) as refused:
        await salon(client).send("aveugle")
    assert refused.value.code == 50001
    await cercle.join("Bo").say(place, "entre nous")
    bo = cercle.join("Bo")
    bo.close_dms()
    with pytest.raises(discord.Forbidden) as refused:
        await (await client.fetch_user(bo.user.id)).send("toc toc")
    assert refused.value.code == 50007
    high = cercle.role("Au-dessus")
    high.position = 99
    with pytest.raises(discord.Forbidden):
        await client.http.add_role(cercle.id, bo.user.id, high.id)
    low = cercle.role("Membres")
    await client.http.add_role(cercle.id, bo.user.id, low.id)
    assert bo.has(low)
    assert "entre nous" not in client.heard


async def test_permissions_are_counted_as_discord_py_counts_them(double: Double, cercle: Guild, client: Client) -> None:
    place, helpers, quiet = cercle.channels[0], cercle.role("Aide", "manage_threads"), cercle.role("Silence")
    people = [cercle.join(name, roles=roles) for name, roles in (("Bo", ()), ("Cleo", (helpers,)), ("Dan", (quiet,)))]
    people.append(cercle.join("Eli", roles=(helpers, quiet)))
    place.deny(cercle.roles[cercle.id], "add_reactions", "attach_files")
    place.allow(helpers, "attach_files", "manage_messages")
    place.deny(quiet, "send_messages", "attach_files")
    place.allow(people[2], "send_messages")
    place.deny(people[3], "manage_messages")
    guild, last = client.guilds[0], people[-1].user.id
    await double.until(lambda: (m := guild.get_member(last)) and not salon(client).permissions_for(m).manage_messages)
    seen = bits("send_messages", "attach_files", "add_reactions", "manage_messages", "manage_threads", "view_channel")
    for person in people:
        member = guild.get_member(person.user.id)
        assert member
        assert of_member(cercle, person.user.id, place) & seen == salon(client).permissions_for(member).value & seen
    people[0].time_out()
    assert of_member(cercle, people[0].user.id, place) & seen == bits("view_channel")


async def test_what_was_not_asked_for_is_not_told(double: Double, cercle: Guild) -> None:
    bo, place = cercle.join("Bo"), cercle.channels[0]
    intents = discord.Intents(guilds=True, guild_messages=True, dm_messages=True)
    async with Running(double, Client(intents)) as client:
        assert [m.id for m in client.guilds[0].members] == [double.me.id]
        message = await bo.say(place, "secret")
        await bo.react(message, "🌱")
        cercle.join("Cleo")
        await bo.say(place, f"à {double.me.mention}")
        await bo.dm("en privé")
        await double.until(lambda: len(client.heard) == 3)
        assert client.heard == ["", f"à {double.me.mention}", "en privé"]
        assert not {"MESSAGE_REACTION_ADD", "GUILD_MEMBER_ADD"} & set(client.events)


@pytest.mark.parametrize(("switch", "intent"), [("members_approved", MEMBERS), ("content_approved", CONTENT)])
async def test_a_switch_that_is_off(double: Double, cercle: Guild, switch: str, intent: int) -> None:
    setattr(double.application, switch, False)
    with pytest.raises(discord.PrivilegedIntentsRequired):
        async with Running(double, Client()):
            pass
    assert double.gateway.turned_away == [4014]
    intents = discord.Intents._from_value(INTENTS.value & ~intent)
    async with Running(double, Client(intents)) as client:
        assert not client.application_flags.value & (1 << 15 if intent == MEMBERS else 1 << 19)


async def test_a_wrong_token(double: Double, cercle: Guild) -> None:
    double.application.token += "s"
    with pytest.raises(discord.LoginFailure):
        async with Running(double, Client()):
            pass


async def test_members_come_in_chunks_and_servers_by_shards(double: Double, cercle: Guild) -> None:
    cercle.populate(1500)
    other = double.guild("L’autre cercle")
    place = other.text("salon")
    double.gateway.shards = 2
    async with Running(double, Client(chunk_guilds_at_startup=True)) as client:
        assert len(client.shards) == 2
        first, second = (client.get_guild(g.id) for g in (cercle, other))
        assert first
        assert second
        assert (len(first.members), first.chunked, first.shard_id != second.shard_id) == (1502, True, True)
        await double.gateway.drop(shard=second.shard_id)
        await other.join("Dan").say(place, "ici")
        await double.until(lambda: client.heard == ["ici"])
        assert [s.resumed for s in sorted(double.gateway.connected, key=lambda s: s.shard == second.shard_id)] == [0, 1]


async def test_threads(double: Double, cercle: Guild, client: Client) -> None:
    bo, place = cercle.join("Bo"), cercle.channels[0]
    message = await salon(client).send("le thème")
    thread = await message.create_thread(name="Antichambre")
    assert thread.id == message.id
    kept = place.threads[0]
    await bo.say(kept, "un récit")
    await double.until(lambda: client.heard == ["un récit"])
    kept.archive()
    assert [t.id async for t in salon(client).archived_threads()] == [thread.id]
    await thread.send("rouvert")
    assert not kept.archived
    kept.archive(locked=True)
    cercle.revoke("manage_threads")
    with pytest.raises(discord.HTTPException) as refused:
        await thread.send("trop tard")
    assert refused.value.code == 50083
    with pytest.raises(discord.HTTPException) as refused:
        await message.create_thread(name="Encore")
    assert refused.value.code == 160004
    place.delete()
    with pytest.raises(discord.NotFound):
        await message.edit(content="plus rien")

"""Does the configuration work? Looked at without changing anything."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import discord
from discord.http import Route

from adapters.discord import servers
from adapters.discord.calls import Calls, Denied
from adapters.discord.connection import quieten
from adapters.discord.native import Json, mapping, number, person_name, snowflake
from adapters.discord.servers import Channel, Server
from adapters.discord.settings import DiscordPlaces, DiscordSettings
from adapters.told_time import ToldTime
from bot.ports import Finding, TryLater

# What Veillée does in a channel, and the permission that each needs, by the name of a sentence.
IN_CHANNELS = {
    "view": servers.VIEW, "send": servers.SEND, "history": servers.READ_HISTORY, "files": servers.ATTACH,
    "threads": servers.CREATE_THREADS | servers.SEND_IN_THREADS, "polls": servers.POLLS, "pin": servers.PIN,
}  # fmt: skip
# Those of our own making only. Of a voice channel, Discord asks that one could come in.
ON_SERVER = {"events": servers.CREATE_EVENTS, "voice": servers.CONNECT}
FOR_ROLE = {"roles": servers.MANAGE_ROLES}
# Where members only talk, no more is needed than to count.
TO_COUNT = ("view", "history")

MEMBERS_SWITCH, CONTENT_SWITCH = 1 << 14 | 1 << 15, 1 << 18 | 1 << 19


def permissions(*, role: bool) -> int:
    """All that an invitation asks for."""
    needed = 0
    for bits in (*IN_CHANNELS.values(), *ON_SERVER.values(), *(FOR_ROLE.values() if role else ())):
        needed |= bits
    return needed


def invitation(application: str, *, role: bool) -> str:
    """The address that adds the bot to a server."""
    scope = "bot+applications.commands"
    needed = permissions(role=role)
    return f"https://discord.com/oauth2/authorize?client_id={application}&scope={scope}&permissions={needed}"


async def examine(
    settings: DiscordSettings, places: Iterable[DiscordPlaces], told_time: ToldTime | None = None
) -> list[Finding]:
    """What is well and what is not, in the order in which it should be mended. Never raises. `told_time`: learns from
    the answers what time it is."""
    findings: list[Finding] = []
    quieten()
    Route.BASE = settings.api
    trace: Any = told_time.listening() if told_time else None
    client = discord.Client(intents=discord.Intents(guilds=True), http_trace=trace)  # never connected
    calls = Calls(client)
    try:
        me = await client.http.static_login(settings.token.get_secret_value())
        application = mapping(await calls.call("GET", "/applications/@me"))
        findings.append(Finding(True, "check-discord-token", {"name": person_name(mapping(me), {})}))
        _switches(settings, number(application.get("flags")), findings)
        for place in places:
            await _server(calls, place, snowflake(me["id"]), snowflake(application.get("id")), findings)
    except discord.LoginFailure:
        findings.append(Finding(False, "check-discord-token-refused"))
    except (Denied, TryLater):
        findings.append(Finding(False, "check-discord-interrupted"))
    except (discord.DiscordException, OSError):
        findings.append(Finding(False, "check-discord-unreachable"))
    finally:
        await client.http.close()
    return findings


def _switches(settings: DiscordSettings, flags: int, findings: list[Finding]) -> None:
    if settings.members:
        on = bool(flags & MEMBERS_SWITCH)
        findings.append(Finding(on, "check-discord-members" if on else "check-discord-members-off"))
    if settings.read_messages:
        on = bool(flags & CONTENT_SWITCH)
        findings.append(Finding(on, "check-discord-content" if on else "check-discord-content-off"))


async def _server(calls: Calls, place: DiscordPlaces, me: str, application: str, findings: list[Finding]) -> None:
    about = {"community": place.slug, "server": place.server}
    try:
        guild: Json = dict(mapping(await calls.call("GET", "/guilds/{guild_id}", guild_id=place.server)))
        guild["channels"] = await calls.call("GET", "/guilds/{guild_id}/channels", guild_id=place.server)
        mine = await calls.call("GET", "/guilds/{guild_id}/members/{user_id}", guild_id=place.server, user_id=me)
    except Denied:
        address = invitation(application, role=bool(place.members))
        findings.append(Finding(False, "check-discord-not-there", {**about, "address": address}))
        return
    server = Server(place.server, me, place)
    server.learn(guild | {"members": [mine]})
    findings.append(Finding(True, "check-discord-server", {**about, "name": server.name}))
    named = {"main": place.main, "office": place.office}
    named |= {f"channels[{position}]": name for position, name in enumerate(place.channels, start=1)}
    for key, name in named.items():
        if name and server.channel(name) is None:
            findings.append(Finding(False, "check-discord-no-channel", {**about, "key": key, "name": name}))
    for key in ("facilitators", "members"):
        name = getattr(place, key)
        if name and not server.role(name):
            findings.append(Finding(False, "check-discord-no-role", {**about, "key": key, "name": name}))
    _rights(server, place, about, findings)


def _rights(server: Server, place: DiscordPlaces, about: dict[str, str], findings: list[Finding]) -> None:
    main = server.main()
    if main is None and not place.main:
        findings.append(Finding(False, "check-discord-no-main", about))
    counted = server.counted()
    seen = "check-discord-channels" if counted else "check-discord-no-channels"
    findings.append(Finding(bool(counted), seen, {**about, "count": str(len(counted))}))
    spoken = [main, server.channel(place.office) if place.office else None]
    listened = [*map(server.channel, place.channels), *counted.values()]
    for channel in dict.fromkeys(c.id for c in [*spoken, *listened] if c is not None):
        known = server.channels[channel]
        wanted = IN_CHANNELS if known in spoken else {name: IN_CHANNELS[name] for name in TO_COUNT}
        findings += _missing(server, known, wanted, about)
    findings += _missing(server, None, ON_SERVER, about)
    if place.members:
        findings += _missing(server, None, FOR_ROLE, about)
        role = server.role(place.members)
        if role and not server.above(role):
            findings.append(Finding(False, "check-discord-role-above", {**about, "name": place.members}))


def _missing(
    server: Server, channel: Channel | None, wanted: dict[str, int], about: dict[str, str]
) -> list[Finding]:
    has = server.mine(channel)
    where = {**about, "channel": f"#{channel.name}" if channel else ""}
    names = [name for name, bits in wanted.items() if has & bits != bits]
    if "view" in names:
        names = ["view"]  # whatever else one may do there comes to nothing
    return [Finding(False, f"check-discord-may-not-{name}", where) for name in names]

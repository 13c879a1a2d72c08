"""The bot itself: who it is, where the gateway is, which commands it has."""

from __future__ import annotations

from typing import Any

from tests.discord import payloads
from tests.discord.call import Answer, Call, route
from tests.discord.errors import Refused, missing_access, unknown
from tests.discord.state import Json

COMMANDS = "/applications/{application_id}/commands"
GUILD_COMMANDS = "/applications/{application_id}/guilds/{guild_id}/commands"


@route("GET", "/users/@me")
def me(call: Call) -> Answer:
    return payloads.user(call.world.me) | {"verified": True, "mfa_enabled": False, "email": None, "locale": "en-US"}


@route("GET", "/users/@me/guilds")
def my_guilds(call: Call) -> Answer:
    mine = [g for g in call.world.guilds.values() if call.me in g.members and g.id > int(call.query.get("after", 0))]
    return [
        {"id": str(g.id), "name": g.name, "icon": None, "banner": None, "owner": False, "features": [],
         "permissions": str(g.bot_role.permissions)}
        for g in mine[: call.limit(200, 200)]
    ]  # fmt: skip


@route("POST", "/users/@me/channels")
def open_direct(call: Call) -> Answer:
    user = call.world.users.get(int(call.form["recipient_id"]))
    if user is None:
        raise Refused(400, 50033, "Invalid Recipient(s)")
    if user.bot:
        raise Refused(403, 50007, "Cannot send messages to this user")
    return payloads.channel(call.world.direct(user))


@route("GET", "/users/{user_id}")
def user(call: Call) -> Answer:
    if (found := call.world.users.get(call.id("user_id"))) is None:
        raise unknown("User")
    return payloads.user(found)


@route("GET", "/applications/@me")
@route("GET", "/oauth2/applications/@me")
def application(call: Call) -> Answer:
    known = call.world.application
    return {
        "id": str(known.id), "name": known.user.name, "icon": None, "description": "", "summary": "",
        "bot_public": True, "bot_require_code_grant": False, "verify_key": "00" * 32, "flags": known.flags,
        "bot": payloads.user(known.user), "team": None, "hook": True, "interactions_endpoint_url": None,
        "owner": payloads.user(next((g.owner.user for g in call.world.guilds.values()), known.user)),
        "integration_types_config": {"0": {}}, "approximate_guild_count": len(call.world.guilds),
    }  # fmt: skip


@route("GET", "/gateway")
def gateway(call: Call) -> Answer:
    return {"url": call.world.url.replace("http", "ws", 1) + "/gateway"}


@route("GET", "/gateway/bot")
def gateway_bot(call: Call) -> Answer:
    limit = {"total": 1000, "remaining": 1000, "reset_after": 0, "max_concurrency": 16}
    return {"url": call.world.url.replace("http", "ws", 1) + "/gateway", "shards": call.world.shards,
            "session_start_limit": limit}  # fmt: skip


def _mine(call: Call) -> None:
    if call.id("application_id") != call.world.application.id:
        raise Refused(403, 20012, "You are not authorized to perform this action on this application")


def _known(call: Call, given: Json, earlier: list[Json], guild_id: int | None) -> Json:
    """A command as Discord keeps it: one of the same name and type stays the same command."""
    same = next((c for c in earlier if (c["name"], c["type"]) == (given["name"], given.get("type", 1))), None)
    known: Json = {
        "id": same["id"] if same else str(call.world.new_id()), "application_id": str(call.world.application.id),
        "type": 1, "default_member_permissions": None, "nsfw": False, "name_localizations": None, "options": [],
        "description": "", "description_localizations": None,
    }  # fmt: skip
    if guild_id is None:
        known |= {"contexts": None, "integration_types": [0], "dm_permission": True}
    else:
        known["guild_id"] = str(guild_id)
    known |= {k: v for k, v in given.items() if k != "id"}
    if known["default_member_permissions"] is not None:
        known["default_member_permissions"] = str(known["default_member_permissions"])
    if same and {k: v for k, v in same.items() if k != "version"} == known:
        return same
    return known | {"version": str(call.world.new_id())}


def _told(call: Call, commands: list[Json]) -> list[Any]:
    if call.query.get("with_localizations") in ("true", "1", "True"):
        return commands
    hidden = ("name_localizations", "description_localizations")
    return [{k: v for k, v in c.items() if k not in hidden} for c in commands]


@route("GET", COMMANDS)
def commands(call: Call) -> Answer:
    _mine(call)
    return _told(call, call.world.application.commands)


@route("PUT", COMMANDS)
def put_commands(call: Call) -> Answer:
    _mine(call)
    earlier = call.world.application.commands
    call.world.application.commands = [_known(call, c, earlier, None) for c in call.body or ()]
    call.world.tell()
    return call.world.application.commands


@route("POST", COMMANDS)
def add_command(call: Call) -> Answer:
    _mine(call)
    earlier = call.world.application.commands
    known = _known(call, call.form, earlier, None)
    call.world.application.commands = [c for c in earlier if c["id"] != known["id"]] + [known]
    call.world.tell()
    return known


@route("GET", GUILD_COMMANDS)
def guild_commands(call: Call) -> Answer:
    _mine(call)
    _in_guild(call)
    return _told(call, call.world.application.guild_commands.get(call.id("guild_id"), []))


@route("PUT", GUILD_COMMANDS)
def put_guild_commands(call: Call) -> Answer:
    _mine(call)
    _in_guild(call)
    id, kept = call.id("guild_id"), call.world.application.guild_commands
    kept[id] = [_known(call, c, kept.get(id, []), id) for c in call.body or ()]
    call.world.tell()
    return kept[id]


def _in_guild(call: Call) -> None:
    guild = call.world.guilds.get(call.id("guild_id"))
    if guild is None or call.me not in guild.members:
        raise missing_access()


def _of(call: Call) -> tuple[list[Json], Json]:
    """A command by its identifier, among the global ones or those of a server."""
    _mine(call)
    application = call.world.application
    kept = application.guild_commands.get(call.id("guild_id"), []) if "guild_id" in call.parts else application.commands
    found = next((c for c in kept if c["id"] == call.parts["command_id"]), None)
    if found is None:
        raise unknown("Application Command")
    return kept, found


@route("GET", COMMANDS + "/{command_id}")
@route("GET", GUILD_COMMANDS + "/{command_id}")
def command(call: Call) -> Answer:
    return _of(call)[1]


@route("PATCH", COMMANDS + "/{command_id}")
@route("PATCH", GUILD_COMMANDS + "/{command_id}")
def change_command(call: Call) -> Answer:
    kept, found = _of(call)
    known = found | call.form | {"version": str(call.world.new_id())}
    kept[kept.index(found)] = known
    return known


@route("DELETE", COMMANDS + "/{command_id}")
@route("DELETE", GUILD_COMMANDS + "/{command_id}")
def delete_command(call: Call) -> Answer:
    kept, found = _of(call)
    kept.remove(found)
    return None

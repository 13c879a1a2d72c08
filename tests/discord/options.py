"""A slash command as a member types it, held to what the bot registered: names, types, what is required."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.discord import payloads
from tests.discord.channel import Channel
from tests.discord.errors import CannotDo
from tests.discord.permissions import of_member
from tests.discord.state import DM, Attachment, Json, Role, User

if TYPE_CHECKING:
    from tests.discord.world import World

SUBCOMMAND, GROUP = 1, 2
STRING, INTEGER, BOOLEAN, USER, CHANNEL, ROLE, MENTIONABLE, NUMBER, ATTACHMENT = range(3, 12)


def named(declared: Json, name: str, locale: str) -> bool:
    return name in (declared["name"], (declared.get("name_localizations") or {}).get(locale))


def visible(world: World, user: User, channel: Channel) -> list[Json]:
    """The commands this person is offered here."""
    application, guild = world.application, channel.guild
    offered = [c for c in application.commands if offers_here(c, channel)]
    if guild:
        offered += application.guild_commands.get(guild.id, [])
        granted = of_member(guild, user.id, channel)
        offered = [c for c in offered if allowed(c, granted)]
    return [c for c in offered if c.get("type", 1) == 1]


def offers_here(command: Json, channel: Channel) -> bool:
    contexts = command.get("contexts")
    if contexts is not None:
        return (1 if channel.type == DM else 0) in contexts
    return channel.type != DM or command.get("dm_permission", True)


def allowed(command: Json, granted: int) -> bool:
    needed = command.get("default_member_permissions")
    if needed is None:
        return True
    return bool(granted & 8) or (int(needed) != 0 and granted & int(needed) == int(needed))


def find(world: World, user: User, channel: Channel, path: str) -> tuple[list[Json], list[Json]]:
    """The command and its subcommands along `path`, and the options of the last."""
    words = path.lstrip("/").split()
    level, chain = visible(world, user, channel), []
    for word in words:
        found = next((c for c in level if named(c, word, user.locale)), None)
        if found is None:
            raise CannotDo(f"{user.name} is offered no command {path!r}; there is {[c['name'] for c in level]}")
        chain.append(found)
        level = found.get("options") or []
    if any(o["type"] in (SUBCOMMAND, GROUP) for o in level):
        raise CannotDo(f"{path!r} is only the beginning: {[o['name'] for o in level]}")
    return chain, level


def data(
    world: World, user: User, channel: Channel, path: str, values: dict[str, Any], *, focused: str = ""
) -> Json:
    """Of a COMMAND interaction; or, with the option being typed in `focused`, of an AUTOCOMPLETE one."""
    chain, declared = find(world, user, channel, path)
    resolved: dict[str, Json] = {}
    given: list[Json] = []
    left = dict(values)
    for option in declared:
        key = next((k for k in left if named(option, k, user.locale)), None)
        if key is None:
            if option.get("required") and not focused:
                raise CannotDo(f"{path!r} needs {option['name']!r}")
            continue
        value = left.pop(key)
        if focused and named(option, focused, user.locale):
            if not option.get("autocomplete"):
                raise CannotDo(f"{option['name']!r} has no autocompletion")
            given.append({"name": option["name"], "type": option["type"], "value": str(value), "focused": True})
        else:
            sent = _checked(option, value, resolved)
            given.append({"name": option["name"], "type": option["type"], "value": sent})
    if left:
        raise CannotDo(f"{path!r} has no option {sorted(left)}; it has {[o['name'] for o in declared]}")
    options = given
    for step in reversed(chain[1:]):
        options = [{"name": step["name"], "type": step["type"], "options": options}]
    known: Json = {"id": chain[0]["id"], "name": chain[0]["name"], "type": 1, "options": options}
    if "guild_id" in chain[0]:
        known["guild_id"] = chain[0]["guild_id"]
    return known | ({"resolved": resolved} if resolved else {})


def _checked(option: Json, value: Any, resolved: dict[str, Json]) -> Any:
    name, kind = option["name"], option["type"]
    if kind == STRING and isinstance(value, str):
        _within(name, len(value), option.get("min_length"), option.get("max_length"))
    elif kind in (INTEGER, NUMBER) and isinstance(value, (int, float)) and not isinstance(value, bool):
        if kind == INTEGER and not isinstance(value, int):
            raise CannotDo(f"{name!r} takes a whole number")
        _within(name, value, option.get("min_value"), option.get("max_value"))
    elif kind == BOOLEAN and isinstance(value, bool):
        return value
    else:
        return reference(name, kind, value, resolved)
    if choices := option.get("choices"):
        found = next((c for c in choices if value == c["value"] or value == c["name"]), None)
        if found is None:
            raise CannotDo(f"{name!r} offers {[c['name'] for c in choices]}")
        return found["value"]
    return value


def reference(name: str, kind: int, value: Any, resolved: dict[str, Json]) -> str:
    """Something that exists, told by its identifier; `resolved` says what it is."""
    from tests.discord.member import Member

    def add(under: str, id: int, known: Json) -> str:
        resolved.setdefault(under, {})[str(id)] = known
        return str(id)

    if kind in (USER, MENTIONABLE) and isinstance(value, Member):
        add("members", value.user.id, payloads.member(value, with_user=False) | {"permissions": "0"})
        return add("users", value.user.id, payloads.user(value.user))
    if kind in (ROLE, MENTIONABLE) and isinstance(value, Role):
        return add("roles", value.id, payloads.role(value))
    if kind == CHANNEL and isinstance(value, Channel):
        return add("channels", value.id, payloads.channel(value) | {"permissions": "0"})
    if kind == ATTACHMENT and isinstance(value, Attachment):
        return add("attachments", value.id, payloads.attachment(value))
    raise CannotDo(f"{name!r} does not take {value!r}")


def _within(name: str, size: float, least: float | None, most: float | None) -> None:
    if (least is not None and size < least) or (most is not None and size > most):
        raise CannotDo(f"{name!r} takes from {least} to {most}, not {size}")

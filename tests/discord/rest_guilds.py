"""Servers, their members and their roles over HTTP."""

from __future__ import annotations

from datetime import datetime

from tests.discord import payloads
from tests.discord.call import Answer, Call, route
from tests.discord.errors import missing_access, missing_permissions, unknown
from tests.discord.guild import Guild
from tests.discord.member import Member
from tests.discord.permissions import ALL, bits, of_member, require_in_guild
from tests.discord.state import Role

GUILD = "/guilds/{guild_id}"
MEMBER = GUILD + "/members/{user_id}"
ROLE = GUILD + "/roles/{role_id}"


@route("GET", GUILD)
def fetch(call: Call) -> Answer:
    known = payloads.guild(call.guild)
    if call.query.get("with_counts") in ("1", "true", "True"):
        count = len(call.guild.members)
        known |= {"approximate_member_count": count, "approximate_presence_count": count}
    return known


@route("GET", GUILD + "/members")
def members(call: Call) -> Answer:
    """For those whose application was granted the members intent."""
    if not call.world.application.members_approved:
        raise missing_access()
    after, limit = int(call.query.get("after", 0)), call.limit(1000, 1)
    found = sorted((m for m in call.guild.members.values() if m.user.id > after), key=lambda m: m.user.id)
    return [payloads.member(m) for m in found[:limit]]


@route("GET", GUILD + "/members/search")
def search(call: Call) -> Answer:
    start, limit = call.query.get("query", "").lower(), call.limit(1000, 1)
    found = [m for m in call.guild.members.values() if (m.nick or m.user.name).lower().startswith(start)]
    return [payloads.member(m) for m in found[:limit]]


def _member(call: Call) -> Member:
    if (member := call.guild.members.get(call.id("user_id"))) is None:
        raise unknown("Member")
    return member


@route("GET", MEMBER)
def member(call: Call) -> Answer:
    return payloads.member(_member(call))


@route("PATCH", GUILD + "/members/@me")
def change_me(call: Call) -> Answer:
    require_in_guild(call.guild, call.me, "change_nickname", "manage_nicknames")
    call.guild.me.nick = call.form.get("nick")
    call.guild.me.updated()
    return payloads.member(call.guild.me)


@route("PATCH", MEMBER)
def change(call: Call) -> Answer:
    changed, form, guild = _member(call), call.form, call.guild
    if "nick" in form:
        require_in_guild(guild, call.me, "manage_nicknames")
        _above(guild, call.me, changed)
        changed.nick = form["nick"]
    if "communication_disabled_until" in form:
        require_in_guild(guild, call.me, "moderate_members")
        _above(guild, call.me, changed)
        until = form["communication_disabled_until"]
        changed.timed_out_until = datetime.fromisoformat(until) if until else None
    if "roles" in form:
        require_in_guild(guild, call.me, "manage_roles")
        wanted = [int(r) for r in form["roles"] or ()]
        for id in set(wanted) ^ set(changed.roles):
            _may_give(guild, call.me, _role(guild, id))
        changed.roles = wanted
    changed.updated()
    return payloads.member(changed)


@route("DELETE", MEMBER)
def kick(call: Call) -> Answer:
    gone, guild = _member(call), call.guild
    require_in_guild(guild, call.me, "kick_members")
    _above(guild, call.me, gone)
    gone.depart()
    return None


@route("PUT", MEMBER + "/roles/{role_id}")
def give(call: Call) -> Answer:
    changed, role = _given(call)
    if role.id not in changed.roles:
        changed.give(role)
    return None


@route("DELETE", MEMBER + "/roles/{role_id}")
def take(call: Call) -> Answer:
    changed, role = _given(call)
    if role.id in changed.roles:
        changed.take(role)
    return None


def _given(call: Call) -> tuple[Member, Role]:
    require_in_guild(call.guild, call.me, "manage_roles")
    changed, role = _member(call), _role(call.guild, call.id("role_id"))
    _may_give(call.guild, call.me, role)
    return changed, role


def _role(guild: Guild, id: int) -> Role:
    if (role := guild.roles.get(id)) is None:
        raise unknown("Role")
    return role


def _top(guild: Guild, user_id: int) -> int:
    member = guild.members[user_id]
    return max((guild.roles[r].position for r in member.roles if r in guild.roles), default=0)


def _may_give(guild: Guild, user_id: int, role: Role) -> None:
    """Only what stands below one's own highest role, and is nobody's in particular."""
    if role.managed or role.id == guild.id or role.position >= _top(guild, user_id):
        raise missing_permissions()


def _above(guild: Guild, user_id: int, other: Member) -> None:
    if other.user.id == guild.owner_id or _top(guild, other.user.id) >= _top(guild, user_id):
        raise missing_permissions()


@route("GET", GUILD + "/roles")
def roles(call: Call) -> Answer:
    return [payloads.role(r) for r in call.guild.roles.values()]


@route("GET", ROLE)
def role(call: Call) -> Answer:
    return payloads.role(_role(call.guild, call.id("role_id")))


@route("POST", GUILD + "/roles")
def create_role(call: Call) -> Answer:
    guild, form = call.guild, call.form
    require_in_guild(guild, call.me, "manage_roles")
    granted = int(form.get("permissions") or 0)
    if granted & ~of_member(guild, call.me) & ALL:
        raise missing_permissions()
    made = guild.role(form.get("name") or "new role")
    made.permissions, made.position = granted, 1
    guild.role_changed(made)
    return payloads.role(made)


@route("PATCH", ROLE)
def change_role(call: Call) -> Answer:
    guild, form = call.guild, call.form
    changed = _role(guild, call.id("role_id"))
    require_in_guild(guild, call.me, "manage_roles")
    _may_give(guild, call.me, changed)
    changed.name = form.get("name") or changed.name
    if form.get("permissions") is not None:
        changed.permissions = int(form["permissions"])
    guild.role_changed(changed)
    return payloads.role(changed)


@route("DELETE", ROLE)
def delete_role(call: Call) -> Answer:
    gone = _role(call.guild, call.id("role_id"))
    require_in_guild(call.guild, call.me, "manage_roles")
    _may_give(call.guild, call.me, gone)
    call.guild.remove_role(gone)
    return None


@route("DELETE", "/users/@me/guilds/{guild_id}")
def leave(call: Call) -> Answer:
    call.guild.put_bot_out()
    return None


@route("GET", GUILD + "/voice-states/{user_id}")
def voice(call: Call) -> Answer:
    member = _member(call)
    if member.voice is None or not of_member(call.guild, call.me, member.voice) & bits("view_channel"):
        raise unknown("Member")
    return payloads.voice_state(member)

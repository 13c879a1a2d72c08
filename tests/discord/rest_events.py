"""Scheduled events over HTTP, with Discord's limits."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from tests.discord import payloads
from tests.discord.call import Answer, Call, route
from tests.discord.errors import Refused, invalid_body, unknown
from tests.discord.guild import Guild
from tests.discord.permissions import require, require_in_guild
from tests.discord.state import STAGE, VOICE, Json, ScheduledEvent

EVENTS = "/guilds/{guild_id}/scheduled-events"
EVENT = EVENTS + "/{event_id}"
IN_STAGE, IN_VOICE, ELSEWHERE = 1, 2, 3
SCHEDULED, ACTIVE, COMPLETED, CANCELED = 1, 2, 3, 4
# From which status one goes to which.
NEXT = {SCHEDULED: (ACTIVE, CANCELED), ACTIVE: (COMPLETED,)}


def _instant(value: Any) -> datetime | None:
    return datetime.fromisoformat(value) if value else None


def _found(call: Call) -> ScheduledEvent:
    event = call.guild.events.get(call.id("event_id"))
    if event is None:
        raise unknown("Guild Scheduled Event")
    if event.channel_id and (channel := call.world.channels.get(event.channel_id)):
        require(channel, call.me, "view_channel")
    return event


@route("GET", EVENTS)
def all(call: Call) -> Answer:
    return [payloads.event(e) for e in call.guild.events.values() if e.live]


@route("GET", EVENT)
def fetch(call: Call) -> Answer:
    return payloads.event(_found(call))


@route("POST", EVENTS)
def create(call: Call) -> Answer:
    guild, form = call.guild, call.form
    require_in_guild(guild, call.me, "manage_events", "create_events")
    if sum(e.live for e in guild.events.values()) >= 100:
        raise Refused(400, 30038, "Maximum number of uncompleted guild scheduled events reached (100)")
    starts = datetime.fromisoformat(form["scheduled_start_time"])
    event = ScheduledEvent(
        call.world.new_id(), guild, call.world.me, form["name"], form.get("description") or None, form["entity_type"],
        starts, _instant(form.get("scheduled_end_time")), _channel(form),
        (form.get("entity_metadata") or {}).get("location"),
    )  # fmt: skip
    _holds(call, guild, event)
    if starts <= call.world.clock():
        raise _past()
    guild.events[event.id] = event
    call.world.emit("GUILD_SCHEDULED_EVENT_CREATE", payloads.event(event), guild)
    return payloads.event(event)


def _past() -> Refused:
    code = "GUILD_SCHEDULED_EVENT_SCHEDULE_PAST"
    return invalid_body("scheduled_start_time", code, "Cannot schedule event in the past.")


def _channel(form: Json) -> int | None:
    return int(form["channel_id"]) if form.get("channel_id") else None


def _holds(call: Call, guild: Guild, event: ScheduledEvent) -> None:
    """What an event must have, by where it is."""
    if event.kind == ELSEWHERE:
        if event.channel_id is not None:
            raise invalid_body("channel_id", "BASE_TYPE_BAD", "An event elsewhere has no channel")
        if not event.place:
            raise invalid_body("entity_metadata.location", "BASE_TYPE_REQUIRED", "This field is required")
        if event.ends is None:
            raise invalid_body("scheduled_end_time", "BASE_TYPE_REQUIRED", "This field is required")
    else:
        channel = call.world.channels.get(event.channel_id or 0)
        wanted = STAGE if event.kind == IN_STAGE else VOICE
        if channel is None or channel.guild is not guild or channel.type != wanted:
            raise invalid_body("channel_id", "BASE_TYPE_REQUIRED", "A channel of that kind is required")
        if event.place:
            raise invalid_body("entity_metadata", "BASE_TYPE_BAD", "An event in a channel has no place")
        require(channel, call.me, "view_channel", "connect")
    if event.ends is not None and event.ends <= event.starts:
        raise invalid_body("scheduled_end_time", "GUILD_SCHEDULED_EVENT_END_BEFORE_START", "It ends before it starts")


@route("PATCH", EVENT)
def change(call: Call) -> Answer:
    event, form, guild = _found(call), call.form, call.guild
    _may_change(call, event)
    if not event.live:
        raise Refused(400, 180000, "Cannot update a finished event")
    earlier = dict(vars(event))
    try:
        _apply(event, form)
        _holds(call, guild, event)
        moved = event.starts != earlier["starts"]
        if event.status == SCHEDULED and moved and event.starts <= call.world.clock():
            raise _past()
        _step(event, earlier["status"])
    except Refused:
        vars(event).update(earlier)
        raise
    call.world.emit("GUILD_SCHEDULED_EVENT_UPDATE", payloads.event(event), guild)
    return payloads.event(event)


def _apply(event: ScheduledEvent, form: Json) -> None:
    event.name = form.get("name") or event.name
    event.description = form["description"] or None if "description" in form else event.description
    event.kind = form.get("entity_type") or event.kind
    event.status = form.get("status") or event.status
    if "channel_id" in form:
        event.channel_id = _channel(form)
    if "entity_metadata" in form:
        event.place = (form["entity_metadata"] or {}).get("location")
    if form.get("scheduled_start_time"):
        event.starts = datetime.fromisoformat(form["scheduled_start_time"])
    if "scheduled_end_time" in form:
        event.ends = _instant(form["scheduled_end_time"])


def _step(event: ScheduledEvent, earlier: int) -> None:
    if event.status != earlier and event.status not in NEXT[earlier]:
        raise invalid_body("status", "TRANSITION_INVALID", "Invalid Guild Scheduled Event Status Transition")


def _may_change(call: Call, event: ScheduledEvent) -> None:
    own = ("create_events",) if event.creator is call.world.me else ()
    require_in_guild(call.guild, call.me, "manage_events", *own)


@route("DELETE", EVENT)
def delete(call: Call) -> Answer:
    event = _found(call)
    _may_change(call, event)
    del call.guild.events[event.id]
    call.world.emit("GUILD_SCHEDULED_EVENT_DELETE", payloads.event(event), call.guild)
    return None


@route("GET", EVENT + "/users")
def interested(call: Call) -> Answer:
    event, guild = _found(call), call.guild
    after, before = int(call.query.get("after", 0)), int(call.query.get("before", 1 << 63))
    found = sorted(u for u in event.interested if after < u < before)
    limit = call.limit(100, 100)
    found = found[-limit:] if "before" in call.query and "after" not in call.query else found[:limit]
    told = []
    for id in found:
        entry: Json = {"guild_scheduled_event_id": str(event.id), "user": payloads.user(call.world.users[id])}
        if call.query.get("with_member") in ("1", "true", "True") and id in guild.members:
            entry["member"] = payloads.member(guild.members[id], with_user=False)
        told.append(entry)
    return told

"""Answers to what members asked: the first one, by callback, then those that follow, by the interaction's token."""

from __future__ import annotations

from tests.discord import payloads, posts
from tests.discord.call import Answer, Call, route
from tests.discord.errors import Refused, unknown
from tests.discord.interactions import AUTOCOMPLETE, COMMAND, MODAL, Interaction
from tests.discord.rest_messages import changes
from tests.discord.state import EPHEMERAL, LOADING, Json, Message, without_nulls

HOOK = "/webhooks/{webhook_id}/{token}"
PONG, MESSAGE, DEFERRED, DEFERRED_UPDATE, UPDATE, CHOICES, FORM = 1, 4, 5, 6, 7, 8, 9


@route("POST", "/interactions/{interaction_id}/{token}/callback")
def callback(call: Call) -> Answer:
    interaction = call.world.interactions.get(call.parts["token"])
    if interaction is None or interaction.id != call.id("interaction_id"):
        raise unknown("Interaction")
    interaction.must_be_new()
    kind, data = call.form["type"], call.form.get("data") or {}
    _fits(interaction, kind)
    if kind == MESSAGE:
        interaction.original = _show(call, interaction, data)
    elif kind == DEFERRED:
        interaction.original = _show(call, interaction, {"flags": data.get("flags", 0) | LOADING})
    elif kind in (UPDATE, DEFERRED_UPDATE):
        interaction.original = interaction.source
        if kind == UPDATE and interaction.source:
            posts.edit(interaction.source, changes(call, data, interaction.source))
    elif kind == CHOICES:
        interaction.choices = data.get("choices") or []
    elif kind == FORM:
        modal: Json = without_nulls(data)
        posts.number(modal["components"])
        interaction.modal = modal
    interaction.acknowledge(kind)
    if call.query.get("with_response") not in ("true", "1", "True"):
        return None
    about: Json = {"id": str(interaction.id), "type": interaction.type, "response_message_loading": kind == DEFERRED}
    original = interaction.original
    if original is None:
        return {"interaction": about}
    about |= {"response_message_id": str(original.id), "response_message_ephemeral": bool(original.flags & EPHEMERAL)}
    return {"interaction": about, "resource": {"type": kind, "message": payloads.message(original)}}


def _fits(interaction: Interaction, kind: int) -> None:
    allowed = {MESSAGE, DEFERRED, FORM} if interaction.type == COMMAND else {MESSAGE, DEFERRED}
    if interaction.type == AUTOCOMPLETE:
        allowed = {CHOICES}
    elif interaction.source:
        allowed |= {DEFERRED_UPDATE, UPDATE}
        allowed |= {FORM} if interaction.type != MODAL else set()
    if kind not in allowed:
        raise Refused(400, 50035, "Invalid Form Body", {
            "type": {"_errors": [{"code": "INTERACTION_TYPE_INVALID", "message": "Not in answer to this"}]}
        })  # fmt: skip


def _show(call: Call, interaction: Interaction, data: Json) -> Message:
    flags = data.get("flags") or 0
    message = posts.post(
        interaction.channel, call.world.me, data.get("content") or "", components=data.get("components") or (),
        embeds=data.get("embeds") or (), attachments=call.attachments(data), flags=flags, poll=data.get("poll"),
        allowed=data.get("allowed_mentions"), type=20 if interaction.type == COMMAND else 0,
        webhook_id=call.world.application.id, interaction=interaction.metadata,
        seen_by=interaction.user.id if flags & EPHEMERAL else None,
    )  # fmt: skip
    interaction.shown.append(message)
    call.world.tell()
    return message


def _living(call: Call) -> Interaction:
    interaction = call.interaction
    if call.id("webhook_id") != call.world.application.id:
        raise unknown("Webhook")
    interaction.must_live()
    return interaction


def _found(call: Call) -> Message:
    """@original, or a message that followed."""
    interaction = _living(call)
    wanted = call.parts.get("message_id")
    if wanted is None:
        found = interaction.original
    else:
        found = next((m for m in [interaction.original, *interaction.shown] if m and str(m.id) == wanted), None)
    if found is None or found.deleted:
        raise unknown("Message")
    return found


@route("POST", HOOK)
def follow_up(call: Call) -> Answer:
    """The first to follow a deferred answer takes its place, and is as private as that one was to be."""
    interaction, form = _living(call), call.form
    original = interaction.original
    if interaction.callback == DEFERRED and original and original.flags & LOADING:
        return _fill(call, original, form)
    return payloads.message(_show(call, interaction, form))


@route("GET", HOOK + "/messages/@original")
@route("GET", HOOK + "/messages/{message_id}")
def fetch(call: Call) -> Answer:
    return payloads.message(_found(call))


@route("PATCH", HOOK + "/messages/@original")
@route("PATCH", HOOK + "/messages/{message_id}")
def edit(call: Call) -> Answer:
    return _fill(call, _found(call), call.form)


def _fill(call: Call, message: Message, form: Json) -> Answer:
    made = changes(call, form, message)
    thinking = message.flags & LOADING
    posts.edit(message, made | {"flags": message.flags & ~LOADING})
    if thinking:
        message.earlier.clear()
        message.edited = None
    return payloads.message(message)


@route("DELETE", HOOK + "/messages/@original")
@route("DELETE", HOOK + "/messages/{message_id}")
def delete(call: Call) -> Answer:
    posts.delete(_found(call))
    return None

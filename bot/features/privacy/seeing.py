"""What is kept about me: in plain words, and as a file."""

from __future__ import annotations

import json
from collections import Counter
from datetime import datetime
from typing import Any, get_args

from bot.attachments import file_of
from bot.chat.content import Attachment, Bullets, File, Heading, Line
from bot.context import Context
from bot.features.privacy.declared import feature
from bot.features.privacy.kept import Kept, gather
from bot.fields import Answers
from bot.model.activity import ActivityKind
from bot.voice import Voice

KINDS: tuple[ActivityKind, ...] = get_args(ActivityKind)


@feature.command("data", en="my data", fr="mes données", path=("my-data show", "mes-données voir"))
async def data(ctx: Context, answers: Answers) -> None:
    voice = ctx.here
    kept = await gather(ctx, ctx.member)
    await ctx.reply_privately(
        Heading(voice.say("privacy-data-title", community=ctx.settings.name)),
        Bullets(tuple(_lines(kept, voice))),
        voice.say("privacy-data-unlinked"),
        voice.say(
            "privacy-data-how",
            export=ctx.typed("privacy.export", voice),
            forget=ctx.typed("privacy.forget", voice),
        ),
        voice.say(
            "privacy-data-log-off" if kept.person.logged else "privacy-data-log-on",
            log=ctx.typed("privacy.log-off" if kept.person.logged else "privacy.log-on", voice),
        ),
    )


def _lines(kept: Kept, voice: Voice) -> list[Line]:
    person = kept.person
    lines = [voice.say("privacy-data-person", identifier=person.external, name=person.name or "—")]
    lines += [
        voice.say(
            "privacy-data-account", platform=account.platform.capitalize(), identifier=account.external,
            name=account.name or "—",
        )
        for account in kept.accounts[1:]
    ]  # fmt: skip
    if person.joined_at is not None:
        lines.append(voice.say("privacy-data-since", day=voice.day(person.joined_at)))
    counted = Counter(row.kind for row in kept.activity)
    if not person.logged:
        lines.append(voice.say("privacy-data-unlogged"))
    elif counted:
        kinds = [voice.say(f"privacy-kind-{kind}", count=counted[kind]) for kind in KINDS if counted[kind]]
        lines.append(voice.say("privacy-data-log", kinds=voice.listed(kinds)))
    else:
        lines.append(voice.say("privacy-data-log-empty"))
    counts = {
        "rsvps": len(kept.rsvps),
        "attendance": len(kept.attendance),
        "stories": len(kept.stories),
        "story-answers": len(kept.story_answers),
        "story-drafts": len(kept.story_drafts),
        "pulses": len(kept.pulses),
        "votes": len(kept.votes),
        "introductions": len(kept.introductions),
        "messages": len(kept.messages),
        "requests": len(kept.requests),
    }
    lines += [voice.say(f"privacy-data-{name}", count=count) for name, count in counts.items() if count]
    if person.wish != "usual":
        lines.append(voice.say(f"privacy-data-wish-{person.wish}"))
    if kept.signature is not None:
        lines.append(voice.say("privacy-data-signature", day=voice.day(kept.signature.at)))
    if kept.arrival is not None:
        lines.append(voice.say(f"privacy-data-arrival-{kept.arrival.state}"))
    if kept.deed is not None:
        lines.append(voice.say("privacy-data-deed", day=voice.day(kept.deed.at)))
    if kept.conversation is not None:
        lines.append(voice.say("privacy-data-conversation"))
    return lines


@feature.command(
    "export", en="export my data", fr="exporter mes données", path=("my-data export", "mes-données exporter")
)
async def export(ctx: Context, answers: Answers) -> None:
    voice = ctx.here
    kept = await gather(ctx, ctx.member)
    written = json.dumps(
        _document(ctx, kept), ensure_ascii=False, indent=2, default=_plain, sort_keys=False
    ).encode()
    await ctx.reply_privately(
        voice.say("privacy-export"),
        File(voice.text("privacy-export-file"), "application/json", written),
    )
    for story in kept.stories:
        if story.voice:
            await ctx.hand_over(file_of(Attachment(story.voice_mime, story.voice)), purpose=story.purpose)


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, Attachment):
        return {"attachment": value.mime, "words": value.words}
    raise TypeError(f"a {type(value).__name__} cannot be exported")


def _document(ctx: Context, kept: Kept) -> dict[str, Any]:
    """Names in English, for whatever program reads it; what they mean is said in the person's language."""
    person = kept.person

    def session(number: int) -> dict[str, Any]:
        found = kept.sessions[number]
        return {"number": found.number, "theme": found.theme, "starts": found.starts}

    return {
        "about": ctx.here.text("privacy-export-about"),
        "community": ctx.settings.name,
        "exported_at": ctx.now,
        "person": {
            "platform": person.platform, "identifier": person.external, "name": person.name,
            "pseudonym": person.pseudonym, "language": person.language, "present": person.present,
            "joined_at": person.joined_at, "counted_in_the_log": person.logged,
            "can_be_written_to": person.reachable, "introduced": person.introduced,
            "greeting_owed": person.greeting, "wants_to_be_written_to": person.wish,
            "rooms": [r.name or r.external for r in kept.rooms],
            "direct_rooms": kept.direct_rooms,
        },
        "other_accounts": [
            {
                "platform": a.platform, "identifier": a.external, "name": a.name,
                "can_be_written_to": a.reachable,
            }
            for a in kept.accounts[1:]
        ],
        "activity": [
            {
                "at": row.at, "kind": row.kind, "room": row.room_id, "event": row.event,
                "answers": row.answers, "answers_who": row.answers_who, "session": row.session_id,
            }
            for row in kept.activity
        ],
        "rsvps": [{"session": session(r.session_id), "answer": r.answer, "at": r.at} for r in kept.rsvps],
        "attendance": [{"session": session(a.session_id)} for a in kept.attendance],
        "stories": [
            {
                "session": session(s.session_id), "sharing": s.sharing, "text": s.text, "attachment": s.voice_mime,
                "shared": s.shared,
            }
            for s in kept.stories
        ],
        "story_answers": [{"session": session(a.session_id)} for a in kept.story_answers],
        "sealed_story_drafts": [{"session": session(d.session_id)} for d in kept.story_drafts],
        "pulses_taken_part_in": [
            {"question": p.question or p.own, "opened": p.opens, "closes": p.closes} for p in kept.pulses
        ],
        "poll_votes": [
            {
                "question": kept.polls[v.poll_id].question, "at": v.at,
                "answer": kept.polls[v.poll_id].options[v.option],
            }
            for v in kept.votes
        ],
        "introductions": [
            {"does": i.does, "hopes": i.hopes, "about": i.about, "posted": i.posted}
            for i in kept.introductions
        ],
        "charter": {
            "signed_at": kept.signature.at if kept.signature else None,
            "text_signed": kept.signature.text if kept.signature else None,
            "rooms_for_members_refused_by_the_platform": bool(kept.signature and kept.signature.stuck),
            "way_in": kept.arrival.state if kept.arrival else None,
            "facilitators_asked_at": kept.arrival.asked_at if kept.arrival else None,
        },
        "form_being_filled_in": None if kept.conversation is None else {
            "form": kept.conversation.form, "answers": kept.conversation.answers, "at": kept.conversation.at,
        },
        "last_thing_done_as_a_facilitator": None if kept.deed is None else {
            "what": kept.deed.name, "at": kept.deed.at,
        },
        "messages_sent_to_you": [
            {"at": m.at, "sent_at": m.sent_at, "purpose": m.purpose, "choices": [c.label for c in m.choices]}
            for m in kept.messages
        ],
        "asked_of_you": [
            {
                "purpose": r.purpose, "asked_at": r.asked_at, "useful_until": r.until, "state": r.state, "why": r.why,
                "sent_at": r.sent_at,
            }
            for r in kept.requests
        ],
    }  # fmt: skip

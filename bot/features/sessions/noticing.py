"""What was done about a session in a platform's own calendar: it changes here as if a facilitator had said so.

The news is not always what it seems. It may be of a change of our own; of one of ours that another of ours has
replaced since; of a change made there that a change of ours has overwritten. None of these undoes anything.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bot import office
from bot.chat.actions import ACTION, Hold
from bot.chat.content import Gathering
from bot.chat.events import Event, GatheringChanged, InterestShown
from bot.context import Context, Said
from bot.dates.durations import LONGEST
from bot.features.sessions import announcing
from bot.features.sessions.declaration import feature
from bot.features.sessions.places import names_voice_room
from bot.features.sessions.telling import Before, tell_cancelled, tell_changed
from bot.features.sessions.wording import hours, named, place
from bot.fields import LONGEST_LINE
from bot.model.activity import Activity
from bot.model.community import Person
from bot.model.flow import Outbox
from bot.model.session import GATHERING, Mirrored, Rsvp, Session, put_there
from bot.voice import Voice

# News of our own change comes before any of a later one; but where it never comes, others are not kept waiting.
NEWS_WITHIN = timedelta(seconds=30)


@feature.on(GatheringChanged)
async def changed(ctx: Context, event: Event) -> None:
    if not isinstance(event, GatheringChanged):
        return
    first = await _first_put(ctx, event.platform, event.gathering)
    named = put_there(first.key) if first else None
    session = await ctx.unit.get(Session, named[0]) if named else None
    if first is None or named is None or session is None:
        return
    room_id = named[1]
    kept = await ctx.unit.one(Mirrored, session_id=session.id, room_id=room_id)
    if kept is None:
        return
    event = _without_our_words(kept, event)
    if _known(kept, event):
        return
    # What was cancelled there cannot be put back: no change of ours undoes it.
    if not event.cancelled and not await _is_later(ctx, kept, first, event):
        return
    kept.stands, kept.put = _as_told(event, kept.put[-1] if kept.put else kept.stands), ()
    await _leave_it(ctx, first)
    if session.state != "planned" or session.starts <= ctx.now:
        return
    if event.cancelled:
        session.state = "cancelled"
        session.sequence += 1
        await announcing.change(ctx, session, besides=room_id)
        await tell_cancelled(ctx, session, besides={session.planned_by})
        await _notice(ctx, session)
        return
    before = Before.of(session)
    _follow(session, event, ctx.now)
    if Before.of(session) != before:
        session.sequence += 1
        await announcing.change(ctx, session, dated=before.dated(session), besides=room_id)
        await tell_changed(ctx, session, before, besides={session.planned_by})
        await _notice(ctx, session)


async def _first_put(ctx: Context, platform: str, gathering: str) -> Outbox | None:
    """By what it was put there first."""
    return await ctx.unit.one(
        Outbox, community_id=ctx.community.id, platform=platform, purpose=GATHERING, message=gathering
    )


# -- whether it is news --------------------------------------------------------------------------------------


def _without_our_words(kept: Mirrored, event: GatheringChanged) -> GatheringChanged:
    """What we say there where no place is known is no place."""
    ours = {given.nowhere for given in (*kept.put, kept.stands) if given is not None}
    return replace(event, place="") if event.place in ours else event


def _known(kept: Mirrored, event: GatheringChanged) -> bool:
    """We put it there so, or heard that it stands so already."""
    for position, put in enumerate(kept.put):
        if same(put, event):
            kept.stands, kept.put = put, kept.put[position + 1 :]
            return True
    return kept.stands is not None and same(kept.stands, event)


async def _is_later(ctx: Context, kept: Mirrored, first: Outbox, event: GatheringChanged) -> bool:
    """Than all that we put there ourselves. What is not was, or will be, overwritten."""
    if not kept.put:
        return True
    if await _waiting(ctx, first):
        return False
    if kept.stands is None and len(kept.put) == 1:
        return True  # before it was first put there, nobody could change it
    carried = await ctx.unit.find(
        Outbox, community_id=ctx.community.id, platform=first.platform, purpose=GATHERING, message=first.message
    )
    return all(row.sent_at is None or event.at > row.sent_at + NEWS_WITHIN for row in carried)


async def _waiting(ctx: Context, first: Outbox) -> list[Outbox]:
    """Changes of ours that are not there yet."""
    rows = await ctx.unit.find(Outbox, platform=first.platform, purpose=GATHERING, state="pending")
    actions = [(row, ACTION.validate_json(row.action)) for row in rows]
    return [row for row, action in actions if isinstance(action, Hold) and action.earlier == first.key]


async def _leave_it(ctx: Context, first: Outbox) -> None:
    """What is asked for again although it was seen there already would undo what came after."""
    for row in await _waiting(ctx, first):
        await ctx.unit.delete(Outbox, id=row.id)


# -- what it says --------------------------------------------------------------------------------------------


def same(put: Gathering, event: GatheringChanged) -> bool:
    """Whether the platform shows it as it was given, as far as it can."""
    if put.cancelled or event.cancelled:
        return put.cancelled == event.cancelled
    starts, ends = event.starts.replace(microsecond=0), _ends(event)
    return (
        put.starts.replace(microsecond=0) == starts
        and (ends is None or put.ends.replace(microsecond=0) == ends)
        and _same_words(put.title, event.title)
        and _same_place(put.place, event.place, event.voice)
    )


def _ends(event: GatheringChanged) -> datetime | None:
    """None where it tells of no end."""
    if event.ends is None or event.ends <= event.starts:
        return None
    return event.ends.replace(microsecond=0)


def _same_words(ours: str, theirs: str) -> bool:
    """A platform may have less room than we."""
    ours, theirs = " ".join(ours.split()), " ".join(theirs.split())
    return ours == theirs or (theirs.endswith("…") and ours.startswith(theirs[:-1].rstrip()))


def _same_place(ours: str, theirs: str, voice: str) -> bool:
    # An address too long for a platform is shown there by whose it is. No place is no news: it has to have one.
    return (
        not theirs
        or _same_words(ours, theirs)
        or names_voice_room(ours, voice, theirs)
        or ("://" in ours and f"://{theirs}/" in ours)
    )


def _as_told(event: GatheringChanged, earlier: Gathering | None) -> Gathering:
    """As it stands there now; what is not told is as it was."""
    known = earlier or Gathering(event.title, event.starts, event.starts)
    if event.cancelled:
        return replace(known, cancelled=True)
    ends = _ends(event) or event.starts + (known.ends - known.starts)
    return replace(
        known, title=event.title, starts=event.starts, ends=ends, place=event.place or known.place, cancelled=False
    )


def _follow(session: Session, event: GatheringChanged, now: datetime) -> None:
    starts, ends = event.starts.astimezone(UTC), _ends(event)
    title, where = " ".join(event.title.split())[:LONGEST_LINE], " ".join(event.place.split())[:LONGEST_LINE]
    if starts > now and starts != session.starts.replace(microsecond=0):
        session.starts = starts
    if ends is not None:
        session.minutes = max(1, round(min(ends - event.starts, LONGEST).total_seconds() / 60))
    if any(c.isalnum() for c in title) and not _same_words(session.theme, title):
        session.theme = title
    if not _same_place(session.place, where, event.voice):
        session.place = where


async def _notice(ctx: Context, session: Session) -> None:
    """Whoever planned it hears of it; once they are gone, whoever facilitates."""
    what = "cancelled" if session.state == "cancelled" else "changed"
    key, purpose = f"session:{session.id}:noticed:{session.sequence}", "sessions.noticed"

    def words(voice: Voice) -> list[Said]:
        said: list[Said] = [voice.say(f"sessions-noticed-{what}", theme=named(session))]
        if what == "changed":
            said += [voice.say("sessions-announced-hours", hours=hours(voice, session)), *place(voice, session)]
        return said

    planner = await ctx.unit.get(Person, session.planned_by)
    if planner is not None and planner.present:
        await ctx.direct(planner, *words(ctx.voice(planner)), purpose=purpose, key=key)
    else:
        await office.post(ctx, key, words, purpose=purpose)


# -- who it interests ----------------------------------------------------------------------------------------


@feature.on(InterestShown)
async def interest(ctx: Context, event: Event) -> None:
    """A maybe, unless they answered; taken back with it."""
    if not isinstance(event, InterestShown):
        return
    first = await _first_put(ctx, event.platform, event.gathering)
    named = put_there(first.key) if first else None
    session = await ctx.unit.get(Session, named[0]) if named else None
    if session is None or ctx.person is None or session.state != "planned" or session.ends <= ctx.now:
        return
    row = f"rsvp:{session.id}:{ctx.person.pseudonym}"
    kept = await ctx.unit.one(Rsvp, session_id=session.id, person_id=ctx.person.id)
    if event.withdrawn and kept is not None and kept.by_interest:
        await ctx.unit.delete(Rsvp, id=kept.id)
        await ctx.unit.delete(Activity, community_id=ctx.community.id, event=row)
    elif not event.withdrawn and kept is None:
        shown = Rsvp(session_id=session.id, person_id=ctx.person.id, answer="maybe", at=event.at, by_interest=True)
        await ctx.unit.add(shown)
        await ctx.log("rsvp", ctx.person, event=row, session_id=session.id, at=event.at)
    else:
        return
    await announcing.count_again(ctx, session)

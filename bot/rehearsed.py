"""What came of a rehearsed season: a few sentences, and its files."""

from __future__ import annotations

from pathlib import Path

from adapters.rehearsal.platform import BOT
from bot.evaluation.write import evaluation_files, write_files
from bot.model.activity import Activity
from bot.model.community import Community
from bot.model.pulse import Pulse
from bot.model.session import Attendance, Rsvp, Session
from bot.model.story import Story
from bot.rehearsal import ROOM, Rehearsal
from bot.transcript import transcript
from bot.voice import Voice
from storage.copy import copy_whole

DATABASE = "veillee.db"
FILES = ("transcript.md", "report.html", "calendar.ics", "activity.csv", DATABASE)


def voice_of(rehearsal: Rehearsal) -> Voice:
    settings = rehearsal.season.community
    return Voice(settings.language, "tu", settings.clock, rehearsal.clock.now())


async def sentences(rehearsal: Rehearsal) -> list[str]:
    """What happened, in a few lines."""
    say = voice_of(rehearsal).text
    ours = [s for s in rehearsal.platform.said if s.person == BOT and not s.removed]
    in_room = sum(s.room == ROOM for s in ours)
    async with rehearsal.store.unit() as unit:
        messages = await unit.count(Activity, kind="message")
        replies = await unit.count(Activity, kind="reply")
        reactions = await unit.count(Activity, kind="reaction")
        sessions = await unit.count(Session, state="planned")
        yes = await unit.count(Rsvp, answer="yes")
        came = await unit.count(Attendance)
        stories = await unit.find(Story)
        pulses = [p for p in await unit.find(Pulse, state="closed") if p.counts]
    return [
        say("rehearsal-sum-said", room=in_room, private=len(ours) - in_room),
        say(
            "rehearsal-sum-members", messages=messages, replies=replies,
            clicks=reactions + len(rehearsal.pressed),
        ),
        say("rehearsal-sum-sessions", sessions=sessions, yes=yes, came=came),
        say(
            "rehearsal-sum-stories", stories=len(stories),
            unsigned=sum(story.sharing != "named" for story in stories),
        ),
        say("rehearsal-sum-pulses", pulses=len(pulses), answers=sum(sum(p.counts) for p in pulses)),
    ]  # fmt: skip


async def write(rehearsal: Rehearsal, database: Path, folder: Path) -> None:
    """The files of FILES, and report.json. `database`: the one being played on. Raises OSError."""
    told = transcript(rehearsal, await sentences(rehearsal))
    async with rehearsal.store.unit() as unit:
        community = await unit.one(Community)
        assert community is not None
        now = rehearsal.clock.now()
        files = await evaluation_files(unit, community, rehearsal.season.opens, now, now)
    write_files({"transcript.md": told.encode(), **files}, folder)
    copy_whole(database, folder / DATABASE)

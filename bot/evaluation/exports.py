"""The same figures, and the log they come from, for who wants to work on them."""

from __future__ import annotations

import csv
import io
import json
from datetime import datetime
from typing import Any

from bot.chat.language import Language
from bot.evaluation.counting import activity
from bot.evaluation.figures import DEFINITIONS, Evaluation, Measure
from bot.model.community import Community, Person, Room
from bot.model.session import Session
from bot.ports import Unit
from bot.voice import Voice

COLUMNS = ("row", "at", "room", "who", "kind", "answers_row", "answers_who", "session")
# Without this mark, Excel reads accents wrong; other programs pass over it.
BYTE_ORDER_MARK = "\ufeff"
# Excel in French takes a comma for a decimal sign and expects semicolons between columns.
EXCEL_SEPARATOR: dict[Language, str] = {"en": ",", "fr": ";"}


async def activity_csv(
    unit: Unit, community: Community, start: datetime, end: datetime, *, separator: str = ","
) -> str:
    """The activity log of [start, end): who by pseudonym, where, when on the community's clock, what kind.

    `answers_row` is the row answered, where it is in this file. The text begins with a byte order mark: write it
    in UTF-8. `separator`: a comma, as most programs expect, or EXCEL_SEPARATOR for a file to be double-clicked.
    Who asked not to be in the log is not in it.
    """
    people = await unit.find(Person, community_id=community.id, logged=False)
    left_out = {person.pseudonym for person in people}
    rooms = {room.id: room.name for room in await unit.find(Room, community_id=community.id)}
    sessions = {session.id: session.number for session in await unit.find(Session, community_id=community.id)}
    rows = [row async for row in activity(unit, community.id, start, end) if row.who not in left_out]
    rows.sort(key=lambda row: (row.at, row.id))
    numbers = {row.event: number for number, row in enumerate(rows, start=1)}
    clock = community.settings.clock
    written = io.StringIO()
    written.write(BYTE_ORDER_MARK)
    writer = csv.writer(written, delimiter=separator, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for number, row in enumerate(rows, start=1):
        writer.writerow(
            (
                number,
                row.at.astimezone(clock).isoformat(timespec="seconds"),
                harmless(rooms.get(row.room_id or 0, "")),
                row.who,
                row.kind,
                numbers.get(row.answers, "") if row.answers else "",
                "" if row.answers_who in left_out else row.answers_who,
                sessions.get(row.session_id or 0, ""),
            )
        )
    return written.getvalue()


def harmless(cell: str) -> str:
    """The cell as text: a spreadsheet runs as a formula whatever begins with one of these."""
    return f"'{cell}" if cell.lstrip()[:1] in {"=", "+", "-", "@"} or cell[:1] in {"\t", "\r"} else cell


def report_json(evaluation: Evaluation, voice: Voice, *, stories: bool = True, names: bool = True) -> str:
    """Every figure, with what it is called and how it is made in the reader's language.

    `stories`: with the texts their authors agreed to share; `names`: and with the names they signed.
    """
    told = [
        {
            "session": session.number,
            "text": story.text,
            "name": (story.name or None) if names else None,
            "voice": story.voice,
        }
        for session in evaluation.sessions
        for story in session.stories
    ]
    whole = {
        "community": evaluation.name,
        "language": voice.language,
        "zone": evaluation.zone.key,
        "start": _instant(evaluation, evaluation.start),
        "end": _instant(evaluation, evaluation.end),
        "known_at": _instant(evaluation, evaluation.now),
        "definitions": {
            id: {
                "name": voice.text(f"evaluation-name-{id}"),
                "definition": voice.text(f"evaluation-def-{id}"),
            }
            for id in DEFINITIONS
        },
        "figures": [_figure(measure, voice) for measure in evaluation.measures()],
        "weeks": [{"monday": week.monday.isoformat(), "whole": week.whole} for week in evaluation.weeks],
        "sessions": [
            {"number": s.number, "theme": s.theme, "starts": _instant(evaluation, s.starts)}
            for s in evaluation.sessions
        ],
        "pulses": [
            {"id": p.answers.id.removesuffix("-pulse-answers"), "question": p.question,
             "closes": _instant(evaluation, p.closes), "session": p.session}
            for p in evaluation.pulses
        ],
        "stories": told if stories else [],
    }  # fmt: skip
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"


def _figure(measure: Measure, voice: Voice) -> dict[str, Any]:
    made: dict[str, Any] = {"id": measure.id, "value": measure.value, "definition": measure.definition}
    if measure.of is not None:
        made["of"] = measure.of
    if measure.why:
        made["not_shown"] = voice.text(f"evaluation-not-shown-{measure.why}")
    return made


def _instant(evaluation: Evaluation, instant: datetime) -> str:
    return instant.astimezone(evaluation.zone).isoformat(timespec="seconds")

"""The evaluation as files: what is handed to the community, and to whoever funds it."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from bot.calendar import calendar_ics
from bot.chat.language import Language
from bot.evaluation.exports import activity_csv, report_json
from bot.evaluation.measures import evaluate
from bot.evaluation.report import render_report
from bot.model.community import Community
from bot.model.session import Session
from bot.ports import OneOf, Unit
from bot.voice import Voice


async def evaluation_files(
    unit: Unit, community: Community, start: datetime, end: datetime, now: datetime, *,
    language: Language | None = None, stories: bool = True, names: bool = True,
) -> dict[str, bytes]:
    """By file name: the report, its figures, the log without texts, the calendar of the sessions.

    `stories` and `names`: as for `render_report`.
    """  # fmt: skip
    settings = community.settings
    voice = Voice(language or settings.language, settings.address, settings.clock, now)
    evaluation = await evaluate(unit, community, start, end, now)
    held = await unit.find(
        Session, community_id=community.id, state=OneOf(["planned", "cancelled"]), order="starts"
    )
    calendar = calendar_ics(held, slug=community.slug, name=settings.name, voice=voice, now=now)
    return {
        "report.html": render_report(evaluation, voice, stories=stories, names=names).encode(),
        "report.json": report_json(evaluation, voice, stories=stories, names=names).encode(),
        "activity.csv": (await activity_csv(unit, community, start, end)).encode(),
        "calendar.ics": calendar,
    }


def write_files(files: dict[str, bytes], folder: Path) -> list[Path]:
    """Each as a whole, or not at all. Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name, content in files.items():
        unfinished = folder / f".{name}.part"
        unfinished.write_bytes(content)
        written.append(unfinished.replace(folder / name))
    return written

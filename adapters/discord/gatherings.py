"""A gathering as Discord's scheduled event, and back. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, Literal
from urllib.parse import urlsplit

from adapters.discord.markup import address, escaped
from adapters.discord.native import Json, mapping, number, snowflake, words
from adapters.discord.text import between, blank, one_line, shortened, shown, units
from bot.chat.content import Gathering

LONGEST_NAME, LONGEST_PLACE, LONGEST_ABOUT = 100, 100, 1000
SCHEDULED, ACTIVE, COMPLETED, CANCELLED = 1, 2, 3, 4
_STAGE, _VOICE, _EXTERNAL = 1, 2, 3
_FOR_THE_SERVER = 2
_KINDS = {"stage": _STAGE, "voice": _VOICE}
# Said where no place is known yet, nor what to say then: Discord wants one.
NOWHERE = "…"
_CHANNEL = re.compile(r"<#(\d+)>|https://(?:\w+\.)?discord(?:app)?\.com/channels/\d+/(\d+)(?:/\S*)?", re.I)

Voices = Mapping[str, tuple[str, Literal["voice", "stage"]]]
"""Channels where one talks, by name: the identifier, and the kind."""


def body(gathering: Gathering, voices: Voices, *, status: int = SCHEDULED) -> Json:
    """What is sent to put it there, and to make it as given. Cancelled, it is only changed: `status` is as it stands,
    since what began already can only be ended."""
    if gathering.cancelled:
        return {"status": COMPLETED if status == ACTIVE else CANCELLED}
    found = _voice(gathering.place, voices)
    seen = as_shown(gathering, voices)
    made: Json = {
        "name": seen.title,
        "privacy_level": _FOR_THE_SERVER,
        "scheduled_start_time": seen.starts.isoformat(),
        "scheduled_end_time": seen.ends.isoformat(),
        "description": _about(gathering, "" if found else seen.place) or None,
    }
    if found:
        _, id, kind = found
        return made | {"entity_type": _KINDS[kind], "channel_id": id, "entity_metadata": None}
    where = {"location": seen.place or NOWHERE}
    return made | {"entity_type": _EXTERNAL, "channel_id": None, "entity_metadata": where}


def as_shown(gathering: Gathering, voices: Voices) -> Gathering:
    """As `read` gives it back, once it stands there: by this our own changes are told from those of others."""
    found = _voice(gathering.place, voices)
    title = one_line(gathering.title)
    starts = _instant(gathering.starts)
    return Gathering(
        title=NOWHERE if blank(title) else shortened(title, LONGEST_NAME),
        starts=starts,
        ends=max(_instant(gathering.ends), starts + timedelta(minutes=1)),
        place="#" + found[0] if found else _location(gathering.place) or _location(gathering.nowhere),
        cancelled=gathering.cancelled,
    )


def read(data: Mapping[str, Any], names: Mapping[str, str]) -> Gathering | None:
    """`names`: of voice and stage channels, by identifier. Without an end, it ends as it begins. None where it is
    not a gathering. What it is about is not read back."""
    try:
        starts = _instant(datetime.fromisoformat(words(data.get("scheduled_start_time"))))
        end = words(data.get("scheduled_end_time"))
        ends = _instant(datetime.fromisoformat(end)) if end else starts
    except (ValueError, OverflowError):
        return None
    channel = snowflake(data.get("channel_id"))
    place = words(mapping(data.get("entity_metadata")).get("location"))
    if channel:
        place = f"#{names[channel]}" if channel in names else f"<#{channel}>"
    return Gathering(
        title=words(data.get("name")),
        starts=starts,
        ends=ends,
        place="" if place == NOWHERE else place,
        cancelled=number(data.get("status")) == CANCELLED,
    )


def _instant(instant: datetime) -> datetime:
    """Discord counts in seconds here."""
    aware = instant if instant.tzinfo else instant.replace(tzinfo=UTC)
    return aware.astimezone(UTC).replace(microsecond=0)


def _voice(place: str, voices: Voices) -> tuple[str, str, str] | None:
    """The channel that the place names: by what it is called, as a mention, or by its address."""
    place = place.strip()
    linked = _CHANNEL.fullmatch(place)
    wanted = linked.group(1) or linked.group(2) if linked else ""
    bare = place.removeprefix("#").casefold()
    for name, (id, kind) in voices.items():
        if id == wanted or (bare and name.casefold() == bare):
            return name, id, kind
    return None


def _location(place: str) -> str:
    place = one_line(place)
    if blank(place):
        return ""
    if units(place) > LONGEST_PLACE and address(place):
        # Half an address leads nowhere: whose it is, and the whole of it in the words below.
        return shortened(urlsplit(place).hostname or place, LONGEST_PLACE)
    return shortened(place, LONGEST_PLACE)


def _about(gathering: Gathering, location: str) -> str:
    """With the whole of a place of which the location holds only a part."""
    place = one_line(gathering.place)
    whole = f"{place}\n\n" if not blank(place) and location not in ("", place) else ""
    text = (whole + shown(gathering.about)).strip()
    if units(escaped(text)) <= LONGEST_ABOUT:
        return escaped(text)
    while units(escaped(text) + "…") > LONGEST_ABOUT:
        over = units(escaped(text)) + 1 - LONGEST_ABOUT
        text = text[: between(text, max(0, len(text) - max(1, over // 4)))].rstrip()
    return escaped(text) + "…"

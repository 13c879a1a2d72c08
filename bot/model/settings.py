"""What a community may set: read from the configuration, kept with the community."""

from __future__ import annotations

import re
from datetime import date, time, timedelta
from functools import cache
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo, available_timezones

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    ValidationError,
    ValidationInfo,
    ValidatorFunctionWrapHandler,
    WrapValidator,
    field_validator,
)

from bot.chat.language import Language
from bot.mistakes import mistake


@cache
def _zones() -> frozenset[str]:
    """Read once: settings are read with every event, and the zones are hundreds of files."""
    return frozenset(available_timezones())


Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
WEEKDAYS: tuple[Weekday, ...] = (
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
)  # fmt: skip
# Longer than that, somebody mistook a year.
LONGEST = timedelta(days=366)
# Minutes.
LONGEST_ANTECHAMBER = 240


def _is_kept(info: ValidationInfo) -> bool:
    """Whether it is read from where it is kept. It was let through once: a stricter rule must not shut Veillée out."""
    return info.mode == "json"


def _hour(typed: Any, read: ValidatorFunctionWrapHandler, info: ValidationInfo) -> time:
    """By the community's clock: without a zone of its own, which a number has as well, for it is taken for seconds."""
    try:
        at: time = read(typed)
    except ValidationError as problem:
        raise mistake("config-hour") from problem
    if at.tzinfo is not None and not _is_kept(info):
        raise mistake("config-hour")
    return at.replace(tzinfo=None)


Hour = Annotated[time, WrapValidator(_hour)]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Weekly(_Part):
    """Every `every` weeks, on `day`, at `at` of the community's clock."""

    on: bool = True
    day: Weekday = "monday"
    at: Hour = time(9, 0)
    every: Annotated[int, Field(ge=1, le=52)] = 1


class Welcome(_Part):
    """Who joins within `together_minutes` of another shares one greeting. Who joined more than
    `within_days` before the bot noticed is not greeted. `approval`: what is kept for members opens to who has signed
    the charter once a facilitator has said welcome, and not before."""

    together_minutes: Annotated[int, Field(ge=0, le=1440)] = 5
    within_days: Annotated[int, Field(ge=0, le=365)] = 7
    approval: bool = False


class Sessions(_Part):
    """A reminder `reminder_hours` before, and an antechamber `antechamber_minutes` before (0: none). `count_voice`:
    who is in the voice room of a session is noted as having come, and members are told so."""

    reminder_hours: Annotated[int, Field(ge=0, le=336)] = 24
    antechamber_minutes: Annotated[int, Field(ge=0, le=LONGEST_ANTECHAMBER)] = 15
    count_voice: bool = False


class Stories(_Part):
    """Stories are asked for `days` before the session, most distant first. `attachments`: what comes with them lies
    where it was sent ("chat"), is kept as a sealed copy of ours ("folder"), or is not taken ("none")."""

    days: tuple[Annotated[int, Field(ge=1, le=60)], ...] = (7, 2)
    attachments: Literal["chat", "folder", "none"] = "chat"
    largest_mb: Annotated[int, Field(ge=1, le=50)] = 10


class Pulse(_Part):
    """A question every `every` weeks and after each session, open `open_days` days."""

    on: bool = True
    day: Weekday = "wednesday"
    at: Hour = time(10, 0)
    every: Annotated[int, Field(ge=1, le=52)] = 2
    after_sessions: bool = True
    open_days: Annotated[int, Field(ge=1, le=30)] = 3


class Attention(_Part):
    """How many times a week, at most, one person is written to in private without having asked for it."""

    per_week: Annotated[int, Field(ge=0, le=21)] = 3


class QuietHours(_Part):
    """Nothing goes out by itself between these two hours. Equal: never quiet."""

    start: Hour = time(21, 0)
    end: Hour = time(8, 0)


class HolidaySettings(_Part):
    """When the community is off: the public holidays of a country and of a part of it, by their ISO codes, and `days`
    of its own, each a day or two with a slash between, as in 2027-07-20/2027-08-15."""

    country: str = ""
    subdivision: str = ""
    days: tuple[str, ...] = ()

    @field_validator("days")
    @classmethod
    def _days(cls, days: tuple[str, ...], info: ValidationInfo) -> tuple[str, ...]:
        for each in days:
            try:
                first, last = period(each)
            except ValueError as problem:
                raise mistake("config-holiday", day=each) from problem
            if last < first:
                raise mistake("config-holiday-backwards", day=each)
            if last - first > LONGEST and not _is_kept(info):
                raise mistake("config-holiday-long", day=each)
        return days

    @field_validator("country")
    @classmethod
    def _a_country(cls, country: str) -> str:
        if country and not (re.fullmatch("[A-Z]{2}", country) and _celebrated(country)):
            raise mistake("config-country")
        return country

    @field_validator("subdivision")
    @classmethod
    def _a_part_of_it(cls, subdivision: str, info: ValidationInfo) -> str:
        country = info.data.get("country")
        if not subdivision or country is None:
            return subdivision  # of a country that is refused, nothing more is said
        if not country:
            raise mistake("config-region-alone")
        if not _celebrated(country, subdivision):
            known = _regions(country)
            raise mistake("config-region", known=", ".join(known)) if known else mistake("config-region-none")
        return subdivision


def period(written: str) -> tuple[date, date]:
    """The first and the last day. Raises ValueError."""
    first, _, last = written.partition("/")
    return date.fromisoformat(first), date.fromisoformat(last or first)


@cache
def _celebrated(country: str, subdivision: str = "") -> bool:
    """Read where a country is set, and not before: the calendars of all countries take a moment to load."""
    from holidays import country_holidays

    try:
        country_holidays(country, subdiv=subdivision or None)
    except NotImplementedError:
        return False
    return True


def _regions(country: str) -> tuple[str, ...]:
    from holidays import country_holidays

    return tuple(country_holidays(country).subdivisions)


class Settings(_Part):
    name: str
    language: Language = "fr"
    zone: str = "America/Toronto"
    address: Literal["tu", "vous"] = "tu"
    mission: str = ""
    charter: tuple[str, ...] = ()
    prefix: Annotated[str, Field(min_length=1, max_length=20)] = "!veillee"
    facilitators: tuple[str, ...] = ()
    facilitator_level: Annotated[int, Field(ge=1, le=100)] = 50
    quiet_hours: QuietHours = QuietHours()
    holidays: HolidaySettings = HolidaySettings()
    welcome: Welcome = Welcome()
    icebreakers: Weekly = Weekly()
    sessions: Sessions = Sessions()
    stories: Stories = Stories()
    pulse: Pulse = Pulse()
    attention: Attention = Attention()

    @field_validator("zone")
    @classmethod
    def _known_zone(cls, zone: str) -> str:
        if zone not in _zones():
            raise mistake("config-zone")
        return zone

    @property
    def clock(self) -> ZoneInfo:
        return ZoneInfo(self.zone)

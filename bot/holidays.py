"""Days on which a community is off: those of its country, those of its settings, and those said in chat."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from bot.chat.language import Language
from bot.model.rhythm import Holiday
from bot.model.settings import HolidaySettings, period


@dataclass(frozen=True, slots=True)
class Holidays:
    """`said`: in the order in which facilitators said them; the last one that speaks of a day counts."""

    settings: HolidaySettings
    said: Sequence[Holiday] = ()

    def off(self, day: date) -> bool:
        for holiday in reversed(self.said):
            if holiday.first <= day <= holiday.last:
                return holiday.off
        return self._written(day) or day in self._of_the_country(day, "en")

    def name(self, day: date, language: Language) -> str:
        """What that day is called, "" for a day of the community's own."""
        return self._of_the_country(day, language).get(day, "").replace("'", "’")

    def periods(self, first: date, last: date) -> list[tuple[date, date]]:
        """The days off between these two, those that follow one another together."""
        found: list[tuple[date, date]] = []
        day = first
        while day <= last:
            if self.off(day):
                found[-1:] = [(found[-1][0], day)] if found and found[-1][1] == day - timedelta(days=1) else [
                    *found[-1:], (day, day)
                ]  # fmt: skip
            day += timedelta(days=1)
        return found

    def _written(self, day: date) -> bool:
        return any(first <= day <= last for first, last in map(period, self.settings.days))

    def _of_the_country(self, day: date, language: Language) -> dict[date, str]:
        if not self.settings.country:
            return {}
        return _country(self.settings.country, self.settings.subdivision, day.year, language)


@lru_cache(maxsize=256)
def _country(country: str, subdivision: str, year: int, language: Language) -> dict[date, str]:
    """Of one year. Only what the calendar of one country takes is loaded, and only where one is set."""
    from holidays import country_holidays

    spoken = country_holidays(country, subdiv=subdivision or None, years=year).supported_languages
    nearest = next((code for code in spoken if code.split("_")[0] == language), None)
    return dict(country_holidays(country, subdiv=subdivision or None, years=year, language=nearest))

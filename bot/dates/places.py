"""Time zones by the name of a city, as people say them: "heure de Montréal", "Montréal time"."""

import re
from functools import cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from babel import Locale
from babel.core import get_global
from babel.dates import get_timezone_location

from bot.chat.language import Language
from bot.dates.words import plain

# The zone data calls these something else, or folds them into a neighbour.
_CITIES: dict[str, dict[Language, str]] = {
    "America/Montreal": {"fr": "Montréal", "en": "Montréal"},
    "America/Havana": {"fr": "La Havane", "en": "Havana"},
}
_UNIVERSAL = {
    "UTC",
    "UCT",
    "GMT",
    "Universal",
    "Zulu",
    "Etc/UTC",
    "Etc/UCT",
    "Etc/GMT",
    "Etc/Universal",
    "Etc/Zulu",
}
# A French h is mute in most place names ("heure d’Halifax"); these are the exceptions among zones.
_ASPIRATED = ("Hong Kong", "Hovd")
_PLURAL = ("Açores", "Bermudes", "Canaries", "Maldives", "Marquises", "Féroé", "îles ", "Îles ")


def say_place(zone: ZoneInfo, language: Language) -> str:
    """The city a zone is known by, in the language: "Le Caire", "Cairo". "UTC" for universal time."""
    key = zone.key
    if key in _UNIVERSAL:
        return "UTC"
    if key in _CITIES:
        return _CITIES[key][language]
    if "/" not in key or key.startswith("Etc/"):
        return key.removeprefix("Etc/")
    return _short(get_timezone_location(key, locale=language, return_city=True))


def say_place_time(zone: ZoneInfo, language: Language) -> str:
    """Whose clock it is, as a phrase: "heure de Montréal", "Montréal time"."""
    place = say_place(zone, language)
    if place == "UTC":
        return "heure universelle" if language == "fr" else "universal time"
    return f"heure {_of(place)}" if language == "fr" else f"{place} time"


def _of(place: str) -> str:
    """French "de" with the article or elision the name asks for."""
    if place.startswith("Le "):
        return f"du {place[3:]}"
    if place.startswith("Les "):
        return f"des {place[4:]}"
    if place.startswith(_PLURAL):
        return f"des {place}"
    first = plain(place)[0]
    if first in "aeiou" or (first == "h" and not place.startswith(_ASPIRATED)):
        return f"d’{place}"
    return f"de {place}"


def take_place(text: str, zone: ZoneInfo) -> tuple[str, ZoneInfo, str | None]:
    """Splits "… (heure de Paris)" or "… Paris time" off the end of a text already made plain.

    Returns the text without it, the zone it names (`zone` when it names none), and the name when no zone goes
    by it (None otherwise), so that a time is never silently read on the wrong clock.
    """
    found = _FRENCH.search(text) or _ENGLISH_IN_BRACKETS.search(text) or _UNIVERSAL_TIME.search(text)
    if found:
        place = found["place"]
        named = zone_of(place, zone)
        rest = text[: found.start()] + " " + text[found.end() :]
        return rest, named or zone, None if named else place
    trailing = _ENGLISH.search(text)
    if trailing:
        words = trailing["words"].split()
        # The city may have several words: the longest name that is known wins.
        for start in range(max(0, len(words) - 4), len(words)):
            named = zone_of(" ".join(words[start:]), zone)
            if named:
                return " ".join(words[:start]), named, None
    return text, zone, None


def zone_of(place: str, zone: ZoneInfo) -> ZoneInfo | None:
    """The zone a place stands for, `zone` first; None when no zone goes by that name."""
    wanted = _bare(place)
    if wanted in {_bare(say_place(zone, "fr")), _bare(say_place(zone, "en")), _own_name(zone.key)}:
        return zone
    key = _zones_by_place().get(wanted)
    try:
        return ZoneInfo(key) if key else None
    except ZoneInfoNotFoundError:  # a name from the tables that this machine has no rules for
        return None


def zones_like(beginning: str, most: int = 5) -> list[ZoneInfo]:
    """The zones of places whose name begins so, in either language; the shortest names first."""
    wanted = _bare(beginning)
    if len(wanted) < 2:
        return []
    names = sorted((name for name in _zones_by_place() if name.startswith(wanted)), key=lambda n: (len(n), n))
    found: dict[str, ZoneInfo] = {}
    for name in names:
        try:
            zone = ZoneInfo(_zones_by_place()[name])
        except ZoneInfoNotFoundError:  # as above
            continue
        found.setdefault(zone.key, zone)
        if len(found) == most:
            break
    return list(found.values())


@cache
def _zones_by_place() -> dict[str, str]:
    # From the tables of names alone: opening every zone of the world would hold up everyone for a while.
    keys = [*get_global("zone_territories"), *get_global("zone_aliases")]
    names = {"utc": "UTC"} | {_bare(name): key for key, said in _CITIES.items() for name in said.values()}
    for key in keys:
        if "/" in key and not key.startswith("Etc/"):
            names.setdefault(_own_name(key), key)
    for language in ("fr", "en"):
        for key, said in Locale.parse(language).time_zones.items():
            if "city" in said and not key.startswith("Etc/"):
                names.setdefault(_bare(_short(said["city"])), key)
    return names


def _short(location: str) -> str:
    """The city alone: "Argentina/Buenos Aires" is a path, "New Salem (Dakota du Nord)" says too much."""
    return re.split(r" \(|, ", location.rsplit("/", 1)[-1])[0]


def _own_name(key: str) -> str:
    return _bare(key.rsplit("/", 1)[-1].replace("_", " "))


def _bare(place: str) -> str:
    name = re.sub(r"^(?:le|la|les|l')\s*", "", plain(place).strip(" ()"))
    name = "utc" if name in ("heure universelle", "universal", "gmt") else name
    return re.sub(r"[^a-z0-9+]+", " ", name).strip()


_FRENCH = re.compile(
    r"\(?\s*\bheure (?:locale )?(?:de la |de l'|de |du |des |d')"
    r"(?!l'apre|apre|matin|soir|nuit|la nuit)(?P<place>[a-z][a-z0-9 .'+-]*)\)?\s*$"
)
_ENGLISH_IN_BRACKETS = re.compile(r"\((?P<place>[a-z][a-z0-9 .'+-]*) time\)\s*$")
_UNIVERSAL_TIME = re.compile(r"\(?(?P<place>\bheure universelle|\butc|\bgmt)\)?\s*$")
_ENGLISH = re.compile(r"(?P<words>.+) time$")

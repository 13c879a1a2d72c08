"""What people type, and the instant it gives. It is Wednesday 18 November 2026, 10:00, in Toronto."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.chat.language import Language
from bot.dates.reading import read_instant

TORONTO = ZoneInfo("America/Toronto")
NOW = datetime(2026, 11, 18, 10, 0, tzinfo=TORONTO)


def read(text: str, language: Language, now: datetime = NOW) -> str:
    """The instant read, as local wall time."""
    instant = read_instant(text, language=language, zone=TORONTO, now=now)
    assert instant.tzinfo is TORONTO
    return f"{instant:%Y-%m-%d %H:%M}"


FRENCH = """
mardi prochain à 14 h            2026-11-24 14:00
mercredi prochain 11h            2026-11-25 11:00
mardi qui vient, 14h             2026-11-24 14:00
ce soir 20h                      2026-11-18 20:00
ce soir à 8 h                    2026-11-18 20:00
ce soir à minuit                 2026-11-19 00:00
cette nuit à 1 h                 2026-11-19 01:00
ce midi                          2026-11-18 12:00
demain midi                      2026-11-19 12:00
demain à midi et demi            2026-11-19 12:30
midi trente                      2026-11-18 12:30
jeudi midi                       2026-11-19 12:00
samedi en huit à 9 h             2026-11-28 09:00
lundi en huit à 19 h             2026-11-30 19:00
lundi en quinze à 19 h           2026-12-07 19:00
d'aujourd'hui en huit à 9 h      2026-11-25 09:00
dans deux semaines à 14h         2026-12-02 14:00
dans une semaine à 14 h          2026-11-25 14:00
dans trois jours, 9h             2026-11-21 09:00
dans un mois à 9h                2026-12-18 09:00
dans deux heures                 2026-11-18 12:00
dans 1 h 30                      2026-11-18 11:30
dans une heure et demie          2026-11-18 11:30
d'ici 45 minutes                 2026-11-18 10:45
jeudi 14 janvier à 12 h          2027-01-14 12:00
jeudi 14 janvier 2027 à 12 h     2027-01-14 12:00
JEUDI 14 JANVIER 12H             2027-01-14 12:00
jeudi le 14 janvier vers 12 h    2027-01-14 12:00
12 h 14 janvier                  2027-01-14 12:00
le 14 janvier 15 h 30            2027-01-14 15:30
le 14 janvier prochain à 9 h     2027-01-14 09:00
14 janv. 15h30                   2027-01-14 15:30
14/01/2027 12h00                 2027-01-14 12:00
14/01/27 à 12:00                 2027-01-14 12:00
14.01.2027 12h                   2027-01-14 12:00
13/04 à 10 h                     2027-04-13 10:00
04/04 à 10 h                     2027-04-04 10:00
2027-01-14 12:00                 2027-01-14 12:00
1er mars 9h                      2027-03-01 09:00
premier mars 9h                  2027-03-01 09:00
15 aout 9h                       2027-08-15 09:00
15 août 9h                       2027-08-15 09:00
14 sept 8h                       2027-09-14 08:00
14 sept. 2027 à sept heures      2027-09-14 07:00
29 février 9h                    2028-02-29 09:00
le 14 à 10h                      2026-12-14 10:00
samedi 21 à 9 h                  2026-11-21 09:00
le 5 du mois prochain à 9 h      2026-12-05 09:00
jeudi 12h                        2026-11-19 12:00
jeuid 12h                        2026-11-19 12:00
jeudi a 12h                      2026-11-19 12:00
ce jeudi 12h                     2026-11-19 12:00
mar. 9h                          2026-11-24 09:00
mercredi 9h                      2026-11-25 09:00
mercredi 10h                     2026-11-25 10:00
mercredi 11h                     2026-11-18 11:00
mardi de la semaine prochaine 9h 2026-11-24 09:00
vendredi la semaine prochaine 9h 2026-11-27 09:00
15h30                            2026-11-18 15:30
15 h 05                          2026-11-18 15:05
9h                               2026-11-19 09:00
9:30                             2026-11-19 09:30
minuit                           2026-11-19 00:00
24h demain                       2026-11-20 00:00
après-demain 9h                  2026-11-20 09:00
apres demain 9 h                 2026-11-20 09:00
aujourd’hui à 15 h               2026-11-18 15:00
aujourdhui 15h                   2026-11-18 15:00
vers 15h demain                  2026-11-19 15:00
demain matin 9h                  2026-11-19 09:00
demain soir à 8 h                2026-11-19 20:00
demain à 3 h de l’après-midi     2026-11-19 15:00
ajd 15h                          2026-11-18 15:00
8 h du soir                      2026-11-18 20:00
1 heure du matin                 2026-11-19 01:00
quinze heures trente             2026-11-18 15:30
dix-neuf heures                  2026-11-18 19:00
demain dix-sept heures quinze    2026-11-19 17:15
9h moins le quart demain         2026-11-19 08:45
demain 9 heures et quart         2026-11-19 09:15
demain 9 h précises svp          2026-11-19 09:00
jeudi 15 h (heure de Paris)      2026-11-19 09:00
jeudi 15 h, heure du Caire       2026-11-19 08:00
jeudi 15 h (heure de Montréal)   2026-11-19 15:00
jeudi 15 h heure de Toronto      2026-11-19 15:00
jeudi 15 h (heure universelle)   2026-11-19 10:00
next Tuesday 6pm                 2026-11-24 18:00
"""

ENGLISH = """
next Tuesday 6pm                 2026-11-24 18:00
Tuesday next at 6 p.m.           2026-11-24 18:00
next Wednesday at 6 PM           2026-11-25 18:00
tonight at 8                     2026-11-18 20:00
tonight 8                        2026-11-18 20:00
tonight at midnight              2026-11-19 00:00
tonight at 1                     2026-11-19 01:00
this evening at 7:30             2026-11-18 19:30
this afternoon at 3              2026-11-18 15:00
tomorrow noon                    2026-11-19 12:00
tomorrow night 9                 2026-11-19 21:00
tomorrow morning at 9            2026-11-19 09:00
tomorrow 03:30                   2026-11-19 03:30
Thursday 14 January at 12:00     2027-01-14 12:00
Thursday, January 14, 12:00      2027-01-14 12:00
Thursday 14th of January 12:00   2027-01-14 12:00
in two weeks at 2 pm             2026-12-02 14:00
in a week at 9am                 2026-11-25 09:00
in 2 months and 3 days at noon   2027-01-21 12:00
in a fortnight at 9am            2026-12-02 09:00
in 15 days at 9am                2026-12-03 09:00
2 weeks from now at 9am          2026-12-02 09:00
in an hour                       2026-11-18 11:00
in an hour and a half            2026-11-18 11:30
in 90 minutes                    2026-11-18 11:30
Jan 14, 12:00                    2027-01-14 12:00
January 14th, 2027 at 3:15 p.m.  2027-01-14 15:15
3rd of March 9 am                2027-03-03 09:00
mar 14 9am                       2027-03-14 09:00
2027-01-14 12:00                 2027-01-14 12:00
2027-01-14T12:00                 2027-01-14 12:00
2027-01-14T12:00:00              2027-01-14 12:00
2027-01-14T12:00Z                2027-01-14 07:00
2027-01-14T12:00+01:00           2027-01-14 06:00
2027/01/14 9am                   2027-01-14 09:00
the 14th at 3pm                  2026-12-14 15:00
Friday at 15:30                  2026-11-20 15:30
15:30 on Friday                  2026-11-20 15:30
friday @ 9am                     2026-11-20 09:00
Wensday 11am                     2026-11-18 11:00
wednesday 9am                    2026-11-25 09:00
Thursday week 9am                2026-11-26 09:00
a week on Saturday, 6pm          2026-11-28 18:00
Tuesday next week at 9am         2026-11-24 09:00
half past 3 tomorrow afternoon   2026-11-19 15:30
quarter to 4pm friday            2026-11-20 15:45
twenty to noon                   2026-11-18 11:40
today at 3                       2026-11-18 15:00
noon                             2026-11-18 12:00
midnight                         2026-11-19 00:00
12am tomorrow                    2026-11-19 00:00
12pm tomorrow                    2026-11-19 12:00
day after tomorrow 9am           2026-11-20 09:00
1 week and 2 days, 9am           2026-11-27 09:00
Thursday 15:00 Paris time        2026-11-19 09:00
Thursday 15:00 (Cairo time)      2026-11-19 08:00
Thursday 3pm New York time       2026-11-19 15:00
Thursday 15:00 UTC               2026-11-19 10:00
jeudi 12h                        2026-11-19 12:00
samedi en huit 18 h              2026-11-28 18:00
"""


def rows(table: str) -> list[tuple[str, str]]:
    return [(line[:33].strip(), line[33:]) for line in table.strip().splitlines()]


@pytest.mark.parametrize(("text", "expected"), rows(FRENCH))
def test_french(text: str, expected: str) -> None:
    assert read(text, "fr") == expected
    assert read(text.replace(" ", "\u00a0"), "fr") == expected
    assert read(f"  {text.upper()} ", "fr") == expected


@pytest.mark.parametrize(("text", "expected"), rows(ENGLISH))
def test_english(text: str, expected: str) -> None:
    assert read(text, "en") == expected
    assert read(text.lower(), "en") == expected


@pytest.mark.parametrize(
    "text", ["mardi prochain à 14 h", "samedi en huit à 9 h", "ce midi", "demain dix-sept heures quinze"]
)
def test_french_typed_by_someone_who_reads_english(text: str) -> None:
    assert read(text, "en") == read(text, "fr")


@pytest.mark.parametrize(
    "text", ["next Tuesday 6pm", "tomorrow noon", "in two weeks at 2 pm", "Jan 14, 12:00"]
)
def test_english_typed_by_someone_who_reads_french(text: str) -> None:
    assert read(text, "fr") == read(text, "en")


def test_today_is_that_of_the_place() -> None:
    # 01:00 on the 19th in universal time is still the 18th in Toronto.
    assert read("demain midi", "fr", datetime(2026, 11, 19, 1, tzinfo=UTC)) == "2026-11-19 12:00"

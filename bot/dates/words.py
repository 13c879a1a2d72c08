"""The words of dates in French and English, brought to one plain vocabulary.

People mix languages, drop accents, and misspell. Both languages are therefore rewritten into the same English
words before anything is read, so that one grammar serves both.
"""

import re
import unicodedata
from collections.abc import Callable
from difflib import SequenceMatcher, get_close_matches

from bot.chat.language import Language

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip

_SAME: dict[str, str] = {
    "monday": "lundi lundis lun mondays mon",
    "tuesday": "mardi mardis tuesdays tue tues",
    "wednesday": "mercredi mercredis mer mercr wednesdays wed weds",
    "thursday": "jeudi jeudis jeu thursdays thu thur thurs",
    "friday": "vendredi vendredis ven vendr fridays fri",
    "saturday": "samedi samedis sam saturdays sat",
    "sunday": "dimanche dimanches dim sundays sun",
    "january": "janvier janv jan",
    "february": "fevrier fevr fev feb",
    "march": "mars",
    "april": "avril avr apr",
    "may": "mai",
    "june": "juin jun",
    "july": "juillet juil jul",
    "august": "aout aug",
    "september": "septembre",
    "october": "octobre oct",
    "november": "novembre nov",
    "december": "decembre dec",
    "today": "aujourdhui aujourd auj ajd",
    "tomorrow": "demain tmrw tmr",
    "yesterday": "hier",
    "overmorrow": "surlendemain",
    "morning": "matin matinee",
    "evening": "soir soiree",
    "night": "nuit",
    "afternoon": "aprem",
    "noon": "midi midday",
    "midnight": "minuit",
    "next": "prochain prochaine suivant suivante coming",
    "last": "dernier derniere passe passee",
    "this": "ce cet cette",
    "in": "dans within",
    "at": "a vers around about environ",
    "and": "et",
    "half": "demi demie",
    "quarter": "quart",
    "less": "moins",
    "h": "heure heures hr hrs hour hours",
    "minute": "minutes min mins mn",
    "day": "jour jours days",
    "week": "semaine semaines weeks",
    "fortnight": "quinzaine fortnights",
    "month": "mois months",
    "year": "an ans annee annees years",
    "of": "de du",
}
_CANONICAL = {same: word for word, others in _SAME.items() for same in (word, *others.split())}

_UNITS = {
    "zero": 0, "un": 1, "une": 1, "one": 1, "deux": 2, "two": 2, "trois": 3, "three": 3, "quatre": 4,
    "four": 4, "cinq": 5, "five": 5, "six": 6, "sept": 7, "seven": 7, "huit": 8, "eight": 8,
    "neuf": 9, "nine": 9,
    "dix": 10, "ten": 10, "onze": 11, "eleven": 11, "douze": 12, "twelve": 12, "treize": 13, "thirteen": 13,
    "quatorze": 14, "fourteen": 14, "quinze": 15, "fifteen": 15, "seize": 16, "sixteen": 16, "seventeen": 17,
    "eighteen": 18, "nineteen": 19,
}  # fmt: skip
_TENS = {
    "vingt": 20, "twenty": 20, "trente": 30, "thirty": 30, "quarante": 40, "forty": 40, "fourty": 40,
    "cinquante": 50, "fifty": 50, "soixante": 60, "sixty": 60, "ninety": 90, "eighty": 80,
}  # fmt: skip
_ORDINALS = {"premier": 1, "first": 1, "second": 2, "third": 3}

_PHRASES: tuple[tuple[str, str | Callable[[re.Match[str]], str]], ...] = (
    (r"\b([ap])\.? ?m\b\.?", r"\1m"),
    (r"\bheure locale\b|\blocal time\b", " "),
    (r"\bday before yesterday\b|\bavant[- ]?hier\b", "ereyesterday"),
    (r"\b(?:the )?day after tomorrow\b|\bapres[- ]?demain\b", "overmorrow"),
    (r"\b(?:d')?aujourd'? ?hui\b", "today"),
    (r"\bapres[- ]?midi\b", "afternoon"),
    (r"\bo'? ?clock\b", "oclock"),
    (r"\b(?:qui|that) (?:vient|comes)\b", "next"),
    (r"\ben (?:huit|8)\b", "plusweek"),
    (r"\ben (?:quinze|15)\b", "plusfortnight"),
    (r"\bd'ici\b", "in"),
    (r"\bquatre[- ]vingt[- ]dix\b", "90"),
    (r"\bdix[- ](sept|huit|neuf)\b", lambda found: str(10 + _UNITS[found[1]])),
    (
        rf"\b({'|'.join(_TENS)})(?:[- ](?:et[- ])?({'|'.join(_UNITS)}))?\b",
        lambda found: str(_TENS[found[1]] + _UNITS.get(found[2] or "", 0)),
    ),
    # "14 sept" is a month, "sept heures" a number.
    (r"(?<=\d )sept\b|\bsept(?= \d)|\bsept\.(?= ?\d)|(?<=\d)sept\b|(?<=er )sept\b", "september"),
    (r"\b(?:tonight|this (?:evening|night))\b", "today night"),
)
_KEPT = frozenset(
    [
        "le",
        "la",
        "les",
        "l",
        "d",
        "the",
        "on",
        "by",
        "for",
        "pour",
        "from",
        "now",
        "past",
        "to",
        "before",
        "after",
        "am",
        "pm",
        "oclock",
        "plusweek",
        "plusfortnight",
        "er",
        "e",
        "st",
        "nd",
        "rd",
        "th",
        "s",
        "overmorrow",
        "ereyesterday",
        "couple",
        "tonight",
    ]
)
_GUESSED = tuple(word for word in (*_CANONICAL, *_UNITS) if len(word) >= 5)


def plain(text: str) -> str:
    """Lower case, no accents, straight apostrophes and hyphens, ordinary single spaces."""
    folded = unicodedata.normalize("NFKD", text.casefold().replace("œ", "oe"))
    letters = "".join(each for each in folded if not unicodedata.combining(each))
    straight = re.sub(r"[’‘ʼ´`]", "'", re.sub(r"[‐‑‒–—−]", "-", letters))
    return re.sub(r"\s+", " ", straight).strip()


def canonical(text: str, language: Language) -> str:
    """The text in the plain vocabulary: "Mardi prochain à 15h30" becomes "tuesday next at 15 h 30".

    Words of neither language stay as they are. The language settles the few words that mean one thing in
    French and another in English ("mar", "a", "an").
    """
    line = plain(text)
    for pattern, replacement in _PHRASES:
        line = re.sub(pattern, replacement, line)
    line = re.sub(r"[,;()!?'\"@]|\.(?!\d)|(?<!\d)-|-(?!\d)", _as_space, line)
    line = re.sub(r"(?<=\d)(?=[a-z])|(?<=[a-z])(?=\d)", " ", line)
    words = line.split()
    result = [_word(word, words[:place], words[place + 1 :], language) for place, word in enumerate(words)]
    joined = " ".join(result)
    joined = re.sub(r"\bthis (?=morning|afternoon|evening|night|noon)", "today ", joined)
    return re.sub(r"\ball day\b", "all-day", joined)


def _as_space(found: re.Match[str]) -> str:
    return " at " if found[0] == "@" else " "


def _word(word: str, before: list[str], after: list[str], language: Language) -> str:
    follower = _CANONICAL.get(after[0], after[0]) if after else ""
    if word in ("a", "an") and follower in (
        "h",
        "day",
        "week",
        "fortnight",
        "month",
        "year",
        "half",
        "minute",
    ):
        # English "in a week"; French "à" never stands before a bare unit.
        return "1"
    if word in ("a", "an") and follower == "quarter":
        return "1"
    if word == "mar":
        return "march" if language == "en" or (before and before[-1].isdigit()) else "tuesday"
    if word in _CANONICAL:
        return _CANONICAL[word]
    if word in _UNITS or word in _ORDINALS:
        return str(_UNITS.get(word) or _ORDINALS.get(word, 0))
    return word if word in _KEPT or not word.isalpha() else _guess(word)


def _guess(word: str) -> str:
    """The word of dates that a misspelt word stands for ("jeuid", "wensday"), or that word when unsure."""
    if len(word) < 5:
        return word
    close = get_close_matches(word, _GUESSED, n=3, cutoff=0.8)
    scores = {each: SequenceMatcher(None, each, word).ratio() for each in close}
    meant = {_CANONICAL.get(each) or str(_UNITS[each]) for each in close if scores[each] == scores[close[0]]}
    # "sonday" is as near to Sunday as to Monday: better ask than guess.
    return meant.pop() if len(meant) == 1 else word

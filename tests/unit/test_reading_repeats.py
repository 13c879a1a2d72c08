import pytest

from bot.chat.language import Language
from bot.dates.repeats import Repeat, RepeatNotUnderstood, RepeatOutOfBounds, read_repeat


@pytest.mark.parametrize(
    ("typed", "weeks", "count"),
    [
        ("toutes les 2 semaines, 4 fois", 2, 4),
        ("Toutes les deux semaines 4 fois", 2, 4),
        ("chaque semaine, quatre fois", 1, 4),
        ("à chaque semaine, 4 fois", 1, 4),
        ("aux 2 semaines, 4 fois", 2, 4),
        ("4 fois, aux quinze jours", 2, 4),
        ("aux quinze jours, 4 rencontres", 2, 4),
        ("tous les 15 jours x 3", 2, 3),
        ("hebdomadaire, 6 fois", 1, 6),
        ("toutes les 4 semaines, 12 fois en tout", 4, 12),
        ("every 2 weeks, 4 times", 2, 4),
        ("every two weeks 4 times", 2, 4),
        ("every other week, four times", 2, 4),
        ("every fortnight, 3 times", 2, 3),
        ("weekly x4", 1, 4),
        ("weekly ×4", 1, 4),
        ("4 times, every week", 1, 4),
        ("every 14 days, 26 times", 2, 26),
        ("une seule fois", 0, 1),
        ("une fois", 0, 1),
        ("once", 0, 1),
        ("non", 0, 1),
        ("no", 0, 1),
        ("chaque semaine, 1 fois", 0, 1),
    ],
)
@pytest.mark.parametrize("language", ["fr", "en"])
def test_series_as_typed(typed: str, weeks: int, count: int, language: Language) -> None:
    assert read_repeat(typed, language=language) == Repeat(weeks, count)


@pytest.mark.parametrize(
    "typed",
    [
        "", "souvent", "4 fois", "toutes les 2 semaines", "chaque mois, 4 fois", "every month, 4 times",
        "tous les 10 jours, 4 fois", "chaque jeudi, 4 fois", "every 2 weeks, 4 times, 5 times",
        "every 2 weeks every 3 weeks 4 times", "toutes les 2 semaines, 4 fois, sauf en juillet", "🙂",
        "every -2 weeks, 4 times please and thank you", "x" * 500,
    ],
)  # fmt: skip
def test_what_is_not_a_series(typed: str) -> None:
    with pytest.raises(RepeatNotUnderstood):
        read_repeat(typed, language="fr")


@pytest.mark.parametrize(
    "typed",
    [
        "chaque semaine, 27 fois", "every 13 weeks, 4 times", "chaque semaine, 0 fois",
        "toutes les 0 semaines, 3 fois",
    ],
)  # fmt: skip
def test_series_too_long(typed: str) -> None:
    with pytest.raises(RepeatOutOfBounds):
        read_repeat(typed, language="fr")

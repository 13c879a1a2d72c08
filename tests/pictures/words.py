"""What the people in the pictures say and do, in each language. All of it is invented."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal


@dataclass(frozen=True, kw_only=True)
class Words:
    """`answers`, `steps`, `votes`: of the newcomer first, then of the others in their order."""

    language: Literal["fr", "en"]
    locale: str
    community: str
    room: str
    mission: str
    newcomer: str
    others: tuple[str, ...]
    plan: str
    session: dict[str, str]
    announce: str
    answers: tuple[str, ...]
    write: str
    story: str
    pulse: str
    ask_it: str
    pulse_question: dict[str, str] = field(default_factory=dict)
    steps: tuple[int, ...] = (4, 5, 4, 3, 5, 4, 2, 4)
    poll: str
    poll_asked: dict[str, str]
    votes: tuple[int, ...] = (2, 1, 2, 3, 2, 1, 2)


FRENCH = Words(
    language="fr",
    locale="fr",
    community="Tenir le fil",
    room="le-salon",
    mission="on se raconte ce qu’on a vécu au travail, et on repart avec une idée à essayer.",
    newcomer="Mirlande",
    others=("Josée", "Thu Trang", "Solène", "Kateri", "Fatou", "Rosa", "Inès"),
    plan="rencontre planifier",
    session={
        "thème": "Dire non à un bailleur de fonds", "quand": "jeudi 14 janvier à 12 h", "durée": "1 h 30",
        "lieu": "Salle vocale «\u00a0La cuisine\u00a0»",
    },
    announce="Annoncer",
    answers=("Je viens", "Je viens", "Peut-être", "Je viens", "Je ne peux pas", "Je viens", "Peut-être"),
    write="Écrire",
    story="Un bailleur voulait des prénoms dans le rapport. J’ai dit non, les mains froides. Il a attendu, puis il a "
    "dit «\u00a0je comprends\u00a0». Depuis, je prépare ma phrase d’avance.",
    pulse="pouls maintenant",
    ask_it="Poser la question",
    poll="sondage lancer",
    poll_asked={
        "question": "Quel moment te va le mieux pour les rencontres du printemps\u202f?",
        "choix": "Le jeudi midi, Le mardi soir, Le samedi matin", "durée": "3 jours",
    },
)  # fmt: skip

ENGLISH = Words(
    language="en",
    locale="en-US",
    community="Holding the Thread",
    room="the-hall",
    mission="we tell what we lived at work, and leave with one idea to try.",
    newcomer="Mirlande",
    others=("Joan", "Thu Trang", "Marisol", "Kateri", "Fatou", "Rosa", "Ines"),
    plan="session plan",
    session={
        "theme": "Saying no to a funder", "when": "Thursday 14 January at noon", "length": "1 h 30",
        "place": "Voice room “The kitchen”",
    },
    announce="Announce it",
    answers=("I’m coming", "I’m coming", "Maybe", "I’m coming", "I can’t", "I’m coming", "Maybe"),
    write="Write",
    story="A funder wanted first names in the report. I said no, with cold hands. He waited, then said “I understand”. "
    "I have prepared that sentence ever since.",
    pulse="pulse now",
    ask_it="Ask it",
    poll="poll start",
    poll_asked={
        "question": "Which time suits you best for our sessions this spring?",
        "options": "Thursday at noon, Tuesday evening, Saturday morning", "length": "3 days",
    },
)  # fmt: skip

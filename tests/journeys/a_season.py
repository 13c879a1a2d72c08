"""Four weeks of a community, written once: whatever the platform, this is what its members did."""

from __future__ import annotations

from datetime import datetime

from bot.model.settings import Settings
from tests.journeys.player import ZONE, Player

FOUNDERS = ("Ana", "Bo", "Cleo", "Dan", "Eli")
SAY_NO, ASK = "Dire non à un bailleur", "Demander de l’aide"
WHICH_DAY, WHICH_PLACE = "Quel jour vous va le mieux", "Où se retrouver au printemps"
SETTINGS = Settings.model_validate(
    {
        "name": "Le cercle", "zone": "America/Montreal", "mission": "Apprendre les uns des autres",
        "charter": ["On écoute avant de répondre.", "Ce qui est confié ici reste ici."],
        "sessions": {"reminder_hours": 24, "antechamber_minutes": 15},
        "stories": {"days": [7, 2]}, "pulse": {"every": 2}, "attention": {"per_week": 21},
    }
)  # fmt: skip


def day(number: int, hour: int, minute: int = 0) -> datetime:
    """Of January 2027, which begins on a Friday; beyond the 31st, of February."""
    month, number = (1, number) if number <= 31 else (2, number - 31)
    return datetime(2027, month, number, hour, minute, tzinfo=ZONE)


BEGINS, ENDS = day(4, 8), day(32, 8)


async def a_season(p: Player) -> None:
    await first_day(p)
    await first_week(p)
    await second_week(p)
    await third_week(p)
    await p.life.at(day(28, 10))
    await p.says("Bo", "Thank you all, see you in spring")
    await p.replies("Gus", "Thank you all, see you in spring", "Au printemps !")
    await p.life.at(ENDS)


async def first_day(p: Player) -> None:
    await p.prefers("Bo", "en")
    await p.says("Ana", "Bonjour à tout le monde")
    await p.replies("Bo", "Bonjour à tout le monde", "Hello Ana")
    await p.reacts("Cleo", "Bonjour à tout le monde", "❤️")
    await p.says("Dan", "Content d’être là")
    await p.says("Dan", "Je me suis trompé de salon")
    await p.takes_back("Dan", "Je me suis trompé de salon")
    await p.asks_before_all("Dan", "help.help")
    await p.signs("Bo")
    await p.signs("Cleo")
    await p.plans(
        "Ana", SAY_NO, "jeudi 14 janvier 12 h", "1 h 30", "https://example.org/salle", "toutes les semaines, 2 fois"
    )
    await p.asks("Ana", "sessions.edit", "2", "theme", ASK)
    await p.plans("Ana", "Atelier d’écriture", "mercredi 20 janvier 18 h", "1 h")
    await p.arrives("Fay")
    await p.comes("Bo", SAY_NO)
    await p.may_come("Cleo", SAY_NO)
    await p.comes("Cleo", SAY_NO)
    await p.cannot_come("Dan", SAY_NO)
    await p.comes("Fay", SAY_NO)
    await p.is_interested("Eli", SAY_NO)
    await p.comes("Bo", "Atelier d’écriture")


async def first_week(p: Player) -> None:
    await p.life.at(day(6, 10, 30))  # the pulse is taken since ten
    for who, step in (("Ana", 4), ("Bo", 5), ("Cleo", 2), ("Dan", 4), ("Eli", 3)):
        await p.feels(who, step, {"Bo": "I learn a lot here", "Cleo": "Ça va vite"}.get(who, ""))
    await p.says("Eli", "Quelqu’un a un modèle de lettre de refus ?")
    await p.replies("Ana", "Quelqu’un a un modèle de lettre de refus ?", "Oui, je te l’envoie")
    await p.reacts("Eli", "Oui, je te l’envoie", "👍")
    await p.life.at(day(7, 12, 30))  # stories are asked for since noon
    await p.tells("Bo", "I said no.\nThey called back.", "named")
    await p.tells("Cleo", "J’ai dit oui et je l’ai regretté.", "unnamed")
    await p.tells("Eli", "Je n’ose pas encore en parler à tout le monde.", "facilitator")
    await p.chooses("Fay", "stories-choice-pass")
    await p.asks("Dan", "stories.tell", "1")
    await p.tells("Dan", "On m’a dit non, et c’était bien ainsi.", "named")


async def second_week(p: Player) -> None:
    await p.life.at(day(11, 10))
    await p.says("Fay", "Mon brise-glace : un carnet")
    await p.asks("Ana", "polls.open", WHICH_DAY, "jeudi, mardi, samedi", "2 jours")
    await p.votes("Bo", WHICH_DAY, "jeudi")
    await p.votes("Cleo", WHICH_DAY, "mardi")
    await p.votes("Cleo", WHICH_DAY, "jeudi")
    await p.votes("Dan", WHICH_DAY, "samedi")
    await p.withdraws("Dan", WHICH_DAY)
    await p.votes("Fay", WHICH_DAY, "mardi")
    await p.life.at(day(12, 9))
    await p.arrives("Gus")
    await p.arrives("Hal")
    await p.life.at(day(13, 17))
    await p.leaves("Hal")
    await p.life.at(day(14, 11, 50))  # the antechamber is open
    await p.says_in_thread("Bo", SAY_NO, "A light one, thank you")
    await p.life.at(day(14, 13, 40))
    await p.asks("Ana", "sessions.attendance", "1", "Ana, Bo, Cleo et Fay")
    await p.life.at(day(14, 14, 40))  # the pulse of the session is taken since half past two
    for who, step in (("Ana", 4), ("Bo", 5), ("Cleo", 5), ("Fay", 3), ("Eli", 1)):
        await p.feels(who, step, {"Fay": "Merci pour l’écoute"}.get(who, ""))
    await p.cancels("Ana", "Atelier d’écriture")


async def third_week(p: Player) -> None:
    await p.life.at(day(18, 10))
    await p.comes("Gus", ASK)
    await p.comes("Bo", ASK)
    await p.may_come("Cleo", ASK)
    await p.moves("Ana", ASK, day(22, 12))
    await p.asks("Ana", "polls.open", WHICH_PLACE, "au parc, en ligne")
    await p.votes("Gus", WHICH_PLACE, "au parc")
    await p.votes("Ana", WHICH_PLACE, "en ligne")
    await p.asks("Ana", "polls.close")
    await p.asks("Ana", "icebreakers.now")
    await p.says("Gus", "Le mien : un vélo")
    await p.reacts("Dan", "Le mien : un vélo", "🚲")
    await p.tells("Gus", "J’ai demandé, et trois personnes sont venues.", "named")
    await p.life.at(day(22, 13, 40))
    await p.asks("Ana", "sessions.attendance", "2", "Bo, Cleo, Gus")

from datetime import timedelta
from pathlib import Path

import pytest

from bot.chat.capabilities import Level
from bot.model.poll import Poll
from tests.features.polls.acts import ask, ballot, both, shown, stage


async def test_one_command_and_it_is_asked(tmp_path: Path) -> None:
    async with stage(tmp_path) as s:
        await s.say("ana", "!veillee sondage On se voit quand ? | Jeudi, Vendredi, Samedi")
        [asked] = s.in_room()
        assert asked.startswith("Sondage\u00a0: On se voit quand ?\n")
        assert "Les votes ne sont pas secrets\u00a0: le groupe peut savoir qui a choisi quoi." in asked
        assert "Fin du sondage\u00a0: jeudi 7 janvier à 10\u00a0h (heure de Montréal)." in asked
        assert shown(s) == ["Jeudi", "Vendredi", "Samedi", "Retirer mon vote"]
        told = s.heard("ana")
        assert "sondage 1" in told
        assert "!veillee sondage clore" in told


async def test_in_english(tmp_path: Path) -> None:
    async with stage(tmp_path, language="en") as s:
        await s.say("ana", "!veillee poll When do we meet? | Thursday, Friday | two weeks")
        [asked] = s.in_room()
        assert asked.startswith("Poll: When do we meet?\n")
        assert "Votes are no secret: the group can know who chose what." in asked
        assert "It ends Monday 18 January at 10:00 (Montréal time)." in asked
        assert shown(s) == ["Thursday", "Friday", "Take back my vote"]
        assert "To end it sooner: !veillee poll close" in s.heard("ana")


async def test_said_to_vous(tmp_path: Path) -> None:
    async with stage(tmp_path, address="vous") as s:
        assert "Quelle question voulez-vous poser" in await s.tell("ana", "sondage")


@pytest.mark.parametrize(
    ("typed", "options", "days"),
    [
        ("sondage Q ? | Oui, Non", ("Oui", "Non"), 3),
        ("sondage Q ? | Oui; Oui, mais plus tard", ("Oui", "Oui, mais plus tard"), 3),
        ("sondage Q ? | Oui | Oui, mais plus tard | Non", ("Oui", "Oui, mais plus tard", "Non"), 3),
        ("sondage Q ?\n- Oui\n- Non, merci", ("Oui", "Non, merci"), 3),
        ("sondage Q ? | Oui, Non | 5 jours", ("Oui", "Non"), 5),
        ("sondage Q ? | Oui | Non | une semaine", ("Oui", "Non"), 7),
        ("sondage Q ? | 1 jour | 2 jours | 3 jours", ("1 jour", "2 jours", "3 jours"), 3),
        ("sondage Q ? | 1 jour, 2 jours | 2 weeks", ("1 jour", "2 jours"), 14),
        ("poll Q? | 👍, 👎, 🤷‍♀️", ("👍", "👎", "🤷‍♀️"), 3),
        ("sondage Q ? |  a ,, b  , ", ("a", "b"), 3),
        ("sondage Q ? | " + ", ".join(f"choix {n}" for n in range(10)), tuple(f"choix {n}" for n in range(10)), 3),
    ],
)
async def test_what_is_typed(tmp_path: Path, typed: str, options: tuple[str, ...], days: int) -> None:
    async with stage(tmp_path) as s:
        await s.tell("ana", typed)
        [poll] = await s.kept(Poll)
        assert poll.options == options
        assert poll.closes - poll.opens == timedelta(days=days)
        assert shown(s)[:-1] == list(options)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("Oui", "je n’en vois qu’un\u00a0: «\u00a0Oui\u00a0»"),
        (", ".join(str(n) for n in range(11)), "Il y a 11 choix, et un sondage en montre 10 au plus"),
        ("Oui, non, OUI", "Le choix «\u00a0OUI\u00a0» est là deux fois"),
        ("oui, " + "très " * 11 + "long", "Un des choix est trop long, avec 59 caractères pour 55 au plus"),
        (", ,", "Il me faut des mots"),
        ("\u200b, \u202e", "Il me faut des mots"),
    ],
)
async def test_what_cannot_be_chosen_from_is_said_and_corrected(tmp_path: Path, typed: str, said: str) -> None:
    async with stage(tmp_path) as s:
        await s.tell("ana", "sondage")
        await s.tell("ana", "On se voit quand ?")
        assert said in await s.tell("ana", typed)
        assert await s.kept(Poll) == []
        assert "Combien de temps" in await s.tell("ana", "Jeudi\nVendredi")
        assert "C’est demandé à tout le groupe" in await s.tell("ana", "passer")
        assert shown(s) == ["Jeudi", "Vendredi", "Retirer mon vote"]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("bientôt", "Je ne lis pas de durée dans «\u00a0bientôt\u00a0»"),
        ("10 minutes", "trop court ou trop long"),
        ("31 jours", "trop court ou trop long"),
    ],
)
async def test_how_long(tmp_path: Path, typed: str, said: str) -> None:
    async with stage(tmp_path) as s:
        assert said in await s.tell("ana", f"sondage On se voit ? | Oui, non | {typed}")
        assert await s.kept(Poll) == []
        assert "C’est demandé" in await s.tell("ana", "30 jours")


async def test_by_a_sheet_that_comes_back_with_what_is_to_correct(tmp_path: Path) -> None:
    async with stage(tmp_path, native=True) as s:
        await s.command("ana", "polls.open")
        sheet = s.sheet("ana")
        assert [(q.name, q.shape, q.required) for q in sheet.questions] == [
            ("question", "line", True), ("options", "text", True), ("duration", "line", False),
        ]  # fmt: skip
        told = await s.fill("ana", {"question": "On se voit ?", "options": "Oui"})
        assert "je n’en vois qu’un" in told
        await s.press("ana", "Corriger")
        assert s.sheet("ana").questions[0].value == "On se voit ?"
        await s.fill("ana", {"options": "Oui\nNon, pas cette fois"})
        assert shown(s) == ["Oui", "Non, pas cette fois", "Retirer mon vote"]


async def test_only_facilitators_ask(tmp_path: Path) -> None:
    async with stage(tmp_path) as s:
        assert "réservée aux personnes qui animent" in await s.tell("bo", "sondage Q ? | Oui, non")
        assert await s.kept(Poll) == []
        assert s.in_room() == []


async def test_hostile_words_stay_words(tmp_path: Path) -> None:
    async with stage(tmp_path) as s:
        await s.tell("ana", "sondage @everyone { $when } <b> | <@&1> @here\n{ $x } \ue0000\ue001\nj\u202eudi\x00\u2066")
        [poll] = await s.kept(Poll)
        assert (poll.options[0], poll.options[2]) == ("<@&1> @here", "judi")
        asked = s.in_room()[-1]
        assert "Sondage\u00a0: @everyone { $when } <b>" in asked
        assert "[<@&1> @here]" in asked
        assert "\u202e" not in asked
        await s.tell("ana", "sondage clore")
        assert "<@&1> @here" in s.in_room()[-1]


async def test_where_there_are_polls_of_its_own_it_is_one(tmp_path: Path) -> None:
    async with both(tmp_path) as (s, there):
        poll = await ask(s)
        native = there.platform.polls[ballot(there)].poll
        assert (native.question, native.options) == ("On se voit quand ?", ("Jeudi", "Vendredi", "Samedi"))
        assert native.closes == poll.closes
        [beside] = there.in_room()
        assert "Les votes ne sont pas secrets" in beside
        assert "Les votes de tous les salons comptent ensemble" in beside
        assert "[" not in beside, "the platform's own poll is all there is to choose in"
        assert "[Jeudi]" in s.in_room()[-1]


async def test_without_buttons_the_poll_of_its_own_has_no_reactions(tmp_path: Path) -> None:
    async with both(tmp_path, buttons=Level.FALLBACK) as (s, there):
        await ask(s)
        assert [sign for _, sign in s.bot_said()[-1].reactions] == ["1️⃣", "2️⃣", "3️⃣", "↩️"]
        assert there.bot_said()[-1].reactions == []


async def test_refused_there_it_is_asked_by_a_message(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from bot.ports import Refused

    async def refuse(*_: object, **__: object) -> str:
        raise Refused("no right to ask polls here")

    async with both(tmp_path) as (s, there):
        monkeypatch.setattr(there.platform, "open_poll", refuse)
        await ask(s)
        assert "[Jeudi]" in there.in_room()[-1]
        await there.press("dan", "Vendredi")
        assert "[Vendredi · 1]" in s.in_room()[-1]
        await s.tell("ana", "sondage clore")
        assert "avec un vote\u00a0: Vendredi" in there.in_room()[-1]

"""The last thing a facilitator did, undone exactly, or refused in words."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.model.community import Community
from bot.model.icebreaker import QuestionUse
from bot.model.poll import Poll
from bot.model.rhythm import Deed, Due, Holiday, Pause
from bot.model.session import Session
from bot.model.settings import Settings
from tests.stage import Stage, stage

ONLY_ICE: dict[str, Any] = {"pulse": {"on": False}, "stories": {"days": ()}}
SAY_NO = "!veillee rencontre planifier Dire non | jeudi 14 janvier 12 h | 1 h 30 | Salon bleu"


async def rows(s: Stage) -> dict[str, tuple[object, ...]]:
    return {d.key: (d.state, d.due_at, d.moved, d.reason) for d in await s.kept(Due)}


async def first(s: Stage) -> int:
    return (await s.kept(Due, state="pending", order="due_at"))[0].id


@pytest.mark.parametrize("typed", ["plan passer {}", "plan déplacer {} | mardi 12 janvier 14 h"])
async def test_skip_and_move(tmp_path: Path, typed: str) -> None:
    async with stage(tmp_path, **ONLY_ICE) as s:
        before = await rows(s)
        await s.tell("ana", typed.format(await first(s)))
        assert await rows(s) != before
        assert "C’est annulé." in await s.tell("ana", "annuler")
        assert await rows(s) == before
        assert "rien à annuler" in await s.tell("ana", "annuler")


async def test_put_back_pause_resume_and_days_off(tmp_path: Path) -> None:
    async with stage(tmp_path, **ONLY_ICE) as s:
        number = await first(s)
        await s.tell("ana", f"plan passer {number}")
        skipped = await rows(s)
        await s.tell("ana", f"plan remettre {number}")
        await s.tell("ana", "annuler")
        assert {k: v[0] for k, v in (await rows(s)).items()} == {k: v[0] for k, v in skipped.items()}
        await s.tell("ana", "pause brise-glace | 20 janvier")
        await s.tell("ana", "pause brise-glace | 25 janvier")
        await s.tell("ana", "annuler")
        [pause] = await s.kept(Pause)
        assert pause.until is not None
        assert pause.until.day == 20
        await s.tell("ana", "reprendre")
        assert await s.kept(Pause) == []
        await s.tell("ana", "annuler")
        assert len(await s.kept(Pause)) == 1
        await s.tell("ana", "congé 20 janvier")
        await s.tell("ana", "annuler")
        assert await s.kept(Holiday) == []


async def test_an_icebreaker_is_taken_back_and_may_come_again(tmp_path: Path) -> None:
    async with stage(tmp_path, **ONLY_ICE) as s:
        await s.tell("ana", "brise-glace")
        assert len(s.in_room()) == 1
        assert "La question est retirée" in await s.tell("ana", "annuler")
        assert s.in_room() == []
        assert await s.kept(QuestionUse) == []


async def test_a_poll_nobody_voted_in_goes_and_another_stays(tmp_path: Path) -> None:
    async with stage(tmp_path, **ONLY_ICE) as s:
        await s.tell("ana", "sondage On mange quoi ? | Soupe, Pain")
        assert "Le sondage est retiré" in await s.tell("ana", "annuler")
        assert s.in_room() == []
        assert await s.kept(Poll) == []
        await s.tell("ana", "sondage On boit quoi ? | Thé, Eau")
        await s.press("bo", "Thé")
        assert "a changé depuis" in await s.tell("ana", "annuler")
        assert len(s.in_room()) == 1


async def test_a_session_planned_moved_edited_and_cancelled(tmp_path: Path) -> None:
    async with stage(tmp_path, **ONLY_ICE) as s:
        await s.say("ana", SAY_NO)
        await s.press("ana", "Annoncer")
        assert "n’est plus prévue" in await s.tell("ana", "annuler")
        assert any("Annulée" in text for text in s.in_room())
        assert [d for d in await s.kept(Due, state="pending") if d.kind.startswith("sessions")] == []
        await s.say("ana", SAY_NO)
        await s.press("ana", "Annoncer")
        await s.press("bo", "Je viens")
        assert "ont peut-être déjà répondu" in await s.tell("ana", "annuler")
        number = (await s.kept(Session, state="planned"))[0].number
        kept = (await s.kept(Session, number=number))[0]
        starts = kept.starts
        await s.say("ana", f"!veillee rencontre déplacer {number} | vendredi 15 janvier 12 h")
        await s.press("ana", "Déplacer la rencontre")
        assert (await s.kept(Session, number=number))[0].starts == starts + timedelta(days=1)
        await s.tell("ana", "annuler")
        assert (await s.kept(Session, number=number))[0].starts == starts
        assert "14 janvier" in s.heard("bo")
        await s.say("ana", f"!veillee rencontre annuler {number}")
        await s.press("ana", "Annuler la rencontre")
        assert "est annulée" in s.heard("bo")
        await s.tell("ana", "annuler")
        assert (await s.kept(Session, number=number))[0].state == "planned"
        assert "a bien lieu" in s.heard("bo")
        assert [d for d in await s.kept(Due, state="pending") if d.kind == "sessions.reminder"]


async def announced_to_many(s: Stage) -> None:
    """To enough people for a pulse."""
    for person in ("dan", "eve", "flo", "gus"):
        await s.say(person, "Bonjour")
    await s.say("ana", SAY_NO)
    await s.press("ana", "Annoncer")


async def test_what_cannot_be_undone_says_why(tmp_path: Path) -> None:
    async with stage(tmp_path, **ONLY_ICE) as s:
        await s.tell("ana", f"plan passer {await first(s)}")
        await s.tell("ana", "sondage On mange quoi ? | Soupe, Pain")
        await s.tell("ana", "sondage clore")
        assert "Les résultats sont connus" in await s.tell("ana", "annuler")
        [row] = [d for d in await s.kept(Due, state="skipped") if d.kind == "icebreakers.weekly"]
        assert row.reason == "facilitator"  # what was done before is not undone in its stead


@pytest.mark.parametrize("asks", ["rencontre annuler 1", "rencontre déplacer 1 | mardi 19 janvier 12 h", "pouls"])
async def test_what_only_asks_to_confirm_leaves_what_was_done_before(tmp_path: Path, asks: str) -> None:
    async with stage(tmp_path, **ONLY_ICE) as s:
        await announced_to_many(s)
        await s.tell("ana", "pause | 20 janvier")
        await s.tell("ana", "reprendre")
        await s.tell("ana", asks)
        assert "n’a encore rien changé" in await s.tell("ana", "annuler")
        assert await s.kept(Pause) == []


@pytest.mark.parametrize("asks", ["rencontre annuler 1", "pouls"])
async def test_what_was_declined_waits_for_nobody(tmp_path: Path, asks: str) -> None:
    async with stage(tmp_path, **ONLY_ICE) as s:
        await announced_to_many(s)
        await s.tell("ana", asks)
        await s.press("ana", "Ne rien changer" if asks != "pouls" else "Ne rien demander")
        assert "rien à annuler" in await s.tell("ana", "annuler")


async def test_a_pulse_that_was_asked_is_not_undone(tmp_path: Path) -> None:
    async with stage(tmp_path, **ONLY_ICE) as s:
        await announced_to_many(s)
        await s.tell("ana", "pouls")
        await s.press("ana", "Poser la question")
        assert "déjà arrivée chez les membres" in await s.tell("ana", "annuler")


@pytest.mark.parametrize("looked", ["plan", "plan voir {}", "plan sollicitations", "plan journal"])
async def test_who_only_looked_did_nothing(tmp_path: Path, looked: str) -> None:
    async with stage(tmp_path, **ONLY_ICE) as s:
        before, number = await rows(s), await first(s)
        await s.tell("ana", "plan congé 8 février")
        await s.tell("ana", looked.format(number))
        assert "n’est pas un jour de congé" in await s.tell("ana", "annuler")
        assert await rows(s) == before


@pytest.mark.parametrize(
    ("said", "told"),
    [
        (["plan congé 11 janvier"], "Ce jour-là n’est pas un jour de congé\u00a0: lundi 11 janvier."),
        (["plan congé 11 janvier"] * 2, "Ce jour-là est un jour de congé\u00a0: lundi 11 janvier."),
        (["plan congé 11 janvier", "plan congé retirer 11 janvier"], "est un jour de congé\u00a0: lundi 11 janvier."),
        (["plan congé 24 juin"], "est un jour de congé\u00a0: jeudi 24 juin."),
        (["plan congé retirer 24 juin"], "est un jour de congé\u00a0: jeudi 24 juin."),
        (["plan congé retirer 3 mars"], "n’est pas un jour de congé\u00a0: mercredi 3 mars."),
        (["plan congé 11 janvier", "plan congé 11 janvier | 15 janvier"], "un jour de congé\u00a0: lundi 11 janvier."),
        (["plan congé 11 janvier | 15 janvier"], "Aucun de ces jours n’est un jour de congé\u00a0: lundi 11 janvier –"),
        (["plan congé 11 janvier | 12 janvier", "plan congé retirer 12 janvier"],
         "est un jour de congé\u00a0: mardi 12 janvier."),
    ],
)  # fmt: skip
async def test_of_days_off_it_is_said_what_they_are_then(tmp_path: Path, said: list[str], told: str) -> None:
    """Whatever the country, or another, says of them."""
    country = {"country": "CA", "subdivision": "QC"}
    async with stage(tmp_path, holidays=country, **ONLY_ICE) as s:
        for each in said:
            await s.tell("ana", each)
        assert told in await s.tell("ana", "annuler")
        listed = await s.tell("ana", "plan congés")
        day = told.rstrip(". –").split("\u00a0: ")[1]
        assert (day in listed) == ("n’est" not in told)


async def test_two_facilitators_who_spoke_of_the_same_day(tmp_path: Path) -> None:
    async with stage(tmp_path, facilitators=("bo",), **ONLY_ICE) as s:
        await s.tell("ana", "plan congé 11 janvier")
        await s.tell("bo", "plan congé retirer 11 janvier")
        assert "Ce jour-là n’est pas un jour de congé" in await s.tell("ana", "annuler")
        assert "Ce jour-là n’est pas un jour de congé" in await s.tell("bo", "annuler")


async def test_only_ones_own_for_a_day_and_never_over_what_others_did(tmp_path: Path) -> None:
    async with stage(tmp_path, facilitators=("bo",), **ONLY_ICE) as s:
        number = await first(s)
        await s.tell("ana", f"plan passer {number}")
        assert "réservée" in await s.tell("cleo", "annuler")
        assert "rien à annuler" in await s.tell("bo", "annuler")
        await s.tell("bo", f"plan remettre {number}")
        assert "a changé depuis" in await s.tell("ana", "annuler")
        await s.tell("bo", f"plan passer {number}")
        assert "La dernière chose que tu as faite" in await s.tell("bo", "mes données")
        await s.tell("bo", "oublie-moi")
        await s.press("bo", "Tout effacer")
        assert [d.name for d in await s.kept(Deed)] == ["rhythm.skip"]
        await s.wait(days=1, hours=1)
        assert "trop tard" in await s.tell("ana", "annuler")
        await s.app.unasked.plan()
        assert await s.kept(Deed) == []


async def test_in_english(tmp_path: Path) -> None:
    async with stage(tmp_path, language="en", **ONLY_ICE) as s:
        await s.tell("ana", f"plan skip {await first(s)}")
        assert "Undone. Put back" in await s.tell("ana", "undo")
        assert "nothing to undo" in await s.tell("ana", "undo")


@pytest.mark.parametrize("gone", [True, False])
@pytest.mark.parametrize(
    ("typed", "back"),
    [
        ("plan passer {}", "annuler"),
        ("plan passer {}", "plan remettre {}"),
        ("plan déplacer {} | 15 janvier 9 h", "annuler"),
    ],
)
async def test_what_is_put_back_comes_at_the_hour_that_is_told(
    tmp_path: Path, typed: str, back: str, gone: bool
) -> None:
    """Whatever the rhythm has become meanwhile: another day, or another hour of the same day."""
    async with stage(tmp_path, **ONLY_ICE) as s:
        [due, *_] = await s.kept(Due, state="pending", order="due_at")
        await s.tell("ana", typed.format(due.id))
        [community] = await s.kept(Community)
        icebreakers = {"day": "thursday"} if gone else {"at": "15:00"}
        changed = community.settings.model_dump() | {"icebreakers": icebreakers}
        await s.app.prepare([("cercle", Settings.model_validate(changed))])
        told = await s.tell("ana", back.format(due.id))
        [kept] = await s.kept(Due, id=due.id)
        assert kept.state == "pending"
        here = kept.due_at.astimezone(community.settings.clock)
        assert here.date() == due.due_at.astimezone(community.settings.clock).date()
        assert here.hour == (9 if gone else 15)
        assert f"{here:%-H}\xa0h" in told
        await s.app.unasked.plan()
        assert (await s.kept(Due, id=due.id))[0].due_at == kept.due_at

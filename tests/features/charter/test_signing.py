"""Signing the charter: one click, noted, opening what is kept for members, and taken back as easily."""

import json
from pathlib import Path

import pytest

from adapters.rehearsal.native import NativeRehearsalPlatform
from bot.chat.capabilities import Level
from bot.chat.content import File
from bot.model.charter import Arrival, Signature
from bot.model.flow import Outbox
from tests.features.charter.acts import SIGN, WAITING, admitted, arrive, community, configure, sign, signatures
from tests.features.test_privacy import found
from tests.stage import HALL, Stage, stage

NBSP = "\u00a0"


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("fr", ["C’est signé, merci.", "ils te sont ouverts", "!veillee charte"]),
        ("en", ["Signed, thank you.", "they are open to you", "!veillee charter"]),
    ],
)
async def test_one_click_in_the_first_words_signs_and_opens(tmp_path: Path, language: str, said: list[str]) -> None:
    async with community(tmp_path, language=language) as s:
        await arrive(s)
        assert not admitted(s)
        told = await sign(s, language=language)
        assert all(part in told for part in said)
        assert admitted(s)
        [signature] = await s.kept(Signature)
        assert signature.at == s.clock.now()


async def test_a_double_click_does_nothing_twice(tmp_path: Path) -> None:
    async with community(tmp_path) as s:
        await arrive(s)
        await sign(s)
        s.native.admitted.clear()  # a facilitator took the role off by hand
        told = await sign(s)
        assert told.startswith("Ta signature est déjà notée, depuis le lundi 4 janvier. Rien n’a changé.")
        assert await signatures(s) == 1
        assert not admitted(s), "what was closed by hand stays closed"


async def test_two_clicks_waiting_together_are_one(tmp_path: Path) -> None:
    async with community(tmp_path) as s:
        await arrive(s)
        first = next(x for x in s.platform.seen_by("nour") if x.message and x.message.choices)
        for _ in range(3):
            await s.platform.press("nour", first.id, 0)
        await s.app.settle()
        assert await signatures(s) == 1
        assert s.all_heard("nour")[-1].startswith("Ta signature est déjà notée")


async def test_the_charter_by_command_to_who_has_signed_and_who_has_not(tmp_path: Path) -> None:
    async with community(tmp_path) as s:
        said = await s.command("bo", "charter.charter")
        assert said.startswith("La charte\n")
        assert "Signer la charte, c’est dire oui à ses règles" in said
        assert said.endswith("[Je signe la charte]")
        await sign(s, "bo")
        assert admitted(s, "bo")
        await s.wait(days=2)
        said = await s.command("bo", "charter.charter")
        assert "Tu as signé ce texte le lundi 4 janvier." in said
        assert said.endswith("[Reprendre ma signature]")


async def test_a_signature_is_taken_back_and_given_again(tmp_path: Path) -> None:
    async with community(tmp_path, language="en") as s:
        await arrive(s)
        await sign(s, language="en")
        await s.command("nour", "charter.charter")
        said = await s.press("nour", "Take my signature back")
        assert said.startswith("Done, your signature is yours again.")
        assert not admitted(s)
        assert await signatures(s) == 0
        assert "I have no signature of yours" in await s.press("nour", "Take my signature back")
        await sign(s, language="en")
        assert admitted(s)
        assert await signatures(s) == 1


async def test_a_changed_charter_is_told_kindly_and_closes_nothing(tmp_path: Path) -> None:
    async with community(tmp_path, charter=("On s’écoute.",)) as s:
        await arrive(s)
        await sign(s)
        await configure(s, charter=("On s’écoute.  ",))
        assert "Tu as signé ce texte" in await s.command("nour", "charter.charter"), "spaces change nothing"
        await configure(s, charter=("On s’écoute.", "On ne répète pas."))
        await s.wait(days=3)
        said = await s.command("nour", "charter.charter")
        assert "Ce texte a changé depuis ta signature, le lundi 4 janvier. Rien ne se ferme pour toi." in said
        assert said.endswith("[Je signe la charte] [Reprendre ma signature]")
        assert admitted(s)
        await sign(s)
        assert "le jeudi 7 janvier" in await s.command("nour", "charter.charter")
        assert await signatures(s) == 1


async def test_the_same_charter_in_both_languages(tmp_path: Path) -> None:
    async with community(tmp_path) as s:
        await arrive(s)
        await sign(s)
        await s.tell("nour", "langue anglais")
        assert "You signed this text on Monday 4 January." in await s.command("nour", "charter.charter")


async def test_facilitators_see_how_many_signed_and_never_who(tmp_path: Path) -> None:
    async with community(tmp_path, charter=("On s’écoute.",)) as s:
        for person, name in (("nour", "Nour"), ("sam", "Sam"), ("lou", "Lou")):
            await arrive(s, person, name)
            await sign(s, person)
        await s.leave("lou")
        said = await s.command("ana", "charter.charter")
        assert f"parmi les personnes présentes{NBSP}: 2." in said
        assert "Nour" not in said
        assert "personnes présentes" not in await s.command("nour", "charter.charter")
        await configure(s, charter=("On s’écoute bien.",))
        assert f"personnes présentes{NBSP}: 0." in await s.command("ana", "charter.charter")


async def test_who_comes_back_with_their_signature_finds_the_door_open(tmp_path: Path) -> None:
    async with community(tmp_path) as s:
        await arrive(s)
        await sign(s)
        await s.leave("nour")
        s.native.admitted.clear()  # the platform forgets whoever leaves
        await s.join("nour", "Nour")
        assert admitted(s)


async def test_who_has_left_signs_nothing(tmp_path: Path) -> None:
    async with stage(tmp_path, icebreakers={"on": False}, pulse={"on": False}) as s:
        await arrive(s)
        await s.leave("nour")
        assert "Je ne te compte pas parmi les membres" in await sign(s)
        assert await signatures(s) == 0


async def test_a_platform_without_doors_notes_the_signature_only(tmp_path: Path) -> None:
    async with stage(tmp_path, buttons=Level.FALLBACK, icebreakers={"on": False}, pulse={"on": False}) as s:
        assert not isinstance(s.platform, NativeRehearsalPlatform)
        await arrive(s)
        assert (await s.tell("nour", "1")).startswith("C’est signé, merci.")
        assert await signatures(s) == 1
        assert await s.kept(Outbox, purpose="admission") == []


async def test_the_first_words_to_who_has_signed_offer_no_more_to_sign(tmp_path: Path) -> None:
    async with community(tmp_path) as s:
        await s.join("nour", "Nour")
        await s.command("nour", "charter.charter")
        await sign(s)
        await s.wait(minutes=6)
        assert s.heard("nour").endswith("[Me présenter] [Une autre fois] [English]")
        assert SIGN["fr"] not in s.heard("nour")


async def test_vous_where_the_community_chose_it(tmp_path: Path) -> None:
    async with community(tmp_path, address="vous") as s:
        await arrive(s)
        assert "Vous pouvez reprendre votre signature" in s.heard("nour")
        assert "ils vous sont ouverts" in await sign(s)


# -- a door that does not open -------------------------------------------------------------------------------


async def test_a_refused_admission_is_told_once_and_tried_again_by_a_click(tmp_path: Path) -> None:
    async with community(tmp_path) as s:
        s.native.door_stuck = True
        for person, name in (("nour", "Nour"), ("sam", "Sam")):
            await arrive(s, person, name)
            await sign(s, person)
            assert s.heard(person).startswith("Ta signature est bien notée.")
        [note] = s.in_room("office")
        assert "la permission de gérer les rôles" in note
        assert "Nour" not in note
        assert note.endswith("[Essayer encore]")
        assert "réservée aux personnes qui animent" in (await _press_in_office(s, "bo"))
        assert not admitted(s)
        s.native.door_stuck = False
        told = await _press_in_office(s, "ana")
        assert f"Personnes concernées{NBSP}: 2." in told
        assert admitted(s, "nour")
        assert admitted(s, "sam")
        assert s.in_room("office") == [told], "the button is gone"
        assert "ils te sont ouverts" in await s.command("nour", "charter.charter")


async def test_still_refused_is_told_again(tmp_path: Path) -> None:
    async with community(tmp_path, language="en") as s:
        s.native.door_stuck = True
        await arrive(s)
        await sign(s, language="en")
        await _press_in_office(s, "ana")
        first, second = s.in_room("office")
        assert first == "Ana asked me to try again. People concerned: 1. If it is still refused, I say so here."
        assert "below mine" in second
        assert second.endswith("[Try again]")


async def test_signing_and_taking_back_again_and_again_floods_nobody(tmp_path: Path) -> None:
    async with community(tmp_path) as s:
        s.native.door_stuck = True
        await arrive(s)
        for _ in range(5):
            await sign(s)
            await s.command("nour", "charter.charter")
            await s.press("nour", "Reprendre ma signature")
        assert len(s.in_room("office")) == 2, "one that it does not open, one that it does not close"
        assert "Nour a repris sa signature, et je n’arrive pas à lui fermer" in s.in_room("office")[1]


async def _press_in_office(s: Stage, person: str) -> str:
    said = next(x for x in reversed(s.bot_said("office")) if x.message and x.message.choices)
    await s.platform.press(person, said.id, 0)
    await s.app.settle()
    return s.heard(person)


# -- theirs to see and to have erased ------------------------------------------------------------------------


async def test_the_signature_is_in_what_is_kept(tmp_path: Path) -> None:
    async with community(tmp_path, language="en") as s:
        await arrive(s)
        await sign(s, language="en")
        said = await s.tell("nour", "my data")
        assert "Your signature of the charter: Monday 4 January." in said
        assert "Being let in among the members: done." in said
        await s.tell("nour", "export my data")
        message = s.bot_said("direct-nour")[-1].message
        assert message is not None
        [file] = [block for block in message.blocks if isinstance(block, File)]
        assert json.loads(file.data)["charter"]["way_in"] == "open"


@pytest.mark.parametrize("button", ["Tout effacer", "Effacer et ne plus me compter"])
async def test_forgotten_the_signature_goes_and_the_door_closes(tmp_path: Path, button: str) -> None:
    who, name = "@nour-5c1d:exemple.org", "Nour-Eddine Aït"
    async with community(tmp_path, **WAITING) as s:
        await arrive(s, who, name)
        await sign(s, who)
        await s.press("ana", "Accueillir")
        assert (HALL, who) in s.native.admitted
        await s.tell(who, "oublie-moi")
        assert (await s.press(who, button)).startswith("C’est fait")
        assert (HALL, who) not in s.native.admitted
        assert await s.kept(Signature) == []
        assert await s.kept(Arrival) == []
        assert found(tmp_path, name) == []
        assert s.in_room("office") == [], "the message that names them goes as well"
        if button == "Tout effacer":
            assert found(tmp_path, who) == []

"""Waiting for a facilitator's welcome: asked once, settled by the first answer, told to the newcomer either way."""

from pathlib import Path
from typing import Any

import pytest

from bot.chat.capabilities import Level
from bot.chat.events import Someone
from bot.model.charter import Arrival
from bot.model.flow import Outbox
from tests.features.charter.acts import (
    OFFICE,
    WAITING,
    admitted,
    arrive,
    community,
    configure,
    sign,
    signatures,
    state,
)
from tests.stage import Stage, stage

NBSP = "\u00a0"


async def test_signed_one_waits_and_the_office_is_asked(tmp_path: Path) -> None:
    async with community(tmp_path, **WAITING) as s:
        await arrive(s)
        told = await sign(s)
        assert "Quelqu’un de l’animation va te répondre" in told
        assert not admitted(s)
        [asked] = s.in_room(OFFICE)
        assert asked.startswith("Nour vient d’arriver et a signé la charte.")
        assert asked.endswith("[Accueillir] [Pas maintenant]")
        assert not any("Nour vient" in text for text in s.in_room()), "nobody else reads it"


@pytest.mark.parametrize(
    ("language", "button", "settled", "told"),
    [
        ("fr", "Accueillir", "Nour a signé la charte. Ana lui souhaite la bienvenue.", "Bienvenue parmi nous."),
        ("en", "Let them in", "Nour signed the charter. Ana welcomes them.", "Welcome among us."),
    ],
)
async def test_a_facilitators_click_lets_in(
    tmp_path: Path, language: str, button: str, settled: str, told: str
) -> None:
    async with community(tmp_path, language=language, **WAITING) as s:
        await arrive(s)
        await sign(s, language=language)
        await s.press("ana", button)
        assert admitted(s)
        assert s.in_room(OFFICE) == [settled]
        assert s.heard("nour").startswith(told)
        assert await state(s) == "open"


@pytest.mark.parametrize(
    ("language", "button", "told"),
    [
        ("fr", "Pas maintenant", "Ce n’est pas un reproche. Tu peux en parler avec Ana."),
        ("en", "Not now", "It is not a reproach. You can talk about it with Ana."),
    ],
)
async def test_not_now_is_told_without_blame_and_with_whom_to_talk(
    tmp_path: Path, language: str, button: str, told: str
) -> None:
    async with community(tmp_path, language=language, **WAITING) as s:
        await arrive(s)
        await sign(s, language=language)
        await s.press("ana", button)
        assert not admitted(s)
        assert s.heard("nour").endswith(told)
        assert await state(s) == "later"
        again = await sign(s, language=language)
        assert told.split(".")[0] in again, "nobody else is named to them"
        assert len(s.in_room(OFFICE)) == 1


async def test_the_facilitators_named_in_the_configuration_are_whom_to_talk_to(tmp_path: Path) -> None:
    async with community(tmp_path, facilitators=("ana", "mia", "absent"), **WAITING) as s:
        await arrive(s)
        await sign(s)
        await s.press("ana", "Pas maintenant")
        assert s.heard("nour").endswith("Tu peux en parler avec Ana ou Mia.")


async def test_who_clicked_is_told_alone_what_becomes_of_it(tmp_path: Path) -> None:
    async with community(tmp_path, **WAITING) as s:
        await arrive(s)
        await sign(s)
        assert await s.press("ana", "Accueillir") == "C’est fait. Nour l’apprend en privé."


async def test_a_newcomer_who_cannot_be_written_to_is_let_in_all_the_same(tmp_path: Path) -> None:
    async with community(tmp_path, **WAITING) as s:
        s.platform.closed.add("nour")
        await arrive(s)
        await s.command("nour", "charter.charter")
        await sign(s)
        assert "Je n’arrive pas à écrire en privé à Nour" in await s.press("ana", "Accueillir")
        assert admitted(s)


async def test_a_member_settles_nothing(tmp_path: Path) -> None:
    async with community(tmp_path, **WAITING) as s:
        await arrive(s)
        await sign(s)
        asked = s.bot_said(OFFICE)[-1]
        for person in ("bo", "nour"):
            await s.platform.press(person, asked.id, 0)
            await s.app.settle()
            assert s.heard(person).startswith("Cette commande est réservée aux personnes qui animent.")
        assert await state(s) == "waiting"
        assert not admitted(s)


async def test_the_right_is_that_of_the_moment_of_the_click(tmp_path: Path) -> None:
    async with community(tmp_path, **WAITING) as s:
        await arrive(s)
        await sign(s)
        s.platform.rooms[OFFICE].levels["mia"] = 0
        await s.press("mia", "Accueillir")
        assert await state(s) == "waiting"


async def test_two_facilitators_at_once_the_first_settles_it(tmp_path: Path) -> None:
    async with community(tmp_path, **WAITING) as s:
        await arrive(s)
        await sign(s)
        asked = s.bot_said(OFFICE)[-1]
        await s.platform.press("ana", asked.id, 1)
        await s.platform.press("mia", asked.id, 0)
        await s.app.settle()
        assert await state(s) == "later"
        assert not admitted(s)
        assert s.heard("mia") == "Quelqu’un y a déjà répondu. Rien n’a changé."
        assert "Ana a répondu" in s.in_room(OFFICE)[0]
        assert len([x for x in s.all_heard("nour") if "pas un reproche" in x]) == 1


async def test_who_leaves_meanwhile_is_taken_off(tmp_path: Path) -> None:
    async with community(tmp_path, **WAITING) as s:
        await arrive(s)
        await sign(s)
        asked = s.bot_said(OFFICE)[-1]
        await s.leave("nour")
        assert s.in_room(OFFICE) == ["Nour n’est plus là. Il n’y a rien à décider."]
        await s.platform.press("ana", asked.id, 0)
        await s.app.settle()
        assert s.heard("ana").startswith("Cette personne n’est plus là")
        assert not admitted(s)
        assert await s.command("ana", "charter.arrivals") == "Personne n’attend."


async def test_who_comes_back_waits_again_without_flooding_the_office(tmp_path: Path) -> None:
    async with community(tmp_path, **WAITING) as s:
        await arrive(s)
        await sign(s)
        for _ in range(4):
            await s.leave("nour")
            await s.join("nour", "Nour")
        assert len(s.in_room(OFFICE)) == 1
        assert await state(s) == "waiting"
        await s.leave("nour")
        await s.wait(days=30)
        await s.join("nour", "Nour")
        assert len(s.in_room(OFFICE)) == 2, "what was said a month ago nobody looks at any more"
        await s.press("ana", "Accueillir")
        assert admitted(s)


async def test_a_signature_taken_back_leaves_nothing_to_decide(tmp_path: Path) -> None:
    async with community(tmp_path, **WAITING) as s:
        await arrive(s)
        await sign(s)
        await s.command("nour", "charter.charter")
        await s.press("nour", "Reprendre ma signature")
        assert s.in_room(OFFICE) == ["Nour a repris sa signature. Il n’y a rien à décider."]
        await sign(s)
        assert s.in_room(OFFICE)[0].endswith("[Accueillir] [Pas maintenant]")
        await s.press("ana", "Accueillir")
        assert admitted(s)


async def test_once_welcome_always_welcome(tmp_path: Path) -> None:
    async with community(tmp_path, **WAITING) as s:
        await arrive(s)
        await sign(s)
        await s.press("ana", "Accueillir")
        await s.leave("nour")
        s.native.admitted.clear()
        await s.wait(days=90)
        await s.join("nour", "Nour")
        assert admitted(s)
        assert len(s.in_room(OFFICE)) == 1


async def test_forgotten_and_back_one_is_asked_about_again(tmp_path: Path) -> None:
    async with community(tmp_path, **WAITING) as s:
        await arrive(s)
        await sign(s)
        await s.press("ana", "Accueillir")
        await s.tell("nour", "oublie-moi")
        await s.press("nour", "Tout effacer")
        await s.leave("nour")
        await arrive(s)
        await sign(s)
        assert await state(s) == "waiting"
        assert not admitted(s)


async def test_not_now_can_become_welcome(tmp_path: Path) -> None:
    async with community(tmp_path, **WAITING) as s:
        await arrive(s)
        await sign(s)
        await s.press("ana", "Pas maintenant")
        listed = await s.command("mia", "charter.arrivals", room=OFFICE)
        assert listed.startswith(f"À qui on a répondu «{NBSP}pas maintenant{NBSP}»{NBSP}:\n- Nour")
        await s.press("mia", "Accueillir Nour")
        assert admitted(s)
        assert s.in_room(OFFICE) == ["Nour a signé la charte. Mia lui souhaite la bienvenue."]
        await s.press("mia", "Accueillir Nour")
        assert s.heard("mia") == "Quelqu’un y a déjà répondu. Rien n’a changé."


async def test_several_waiting_are_listed_for_facilitators_only(tmp_path: Path) -> None:
    async with community(tmp_path, language="en", **WAITING) as s:
        for number in range(7):
            await arrive(s, f"p{number}", f"Name{number}" if number else "Name" * 30)
            await sign(s, f"p{number}", "en")
        assert len(s.in_room(OFFICE)) == 7
        listed = await s.command("ana", "charter.arrivals")
        assert listed.startswith("Waiting to come in:\n- NameName")
        assert "There are 2 more." in listed
        message = s.platform.said[-1].message
        assert message is not None
        assert len(message.choices) == 10
        assert all(len(choice.label) <= 80 for choice in message.choices)
        await s.press("ana", "Not now: Name1")
        await s.press("ana", "Let Name2 in")
        assert (await state(s, "p1"), await state(s, "p2"), await state(s, "p3")) == ("later", "open", "waiting")
        assert "Cette commande" not in listed
        assert (await s.command("bo", "charter.arrivals")).startswith("That command is for facilitators")


async def test_without_an_office_each_named_facilitator_is_asked_in_private(tmp_path: Path) -> None:
    async with community(tmp_path, office=False, facilitators=("ana", "cleo", "absent"), **WAITING) as s:
        await s.tell("cleo", "langue anglais")
        await arrive(s)
        await sign(s)
        assert s.heard("ana").startswith("Nour vient d’arriver et a signé la charte.")
        assert s.heard("cleo").startswith("Nour has just come in and signed the charter.")
        assert not any("Nour" in text for text in s.all_heard("bo"))
        await s.press("cleo", "Let them in")
        assert admitted(s)
        assert "Nour a signé la charte. Cleo lui souhaite la bienvenue." in s.all_heard("ana")
        assert "Nour signed the charter. Cleo welcomes them." in s.all_heard("cleo")
        assert not any("[Accueillir]" in text for text in s.all_heard("ana"))


async def test_by_reactions_where_there_are_no_buttons(tmp_path: Path) -> None:
    async with stage(
        tmp_path, buttons=Level.FALLBACK, icebreakers={"on": False}, pulse={"on": False}, **WAITING
    ) as s:
        await s.platform.open_room(
            OFFICE, "Bureau", community="cercle", members=[Someone("ana", "Ana")], main=False, office=True
        )
        s.platform.rooms[OFFICE].levels["ana"] = 50
        await arrive(s)
        await s.tell("nour", "1")
        asked = s.bot_said(OFFICE)[-1]
        assert [emoji for _, emoji in asked.reactions] == ["1️⃣", "2️⃣"]
        await s.platform.add_reaction("ana", asked.id, "1️⃣")
        await s.app.settle()
        assert await state(s) == "open"
        assert s.in_room(OFFICE) == ["Nour a signé la charte. Ana lui souhaite la bienvenue."]
        assert s.heard("nour").startswith("Bienvenue parmi nous.")
        assert s.all_heard("ana") == [], "the office has read it already"


async def test_who_facilitates_does_not_wait_for_themselves(tmp_path: Path) -> None:
    async with community(tmp_path, facilitators=("cleo",), **WAITING) as s:
        await s.command("cleo", "charter.charter")
        await sign(s, "cleo")
        assert admitted(s, "cleo")
        assert s.in_room(OFFICE) == []


async def test_members_of_long_ago_are_not_said_to_arrive(tmp_path: Path) -> None:
    async with community(tmp_path, **WAITING) as s:
        await s.command("bo", "charter.charter")
        await sign(s, "bo")
        assert s.in_room(OFFICE)[0].startswith("Bo a signé la charte.\nOn lui ouvre la porte")


async def test_who_was_in_before_approval_was_asked_stays_in(tmp_path: Path) -> None:
    async with community(tmp_path) as s:
        await arrive(s)
        await sign(s)
        await configure(s, **WAITING)
        await s.leave("nour")
        s.native.admitted.clear()
        await s.join("nour", "Nour")
        assert admitted(s)
        assert s.in_room(OFFICE) == []


async def test_once_nobody_has_to_wait_another_click_lets_in(tmp_path: Path) -> None:
    async with community(tmp_path, **WAITING) as s:
        await arrive(s)
        await sign(s)
        await configure(s)
        await sign(s)
        assert admitted(s)
        assert s.in_room(OFFICE)[0].endswith("il n’y a rien à décider.")
        assert "Ici, signer la charte suffit pour entrer." in await s.command("ana", "charter.arrivals")


async def test_a_question_whose_message_was_not_sent_yet_is_settled_all_the_same(tmp_path: Path) -> None:
    """Killed before anything was said: all of it is said afterwards, in order."""
    async with community(tmp_path, **WAITING) as s:
        await arrive(s)
        first = next(x for x in s.platform.seen_by("nour") if x.message and x.message.choices)
        await s.platform.press("nour", first.id, 0)
        await s.app.router.drain()
        assert await s.kept(Outbox, state="pending", purpose="charter.arrival") != []
        await s.platform.leave("nour", "hall")
        await s.app.settle()
        assert s.in_room(OFFICE) == ["Nour n’est plus là. Il n’y a rien à décider."]
        assert await s.kept(Outbox, state="pending") == []


async def test_a_hostile_name_stays_a_name(tmp_path: Path) -> None:
    name = "{ $who } @everyone <b>\ue0000\ue001"
    async with community(tmp_path, **WAITING) as s:
        await arrive(s, "eve", name)
        await sign(s, "eve")
        assert s.in_room(OFFICE)[0].startswith(f"{name} vient d’arriver")
        await _settled(s)
        assert await signatures(s) == 1


async def _settled(s: Stage) -> None:
    await s.press("ana", "Accueillir")
    [arrival] = await s.kept(Arrival)
    assert arrival.state == "open"


class Killed(BaseException):
    """No handler catches it: as good as the end of the process."""


@pytest.mark.parametrize("button", ["Accueillir", "Pas maintenant"])
async def test_killed_before_the_end_a_click_is_handled_once_all_the_same(
    tmp_path: Path, button: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with community(tmp_path, **WAITING) as s:
        await arrive(s)
        await sign(s)
        answer = s.app.router._answering.answer

        async def killed(*given: Any) -> None:
            await answer(*given)
            raise Killed

        monkeypatch.setattr(s.app.router._answering, "answer", killed)
        with pytest.raises(Killed):
            await s.press("ana", button)
        assert await state(s) == "waiting"
        assert s.in_room(OFFICE)[0].endswith("[Accueillir] [Pas maintenant]")
        monkeypatch.setattr(s.app.router._answering, "answer", answer)
        await s.app.settle()
        assert await state(s) == ("open" if button == "Accueillir" else "later")
        assert len(s.in_room(OFFICE)) == 1
        told = ("Bienvenue parmi nous", "pas un reproche")
        assert len([x for x in s.all_heard("nour") if any(words in x for words in told)]) == 1

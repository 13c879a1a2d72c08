from pathlib import Path

import pytest

from adapters.rehearsal.platform import BOT
from bot.chat.actions import ACTION, Edit
from bot.chat.capabilities import Level
from bot.model.activity import Activity
from bot.model.community import Person
from bot.model.flow import Outbox
from bot.model.session import Rsvp
from bot.ports import TryLater
from tests.features.sessions.acts import (
    ENGLISH,
    FOUR,
    SAY_NO,
    announced,
    announcements,
    planned,
    read,
    second_community,
    stage,
)
from tests.stage import HALL


async def test_a_click_changes_the_counts_and_brings_no_message(tmp_path: Path) -> None:
    async with stage(tmp_path) as s:
        await planned(s)
        before = len(s.platform.said)
        assert await s.press("bo", "Je viens") == ""
        await s.press("cleo", "Peut-être")
        assert "Viennent : 1 · Peut-être : 1" in announced(s)[0]
        assert "Bo" not in announced(s)[0]
        assert len(s.platform.said) == before


async def test_the_last_answer_counts(tmp_path: Path) -> None:
    async with stage(tmp_path) as s:
        await planned(s)
        for label in ("Je viens", "Peut-être", "Je viens", "Je ne peux pas"):
            await s.press("bo", label)
        [rsvp] = await s.kept(Rsvp)
        assert rsvp.answer == "no"
        assert "Viennent" not in announced(s)[0]
        await s.press("bo", "Je viens")
        assert "Viennent : 1 · Peut-être : 0" in announced(s)[0]


async def test_answering_is_one_row_of_the_log(tmp_path: Path) -> None:
    async with stage(tmp_path) as s:
        await planned(s)
        await s.press("bo", "Je viens")
        await s.press("bo", "Je viens")
        await s.press("bo", "Peut-être")
        [row] = await s.kept(Activity, kind="rsvp")
        [bo] = await s.kept(Person, external="bo")
        assert row.who == bo.pseudonym
        assert row.session_id == (await s.kept(Rsvp))[0].session_id


async def test_typed_in_french(tmp_path: Path) -> None:
    async with stage(tmp_path) as s:
        await planned(s)
        assert "tu viens à « Dire non », jeudi 14 janvier à 12 h" in await s.tell("bo", "je viens 1")
        assert "peut-être pour « Dire non »" in await s.tell("bo", "peut-être")
        assert "tu ne viens pas" in await s.tell("bo", "je ne viens pas dire non")
        assert [r.answer for r in await s.kept(Rsvp)] == ["no"]


async def test_typed_in_english_in_the_room(tmp_path: Path) -> None:
    async with stage(tmp_path, language="en") as s:
        await planned(s, ENGLISH, "Announce it")
        await s.say("bo", "!veillee coming")
        assert "Noted: you’re coming to “Saying no”" in s.heard("bo")
        await s.say("bo", "!veillee I can’t come 1")
        assert "you’re not coming" in s.heard("bo")


async def test_without_a_number_it_is_the_next_session(tmp_path: Path) -> None:
    async with stage(tmp_path) as s:
        assert "Aucune rencontre" in await s.tell("bo", "je viens")
        await planned(s, FOUR)
        await s.wait(days=11)
        assert "jeudi 28 janvier" in await s.tell("bo", "je viens")
        assert "Je ne trouve pas" in await s.tell("bo", "je viens 9")


async def test_to_a_cancelled_session(tmp_path: Path) -> None:
    async with stage(tmp_path) as s:
        await planned(s)
        [post] = announcements(s)
        await s.say("ana", "!veillee rencontre annuler 1")
        await s.press("ana", "Annuler la rencontre")
        # A client that still shows the old buttons.
        await s.platform.press("bo", post.id, 0)
        await s.app.settle()
        assert s.heard("bo") == "La rencontre « Dire non » est annulée. Merci d’avoir répondu."
        await s.say("bo", "!veillee je viens 1")
        assert s.heard("bo").startswith("La rencontre « Dire non » est annulée")
        assert await s.kept(Rsvp) == []


async def test_to_a_session_that_is_over(tmp_path: Path) -> None:
    async with stage(tmp_path) as s:
        await planned(s)
        await s.wait(days=30)
        assert "est passée" in await s.press("bo", "Je viens")
        assert await s.kept(Rsvp) == []


async def test_reactions_where_there_are_no_buttons(tmp_path: Path) -> None:
    async with stage(tmp_path, buttons=Level.FALLBACK) as s:
        await s.say("ana", SAY_NO)
        await s.tell("ana", "1")
        [post] = announcements(s)
        assert [emoji for who, emoji in post.reactions if who == BOT] == ["✅", "🤔", "❌"]
        await s.platform.add_reaction("bo", post.id, "✅")
        await s.platform.add_reaction("cleo", post.id, "🎉")
        await s.app.settle()
        assert "Viennent : 1 · Peut-être : 0" in announced(s)[0]
        assert "✅ Je viens" in announced(s)[0]
        assert s.all_heard("cleo") == []


async def test_who_left_is_not_counted(tmp_path: Path) -> None:
    async with stage(tmp_path) as s:
        await planned(s)
        await s.press("bo", "Je viens")
        await s.leave("bo")
        await s.press("cleo", "Je viens")
        assert "Viennent : 1 ·" in announced(s)[0]


async def test_two_communities_do_not_see_each_other(tmp_path: Path) -> None:
    async with stage(tmp_path) as s:
        await second_community(s)
        await planned(s)
        await s.say("dan", SAY_NO.replace("Dire non", "Durer"), room="den")
        await s.press("dan", "Annoncer")
        assert [r.split("\n")[0] for r in announced(s)] == ["Rencontre : Dire non"]
        assert "C’est la rencontre n° 1." in s.in_room("den")[1]
        assert "Durer" not in await s.tell("bo", "rencontres")
        assert "Dire non" not in await s.tell("eve", "rencontres")
        await s.say("dan", "!veillee rencontre planifier Encore | jeudi 21 janvier 12 h | 1 h", room="den")
        await s.press("dan", "Annoncer")
        assert "Je ne trouve pas" in await s.tell("ana", "rencontre annuler 2")
        assert "Je ne trouve pas" in await s.tell("ana", "présences Durer | Bo")
        await s.press("eve", "Je viens")
        assert "Viennent" not in announced(s)[0]


async def test_reactions_are_offered_once_however_many_answer(tmp_path: Path) -> None:
    async with stage(tmp_path, buttons=Level.FALLBACK) as s:
        await s.say("ana", SAY_NO)
        await s.tell("ana", "1")
        [post] = announcements(s)
        for person in ("ana", "bo", "cleo"):
            await s.platform.add_reaction(person, post.id, "✅")
            await s.app.settle()
        assert "Viennent : 3" in announced(s)[0]
        assert len(await s.kept(Outbox, room=HALL, purpose="choice")) == 3


async def test_many_clicks_while_the_platform_is_slow_make_one_edit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with stage(tmp_path) as s:
        await planned(s)

        async def slow(*_args: object, **_rest: object) -> None:
            raise TryLater("too many requests")

        monkeypatch.setattr(s.platform, "edit", slow)
        for person in ("ana", "bo", "cleo"):
            await s.press(person, "Je viens")
        [waiting] = await s.kept(Outbox, state="pending")
        edit = ACTION.validate_json(waiting.action)
        assert isinstance(edit, Edit)
        assert "Viennent : 3" in read(edit.message)


async def test_a_click_is_one_gesture_and_no_sign_left_on_a_message(tmp_path: Path) -> None:
    """Where a reaction stands for a button. What stands for none is a reaction like any other."""
    async with stage(tmp_path, buttons=Level.FALLBACK) as s:
        await s.tell("ana", SAY_NO.removeprefix("!veillee "))
        await s.tell("ana", "1")
        for emoji in ("✅", "🤔", "❤️"):
            await s.platform.add_reaction("bo", announcements(s)[0].id, emoji)
            await s.app.settle()
        assert [row.kind for row in await s.kept(Activity)] == ["rsvp", "reaction"]
        [rsvp] = await s.kept(Rsvp)
        assert rsvp.answer == "maybe"

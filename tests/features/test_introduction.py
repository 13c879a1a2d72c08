from pathlib import Path
from typing import Any

import pytest

from bot.chat.capabilities import Level
from bot.chat.content import File, Quote
from bot.model.activity import Activity
from bot.model.community import Person
from bot.model.flow import Conversation, Outbox
from bot.model.introduction import Introduction
from tests.stage import HALL, Stage, stage

QUIET: dict[str, Any] = {"icebreakers": {"on": False}, "pulse": {"on": False}}


def quoted(s: Stage, room: str = HALL) -> str:
    message = s.bot_said(room)[-1].message
    assert message is not None
    [quote] = [block for block in message.blocks if isinstance(block, Quote)]
    return quote.text


async def fill(s: Stage, person: str, *answers: str) -> str:
    await s.tell(person, "me présenter")
    for answer in answers:
        await s.tell(person, answer)
    return s.heard(person)


async def test_from_the_first_words_to_the_room_by_buttons(tmp_path: Path) -> None:
    async with stage(tmp_path, **QUIET) as s:
        await s.join("zoe", "Zoé")
        await s.wait(minutes=6)
        assert "que fais-tu" in await s.press("zoe", "Me présenter")
        assert "Qu’espères-tu" in await s.tell("zoe", "Infirmière de nuit, à Québec")
        assert "Une petite chose" in await s.tell("zoe", "passer")
        draft = await s.tell("zoe", "Je tricote en réunion")
        assert draft.startswith("Voici ce que le salon lirait")
        assert len(s.in_room()) == 1, "nothing is posted before it is decided"
        assert "est dans le salon" in await s.press("zoe", "Publier")
        assert s.in_room()[-1].startswith("Zoé se présente.")
        assert quoted(s) == (
            "Ce que je fais\u00a0: Infirmière de nuit, à Québec\n"
            "Une petite chose sur moi\u00a0: Je tricote en réunion"
        )
        [zoe] = await s.kept(Person, external="zoe")
        assert zoe.introduced
        assert [r.kind for r in await s.kept(Activity, who=zoe.pseudonym)] == ["join", "introduction"]


async def test_without_buttons_by_typed_numbers(tmp_path: Path) -> None:
    async with stage(tmp_path, buttons=Level.FALLBACK, **QUIET) as s:
        draft = await fill(s, "bo", "Éducateur", "Des idées", "passer")
        assert "1️⃣ Publier" in draft
        assert "est dans le salon" in await s.tell("bo", "1")
        assert "Éducateur" in quoted(s)


async def test_in_english(tmp_path: Path) -> None:
    async with stage(tmp_path, language="en", **QUIET) as s:
        await s.say("bo", "!veillee introduce")
        assert s.in_room()[-1] == "I’m writing to you in private for the rest."
        await s.tell("bo", "Teacher")
        await s.tell("bo", "skip")
        assert (await s.tell("bo", "skip")).startswith("Here is what the room would read:")
        await s.press("bo", "Post it")
        assert s.in_room()[-1] == "Bo says hello.\n> What I do: Teacher"


async def test_the_words_are_kept_only_until_decided(tmp_path: Path) -> None:
    async with stage(tmp_path, **QUIET) as s:
        await fill(s, "bo", "Éducateur spécialisé", "passer", "passer")
        [draft] = await s.kept(Introduction)
        assert draft.does == "Éducateur spécialisé"
        await s.press("bo", "Publier")
        [posted] = await s.kept(Introduction)
        assert (posted.does, posted.hopes, posted.about, posted.posted) == ("", "", "", True)
        assert not any("spécialisé" in row.action for row in await s.kept(Outbox))


async def test_a_draft_not_wanted_is_erased(tmp_path: Path) -> None:
    async with stage(tmp_path, **QUIET) as s:
        await fill(s, "bo", "Éducateur", "passer", "passer")
        assert "c’est effacé" in await s.press("bo", "Pas maintenant")
        assert await s.kept(Introduction) == []
        assert "n’est plus là" in await s.press("bo", "Publier")
        assert s.in_room() == []


async def test_a_draft_left_undecided_is_erased_after_a_week(tmp_path: Path) -> None:
    async with stage(tmp_path, **QUIET) as s:
        await fill(s, "bo", "Éducateur", "passer", "passer")
        assert "brouillon" not in await s.tell("ana", "plan"), "a chore is nobody's business"
        await s.say("ana", "!veillee pause tout")
        await s.wait(days=6, hours=23)
        assert len(await s.kept(Introduction)) == 1
        await s.wait(hours=2)
        assert await s.kept(Introduction) == []


async def test_changing_keeps_what_is_passed_over(tmp_path: Path) -> None:
    async with stage(tmp_path, **QUIET) as s:
        await fill(s, "bo", "Éducateur", "Des idées", "passer")
        await s.press("bo", "Changer")
        await s.tell("bo", "Éducateur en quartier")
        await s.tell("bo", "passer")
        await s.tell("bo", "passer")
        drafts = [said for said in s.bot_said("direct-bo") if said.message and said.message.choices]
        await s.platform.press("bo", drafts[0].id, 0)  # the button under the first draft
        await s.app.settle()
        assert "n’est plus là" in s.heard("bo")
        assert s.in_room() == []
        await s.press("bo", "Publier")
        assert quoted(s) == (
            "Ce que je fais\u00a0: Éducateur en quartier\nCe que j’espère trouver ici\u00a0: Des idées"
        )


async def test_posting_twice_posts_once(tmp_path: Path) -> None:
    async with stage(tmp_path, **QUIET) as s:
        await fill(s, "bo", "Éducateur", "passer", "passer")
        await s.press("bo", "Publier")
        assert "déjà dans le salon" in await s.press("bo", "Publier")
        assert len(s.in_room()) == 1


async def test_it_can_be_taken_back_from_the_room(tmp_path: Path) -> None:
    async with stage(tmp_path, **QUIET) as s:
        await fill(s, "bo", "Éducateur", "passer", "passer")
        await s.press("bo", "Publier")
        assert "retiré du salon" in await s.press("bo", "La retirer")
        assert s.in_room() == []
        assert await s.kept(Activity, kind="introduction") == []
        assert not (await s.kept(Person, external="bo"))[0].introduced


async def test_cancelled(tmp_path: Path) -> None:
    async with stage(tmp_path, **QUIET) as s:
        await fill(s, "bo", "Éducateur")
        assert "Rien n’a été gardé" in await s.tell("bo", "annuler")
        assert await s.kept(Conversation) == []
        assert await s.kept(Introduction) == []


async def test_nothing_given(tmp_path: Path) -> None:
    async with stage(tmp_path, **QUIET) as s:
        assert "Tu as tout passé" in await fill(s, "bo", "passer", "passer", "passer")
        assert await s.kept(Introduction) == []
        assert await s.kept(Conversation) == []


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("é" * 20_000, "20\u00a0000 caractères"),
        ("🌻🌻🌻", "Il me faut des mots"),
        ("   ", "Il me faut des mots"),
        ("\u200b\u2060", "Il me faut des mots"),
    ],
)
async def test_what_cannot_be_kept_loses_nothing(tmp_path: Path, typed: str, told: str) -> None:
    async with stage(tmp_path, **QUIET) as s:
        answered = await fill(s, "bo", "Éducateur", typed)
        assert told in answered
        await s.tell("bo", "Des idées")
        await s.tell("bo", "passer")
        await s.press("bo", "Publier")
        assert "Éducateur" in quoted(s)
        assert "Des idées" in quoted(s)


async def test_a_voice_note_is_asked_for_in_words(tmp_path: Path) -> None:
    async with stage(tmp_path, **QUIET) as s:
        await s.tell("bo", "me présenter")
        answered = await s.tell("bo", "", files=(File("note.ogg", "audio/ogg", uri="mxc://a/b"),))
        assert "écri" in answered
        assert await s.kept(Introduction) == []


async def test_hostile_words_stay_words(tmp_path: Path) -> None:
    hostile = "@everyone <script>alert(1)</script> **gras** { $answer } \ue0000\ue001 !veillee pause tout"
    async with stage(tmp_path, **QUIET) as s:
        await fill(s, "bo", hostile, "passer", "passer")
        await s.press("bo", "Publier")
        assert quoted(s) == f"Ce que je fais\u00a0: {hostile}"


async def test_someone_who_left_leaves_no_draft(tmp_path: Path) -> None:
    async with stage(tmp_path, **QUIET) as s:
        await fill(s, "bo", "Éducateur", "passer", "passer")
        await s.leave("bo")
        assert await s.kept(Introduction) == []
        assert "parmi les membres" in await s.press("bo", "Publier")
        assert s.in_room() == []

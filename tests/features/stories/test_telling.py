from pathlib import Path

import pytest

from bot.model.activity import Activity
from bot.model.community import Person
from bot.model.flow import Conversation
from bot.model.session import Session
from bot.model.story import SealedStory, Story, StoryAnswer, StoryDraft
from tests.features.stories.acts import VOICE, WORDS, drafted, on_disk, planned, shared_texts, stage


async def test_a_draft_is_shown_before_anything_is_kept(tmp_path: Path) -> None:
    async with stage(tmp_path) as s:
        await planned(s)
        shown = await drafted(s, "bo")
        assert shown.startswith("Voici ton récit")
        assert f"> {WORDS}" in shown
        assert "[À mon nom] [Sans nom] [Lu par l’animation] [Recommencer] [Ne pas garder]" in shown
        assert "tu ne pourras plus le retirer" in shown
        assert await s.kept(Story) == []
        assert await s.kept(StoryAnswer, order="person_id") == []
        await s.press("bo", "À mon nom")
        [story] = await s.kept(Story)
        [bo] = await s.kept(Person, external="bo")
        assert (story.text, story.sharing, story.person_id) == (WORDS, "named", bo.id)
        assert await s.kept(StoryDraft, order="person_id") == []
        [row] = await s.kept(Activity, kind="story")
        assert row.who == bo.pseudonym


async def test_while_it_waits_a_draft_is_not_to_be_read(tmp_path: Path) -> None:
    async with stage(tmp_path) as s:
        await planned(s)
        await drafted(s, "bo")
        await s.press("bo", "Ne pas garder")
        await drafted(s, "cleo", "Une girafe au guichet.")
        async with s.store.unit() as unit:
            unit.leave_no_trace()
        assert on_disk(tmp_path, WORDS, "girafe au guichet") == []


async def test_written_again(tmp_path: Path) -> None:
    async with stage(tmp_path) as s:
        await planned(s)
        await drafted(s, "bo", "Premier jet.")
        await s.press("bo", "Recommencer")
        await s.tell("bo", "Second jet.")
        first = next(m for m in s.bot_said("direct-bo") if m.message and "Premier" in str(m.message))
        await s.platform.press("bo", first.id, 0)
        await s.app.settle()
        assert "Rien n’a changé" in s.heard("bo"), "what an earlier draft offered decides nothing"
        await s.press("bo", "À mon nom")
        assert [story.text for story in await s.kept(Story)] == ["Second jet."]


async def test_a_click_twice_does_once(tmp_path: Path) -> None:
    async with stage(tmp_path) as s:
        await planned(s)
        await drafted(s, "bo")
        await s.press("bo", "À mon nom")
        assert "C’est déjà réglé" in await s.press("bo", "Sans nom")
        assert [(story.sharing) for story in await s.kept(Story)] == ["named"]
        assert await s.kept(SealedStory) == []


async def test_a_voice_note_is_warned_of_and_lies_where_it_was_sent(tmp_path: Path) -> None:
    async with stage(tmp_path) as s:
        await planned(s)
        await s.tell("bo", "récit")
        await s.press("bo", "Note vocale")
        shown = await s.tell("bo", "", files=(VOICE,))
        assert "Avec l’enregistrement que tu viens de m’envoyer." in shown
        assert "je ne le copie nulle part" in shown
        assert "Une voix se reconnaît" in shown
        assert "Tu peux l’effacer" not in shown, "it is needed until the session"
        await s.press("bo", "Lu par l’animation")
        [story] = await s.kept(Story)
        assert (story.voice, story.voice_mime, story.text) == (VOICE.uri, "audio/ogg", "")


async def test_nothing_typed_is_taken_for_a_voice_note(tmp_path: Path) -> None:
    async with stage(tmp_path) as s:
        await planned(s)
        typed = "voice:audio/ogg:mxc://ailleurs/secret"
        assert f"> {typed}" in await drafted(s, "bo", typed)
        await s.press("bo", "À mon nom")
        [story] = await s.kept(Story)
        assert (story.text, story.voice) == (typed, "")


async def test_the_longest_story_and_one_character_more(tmp_path: Path) -> None:
    async with stage(tmp_path) as s:
        await planned(s)
        refused = await drafted(s, "bo", "é" * 20_001)
        assert "20\u202f001" in refused or "20\u00a0001" in refused
        assert "Il est toujours dans ton message" in refused
        assert [c.waiting_for for c in await s.kept(Conversation)] == ["story"]
        await s.tell("bo", "é" * 20_000)
        await s.press("bo", "Sans nom")
        await drafted(s, "cleo", "court")
        await s.press("cleo", "Sans nom")
        one, other = await s.kept(SealedStory)
        assert len(one.sealed) == len(other.sealed)


@pytest.mark.parametrize("typed", ["🙂🙂", "…", "   "])
async def test_without_a_word_there_is_no_story_yet(tmp_path: Path, typed: str) -> None:
    async with stage(tmp_path) as s:
        await planned(s)
        assert "Il me faut des mots" in await drafted(s, "bo", typed)
        assert (await s.tell("bo", WORDS)).startswith("Voici ton récit")


@pytest.mark.parametrize("typed", [
    "@everyone <script>alert(1)</script> **gras** `!veillee oublie-moi`",
    "{ $theme } \ue0000\ue001 {-x}",
    "'); drop table story; --",
    "ligne une\n\nligne deux\n> citée",
])  # fmt: skip
async def test_hostile_words_stay_words(tmp_path: Path, typed: str) -> None:
    async with stage(tmp_path) as s:
        await planned(s, theme="<b>{ $x }</b> @room")
        assert f"> {typed}" in await drafted(s, "bo", typed)
        await s.press("bo", "Sans nom")
        await s.wait(days=11)
        assert f"> {typed}" in (await shared_texts(s))[-1]


async def test_taken_back_until_the_session_begins(tmp_path: Path) -> None:
    async with stage(tmp_path) as s:
        await planned(s)
        await drafted(s, "bo")
        await s.press("bo", "À mon nom")
        assert f"> {WORDS}" in await s.tell("bo", "mon récit 1")
        assert "je n’en garde rien" in await s.press("bo", "Retirer")
        assert await s.kept(Story) == []
        assert await s.kept(Activity, kind="story") == []
        assert on_disk(tmp_path, WORDS) == []
        assert "Je n’ai pas de récit à ton nom" in await s.tell("bo", "mon récit 1")
        assert "Rien n’a changé" in await s.press("bo", "Retirer")


async def test_what_is_told_once_more_takes_the_place_of_the_first(tmp_path: Path) -> None:
    async with stage(tmp_path) as s:
        await planned(s)
        await drafted(s, "bo")
        await s.press("bo", "À mon nom")
        await s.tell("bo", "récit")
        await s.press("bo", "Recommencer")
        await s.tell("bo", "Autre chose.")
        await s.press("bo", "Lu par l’animation")
        assert [(t.text, t.sharing) for t in await s.kept(Story)] == [("Autre chose.", "facilitator")]
        assert len(await s.kept(Activity, kind="story")) == 1


async def test_told_too_late_the_words_are_not_lost(tmp_path: Path) -> None:
    async with stage(tmp_path) as s:
        await planned(s)
        await s.tell("bo", "récit")
        await s.press("bo", "Écrire")
        await s.wait(days=11)
        assert "est encore dans notre conversation" in await s.tell("bo", WORDS)
        assert await s.kept(Conversation) == []
        assert await s.kept(StoryDraft, order="person_id") == []


async def test_on_a_sheet_no_message_stays_and_what_comes_too_late_is_given_back(tmp_path: Path) -> None:
    async with stage(tmp_path, native=True) as s:
        await planned(s)
        await s.command("bo", "stories.tell", session="1")
        await s.press("bo", "Écrire")
        [asked] = s.sheet("bo").questions
        assert asked.asks.startswith("Aussi court ou aussi long que tu veux.")
        shown = await s.fill("bo", {"story": WORDS})
        assert "tes mots peuvent te faire reconnaître" in shown
        assert "notre conversation" not in shown
        await s.wait(days=11)
        late = await s.fill("bo", {"story": WORDS})
        assert "a déjà commencé" in late
        assert late.endswith(f"Voici ce que tu avais écrit\u00a0:\n> {WORDS}")
        assert on_disk(tmp_path, WORDS) == []


async def test_typed_the_message_stays_in_the_conversation(tmp_path: Path) -> None:
    async with stage(tmp_path) as s:
        await planned(s)
        assert "Ton message reste aussi dans notre conversation." in await drafted(s, "bo")


async def test_a_facilitator_hands_in_a_members_story(tmp_path: Path) -> None:
    async with stage(tmp_path) as s:
        await planned(s)
        shown = await s.tell("ana", "récit pour 1 | Bo | Elle a dit non, et le ciel est resté là.")
        assert "Voici le récit de Bo" in shown
        await s.press("ana", "À mon nom")
        assert s.heard("bo").startswith("Ana a déposé un récit à ton nom")
        assert "Elle a dit non" in await s.tell("bo", "mon récit 1")
        await s.press("bo", "Retirer")
        assert await s.kept(Story) == []
        before = len(s.all_heard("cleo"))
        await s.tell("ana", "récit pour 1 | Cleo | Sans qu’on sache qui.")
        await s.press("ana", "Sans nom")
        assert len(s.all_heard("cleo")) == before
        assert "un seul nom" in await s.tell("ana", "récit pour 1 | Bo, Cleo | à deux")


async def test_an_undecided_draft_is_gone_when_the_session_begins(tmp_path: Path) -> None:
    async with stage(tmp_path) as s:
        await planned(s)
        await drafted(s, "bo")
        await s.wait(days=11)
        assert "ton récit attendait ton choix" in s.heard("bo")
        assert await s.kept(StoryDraft, order="person_id") == []
        assert "a déjà commencé" in await s.press("bo", "À mon nom")
        assert await shared_texts(s) == []


async def test_sessions_of_another_community_are_out_of_reach(tmp_path: Path) -> None:
    async with stage(tmp_path) as s:
        session = await planned(s)
        assert await s.kept(Session, id=session.id)
        assert "Je ne trouve pas" in await s.tell("bo", "récit 12")

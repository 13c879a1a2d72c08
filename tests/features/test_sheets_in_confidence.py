"""Of what is told in confidence on a sheet, nothing remains that was not taken."""

from pathlib import Path

from bot.chat.content import Sheet
from bot.model.flow import Conversation, Inbox, Outbox
from bot.model.story import StoryDraft
from tests.features.pulse.acts import asked, press_step
from tests.features.pulse.acts import stage as pulse_stage
from tests.features.sessions.acts import second_community
from tests.features.stories.acts import WORDS, on_disk, planned
from tests.features.stories.acts import stage as story_stage
from tests.stage import Stage


def written(sheet: Sheet) -> dict[str, str]:
    return {q.name: q.value for q in sheet.questions if q.value}


async def rows(s: Stage, person: str) -> list[object]:
    return [
        *((o.purpose, o.state, o.choices) for o in await s.kept(Outbox, person=person)),
        *(await s.kept(Conversation)),
        *(i.state for i in await s.kept(Inbox) if person in i.event),
    ]


async def test_a_story_that_is_not_taken_leaves_no_word(tmp_path: Path) -> None:
    async with story_stage(tmp_path, native=True) as s:
        session = await planned(s)
        await s.command("bo", "stories.tell", session="1")
        await s.press("bo", "Écrire")
        sheet = s.sheet("bo")
        assert (sheet.form, sheet.args) == ("stories.written", {"session": session.id})
        assert sheet.questions[0].shape == "told"
        told = await s.fill("bo", {"story": "… ?!"})
        assert "Il me faut des mots" in told
        assert "> … ?!" in told
        too_long = "Une phrase à taire. " * 1100
        told = await s.fill("bo", {"story": too_long})
        assert any("je peux en garder" in heard for heard in s.all_heard("bo"))
        assert "Une phrase à taire." in told
        assert on_disk(tmp_path, "Une phrase à taire") == []
        assert await s.kept(Conversation) == []
        # The sheet opens again, with nothing on it.
        await s.press("bo", "Corriger")
        assert written(s.sheet("bo")) == {}
        assert "sans ton nom" in (await s.fill("bo", {"story": WORDS}) and await s.press("bo", "Sans nom"))
        assert await rows(s, "bo") == []
        assert on_disk(tmp_path, WORDS[:20]) == []


async def test_who_tells_a_story_leaves_what_who_passes_leaves(tmp_path: Path) -> None:
    async with story_stage(tmp_path, native=True) as s:
        await planned(s)
        for person in ("bo", "cleo"):
            await s.command(person, "stories.tell", session="1")
        s.native.too_slow = True
        await s.press("bo", "Écrire")
        assert "[Ouvrir]" in s.heard("bo")
        s.native.too_slow = False
        await s.press("bo", "Ouvrir")
        await s.fill("bo", {"story": "!"})
        await s.press("bo", "Corriger")
        await s.fill("bo", {"story": WORDS})
        assert len(await s.kept(StoryDraft, order="person_id")) == 1
        await s.press("bo", "Sans nom")
        assert await rows(s, "bo") == []


async def test_a_sentence_of_a_pulse_leaves_no_word(tmp_path: Path) -> None:
    async with pulse_stage(tmp_path, native=True) as s:
        await asked(s)
        for person in ("p1", "p2"):
            await press_step(s, person, 2)
        await s.press("p1", "Ajouter une phrase")
        assert s.sheet("p1").title == "Ajouter une phrase"
        too_long = "Une phrase. " * 40
        told = await s.fill("p1", {"sentence": too_long})
        assert "un peu long" in told
        assert "> Une phrase. Une phrase." in told
        assert on_disk(tmp_path, "Une phrase. Une") == []
        await s.press("p1", "Corriger")
        assert written(s.sheet("p1")) == {}
        assert "scellée" in await s.fill("p1", {"sentence": "Une phrase."})
        assert on_disk(tmp_path, "Une phrase.") == []
        assert await rows(s, "p1") == await rows(s, "p2")


async def test_a_story_for_another_community_s_session_is_not_taken(tmp_path: Path) -> None:
    async with story_stage(tmp_path, native=True) as s:
        await second_community(s)
        session = await planned(s)
        await s.native.submit("eve", "den", "stories.written", {"session": session.id}, {"story": WORDS})
        await s.app.settle()
        assert await s.kept(StoryDraft, order="person_id") == []

"""How many messages someone exchanged with Veillée does not tell whether they told it something."""

from pathlib import Path

import pytest

from bot.chat.capabilities import Level
from bot.model.flow import Conversation, Inbox, Outbox
from tests.features.pulse.acts import asked, press_step
from tests.features.pulse.acts import stage as pulse_stage
from tests.features.stories.acts import NOON, WORDS, drafted, on_disk, planned
from tests.features.stories.acts import stage as story_stage
from tests.stage import START, Stage

LONG = "Un mot. " * 900  # a draft of several messages


async def left(s: Stage, person: str) -> list[tuple[object, ...]]:
    """The rows about what passed in private with that person, without their numbers and keys."""
    room = f"direct-{person}"
    outbox = [o for o in await s.kept(Outbox) if room in (o.room, f"direct-{o.person}")]
    return [
        *((o.purpose, o.state, o.choices) for o in outbox),
        *((i.state,) for i in await s.kept(Inbox, room=room)),
        *((c.form,) for c in await s.kept(Conversation)),
    ]


@pytest.mark.parametrize("words", [WORDS, LONG])
async def test_a_story_told_without_a_name_leaves_what_passing_ones_turn_leaves(tmp_path: Path, words: str) -> None:
    async with story_stage(tmp_path) as s:
        await planned(s)
        await s.wait(seconds=(NOON - START).total_seconds() - 6 * 24 * 3600)
        passed = await left(s, "cleo")
        await s.press("cleo", "Pas cette fois")
        assert await left(s, "cleo") == passed == await left(s, "bo")
        await s.press("bo", "Écrire")
        assert "Il me faut des mots" in await s.tell("bo", "🙂")
        await s.tell("bo", words)
        await s.press("bo", "Recommencer")
        await s.tell("bo", words)
        assert "sans ton nom" in await s.press("bo", "Sans nom")
        await drafted(s, "bo", "D’autres mots.")
        await s.press("bo", "Ne pas garder")
        assert await left(s, "bo") == passed
        assert on_disk(tmp_path, words[:20]) == []


@pytest.mark.parametrize("buttons", [Level.NATIVE, Level.FALLBACK])
async def test_a_sentence_added_to_a_pulse_leaves_what_none_leaves(tmp_path: Path, buttons: Level) -> None:
    async with pulse_stage(tmp_path, buttons=buttons) as s:
        await asked(s)
        typed = buttons is Level.FALLBACK
        for person in ("p1", "p2", "p3"):
            await (s.tell(person, "2") if typed else press_step(s, person, 2))
        await (s.tell("p1", "1") if typed else s.press("p1", "Ajouter une phrase"))
        too_long = "Une phrase. " * 40
        assert "un peu long" in await s.tell("p1", too_long)
        assert on_disk(tmp_path, "Une phrase. Une") == []
        assert "scellée" in await s.tell("p1", "Une phrase.")
        await (s.tell("p2", "2") if typed else s.press("p2", "C’est tout"))
        assert await left(s, "p1") == await left(s, "p2") == await left(s, "p3")

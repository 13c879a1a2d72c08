"""What comes with a story on Discord: in a message of a member's, or with a sheet."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest

from bot.model.flow import Outbox
from bot.model.story import SealedStory, Story, StoryDraft
from tests.adapters.discord.stage import OnDiscord, on_discord
from tests.adapters.discord.test_gatherings import announced
from tests.discord.interactions import Interaction
from tests.discord.member import Member
from tests.discord.state import Attachment

SOUND = b"OggS" + b"la voix de cleo " * 100
MESSAGES = "/channels/*/messages"


def recording(stage: OnDiscord, data: bytes = SOUND, kind: str = "audio/ogg", name: str = "voix.ogg") -> Attachment:
    return stage.discord.world.keep_file(name, data, kind)


def files(stage: OnDiscord, person: Member) -> list[bytes]:
    """Those that Veillée shows this person in private."""
    return [a.data for m in stage.told(person) for a in m.attachments]


def copies(stage: OnDiscord) -> list[Path]:
    return list((stage.folder / "attachments").glob("*"))


async def told(stage: OnDiscord, person: Member, *attached: Attachment, words: str = "") -> Interaction:
    """A story on a sheet, as far as being shown what was understood."""
    command, button = ("story tell", "Write") if person is stage.bo else ("récit raconter", "Écrire")
    asked = await (await person.slash(stage.hall, command)).answer()
    sheet = await (await person.click(asked, button)).answer()
    filled: dict[str, Any] = {"story": words, "story/aloud": attached}
    back = await person.submit(sheet, filled)
    await back.acknowledgement()
    return back


async def at_rest(stage: OnDiscord) -> None:
    for _ in range(200):
        if not await stage.kept(Outbox, state="pending"):
            return
        await asyncio.sleep(0.05)
    raise AssertionError([row.purpose for row in await stage.kept(Outbox, state="pending")])


async def test_with_a_sheet_it_is_laid_in_private_and_goes_with_the_story(stage: OnDiscord) -> None:
    await announced(stage)
    note = recording(stage)
    shown = await told(stage, stage.cleo, note, words="Écoutez.")
    await shown.says("Je l’ai mis dans notre conversation privée")
    assert "Écoutez." in shown.text
    assert files(stage, stage.cleo) == [SOUND]
    del stage.discord.world.attachments[note.id]  # Discord keeps it for some hours only
    await (await stage.cleo.click(shown, "À mon nom")).says("gardé à ton nom")
    mine = await stage.cleo.slash(stage.hall, "récit relire")
    await mine.says("Ton récit pour")
    await stage.until(lambda: [a.data for m in mine.messages for a in m.attachments] == [SOUND], "the recording")
    await (await stage.cleo.click(mine, "Retirer")).says("je n’en garde rien")
    await at_rest(stage)
    assert files(stage, stage.cleo) == []
    assert await stage.kept(Story) == []


async def test_forgotten_while_discord_is_away_it_goes_once_it_is_back(tmp_path: Path) -> None:
    async with on_discord(tmp_path) as stage:
        await announced(stage)
        shown = await told(stage, stage.bo, recording(stage))
        await shown.says("I put it in our private conversation")
        await (await stage.bo.click(shown, "Facilitators only")).says("Kept for the facilitators")
        stage.discord.faults.fail(503, "DELETE", times=1000)
        asked = await stage.bo.slash(stage.hall, "my-data erase")
        await asked.says("with the recordings and pictures you sent me")
        await (await stage.bo.click(asked, "Erase it all")).says("everything that led to you is erased")
        assert files(stage, stage.bo) == [SOUND]
        await stage.stop()
        stage.discord.faults.clear()
        await stage.start()
        await at_rest(stage)
        assert files(stage, stage.bo) == []
        assert await stage.kept(Outbox, person=str(stage.bo.id)) == []


async def test_killed_between_laying_it_and_keeping_that_it_lies_it_is_laid_once(tmp_path: Path) -> None:
    async with on_discord(tmp_path) as stage:
        await announced(stage)
        await (await told(stage, stage.cleo, recording(stage, b"OggS an earlier one"))).says("conversation privée")
        # Posted, and nobody learns of it before Veillée is stopped.
        stage.discord.faults.cut_after("POST", MESSAGES, times=1)
        stage.discord.faults.fail(503, "POST", MESSAGES, times=1000, skip=1)
        await told(stage, stage.cleo, recording(stage))
        await stage.until(lambda: len(files(stage, stage.cleo)) == 2, "it is there")
        await stage.stop()
        stage.discord.faults.clear()
        stage.discord.world.nonces.clear()
        await stage.start()
        # The handle may be too old by then: it is said in private, or in answer.
        for _ in range(200):
            if len(await stage.kept(StoryDraft, order="person_id")) == 1 and files(stage, stage.cleo) == [SOUND]:
                break
            await asyncio.sleep(0.05)
        assert files(stage, stage.cleo) == [SOUND], "the earlier one went, and this one is there once"


async def test_in_the_folder_nothing_of_it_stands_on_discord_before_the_session(tmp_path: Path) -> None:
    async with on_discord(tmp_path, stories={"attachments": "folder"}) as stage:
        await announced(stage)
        shown = await told(stage, stage.bo, recording(stage))
        await shown.says("I keep a sealed copy of it")
        assert files(stage, stage.bo) == []
        [copy] = copies(stage)
        assert b"la voix" not in copy.read_bytes()
        await (await stage.bo.click(shown, "Don’t keep it")).says("Nothing is kept")
        await at_rest(stage)
        assert copies(stage) == []


@pytest.mark.parametrize("kept", ["chat", "folder"])
async def test_in_a_message_it_is_theirs(tmp_path: Path, kept: str) -> None:
    async with on_discord(tmp_path, stories={"attachments": kept}) as stage:
        await announced(stage)
        await stage.cleo.dm("récit")
        await stage.cleo.direct.heard("On se retrouve")
        await stage.cleo.dm("2")
        await stage.cleo.direct.heard("Envoie ta note vocale ici")
        message = await stage.cleo.dm(files=[recording(stage)])
        await stage.cleo.direct.heard("je ne le copie nulle part" if kept == "chat" else "une copie scellée")
        assert len(copies(stage)) == (kept == "folder")
        assert files(stage, stage.cleo) == [], "it is theirs, and not repeated"
        await (await stage.cleo.click(stage.told(stage.cleo)[-1], "À mon nom")).says("gardé à ton nom")
        [story] = await stage.kept(Story)
        assert story.voice_mime == "audio/ogg"
        await stage.cleo.delete(message)
        mine = await stage.cleo.slash(stage.hall, "récit relire")
        await mine.says("Ton récit pour")
        if kept == "chat":
            await mine.says("Il n’est plus là où il avait été envoyé")
        else:
            await stage.until(lambda: [a.data for m in mine.messages for a in m.attachments] == [SOUND], "the copy")


@pytest.mark.parametrize(("name", "kind", "data", "said"), [
    ("../../x", "application/x-sh", b"#!/bin/sh", "a recording, a picture or a PDF"),
    ("voix.ogg", "audio/ogg", b"MZ a program", "a recording, a picture or a PDF"),
    ("voix.ogg", "audio/ogg", b"", "is empty"),
    ("voix.ogg", "audio/ogg", b"OggS" + b"0" * 1_000_001, "1 MB at most"),
])  # fmt: skip
async def test_what_is_not_taken_is_said_and_leaves_nothing(
    tmp_path: Path, name: str, kind: str, data: bytes, said: str
) -> None:
    async with on_discord(tmp_path, stories={"largest_mb": 1}) as stage:
        await announced(stage)
        shown = await told(stage, stage.bo, recording(stage, data, kind, name), words="Listen.")
        await shown.says(said)
        assert "Listen." in shown.text
        assert files(stage, stage.bo) == []
        assert await stage.kept(StoryDraft, order="person_id") == []


async def test_gone_before_it_was_fetched(stage: OnDiscord) -> None:
    await announced(stage)
    note = recording(stage)
    del stage.discord.world.attachments[note.id]
    shown = await told(stage, stage.bo, note)
    await shown.says("I could not fetch what you sent")
    assert await stage.kept(SealedStory) == []


async def test_whose_door_is_closed_is_told_so(stage: OnDiscord) -> None:
    await announced(stage)
    stage.bo.close_dms()
    shown = await told(stage, stage.bo, recording(stage))
    await shown.says("I could not fetch what you sent")

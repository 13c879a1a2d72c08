"""Who had themselves erased is not known again by what they said before."""

from __future__ import annotations

import asyncio
from pathlib import Path

from bot.model.activity import Activity
from bot.model.community import Person
from tests.adapters.discord.stage import OnDiscord, on_discord


async def test_begun_again_nothing_is_read_back_from_before_someone_was_erased(tmp_path: Path) -> None:
    """Not what they said, not the command they typed, not that they are there. What is said while stopped is."""
    async with on_discord(tmp_path, begin=False, icebreakers={"on": False}) as stage:
        stage.account["read_messages"] = True
        await stage.start()
        await stage.bo.say(stage.hall, "just talking")
        await stage.bo.say(stage.hall, "!veillee rencontres")
        await stage.until(lambda: stage.said() or stage.told(stage.bo), "an answer")
        await stage.logged("message")
        await _erased(stage)
        answers = len(stage.said()), len(stage.told(stage.bo))
        await stage.stop()
        missed = await stage.cleo.say(stage.hall, "while nobody listened")
        await stage.start()
        await stage.logged("message")
        assert [row.event for row in await stage.kept(Activity)] == [str(missed.id)]
        assert not await stage.kept(Person, name="Bo")
        assert (len(stage.said()), len(stage.told(stage.bo))) == answers


async def _erased(stage: OnDiscord) -> None:
    asked = await stage.bo.slash(stage.hall, "my-data erase")
    await asked.answer()
    await (await stage.bo.click(asked, asked.messages[-1].controls[0]["label"])).answer()
    while await stage.kept(Person, name="Bo"):
        await asyncio.sleep(0.02)

"""Commands, buttons and sheets, as members meet them."""

from __future__ import annotations

from tests.adapters.discord.stage import OnDiscord


async def test_help_is_for_whoever_asked_alone(stage: OnDiscord) -> None:
    asked = await stage.bo.slash(stage.hall, "help")
    said = await stage.answer(asked)
    assert asked.ephemeral
    assert "/" in said
    assert not stage.said()

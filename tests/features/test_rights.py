"""What someone may do is asked of the platform where it matters, and nowhere else."""

from pathlib import Path

import pytest

from bot.ports import TryLater
from tests.stage import stage


async def test_a_members_own_command_waits_for_no_platform(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with stage(tmp_path) as s:

        async def away(room: str, person: str) -> int:
            raise TryLater("away")

        monkeypatch.setattr(s.platform, "level", away)
        await s.platform.tell("bo", "rencontres")
        await s.app.router.drain()
        await s.app.delivery.drain()
        assert "rencontre" in s.heard("bo")
        await s.platform.tell("bo", "brise-glace")
        assert not await s.app.router.drain()


@pytest.mark.parametrize("asked", ["aide", "charte"])
async def test_what_shows_more_to_facilitators_asks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, asked: str
) -> None:
    async with stage(tmp_path) as s:
        people: list[str] = []
        level = s.platform.level

        async def noted(room: str, person: str) -> int:
            people.append(person)
            return await level(room, person)

        monkeypatch.setattr(s.platform, "level", noted)
        to_ana, to_bo = await s.tell("ana", asked), await s.tell("bo", asked)
        assert people == ["ana", "bo"]
        assert to_ana != to_bo

"""What cannot be said must not silence what follows."""

from pathlib import Path
from typing import Any

import pytest

from bot.chat.content import Message
from bot.model.community import Person
from bot.model.flow import Outbox
from bot.ports import Refused
from tests.stage import stage


@pytest.mark.parametrize("fault", [ValueError("canary"), Refused("not allowed here")])
async def test_one_that_cannot_be_said_is_given_up_and_the_next_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], fault: Exception
) -> None:
    async with stage(tmp_path) as s:
        post, times = s.platform.post, 0

        async def once_broken(room: str, message: Message, **rest: Any) -> str:
            nonlocal times
            times += 1
            if times == 1:
                raise fault
            return await post(room, message, **rest)

        monkeypatch.setattr(s.platform, "post", once_broken)
        await s.say("bo", "!veillee adie")
        await s.say("bo", "!veillee adei")
        assert len(s.in_room()) == 1
        assert [o.state for o in await s.kept(Outbox)] == ["failed", "sent"]
        assert all(p.reachable for p in await s.kept(Person))
        assert "canary" not in "".join(capsys.readouterr())

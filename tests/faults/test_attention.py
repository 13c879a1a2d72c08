"""Whatever breaks while it is decided who is asked what, each is asked once."""

from datetime import timedelta
from pathlib import Path

import pytest

from bot.context import Context
from bot.model.attention import Request
from bot.model.flow import Outbox
from bot.ports import StoreTrouble
from tests.features.attention.acts import ask, asked, stage

LONG = timedelta(days=20)


@pytest.mark.parametrize("dies_at", [1, 2, 3])
async def test_cut_short_between_two_people_nobody_is_asked_twice_or_forgotten(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, dies_at: int
) -> None:
    """As by a kill: nothing of that unit of work is kept, and it begins anew."""
    told = 0
    written = Context.write_to

    async def cut_short(self: Context, *args: object, **rest: object) -> str:
        nonlocal told
        told += 1
        if told == dies_at:
            raise StoreTrouble("the machine is gone")
        return await written(self, *args, **rest)  # type: ignore[arg-type]  # handed on as it came

    async with stage(tmp_path) as s:
        monkeypatch.setattr(Context, "write_to", cut_short)
        with pytest.raises(StoreTrouble):
            await ask(s, "pulse", "w1")
        assert await s.kept(Outbox, purpose="test.pulse") == []
        assert {row.state for row in await s.kept(Request)} == {"waits"}
        await s.app.settle()
        assert [asked(s, person) for person in ("ana", "bo", "cleo")] == [["w1"]] * 3
        assert {row.state for row in await s.kept(Request)} == {"sent"}


async def test_a_fault_of_ours_is_tried_again_the_day_after(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with stage(tmp_path) as s:
        with monkeypatch.context() as broken:

            async def fault(*_: object, **__: object) -> str:
                raise RuntimeError("a mistake")

            broken.setattr(Context, "write_to", fault)
            await ask(s, "pulse", "w1", "bo", useful=LONG)
            assert asked(s, "bo") == []
        await s.wait(hours=30)
        assert asked(s, "bo") == ["w1"]


"""Keys on a disk that is full, or that was left half written."""

import errno
import os
from pathlib import Path

import pytest

from bot.ports import StoreTrouble
from storage.seals import FileSeals
from tests.features.pulse.acts import asked, press_step
from tests.features.pulse.acts import stage as pulse_stage


def _full(*_: object) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


def test_what_a_full_disk_stopped_is_done_once_there_is_room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seals = FileSeals(tmp_path / "seals")
    with monkeypatch.context() as trouble:
        trouble.setattr(os, "fsync", _full)
        with pytest.raises(StoreTrouble):
            seals.seal("pulse-1", b"3")
    assert seals.open("pulse-1", seals.seal("pulse-1", b"3")) == b"3"
    assert [f.name for f in (tmp_path / "seals").iterdir()] == ["pulse-1.key"]


def test_a_key_that_was_never_written_is_made_anew(tmp_path: Path) -> None:
    seals = FileSeals(tmp_path)
    (tmp_path / "pulse-1.key").touch()
    assert seals.open("pulse-1", seals.seal("pulse-1", b"3")) == b"3"


def test_a_key_that_cannot_be_destroyed_yet_is_no_mistake(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    seals = FileSeals(tmp_path)
    seals.seal("pulse-1", b"3")
    with monkeypatch.context() as trouble:
        trouble.setattr(os, "fsync", _full)
        seals.destroy("pulse-1")
    assert "key not destroyed yet" in "".join(capsys.readouterr())
    seals.destroy("pulse-1")
    seals.destroy("pulse-1")
    assert list(tmp_path.iterdir()) == []


async def test_a_vote_waits_for_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with pulse_stage(tmp_path) as s:
        await asked(s)
        said = next(m for m in s.bot_said("direct-bo") if m.message and len(m.message.choices) == 5)
        with monkeypatch.context() as trouble:
            trouble.setattr(os, "fsync", _full)
            await s.platform.press("bo", said.id, 2)
            assert not await s.app.router.drain()
        await s.app.settle()
        assert "scellée" in s.heard("bo")
        assert "Elle ne peut plus changer" in await press_step(s, "bo", 4)

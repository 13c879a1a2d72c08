"""Sealed copies on the disk, the addresses of what came with a story, and how its kind is told."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.attachments import file_of, recognised
from bot.chat.addresses import Kept, Laid, of_the_platform, ours
from bot.chat.content import Attachment
from bot.ports import Refused, StoreTrouble
from storage.attachments import UNDER_WAY, AttachmentFolder


async def test_kept_and_fetched_again_by_whoever_has_the_address(tmp_path: Path) -> None:
    folder = AttachmentFolder(tmp_path / "copies")
    one, other = await folder.keep(b"one"), await folder.keep(b"other")
    assert (await folder.fetch(one), await folder.fetch(other)) == (b"one", b"other")
    with pytest.raises(Refused):
        await folder.fetch(Kept(one.name, other.key))
    folder.remove(one.name)
    folder.remove(one.name)
    with pytest.raises(Refused):
        await folder.fetch(one)
    assert await folder.fetch(other) == b"other"


@pytest.mark.parametrize("name", ["../secret", "..", "", "x" * 32, "A" * 32, "0" * 31, "0" * 33, "/etc/passwd"])
async def test_only_names_of_ours_are_looked_for(tmp_path: Path, name: str) -> None:
    (tmp_path / "secret.sealed").write_text("secret")
    folder = AttachmentFolder(tmp_path / "copies")
    with pytest.raises(Refused):
        await folder.fetch(Kept(name, "key"))
    with pytest.raises(Refused):
        folder.remove(name)
    assert (tmp_path / "secret.sealed").exists()


async def test_what_was_damaged_is_gone_and_says_no_more(tmp_path: Path) -> None:
    folder = AttachmentFolder(tmp_path / "copies")
    kept = await folder.keep(b"a voice")
    [file] = (tmp_path / "copies").iterdir()
    file.write_bytes(file.read_bytes()[:-10])
    with pytest.raises(Refused):
        await folder.fetch(kept)
    with pytest.raises(Refused):
        await folder.fetch(Kept(kept.name, "not a key"))


async def test_a_folder_that_is_a_file_is_trouble(tmp_path: Path) -> None:
    (tmp_path / "copies").write_text("")
    with pytest.raises(StoreTrouble):
        await AttachmentFolder(tmp_path / "copies").keep(b"a voice")


async def test_swept_is_what_nobody_needed_twice_a_while_apart(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = AttachmentFolder(tmp_path / "copies")
    needed, orphan = await before.keep(b"needed"), await before.keep(b"orphan")
    (tmp_path / "copies" / f"{'0' * 32}.new").write_bytes(b"half")
    (tmp_path / "copies" / "README").write_text("of somebody else")
    later(monkeypatch, 0)
    folder = AttachmentFolder(tmp_path / "copies")  # started again
    assert folder.sweep({needed.name}) == 0
    later(monkeypatch, UNDER_WAY - 1)
    assert folder.sweep({needed.name}) == 0
    later(monkeypatch, UNDER_WAY)
    under_way = await folder.keep(b"its row is kept in a moment")
    assert folder.sweep({needed.name}) == 2
    assert {f.stem for f in (tmp_path / "copies").iterdir()} == {needed.name, under_way.name, "README"}
    with pytest.raises(Refused):
        await folder.fetch(orphan)
    assert AttachmentFolder(tmp_path / "nowhere").sweep(set()) == 0


async def test_what_another_process_lays_is_not_swept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nor what it has half written; and what was needed in between is new again."""
    later(monkeypatch, 0)
    one, other = AttachmentFolder(tmp_path / "copies"), AttachmentFolder(tmp_path / "copies")
    kept = await one.keep(b"a voice")
    (tmp_path / "copies" / f"{'0' * 32}.new").write_bytes(b"half")
    assert other.sweep(set()) == 0
    (tmp_path / "copies" / f"{'0' * 32}.new").rename(tmp_path / "copies" / f"{'0' * 32}.sealed")
    later(monkeypatch, UNDER_WAY)
    assert other.sweep({kept.name}) == 0
    later(monkeypatch, 2 * UNDER_WAY)
    assert other.sweep({"0" * 32}) == 0
    assert await one.fetch(kept) == b"a voice"


def later(monkeypatch: pytest.MonkeyPatch, seconds: float) -> None:
    """Than it was, to whoever sweeps."""
    monkeypatch.setattr("storage.attachments.time", SimpleNamespace(monotonic=lambda: seconds))


@given(*[st.text()] * 4)
def test_an_address_of_ours_is_read_back(platform: str, room: str, message: str, lies: str) -> None:
    laid = Laid(platform, room, message, lies)
    assert ours(str(laid)) == laid
    assert of_the_platform(str(laid)) == lies


@pytest.mark.parametrize("uri", ["", "mxc://here/abc", "1/2/3", "kept/1", "laid/1/2/3", "sheet:https://x/kept/1/2"])
def test_an_address_of_others_is_theirs(uri: str) -> None:
    assert ours(uri) is None
    assert of_the_platform(uri) == uri


@pytest.mark.parametrize(("data", "mime"), [
    (b"OggS\0\2", "audio/ogg"), (b"ID3\4", "audio/mpeg"), (b"\xff\xfb\x90", "audio/mpeg"), (b"fLaC", "audio/flac"),
    (b"RIFF\0\0\0\0WAVE", "audio/wav"), (b"RIFF\0\0\0\0WEBP", "image/webp"), (b"RIFF\0\0\0\0AVI ", ""),
    (b"\0\0\0\x20ftypM4A ", "audio/mp4"), (b"\0\0\0\x20ftypisom", "video/mp4"), (b"\0\0\0\x20ftypheic", "image/heic"),
    (b"\x1a\x45\xdf\xa3", "video/webm"), (b"\x89PNG\r\n\x1a\n", "image/png"), (b"\xff\xd8\xff\xe0", "image/jpeg"),
    (b"GIF89a", "image/gif"), (b"%PDF-1.7", "application/pdf"), (b"", ""), (b"MZ", ""), (b"\x7fELF", ""),
    (b"#!/bin/sh", ""), (b"<svg>", ""), (b"<!doctype html>", ""), (b"PK\3\4", ""), (b"Gif89a", ""), (b"%PDF", ""),
])  # fmt: skip
def test_what_it_is_is_told_by_how_it_begins(data: bytes, mime: str) -> None:
    assert recognised(data) == mime


@pytest.mark.parametrize(("mime", "name"), [
    ("audio/ogg; codecs=opus", "audio.ogg"), ("video/quicktime", "video.quicktime"), ("audio/../../x", "audio.x"),
    ("audio/" + "x" * 99, "audio.xxxxxxxxxx"), ("audio/", "audio.bin"), ("application/pdf", "document.pdf"),
    ("audio/<b>é", "audio.b"),
])  # fmt: skip
def test_it_is_shown_under_a_name_of_ours(mime: str, name: str) -> None:
    assert file_of(Attachment(mime, "uri")).name == name

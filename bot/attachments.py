"""What may come with a story: a recording, a picture, a document; and what is not taken, with the reason."""

from __future__ import annotations

from collections.abc import Callable

from bot.chat.content import Attachment, File
from bot.errors import Problem
from bot.model.settings import Stories

MEGABYTE = 1_000_000
PICTURES = {"image/png", "image/jpeg", "image/gif", "image/webp", "image/heic", "image/heif", "image/avif"}
DOCUMENTS = {"application/pdf"}


def check(told: Attachment, stories: Stories) -> None:
    """By what the platform says of it. Raises Problem."""
    if stories.attachments == "none":
        raise Problem("attachment-none")
    if not (told.aloud or told.mime.split(";")[0].strip().lower() in PICTURES | DOCUMENTS):
        raise Problem("attachment-kind")
    if told.size is not None:
        check_size(told.size, stories)


def check_size(size: int, stories: Stories) -> None:
    if size <= 0:
        raise Problem("attachment-empty")
    if size > stories.largest_mb * MEGABYTE:
        raise Problem("attachment-too-heavy", most=stories.largest_mb)


def file_of(told: Attachment) -> File:
    """As it is shown, under a name of ours: what a member called it may be anything, and may tell who they are."""
    ending = "".join(c for c in told.mime.split("/")[-1].split(";")[0].lower() if c.isascii() and c.isalnum())
    return File(f"{told.family}.{ending[:10] or 'bin'}", told.mime, uri=told.uri, size=told.size)


def recognised(data: bytes) -> str:
    """What it is, by how it begins, whatever it was said to be. "" for what is not taken."""
    return next((mime for mime, begins in _SIGNATURES if begins(data)), "")


def _starts(*signatures: bytes) -> Callable[[bytes], bool]:
    return lambda data: data.startswith(signatures)


def _riff(kind: bytes) -> Callable[[bytes], bool]:
    return lambda data: data.startswith(b"RIFF") and data[8:12] == kind


def _boxed(*brands: bytes) -> Callable[[bytes], bool]:
    """The family of MP4: what it holds is told by its brand."""
    return lambda data: data[4:8] == b"ftyp" and data[8:12].startswith(brands)


_SIGNATURES: tuple[tuple[str, Callable[[bytes], bool]], ...] = (
    ("audio/ogg", _starts(b"OggS")),
    ("audio/mpeg", _starts(b"ID3", b"\xff\xfb", b"\xff\xf3", b"\xff\xf2")),
    ("audio/aac", _starts(b"\xff\xf1", b"\xff\xf9")),
    ("audio/flac", _starts(b"fLaC")),
    ("audio/amr", _starts(b"#!AMR")),
    ("audio/wav", _riff(b"WAVE")),
    ("audio/mp4", _boxed(b"M4A", b"M4B")),
    ("image/heic", _boxed(b"heic", b"heix", b"mif1", b"msf1")),
    ("image/avif", _boxed(b"avif")),
    ("video/quicktime", _boxed(b"qt  ")),
    ("video/mp4", _boxed(b"")),
    ("video/webm", _starts(b"\x1a\x45\xdf\xa3")),
    ("image/png", _starts(b"\x89PNG\r\n\x1a\n")),
    ("image/jpeg", _starts(b"\xff\xd8\xff")),
    ("image/gif", _starts(b"GIF87a", b"GIF89a")),
    ("image/webp", _riff(b"WEBP")),
    ("application/pdf", _starts(b"%PDF-")),
)  # fmt: skip

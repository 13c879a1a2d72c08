"""Someone of two accounts signs once, and is let in by both."""

from pathlib import Path
from typing import Any

from adapters.rehearsal.native import NativeRehearsalPlatform
from bot.model.charter import Signature
from tests.features.both import both, link
from tests.stage import HALL, Stage

NATIVE: dict[str, Any] = {"native": True}


def let_in(s: Stage, person: str) -> bool:
    assert isinstance(s.platform, NativeRehearsalPlatform)
    return (HALL, person) in s.platform.admitted


async def signed(s: Stage, person: str) -> None:
    await s.tell(person, "charte")
    await s.press(person, "Je signe la charte")


async def test_linked_the_signature_opens_on_either_side(tmp_path: Path) -> None:
    async with both(tmp_path, **NATIVE) as (here, there):
        await signed(here, "bo")
        assert let_in(here, "bo")
        assert not let_in(there, "bo77")
        await link(here, there)
        assert let_in(there, "bo77")
        await there.tell("bo77", "charte")
        await there.press("bo77", "Reprendre ma signature")
        assert not let_in(here, "bo")
        assert not let_in(there, "bo77")


async def test_apart_again_both_have_signed(tmp_path: Path) -> None:
    async with both(tmp_path, **NATIVE) as (here, there):
        await link(here, there)
        await signed(here, "bo")
        await here.tell("bo", "délier mon compte")
        await here.press("bo", "Délier Other")
        assert len(await here.kept(Signature)) == 2
        for side, name in ((here, "bo"), (there, "bo77")):
            assert "Tu as signé ce texte" in await side.tell(name, "charte")
        await there.press("bo77", "Reprendre ma signature")
        assert let_in(here, "bo")
        assert not let_in(there, "bo77")

"""What comes with a story: where it lies, what is refused, and that it goes when the story goes."""

from __future__ import annotations

import stat
from pathlib import Path
from typing import Any

import pytest

from bot.answering import Answering
from bot.chat.content import Attachment, File
from bot.model.flow import Conversation, Outbox
from bot.model.story import SealedStory, Story, StoryDraft
from bot.ports import TryLater
from tests.features.stories.acts import drafted, on_disk, planned, stage
from tests.stage import Stage

SOUND = b"OggS" + b"la voix de bo " * 200
PICTURE = b"\x89PNG\r\n\x1a\n" + b"une affiche " * 50
PLACE = "media/bo/1"


def note(s: Stage, data: bytes = SOUND, mime: str = "audio/ogg", name: str = "voix.ogg", **rest: Any) -> File:
    """A file that lies where its author sent it."""
    s.platform.files[PLACE] = data
    return File(name, mime, uri=PLACE, **rest)


def copies(folder: Path) -> list[Path]:
    return sorted((folder / "attachments").glob("*"))


async def swept(s: Stage) -> None:
    """A while after what is there was needed by nobody already."""
    with pytest.MonkeyPatch.context() as here:
        here.setattr("storage.attachments.UNDER_WAY", 0.0)
        await s.app.filing.sweep()


def shown(s: Stage, room: str = "hall") -> list[bytes | str]:
    """The files that Veillée shows in a room, each by what is in it, or by where it lies."""
    files = [f for m in s.bot_said(room) if m.message for f in m.message.files]
    return [f.data or f.uri for f in files if f.mime != "text/calendar"]


# -- kept by us ----------------------------------------------------------------------------------------------


async def test_a_sealed_copy_is_kept_and_shown_at_the_session(tmp_path: Path) -> None:
    async with stage(tmp_path, stories={"attachments": "folder"}) as s:
        await planned(s)
        heard = await drafted(s, "bo", "Écoutez bien.", files=(note(s),))
        assert "> Écoutez bien." in heard
        assert "Avec l’enregistrement que tu viens de m’envoyer." in heard
        assert "une copie scellée" in heard
        assert "Tu peux l’effacer" in heard
        [copy] = copies(tmp_path)
        assert stat.S_IMODE(copy.stat().st_mode) == 0o600
        assert stat.S_IMODE(copy.parent.stat().st_mode) == 0o700
        assert copy.stat().st_mtime == 0
        assert b"la voix de bo" not in copy.read_bytes()
        await s.press("bo", "À mon nom")
        s.platform.files.clear()  # they took their own message away
        await s.wait(days=11)
        assert shown(s) == [SOUND]
        assert "Bo raconte\u00a0:\n> Écoutez bien." in s.in_room()


async def test_whoever_told_it_hears_it_again(tmp_path: Path) -> None:
    async with stage(tmp_path, stories={"attachments": "folder"}) as s:
        await planned(s)
        await drafted(s, "bo", "", files=(note(s),))
        await s.press("bo", "Lu par l’animation")
        assert "pour les personnes qui animent" in await s.tell("bo", "mon récit 1")
        assert shown(s, "direct-bo") == [SOUND]
        await s.tell("ana", "récits 1")
        assert shown(s, "direct-ana") == [SOUND]
        assert shown(s, "direct-cleo") == []


@pytest.mark.parametrize("way", ["withdraw", "replace", "drop", "forget", "unnamed-instead"])
async def test_with_the_story_goes_its_copy_and_what_was_shown_of_it(tmp_path: Path, way: str) -> None:
    async with stage(tmp_path, stories={"attachments": "folder"}) as s:
        await planned(s)
        await drafted(s, "cleo", "", files=(note(s, b"OggS" + b"la voix de cleo"),))
        await s.press("cleo", "À mon nom")
        [others] = copies(tmp_path)
        await drafted(s, "bo", "", files=(note(s),))
        if way == "drop":
            assert "c’est à toi de l’effacer" in await s.press("bo", "Ne pas garder")
        else:
            await s.press("bo", "À mon nom")
            await s.tell("bo", "mon récit 1")
            assert shown(s, "direct-bo") == [SOUND]
        match way:
            case "withdraw":
                assert "c’est à toi de l’effacer" in await s.press("bo", "Retirer")
            case "replace" | "unnamed-instead":
                await s.press("bo", "Recommencer")
                await s.tell("bo", "Plutôt par écrit.")
                await s.press("bo", "À mon nom" if way == "replace" else "Sans nom")
            case "forget":
                assert "avec ce que tu y as joint" in await s.tell("bo", "oublie-moi")
                await s.press("bo", "Tout effacer")
        assert copies(tmp_path) == [others]
        assert shown(s, "direct-bo") == []
        assert on_disk(tmp_path, "la voix de bo") == []
        await s.wait(days=11)
        assert shown(s) == [b"OggSla voix de cleo"]


async def test_forgotten_after_the_session_it_is_taken_back_from_the_room(tmp_path: Path) -> None:
    async with stage(tmp_path, stories={"attachments": "folder"}, facilitators=("ana",)) as s:
        await planned(s)
        await drafted(s, "bo", "Écoutez.", files=(note(s),))
        await s.press("bo", "À mon nom")
        await drafted(s, "cleo", "", files=(note(s, PICTURE, "image/png"),))
        await s.press("cleo", "Lu par l’animation")
        await s.wait(days=11)
        assert (shown(s), shown(s, "direct-ana")) == ([SOUND], [PICTURE])
        for person in ("bo", "cleo"):
            await s.tell(person, "oublie-moi")
            await s.press(person, "Tout effacer")
        assert (shown(s), shown(s, "direct-ana"), copies(tmp_path)) == ([], [], [])
        assert not any("Écoutez." in text for text in s.in_room())


async def test_without_a_name_no_row_keeps_where_it_lay(tmp_path: Path) -> None:
    """Where it lay is a private conversation: it would lead to who told it."""
    async with stage(tmp_path) as s:
        await planned(s)
        await drafted(s, "bo", "", files=(note(s),))
        await s.press("bo", "Sans nom")
        assert on_disk(tmp_path, PLACE) == []
        await s.wait(days=10, hours=3)
        assert shown(s) == [PLACE]
        [story] = await s.kept(Story)
        assert (story.voice, story.voice_mime) == ("", "audio/ogg")
        assert on_disk(tmp_path, PLACE) == []


async def test_without_a_name_the_copy_goes_once_it_is_shown_and_not_before(tmp_path: Path) -> None:
    async with stage(tmp_path, stories={"attachments": "folder"}) as s:
        await planned(s)
        await drafted(s, "bo", "", files=(note(s),))
        await s.press("bo", "Sans nom")
        await s.tell("bo", "oublie-moi")
        await s.press("bo", "Tout effacer")
        await swept(s)
        assert len(copies(tmp_path)) == 1, "nothing leads from it to Bo: it is shown as Bo wished"
        post, s.platform.post = s.platform.post, away  # type: ignore[method-assign]
        await s.wait(days=10, hours=2, minutes=30)
        s.app.delivery._resting.clear()
        assert len(copies(tmp_path)) == 1, "it is still to be shown"
        s.platform.post = post  # type: ignore[method-assign]
        await s.wait(days=1)
        assert shown(s) == [SOUND]
        await s.wait(days=1)
        assert copies(tmp_path) == []


async def away(*_: Any, **__: Any) -> str:
    raise TryLater("unreachable", 0.01)


@pytest.mark.parametrize("choice", ["", "Sans nom"])
async def test_of_a_cancelled_session_no_copy_is_left(tmp_path: Path, choice: str) -> None:
    async with stage(tmp_path, stories={"attachments": "folder"}) as s:
        session = await planned(s)
        await drafted(s, "bo", "", files=(note(s),))
        if choice:
            await s.press("bo", choice)
        async with s.store.unit() as unit:
            kept = await unit.get(type(session), session.id)
            assert kept is not None
            kept.state = "cancelled"
        await s.app.unasked.plan()
        await s.wait(days=14)
        assert copies(tmp_path) == []
        assert await s.kept(SealedStory) == []


async def test_undecided_when_the_session_begins_the_copy_goes(tmp_path: Path) -> None:
    async with stage(tmp_path, stories={"attachments": "folder"}) as s:
        await planned(s)
        await drafted(s, "bo", "", files=(note(s),))
        await s.wait(days=11)
        assert (copies(tmp_path), shown(s)) == ([], [])


async def test_what_a_member_has_exported_comes_with_their_recording(tmp_path: Path) -> None:
    async with stage(tmp_path, stories={"attachments": "folder"}) as s:
        await planned(s)
        await drafted(s, "bo", "", files=(note(s),))
        await s.press("bo", "À mon nom")
        await s.tell("bo", "exporter mes données")
        document, recording = shown(s, "direct-bo")
        assert recording == SOUND
        assert b"kept/" not in bytes(document)  # type: ignore[arg-type]


# -- killed in between ---------------------------------------------------------------------------------------


async def test_a_copy_that_no_row_refers_to_is_swept_and_no_other(tmp_path: Path) -> None:
    async with stage(tmp_path, stories={"attachments": "folder"}) as s:
        await planned(s)
        for person, choice in (("bo", "À mon nom"), ("cleo", "Sans nom"), ("ana", "")):
            await drafted(s, person, "", files=(note(s),))
            if choice:
                await s.press(person, choice)
        needed = copies(tmp_path)
        assert len(needed) == 3
        orphan = tmp_path / "attachments" / f"{'0' * 32}.sealed"
        half = tmp_path / "attachments" / f"{'1' * 32}.new"
        for left in (orphan, half):
            left.write_bytes(b"killed before the row was kept")
        await s.app.prepare([])
        assert set(copies(tmp_path)) == {*needed, orphan, half}, "another process may have laid them just now"
        await swept(s)
        assert copies(tmp_path) == needed


async def test_where_a_key_is_away_nothing_is_swept(tmp_path: Path) -> None:
    async with stage(tmp_path, stories={"attachments": "folder"}) as s:
        await planned(s)
        await drafted(s, "bo", "", files=(note(s),))
        await s.press("bo", "Sans nom")
        [key] = (tmp_path / "seals").glob("*.key")
        key.rename(tmp_path / "away.key")
        await swept(s)
        assert len(copies(tmp_path)) == 1
        (tmp_path / "away.key").rename(key)
        await s.wait(days=11)
        assert shown(s) == [SOUND]


async def test_killed_before_the_story_is_kept_it_is_copied_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with stage(tmp_path, stories={"attachments": "folder"}) as s:
        await planned(s)
        await s.tell("bo", "récit 1")
        await s.press("bo", "Écrire")

        async def killed(*_: Any, **__: Any) -> None:
            raise TryLater("killed here")

        with monkeypatch.context() as here:
            here.setattr(Answering, "answer", killed)
            await s.platform.tell("bo", "", (note(s),))
            assert not await s.app.router.drain()
        assert len(copies(tmp_path)) == 1
        await s.app.settle()
        assert "Avec l’enregistrement" in s.heard("bo")
        await s.press("bo", "À mon nom")
        assert len(copies(tmp_path)) == 2
        await swept(s)
        assert len(copies(tmp_path)) == 1
        await s.wait(days=11)
        assert shown(s) == [SOUND]


async def test_a_slow_platform_holds_up_nobody_else(tmp_path: Path) -> None:
    async with stage(tmp_path, stories={"attachments": "folder"}) as s:
        await planned(s)
        await s.tell("bo", "récit 1")
        await s.press("bo", "Écrire")
        fetch, tries = s.platform.fetch, []

        async def slow(uri: str) -> bytes:
            tries.append(uri)
            if len(tries) < 3:
                raise TryLater("busy", 0.01)
            return await fetch(uri)

        s.platform.fetch = slow  # type: ignore[method-assign]
        await s.platform.tell("bo", "", (note(s),))
        assert not await s.app.router.drain()
        assert await s.tell("cleo", "aide")
        assert "Avec l’enregistrement" in s.heard("bo")
        assert len(tries) == 3


# -- what is not taken ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(("given", "said"), [
    ({"size": 10 * 1000**3}, "10 Mo au plus"),
    ({"size": 0}, "est vide"),
    ({"size": -5}, "est vide"),
    ({"mime": "application/x-msdownload", "name": "../../x"}, "un enregistrement, une image ou un PDF"),
    ({"mime": "image/svg+xml"}, "un enregistrement, une image ou un PDF"),
    ({"mime": ""}, "un enregistrement, une image ou un PDF"),
])  # fmt: skip
@pytest.mark.parametrize("kept", ["chat", "folder"])
async def test_what_is_refused_is_refused_with_the_reason(
    tmp_path: Path, kept: str, given: dict[str, Any], said: str
) -> None:
    async with stage(tmp_path, stories={"attachments": kept}) as s:
        await planned(s)
        assert said in await drafted(s, "bo", "", files=(note(s, **given),))
        assert (copies(tmp_path), await s.kept(StoryDraft, order="person_id")) == ([], [])
        assert [c.waiting_for for c in await s.kept(Conversation)] == ["story"]
        assert (await s.tell("bo", "Alors par écrit.")).startswith("Voici ton récit")


@pytest.mark.parametrize(("data", "said"), [
    (b"", "Je n’ai pas pu aller chercher"),  # gone
    (b"MZ\x90\x00 a program", "un enregistrement, une image ou un PDF"),
    (b"<!doctype html><script>", "un enregistrement, une image ou un PDF"),
    (b"OggS" + b"0" * 1_000_001, "1 Mo au plus"),
])  # fmt: skip
async def test_what_is_fetched_is_looked_at_whatever_was_said_of_it(tmp_path: Path, data: bytes, said: str) -> None:
    async with stage(tmp_path, stories={"attachments": "folder", "largest_mb": 1}) as s:
        await planned(s)
        assert said in await drafted(s, "bo", "", files=(note(s, data, size=4),))
        assert copies(tmp_path) == []


async def test_a_file_that_lies_about_its_kind_is_shown_as_what_it_is(tmp_path: Path) -> None:
    async with stage(tmp_path, stories={"attachments": "folder"}) as s:
        await planned(s)
        heard = await drafted(s, "bo", "", files=(note(s, PICTURE, "audio/ogg", "../../../etc/passwd"),))
        assert "Avec l’image" in heard
        assert "Une image ou un document peut te faire reconnaître" in heard
        await s.press("bo", "À mon nom")
        await s.wait(days=11)
        file = [f for m in s.bot_said() if m.message for f in m.message.files][-1]
        assert (file.name, file.mime) == ("image.png", "image/png")


async def test_two_files_are_one_too_many(tmp_path: Path) -> None:
    async with stage(tmp_path) as s:
        await planned(s)
        assert "plusieurs sont arrivés" in await drafted(s, "bo", "", files=(note(s), note(s)))


async def test_where_only_words_are_taken_nothing_else_is_asked_for(tmp_path: Path) -> None:
    async with stage(tmp_path, native=True, stories={"attachments": "none"}) as s:
        await planned(s)
        await s.wait(days=4)
        assert "[Écrire] [Pas cette fois]" in s.heard("bo")
        await s.command("bo", "stories.tell", session="1")
        await s.press("bo", "Écrire")
        assert [q.aloud for q in s.sheet("bo").questions] == [""]
    async with stage(tmp_path, stories={"attachments": "none"}) as s:
        await planned(s)
        await s.tell("bo", "récit 1")
        assert "vocale" not in await s.press("bo", "Écrire")
        assert "en mots seulement" in await s.tell("bo", "", files=(note(s),))
        assert (await s.tell("bo", "Un mot.")).startswith("Voici ton récit")


async def test_in_english_too(tmp_path: Path) -> None:
    async with stage(tmp_path, language="en", stories={"attachments": "folder"}) as s:
        await planned(s)
        await s.tell("bo", "story 1")
        await s.press("bo", "Voice note")
        assert "heavier than I can take: 10 MB at most" in await s.tell("bo", "", files=(note(s, size=11_000_000),))
        heard = await s.tell("bo", "", files=(note(s),))
        assert "With the recording you just sent me." in heard
        assert "I keep a sealed copy of it" in heard
        await s.press("bo", "My name")
        await s.tell("bo", "my story 1")
        assert "is yours to delete" in await s.press("bo", "Take it back")


async def test_a_picture_is_no_answer_where_words_are_asked_for(tmp_path: Path) -> None:
    async with stage(tmp_path, stories={"attachments": "folder"}) as s:
        await s.tell("bo", "me présenter")
        assert "Il me faut des mots" in await s.tell("bo", "", files=(note(s, PICTURE, "image/png"),))
        assert copies(tmp_path) == []


# -- on a sheet ----------------------------------------------------------------------------------------------


async def sheet_of(s: Stage, person: str) -> None:
    await s.command(person, "stories.tell", session="1")
    await s.press(person, "Écrire")


def with_sheet(s: Stage, data: bytes = SOUND, mime: str = "audio/ogg", words: str = "") -> Attachment:
    s.platform.files["sheet:1"] = data
    return Attachment(mime, "sheet:1", words, len(data))


async def test_on_a_sheet_it_is_laid_in_private_and_taken_away_again(tmp_path: Path) -> None:
    async with stage(tmp_path, native=True) as s:
        await planned(s)
        await sheet_of(s, "bo")
        heard = await s.fill("bo", {"story": with_sheet(s, words="Écoutez.")})
        assert "> Écoutez." in heard
        assert "Je l’ai mis dans notre conversation privée" in heard
        assert shown(s, "direct-bo") == [SOUND]
        assert copies(tmp_path) == []
        del s.platform.files["sheet:1"]  # Discord keeps it for some hours
        await s.press("bo", "À mon nom")
        await s.command("bo", "stories.mine", session="1")
        await s.press("bo", "Retirer")
        assert shown(s, "direct-bo") == []


@pytest.mark.parametrize("way", ["share", "forget", "forget-draft", "drop"])
async def test_what_was_laid_goes_with_the_story(tmp_path: Path, way: str) -> None:
    async with stage(tmp_path, native=True) as s:
        await planned(s)
        await sheet_of(s, "bo")
        await s.fill("bo", {"story": with_sheet(s)})
        match way:
            case "share":
                await s.press("bo", "Sans nom")
                await s.wait(days=10, hours=2, minutes=1)
                assert shown(s) == [SOUND]
                assert shown(s, "direct-bo") == [SOUND]
                await s.wait(hours=1)
                assert [story.voice for story in await s.kept(Story)] == [""]
                assert on_disk(tmp_path, "laid/") == []
            case "drop":
                await s.press("bo", "Ne pas garder")
            case _:
                if way == "forget":
                    await s.press("bo", "À mon nom")
                await s.command("bo", "privacy.forget")
                await s.press("bo", "Tout effacer")
        assert shown(s, "direct-bo") == []


async def test_what_was_laid_is_taken_away_after_a_kill_and_a_closed_door(tmp_path: Path) -> None:
    async with stage(tmp_path, native=True) as s:
        await planned(s)
        await sheet_of(s, "bo")
        await s.fill("bo", {"story": with_sheet(s)})
        remove, s.platform.remove = s.platform.remove, away  # type: ignore[method-assign,assignment]
        s.platform.closed.add("bo")
        await s.press("bo", "Ne pas garder")
        assert shown(s, "direct-bo") == [SOUND]
        assert [row.purpose for row in await s.kept(Outbox, state="pending")] == ["removal"]
        s.platform.remove = remove  # type: ignore[method-assign]
        s.app.delivery._resting.clear()
        await s.app.settle()
        assert shown(s, "direct-bo") == []


async def test_told_too_late_on_a_sheet_nothing_is_left_of_it(tmp_path: Path) -> None:
    async with stage(tmp_path, native=True) as s:
        await planned(s)
        await sheet_of(s, "bo")
        await s.wait(days=11)
        heard = await s.fill("bo", {"story": with_sheet(s, words="Écoutez.")})
        assert "a déjà commencé" in heard
        assert "Tu l’as encore, là où tu l’avais pris." in heard
        assert "> Écoutez." in heard
        assert shown(s, "direct-bo") == []


@pytest.mark.parametrize("kept", ["chat", "folder"])
async def test_a_sheet_with_a_mistake_gives_the_words_back_and_keeps_nothing(tmp_path: Path, kept: str) -> None:
    async with stage(tmp_path, native=True, stories={"attachments": kept}) as s:
        await planned(s)
        await sheet_of(s, "bo")
        heard = await s.fill("bo", {"story": with_sheet(s, b"MZ a program", words="Écoutez.")})
        assert "un enregistrement, une image ou un PDF" in heard
        assert "> Écoutez." in heard
        assert (shown(s, "direct-bo"), copies(tmp_path)) == ([], [])


async def test_a_sheet_s_file_in_the_folder_leaves_nothing_in_private(tmp_path: Path) -> None:
    async with stage(tmp_path, native=True, stories={"attachments": "folder"}) as s:
        await planned(s)
        await sheet_of(s, "bo")
        assert "une copie scellée" in await s.fill("bo", {"story": with_sheet(s)})
        assert (shown(s, "direct-bo"), len(copies(tmp_path))) == ([], 1)
        await s.press("bo", "À mon nom")
        await s.wait(days=11)
        assert shown(s) == [SOUND]

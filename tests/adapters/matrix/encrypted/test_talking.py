"""Everything said in an encrypted room goes both ways, as in any other."""

from __future__ import annotations

from typing import Any

from bot.chat.content import File, message
from bot.chat.events import MessagePosted, MessageRemoved, ReactionAdded
from tests.adapters.matrix.conftest import words
from tests.adapters.matrix.encrypted.conftest import NewEncrypted, SealingBot
from tests.adapters.matrix.encrypted.peer import EncryptedMember


async def test_both_ways(bot: SealingBot, hall: str, ana: EncryptedMember) -> None:
    said = await ana.say(hall, "bonjour à toutes")
    await bot.kept.until(lambda: bot.kept.texts(hall))
    heard = bot.kept.of(MessagePosted)[0]
    assert (heard.id, heard.person, heard.text) == (said, ana.user_id, "bonjour à toutes")
    await bot.platform.post(hall, words("bonjour Ana"), key="k1")
    await ana.until(lambda: ana.read(hall))
    assert ana.read(hall) == ["bonjour Ana"]


async def test_the_server_sees_none_of_it(bot: SealingBot, hall: str, ana: EncryptedMember) -> None:
    await bot.platform.post(hall, words("un secret"), key="k1")
    seen = [e for e in await ana.plain.read_all(hall) if e["sender"] == bot.user_id]
    assert [e["type"] for e in seen if "state_key" not in e] == ["m.room.encrypted"]
    assert "un secret" not in str(seen)


async def test_threads_replies_edits_reactions_and_removal(bot: SealingBot, hall: str, ana: EncryptedMember) -> None:
    first = await ana.say(hall, "une question")
    await bot.kept.until(lambda: bot.kept.texts(hall))
    answer = await bot.platform.post(hall, words("une réponse"), key="k1", thread=first)
    await bot.platform.edit(hall, answer, words("une meilleure réponse"), key="k2")
    await bot.platform.react(hall, first, "🌱", key="k3")
    raws = {e["event_id"]: e for e in await ana.plain.read_all(hall)}
    assert raws[answer]["content"]["m.relates_to"]["rel_type"] == "m.thread"
    assert raws[answer]["content"]["m.relates_to"]["event_id"] == first
    assert [e["content"]["m.relates_to"]["key"] for e in raws.values() if e["type"] == "m.reaction"] == ["🌱"]
    await ana.until(lambda: len(ana.read(hall)) == 2)
    assert ana.read(hall) == ["une réponse", "* une meilleure réponse"]
    thread = {"rel_type": "m.thread", "event_id": first, "m.in_reply_to": {"event_id": answer}}
    await ana.say(hall, "merci", **{"m.relates_to": {**thread, "is_falling_back": False}})
    await ana.plain.react(hall, answer, "❤")
    await ana.plain.redact(hall, first)
    await bot.kept.until(lambda: bot.kept.of(MessageRemoved))
    thanks = bot.kept.of(MessagePosted)[-1]
    assert (thanks.text, thanks.thread, thanks.answers) == ("merci", first, answer)
    assert [(r.message, r.emoji) for r in bot.kept.of(ReactionAdded)] == [(answer, "❤")]
    await bot.platform.remove(hall, answer, key="k4")


async def test_files_both_ways(bot: SealingBot, hall: str, ana: EncryptedMember) -> None:
    data = bytes(range(256)) * 300
    await bot.platform.post(hall, message(File("plan.pdf", "application/pdf", data=data)), key="k1")
    await ana.until(lambda: any(getattr(e, "key", None) and getattr(e, "url", "") for _, e in ana.events))
    event: Any = next(e for _, e in ana.events if getattr(e, "url", ""))
    from nio.crypto.attachments import decrypt_attachment, encrypt_attachment

    raw = await ana.plain.download(event.url)
    assert raw != data
    assert decrypt_attachment(raw, event.key["k"], event.hashes["sha256"], event.iv) == data
    assert event.body == "plan.pdf"
    sealed, keys = encrypt_attachment(b"une voix")
    uri = await ana.plain.upload(sealed, "application/octet-stream", "x")
    content = {"msgtype": "m.audio", "body": "note.ogg", "info": {"mimetype": "audio/ogg"}}
    await ana.send(hall, "m.room.message", {**content, "file": {**keys, "url": uri}})
    await bot.kept.until(lambda: bot.kept.of(MessagePosted))
    file = bot.kept.of(MessagePosted)[0].files[0]
    assert (file.name, file.mime) == ("note.ogg", "audio/ogg")
    assert keys["key"]["k"] not in file.uri
    assert await bot.platform.fetch(file.uri) == b"une voix"
    await bot.stop()
    await bot.start()
    assert await bot.platform.fetch(file.uri) == b"une voix"
    # Said again where nothing is encrypted, it can be heard there; in an encrypted room it stays as it lies.
    square = await ana.plain.create_room("Square", public=True)
    await bot.platform._server.post("join", square, body={})
    again = message(File("note.ogg", "audio/ogg", uri=file.uri))
    await bot.platform.post(square, again, key="k2")
    await bot.platform.post(hall, again, key="k3")
    shown = next(e for e in await ana.plain.read_all(square) if e["type"] == "m.room.message")
    assert await ana.plain.download(shown["content"]["url"]) == b"une voix"
    sealed = ("RoomEncryptedFile", "RoomEncryptedAudio")
    await ana.until(lambda: sum(e.sender == bot.user_id and type(e).__name__ in sealed for _, e in ana.events) == 2)


async def test_after_a_restart(bot: SealingBot, hall: str, ana: EncryptedMember) -> None:
    await ana.say(hall, "avant")
    await bot.kept.until(lambda: bot.kept.texts(hall) == ["avant"])
    await bot.platform.post(hall, words("un"), key="k1")
    await bot.stop()
    await ana.say(hall, "pendant")
    await bot.start()
    await ana.say(hall, "après")
    await bot.kept.until(lambda: bot.kept.texts(hall) == ["avant", "pendant", "après"])
    await bot.platform.post(hall, words("deux"), key="k2")
    assert await bot.platform.post(hall, words("un"), key="k1") != ""
    await ana.until(lambda: len(ana.read(hall)) == 2)
    assert ana.read(hall) == ["un", "deux"]


async def test_who_comes_later_reads_from_there_on(
    bot: SealingBot, hall: str, ana: EncryptedMember, new_encrypted: NewEncrypted
) -> None:
    await bot.platform.post(hall, words("avant Bo"), key="k1")
    bo = await new_encrypted("bo")
    await bo.plain.join(hall)
    await bot.kept.until(lambda: any(getattr(e, "person", "") == bo.user_id for e in bot.kept.events))
    await bot.platform.post(hall, words("avec Bo"), key="k2")
    await bo.until(lambda: bo.read(hall))
    assert bo.read(hall) == ["avec Bo"]
    await bo.say(hall, "merci")
    await bot.kept.until(lambda: bot.kept.texts(hall) == ["merci"])
    await ana.until(lambda: len(ana.read(hall)) == 3)
    await bo.plain.leave(hall)
    seen = bot.kept.batches
    await bot.kept.until(lambda: bot.kept.batches > seen)
    before = bot.platform._encryption._sharing._keys[hall].session.id  # type: ignore[union-attr]
    await bot.platform.post(hall, words("sans Bo"), key="k3")
    assert bot.platform._encryption._sharing._keys[hall].session.id != before  # type: ignore[union-attr]

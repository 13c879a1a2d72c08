"""What cannot be read when it comes: its sender is told once, its key is asked for, and it is read once it can be."""

from __future__ import annotations

import json
from typing import Any

import pytest
from nio import RoomKeyRequest, ShareGroupSessionResponse

from adapters.matrix.crypto import opening
from bot.chat.events import MessagePosted, MessageUnread
from tests.adapters.matrix.conftest import words
from tests.adapters.matrix.encrypted.conftest import NewEncrypted, SealingBot
from tests.adapters.matrix.encrypted.peer import EncryptedMember


def withhold(ana: EncryptedMember) -> list[tuple[str, dict[str, Any]]]:
    """Her client sends messages to devices no more; they wait in the list."""
    waiting: list[tuple[str, dict[str, Any]]] = []
    send = ana.client._send

    async def held(response: Any, method: str, path: str, data: Any = None, *args: Any, **kwargs: Any) -> Any:
        if "/sendToDevice/" in path:
            waiting.append((path, data))
            made = ShareGroupSessionResponse("!x:x", set())
            if args and len(args[0]) == 2:
                made = ShareGroupSessionResponse(args[0][0], args[0][1])
            if kwargs.get("response_data"):
                made = ShareGroupSessionResponse(*kwargs["response_data"])
            await ana.client.receive_response(made)
            return made
        return await send(response, method, path, data, *args, **kwargs)

    ana.client._send = held
    return waiting


async def deliver(ana: EncryptedMember, waiting: list[tuple[str, Any]]) -> None:
    for path, data in waiting:
        await ana.plain.request("PUT", path.split("?")[0], json.loads(data))
    waiting.clear()


@pytest.fixture(autouse=True)
def hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "GRACE", 1.0)


async def test_a_key_that_comes_late(bot: SealingBot, hall: str, ana: EncryptedMember) -> None:
    waiting = withhold(ana)
    said = await ana.say(hall, "une question")
    await bot.kept.until(lambda: bot.kept.of(MessageUnread))
    told = bot.kept.of(MessageUnread)
    assert [(t.room, t.person, t.direct) for t in told] == [(hall, ana.user_id, False)]
    await ana.say(hall, "une autre")
    await bot.stop()
    await bot.start()  # what waits outlives a restart
    assert bot.kept.texts(hall) == []
    await deliver(ana, waiting)
    await bot.kept.until(lambda: len(bot.kept.texts(hall)) == 2)
    assert bot.kept.texts(hall) == ["une question", "une autre"]
    assert bot.kept.of(MessagePosted)[0].id == said
    await bot.stop()
    await bot.start()
    assert bot.kept.texts(hall) == ["une question", "une autre"]
    assert len(bot.kept.of(MessageUnread)) == 1


async def test_keys_are_asked_for(bot: SealingBot, hall: str, ana: EncryptedMember) -> None:
    asked: list[Any] = []
    handle = ana.client.olm.handle_to_device_event

    def handled(event: Any) -> Any:
        if isinstance(event, RoomKeyRequest):
            asked.append(event)
        return handle(event)

    ana.client.olm.handle_to_device_event = handled
    withhold(ana)
    await ana.say(hall, "une question")
    await ana.until(lambda: asked)
    assert (asked[0].sender, asked[0].room_id) == (bot.user_id, hall)
    assert asked[0].requesting_device_id == bot.account.device_id


async def test_each_is_told_for_themselves(
    bot: SealingBot, hall: str, ana: EncryptedMember, new_encrypted: NewEncrypted
) -> None:
    bo = await new_encrypted("bo")
    await bo.plain.join(hall)
    withhold(ana)
    withhold(bo)
    await ana.say(hall, "un")
    await bo.say(hall, "deux")
    await ana.say(hall, "trois")
    await bot.kept.until(lambda: len(bot.kept.of(MessageUnread)) == 2)
    assert {t.person for t in bot.kept.of(MessageUnread)} == {ana.user_id, bo.user_id}


async def test_who_lost_a_key_is_given_it_again_and_nobody_else(
    bot: SealingBot, hall: str, ana: EncryptedMember, new_encrypted: NewEncrypted
) -> None:
    await bot.platform.post(hall, words("bonjour"), key="k1")
    await ana.until(lambda: ana.read(hall))
    event: Any = next(e for _, e in ana.events if e.sender == bot.user_id and getattr(e, "decrypted", False))
    bo = await new_encrypted("bo")
    body = {"algorithm": "m.megolm.v1.aes-sha2", "room_id": hall, "session_id": event.session_id}
    for member in (bo, ana):
        member.client.olm.inbound_group_store._entries[hall].clear()
        content = {
            "action": "request", "request_id": "r1", "requesting_device_id": member.client.device_id,
            "body": {**body, "sender_key": event.sender_key},
        }  # fmt: skip
        messages = {"messages": {bot.user_id: {"*": content}}}
        path = f"/_matrix/client/v3/sendToDevice/m.room_key_request/{member.client.device_id}"
        await member.plain.request("PUT", path, messages)

    def found(member: EncryptedMember) -> Any:
        return member.client.olm.inbound_group_store.get(hall, event.sender_key, event.session_id)

    await ana.until(lambda: found(ana))
    assert found(ana).first_known_index == 0
    await bo.sync(500)
    assert found(bo) is None

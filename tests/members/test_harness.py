"""The members themselves: two of them speak, and an unsigned device is shut out. Veillée has no part in it."""

from __future__ import annotations

import pytest

from tests.members.clients import ClientError
from tests.members.fixtures import NewEncryptedMember
from tests.members.member import EncryptedMember
from tests.synapse.fixtures import NewMember
from tests.synapse.member import Event


async def pair(new: NewEncryptedMember, **how: bool) -> tuple[EncryptedMember, EncryptedMember, str]:
    """Ana, who is strict, and Ben, in a room of Ana's."""
    ana, ben = await new("ana"), await new("ben", auto_join=True, **how)
    room = await ana.create_room("Hall", invite=[ben.user_id])
    await ana.wait_for(lambda e: e["content"]["membership"] == "join" and e["sender"] == ben.user_id, room)
    return ana, ben, room


async def hears(member: EncryptedMember, event_id: str) -> Event:
    return await member.wait_for(lambda e: e["event_id"] == event_id and not e["unreadable"])


async def test_two_talk_and_nobody_else_reads_it(
    new_encrypted_member: NewEncryptedMember, new_member: NewMember
) -> None:
    ana, ben, room = await pair(new_encrypted_member)
    said = await ben.say(room, "Entre nous : é à 👋")
    heard = await hears(ana, said)
    assert (heard["content"]["body"], heard["type"]) == ("Entre nous : é à 👋", "m.room.message")
    assert (heard["encrypted"], heard["shield"], heard["warning"]) == (True, "NONE", "")
    # What the homeserver holds.
    held = await ana.request("GET", f"/_matrix/client/v3/rooms/{room}/event/{said}")
    assert held["type"] == "m.room.encrypted"
    assert "Entre nous" not in str(held)


async def test_each_gesture_arrives_as_it_was_made(new_encrypted_member: NewEncryptedMember) -> None:
    ana, ben, room = await pair(new_encrypted_member)
    start = await ana.say(room, "Un mot")
    answer = await ben.say(room, "Un autre", reply_to=start)
    aside = await ben.say(room, "À part", thread=start)
    edited = await ben.edit(room, answer, "Un meilleur")
    reaction = await ben.react(room, start, "👍")
    await hears(ana, reaction)
    relations = {e["event_id"]: e["content"].get("m.relates_to", {}) for e in await ana.read_all(room)}
    assert relations[answer]["m.in_reply_to"]["event_id"] == start
    assert (relations[aside]["rel_type"], relations[aside]["event_id"]) == ("m.thread", start)
    assert (relations[edited]["rel_type"], relations[edited]["event_id"]) == ("m.replace", answer)
    assert relations[reaction]["key"] == "👍"
    assert (await hears(ana, edited))["content"]["m.new_content"]["body"] == "Un meilleur"
    await ben.redact(room, aside)
    await ana.wait_for(lambda e: e["type"] == "m.room.redaction", room)
    (gone,) = [e for e in await ana.read_all(room) if e["event_id"] == aside]
    assert "body" not in gone["content"]


async def test_files_and_voice_arrive_whole_and_sealed(new_encrypted_member: NewEncryptedMember) -> None:
    ana, ben, room = await pair(new_encrypted_member)
    data = bytes(range(256)) * 300
    file = await hears(ben, await ana.send_file(room, data, "application/pdf", "plan d’animation.pdf"))
    assert file["content"]["filename"] == "plan d’animation.pdf"
    assert "url" not in file["content"]
    assert await ben.file_of(file) == data
    assert await ben.download(file["content"]["file"]["url"]) != data
    voice = await hears(ben, await ana.send_voice(room, b"OggS", seconds=2))
    assert voice["content"]["org.matrix.msc3245.voice"] == {}
    assert await ben.file_of(voice) == b"OggS"


async def test_a_poll_from_its_opening_to_its_end(new_encrypted_member: NewEncryptedMember) -> None:
    ana, ben, room = await pair(new_encrypted_member)
    opened = await ana.open_poll(room, "Quel jour ?", ["jeudi", "mardi"])
    await hears(ben, opened)
    ballot = await ben.poll(room, opened)
    assert (ballot.question, [*ballot.answers.values()]) == ("Quel jour ?", ["jeudi", "mardi"])
    assert (ballot.ended, ballot.disclosed) == (False, True)
    vote = await hears(ana, await ben.vote(room, opened, next(iter(ballot.answers))))
    assert vote["content"]["org.matrix.msc3381.poll.response"]["answers"] == [next(iter(ballot.answers))]
    await hears(ben, await ana.end_poll(room, opened, "C’est jeudi"))
    assert (await ben.poll(room, opened)).ended


async def test_an_unsigned_device_is_shut_out_by_who_is_strict(new_encrypted_member: NewEncryptedMember) -> None:
    ana, ben, room = await pair(new_encrypted_member, signed=False, strict=False)
    cleo = await new_encrypted_member("cleo", auto_join=True, strict=False)
    await ana.invite(room, cleo.user_id)
    await ben.wait_until(lambda: _is_in(ben, room, cleo), what="Cleo")
    assert list((await ana.devices(ben.user_id)).values()) == [False]
    assert list((await ana.devices(cleo.user_id)).values()) == [True]

    said = await ben.say(room, "Qui m’entend ?")
    unread = await ana.wait_for(lambda e: e["event_id"] == said)
    assert (unread["type"], unread["unreadable"]) == ("m.room.encrypted", "UNSIGNED_SENDER_DEVICE")
    shown = await hears(cleo, said)
    assert (shown["shield"], shown["warning"]) == ("RED", "UNSIGNED_DEVICE")

    said = await ana.say(room, "Pas toi")
    await hears(cleo, said)
    withheld = await ben.wait_for(lambda e: e["event_id"] == said)
    assert withheld["unreadable"] == "MEGOLM_KEY_WITHHELD_FOR_UNVERIFIED_DEVICE"


async def test_a_plain_room_is_spoken_in_plainly(
    new_encrypted_member: NewEncryptedMember, new_member: NewMember
) -> None:
    ana, ben = await new_encrypted_member("ana"), await new_member("ben", auto_join=True)
    room = await ana.create_room("Square", encrypted=False, invite=[ben.user_id])
    await ana.wait_for(lambda e: e["content"]["membership"] == "join" and e["sender"] == ben.user_id, room)
    said = await ana.say(room, "Bonjour")
    assert (await ben.wait_for(lambda e: e["event_id"] == said))["content"]["body"] == "Bonjour"
    back = await hears(ana, await ben.send_file(room, b"%PDF", "application/pdf", "plan.pdf"))
    assert (back["encrypted"], back["shield"], await ana.file_of(back)) == (False, "", b"%PDF")

    await ana.encrypt(room)
    said = await ana.say(room, "Plus un mot")
    assert (await ben.wait_for(lambda e: e["event_id"] == said))["type"] == "m.room.encrypted"


async def test_a_direct_room_is_found_and_encrypted(new_encrypted_member: NewEncryptedMember) -> None:
    ana, ben = await new_encrypted_member("ana"), await new_encrypted_member("ben", auto_join=True)
    room = await ana.create_room("", direct=True, invite=[ben.user_id])
    assert await ben.direct_room_with(ana.user_id) == room
    await ana.wait_until(lambda: _is_in(ana, room, ben), what="Ben")
    assert (await hears(ben, await ana.say(room, "Psst")))["encrypted"]
    await ben.leave(room)
    await ben.wait_until(lambda: room not in ben.brought_by)


async def test_a_refusal_is_told(new_encrypted_member: NewEncryptedMember) -> None:
    _, ben, room = await pair(new_encrypted_member)
    with pytest.raises(ClientError) as refused:
        await ben.say(room, "x" * 70_000)
    assert (refused.value.errcode, refused.value.status) == ("M_TOO_LARGE", 413)


async def _is_in(member: EncryptedMember, room: str, who: EncryptedMember) -> bool:
    return (await member.members(room)).get(who.user_id) == "join"

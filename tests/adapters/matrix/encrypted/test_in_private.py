"""Where somebody is spoken to alone: encrypted whenever they can read it."""

from __future__ import annotations

from adapters.matrix.settings import MatrixPlaces
from bot.chat.events import RoomOpened
from tests.adapters.matrix.conftest import words
from tests.adapters.matrix.encrypted.conftest import SealingBot
from tests.members.fixtures import NewEncryptedMember
from tests.members.member import EncryptedMember
from tests.synapse.fixtures import NewMember
from tests.synapse.member import Member


async def told(bot: SealingBot, member: Member, text: str) -> str:
    """The room where they read it."""
    room = await bot.platform.direct_room(member.user_id)
    await bot.platform.post(room, words(text), key=text)
    heard = await member.wait_for(lambda e: e["content"]["body"] == text, room)
    assert isinstance(member, EncryptedMember) == heard.get("encrypted", False)
    return room


async def test_it_is_made_encrypted(bot: SealingBot, new_encrypted_member: NewEncryptedMember) -> None:
    ana = await new_encrypted_member("ana", auto_join=True)
    # Where they know one another from: a strict client leaves a stranger's first words unread until it has asked who
    # that is, and asks when it speaks itself.
    hall = await ana.create_room("Hall", public=True)
    bot.places = [MatrixPlaces(slug="potters", rooms=(hall,))]
    await bot.start()
    await bot.kept.until(lambda: bot.kept.of(RoomOpened, hall))
    await ana.wait_until(lambda: is_there(ana, hall, bot.user_id), what="the bot")
    await ana.say(hall, "bonjour")
    await bot.kept.until(lambda: bot.kept.texts(hall) == ["bonjour"])
    room = await told(bot, ana, "one")
    assert (await ana.state(room, "m.room.encryption"))["algorithm"] == "m.megolm.v1.aes-sha2"
    await bot.stop()
    await bot.start()
    assert await told(bot, ana, "two") == room


async def test_it_is_plain_for_whoever_has_no_keys(bot: SealingBot, new_member: NewMember) -> None:
    await bot.start()
    await told(bot, await new_member("ana", auto_join=True), "one")


async def test_the_one_they_began_is_used(bot: SealingBot, new_encrypted_member: NewEncryptedMember) -> None:
    await bot.start()
    ana = await new_encrypted_member("ana", auto_join=True)
    bot.friends = {ana.user_id}
    room = await ana.create_room("", direct=True, invite=[bot.user_id])
    await ana.wait_until(lambda: is_there(ana, room, bot.user_id), what="the bot")
    await ana.say(room, "bonjour")
    await bot.kept.until(lambda: bot.kept.texts(room) == ["bonjour"])
    assert await told(bot, ana, "one") == room


async def is_there(member: Member, room: str, who: str) -> bool:
    return (await member.members(room)).get(who) == "join"

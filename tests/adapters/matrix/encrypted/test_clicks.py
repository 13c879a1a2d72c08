"""Reactions are not encrypted on Matrix, wherever they are put: what is not for others to see is chosen by words."""

from __future__ import annotations

from adapters.matrix.settings import MatrixPlaces
from bot.chat.events import ReactionAdded, RoomOpened
from tests.adapters.matrix.conftest import words
from tests.adapters.matrix.encrypted.conftest import SealingBot
from tests.members.fixtures import NewEncryptedMember
from tests.synapse.fixtures import NewMember


async def test_a_click_is_in_clear_where_words_are_not(
    bot: SealingBot, new_encrypted_member: NewEncryptedMember, new_member: NewMember
) -> None:
    ana = await new_encrypted_member("ana", auto_join=True)
    hall = await ana.create_room("Hall", public=True)
    bot.places = [MatrixPlaces(slug="potters", rooms=(hall,))]
    await bot.start()
    await bot.kept.until(lambda: bot.kept.of(RoomOpened, hall))
    await ana.say(hall, "bonjour")
    await bot.kept.until(lambda: bot.kept.texts(hall) == ["bonjour"])
    room = await bot.platform.direct_room(ana.user_id)
    assert bot.platform.capabilities(room).clicks_in_clear, "known before anything is said there"
    said = await bot.platform.post(room, words("1 2 3"), key="question")
    await ana.wait_for(lambda e: e["content"].get("body") == "1 2 3", room)
    click = await ana.react(room, said, "2️⃣")
    await bot.kept.until(lambda: bot.kept.of(ReactionAdded, room))
    [seen] = [e for e in await ana.read_all(room) if e["event_id"] == click]
    assert (seen["type"], seen["encrypted"]) == ("m.reaction", False), "as the server has it"

    bo = await new_member("bo", auto_join=True)
    plain = await bot.platform.direct_room(bo.user_id)
    assert not bot.platform.capabilities(plain).clicks_in_clear

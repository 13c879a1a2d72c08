"""Rooms where one person is spoken to alone: found again, listed for every client of the account, one for each."""

from __future__ import annotations

from typing import Any

import pytest
import pytest_asyncio

from adapters.matrix.settings import MatrixPlaces
from bot.chat.events import MessagePosted
from bot.ports import DoorClosed
from tests.adapters.matrix.conftest import Bot, words
from tests.synapse.fixtures import NewMember
from tests.synapse.homeserver import Homeserver
from tests.synapse.member import MatrixError, Member

CLIENT = "/_matrix/client/v3"


@pytest_asyncio.fixture
async def ana(bot: Bot, new_member: NewMember) -> Member:
    """A member of the community, with a bot that listens."""
    member = await new_member("ana")
    hall = await member.create_room("Hall", public=True)
    bot.places = [MatrixPlaces(slug="potters", rooms=(hall,))]
    bot.friends = {member.user_id}
    await bot.start()
    return member


class Itself:
    """The bot's own account in another client."""

    def __init__(self, homeserver: Homeserver, bot: Bot) -> None:
        self.member = Member(homeserver.url, bot.account, listens=False)
        self.path = f"{CLIENT}/user/{bot.user_id}/account_data/m.direct"

    async def listed(self) -> dict[str, Any]:
        async with self.member:
            try:
                return await self.member.request("GET", self.path)
            except MatrixError:
                return {}

    async def list(self, content: dict[str, Any]) -> None:
        async with self.member:
            await self.member.request("PUT", self.path, content)


async def in_private(member: Member, bot: Bot) -> str:
    room = await bot.platform.direct_room(member.user_id)
    await member.direct_room_with(bot.user_id)
    await member.join(room)
    return room


async def test_listed_beside_what_others_listed(bot: Bot, ana: Member, homeserver: Homeserver) -> None:
    account = Itself(homeserver, bot)
    theirs = {"@friend:localhost": ["!a:localhost"], ana.user_id: ["!gone:localhost"], "@odd:localhost": "junk"}
    await account.list(theirs)
    room = await in_private(ana, bot)
    listed = await account.listed()
    assert listed == {**theirs, ana.user_id: [room, "!gone:localhost"]}
    for _ in range(2):  # nothing is listed twice, whoever asks
        assert await bot.platform.direct_room(ana.user_id) == room
        await bot.stop()
        await bot.start()
    assert await account.listed() == listed


async def test_found_again_when_the_list_is_lost(bot: Bot, ana: Member, homeserver: Homeserver) -> None:
    account = Itself(homeserver, bot)
    room = await in_private(ana, bot)
    await bot.stop()
    await account.list({})
    await bot.start()
    assert await bot.platform.direct_room(ana.user_id) == room
    assert (await account.listed())[ana.user_id] == [room]
    await ana.say(room, "still private")
    await bot.kept.until(lambda: "still private" in bot.kept.texts())
    assert bot.kept.of(MessagePosted)[-1].direct


async def test_of_two_rooms_one_is_used_and_both_are_heard(bot: Bot, ana: Member, homeserver: Homeserver) -> None:
    first = await in_private(ana, bot)
    second = await ana.create_room("", direct=True, invite=[bot.user_id])
    await ana.wait_for(lambda e: e["state_key"] == bot.user_id and e["content"]["membership"] == "join", second)
    for room, text in ((first, "here"), (second, "there")):
        await ana.say(room, text)
        await bot.kept.until(lambda text=text: text in bot.kept.texts())  # type: ignore[misc]
    assert all(event.direct for event in bot.kept.of(MessagePosted))
    # The one that the person opened; and once they left it, the other.
    for _ in range(2):
        assert await bot.platform.direct_room(ana.user_id) == second
        await bot.stop()
        await bot.start()
    await ana.leave(second)
    assert await bot.platform.direct_room(ana.user_id) == first


async def test_who_refuses_the_invitation_is_left_in_peace(bot: Bot, ana: Member) -> None:
    room = await bot.platform.direct_room(ana.user_id)
    await ana.direct_room_with(bot.user_id)
    await ana.leave(room)
    for _ in range(2):
        with pytest.raises(DoorClosed):
            await bot.platform.direct_room(ana.user_id)
        await bot.stop()
        await bot.start()
    await ana.wait_until(lambda: not ana.invitations)
    # Until they open the door themselves.
    theirs = await ana.create_room("", direct=True, invite=[bot.user_id])
    await ana.wait_for(lambda e: e["state_key"] == bot.user_id and e["content"]["membership"] == "join", theirs)
    assert await bot.platform.direct_room(ana.user_id) == theirs


async def test_put_out_of_the_private_room_another_is_made(bot: Bot, ana: Member) -> None:
    body = {"preset": "private_chat", "is_direct": True, "invite": [bot.user_id]}
    theirs = str((await ana.request("POST", f"{CLIENT}/createRoom", body))["room_id"])
    await ana.wait_for(lambda e: e["state_key"] == bot.user_id and e["content"]["membership"] == "join", theirs)
    assert await bot.platform.direct_room(ana.user_id) == theirs
    await ana.kick(theirs, bot.user_id)
    made = await bot.platform.direct_room(ana.user_id)
    assert made != theirs
    await ana.direct_room_with(bot.user_id)
    await ana.join(made)
    await bot.platform.post(made, words("here"), key="k")
    await ana.wait_for(lambda e: e["content"]["body"] == "here", made)


@pytest.mark.parametrize("version", ["11", "12"])
async def test_a_private_room_replaced(bot: Bot, ana: Member, homeserver: Homeserver, version: str) -> None:
    theirs = await ana.create_room("", direct=True, invite=[bot.user_id], room_version=version)
    await ana.wait_for(lambda e: e["state_key"] == bot.user_id and e["content"]["membership"] == "join", theirs)
    await ana.say(theirs, "help")
    await bot.kept.until(lambda: bot.kept.texts() == ["help"])
    await ana.request("POST", f"{CLIENT}/rooms/{theirs}/upgrade", {"new_version": "12"})
    await ana.wait_for(lambda e: e["state_key"] == bot.user_id and e["content"]["membership"] == "leave", theirs)
    assert theirs not in (await Itself(homeserver, bot).listed()).get(ana.user_id, [])
    made = await bot.platform.direct_room(ana.user_id)
    assert made != theirs
    await bot.platform.post(made, words("here"), key="k")

"""Until encryption comes, nothing is said in clear in a room that is encrypted."""

import pytest

from bot.chat.content import Text, message
from bot.ports import Refused
from tests.contract.peers import matrix_peer
from tests.synapse.homeserver import Homeserver


async def test_a_room_encrypted_from_the_start(homeserver: Homeserver) -> None:
    async with matrix_peer(homeserver) as peer:
        await peer.encrypt(peer.room)
        with pytest.raises(Refused, match="encrypted"):
            await peer.platform.post(peer.room, message((Text("?"),)), key="e1")


async def test_a_room_that_becomes_so(homeserver: Homeserver) -> None:
    async with matrix_peer(homeserver) as peer:
        await peer.platform.post(peer.room, message((Text("in clear"),)), key="e1")
        await peer.encrypt(peer.room)
        await peer.say("after")
        await peer.taken.wait_for(lambda e: e.kind == "message_posted")
        with pytest.raises(Refused, match="encrypted"):
            await peer.platform.post(peer.room, message((Text("?"),)), key="e2")
        assert [s.text for s in await peer.seen(peer.room)] == ["in clear"]


async def test_a_private_room_that_became_so_is_left_for_another(homeserver: Homeserver) -> None:
    async with matrix_peer(homeserver) as peer:
        first = await peer.platform.direct_room(peer.person)
        await peer.platform.post(first, message((Text("in clear"),)), key="e1")
        peer.platform._outbound.encrypted[first] = True
        second = await peer.platform.direct_room(peer.person)
        assert second != first
        assert second == await peer.platform.direct_room(peer.person)

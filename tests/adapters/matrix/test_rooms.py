"""Rooms come and go on a real homeserver: put into a space and taken out of it, restricted, behind a door, replaced."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from pydantic import SecretStr

from adapters.matrix.check import examine
from adapters.matrix.settings import MatrixPlaces, MatrixSettings
from bot.chat.events import MemberJoined, MemberLeft, MessagePosted, RoomClosed, RoomOpened, RoomReplaced
from bot.ports import Barred
from tests.adapters.matrix.conftest import Bot, words
from tests.synapse.fixtures import NewMember
from tests.synapse.member import MatrixError, Member

CLIENT = "/_matrix/client/v3"
VERSIONS = pytest.mark.parametrize("version", ["11", "12"])


async def upgraded(member: Member, room: str, version: str = "12") -> str:
    answer = await member.request("POST", f"{CLIENT}/rooms/{room}/upgrade", {"new_version": version})
    return str(answer["replacement_room"])


async def take_out(member: Member, space: str, room: str) -> None:
    await member.set_state(space, "m.space.child", {}, room)


async def alias(member: Member, name: str, room: str) -> None:
    await member.request("PUT", f"{CLIENT}/directory/room/%23{name}%3Alocalhost", {"room_id": room})


async def no_alias(member: Member, name: str) -> None:
    await member.request("DELETE", f"{CLIENT}/directory/room/%23{name}%3Alocalhost")


async def arrived(member: Member, bot: Bot, room: str) -> None:
    await member.wait_for(lambda e: e["state_key"] == bot.user_id and e["content"]["membership"] == "join", room)


async def in_a_space(bot: Bot, new_member: NewMember, *rooms: str) -> tuple[Member, str, list[str]]:
    ana = await new_member("ana")
    space = await ana.create_room("Potters", space=True, invite=[bot.user_id])
    made = [await ana.create_room(name, public=True) for name in rooms]
    for room in made:
        await ana.add_to_space(space, room)
    bot.places = [MatrixPlaces(slug="potters", space=space)]
    bot.friends = {ana.user_id}
    await bot.start()
    await bot.kept.until(lambda: {o.room for o in bot.kept.of(RoomOpened)} == set(made))
    return ana, space, made


# -- spaces --------------------------------------------------------------------------------------------------


async def test_a_room_taken_out_of_the_space_is_ours_no_more(bot: Bot, new_member: NewMember) -> None:
    ana, space, (hall, side) = await in_a_space(bot, new_member, "Hall", "Side")
    await take_out(ana, space, side)
    await bot.kept.until(lambda: bot.kept.of(RoomClosed, side))
    assert not bot.kept.of(RoomClosed, side)[0].put_out
    await ana.say(side, "unheard")
    await ana.say(hall, "heard")
    await bot.kept.until(lambda: "heard" in bot.kept.texts())
    assert bot.kept.texts() == ["heard"]
    await ana.add_to_space(space, side)  # and back
    await bot.kept.until(lambda: len(bot.kept.of(RoomOpened, side)) == 2)
    await ana.say(side, "heard again")
    await bot.kept.until(lambda: "heard again" in bot.kept.texts(side))


async def test_taken_out_while_stopped(bot: Bot, new_member: NewMember) -> None:
    ana, space, (hall, side) = await in_a_space(bot, new_member, "Hall", "Side")
    await bot.stop()
    await take_out(ana, space, side)
    await ana.say(side, "unheard")
    await bot.start()
    await bot.kept.until(lambda: bot.kept.of(RoomClosed, side))
    assert not bot.kept.of(RoomClosed, hall)
    assert bot.kept.texts() == []


async def test_put_out_of_the_space_no_room_is_lost(bot: Bot, new_member: NewMember) -> None:
    ana, space, (hall,) = await in_a_space(bot, new_member, "Hall")
    await ana.kick(space, bot.user_id)
    await ana.say(hall, "heard")
    await bot.kept.until(lambda: bot.kept.texts() == ["heard"])
    await bot.stop()
    await ana.say(hall, "still")
    await bot.start()
    await bot.kept.until(lambda: bot.kept.texts() == ["heard", "still"])
    assert not bot.kept.of(RoomClosed)


async def test_a_space_of_sixty_rooms(bot: Bot, new_member: NewMember) -> None:
    """Servers show fifty at a time; a space within the space is none of them."""
    ana = await new_member("ana")
    space = await ana.create_room("Potters", space=True, invite=[bot.user_id])
    rooms = await asyncio.gather(*(ana.create_room(f"Room {n}", public=True) for n in range(60)))
    nested = await ana.create_room("Within", space=True, public=True)
    for number, room in enumerate([*rooms, nested]):
        content = {"via": ["localhost"], "order": f"{number:03}"}
        await ana.set_state(space, "m.space.child", content, room)
    bot.places = [MatrixPlaces(slug="potters", space=space)]
    bot.friends = {ana.user_id}
    await bot.start()
    await bot.kept.until(lambda: {o.room for o in bot.kept.of(RoomOpened)} == set(rooms), 40)


# -- doors ---------------------------------------------------------------------------------------------------


async def restricted(ana: Member, space: str, kind: str = "restricted") -> str:
    room = await ana.create_room("Members")
    allow = [{"type": "m.room_membership", "room_id": space}]
    await ana.set_state(room, "m.room.join_rules", {"join_rule": kind, "allow": allow})
    return room


async def test_a_restricted_room_is_entered_by_the_space(bot: Bot, new_member: NewMember) -> None:
    ana, space, _ = await in_a_space(bot, new_member, "Hall")
    room = await restricted(ana, space)
    await ana.add_to_space(space, room)
    await bot.kept.until(lambda: bot.kept.of(RoomOpened, room))
    await ana.say(room, "here")
    await bot.kept.until(lambda: bot.kept.texts(room) == ["here"])


async def test_a_restricted_room_at_the_start(bot: Bot, new_member: NewMember) -> None:
    ana = await new_member("ana")
    space = await ana.create_room("Potters", space=True, public=True)
    room = await restricted(ana, space, "knock_restricted")
    await ana.add_to_space(space, room)
    bot.places = [MatrixPlaces(slug="potters", space=space)]
    await bot.start()
    await bot.kept.until(lambda: bot.kept.of(RoomOpened, room))


@VERSIONS
async def test_it_knocks_once_and_comes_when_let_in(bot: Bot, new_member: NewMember, version: str) -> None:
    ana = await new_member("ana")
    room = await ana.create_room("Hall", room_version=version)
    await ana.set_state(room, "m.room.join_rules", {"join_rule": "knock"})
    bot.places = [MatrixPlaces(slug="potters", rooms=(room,))]
    for _ in range(2):  # nobody is asked again at every start
        await bot.start()
        await bot.stop()
    knocks = [e for e in await ana.read_all(room) if e["content"].get("membership") == "knock"]
    assert [e["state_key"] for e in knocks] == [bot.user_id]
    await bot.start()
    await ana.invite(room, bot.user_id)  # whoever may let us in does; the configuration need not name them
    await bot.kept.until(lambda: bot.kept.of(RoomOpened, room))
    await ana.say(room, "come in")
    await bot.kept.until(lambda: bot.kept.texts() == ["come in"])


async def test_no_room_is_knocked_at_that_is_not_ours(bot: Bot, new_member: NewMember) -> None:
    ana = await new_member("ana")
    closed = await ana.create_room("Closed")
    bot.places = [MatrixPlaces(slug="potters", rooms=(closed,))]
    await bot.start()
    assert bot.user_id not in await ana.members(closed)


async def test_a_ban_lifted(bot: Bot, new_member: NewMember) -> None:
    ana, ben, cleo = [await new_member(name) for name in ("ana", "ben", "cleo")]
    room = await ana.create_room("Hall", invite=[bot.user_id, ben.user_id, cleo.user_id])
    await ben.join(room)
    bot.places = [MatrixPlaces(slug="potters", rooms=(room,))]
    bot.friends = {ana.user_id}
    await bot.start()
    await bot.kept.until(lambda: bot.kept.of(RoomOpened))
    await ana.request("POST", f"{CLIENT}/rooms/{room}/ban", {"user_id": bot.user_id})
    await bot.kept.until(lambda: bot.kept.of(RoomClosed))
    assert bot.kept.of(RoomClosed)[0].put_out
    await ben.leave(room)
    await cleo.join(room)
    await ana.request("POST", f"{CLIENT}/rooms/{room}/unban", {"user_id": bot.user_id})
    await ana.invite(room, bot.user_id)
    await bot.kept.until(lambda: len(bot.kept.of(RoomOpened)) == 2)
    again = bot.kept.of(RoomOpened)[1]
    assert {s.person for s in again.members} == {ana.user_id, cleo.user_id}
    # Who left while nobody told us has left.
    await bot.kept.until(lambda: [e.person for e in bot.kept.of(MemberLeft)] == [ben.user_id])
    await ana.say(room, "welcome back")
    await bot.kept.until(lambda: "welcome back" in bot.kept.texts())


# -- rooms replaced ------------------------------------------------------------------------------------------


@VERSIONS
async def test_a_public_room_is_followed(
    bot: Bot, hall: tuple[Member, str], new_member: NewMember, version: str
) -> None:
    ana, room = hall
    ben = await new_member("ben")
    await ben.join(room)
    await bot.start()
    await ana.say(room, "before")
    await bot.kept.until(lambda: bot.kept.texts() == ["before"])
    new = await upgraded(ana, room, version)
    assert (":" not in new) == (version == "12")
    await bot.kept.until(lambda: bot.kept.of(RoomOpened, new))
    [said] = bot.kept.of(RoomReplaced)
    assert (said.room, said.successor, said.followed) == (room, new, True)
    kinds = [type(e) for e in bot.kept.events if isinstance(e, RoomReplaced) or e.room == new]
    assert kinds.index(RoomReplaced) < kinds.index(RoomOpened)
    opened = bot.kept.of(RoomOpened, new)[0]
    assert (opened.community, opened.main, opened.name) == ("potters", True, "Hall")
    await ben.join(new)
    await ben.say(new, "after")
    await bot.kept.until(lambda: bot.kept.texts() == ["before", "after"])
    assert [e.person for e in bot.kept.of(MemberJoined, new)] == [ben.user_id]
    # The configuration goes on naming the old one: that changes nothing.
    await bot.stop()
    await ben.say(new, "at night")
    await bot.start()
    await bot.kept.until(lambda: bot.kept.texts() == ["before", "after", "at night"])
    assert len(bot.kept.of(RoomReplaced)) == 1
    assert not bot.kept.of(RoomClosed)
    assert await bot.kept.rooms("matrix") == {new: (await bot.kept.rooms("matrix"))[new]}


async def test_replaced_twice_while_stopped(bot: Bot, hall: tuple[Member, str]) -> None:
    ana, room = hall
    await bot.start()
    await bot.stop()
    second = await upgraded(ana, room)
    third = await upgraded(ana, second)
    await bot.start()
    await bot.kept.until(lambda: bot.kept.of(RoomOpened, third))
    assert list(await bot.kept.rooms("matrix")) == [third]
    await ana.say(third, "here")
    await bot.kept.until(lambda: bot.kept.texts() == ["here"])


@VERSIONS
async def test_a_room_of_a_space_is_followed(bot: Bot, new_member: NewMember, version: str) -> None:
    """Restricted to the space, which then lists the new room, as clients have it."""
    ana, space, _ = await in_a_space(bot, new_member, "Hall")
    room = await restricted(ana, space)
    await ana.add_to_space(space, room)
    await bot.kept.until(lambda: bot.kept.of(RoomOpened, room))
    new = await upgraded(ana, room, version)
    await ana.add_to_space(space, new)
    await take_out(ana, space, room)
    await bot.kept.until(lambda: bot.kept.of(RoomOpened, new) and room not in _ours(bot))
    await ana.say(new, "here")
    await bot.kept.until(lambda: bot.kept.texts() == ["here"])
    assert [(e.room, e.successor) for e in bot.kept.of(RoomReplaced)] == [(room, new)]


def _ours(bot: Bot) -> set[str]:
    closed = {e.room for e in bot.kept.events if isinstance(e, RoomClosed | RoomReplaced)}
    return {o.room for o in bot.kept.of(RoomOpened)} - closed


@VERSIONS
async def test_a_room_that_wants_an_invitation(bot: Bot, new_member: NewMember, version: str) -> None:
    ana, ben = await new_member("ana"), await new_member("ben")
    room = await ana.create_room("Hall", invite=[bot.user_id, ben.user_id], room_version=version)
    await ben.join(room)
    side = await ana.create_room("Side", public=True)
    bot.places = [MatrixPlaces(slug="potters", rooms=(room, side))]
    bot.friends = {ana.user_id}
    await bot.start()
    await bot.kept.until(lambda: bot.kept.of(RoomOpened, room))
    new = await upgraded(ana, room, version)
    await asyncio.sleep(0.5)
    await ana.say(side, "a word")
    await bot.kept.until(lambda: bot.kept.of(RoomReplaced))
    assert [(e.successor, e.followed) for e in bot.kept.of(RoomReplaced)] == [(new, False)]
    # Once is enough, also after a restart; then somebody lets it in, be it nobody the configuration names.
    await bot.stop()
    await bot.start()
    assert len(bot.kept.of(RoomReplaced)) == 1
    await ana.set_power(new, ben.user_id, 50)
    await ana.invite(new, ben.user_id)
    await ben.join(new)
    await ben.invite(new, bot.user_id)
    await bot.kept.until(lambda: bot.kept.of(RoomOpened, new))
    assert [e.followed for e in bot.kept.of(RoomReplaced)] == [False, True]
    await ben.say(new, "here")
    await bot.kept.until(lambda: "here" in bot.kept.texts(new))


async def test_a_successor_that_knows_nothing_of_it(bot: Bot, hall: tuple[Member, str]) -> None:
    """A room is named as the successor of ours, and does not say so itself: it is left again."""
    ana, room = hall
    side = await ana.create_room("Side", public=True)
    bot.places = [MatrixPlaces(slug="potters", rooms=(room, side))]
    await bot.start()
    trap = await ana.create_room("Trap", public=True)
    await ana.set_state(room, "m.room.tombstone", {"body": "moved", "replacement_room": trap})
    await ana.wait_for(lambda e: e["state_key"] == bot.user_id and e["content"]["membership"] == "leave", trap)
    await ana.say(trap, "unheard")
    await ana.say(side, "heard")
    await bot.kept.until(lambda: "heard" in bot.kept.texts())
    assert bot.kept.texts() == ["heard"]
    assert [(e.room, e.followed) for e in bot.kept.of(RoomReplaced)] == [(room, False)]


@pytest.mark.parametrize("successor", [5, "", "#hall:localhost", "!" + "x" * 300, {"room": "!a:b"}])
async def test_a_tombstone_that_leads_nowhere(bot: Bot, hall: tuple[Member, str], successor: object) -> None:
    ana, room = hall
    await bot.start()
    await ana.set_state(room, "m.room.tombstone", {"body": "moved", "replacement_room": successor})
    await ana.say(room, "still here")
    await bot.kept.until(lambda: bot.kept.texts() == ["still here"])
    assert not bot.kept.of(RoomReplaced)


async def test_a_space_is_followed(bot: Bot, new_member: NewMember) -> None:
    ana, space, (hall,) = await in_a_space(bot, new_member, "Hall")
    await ana.set_state(space, "m.room.join_rules", {"join_rule": "public"})
    new = await upgraded(ana, space)
    await arrived(ana, bot, new)
    side = await ana.create_room("Side", public=True)
    await ana.add_to_space(new, hall)
    await ana.add_to_space(new, side)
    await bot.kept.until(lambda: bot.kept.of(RoomOpened, side))
    await ana.say(hall, "here")
    await bot.kept.until(lambda: bot.kept.texts() == ["here"])
    assert not bot.kept.of(RoomReplaced)


# -- aliases -------------------------------------------------------------------------------------------------


async def named(bot: Bot, new_member: NewMember) -> tuple[Member, str, str]:
    ana = await new_member("ana")
    room = await ana.create_room("Hall", public=True)
    name = ana.account.localpart
    await alias(ana, name, room)
    bot.places = [MatrixPlaces(slug="potters", rooms=(f"#{name}:localhost",))]
    await bot.start()
    await bot.kept.until(lambda: bot.kept.of(RoomOpened, room))
    return ana, room, name


async def test_an_alias_that_leads_to_another_room(bot: Bot, new_member: NewMember) -> None:
    ana, room, name = await named(bot, new_member)
    other = await ana.create_room("Other", public=True)
    await no_alias(ana, name)
    await alias(ana, name, other)
    # Clients say in the room how it is called now.
    await ana.set_state(room, "m.room.canonical_alias", {})
    await bot.kept.until(lambda: bot.kept.of(RoomOpened, other))
    assert [e.room for e in bot.kept.of(RoomClosed)] == [room]
    await ana.say(room, "unheard")
    await ana.say(other, "heard")
    await bot.kept.until(lambda: "heard" in bot.kept.texts())
    assert bot.kept.texts() == ["heard"]


async def test_an_alias_removed_costs_no_room(bot: Bot, new_member: NewMember) -> None:
    ana, room, name = await named(bot, new_member)
    await no_alias(ana, name)
    await ana.set_state(room, "m.room.canonical_alias", {})
    await ana.say(room, "one")
    await bot.kept.until(lambda: bot.kept.texts() == ["one"])
    await bot.stop()
    await ana.say(room, "two")
    await bot.start()
    await bot.kept.until(lambda: bot.kept.texts() == ["one", "two"])
    assert [(o.main, o.community) for o in bot.kept.of(RoomOpened)] == [(True, "potters")] * 2
    assert not bot.kept.of(RoomClosed)


async def test_an_alias_follows_an_upgrade_while_stopped(bot: Bot, new_member: NewMember) -> None:
    ana, room, name = await named(bot, new_member)
    await bot.stop()
    new = await upgraded(ana, room)
    answer = await ana.request("GET", f"{CLIENT}/directory/room/%23{name}%3Alocalhost")
    assert answer["room_id"] == new
    await bot.start()
    await bot.kept.until(lambda: bot.kept.of(RoomOpened, new))
    assert [(e.room, e.successor, e.followed) for e in bot.kept.of(RoomReplaced)] == [(room, new, True)]


# -- rooms where it may not write ----------------------------------------------------------------------------


@VERSIONS
async def test_where_only_some_may_write(bot: Bot, new_member: NewMember, version: str) -> None:
    ana = await new_member("ana")
    room = await ana.create_room("Hall", public=True, room_version=version)
    bot.places = [MatrixPlaces(slug="potters", rooms=(room,))]
    await bot.start()
    await ana.set_power(room, bot.user_id, -1)
    with pytest.raises(Barred):
        await bot.platform.post(room, words("one"), key="one")
    await ana.set_power(room, bot.user_id, 0)
    await bot.platform.post(room, words("one"), key="one")
    levels = await ana.state(room, "m.room.power_levels")
    await ana.set_state(room, "m.room.power_levels", {**levels, "events_default": 50})
    with pytest.raises(Barred):
        await bot.platform.post(room, words("two"), key="two")
    await ana.kick(room, bot.user_id)
    with pytest.raises(Barred):
        await bot.platform.post(room, words("two"), key="two")


@pytest.mark.parametrize("creator", ["one", "additional"])
async def test_creators_of_version_12_have_every_power(bot: Bot, new_member: NewMember, creator: str) -> None:
    """They stand in no list of levels, and cannot be put there."""
    ana, ben = await new_member("ana"), await new_member("ben")
    body: dict[str, Any] = {"preset": "public_chat", "room_version": "12"}
    if creator == "additional":
        body["creation_content"] = {"additional_creators": [ben.user_id]}
    room = str((await ana.request("POST", f"{CLIENT}/createRoom", body))["room_id"])
    await ben.join(room)
    bot.places = [MatrixPlaces(slug="potters", rooms=(room,))]
    await bot.start()
    levels = await ana.state(room, "m.room.power_levels")
    assert not {ana.user_id, ben.user_id} & set(levels.get("users", {}))
    assert await bot.platform.level(room, ana.user_id) == 100
    assert await bot.platform.level(room, ben.user_id) == (100 if creator == "additional" else 0)
    with pytest.raises(MatrixError):
        await ana.set_power(room, ana.user_id, 0)
    assert isinstance(bot.kept.events[0], RoomOpened | MessagePosted)


# -- what the check says -------------------------------------------------------------------------------------


async def check(bot: Bot) -> list[tuple[bool, str, str]]:
    settings = MatrixSettings(
        homeserver=bot.url, user_id=bot.user_id, access_token=SecretStr(bot.account.access_token)
    )
    found = await examine(settings, bot.places)
    said = [(f.ok, f.id.removeprefix("check-matrix-"), f.variables.get("room", "")) for f in found[2:]]
    return [each for each in said if "pin" not in each[1]]


async def test_what_the_check_says_of_rooms(bot: Bot, hall: tuple[Member, str]) -> None:
    ana, room = hall
    door = await ana.create_room("Door")
    await ana.set_state(door, "m.room.join_rules", {"join_rule": "knock"})
    bot.places = [MatrixPlaces(slug="potters", rooms=(room, door))]
    await bot.start()
    new = await upgraded(ana, room)
    await bot.kept.until(lambda: bot.kept.of(RoomOpened, new))
    well = [(True, "followed", room), (True, "joined", new), (True, "may-post", new), (False, "knocked", door)]
    assert await check(bot) == well
    await ana.set_power(new, bot.user_id, -1)
    assert (False, "may-not-post", new) in await check(bot)
    last = await upgraded(ana, new)
    await arrived(ana, bot, last)
    await ana.kick(last, bot.user_id)
    assert (False, "replaced", new) in await check(bot)

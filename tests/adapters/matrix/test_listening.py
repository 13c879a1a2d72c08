"""What a bot hears of a real homeserver: all of it, once, and only what is meant for it."""

from __future__ import annotations

import asyncio
from random import Random

from adapters.matrix.settings import MatrixPlaces
from bot.chat.content import File
from bot.chat.events import (
    MemberJoined,
    MemberLeft,
    MemberRenamed,
    MessagePosted,
    MessageRemoved,
    ReactionAdded,
    RoomClosed,
    RoomOpened,
)
from tests.adapters.matrix.conftest import Bot
from tests.synapse.fixtures import NewMember
from tests.synapse.member import Member


async def in_a_room(bot: Bot, new_member: NewMember) -> tuple[Member, str]:
    """A facilitator and a bot that listens, in the community's only room."""
    ana = await new_member("ana")
    room = await ana.create_room("Hall", invite=[bot.user_id])
    bot.places = [MatrixPlaces(slug="potters", rooms=(room,))]
    bot.friends = {ana.user_id}
    await bot.start()
    await bot.kept.until(lambda: bot.kept.of(RoomOpened, room))
    return ana, room


async def test_first_start_hears_no_history(bot: Bot, new_member: NewMember) -> None:
    ana, ben = await new_member("ana"), await new_member("ben")
    room = await ana.create_room("Hall", invite=[bot.user_id, ben.user_id])
    await ben.join(room)
    for number in range(5):
        await ana.say(room, f"!veillee help {number}")
    await ana.request("POST", f"/_matrix/client/v3/rooms/{room}/invite", {"user_id": bot.user_id})
    bot.places = [MatrixPlaces(slug="potters", rooms=(room,))]
    await bot.start()
    (opened,) = bot.kept.of(RoomOpened)
    assert (opened.room, opened.community, opened.main, opened.name) == (room, "potters", True, "Hall")
    assert {(s.person, s.name) for s in opened.members} == {
        (ana.user_id, ana.account.localpart),
        (ben.user_id, ben.account.localpart),
    }
    assert len(bot.kept.events) == 1
    await ana.say(room, "now")
    await bot.kept.until(lambda: bot.kept.texts() == ["now"])


async def test_invited_while_listening(bot: Bot, new_member: NewMember) -> None:
    ana, eve = await new_member("ana"), await new_member("eve")
    hall = await ana.create_room("Hall")
    bot.places = [MatrixPlaces(slug="potters", rooms=(hall,))]
    bot.friends = {ana.user_id}
    await bot.start()
    await ana.say(hall, "before the bot")
    trap = await eve.create_room("Trap", invite=[bot.user_id])
    await ana.invite(hall, bot.user_id)
    await bot.kept.until(lambda: bot.kept.of(RoomOpened, hall))
    await ana.say(hall, "after")
    await bot.kept.until(lambda: "after" in bot.kept.texts())
    assert bot.kept.texts() == ["after"]
    opened = bot.kept.of(RoomOpened)[0]
    assert opened.person == ana.user_id
    await eve.wait_for(lambda e: e["state_key"] == bot.user_id and e["content"]["membership"] == "leave", trap)


async def test_joins_during_arrival_are_newcomers(bot: Bot, new_member: NewMember) -> None:
    ana, ben, cleo = [await new_member(name) for name in ("ana", "ben", "cleo")]
    hall = await ana.create_room("Hall", public=True)
    await ben.join(hall)
    bot.places = [MatrixPlaces(slug="potters", rooms=(hall,))]
    await bot.start()
    await bot.kept.until(lambda: bot.kept.of(RoomOpened, hall))
    await cleo.join(hall)
    await ben.set_name("Benoît")
    await bot.kept.until(lambda: bot.kept.of(MemberRenamed))
    assert {s.person for s in bot.kept.of(RoomOpened)[0].members} == {ana.user_id, ben.user_id}
    (joined,) = bot.kept.of(MemberJoined)
    assert (joined.person, joined.name) == (cleo.user_id, cleo.account.localpart)
    assert bot.kept.of(MemberRenamed)[0].name == "Benoît"
    await cleo.leave(hall)
    await bot.kept.until(lambda: bot.kept.of(MemberLeft))
    assert bot.kept.of(MemberLeft)[0].person == cleo.user_id


async def test_every_kind_of_message(bot: Bot, new_member: NewMember) -> None:
    ana, room = await in_a_room(bot, new_member)
    first = await ana.say(room, "first")
    await ana.edit(room, first, "changed")
    reply = await ana.say(room, "> <@x:y> old words\n\nreply", reply_to=first)
    thread = await ana.say(room, "in the thread", thread=first)
    both = await ana.say(room, "reply in the thread", thread=first, reply_to=thread)
    called = await ana.say(room, f"{bot.account.localpart}: help", mentions=[bot.user_id])
    await ana.send_voice(room, b"OggS")
    reaction = await ana.react(room, first, "👍")
    await bot.kept.until(lambda: bot.kept.of(ReactionAdded))  # taken back at once, it would never be seen
    await ana.redact(room, reaction)
    await bot.kept.until(lambda: bot.kept.of(MessageRemoved))
    posted = {e.id: e for e in bot.kept.of(MessagePosted)}
    assert [e.text for e in posted.values()] == [
        "first", "reply", "in the thread", "reply in the thread", f"@{bot.account.localpart}: help", "",
    ]  # fmt: skip
    assert (posted[reply].answers, posted[reply].thread) == (first, "")
    assert (posted[thread].answers, posted[thread].thread) == ("", first)
    assert (posted[both].answers, posted[both].thread) == (thread, first)
    assert [e.id for e in posted.values() if e.mentions_bot] == [called]
    voice = list(posted.values())[-1].files[0]
    assert (voice.mime, voice.uri[:6], voice.data) == ("audio/ogg", "mxc://", b"")
    assert isinstance(voice, File)
    (reacted,) = bot.kept.of(ReactionAdded)
    assert (reacted.message, reacted.emoji) == (first, "👍")
    assert bot.kept.of(MessageRemoved)[0].message == reaction
    assert all(e.name == ana.account.localpart and not e.direct for e in posted.values())


async def test_gap_of_600_with_kills(bot: Bot, new_member: NewMember) -> None:
    bot.timeline_limit = 10
    ana, room = await in_a_room(bot, new_member)
    chance = Random(11)
    total = 600

    async def talk() -> None:
        for start in range(0, total, 20):
            await asyncio.gather(*(ana.say(room, f"m{n}") for n in range(start, start + 20)))

    talking = asyncio.create_task(talk())
    kills = 0
    while not talking.done() or kills < 8:
        await asyncio.sleep(chance.uniform(0.02, 0.5))
        await bot.stop()
        kills += 1
        await asyncio.sleep(chance.uniform(0, 0.6))
        await bot.start(listening=chance.random() < 0.5)
    await talking
    await bot.kept.until(lambda: len(set(bot.kept.texts())) == total, 30)
    await asyncio.sleep(0.3)
    ids = [e.id for e in bot.kept.of(MessagePosted)]
    assert len(ids) == len(set(ids)) == total
    assert sorted(bot.kept.texts()) == sorted(f"m{n}" for n in range(total))


async def test_arrivals_and_departures_while_down_behind_a_gap(bot: Bot, new_member: NewMember) -> None:
    bot.timeline_limit = 5
    ana, room = await in_a_room(bot, new_member)
    ben, cleo = await new_member("ben"), await new_member("cleo")
    for member in (ben, cleo):
        await ana.invite(room, member.user_id)
    await ben.join(room)
    await bot.kept.until(lambda: bot.kept.of(MemberJoined))
    await bot.stop()
    await cleo.join(room)
    await cleo.set_name("Cléo")
    await ben.leave(room)
    for number in range(20):
        await ana.say(room, f"{number}")
    await bot.start()
    await bot.kept.until(lambda: "19" in bot.kept.texts())
    assert bot.kept.texts() == [str(n) for n in range(20)]
    assert [e.person for e in bot.kept.of(MemberJoined)] == [ben.user_id, cleo.user_id]
    assert [e.person for e in bot.kept.of(MemberLeft)] == [ben.user_id]
    assert [e.name for e in bot.kept.of(MemberRenamed)] == ["Cléo"]
    arrived = await ana.wait_for(lambda e: e["sender"] == cleo.user_id, room)
    assert bot.kept.of(MemberJoined)[-1].id == arrived["event_id"]


async def test_put_out_and_let_in_again(bot: Bot, new_member: NewMember) -> None:
    ana, room = await in_a_room(bot, new_member)
    await ana.say(room, "one")
    await ana.kick(room, bot.user_id)
    await bot.kept.until(lambda: bot.kept.of(RoomClosed))
    assert bot.kept.of(RoomClosed)[0].person == ana.user_id
    await ana.say(room, "unheard")
    await ana.invite(room, bot.user_id)
    await bot.kept.until(lambda: len(bot.kept.of(RoomOpened)) == 2)
    await ana.say(room, "two")
    await bot.kept.until(lambda: "two" in bot.kept.texts())
    assert bot.kept.texts() == ["one", "two"]


async def test_put_out_while_down(bot: Bot, new_member: NewMember) -> None:
    ana, room = await in_a_room(bot, new_member)
    await bot.stop()
    await ana.say(room, "last words")
    await ana.kick(room, bot.user_id)
    await bot.start()
    await bot.kept.until(lambda: bot.kept.of(RoomClosed))
    assert bot.kept.of(RoomClosed)[0].room == room


async def test_private_words(bot: Bot, new_member: NewMember) -> None:
    ana, _ = await in_a_room(bot, new_member)
    eve = await new_member("eve")
    strange = await eve.create_room("", direct=True, invite=[bot.user_id])
    private = await ana.create_room("", direct=True, invite=[bot.user_id])
    await ana.say(private, "help")  # before the bot has come
    await bot.kept.until(lambda: bot.kept.texts() == ["help"])
    asked = bot.kept.of(MessagePosted)[0]
    assert (asked.direct, asked.room, asked.name) == (True, private, ana.account.localpart)
    await eve.wait_for(lambda e: e["state_key"] == bot.user_id and e["content"]["membership"] == "leave", strange)
    await bot.stop()
    await ana.say(private, "still there?")
    await bot.start()
    await bot.kept.until(lambda: "still there?" in bot.kept.texts())
    assert bot.kept.of(MessagePosted)[-1].direct
    assert await bot.platform.direct_room(ana.user_id) == private


async def test_invitations_of_the_night(bot: Bot, new_member: NewMember) -> None:
    """Invited while down, and while an earlier life saw the invitation and could not answer it."""
    ana, _ = await in_a_room(bot, new_member)
    await bot.stop()
    private = await ana.create_room("", direct=True, invite=[bot.user_id])
    synced = await Member.request(ana, "GET", "/_matrix/client/v3/sync?timeout=0")  # a place beyond the invitation
    bot.kept.place = str(synced["next_batch"])
    await bot.start()
    await ana.wait_for(lambda e: e["state_key"] == bot.user_id and e["content"]["membership"] == "join", private)
    await ana.say(private, "good morning")
    await bot.kept.until(lambda: "good morning" in bot.kept.texts())


async def test_space_and_rooms_added_later(bot: Bot, new_member: NewMember) -> None:
    ana = await new_member("ana")
    space = await ana.create_room("Potters", space=True, invite=[bot.user_id])
    second = await ana.create_room("Second", public=True)
    first = await ana.create_room("First", public=True)
    nested = await ana.create_room("Nested", space=True, public=True)
    for room, order in ((second, "b"), (first, "a"), (nested, "0")):
        await ana.set_state(space, "m.space.child", {"via": ["localhost"], "order": order}, room)
    bot.places = [MatrixPlaces(slug="potters", space=space)]
    bot.friends = {ana.user_id}
    await bot.start()
    assert {(o.room, o.main) for o in bot.kept.of(RoomOpened)} == {(first, True), (second, False)}

    third = await ana.create_room("Third", invite=[bot.user_id])  # invited first, put into the space later
    await asyncio.sleep(0.5)
    await ana.add_to_space(space, third)
    fourth = await ana.create_room("Fourth", public=True)
    await ana.add_to_space(space, fourth)
    await bot.kept.until(lambda: {o.room for o in bot.kept.of(RoomOpened)} == {first, second, third, fourth})
    await ana.say(third, "hello")
    await bot.kept.until(lambda: "hello" in bot.kept.texts(third))


async def test_room_configured_later_opens(bot: Bot, new_member: NewMember) -> None:
    ana, room = await in_a_room(bot, new_member)
    other = await ana.create_room("Other", public=True)
    await bot.stop()
    bot.places = [MatrixPlaces(slug="potters", rooms=(room, other))]
    await ana.say(room, "meanwhile")
    await bot.start()
    await bot.kept.until(lambda: bot.kept.of(RoomOpened, other))
    await bot.kept.until(lambda: bot.kept.texts() == ["meanwhile"])
    # The rooms known are told again at every start: the configuration may have changed.
    assert [o.main for o in bot.kept.of(RoomOpened, room)] == [True, True]


async def test_the_office_is_a_room_of_its_own_and_never_the_main_one(bot: Bot, new_member: NewMember) -> None:
    ana = await new_member("ana")
    space = await ana.create_room("Potters", space=True, invite=[bot.user_id])
    office = await ana.create_room("Office", public=True)
    hall = await ana.create_room("Hall", public=True)
    for room, order in ((office, "a"), (hall, "b")):
        await ana.set_state(space, "m.space.child", {"via": ["localhost"], "order": order}, room)
    bot.places = [MatrixPlaces(slug="potters", space=space, office=office)]
    bot.friends = {ana.user_id}
    await bot.start()
    opened = {(o.room, o.main, o.office) for o in bot.kept.of(RoomOpened)}
    assert opened == {(hall, True, False), (office, False, True)}

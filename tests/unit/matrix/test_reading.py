"""From answers of a sync to batches, with a server that knows only what a test says."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from random import Random
from typing import Any, cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.matrix.backoff import LONGEST, Backoff
from adapters.matrix.direct import DirectRooms
from adapters.matrix.memory import Known, Read
from adapters.matrix.outbound import Outbound
from adapters.matrix.places import Found, Place
from adapters.matrix.problems import Denied, TokenRefused, problem
from adapters.matrix.reading import Reader
from adapters.matrix.server import Server
from adapters.matrix.succession import Succession
from bot.chat.events import Event, MemberJoined, MemberLeft, MessagePosted, RoomClosed, RoomOpened, RoomReplaced
from bot.ports import TryLater
from tests.unit.matrix.test_inbound import JSON

ME, ANA, BO, ROOM = "@veillee:x", "@ana:x", "@bo:x", "!hall:x"
NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
AT = int(NOW.timestamp() * 1000)


class Clock:
    def now(self) -> datetime:
        return NOW


class Told:
    """A server of few words."""

    account = ME

    def __init__(self, answers: Mapping[str, Any]) -> None:
        self.answers = answers

    async def get(self, *parts: str, query: Any = None, timeout: float = 0) -> Any:
        for end, answer in self.answers.items():
            if "/".join(parts).endswith(end):
                return answer
        raise Denied(403, "M_FORBIDDEN")


def reader(answers: Mapping[str, Any] = {}, *, rosters: bool = True) -> tuple[Reader, Known]:
    server = cast(Server, Told(answers))
    known = Known(
        Found({ROOM: Place("potters", main=True)}, {"!space:x": ()}, {}), DirectRooms(server, Outbound(server))
    )
    if rosters:
        known.rosters[ROOM] = {ME: "Veillée", ANA: "Ana"}
    return Reader(server, Clock(), known), known


def said(text: str, id: str, sender: str = ANA) -> dict[str, Any]:
    content = {"msgtype": "m.text", "body": text}
    return {
        "type": "m.room.message", "event_id": id, "sender": sender, "origin_server_ts": AT, "content": content,
    }  # fmt: skip


AGO = AT - 9000


def member(person: str, membership: str, id: str, was: str = "", **rest: Any) -> dict[str, Any]:
    return {
        "type": "m.room.member", "event_id": id, "sender": person, "state_key": person, "origin_server_ts": AGO,
        "content": {"membership": membership},
        "unsigned": {"prev_content": {"membership": was}} if was else {}, **rest,
    }  # fmt: skip


def joined(*timeline: Any, state: Any = (), limited: bool = False, room: str = ROOM) -> dict[str, Any]:
    shown = {"events": list(timeline), "limited": limited, "prev_batch": "p"}
    return {"next_batch": "s2", "rooms": {"join": {room: {"timeline": shown, "state": {"events": list(state)}}}}}


def short(events: list[Event]) -> list[tuple[type[Event], str, str]]:
    return [(type(e), e.id, e.person) for e in events]


async def test_gap_is_filled_in_order() -> None:
    missed = {"chunk": [said("2", "$2"), said("1", "$1")]}
    reading, _ = reader({"messages": missed, "joined_members": {"joined": {ME: {}, ANA: {}}}})
    read = await reading.read(joined(said("3", "$3"), limited=True), "s1")
    assert [e.text for e in read.events if isinstance(e, MessagePosted)] == ["1", "2", "3"]


async def test_members_that_no_event_shows() -> None:
    """The gap cannot be read at all: who is there is compared with who was."""
    arrived = member(BO, "join", "$b")
    reading, known = reader(
        {
            "joined_members": {"joined": {ME: {}, BO: {"display_name": "Bo"}}},
            f"m.room.member/{BO}": arrived,
            f"m.room.member/{ANA}": member(ANA, "leave", "$a", "join"),
        }
    )
    read = await reading.read(joined(limited=True), "s1")
    assert short(read.events) == [(MemberLeft, "$a", ANA), (MemberJoined, "$b", BO)]
    assert read.events[1].at < NOW
    assert BO not in known.rosters[ROOM]  # not before the batch is kept: it may have to be read again
    again = await reading.read(joined(limited=True), "s1")
    assert short(again.events) == short(read.events)
    read.keep(known)
    assert known.rosters[ROOM] == {ME: "veillee", BO: "Bo"}


async def test_state_shows_what_the_gap_does_not() -> None:
    there: dict[str, Any] = {"joined": {ME: {}, ANA: {}, BO: {}}}
    reading, _ = reader({"messages": {"chunk": []}, "joined_members": there})
    read = await reading.read(joined(said("x", "$x"), state=[member(BO, "join", "$b")], limited=True), "s1")
    assert short(read.events) == [(MemberJoined, "$b", BO), (MessagePosted, "$x", ANA)]


async def test_rooms_that_are_not_ours_are_silent() -> None:
    reading, _ = reader()
    assert (await reading.read(joined(said("x", "$x"), room="!elsewhere:x"), "s1")).events == []
    assert (await reading.read(joined(said("x", "$x"), room="!space:x"), "s1")).events == []
    private = joined(said("x", "$x"), state=[{
        "type": "m.room.create", "sender": ME, "state_key": "", "content": {"veillee.direct": ANA},
    }], room="!mine:x")  # fmt: skip
    (heard,) = (await reading.read(private, "s1")).events
    assert isinstance(heard, MessagePosted)
    assert (heard.direct, heard.name) == (True, "Ana")


async def test_only_whose_room_it_is_speaks_there_in_private() -> None:
    reading, known = reader()
    known.direct.listed({ANA: ["!mine:x"]})
    both = joined(said("mine", "$1"), said("a guest's", "$2", BO), room="!mine:x")
    assert short((await reading.read(both, "s1")).events) == [(MessagePosted, "$1", ANA)]


async def test_change_of_the_space_is_noticed() -> None:
    reading, _ = reader()
    child = {"type": "m.space.child", "state_key": ROOM, "content": {}}
    assert (await reading.read(joined(child, room="!space:x"), "s1")).spaces_changed
    assert not (await reading.read(joined(child, room="!space:x"), "")).spaces_changed


async def test_an_old_invitation_puts_nobody_out() -> None:
    """Synapse sometimes tells of it, as the state, after the join that followed it."""
    reading, known = reader()
    read = await reading.read(joined(said("1", "$1"), state=[member(ANA, "invite", "$old")]), "s1")
    assert short(read.events) == [(MessagePosted, "$1", ANA)]
    read.keep(known)
    assert ANA in known.rosters[ROOM]


async def test_arriving_behind_a_gap() -> None:
    """So much was said since we came in that even our arrival is not in the timeline."""
    mine = member(ME, "join", "$me", "invite")
    missed = {"chunk": [said("2", "$2"), member(BO, "join", "$b"), said("1", "$1"), mine, said("0", "$0")]}
    reading, known = reader({"messages": missed}, rosters=False)
    state = [mine, member(ANA, "join", "$a"), member(BO, "join", "$b")]
    read = await reading.read(joined(said("3", "$3"), state=state, limited=True), "s1")
    opened = read.events[0]
    assert isinstance(opened, RoomOpened)
    assert [s.person for s in opened.members] == [ANA]
    assert [e.id for e in read.events[1:]] == ["$1", "$b", "$2", "$3"]
    read.keep(known)
    assert set(known.rosters[ROOM]) == {ME, ANA, BO}


async def test_a_first_sync_is_history_up_to_our_arrival() -> None:
    """Where we came in since the start. Where we were before, nobody knows what of it was answered in another life."""
    timeline = [said("0", "$0"), member(ME, "join", "$me", "invite"), said("1", "$1")]
    for entered, heard in ({ROOM}, ["$me", "$1"]), (set[str](), ["$me"]):
        reading, known = reader(rosters=False)
        known.entered = entered
        read = await reading.read(joined(*timeline, state=[member(ANA, "join", "$a")]), "")
        assert [e.id for e in read.events] == heard


@pytest.mark.parametrize(("limited", "was_ours"), [(False, True), (True, True), (False, False)])
async def test_what_was_said_in_a_successor_before_we_came(limited: bool, was_ours: bool) -> None:
    """The members were there first, and went on talking. What they came for is no news; nor is what was said there
    for years, where we were never in the room that it replaced."""
    sealed = {**said("x", "$x"), "type": "m.room.encrypted"}
    made = {"type": "m.room.create", "state_key": "", "event_id": "$c", "sender": ANA, "content": {}}
    began = [made, member(ANA, "join", "$a"), member(BO, "join", "$b"), said("0", "$0", BO), sealed]
    mine = member(ME, "join", "$me", "invite")
    old, place = "!before:x", Place("potters", main=True)
    told = {"messages": {"chunk": began[::-1]}, "m.room.create/": {"predecessor": {"room_id": old}}}
    reading, known = reader(told, rosters=False)
    known.found = Found({old: place}, {}, {})
    known.expected = {ROOM: Succession(old, ROOM, "$t", ANA, NOW, (), place)}
    if was_ours:
        known.rosters[old] = {ME: "Veillée", ANA: "Ana", BO: "Bo"}
    shown = [mine, said("1", "$1")] if limited else [*began, mine, said("1", "$1")]
    read = await reading.read(joined(*shown, state=began[:3] if limited else (), limited=limited), "s1")
    followed, opened = read.events[:2]
    assert isinstance(followed, RoomReplaced)
    assert isinstance(opened, RoomOpened)
    assert {s.person for s in opened.members} == {ANA, BO}
    assert [e.id for e in read.events[2:]] == (["$0", "$1"] if was_ours else ["$1"])


async def test_what_replaced_a_configured_room_long_ago_is_history() -> None:
    """Nobody is answered at the first start for what they typed last year."""
    reading, known = reader(rosters=False)
    known.moved = {"!before:x": ROOM}
    timeline = [member(ANA, "join", "$a"), said("!veillee aide", "$0"), member(ME, "join", "$me", "invite")]
    for since in ("", "s1"):
        read = await reading.read(joined(*timeline), since)
        assert [e.id for e in read.events] == ["$me"]


async def test_leaving() -> None:
    reading, known = reader()
    out = member(ME, "leave", "$out", "join", sender=ANA)
    answer = {"next_batch": "s2", "rooms": {"leave": {ROOM: {"timeline": {"events": [said("bye", "$1"), out]}}}}}
    read = await reading.read(answer, "s1")
    assert short(read.events) == [(MessagePosted, "$1", ANA), (RoomClosed, "$out", ANA)]
    read.keep(known)
    assert not known.rosters
    # An invitation taken back is not a room closed.
    taken_back = {"rooms": {"leave": {ROOM: {"timeline": {"events": [member(ME, "leave", "$x", "invite")]}}}}}
    assert (await reading.read(taken_back, "s1")).events == []


@settings(deadline=None)
@given(JSON, st.sampled_from(["join", "leave", "invite"]), st.booleans(), st.sampled_from(["", "s1"]))
async def test_no_answer_breaks_the_reading(odd: Any, kind: str, known_before: bool, since: str) -> None:
    for part in (odd, {"timeline": odd}, {"timeline": {"events": odd}, "state": {"events": [odd]}}, {
        "timeline": {"events": [odd, {"type": "m.room.member", "state_key": ME, "content": odd}], "limited": True},
    }):  # fmt: skip
        reading, _ = reader(rosters=known_before)
        read = await reading.read({"next_batch": odd, "rooms": {kind: {ROOM: part, "!d:x": part}}}, since)
        assert isinstance(read, Read)


def test_backing_off() -> None:
    backoff = Backoff(Random(1))
    waits = [backoff.failed() for _ in range(12)]
    assert all(1 <= wait <= LONGEST for wait in waits)
    assert waits[5] > 20
    assert len(set(waits[7:])) > 1  # jitter
    assert backoff.failed(90) == 90
    backoff.worked()
    assert backoff.failed() <= 1


@pytest.mark.parametrize(
    ("status", "answer", "headers", "expected"),
    [
        (429, {"errcode": "M_LIMIT_EXCEEDED", "retry_after_ms": 1500}, {}, 1.5),
        (429, {}, {"Retry-After": "7"}, 7),
        (429, {}, {"Retry-After": "Wed, 21 Oct 2026 07:28:00 GMT"}, 5),
        (429, {"retry_after_ms": "soon"}, {}, 5),
        (500, {"errcode": "M_UNKNOWN"}, {}, 1),
        (302, {}, {}, 1),
        (404, {}, {}, 1),
        (403, {"errcode": "M_FORBIDDEN"}, {}, Denied),
        (404, {"errcode": "M_NOT_FOUND"}, {}, Denied),
        (413, {}, {}, Denied),
        (401, {"errcode": "M_UNKNOWN_TOKEN", "soft_logout": True}, {}, TokenRefused),
    ],
)
def test_every_failure_is_one_of_two(status: int, answer: Any, headers: Any, expected: Any) -> None:
    found = problem(status, answer, headers, readable=True)
    if isinstance(expected, type):
        assert isinstance(found, expected)
    else:
        assert isinstance(found, TryLater)
        assert found.after == expected

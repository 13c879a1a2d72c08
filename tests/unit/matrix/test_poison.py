"""What a stranger can write to stop everybody, each once. The fuzz is in tests/poison."""

from __future__ import annotations

import json
import time
from datetime import UTC, datetime
from typing import Any, cast

import pytest

from adapters.matrix import power
from adapters.matrix.crypto.encryption import settled
from adapters.matrix.history import MOST_TRIES
from adapters.matrix.inbound import Me, Where, turned
from adapters.matrix.parsing import DEEPEST, parsed
from adapters.matrix.reading import Reader
from bot.app import FEATURES
from bot.chat.events import MessagePosted
from bot.commands import Unknown, find
from bot.ports import NotNow, TryLater
from tests.unit.matrix.test_reading import ANA, ME, ROOM, joined, reader, said

REPLY = {"m.relates_to": {"m.in_reply_to": {"event_id": "$r"}}}


@pytest.mark.parametrize(
    "content",
    [
        {"body": "x", "formatted_body": "<mx-reply>" * 6000},
        {"body": "> <@a>" + "\n>" * 30_000, **REPLY},
        {"body": "x", "formatted_body": "&lt" * 20_000},
        {"body": "x", "formatted_body": "%C3%A9" * 10_000},
    ],
)
def test_no_text_takes_long_to_turn(content: dict[str, Any]) -> None:
    event = said("", "$1") | {"content": {"msgtype": "m.text", **content}}
    began = time.thread_time()
    assert turned(event, Where(ROOM, Me(ME)), datetime.now(UTC)) is not None
    assert time.thread_time() - began < 0.5


@pytest.mark.parametrize("typed", ["a" * 60_000, "a " * 30_000, "\u0130" * 30_000, "rencontre" + " |" * 30_000])
def test_no_text_takes_long_to_be_found_unknown(typed: str) -> None:
    find("aide", FEATURES)
    began = time.thread_time()
    assert isinstance(find(typed, FEATURES), Unknown)
    assert time.thread_time() - began < 0.5


def test_a_quotation_in_html_is_no_mention() -> None:
    link = f'<a href="https://matrix.to/#/{ME}">x</a>'

    def mentions(html: str) -> bool:
        content = {"msgtype": "m.text", "body": "hello", "formatted_body": html}
        event = turned(said("", "$1") | {"content": content}, Where(ROOM, Me(ME)), datetime.now(UTC))
        assert isinstance(event, MessagePosted)
        return event.mentions_bot

    assert not mentions(f"<mx-reply>{link}</mx-reply>hello")
    assert mentions(f"<mx-reply>quoted</mx-reply>{link}")
    assert mentions(f"{link}<mx-reply>never closed")


@pytest.mark.parametrize(
    "odd",
    [
        {"type": ["m.space.child"]}, {"type": "m.room.member", "event_id": {}}, {"event_id": [1]},
        {"sender": ["@ana:x"]}, {"type": "m.room.member", "state_key": []}, [], 5, None, "m.room.message",
    ],
)  # fmt: skip
async def test_events_that_name_things_oddly_cost_no_other(odd: Any) -> None:
    event = said("odd", "$odd") | odd if isinstance(odd, dict) else odd
    there: dict[str, Any] = {"joined": {ME: {}, ANA: {}}}
    reading, _ = reader({"messages": {"chunk": [event, said("1", "$1"), event]}, "joined_members": there})
    answer = joined(event, said("2", "$2"), event, state=[event], limited=True)
    answer["rooms"]["join"]["!space:x"] = joined(event, room="!space:x")["rooms"]["join"]["!space:x"]
    answer["rooms"]["leave"] = {"!out:x": {"timeline": {"events": [event]}, "state": {"events": event}}}
    read = await reading.read(answer, "s1")
    assert [e.text for e in read.events if isinstance(e, MessagePosted)] == ["1", "2"]
    assert read.cursor == "s2"


async def test_a_mistake_of_ours_in_one_room_silences_no_other(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    reading, known = reader()
    known.found = type(known.found)({**known.found.rooms, "!b:x": known.found.rooms[ROOM]}, {}, {})
    known.rosters["!b:x"] = {ME: "Veillée"}
    turn = Reader._turn

    async def mistaken(self: Reader, read: Any, room: str, *rest: Any, **more: Any) -> None:
        if room == ROOM:
            raise KeyError("canary")
        await turn(self, read, room, *rest, **more)

    monkeypatch.setattr(Reader, "_turn", mistaken)
    answer = joined(said("lost", "$1"))
    answer["rooms"]["join"]["!b:x"] = joined(said("heard", "$2"), room="!b:x")["rooms"]["join"]["!b:x"]
    read = await reading.read(answer, "s1")
    assert [e.text for e in read.events if isinstance(e, MessagePosted)] == ["heard"]
    logged = "".join(capsys.readouterr())
    assert "room passed over" in logged
    assert "canary" not in logged


# -- answers that strict readers of JSON refuse whole --------------------------------------------------------


def deep(levels: int, opening: str = '{"a":', closing: str = "}") -> str:
    return opening * levels + "1" + closing * levels


@pytest.mark.parametrize(
    "odd",
    [
        deep(1_000), deep(50_000), deep(20_000, "[", "]"), deep(3_000, '{"\\"}{[":[', "]}"),
        "NaN", "-Infinity", "1e999",
        "9" * 5_000, "-" + "9" * 60_000, '"\\ud800"', '"\\udfff\\ud800"', '"\x01\x7f"', "null",
    ],
)  # fmt: skip
def test_one_odd_value_leaves_the_rest_readable(odd: str) -> None:
    raw = f'{{"next_batch": "s2", "before": ["[{{", "\\\\"], "odd": {odd}, "after": {{"body": "}}]\\""}}}}'.encode()
    read = parsed(raw)
    assert (read["next_batch"], read["before"], read["after"]) == ("s2", ["[{", "\\"], {"body": '}]"'})


@pytest.mark.parametrize("odd", ["NaN", "-Infinity", "1e999", "-1E400"])
def test_numbers_that_are_none_are_nothing(odd: str) -> None:
    assert parsed(f'{{"a": [{odd}, 1.5]}}'.encode()) == {"a": [None, 1.5]}
    assert parsed(f'{{"a": [{odd}, {"9" * 5_000}]}}'.encode()) == {"a": [None, None]}


def test_bytes_that_are_no_text() -> None:
    assert parsed(b'{"body": "a\xff\xfe", "next_batch": "s2"}')["next_batch"] == "s2"


def test_what_is_within_reach_is_all_there() -> None:
    held = deep(DEEPEST - 5)
    assert parsed(f'{{"a": {held}, "b": {deep(2_000)}}}'.encode())["a"] == json.loads(held)


@pytest.mark.parametrize("raw", [b"", b"{", b'{"a": "b', b'{"a": [1, 2', b"<html>", b'{"a": "\\', b'["\\"' * 9_000])
def test_what_is_cut_off_is_not_read(raw: bytes) -> None:
    began = time.thread_time()
    with pytest.raises(ValueError):  # noqa: PT011  whichever
        parsed(raw)
    assert time.thread_time() - began < 1
    with pytest.raises(ValueError):  # noqa: PT011
        parsed(deep(5_000).encode()[:-10])


@pytest.mark.parametrize(
    ("given", "level"),
    [("50", 50), (50.0, 50), (10**400, 100), (-5, 0), ("9" * 5_000, 0), (float("nan"), 0), (float("inf"), 0), ([], 0),
     ({}, 0), (None, 0), ("fifty", 0), (True, 1)],
)  # fmt: skip
def test_levels_of_every_kind(given: object, level: int) -> None:
    assert power.level({"users": {ANA: given}}, {}, ANA) == level


@pytest.mark.parametrize("version", ["9" * 5_000, "", 12, None, [], "١٢", "12.5"])
def test_versions_of_every_kind(version: object) -> None:
    create = {"sender": ANA, "content": {"room_version": version, "additional_creators": 7}}
    assert power.creators(cast(Any, create)) in (set(), {ANA})


async def test_words_that_are_called_a_change_of_the_room_change_nothing() -> None:
    reading, _ = reader()
    pretended = said("x", "$1") | {"type": "m.room.encryption", "content": {"algorithm": "m.megolm.v1.aes-sha2"}}
    read = await reading.read(joined(pretended), "s1")
    assert not read.encrypted
    for other in ("a name", None, ["a"], 7):
        assert not (await reading.read(joined(pretended | {"state_key": other}), "s1")).encrypted
    assert (await reading.read(joined(pretended | {"state_key": ""}), "s1")).encrypted == {ROOM}
    child = pretended | {"type": "m.space.child"}
    assert not (await reading.read(joined(child, room="!space:x"), "s1")).spaces_changed


async def test_a_gap_that_the_server_fails_at_does_not_deafen_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    reading, _ = reader({"joined_members": {"joined": {ME: {}, ANA: {}}}})
    problems: list[TryLater] = [NotNow("down")] * 50 + [TryLater("status 500")] * MOST_TRIES

    async def failing(*parts: str, query: Any = None, timeout: float = 0) -> Any:
        if parts[-1] == "messages":
            raise problems.pop(0)
        return {"joined": {ME: {}, ANA: {}}}

    monkeypatch.setattr(reading._server, "get", failing)
    answer = joined(said("2", "$2"), limited=True)
    for _ in range(50 + MOST_TRIES - 1):
        with pytest.raises(TryLater):
            await reading.read(answer, "s1")
    read = await reading.read(answer, "s1")
    assert [e.text for e in read.events if isinstance(e, MessagePosted)] == ["2"]
    assert not problems


def test_what_a_room_says_about_its_encryption_can_be_kept() -> None:
    deep_down = json.loads(deep(900))
    sound = {"algorithm": "m.megolm.v1.aes-sha2", "rotation_period_ms": 604800000}
    assert settled({**sound, "x": deep_down, "y": 10**400, "z": 1.5, "a": [], "b": None}) == sound

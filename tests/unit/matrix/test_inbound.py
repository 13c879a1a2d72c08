"""From Matrix's events to what happened, without a server."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.matrix.inbound import Me, Where, turned
from bot.chat.content import File
from bot.chat.events import (
    MemberJoined,
    MemberLeft,
    MemberRenamed,
    MessagePosted,
    MessageRemoved,
    ReactionAdded,
)

ME, ANA, ROOM = "@veillee:example.org", "@ana:example.org", "!hall:example.org"
NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
MS = int(NOW.timestamp() * 1000)
WHERE = Where(ROOM, Me(ME, "Veillée d'atelier"), names={ANA: "Ana", ME: "Veillée d'atelier"})


def event(kind: str, content: Any, **rest: Any) -> dict[str, Any]:
    return {
        "type": kind, "content": content, "event_id": "$e", "sender": ANA, "origin_server_ts": MS - 5000, **rest,
    }  # fmt: skip


def posted(_where: Where = WHERE, /, **content: Any) -> MessagePosted | None:
    said = turned(event("m.room.message", {"msgtype": "m.text", "body": "hello", **content}), _where, NOW)
    assert said is None or isinstance(said, MessagePosted)
    return said


def member(membership: str, before: dict[str, Any] | None = None, **content: Any) -> Any:
    unsigned = {"prev_content": before} if before else {}
    raw = event("m.room.member", {"membership": membership, **content}, state_key="@bo:x", unsigned=unsigned)
    return turned(raw, WHERE, NOW)


def test_text() -> None:
    assert posted() == MessagePosted(
        id="$e", platform="matrix", room=ROOM, person=ANA, at=NOW - timedelta(seconds=5), text="hello", name="Ana"
    )
    assert posted(msgtype="m.emote") is not None
    assert posted(msgtype="m.notice") is None
    assert turned(event("m.room.message", {"msgtype": "m.text", "body": "x"}, sender=ME), WHERE, NOW) is None
    direct = posted(Where(ROOM, Me(ME), direct=True))
    assert direct is not None
    assert (direct.direct, direct.name) == (True, "ana")


def test_edits_are_not_messages() -> None:
    assert posted(**{"m.relates_to": {"rel_type": "m.replace", "event_id": "$o"}, "body": "* hello"}) is None


@pytest.mark.parametrize(
    ("relation", "answers", "thread"),
    [
        ({"m.in_reply_to": {"event_id": "$r"}}, "$r", ""),
        ({"rel_type": "m.thread", "event_id": "$t"}, "", "$t"),
        ({"rel_type": "m.thread", "event_id": "$t", "is_falling_back": True,
          "m.in_reply_to": {"event_id": "$r"}}, "", "$t"),
        ({"rel_type": "m.thread", "event_id": "$t", "is_falling_back": False,
          "m.in_reply_to": {"event_id": "$r"}}, "$r", "$t"),
        ({"rel_type": "m.thread", "event_id": "$t", "m.in_reply_to": {"event_id": "$r"}}, "$r", "$t"),
        ({"rel_type": "m.reference", "event_id": "$t"}, "", ""),
    ],
)  # fmt: skip
def test_replies_and_threads(relation: dict[str, Any], answers: str, thread: str) -> None:
    said = posted(**{"m.relates_to": relation})
    assert said is not None
    assert (said.answers, said.thread) == (answers, thread)


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("> <@ana:x> old\n> older\n\nnew", "new"),
        ("> * <@ana:x> waves\n\nnew\n\nlines", "new\n\nlines"),
        ("> a quotation of my own\n\nand a thought", "> a quotation of my own\n\nand a thought"),
        ("plain", "plain"),
        ("> <@ana:x> nothing after", ""),
    ],
)
def test_reply_without_the_quotation(body: str, text: str) -> None:
    said = posted(body=body, **{"m.relates_to": {"m.in_reply_to": {"event_id": "$r"}}})
    assert said is not None
    assert said.text == text
    alone = posted(body=body)
    assert alone is not None
    assert alone.text == body


CALLED = {"m.mentions": {"user_ids": [ME]}}
PILL = '<a href="https://matrix.to/#/@veillee:example.org">Veillée d\'atelier</a> aide'
ENCODED = '<a href="https://matrix.to/#/%40veillee%3Aexample.org">x</a>'
REPLY = {"m.relates_to": {"m.in_reply_to": {"event_id": "$r"}}}


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ({"body": "Veillée d'atelier: aide", **CALLED}, "@veillee: aide"),
        ({"body": "Veillée d'atelier aide", **CALLED}, "@veillee: aide"),
        ({"body": "Veillée d'atelier: aide", "formatted_body": PILL}, "@veillee: aide"),
        ({"body": "Veillée D'ATELIER, aide"}, "@veillee: aide"),
        ({"body": "@veillee:example.org: aide"}, "@veillee: aide"),
        ({"body": "veillee: nouvelle rencontre\nsuite"}, "@veillee: nouvelle rencontre\nsuite"),
        ({"body": "aide @veillee", **CALLED}, "@veillee: aide @veillee"),
        ({"body": "x", "formatted_body": ENCODED}, "@veillee: x"),
        ({"body": "veillee"}, "@veillee: "),
        ({"body": "veillee: aide", **CALLED, **REPLY}, "@veillee: aide"),
    ],
)
def test_being_called(content: dict[str, Any], text: str) -> None:
    said = posted(**content)
    assert said is not None
    assert said.mentions_bot
    assert said.text.strip() == text.strip()


@pytest.mark.parametrize(
    "content",
    [
        {"body": "Veillée d'atelier de jeudi"},
        {"body": "my veillee: notes"},
        {"body": "merci !", **CALLED, **REPLY},  # clients count who is replied to as mentioned
        {"body": "hello", "m.mentions": {"room": True}},
        {"body": "hello", "m.mentions": {"user_ids": ["@veillee:example.com"]}},
        {"body": "ok", "formatted_body": f"<mx-reply>{PILL}</mx-reply>ok", **REPLY},
        {"body": "hello", "m.mentions": []},
    ],
)
def test_not_being_called(content: dict[str, Any]) -> None:
    said = posted(**content)
    assert said is not None
    assert not said.mentions_bot
    assert said.text == content["body"]


def test_files() -> None:
    def file(**content: Any) -> tuple[str, tuple[File, ...]] | None:
        said = posted(url="mxc://x/1", info={"mimetype": "audio/ogg"}, **content)
        return (said.text, said.files) if said else None

    voice = File("Voice message", "audio/ogg", uri="mxc://x/1")
    assert file(msgtype="m.audio", body="Voice message") == ("", (voice,))
    assert file(msgtype="m.file", body="a.ogg", filename="a.ogg") == (
        "", (File("a.ogg", "audio/ogg", uri="mxc://x/1"),),
    )  # fmt: skip
    captioned = file(msgtype="m.image", body="Our hall", filename="a.png")
    assert captioned == ("Our hall", (File("a.png", "audio/ogg", uri="mxc://x/1"),))
    assert posted(msgtype="m.file", body="a", url="https://elsewhere/x") is None
    assert posted(msgtype="m.file", body="a") is None
    bare = posted(msgtype="m.file", body="", url="mxc://x/1", info=3)
    assert bare is not None
    assert bare.files == (File("file", "application/octet-stream", uri="mxc://x/1"),)


def test_reactions_and_removals() -> None:
    relation = {"rel_type": "m.annotation", "event_id": "$m", "key": "👍"}
    reacted = turned(event("m.reaction", {"m.relates_to": relation}), WHERE, NOW)
    assert isinstance(reacted, ReactionAdded)
    assert (reacted.message, reacted.emoji) == ("$m", "👍")
    for key in ("", 7, None):
        assert turned(event("m.reaction", {"m.relates_to": {**relation, "key": key}}), WHERE, NOW) is None
    for raw in (
        event("m.room.redaction", {}, redacts="$m"),
        event("m.room.redaction", {"redacts": "$m", "reason": "x"}),
    ):
        removed = turned(raw, WHERE, NOW)
        assert isinstance(removed, MessageRemoved)
        assert (removed.message, removed.person) == ("$m", ANA)


def test_members() -> None:
    was = {"membership": "join", "displayname": "Bo"}
    arrived = member("join", displayname="Bo")
    assert isinstance(arrived, MemberJoined)
    assert (arrived.person, arrived.name, arrived.id) == ("@bo:x", "Bo", "$e")
    assert isinstance(member("join", {"membership": "invite"}), MemberJoined)
    assert isinstance(member("join", {"membership": "leave"}), MemberJoined)
    assert isinstance(member("join", was, displayname="Robert"), MemberRenamed)
    assert member("join", was, displayname="Bo", avatar_url="mxc://new") is None
    assert isinstance(member("leave", was), MemberLeft)
    assert isinstance(member("ban", was), MemberLeft)
    for nothing in (
        member("leave", {"membership": "invite"}), member("invite"), member("knock"), member("ban"),
        member("leave", {"membership": "ban"}),
    ):  # fmt: skip
        assert nothing is None
    nameless = member("join", displayname=None)
    assert isinstance(nameless, MemberJoined)
    assert nameless.name == "bo"
    turning = member("join", displayname="A\u202enA\u200b\x07\n")
    assert isinstance(turning, MemberJoined)
    assert turning.name == "AnA"
    unseen = member("join", displayname="\u2066\u200b\u2060")
    assert isinstance(unseen, MemberJoined)
    assert unseen.name == "bo"
    own = event("m.room.member", {"membership": "join"}, state_key=ME)
    assert turned(own, WHERE, NOW) is None


def test_membership_before_as_we_knew_it() -> None:
    """Where the server does not say what was before."""
    raw = event("m.room.member", {"membership": "join", "displayname": "Ana B"}, state_key=ANA)
    assert isinstance(turned(raw, WHERE, NOW), MemberRenamed)
    gone = event("m.room.member", {"membership": "leave"}, state_key=ANA)
    assert isinstance(turned(gone, WHERE, NOW), MemberLeft)


def test_a_clock_that_runs_ahead() -> None:
    for stamp in (MS + 10**9, 10**30, 1e300):
        said = turned(
            event("m.room.message", {"msgtype": "m.text", "body": "x"}, origin_server_ts=stamp), WHERE, NOW
        )
        assert said is not None
        assert said.at == NOW
    strange: tuple[Any, ...] = (None, "1", True, [], float("nan"))
    for odd in strange:
        turned(event("m.room.message", {"msgtype": "m.text", "body": "x"}, origin_server_ts=odd), WHERE, NOW)


def test_text_that_no_database_keeps() -> None:
    said = posted(body="a\ud800b\x00c")
    assert said is not None
    assert said.text.encode() == b"a?bc"
    assert posted(body={"not": "text"}) is None
    assert (
        turned(event("m.room.message", {"msgtype": "m.text", "body": "x"}, event_id="$\ud800"), WHERE, NOW) is None
    )


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8)
    | st.sampled_from(["$e", ANA, ME, "m.thread", "m.annotation", "join", "leave", "m.text", "m.file", "mxc://x/y"]),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(
        st.sampled_from([
            "body", "msgtype", "m.relates_to", "rel_type", "event_id", "key", "m.mentions", "user_ids",
            "membership", "displayname", "formatted_body", "m.in_reply_to", "url", "info", "filename",
            "redacts", "prev_content",
        ]),
        inner, max_size=5,
    ),
    max_leaves=25,
)  # fmt: skip


@settings(deadline=None)
@given(
    st.sampled_from(["m.room.message", "m.room.member", "m.reaction", "m.room.redaction", "m.other"]),
    JSON, JSON, JSON, JSON,
)  # fmt: skip
def test_nothing_a_stranger_writes_raises(kind: str, content: Any, unsigned: Any, stamp: Any, person: Any) -> None:
    from adapters.matrix import inbound

    raw = event(kind, content, unsigned=unsigned)
    for broken in (
        raw, raw | {"state_key": person}, raw | {"origin_server_ts": stamp}, raw | {"sender": person},
        raw | {"event_id": person}, content,
    ):  # fmt: skip
        inbound._turned(broken if isinstance(broken, dict) else {}, WHERE, NOW)  # not even what is caught
        turned(broken, WHERE, NOW)

"""Polls as Matrix has them: what is sent, what is heard, and who is counted for what."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

import pytest

from adapters.matrix import polls
from adapters.matrix.inbound import Me, Where, turned
from adapters.matrix.polling import TEXT, end, start
from adapters.matrix.polls import ENDS, RESPONSE, START, Asked, asked, counted, first_end
from bot.chat.content import Message, Poll
from bot.chat.events import PollEnded, PollVoted
from bot.ports import Refused

NOW = datetime(2027, 1, 4, 15, tzinfo=UTC)
POLL = "$poll"
THREE = Asked(("0", "1", "2"), 1)
HALL = Where("!hall:x", Me("@veillee:x"))


def vote(who: str, *answers: Any, at: int = 100, id: str = "", poll: str = POLL) -> dict[str, Any]:
    return {
        "type": RESPONSE, "sender": f"@{who}:x", "event_id": id or f"${who}{at}", "origin_server_ts": at,
        "content": {RESPONSE: {"answers": list(answers)}, "m.relates_to": reference(poll)},
    }  # fmt: skip


def reference(poll: str = POLL) -> dict[str, str]:
    return {"rel_type": "m.reference", "event_id": poll}


def ended(who: str, at: int, kind: str = polls.END) -> dict[str, Any]:
    content = {"m.relates_to": reference(), kind: {}}
    return {"type": kind, "sender": f"@{who}:x", "event_id": f"$end{at}", "origin_server_ts": at, "content": content}


def count(*events: dict[str, Any], asked: Asked = THREE, ends: int = 1000) -> list[list[str]]:
    return [[p[1:-2] for p in voters] for voters in counted(events, POLL, asked, ends)]


# -- sent ----------------------------------------------------------------------------------------------------


def test_what_clients_show() -> None:
    sent = start(Poll("On se voit\nquand\x00 ?", ("Jeudi", "Vendredi"), NOW, Message(())))
    poll = sent[START]
    assert poll["question"][TEXT] == "On se voit\nquand\ufffd ?" == poll["question"]["body"]
    assert poll["max_selections"] == 1
    assert poll["kind"] == "org.matrix.msc3381.poll.disclosed"
    assert [(a["id"], a[TEXT]) for a in poll["answers"]] == [("0", "Jeudi"), ("1", "Vendredi")]
    assert sent[TEXT] == "On se voit\nquand\ufffd ?\n1. Jeudi\n2. Vendredi", "for clients that know no polls"
    assert sent["m.mentions"] == {}, "@room in a question calls nobody"
    assert asked(sent) == Asked(("0", "1"), 1), "we read what we send"


@pytest.mark.parametrize("options", [0, 21])
def test_nothing_that_can_be_chosen_is_cut(options: int) -> None:
    with pytest.raises(Refused):
        start(Poll("?", tuple(map(str, range(options))), NOW, Message(())))


def test_the_end_says_so_to_clients_that_know_no_polls() -> None:
    sent = end(POLL, "Ce sondage est terminé.")
    assert sent["m.relates_to"] == reference()
    assert (sent[TEXT], sent[polls.END]) == ("Ce sondage est terminé.", {})


# -- heard ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "said", "option"),
    [
        (RESPONSE, {RESPONSE: {"answers": ["2"]}}, 2),
        ("m.poll.response", {"m.selections": ["1"]}, 1),
        ("m.poll.response", {"m.poll.response": {"answers": ["0"]}}, 0),
        (RESPONSE, {RESPONSE: {"answers": ["1", "0"]}}, 1),
        (RESPONSE, {RESPONSE: {"answers": []}}, -1),
        (RESPONSE, {RESPONSE: {"answers": "0"}}, -1),
        (RESPONSE, {RESPONSE: {"answers": [0]}}, -1),
        (RESPONSE, {RESPONSE: {"answers": [["0"]]}}, -1),
        (RESPONSE, {RESPONSE: {"answers": ["0", "pizza"]}}, -1),
        (RESPONSE, {RESPONSE: {"answers": ["٣"]}}, -1),
        (RESPONSE, {RESPONSE: {"answers": ["9" * 5000]}}, -1),
        (RESPONSE, {RESPONSE: {"answers": ["-1"]}}, -1),
        (RESPONSE, {RESPONSE: None}, -1),
        (RESPONSE, {}, -1),
    ],
)
def test_a_vote_is_heard(kind: str, said: dict[str, Any], option: int) -> None:
    raw = vote("bo") | {"type": kind, "content": said | {"m.relates_to": reference()}}
    event = turned(raw, HALL, NOW)
    assert isinstance(event, PollVoted)
    assert (event.message, event.option, event.withdrawn, event.person) == (POLL, option, option < 0, "@bo:x")
    assert event.trace == event.id == "$bo100"


@pytest.mark.parametrize(
    "relation",
    [None, {}, [], "x", {"rel_type": "m.thread", "event_id": POLL}, {"rel_type": "m.reference", "event_id": 4}],
)
def test_what_is_about_no_poll_is_nothing(relation: object) -> None:
    for kind in (RESPONSE, *ENDS):
        assert turned(vote("bo") | {"type": kind, "content": {"m.relates_to": relation}}, HALL, NOW) is None


def test_in_private_no_poll_is_ours() -> None:
    assert turned(vote("bo", "1"), Where("!d:x", Me("@veillee:x"), direct=True), NOW) is None
    assert turned(vote("veillee", "1"), HALL, NOW) is None


@pytest.mark.parametrize("kind", sorted(ENDS))
def test_that_someone_says_it_is_over_is_heard(kind: str) -> None:
    event = turned(ended("ana", 5, kind), HALL, NOW)
    assert isinstance(event, PollEnded)
    assert (event.message, event.person) == (POLL, "@ana:x")


# -- counted -------------------------------------------------------------------------------------------------


def test_the_last_vote_counts_by_the_clock_and_not_by_the_order() -> None:
    assert count(vote("bo", "2", at=30), vote("bo", "0", at=10), vote("bo", "1", at=20)) == [[], [], ["bo"]]


def test_at_the_same_instant_it_is_the_greater_id() -> None:
    one, two = vote("bo", "0", id="$a"), vote("bo", "1", id="$b")
    assert count(one, two) == count(two, one) == [[], ["bo"], []]


def test_what_comes_after_the_end_never_happened() -> None:
    assert count(vote("bo", "0", at=10), vote("bo", "1", at=51), vote("cleo", "2", at=50), ends=50) == [
        ["bo"], [], ["cleo"],
    ]  # fmt: skip


@pytest.mark.parametrize("spoilt", [[], ["pizza"], ["0", "pizza"], [0], [None], [{"id": "0"}]])
def test_a_last_vote_for_nothing_leaves_nothing(spoilt: list[Any]) -> None:
    assert count(vote("bo", "0", at=10), vote("bo", *spoilt, at=20), vote("cleo", "0")) == [["cleo"], [], []]


def test_more_than_may_be_chosen_is_cut() -> None:
    assert count(vote("bo", "1", "0")) == [[], ["bo"], []]
    two = Asked(("a", "b", "c"), 2)
    assert count(vote("bo", "a", "a", "b"), vote("cleo", "c", "b", "a"), asked=two) == [["bo"], ["cleo"], ["cleo"]]


def test_a_vote_taken_back_gives_way_to_the_one_before() -> None:
    """The server detaches what is redacted from the poll: it is as if it had not been sent."""
    redacted = vote("bo", "1", at=20) | {"content": {}}
    assert count(vote("bo", "0", at=10), redacted) == [["bo"], [], []]


@pytest.mark.parametrize(
    "raw",
    [
        {}, {"type": RESPONSE}, vote("bo", "0") | {"sender": 4}, vote("bo", "0") | {"origin_server_ts": "10"},
        vote("bo", "0") | {"origin_server_ts": True}, vote("bo", "0") | {"origin_server_ts": 1e99},
        vote("bo", "0") | {"content": []}, vote("bo", "0") | {"type": ["x"]} | {"type": "m.reaction"},
        vote("bo", "0", poll="$other"), vote("bo", "0") | {"type": "m.room.encrypted"},
    ],
)  # fmt: skip
def test_what_is_no_vote_hurts_no_other(raw: dict[str, Any]) -> None:
    assert count(raw, vote("cleo", "1")) == [[], ["cleo"], []]


def test_the_first_end_of_whoever_may() -> None:
    events = [ended("bo", 5), ended("ana", 30), ended("ana", 20), ended("veillee", 40, "m.poll.end")]
    assert first_end(events, POLL, {"@ana:x", "@veillee:x"}) == (20, "$end20")
    assert first_end(events, POLL, {"@veillee:x"}) == (40, "$end40")
    assert first_end(events, POLL, set()) is None
    assert first_end(events, "$other", {"@ana:x"}) is None


def test_whatever_order_they_come_in_the_count_is_the_same() -> None:
    random = Random(4)
    chosen: list[list[str]] = [random.choice([["0"], ["1"], ["2"], [], ["x"]]) for _ in range(200)]
    votes = [
        vote(f"p{random.randrange(9)}", *answers, at=random.randrange(60), id=f"$e{n}")
        for n, answers in enumerate(chosen)
    ]
    expected = count(*votes, ends=50)
    assert sum(map(len, expected)) > 0
    for _ in range(20):
        random.shuffle(votes)
        assert count(*votes, ends=50) == expected


@pytest.mark.parametrize(
    "content",
    [{}, {START: None}, {START: {"answers": []}}, {START: {"answers": [{"id": ""}]}}, {START: {"answers": [4]}}],
)
def test_what_is_no_poll_any_more(content: dict[str, Any]) -> None:
    assert asked(content) is None


def test_of_a_poll_nothing_is_older_than_its_end() -> None:
    """Clocks differ: a vote that seems older than the poll counts."""
    assert count(vote("bo", "0", at=-int(timedelta(days=1).total_seconds()))) == [["bo"], [], []]

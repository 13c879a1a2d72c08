"""Polls of Matrix's own (MSC3381), by the names that clients know today: what is heard, and how votes are counted.
Pure. Who voted for what can be read by everyone in the room.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any, NamedTuple

from adapters.matrix.native import Json, identifier, mapping, sequence, words
from bot.chat.events import Event, PollEnded, PollVoted

START, RESPONSE, END = (f"org.matrix.msc3381.poll.{what}" for what in ("start", "response", "end"))
RESPONSES, ENDS = {RESPONSE, "m.poll.response"}, {END, "m.poll.end"}
MOST_OPTIONS = 20


def heard(kind: object, content: Json, common: dict[str, Any]) -> Event | None:
    """What was done about a poll. Nothing, where it does not say which."""
    poll = _about(content)
    if not poll:
        return None
    if kind in ENDS:
        return PollEnded(**common, message=poll)
    chosen = _selected(content)
    option = int(chosen[0]) if chosen and all(c.isdecimal() and c.isascii() and len(c) < 3 for c in chosen) else -1
    return PollVoted(**common, message=poll, option=option, withdrawn=option < 0, trace=common["id"])


# -- counting ------------------------------------------------------------------------------------------------


class Asked(NamedTuple):
    """What there is to choose from, by the ids of the answers, and how many of them at most."""

    answers: tuple[str, ...]
    most: int


# As Veillée asks: one answer of those in their order.
NUMBERED = Asked(tuple(map(str, range(MOST_OPTIONS))), 1)


def asked(content: Json) -> Asked | None:
    """None where it is no poll, or was taken away."""
    poll = mapping(content.get(START))
    ids = [words(mapping(answer).get("id")) for answer in sequence(poll.get("answers"))[:MOST_OPTIONS]]
    most = poll.get("max_selections")
    return Asked(tuple(ids), most if isinstance(most, int) and most > 0 else 1) if ids and all(ids) else None


def first_end(events: Iterable[Json], poll: str, may_end: Collection[str]) -> tuple[int, str] | None:
    """When the poll ended, by the server's clock, and by which event: the first of those who may end it."""
    ends = [
        (at, identifier(event.get("event_id")))
        for event in events
        if event.get("type") in ENDS and event.get("sender") in may_end and (at := _at(event)) is not None
        and _about(mapping(event.get("content"))) == poll
    ]  # fmt: skip
    return min(ends, default=None)


def counted(events: Iterable[Json], poll: str, asked: Asked, ended: int) -> tuple[tuple[str, ...], ...]:
    """Who chose each of the answers. Of each person the last vote counts, even if it chooses nothing; what was sent
    after the end never happened. Votes that were taken back are not among the events any more."""
    last: dict[str, tuple[int, str, tuple[str, ...]]] = {}
    for event in events:
        content, sender, at = mapping(event.get("content")), identifier(event.get("sender")), _at(event)
        if event.get("type") not in RESPONSES or not sender or at is None or at > ended or _about(content) != poll:
            continue
        vote = (at, identifier(event.get("event_id")), _valid(_selected(content), asked))
        last[sender] = max(last.get(sender, vote), vote)
    return tuple(
        tuple(sorted(person for person, (_, _, chosen) in last.items() if answer in chosen)) for answer in asked.answers
    )


def _valid(selected: tuple[str, ...], asked: Asked) -> tuple[str, ...]:
    """Whoever names an answer that there is not chooses nothing."""
    return selected[: asked.most] if all(answer in asked.answers for answer in selected) else ()


def _selected(content: Json) -> tuple[str, ...]:
    for found in (
        mapping(content.get(RESPONSE)).get("answers"), content.get("m.selections"),
        mapping(content.get("m.poll.response")).get("answers"),
    ):  # fmt: skip
        if isinstance(found, list):
            return tuple(found) if all(isinstance(answer, str) for answer in found) else ()
    return ()


def _about(content: Json) -> str:
    """The poll that an event belongs to, "" if none."""
    relation = mapping(content.get("m.relates_to"))
    return identifier(relation.get("event_id")) if relation.get("rel_type") == "m.reference" else ""


def _at(event: Json) -> int | None:
    at = event.get("origin_server_ts")
    return at if isinstance(at, int) and not isinstance(at, bool) else None

"""A poll of Matrix's own on a real homeserver: read and answered by a client not ours, counted as clients do."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from adapters.matrix import polling
from adapters.matrix.polls import END, RESPONSE, START
from bot.chat.content import Message, Poll
from bot.chat.events import MessageRemoved, PollEnded, PollVoted
from bot.ports import Refused
from tests.adapters.matrix.conftest import Bot, words
from tests.members.fixtures import NewEncryptedMember
from tests.synapse.fixtures import NewMember
from tests.synapse.member import Member

SAYS = words("Une question de l’animation.")
OVER = words("Ce sondage est terminé.")
POLL = Poll("On se voit quand\u202f?", ("Jeudi", "Vendredi", "Samedi"), datetime.now(UTC) + timedelta(days=3), SAYS)


async def vote(member: Member, room: str, poll: str, *answers: str) -> str:
    content = {RESPONSE: {"answers": list(answers)}, "m.relates_to": {"rel_type": "m.reference", "event_id": poll}}
    return await member.send_event(room, RESPONSE, content)


async def over(member: Member, room: str, poll: str) -> str:
    content = {END: {}, "m.relates_to": {"rel_type": "m.reference", "event_id": poll}}
    return await member.send_event(room, END, content)


async def ask(bot: Bot, room: str, poll: Poll = POLL) -> str:
    return await bot.platform.open_poll(room, poll, key="poll:1@1")


async def close(bot: Bot, room: str, poll: str) -> list[list[str]]:
    """Who chose each option, by the names they were registered under."""
    told = await bot.platform.close_poll(room, poll, key="poll:1@1/close", says=OVER)
    return [[person[1:].split("-")[0].split(":")[0].rstrip("0123456789") for person in voters] for voters in told]


async def joined(new_member: NewMember, room: str, *names: str) -> list[Member]:
    members = [await new_member(name) for name in names]
    for member in members:
        await member.join(room)
    return members


async def by_the_bot(member: Member, bot: Bot, room: str, kind: str) -> list[dict[str, Any]]:
    return [e for e in await member.read_all(room) if e["sender"] == bot.user_id and e["type"] == kind]


async def test_another_client_shows_it_votes_in_it_and_sees_it_end(
    bot: Bot, hall: tuple[Member, str], new_encrypted_member: NewEncryptedMember
) -> None:
    ana, room = hall
    await bot.start()
    cleo = await new_encrypted_member("cleo")
    await cleo.join(room)
    poll = await ask(bot, room)
    assert await ask(bot, room) == poll, "the same key asks once"
    ballot = await cleo.poll(room, poll)
    assert (ballot.question, ballot.disclosed, ballot.ended) == (POLL.question, True, False)
    assert list(ballot.answers.values()) == list(POLL.options)
    [said] = await by_the_bot(ana, bot, room, "m.room.message")
    assert said["content"]["body"] == "Une question de l’animation."
    ids = {words: id for id, words in ballot.answers.items()}

    await cleo.vote(room, poll, ids["Samedi"])
    await cleo.vote(room, poll, ids["Vendredi"])
    await bot.kept.until(lambda: len(bot.kept.of(PollVoted)) == 2)
    heard = bot.kept.of(PollVoted)
    assert [(e.option, e.withdrawn, e.message, e.person) for e in heard] == [
        (2, False, poll, cleo.user_id), (1, False, poll, cleo.user_id),
    ]  # fmt: skip

    assert await close(bot, room, poll) == [[], ["cleo"], []]
    await cleo.wait_until(lambda: _ended(cleo, room, poll), what="the end of the poll")
    again = await close(bot, room, poll)
    assert again == [[], ["cleo"], []]
    [end] = await by_the_bot(ana, bot, room, END)
    assert end["content"]["org.matrix.msc1767.text"] == "Ce sondage est terminé."


async def _ended(member: Any, room: str, poll: str) -> bool:
    return bool((await member.poll(room, poll)).ended)


async def test_what_nobody_heard_counts_by_the_rules(bot: Bot, hall: tuple[Member, str], new_member: NewMember) -> None:
    """Voted while we were stopped: changed, spoilt, taken back, given by whoever left since, given too late."""
    _ana, room = hall
    await bot.start()
    bo, cleo, dan, eve, fay = await joined(new_member, room, "bo", "cleo", "dan", "eve", "fay")
    poll = await ask(bot, room)
    await bot.stop()
    await vote(bo, room, poll, "0")
    await vote(bo, room, poll, "2", "1")
    await vote(cleo, room, poll, "0")
    await vote(cleo, room, poll, "pizza")
    await vote(dan, room, poll, "1")
    await dan.redact(room, await vote(dan, room, poll, "2"))
    await vote(eve, room, poll, "1")
    await eve.leave(room)
    content = {"m.selections": ["0"], "m.relates_to": {"rel_type": "m.reference", "event_id": poll}}
    await fay.send_event(room, "m.poll.response", content)
    assert await close(bot, room, poll) == [["fay"], ["dan", "eve"], ["bo"]]
    await vote(cleo, room, poll, "0")
    assert await close(bot, room, poll) == [["fay"], ["dan", "eve"], ["bo"]]
    assert bot.kept.of(PollVoted) == []


async def test_a_vote_taken_back_is_heard(bot: Bot, hall: tuple[Member, str]) -> None:
    ana, room = hall
    await bot.start()
    poll = await ask(bot, room)
    voted = await vote(ana, room, poll, "1")
    await vote(ana, room, poll)
    await bot.kept.until(lambda: len(bot.kept.of(PollVoted)) == 2)  # heard only now, it would be empty already
    await ana.redact(room, voted)
    await bot.kept.until(lambda: bot.kept.of(MessageRemoved))
    first, second = bot.kept.of(PollVoted)
    assert (first.trace, second.option, second.withdrawn) == (voted, -1, True)
    assert bot.kept.of(MessageRemoved)[0].message == voted


async def test_whoever_may_take_away_what_others_say_may_end_it(
    bot: Bot, hall: tuple[Member, str], new_member: NewMember
) -> None:
    ana, room = hall
    await bot.start()
    [bo] = await joined(new_member, room, "bo")
    poll = await ask(bot, room)
    await vote(bo, room, poll, "0")
    await over(bo, room, poll)  # who may not
    await asyncio.sleep(0.01)
    await vote(bo, room, poll, "1")
    await over(ana, room, poll)
    await asyncio.sleep(0.01)
    await vote(bo, room, poll, "2")
    await bot.kept.until(lambda: len(bot.kept.of(PollEnded)) == 2)
    assert [e.person for e in bot.kept.of(PollEnded)] == [bo.user_id, ana.user_id]
    assert await close(bot, room, poll) == [[], ["bo"], []]
    assert await by_the_bot(ana, bot, room, END) == [], "a poll ends once"


async def test_more_votes_than_one_answer_of_the_server_holds(
    bot: Bot, hall: tuple[Member, str], new_member: NewMember, monkeypatch: pytest.MonkeyPatch
) -> None:
    _ana, room = hall
    await bot.start()
    members = await joined(new_member, room, "bo", "cleo", "dan")
    poll = await ask(bot, room)
    for answer in ("2", "1", "0"):
        for member in members:
            await vote(member, room, poll, answer)
    monkeypatch.setattr(polling, "PAGE", 2)
    assert await close(bot, room, poll) == [["bo", "cleo", "dan"], [], []]


async def test_a_poll_that_was_taken_away_cannot_tell(bot: Bot, hall: tuple[Member, str]) -> None:
    ana, room = hall
    await bot.start()
    poll = await ask(bot, room)
    await vote(ana, room, poll, "1")
    await ana.redact(room, poll)
    with pytest.raises(Refused):
        await close(bot, room, poll)
    with pytest.raises(Refused):
        await close(bot, room, "$nothing")


async def test_where_polls_are_not_allowed_nothing_is_said(bot: Bot, hall: tuple[Member, str]) -> None:
    """What is asked instead says all of it."""
    ana, room = hall
    levels = await ana.state(room, "m.room.power_levels")
    await ana.set_state(room, "m.room.power_levels", levels | {"events": levels["events"] | {START: 50}})
    await bot.start()
    with pytest.raises(Refused):
        await ask(bot, room)
    assert await by_the_bot(ana, bot, room, "m.room.message") == []


async def test_hostile_words_are_only_words(bot: Bot, hall: tuple[Member, str]) -> None:
    ana, room = hall
    await bot.start()
    hostile = "@room <b>&lt;</b> \x00\ud800 https://example.org"
    await ask(bot, room, Poll(hostile, (hostile, "b"), POLL.closes, Message(())))
    [poll] = await by_the_bot(ana, bot, room, START)
    assert poll["content"]["m.mentions"] == {}
    shown = "@room <b>&lt;</b> \ufffd\ufffd https://example.org"
    assert poll["content"][START]["question"]["body"] == shown
    assert "formatted_body" not in str(poll["content"])

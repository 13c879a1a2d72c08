"""The pulse in private rooms of a real homeserver: an answer is taken away there, and nothing here leads to it."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest

from bot.model.community import Person
from bot.model.pulse import PulseTaken, SealedAnswer
from tests.journeys.matrix_stage import MatrixStage, matrix_stage
from tests.synapse.fixtures import NewMember
from tests.synapse.homeserver import Homeserver
from tests.synapse.listener import CLIENT
from tests.synapse.member import Member

NAMES = ("bo", "cleo", "dan", "eli")


async def private_with(member: Member, bot: str) -> str:
    """A private conversation that this member began, where the bot is nobody in particular."""
    body = {"preset": "private_chat", "is_direct": True, "invite": [bot]}
    room = str((await member.request("POST", f"{CLIENT}/createRoom", body))["room_id"])

    async def there() -> bool:
        return (await member.members(room)).get(bot) == "join"

    await member.wait_until(there, what="the bot to come")
    await member.say(room, "aide")
    return room


async def asked(s: MatrixStage, member: Member, room: str) -> str:
    """The question, as it was sent to this member."""
    return str(next(e["event_id"] for e in reversed(await s.said(member, room)) if "5️⃣" in e["content"]["body"]))


async def content(member: Member, room: str, event: str) -> dict[str, Any]:
    found = next(e for e in await member.read_all(room) if e["event_id"] == event)
    return dict(found["content"])


def kept_anywhere(folder: Path, words: str) -> list[str]:
    files = [f for f in folder.rglob("*") if f.is_file()]
    return [f.name for f in files if words.encode() in f.read_bytes()]


@pytest.mark.timeout(300)
@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("fr", "Je n’ai pas le droit de retirer d’ici ce que tu viens de choisir ou d’écrire. Tu peux l’effacer"),
        ("en", "I may not take away from here what you just chose or wrote. You can delete it yourself."),
    ],
)
async def test_answers_are_taken_away_where_they_were_given(
    tmp_path: Path, homeserver: Homeserver, new_member: NewMember, language: str, told: str
) -> None:
    account = homeserver.register_fresh("veillee")
    ana = await new_member("ana", auto_join=True)
    bo, cleo, dan, eli = [await new_member(name, auto_join=True) for name in NAMES]
    room = await ana.create_room("Salon", public=True, invite=[account.user_id])
    for member in (bo, cleo, dan, eli):
        await member.join(room)
    async with matrix_stage(
        tmp_path, homeserver, account, room, language=language, icebreakers={"on": False},
        pulse={"on": False}, stories={"days": ()},
    ) as s:  # fmt: skip
        await ana.wait_until(lambda: _is_in(ana, room, account.user_id), what="the bot to come")
        await s.settle(ana)
        theirs = await private_with(bo, account.user_id)
        await s.settle(ana)
        await ana.say(room, "!veillee pouls" if language == "fr" else "!veillee pulse")
        await s.settle(ana)
        await s.click(ana, "Poser la question" if language == "fr" else "Ask it")
        await s.settle(ana)

        # By a reaction, then a sentence, where we made the room.
        with_cleo = await s.private(cleo)
        click = await cleo.react(with_cleo, await asked(s, cleo, with_cleo), "4️⃣")
        await _settled(s, ana)
        assert await content(cleo, with_cleo, click) == {}
        await s.click(cleo, "Ajouter une phrase" if language == "fr" else "Add a sentence")
        sentence = await cleo.say(with_cleo, "Ça va mieux qu’en octobre.")
        await _settled(s, ana)
        assert await content(cleo, with_cleo, sentence) == {}

        # By a word.
        with_dan = await s.private(dan)
        word = await dan.say(with_dan, "5")
        await _settled(s, ana)
        assert await content(dan, with_dan, word) == {}

        # Where we have no right to, they are told, once for each thing that tells something.
        number = await bo.say(theirs, "2")
        await _settled(s, ana)
        assert (await content(bo, theirs, number))["body"] == "2"
        heard = [e["content"]["body"] for e in await s.said(bo, theirs)]
        assert sum(body.startswith(told) for body in heard) == 1

        async with s.app.store.unit() as unit:
            people = {p.id: p.external for p in await unit.find(Person)}
            taken = {people[t.person_id] for t in await unit.find(PulseTaken, order="person_id")}
            assert taken == {bo.user_id, cleo.user_id, dan.user_id}
            assert await unit.count(SealedAnswer) == 4
        for trace in (click, sentence, word, number, "Ça va mieux qu’en octobre."):
            assert kept_anywhere(tmp_path, trace) == []


async def _is_in(member: Member, room: str, who: str) -> bool:
    return (await member.members(room)).get(who) == "join"


async def _settled(s: MatrixStage, member: Member) -> None:
    # What was said in another room may come in a later answer of the server, and what came of it was another trip.
    for _ in range(2):
        await asyncio.sleep(0.7)
        await s.settle(member)

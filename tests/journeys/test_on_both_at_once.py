"""One community on Matrix and on Discord at once: counted together, and nothing said on one side heard on the other.

Ana facilitates in French on Matrix, where Dan is too. Ruth facilitates on Discord, where Bo reads English and Eli
French. Cleo is on both.
"""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path

import pytest

from bot.model.account import Account
from bot.model.community import Person
from bot.model.flow import Outbox
from bot.model.poll import Poll
from bot.model.pulse import Pulse, PulseTaken
from bot.model.session import Attendance, Rsvp, Session
from bot.ports import ChatPlatform
from tests.discord.double import Double
from tests.journeys.a_season import BEGINS, SETTINGS, day
from tests.journeys.kept import reported
from tests.journeys.life import Hour, Life, alive
from tests.journeys.on_a_server import House, OnAServer
from tests.journeys.on_matrix import Hall, OnMatrix

THEME, QUESTION = "Dire non à un bailleur", "Quel jour vous va le mieux"
CODE = re.compile(r"\b[A-Z2-9]{4}-[A-Z2-9]{4}\b")
QUIET = SETTINGS.model_copy(
    update={
        "pulse": SETTINGS.pulse.model_copy(update={"on": False}),
        "icebreakers": SETTINGS.icebreakers.model_copy(update={"on": False}),
    }
)


class Both:
    def __init__(self, life: Life, matrix: OnMatrix, discord: OnAServer) -> None:
        self.life = life
        self.matrix = matrix
        self.discord = discord

    async def post_on_matrix(self, title: str) -> str:
        """The latest there whose first line holds this, as it stands now."""
        found = [e["content"]["body"] for e in await self.matrix.said("Ana")]
        return str([body for body in found if title in body.partition("\n")[0]][-1])

    def post_on_discord(self, title: str) -> str:
        return self.discord.shown(title).content

    def all_of_discord(self) -> list[str]:
        """In the hall, its threads, and in private."""
        return [m.content for c in self.discord.house.discord.world.channels.values() for m in c.messages]

    async def all_of_matrix(self, who: str, room: str) -> list[str]:
        return [e["content"].get("body", "") for e in await self.matrix.hall.members[who].read_all(room)]

    async def person(self, name: str) -> Person:
        async with self.life.store.unit() as unit:
            (found,) = await unit.find(Person, name=name)
        return found

    async def told_to(self, purpose: str, person: Person) -> list[tuple[str, str]]:
        """Where that was said to someone alone."""
        async with self.life.store.unit() as unit:
            theirs = {person.external, *(a.external for a in await unit.find(Account, person_id=person.id))}
            said = await unit.find(Outbox, purpose=purpose)
        return [(row.platform, row.person) for row in said if row.person in theirs]


@pytest.mark.timeout(600)
async def test_one_community(tmp_path: Path) -> None:
    hour = Hour(BEGINS)
    async with Hall(tmp_path, hour) as hall, Double(clock=hour.now) as double:
        await hall.people("Ana", "Cleo", "Dan")
        house = House(double, "Ruth", "Bo", "Cleo", "Eli")
        platforms: list[ChatPlatform] = [hall.platform(), house.platform(hour)]
        async with alive(Life(tmp_path, hour, platforms), QUIET) as life:
            both = Both(life, OnMatrix(life, hall), OnAServer(life, house))
            await both.matrix.opens()
            await both.discord.opens()
            await both.discord.prefers("Bo", "en")
            await _link_their_accounts(both)
            await _meet(both)
            await _move_it_in_the_calendar(both)
            await _take_the_pulse(both)
            await _vote(both)
            await _talk_apart(both)
            await _hold_it(both)
            await _forget_cleo(both, tmp_path / "veillee.db")


async def _link_their_accounts(both: Both) -> None:
    """By a code given on Discord and typed on Matrix, and a click on either side."""
    given = CODE.search(await both.discord.asks("Cleo", "linking.link"))
    assert given is not None
    shown = await both.matrix.asks("Cleo", "linking.link", given[0])
    assert both.discord.house.members["Cleo"].id in shown
    await both.matrix.chooses("Cleo", "linking-choice-link")
    async with both.life.store.unit() as unit:
        assert await unit.count(Person, name="Cleo") == 2  # not before both sides agree
    await both.discord.chooses("Cleo", "linking-choice-link")
    cleo = await both.person("Cleo")
    async with both.life.store.unit() as unit:
        (other,) = await unit.find(Account, person_id=cleo.id)
    theirs = {cleo.external, other.external}
    assert theirs == {both.discord.house.members["Cleo"].id, both.matrix.hall.members["Cleo"].user_id}


async def _meet(both: Both) -> None:
    """Planned on one side, announced on both; answered on both, counted together."""
    await both.matrix.plans("Ana", THEME, "jeudi 14 janvier 12 h", "1 h 30", "https://example.org/salle")
    assert "jeudi 14 janvier" in await both.post_on_matrix(THEME)
    assert THEME in both.post_on_discord(THEME)
    assert both.discord.gathering(THEME).starts == day(14, 12)
    await both.discord.comes("Bo", THEME)
    await both.matrix.comes("Dan", THEME)
    await both.matrix.may_come("Cleo", THEME)
    assert "Viennent : 2 · Peut-être : 1" in _plain(await both.post_on_matrix(THEME))
    await both.discord.comes("Cleo", THEME)
    await both.discord.is_interested("Eli", THEME)
    for shown in (await both.post_on_matrix(THEME), both.post_on_discord(THEME)):
        assert "Viennent : 3 · Peut-être : 1" in _plain(shown)
    async with both.life.store.unit() as unit:
        assert await unit.count(Rsvp) == 4


async def _move_it_in_the_calendar(both: Both) -> None:
    """By a facilitator on Discord, in Discord's own: Matrix reads it too, and each is told once, in their language."""
    await both.discord.moves("Ruth", THEME, day(15, 12))
    for shown in (await both.post_on_matrix(THEME), both.post_on_discord(THEME)):
        assert "vendredi 15 janvier" in shown or f"<t:{int(day(15, 12).timestamp())}" in shown
        assert "jeudi 14" not in shown
    async with both.life.store.unit() as unit:
        (session,) = await unit.find(Session)
    assert session.starts == day(15, 12)
    cleo = await both.person("Cleo")
    assert await both.told_to("sessions.moved", cleo) == [("discord", both.discord.house.members["Cleo"].id)]
    assert "has moved" in both.discord.house.members["Bo"].told[-1]
    dan = (await both.matrix.said("Dan", await both.matrix.private("Dan")))[-1]["content"]["body"]
    assert "est déplacée" in dan


async def _take_the_pulse(both: Both) -> None:
    """Asked once to each, wherever they are, and given back to all."""
    await both.matrix.asks("Ana", "pulse.now")
    await both.matrix.chooses("Ana", "pulse-choice-ask")
    cleo = await both.person("Cleo")
    assert await both.told_to("pulse.open", cleo) == [("discord", both.discord.house.members["Cleo"].id)]
    await both.matrix.feels("Ana", 4)
    await both.matrix.feels("Dan", 2, "On avance")
    for who, step in (("Bo", 5), ("Cleo", 5), ("Eli", 3), ("Ruth", 4)):
        await both.discord.feels(who, step)
    await both.life.at(day(8, 12))
    async with both.life.store.unit() as unit:
        (pulse,) = await unit.find(Pulse)
        taken = await unit.count(PulseTaken)
    assert (pulse.asked, taken, pulse.counts) == (6, 6, (0, 1, 1, 2, 2))
    for shown in (await both.post_on_matrix("Le pouls"), both.post_on_discord("Le pouls")):
        assert "Réponses : 6, sur 6 personnes" in _plain(shown)
        assert "On avance" in shown


async def _vote(both: Both) -> None:
    """A poll of Discord's own on one side, reactions on the other: one vote a person, the last one."""
    await both.matrix.asks("Ana", "polls.open", QUESTION, "jeudi, mardi, samedi")
    await both.matrix.votes("Dan", QUESTION, "jeudi")
    await both.discord.votes("Bo", QUESTION, "mardi")
    await both.matrix.votes("Cleo", QUESTION, "samedi")
    await both.discord.votes("Cleo", QUESTION, "jeudi")
    await both.discord.votes("Eli", QUESTION, "jeudi")
    await both.matrix.asks("Ana", "polls.close")
    async with both.life.store.unit() as unit:
        (poll,) = await unit.find(Poll)
    assert (poll.state, poll.counts, poll.members, poll.lacking) == ("closed", (3, 1, 0), 6, False)
    on_matrix, on_discord = await both.post_on_matrix("Résultats"), both.post_on_discord("Résultats")
    for shown in (on_matrix, on_discord):
        assert "avec 3 votes" in _plain(shown)
        assert "4 personnes ont voté, sur 6" in _plain(shown)


async def _talk_apart(both: Both) -> None:
    """What members say stays where they said it."""
    await both.matrix.says("Dan", "Ceci reste sur Matrix")
    await both.matrix.replies("Cleo", "Ceci reste sur Matrix", "Promis sur Matrix")
    await both.discord.says("Bo", "This stays on Discord")
    await both.discord.replies("Eli", "This stays on Discord", "Promis sur Discord")
    await both.matrix.tells("Dan", "Un récit de Dan", "facilitator")
    await both.life.later(hours=1)
    on_discord = both.all_of_discord()
    assert [text for text in on_discord if "sur Discord" in text]
    assert not [text for text in on_discord if "sur Matrix" in text or "Un récit de Dan" in text]
    for who in ("Ana", "Dan"):
        for room in (both.matrix.hall.room, await both.matrix.private(who)):
            bodies = await both.all_of_matrix(who, room)
            assert [body for body in bodies if "sur Matrix" in body] or room != both.matrix.hall.room
            assert not [body for body in bodies if "on Discord" in body or "sur Discord" in body]


async def _hold_it(both: Both) -> None:
    """Stories whose authors agreed are read on both sides, in the thread of each; who came is noted once."""
    await both.discord.tells("Bo", "I said no, and they called back.", "named")
    await both.discord.tells("Eli", "Je n’ai jamais osé.", "unnamed")
    await both.life.at(day(15, 12, 5))
    for shown in (both.all_of_discord(), await both.all_of_matrix("Ana", both.matrix.hall.room)):
        assert len([text for text in shown if "Bo" in text and "I said no, and they called back." in text]) == 1
        assert len([text for text in shown if "Sans nom" in text and "Je n’ai jamais osé." in text]) == 1
        assert len([text for text in shown if "L’antichambre est ouverte" in text]) == 1
    entrusted = await both.all_of_matrix("Ana", await both.matrix.private("Ana"))
    assert len([text for text in entrusted if "Dan" in text and "Un récit de Dan" in text]) == 1
    await both.life.at(day(15, 13, 40))
    await both.discord.asks("Ruth", "sessions.attendance", "1", "Ana, Bo, Cleo, Dan, Eli")
    async with both.life.store.unit() as unit:
        assert await unit.count(Attendance) == 5
        report = await reported(unit, BEGINS, day(16, 8))
    figures = {figure["id"]: figure["value"] for figure in report["figures"]}
    assert (figures["people"], figures["session-1-yes"], figures["session-1-attended"]) == (5, 3, 5)


async def _forget_cleo(both: Both, database: Path) -> None:
    """Asked on one side, done on both: nothing anywhere leads to either account."""
    theirs = [both.discord.house.members["Cleo"].id, both.matrix.hall.members["Cleo"].user_id]
    cleo = await both.person("Cleo")
    assert _holding(database, cleo.pseudonym)
    await both.discord.asks("Cleo", "privacy.forget")
    await both.discord.chooses("Cleo", "privacy-choice-erase")
    async with both.life.store.unit() as unit:
        assert await unit.count(Person, name="Cleo") == 0
        assert await unit.count(Account) == 0
        assert await unit.count(Rsvp) == 3
    for what in (*theirs, cleo.pseudonym, "Cleo"):
        assert _holding(database, what) == []


def _plain(shown: str) -> str:
    """Without what only keeps words together."""
    return shown.replace("\u00a0", " ").replace("\u202f", " ")


def _holding(database: Path, what: str) -> list[str]:
    """The tables where that stands, in whatever column."""
    with sqlite3.connect(f"file:{database}?mode=ro", uri=True) as connection:
        tables = [name for (name,) in connection.execute("select name from sqlite_master where type = 'table'")]
        found = [t for t in tables for row in connection.execute(f"select * from {t}") if what in str(row)]
    connection.close()
    return sorted(set(found))

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.chat.events import EVENT, PollClosed
from bot.model.account import Account
from bot.model.community import Person
from bot.model.flow import Inbox, Outbox
from bot.model.poll import Poll
from bot.model.rhythm import Due, Pause
from bot.ports import TryLater
from tests.features.polls.acts import (
    ask,
    ballot,
    bars,
    both,
    chosen,
    click,
    speak_english,
    stage,
    unvote,
    vote,
)


async def test_at_its_hour_all_are_told_together(tmp_path: Path) -> None:
    async with both(tmp_path) as (s, there):
        await ask(s)
        await click(s, "bo", 1)
        await vote(there, "dan", 1)
        await vote(there, "eve", 0)
        await s.wait(days=2, hours=23)
        assert len(s.in_room()) == 1
        await s.wait(hours=1)
        assert there.platform.polls[ballot(there)].over
        assert "Ce sondage est terminé. Les résultats suivent." in s.in_room()[0]
        assert "[" not in s.in_room()[0]
        assert len(s.in_room()) == len(there.in_room()) == 2
        for told in (s.in_room()[-1], there.in_room()[-1]):
            assert told.startswith("Résultats du sondage\u00a0: On se voit quand ?\n")
            assert "Un choix vient en tête, avec 2 votes\u00a0: Vendredi." in told
            assert bars(told) == {"Jeudi": 1, "Vendredi": 2, "Samedi": 0}
            assert "■■■■■■■□□□ 2 · Vendredi" in told
            assert "3 personnes ont voté, sur 6 que je connais ici." in told


async def test_votes_that_nobody_heard_are_not_lost(tmp_path: Path) -> None:
    async with both(tmp_path) as (s, there):
        await ask(s)
        await vote(there, "dan", 0)
        await vote(there, "eve", 0)
        await vote(there, "fay", 0)
        await vote(there, "dan", 2, heard=False)
        await unvote(there, "eve", heard=False)
        await vote(there, "bo", 2, heard=False)  # nobody known there
        await s.sleep(days=4)
        assert bars(s.in_room()[-1]) == bars(there.in_room()[-1]) == {"Jeudi": 1, "Vendredi": 0, "Samedi": 2}
        assert await chosen(s) == {"dan": 2, "fay": 0}
        assert len([p for p in await s.kept(Person) if p.platform == "there"]) == 3, "a stranger stays a number"
        assert "3 personnes ont voté, sur 7" in s.in_room()[-1]


async def test_of_two_accounts_the_vote_that_was_heard_stands(tmp_path: Path) -> None:
    async with both(tmp_path) as (s, there):
        [bo] = await s.kept(Person, external="bo")
        async with s.store.unit() as unit:
            await unit.delete(Person, external="dan")
            await unit.add(Account(community_id=bo.community_id, person_id=bo.id, platform="there", external="dan"))
        await ask(s)
        await vote(there, "dan", 0, heard=False)
        await click(s, "bo", 1)
        await s.wait(days=4)
        assert bars(s.in_room()[-1]) == {"Jeudi": 0, "Vendredi": 1, "Samedi": 0}


async def test_english_results_and_read_again_by_anyone(tmp_path: Path) -> None:
    async with stage(tmp_path, language="en") as s:
        await ask(s, "poll When? | Thursday, Friday")
        assert "No vote yet." in await s.tell("cleo", "poll results")
        await click(s, "bo", 0)
        so_far = await s.tell("cleo", "poll results")
        assert so_far.startswith("The poll so far: When?\nOne option comes first, with one vote: Thursday.")
        assert "It ends Thursday 7 January at 10:00 (Montréal time)." in so_far
        await click(s, "cleo", 0)
        await s.wait(days=4)
        assert s.in_room()[-1] == await s.tell("cleo", "poll results")
        assert "with 2 votes: Thursday" in s.in_room()[-1]
        assert "2 people voted, of 3 I know of here." in s.in_room()[-1]
        assert s.in_room()[-1] == await s.tell("bo", "poll results 1") == await s.tell("bo", "poll results when")


@pytest.mark.parametrize(
    ("votes", "said"),
    [
        ({"bo": 0, "cleo": 1}, "Égalité, avec un vote chacun\u00a0: Jeudi et Vendredi."),
        ({"bo": 0, "cleo": 0, "ana": 1, "zoe": 1}, "Égalité, avec 2 votes chacun\u00a0: Jeudi et Vendredi."),
        ({"bo": 0, "cleo": 1, "ana": 2}, "Égalité, avec un vote chacun\u00a0: Jeudi, Vendredi et Samedi."),
        ({}, "Il n’y a pas eu de vote cette fois."),
    ],
)
async def test_ties_and_silence_are_said_plainly(tmp_path: Path, votes: dict[str, int], said: str) -> None:
    async with stage(tmp_path) as s:
        await s.join("zoe", "Zoé")
        await s.wait(minutes=10)
        await ask(s)
        for person, option in votes.items():
            await click(s, person, option)
        await s.wait(days=4)
        assert said in s.in_room()[-1]


async def test_closed_early_by_a_facilitator_alone(tmp_path: Path) -> None:
    async with both(tmp_path) as (s, there):
        await ask(s)
        await vote(there, "dan", 2)
        assert "réservée aux personnes qui animent" in await s.tell("bo", "sondage clore")
        assert len(s.in_room()) == 1
        assert "Le sondage 1 est terminé" in await s.tell("ana", "sondage clore")
        assert "avec un vote\u00a0: Samedi" in s.in_room()[-1]
        said = len(there.in_room())
        assert "Aucun sondage n’est ouvert" in await s.tell("ana", "clore le sondage")
        assert "déjà terminé" in await s.tell("ana", "sondage clore 1")
        await s.wait(days=30)
        assert len(there.in_room()) == said, "once, and not again at its hour"


async def test_which_one(tmp_path: Path) -> None:
    async with stage(tmp_path) as s:
        assert "Il n’y a pas encore eu de sondage" in await s.tell("bo", "sondage résultats")
        assert "Aucun sondage n’est ouvert" in await s.tell("ana", "sondage clore")
        await ask(s, "sondage Quel jour ? | lundi, mardi")
        await ask(s, "sondage Quelle heure ? | 9 h, 10 h")
        which = await s.tell("ana", "sondage clore")
        assert "1 (Quel jour ?) et 2 (Quelle heure ?)" in which
        assert "Je ne trouve pas de sondage pour «\u00a0lieu\u00a0»" in await s.tell("ana", "sondage clore lieu")
        assert "Plusieurs sondages" in await s.tell("ana", "sondage clore quel")
        assert "Le sondage 1 est terminé" in await s.tell("ana", "sondage clore jour")
        assert "Le sondage 2 est terminé" in await s.tell("ana", "sondage clore 2")
        assert [p.state for p in await s.kept(Poll)] == ["closed", "closed"]


async def test_a_click_after_the_close_is_told_so_kindly(tmp_path: Path) -> None:
    async with stage(tmp_path) as s:
        await ask(s)
        await speak_english(s, "cleo")
        await click(s, "bo", 0)
        asked = s.bot_said()[0]
        await s.tell("ana", "sondage clore")
        for person, position in (("bo", 1), ("bo", 3), ("cleo", 0)):
            await s.platform.press(person, asked.id, position)
        await s.app.settle()
        assert "Ce sondage est terminé, alors ce clic n’a rien changé. Merci quand même." in s.heard("bo")
        assert "This poll is over, so that click changed nothing." in s.heard("cleo")
        assert bars(await s.tell("bo", "sondage résultats"))["Jeudi"] == 1


async def test_stopped_at_its_hour_it_is_closed_at_the_next_start(tmp_path: Path) -> None:
    async with both(tmp_path) as (s, there):
        await ask(s)
        await vote(there, "dan", 0, heard=False)
        await s.sleep(days=12)
        assert bars(there.in_room()[-1])["Jeudi"] == 1
        assert len(s.in_room()) == 2


async def test_paused_at_its_hour_it_is_closed_later(tmp_path: Path) -> None:
    async with stage(tmp_path) as s:
        poll = await ask(s)
        async with s.store.unit() as unit:
            until = poll.closes + timedelta(hours=5)
            await unit.add(Pause(community_id=poll.community_id, feature="polls", until=until))
        await s.wait(days=3, hours=4)
        assert len(s.in_room()) == 1
        await s.wait(hours=2)
        assert "Il n’y a pas eu de vote" in s.in_room()[-1]
        assert "C’était prévu jeudi 7 janvier à 10\u00a0h" in s.in_room()[-1]


async def test_nothing_is_said_at_night(tmp_path: Path) -> None:
    async with stage(tmp_path) as s:
        await s.wait(hours=13)  # eleven in the evening
        await ask(s)
        await s.wait(days=3, hours=8)
        assert len(s.in_room()) == 1
        await s.wait(hours=2)
        assert len(s.in_room()) == 2


async def test_the_plan_says_when_and_not_what(tmp_path: Path) -> None:
    async with stage(tmp_path) as s:
        await ask(s)
        await click(s, "bo", 0)
        await s.tell("ana", "plan")
        plan = "\n".join(s.all_heard("ana"))
        assert "résultats d’un sondage" in plan
        assert "en tête" not in plan


async def test_a_poll_that_was_taken_away_there(tmp_path: Path) -> None:
    async with both(tmp_path) as (s, there):
        await ask(s)
        await vote(there, "dan", 0)
        await vote(there, "eve", 0, heard=False)
        there.bot_said()[-1].removed = True
        await s.wait(days=4)
        assert bars(s.in_room()[-1])["Jeudi"] == 1
        assert "Il peut donc en manquer quelques-uns." in s.in_room()[-1]
        assert "Il peut donc en manquer quelques-uns." in there.in_room()[-1]


async def test_a_platform_that_does_not_answer_keeps_nobody_waiting(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with both(tmp_path) as (s, there):
        await ask(s)
        await click(s, "bo", 1)
        await vote(there, "dan", 2)

        async def later(*_: Any, **__: Any) -> tuple[tuple[str, ...], ...]:
            raise TryLater("unreachable")

        monkeypatch.setattr(there.platform, "close_poll", later)
        await s.wait(days=3, hours=1)
        assert len(s.in_room()) == 1
        assert "J’attends les derniers votes d’un des salons" in await s.tell("bo", "sondage résultats")
        await s.wait(hours=6)
        assert bars(s.in_room()[-1]) == {"Jeudi": 0, "Vendredi": 1, "Samedi": 1}
        assert "Il peut donc en manquer quelques-uns." in s.in_room()[-1]
        monkeypatch.undo()
        s.app.delivery._resting.clear()
        await s.app.settle()
        assert "Résultats du sondage" in there.in_room()[-1]
        assert len(s.in_room()) == 2, "what is told after that changes nothing any more"


async def test_told_twice_it_counts_once(tmp_path: Path) -> None:
    async with both(tmp_path) as (s, there):
        poll = await ask(s)
        [opened] = [o for o in await s.kept(Outbox) if o.native]
        await vote(there, "dan", 0)
        await s.tell("ana", "sondage clore")
        again = PollClosed(
            id="again", platform="there", room="hall", person="", at=s.clock.now(), post=opened.key,
            votes=((), ("dan", "x"), ()),
        )  # fmt: skip
        async with s.store.unit() as unit:
            event = EVENT.dump_json(again).decode()
            await unit.add(Inbox(key="there:again", platform="there", room="hall", event=event, at=again.at))
        await s.app.settle()
        assert bars(await s.tell("bo", "sondage résultats")) == {"Jeudi": 1, "Vendredi": 0, "Samedi": 0}
        assert len(s.in_room()) == 2
        assert (await s.kept(Poll))[0].counts == (1, 0, 0)
        assert poll.id == 1


async def test_killed_before_the_receipt_the_close_is_asked_again(tmp_path: Path) -> None:
    async with both(tmp_path) as (s, there):
        poll = await ask(s)
        await vote(there, "dan", 0, heard=False)
        there.platform.polls[ballot(there)].close()  # done, and then killed
        async with s.store.unit() as unit:
            kept = await unit.get(Poll, poll.id)
            assert kept is not None
            kept.closes = s.clock.now()
        await s.app.unasked.plan()
        await s.wait(days=1)
        assert bars(s.in_room()[-1])["Jeudi"] == 1
        assert await s.kept(Due, state="failed") == []

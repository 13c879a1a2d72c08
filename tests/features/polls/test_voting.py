from datetime import timedelta
from pathlib import Path

from bot.chat.capabilities import Level
from bot.model.account import Account
from bot.model.activity import Activity
from bot.model.community import Person
from tests.features.polls.acts import ask, ballot, both, chosen, click, shown, speak_english, stage, unvote, vote


async def test_a_click_a_change_and_none(tmp_path: Path) -> None:
    async with stage(tmp_path) as s:
        await ask(s)
        before = len(s.in_room())
        await click(s, "bo", 0)
        await click(s, "cleo", 0)
        assert shown(s) == ["Jeudi · 2", "Vendredi", "Samedi", "Retirer mon vote"]
        assert "2 votes jusqu’ici." in s.in_room()[-1]
        await click(s, "bo", 2)
        await click(s, "bo", 2)
        assert shown(s) == ["Jeudi · 1", "Vendredi", "Samedi · 1", "Retirer mon vote"]
        await click(s, "bo", 3)
        assert shown(s) == ["Jeudi · 1", "Vendredi", "Samedi", "Retirer mon vote"]
        assert await chosen(s) == {"cleo": 0}
        assert len(s.in_room()) == before, "changed in place, and nobody is answered before all"
        assert s.all_heard("bo") == []


async def test_whoever_clicks_is_answered_alone_where_that_can_be(tmp_path: Path) -> None:
    async with stage(tmp_path, native=True) as s:
        await ask(s)
        await speak_english(s, "cleo")
        assert "C’est noté\u00a0: «\u00a0Vendredi\u00a0»" in await click(s, "bo", 1)
        assert "est déjà ton choix" in await click(s, "bo", 1)
        assert "Ton vote est retiré" in await click(s, "bo", 3)
        assert "Il n’y a pas de vote de toi ici" in await click(s, "bo", 3)
        assert "Noted: “Jeudi”" in await click(s, "cleo", 0)


async def test_the_log_has_one_row_for_each_who_voted(tmp_path: Path) -> None:
    async with stage(tmp_path) as s:
        await ask(s)
        for person, option in (("bo", 0), ("bo", 1), ("cleo", 2), ("cleo", 3)):
            await click(s, person, option)
        rows = [a for a in await s.kept(Activity) if a.kind == "vote"]
        bo = next(p for p in await s.kept(Person) if p.external == "bo")
        assert [row.who for row in rows] == [bo.pseudonym], "whoever takes it back took no part"


async def test_the_log_says_when_they_last_chose(tmp_path: Path) -> None:
    """On whichever platform: where a change is told as a vote taken back and another given, nothing else is known."""
    async with both(tmp_path) as (s, there):
        await ask(s)
        await click(s, "bo", 0)
        await vote(there, "dan", 0)
        await s.wait(hours=1)
        await click(s, "bo", 1)
        await vote(there, "dan", 1)
        await s.wait(hours=1)
        await click(s, "bo", 1)  # nothing new
        rows = [a for a in await s.kept(Activity) if a.kind == "vote"]
        assert [s.clock.now() - row.at for row in rows] == [timedelta(hours=1)] * 2


async def test_whoever_is_not_counted_in_the_log_votes_all_the_same(tmp_path: Path) -> None:
    async with stage(tmp_path) as s:
        await ask(s)
        await s.tell("bo", "journal arrêter")
        await s.press("bo", "Effacer et sortir")
        await click(s, "bo", 1)
        assert shown(s)[1] == "Vendredi · 1"
        assert [a for a in await s.kept(Activity) if a.kind == "vote"] == []


async def test_by_reactions_and_taken_back_with_them(tmp_path: Path) -> None:
    async with stage(tmp_path, buttons=Level.FALLBACK) as s:
        await s.say("ana", "!veillee sondage Q ? | " + ", ".join(f"c{n}" for n in range(10)))
        said = s.bot_said()[-1]
        assert [sign for _, sign in said.reactions] == [*(f"{n}️⃣" for n in range(1, 10)), "🔟", "↩️"]

        async def react(person: str, sign: str) -> str:
            reaction = await s.platform.add_reaction(person, said.id, sign)
            await s.app.settle()
            return reaction

        async def take_back(person: str, reaction: str) -> None:
            await s.platform.take_back(person, reaction)
            await s.app.settle()

        first = await react("bo", "1️⃣")
        second = await react("bo", "🔟")
        await react("cleo", "🔟")
        assert await chosen(s) == {"bo": 9, "cleo": 9}
        await take_back("bo", first)
        assert await chosen(s) == {"bo": 9, "cleo": 9}, "overtaken by the second already"
        await take_back("bo", second)
        assert await chosen(s) == {"cleo": 9}
        assert "🔟 c9 · 1" in s.in_room()[-1]
        await react("cleo", "↩️")
        await react("bo", "🎉")
        assert await chosen(s) == {}


async def test_in_a_poll_of_the_platform_s_own(tmp_path: Path) -> None:
    async with both(tmp_path) as (s, there):
        await ask(s)
        await click(s, "bo", 1)
        await vote(there, "dan", 0)
        await vote(there, "eve", 2)
        assert shown(s) == ["Jeudi · 1", "Vendredi · 1", "Samedi · 1", "Retirer mon vote"]
        await vote(there, "dan", 1)
        assert shown(s) == ["Jeudi", "Vendredi · 2", "Samedi · 1", "Retirer mon vote"]
        await unvote(there, "eve")
        assert await chosen(s) == {"bo": 1, "dan": 1}
        assert len(there.in_room()) == 1, "what counts by itself is not changed"


async def test_what_was_given_up_may_be_told_last(tmp_path: Path) -> None:
    async with both(tmp_path) as (s, there):
        await ask(s)
        await vote(there, "dan", 0)
        await vote(there, "dan", 1)
        await there.platform.vote("dan", ballot(there), 0)  # tells that 1 is given up, then 0
        await s.app.settle()
        assert await chosen(s) == {"dan": 0}
        there.platform.polls[ballot(there)].votes["dan"] = 2  # a choice told late, as given up
        await unvote(there, "dan")
        assert await chosen(s) == {"dan": 0}


async def test_an_option_that_is_none_changes_nothing(tmp_path: Path) -> None:
    async with both(tmp_path) as (s, there):
        await ask(s)
        for option in (-1, 3, 99):
            await vote(there, "dan", option)
        assert await chosen(s) == {}


async def test_someone_with_two_accounts_votes_once_and_the_last_vote_counts(tmp_path: Path) -> None:
    async with both(tmp_path) as (s, there):
        [bo] = await s.kept(Person, external="bo")
        async with s.store.unit() as unit:
            await unit.delete(Person, external="dan")
            await unit.add(Account(community_id=bo.community_id, person_id=bo.id, platform="there", external="dan"))
        await ask(s)
        await click(s, "bo", 0)
        await vote(there, "dan", 1)
        assert shown(s) == ["Jeudi", "Vendredi · 1", "Samedi", "Retirer mon vote"]
        await click(s, "bo", 2)
        await s.tell("ana", "sondage clore")
        assert "avec un vote\u00a0: Samedi" in there.in_room()[-1], "not what the other platform still shows"
        assert "Une personne a voté" in there.in_room()[-1]


async def test_who_left_voted_all_the_same(tmp_path: Path) -> None:
    async with stage(tmp_path) as s:
        await ask(s)
        await click(s, "bo", 0)
        await s.leave("bo")
        assert "Une personne a voté, sur 3 que je connais ici." in await s.tell("cleo", "sondage résultats")
        await s.tell("ana", "sondage clore")
        assert "avec un vote\u00a0: Jeudi" in s.in_room()[-1]


async def test_a_button_of_another_community_s_poll_or_of_none(tmp_path: Path) -> None:
    async with stage(tmp_path) as s:
        poll = await ask(s)
        async with s.store.unit() as unit:
            await unit.delete(type(poll), id=poll.id)
        assert "Ce sondage est terminé" in await click(s, "bo", 0)

import json
from pathlib import Path

from bot.chat.content import File
from bot.model.community import Person
from bot.model.poll import PollVote
from tests.features.polls.acts import ask, bars, both, click, shown, stage, vote


async def test_what_is_kept_is_seen_and_taken_away(tmp_path: Path) -> None:
    async with stage(tmp_path) as s:
        await ask(s)
        await click(s, "bo", 1)
        kept = await s.tell("bo", "mes données")
        assert "Sondages où ton vote est noté\u00a0: 1." in kept
        assert "un vote à un sondage" in kept
        await s.tell("bo", "exporter mes données")
        message = s.bot_said("direct-bo")[-1].message
        assert message is not None
        [file] = [block for block in message.blocks if isinstance(block, File)]
        [held] = json.loads(file.data)["poll_votes"]
        assert (held["question"], held["answer"]) == ("On se voit quand ?", "Vendredi")


async def test_forgotten_while_it_is_open_the_vote_leaves_the_count(tmp_path: Path) -> None:
    async with stage(tmp_path) as s:
        await ask(s)
        await click(s, "bo", 1)
        await click(s, "cleo", 1)
        told = await s.tell("bo", "oublie-moi")
        assert "tes votes, qui sortent aussi du compte des sondages encore ouverts" in told
        assert "où ton vote reste un nombre sans nom" in told
        await s.press("bo", "Tout effacer")
        assert shown(s) == ["Jeudi", "Vendredi · 1", "Samedi", "Retirer mon vote"]
        assert len(await s.kept(PollVote, order="person_id")) == 1


async def test_forgotten_after_the_close_a_number_remains(tmp_path: Path) -> None:
    async with stage(tmp_path) as s:
        await ask(s)
        await click(s, "bo", 1)
        await s.tell("ana", "sondage clore")
        await s.tell("bo", "oublie-moi")
        await s.press("bo", "Tout effacer")
        assert await s.kept(PollVote, order="person_id") == []
        assert bars(await s.tell("cleo", "sondage résultats")) == {"Jeudi": 0, "Vendredi": 1, "Samedi": 0}


async def test_what_the_platform_still_tells_of_them_makes_nobody_known_again(tmp_path: Path) -> None:
    async with both(tmp_path) as (s, there):
        await ask(s)
        await vote(there, "dan", 1)
        await there.tell("dan", "oublie-moi")
        await there.press("dan", "Tout effacer")
        await s.tell("ana", "sondage clore")
        assert bars(s.in_room()[-1])["Vendredi"] == 1
        assert await s.kept(Person, external="dan") == []
        assert await s.kept(PollVote, order="person_id") == []

from datetime import timedelta
from pathlib import Path

import pytest

from bot.model.community import Person
from bot.model.session import Rsvp, Session
from bot.model.story import SealedStory
from tests.features.stories.acts import NOON, drafted, planned, prompts, shared_texts, stage
from tests.french import SAYS_TU


async def test_asked_seven_and_two_days_before_at_the_sessions_hour(tmp_path: Path) -> None:
    async with stage(tmp_path) as s:
        await planned(s)
        await s.wait(days=3, hours=1)
        assert prompts(s, "bo") == []
        await s.wait(hours=1)
        [first] = prompts(s, "bo")
        assert first.startswith("On se retrouve jeudi 14 janvier à 12\u00a0h (heure de Montréal)")
        assert "« Dire non »".replace(" ", "\u00a0", 1)[:3] in first
        assert "Trois phrases suffisent, et tu choisis qui les lit." in first
        assert first.count("\n- ") == 3
        await s.wait(days=5)
        _, second = prompts(s, "bo")
        assert len(second) < len(first)
        assert not set(first.split("\n- ")[1:]) & set(second.split("\n- ")[1:])
        await s.wait(days=10)
        assert len(prompts(s, "bo")) == 2
        assert await shared_texts(s) == []


async def test_each_in_their_language(tmp_path: Path) -> None:
    async with stage(tmp_path) as s:
        async with s.store.unit() as unit:
            bo = await unit.one(Person, external="bo")
            assert bo is not None
            bo.language = "en"
        await planned(s)
        await s.wait(days=4)
        assert "Three sentences are plenty, and you choose who reads them." in s.heard("bo")
        assert "[Write] [Voice note] [Not this time]" in s.heard("bo")
        assert "Trois phrases" in s.heard("cleo")


async def test_vous_where_the_community_says_so(tmp_path: Path) -> None:
    async with stage(tmp_path, address="vous") as s:
        await planned(s)
        await s.wait(days=4)
        assert "vous choisissez qui les lit" in s.heard("bo")
        assert not SAYS_TU.search(s.heard("bo"))
        await s.wait(days=5)
        _, second = prompts(s, "bo")
        assert not SAYS_TU.search(second)


async def test_not_this_time_is_the_last_word(tmp_path: Path) -> None:
    async with stage(tmp_path) as s:
        await planned(s)
        await s.wait(days=4)
        assert (await s.press("bo", "Pas cette fois")).startswith("C’est noté, et c’est très bien ainsi.")
        assert (await s.press("bo", "Pas cette fois")).startswith("C’est noté")
        assert len(await s.kept(SealedStory)) == 1, "to pass twice is to pass once"
        await s.wait(days=8)
        assert len(prompts(s, "bo")) == 1
        assert len(prompts(s, "cleo")) == 2


async def test_who_has_told_is_not_asked_again(tmp_path: Path) -> None:
    async with stage(tmp_path) as s:
        await planned(s)
        await s.wait(days=4)
        for person, choice in (("bo", "À mon nom"), ("cleo", "Sans nom"), ("ana", "Ne pas garder")):
            await drafted(s, person)
            await s.press(person, choice)
        await s.wait(days=8)
        assert [len(prompts(s, p)) for p in ("ana", "bo", "cleo")] == [1, 1, 1]


async def test_who_left_who_is_not_there_yet_and_who_said_no_are_not_asked(tmp_path: Path) -> None:
    async with stage(tmp_path) as s:
        session = await planned(s)
        await s.leave("bo")
        [cleo] = await s.kept(Person, external="cleo")
        async with s.store.unit() as unit:
            await unit.add(Rsvp(session_id=session.id, person_id=cleo.id, answer="no", at=s.clock.now()))
        await s.wait(days=4)
        await s.join("zoe", "Zoé")
        assert prompts(s, "bo") == prompts(s, "cleo") == prompts(s, "zoe") == []
        assert len(prompts(s, "ana")) == 1
        await s.wait(days=5)
        assert len(prompts(s, "zoe")) == 1
        assert "Tu peux passer ton tour" in s.heard("zoe"), "asked of the others before, and of her for the first time"
        assert "Tu peux passer ton tour" not in s.heard("ana"), "a second time, in fewer words"


async def test_after_quiet_hours_and_once_though_much_happens_meanwhile(tmp_path: Path) -> None:
    async with stage(tmp_path) as s:
        await planned(s, NOON + timedelta(hours=10))
        await s.wait(days=3, hours=13)  # 23 h, an hour after it would have gone out
        await s.say("bo", "!veillee aide")
        assert prompts(s, "bo") == []
        await s.wait(hours=9)
        assert len(prompts(s, "bo")) == 1


async def test_a_cancelled_session_asks_nothing_and_gathers_nothing(tmp_path: Path) -> None:
    async with stage(tmp_path) as s:
        session = await planned(s)
        await s.wait(days=4)
        async with s.store.unit() as unit:
            kept = await unit.get(Session, session.id)
            assert kept is not None
            kept.state = "cancelled"
        await s.app.unasked.plan()
        assert "n’aura pas lieu" in await s.press("bo", "Écrire")
        assert "n’aura pas lieu" in await s.press("bo", "Pas cette fois")
        await s.wait(days=8)
        assert len(prompts(s, "bo")) == 1


async def test_an_old_button_after_the_session_began(tmp_path: Path) -> None:
    async with stage(tmp_path) as s:
        await planned(s)
        await s.wait(days=11)
        assert "a déjà commencé" in await s.press("bo", "Écrire")


@pytest.mark.parametrize(("typed", "said"), [
    ("récit", "Aucune rencontre n’est prévue"),
    ("mon récit", "Aucune rencontre n’est prévue"),
    ("récit 9", "Je ne trouve pas de rencontre"),
    ("récits", "réservée aux personnes qui animent"),
    ("récit pour 1 | bo | mots", "réservée aux personnes qui animent"),
])  # fmt: skip
async def test_what_cannot_be_done_is_said(tmp_path: Path, typed: str, said: str) -> None:
    async with stage(tmp_path) as s:
        assert said in await s.tell("bo", typed)

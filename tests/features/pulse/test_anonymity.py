from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.chat.actions import ACTION, Remove
from bot.chat.capabilities import Level
from bot.model.activity import Activity
from bot.model.flow import Inbox, Outbox
from bot.model.pulse import Pulse, PulseSentence, PulseTaken, SealedAnswer
from bot.ports import Refused, TryLater
from tests.features.pulse.acts import EIGHT, answer, asked, press_step, stage
from tests.features.stories.acts import on_disk
from tests.kept import tables
from tests.stage import read


def without_seals(rows: dict[str, list[tuple[Any, ...]]]) -> dict[str, Any]:
    """All that lies there, of what is sealed only its length."""
    return rows | {"sealed_answer": [(id, pulse, len(sealed)) for id, pulse, sealed in rows["sealed_answer"]]}


def made(folder: Path) -> Path:
    folder.mkdir()
    return folder


async def voted(folder: Path, step: int, buttons: Level) -> tuple[dict[str, Any], list[str]]:
    """One vote, in a life that is otherwise the same: what then lies in the database, and what is to be seen."""
    async with stage(folder, buttons=buttons) as s:
        await asked(s)
        if buttons is Level.NATIVE:
            await press_step(s, "bo", step)
        else:
            said = next(m for m in s.bot_said("direct-bo") if "5 · " in read(m.message))
            await s.platform.add_reaction("bo", said.id, f"{step}\ufe0f\u20e3")
            await s.app.settle()
        seen = [f"{m.person} {m.text} {m.reactions}" for m in s.platform.seen_by("bo")]
        return without_seals(tables(folder)), seen


async def test_two_votes_differ_in_nothing_but_what_is_sealed(tmp_path: Path) -> None:
    for buttons in (Level.NATIVE, Level.FALLBACK):
        low, seen_low = await voted(made(tmp_path / f"low-{buttons.value}"), 1, buttons)
        high, seen_high = await voted(made(tmp_path / f"high-{buttons.value}"), 5, buttons)
        assert low["sealed_answer"], "a vote was kept"
        assert low == high
        assert seen_low == seen_high


async def test_nor_does_any_file_hold_the_click(tmp_path: Path) -> None:
    async with stage(tmp_path) as s:
        await asked(s)
        await press_step(s, "bo", 4)
        assert on_disk(tmp_path, '"choice":3') == []
    async with stage(made(tmp_path / "typed"), buttons=Level.FALLBACK) as s:
        await asked(s)
        await s.tell("bo", "4")
        assert await s.kept(PulseTaken, order="person_id")
        assert on_disk(tmp_path / "typed", '"text":"4"') == []
        assert [m.text for m in s.platform.seen_by("bo") if m.person == "bo"] == []


async def test_the_log_says_who_took_part_at_the_hour_of_the_question(tmp_path: Path) -> None:
    async with stage(tmp_path) as s:
        pulse = await asked(s)
        await s.wait(hours=5)
        await answer(s, {"bo": 2, "p1": 5})
        rows = await s.kept(Activity, kind="pulse")
        assert [row.at for row in rows] == [pulse.opens] * 2


async def test_an_answer_cannot_be_changed(tmp_path: Path) -> None:
    async with stage(tmp_path) as s:
        await asked(s)
        await press_step(s, "bo", 2)
        assert "Elle ne peut plus changer" in await press_step(s, "bo", 5)
        assert len(await s.kept(SealedAnswer)) == 1
        assert len(await s.kept(PulseTaken, order="person_id")) == 1


async def test_a_sentence_is_sealed_apart_and_of_the_same_size(tmp_path: Path) -> None:
    async with stage(tmp_path) as s:
        await asked(s)
        await press_step(s, "bo", 2)
        asking = await s.press("bo", "Ajouter une phrase")
        assert "Tout le groupe la lira, sans ton nom" in asking
        assert "Il me faut des mots" in await s.tell("bo", "🙂")
        sentence = "J’ai manqué de « temps » pour " + "é" * 260
        assert "Ta phrase est scellée" in await s.tell("bo", sentence)
        assert len({len(a.sealed) for a in await s.kept(SealedAnswer)}) == 1
        assert len(await s.kept(SealedAnswer)) == 2
        assert on_disk(tmp_path, "manqué de") == []
        assert sentence not in [m.text for m in s.platform.seen_by("bo")]


async def test_once_closed_no_seal_and_no_key_is_left(tmp_path: Path) -> None:
    async with stage(tmp_path, pulse={"on": False}) as s:
        pulse = await asked(s)
        await answer(s, dict.fromkeys(EIGHT, 4))
        [key] = (tmp_path / "seals").iterdir()
        assert key.stat().st_mode & 0o777 == 0o600
        assert key.parent.stat().st_mode & 0o777 == 0o700
        assert key.name == f"pulse-{pulse.id}.key"
        await s.wait(days=3, minutes=1)
        assert await s.kept(SealedAnswer) == []
        assert list((tmp_path / "seals").iterdir()) == []
        assert len(await s.kept(PulseTaken, order="person_id")) == 8


async def test_a_key_that_outlived_its_pulse_is_destroyed_later(tmp_path: Path) -> None:
    async with stage(tmp_path, pulse={"on": False}) as s:
        pulse = await asked(s)
        await answer(s, dict.fromkeys(EIGHT, 4))
        key = tmp_path / "seals" / f"pulse-{pulse.id}.key"
        held = key.read_bytes()
        await s.wait(days=4)
        key.write_bytes(held)  # as if killed between the commit and the destruction
        await s.app.unasked.plan()
        assert not key.exists()


async def test_below_five_nothing_is_shown_and_nothing_kept(tmp_path: Path) -> None:
    async with stage(tmp_path, pulse={"on": False}) as s:
        await asked(s)
        await answer(s, dict.fromkeys(EIGHT[:4], 5))
        await s.press("p1", "Ajouter une phrase")
        await s.tell("p1", "Une phrase à moi.")
        await s.wait(days=3, minutes=1)
        assert "Il y a eu moins de cinq réponses" in s.in_room()[-1]
        assert "Une phrase à moi." not in s.in_room()[-1]
        [closed] = await s.kept(Pulse)
        assert (closed.state, closed.counts) == ("closed", ())
        assert await s.kept(PulseSentence) == []
        assert on_disk(tmp_path, "phrase à moi") == []
        assert "Pas encore de résultats" in await s.tell("bo", "pouls résultats")


async def test_the_plan_shows_no_result_beforehand(tmp_path: Path) -> None:
    async with stage(tmp_path, pulse={"on": False}) as s:
        await asked(s)
        await answer(s, dict.fromkeys(EIGHT, 5))
        await s.tell("ana", "plan")
        assert not any("Moyenne" in heard for heard in s.all_heard("ana"))


async def test_clicks_after_the_close(tmp_path: Path) -> None:
    async with stage(tmp_path, pulse={"on": False}) as s:
        await asked(s)
        await answer(s, {"p1": 3})
        await s.press("p1", "Ajouter une phrase")
        await s.wait(days=4)
        assert "est terminée" in await press_step(s, "bo", 2)
        assert "est terminée" in await s.tell("p1", "Trop tard, peut-être.")
        assert await s.kept(SealedAnswer) == []


async def test_lost_key(tmp_path: Path) -> None:
    async with stage(tmp_path, pulse={"on": False}) as s:
        await asked(s)
        await answer(s, dict.fromkeys(EIGHT, 5))
        for key in (tmp_path / "seals").iterdir():
            key.unlink()
        await s.wait(days=3, minutes=1)
        assert "Je ne peux pas ouvrir les réponses" in s.in_room()[-1]
        [closed] = await s.kept(Pulse)
        assert closed.closes + timedelta(minutes=1) == s.clock.now()
        assert (closed.state, closed.counts) == ("closed", ())


async def test_taking_an_answer_away_survives_a_stop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It waits with all that is to be done, and is done by the next life."""
    async with stage(tmp_path, buttons=Level.FALLBACK) as s:
        await asked(s)

        async def later(*_: Any, **__: Any) -> None:
            raise TryLater("unreachable")

        monkeypatch.setattr(s.platform, "remove", later)
        question = next(m for m in reversed(s.bot_said("direct-p1")) if len(m.reactions) == 5)
        await s.platform.add_reaction("p1", question.id, "4️⃣")
        await s.app.settle()
        assert ("p1", "4️⃣") in question.reactions
        waiting = [ACTION.validate_json(row.action) for row in await s.kept(Outbox, state="pending")]
        assert isinstance(waiting[0], Remove)
        monkeypatch.undo()
        s.app.delivery._resting.clear()
        await s.app.settle()
        assert ("p1", "4️⃣") not in question.reactions
        assert await s.kept(Outbox, purpose="removal") == []


@pytest.mark.parametrize(
    ("language", "told"), [("fr", "Tu peux l’effacer toi-même"), ("en", "You can delete it yourself")]
)
async def test_where_it_cannot_be_taken_away_they_are_told_and_nothing_says_so_here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, language: str, told: str
) -> None:
    async with stage(tmp_path, buttons=Level.FALLBACK, language=language) as s:
        await asked(s)

        async def refuse(*_: Any, **__: Any) -> None:
            raise Refused("not allowed to")

        monkeypatch.setattr(s.platform, "remove", refuse)
        question = next(m for m in reversed(s.bot_said("direct-p1")) if len(m.reactions) == 5)
        await s.platform.add_reaction("p1", question.id, "4️⃣")
        await s.app.settle()
        assert told in s.heard("p1")
        assert len(await s.kept(SealedAnswer)) == 1
        assert await s.kept(Inbox, room="direct-p1") == []
        replies = await s.kept(Outbox, room="direct-p1", purpose="reply")
        assert [len(row.choices) for row in replies] == [2], "but for what can be chosen, nothing of it is kept"
        assert await s.kept(Outbox, purpose="removal") == []

"""Each says how much they want to be written to: nobody else sees it, and it is heeded at once."""

import json
from datetime import timedelta
from pathlib import Path

import pytest

from bot.chat.content import File
from bot.model.attention import Request
from bot.model.community import Person
from bot.model.flow import Inbox, Outbox
from tests.features.attention.acts import ask, asked, busy, rows, stage
from tests.features.both import OTHER, THERE, link
from tests.stage import HALL, Stage


async def wish_of(s: Stage, person: str) -> str:
    [found] = await s.kept(Person, external=person)
    return found.wish


@pytest.mark.parametrize(
    ("language", "command", "button", "said"),
    [
        ("fr", "messages", "Moins", "C’est noté\u00a0: je t’écris une fois par semaine au plus."),
        ("fr", "sollicitations", "Rien", "C’est noté\u00a0: je ne t’écris plus de moi-même."),
        ("en", "messages", "Only sessions", "Noted: I write to you only about the sessions you come to"),
        ("en", "write less", "As usual", "Noted: I write to you 3 times a week at most."),
    ],
)
async def test_by_a_word_and_a_button(tmp_path: Path, language: str, command: str, button: str, said: str) -> None:
    async with stage(tmp_path, language=language) as s:
        shown = await s.tell("bo", command)
        assert "3" in shown.splitlines()[1]
        assert (await s.press("bo", button)).startswith(said)
        wishes = {"Moins": "less", "Rien": "nothing", "Only sessions": "sessions"}
        assert await wish_of(s, "bo") == wishes.get(button, "usual")


@pytest.mark.parametrize(
    ("typed", "wish"),
    [
        ("messages moins", "less"), ("messages rencontres", "sessions"), ("messages rien", "nothing"),
        ("messages nothing", "nothing"), ("write less", "usual"), ("messages comme d'habitude", "usual"),
    ],
)  # fmt: skip
async def test_in_one_line(tmp_path: Path, typed: str, wish: str) -> None:
    async with stage(tmp_path) as s:
        await s.tell("bo", typed)
        assert await wish_of(s, "bo") == wish


async def test_by_a_command_of_the_platform_and_in_the_room_nobody_else_sees_it(tmp_path: Path) -> None:
    async with stage(tmp_path, native=True) as s:
        told = await s.command("bo", "attention.wish", wish="less")
        assert told.startswith("C’est noté")
        assert await wish_of(s, "bo") == "less"
        await s.say("cleo", "!veillee messages rien", HALL)
        assert s.in_room() == []
        assert await wish_of(s, "cleo") == "nothing"


async def test_said_with_vous_where_the_community_does(tmp_path: Path) -> None:
    async with stage(tmp_path, address="vous") as s:
        assert "Combien de fois puis-je vous écrire en privé" in await s.tell("bo", "messages")
        await ask(s, "pulse", "w1", "bo")
        assert "Pour que je vous écrive moins\u00a0: !veillee messages" in s.heard("bo")


async def test_less_is_one_a_week_with_all_that_waited(tmp_path: Path) -> None:
    async with stage(tmp_path) as s:
        await s.tell("bo", "messages moins")
        await busy(s, "bo", 1)
        await ask(s, "pulse", "x1", "bo", useful=timedelta(days=20))
        await ask(s, "story", "y1", "bo", useful=timedelta(days=20))
        assert asked(s, "bo") == ["w0"]
        await s.wait(days=7)
        assert asked(s, "bo") == ["w0", "y1 x1 y1] x1]"]


async def test_only_sessions(tmp_path: Path) -> None:
    async with stage(tmp_path) as s:
        await s.tell("bo", "messages rencontres")
        await ask(s, "story", "x1", "bo")
        await ask(s, "reminder", "y1", "bo")
        assert asked(s, "bo") == ["y1"]
        assert await rows(s, "bo") == {"x1": ("dropped", "wish"), "y1": ("sent", "")}


async def test_nothing_is_nothing_but_answers(tmp_path: Path) -> None:
    async with stage(tmp_path) as s:
        await s.tell("bo", "messages rien")
        await ask(s, "reminder", "x1", "bo")
        assert asked(s, "bo") == []
        assert "Les rencontres" in await s.tell("bo", "rencontres") or "Aucune rencontre" in s.heard("bo")


async def test_what_waits_heeds_it_at_once(tmp_path: Path) -> None:
    async with stage(tmp_path) as s:
        await busy(s, "bo")
        await ask(s, "pulse", "x1", "bo", useful=timedelta(days=20))
        await s.tell("bo", "messages rien")
        assert (await rows(s, "bo"))["x1"] == ("dropped", "wish")
        await s.tell("bo", "messages habitude")
        await s.wait(days=9)
        assert asked(s, "bo") == ["w0", "w1", "w2"], "what was left stays left"


async def test_it_is_offered_now_and_then_and_not_each_time(tmp_path: Path) -> None:
    async with stage(tmp_path, attention={"per_week": 21}) as s:
        for day in range(30):
            await ask(s, "pulse", f"w{day}", "bo")
            await s.wait(days=1)
        offered = ["Pour que je t’écrive moins" in text for text in s.all_heard("bo")]
        assert [day for day, was in enumerate(offered) if was] == [0, 29]


async def test_no_row_tells_that_they_asked_and_their_data_does(tmp_path: Path) -> None:
    async with stage(tmp_path) as s:
        await ask(s, "pulse", "w1", "bo")
        before = len(await s.kept(Inbox, room="direct-bo")), len(await s.kept(Outbox))
        await s.tell("bo", "messages rien")
        assert (len(await s.kept(Inbox, room="direct-bo")), len(await s.kept(Outbox))) == before
        told = await s.tell("bo", "mes données")
        assert "Ton souhait que je ne t’écrive plus de moi-même." in told
        assert "Ce que je t’ai demandé, ou voulais te demander, ces dernières semaines" in told
        await s.tell("bo", "exporter mes données")
        message = s.bot_said("direct-bo")[-1].message
        assert message is not None
        [file] = [block for block in message.blocks if isinstance(block, File)]
        held = json.loads(file.data)
        assert held["person"]["wants_to_be_written_to"] == "nothing"
        assert [(r["purpose"], r["state"]) for r in held["asked_of_you"]] == [("test.pulse", "sent")]


async def test_forgotten_with_all_else(tmp_path: Path) -> None:
    async with stage(tmp_path) as s:
        await ask(s, "pulse", "w1")
        await busy(s, "bo")
        await s.tell("bo", "oublie-moi")
        await s.press("bo", "Tout effacer")
        left = {row.person_id for row in await s.kept(Request)}
        assert len(left) == 2, "those of Ana and of Cleo"


async def test_two_accounts_are_one_person_with_one_week(tmp_path: Path) -> None:
    async with stage(tmp_path, elsewhere={OTHER: THERE}) as s:
        there = s.on(OTHER)
        await busy(s, "bo", 2)
        await ask(s, "pulse", "y1", "bo77")
        await there.tell("bo77", "messages rencontres")
        await link(s, there)
        [bo] = [p for p in await s.kept(Person) if p.external in ("bo", "bo77")]
        assert bo.wish == "sessions", "who asked for less on one side has less of it on both"
        assert {row.key for row in await s.kept(Request, person_id=bo.id)} == {"w0", "w1", "y1"}
        await ask(s, "reminder", "z1", "bo", "bo77", useful=timedelta(days=30))
        assert (await rows(s, bo.external))["z1"] == ("waits", "room"), "three came already, on one side or the other"

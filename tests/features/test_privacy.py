import json
import sqlite3
from datetime import timedelta
from pathlib import Path
from typing import Any

from bot.chat.capabilities import Level
from bot.chat.content import File
from bot.chat.events import Someone
from bot.model.activity import Activity
from bot.model.community import Person
from bot.model.flow import Inbox, Outbox
from bot.model.introduction import Introduction
from bot.model.pulse import Pulse, PulseTaken
from bot.model.session import Attendance, Rsvp, Session
from bot.model.settings import Settings
from bot.model.story import Story, StoryAnswer
from storage.sqlite import REWRITE
from storage.store import SqlStore
from tests import kept
from tests.kept import POSTGRESQL
from tests.stage import HALL, Stage, stage

QUIET: dict[str, Any] = {"icebreakers": {"on": False}, "pulse": {"on": False, "after_sessions": False}}
NAME = "Zoéline d’Hautecoeur"
ID = "@zoeline-7f31:exemple.org"


async def live(s: Stage) -> str:
    """Someone arrives and takes part in all there is. Returns their pseudonym."""
    await s.join(ID, NAME)
    await s.wait(minutes=6)
    first = await s.say(ID, "Bonjour à vous")
    await s.say("bo", "Bonjour Zoéline", answers=first)
    await s.say(ID, "Merci", answers=await s.say("bo", "Un café ?"))
    await s.press(ID, "Me présenter")
    for answer in ("Infirmière de nuit", "passer", "passer"):
        await s.tell(ID, answer)
    await s.press(ID, "Publier")
    async with s.store.unit() as unit:
        person = await unit.one(Person, external=ID)
        assert person is not None
        session = Session(
            community_id=person.community_id, number=1, theme="Dire non", starts=s.clock.now() - timedelta(days=1),
            minutes=60, state="planned", planned_by=person.id, announced=True,
        )  # fmt: skip
        await unit.add(session)
        pulse = Pulse(
            community_id=person.community_id, question="q1", opens=s.clock.now(), closes=s.clock.now(),
            state="closed",
        )  # fmt: skip
        await unit.add(pulse)
        await unit.add(Rsvp(session_id=session.id, person_id=person.id, answer="yes", at=s.clock.now()))
        await unit.add(Attendance(session_id=session.id, person_id=person.id))
        await unit.add(StoryAnswer(session_id=session.id, person_id=person.id))
        await unit.add(PulseTaken(pulse_id=pulse.id, person_id=person.id))
        mine = Story(
            id="a1", session_id=session.id, person_id=person.id, sharing="named", text="Mon récit à moi",
            shared=True,
        )  # fmt: skip
        await unit.add(mine)
        told = "Un récit sans nom"
        await unit.add(Story(id="a2", session_id=session.id, person_id=None, sharing="unnamed", text=told))
        return person.pseudonym


def found(folder: Path, *words: str) -> list[str]:
    """Where any of the words lies, in the tables or in the bytes of the database's files."""
    places = [
        f"{table}: {row}" for table, rows in kept.tables(folder).items() for row in rows for word in words
        if word in repr(row)
    ]  # fmt: skip
    for file in sorted(folder.glob("veillee.db*")):
        held = file.read_bytes()
        for word in words:
            spellings = {word.encode(), json.dumps(word)[1:-1].encode()}
            places += [f"{file.name}: {word}" for spelling in spellings if spelling in held]
    return places


# -- seeing --------------------------------------------------------------------------------------------------


async def test_what_is_kept_in_plain_words(tmp_path: Path) -> None:
    async with stage(tmp_path, **QUIET) as s:
        await live(s)
        said = await s.tell(ID, "mes données")
        for expected in (
            "Ce que je garde de toi, dans «\u00a0Le cercle\u00a0»",
            f"Ton identifiant ({ID}) et ton nom ({NAME})",
            "Ton arrivée\u00a0: lundi 4 janvier",
            "un message, une réponse, une arrivée et une présentation.",
            "Réponses à des rencontres\u00a0: 1",
            "ta présence est notée\u00a0: 1",
            "portent ton nom ou que l’animation seule lit\u00a0: 1",
            "Prises de pouls où tu as participé, sans ce que tu as répondu\u00a0: 1",
        ):
            assert expected in said


async def test_asked_in_the_room_it_is_answered_in_private(tmp_path: Path) -> None:
    async with stage(tmp_path, language="en", **QUIET) as s:
        for command in ("my data", "export my data", "forget me", "log off", "log on"):
            await s.say("bo", f"!veillee {command}")
        assert s.in_room() == []
        assert len(s.all_heard("bo")) == 6, "five answers, and a file"


async def test_the_export_holds_everything(tmp_path: Path) -> None:
    async with stage(tmp_path, **QUIET) as s:
        pseudonym = await live(s)
        await s.tell(ID, "me présenter")
        await s.tell(ID, "Encore moi")
        await s.tell(ID, "!veillee exporter mes données")
        assert "fichier JSON" in s.all_heard(ID)[-2]
        message = s.bot_said(f"direct-{ID}")[-1].message
        assert message is not None
        [file] = [block for block in message.blocks if isinstance(block, File)]
        assert file.name == "veillee-mes-donnees.json"
        held = json.loads(file.data)
        assert held["person"]["identifier"] == ID
        assert held["person"]["name"] == NAME
        assert held["person"]["pseudonym"] == pseudonym
        assert held["person"]["rooms"] == ["Le salon"]
        assert [row["kind"] for row in held["activity"]] == ["join", "message", "reply", "introduction"]
        assert [r["answer"] for r in held["rsvps"]] == ["yes"]
        assert held["rsvps"][0]["session"]["theme"] == "Dire non"
        assert len(held["attendance"]) == len(held["story_answers"]) == 1
        assert [story["text"] for story in held["stories"]] == ["Mon récit à moi"]
        assert [pulse["question"] for pulse in held["pulses_taken_part_in"]] == ["q1"]
        assert held["introductions"] == [{"does": "", "hopes": "", "about": "", "posted": True}]
        assert held["form_being_filled_in"]["answers"] == {"does": "Encore moi"}
        assert {m["purpose"] for m in held["messages_sent_to_you"]} == {"welcome.first", "welcome.steps", "reply"}
        assert "Un récit sans nom" not in file.data.decode()
        assert not any("Mon récit" in row.action for row in await s.kept(Outbox))


# -- being forgotten -----------------------------------------------------------------------------------------


async def test_forget_me_leaves_no_trace(tmp_path: Path) -> None:
    async with stage(tmp_path, **QUIET) as s:
        pseudonym = await live(s)
        asked = await s.tell(ID, "oublie-moi")
        assert "Rien ne s’efface avant que tu choisisses" in asked
        assert found(tmp_path, ID) != [], "the search finds what is there"
        told = await s.press(ID, "Tout effacer")
        assert told.startswith("C’est fait\u00a0: tout ce qui menait à toi est effacé.")
        assert found(tmp_path, ID, NAME, pseudonym, "Mon récit à moi", "Infirmière de nuit") == []
        assert not any("se présente" in text for text in s.in_room())
        assert [story.text for story in await s.kept(Story)] == ["Un récit sans nom"]
        assert [session.planned_by for session in await s.kept(Session)] == [0]
        for kept in (Rsvp, Attendance, Introduction):
            assert await s.kept(kept) == []
        assert await s.kept(StoryAnswer, order="session_id") == []
        assert await s.kept(PulseTaken, order="pulse_id") == []
        [bo] = await s.kept(Person, external="bo")
        assert [r.kind for r in await s.kept(Activity, who=bo.pseudonym)] == ["reply", "message"]
        assert await s.kept(Outbox, state="pending") == []


async def test_no_trace_among_much_else(tmp_path: Path) -> None:
    """Enough rows for pages of the database to be split and joined: nothing stays in the gaps."""
    async with stage(tmp_path, **QUIET) as s:
        pseudonym = await live(s)
        for number in range(150):
            said = await s.platform.say(ID, HALL, "Bonjour")
            await s.platform.say("bo", HALL, "Bonjour", answers=said)
            if number % 10 == 0:
                await s.platform.tell(ID, "aide")
                await s.platform.join(f"p{number}", f"Personne {number}", HALL)
                await s.platform.rename(ID, f"{NAME} {number}", HALL)
                await s.app.settle()
        await s.wait(days=1)
        await s.say(ID, "!veillee oublie-moi")
        await s.press(ID, "Tout effacer")
        assert found(tmp_path, ID, NAME, pseudonym) == []


@kept.only_on_a_file
async def test_what_a_kill_left_to_rewrite_is_rewritten_at_the_next_start(tmp_path: Path) -> None:
    async with stage(tmp_path, **QUIET) as s:
        await s.say("bo", "Bonjour")
    with sqlite3.connect(tmp_path / "veillee.db") as db:
        db.execute(f"pragma user_version = {REWRITE}")
    db.close()
    store = SqlStore(f"sqlite+aiosqlite:///{tmp_path / 'veillee.db'}")
    async with store.unit() as unit:
        assert await unit.count(Person) == 3
    await store.close()
    with sqlite3.connect(tmp_path / "veillee.db") as db:
        assert db.execute("pragma user_version").fetchone() == (0,)
    db.close()


async def test_without_buttons_the_last_words_still_come_and_leave_no_row(tmp_path: Path) -> None:
    async with stage(tmp_path, buttons=Level.FALLBACK, **QUIET) as s:
        await s.join(ID, NAME)
        await s.wait(minutes=6)
        await s.tell(ID, "oublie-moi")
        assert (await s.tell(ID, "1")).startswith("C’est fait")
        assert found(tmp_path, ID, NAME) == []


async def test_what_still_waits_for_them_is_never_said(tmp_path: Path) -> None:
    async with stage(tmp_path, **QUIET) as s:
        await s.join(ID, NAME)
        await s.wait(minutes=6)
        await s.tell(ID, "oublie-moi")
        async with s.store.unit() as unit:
            [greeted] = await unit.find(Outbox, purpose="welcome.first")
            waiting = Outbox(
                key="waiting", community_id=greeted.community_id, platform="rehearsal", person=ID, language="fr",
                purpose="later", action='{"kind":"direct","message":{"blocks":[]}}', at=s.clock.now(),
            )  # fmt: skip
            await unit.add(waiting)
        buttons = [x for x in s.bot_said(f"direct-{ID}") if x.message and x.message.choices][-1]
        await s.platform.press(ID, buttons.id, 0)
        await s.platform.say(ID, HALL, "!veillee aide")  # waits in the inbox when they are forgotten
        await s.app.router.drain()
        assert await s.kept(Outbox, key="waiting") == []


async def test_a_stranger_anew(tmp_path: Path) -> None:
    async with stage(tmp_path, **QUIET) as s:
        await live(s)
        await s.tell(ID, "oublie-moi")
        last = await s.press(ID, "Tout effacer")
        assert await s.tell(ID, "mes données") == last, "someone unknown is not answered in private"
        assert await s.press(ID, "Tout effacer") == last, "nor does a button work twice"
        assert found(tmp_path, ID, NAME) == []
        await s.say(ID, "Bonjour encore")
        [stranger] = await s.kept(Person, external=ID)
        assert [r.kind for r in await s.kept(Activity, who=stranger.pseudonym)] == ["message"]
        await s.leave(ID)
        assert not (await s.kept(Person, external=ID))[0].present


async def test_leaving_after_being_forgotten_begins_nothing(tmp_path: Path) -> None:
    async with stage(tmp_path, **QUIET) as s:
        await live(s)
        await s.tell(ID, "oublie-moi")
        await s.press(ID, "Tout effacer")
        await s.platform.rename(ID, "Autre nom", HALL)
        await s.leave(ID)
        assert await s.kept(Person, external=ID) == []
        await s.join(ID, NAME)
        await s.wait(minutes=6)
        assert s.in_room()[-1].startswith(f"Bienvenue à {NAME}.")


async def test_erased_and_counted_no_more(tmp_path: Path) -> None:
    async with stage(tmp_path, **QUIET) as s:
        pseudonym = await live(s)
        await s.tell(ID, "oublie-moi")
        told = await s.press(ID, "Effacer et ne plus me compter")
        assert "Je garde ton identifiant et ton refus" in told
        assert found(tmp_path, NAME, pseudonym) == []
        files = set() if POSTGRESQL else {"veillee.db"}
        assert {place.split(":")[0] for place in found(tmp_path, ID)} == {"person"} | files
        await s.say(ID, "Je suis encore là")
        [kept] = await s.kept(Person, external=ID)
        assert (kept.name, kept.logged, kept.present, kept.joined_at) == ("", False, False, None)
        assert await s.kept(Activity, who=kept.pseudonym) == []
        await s.leave(ID)
        await s.join(ID, NAME)
        await s.wait(minutes=6)
        assert s.in_room()[-1].startswith(f"Bienvenue à {NAME}."), "not greeted as someone known"


async def test_nothing_is_erased_by_changing_ones_mind(tmp_path: Path) -> None:
    async with stage(tmp_path, language="en", **QUIET) as s:
        await s.say("bo", "Hello")
        await s.tell("bo", "forget me")
        assert await s.press("bo", "Change nothing") == "All right, nothing has changed."
        assert len(await s.kept(Person, external="bo")) == 1
        assert len(await s.kept(Activity)) == 1


async def test_who_has_left_may_still_be_forgotten(tmp_path: Path) -> None:
    async with stage(tmp_path, **QUIET) as s:
        pseudonym = await live(s)
        await s.leave(ID)
        assert "Je ne te compte pas parmi les membres" in await s.tell(ID, "charte")
        assert "un départ" in await s.tell(ID, "mes données")
        await s.tell(ID, "oublie-moi")
        assert (await s.press(ID, "Tout effacer")).startswith("C’est fait")
        assert found(tmp_path, ID, NAME, pseudonym) == []


async def test_a_community_is_not_forgotten_for_another(tmp_path: Path) -> None:
    async with stage(tmp_path, **QUIET) as s:
        [first] = await s.kept(Person, external="bo")
        await s.app.prepare([("autre", Settings(name="L’autre", zone="America/Montreal", **QUIET))])
        await s.platform.open_room("cour", "La cour", community="autre", members=[Someone("bo", "Bo")])
        await s.app.settle()
        await s.say("bo", "!veillee oublie-moi")  # of the first
        await s.say("bo", "!veillee mes données", room="cour")  # the last to write is the second
        await s.press("bo", "Tout effacer")
        [left] = await s.kept(Person, external="bo")
        assert left.community_id != first.community_id
        assert "L’autre" in await s.tell("bo", "mes données")


# -- the activity log ----------------------------------------------------------------------------------------


async def test_out_of_the_log_past_included_and_back(tmp_path: Path) -> None:
    async with stage(tmp_path, **QUIET) as s:
        pseudonym = await live(s)
        assert "j’efface toutes tes lignes passées" in await s.tell(ID, "journal arrêter")
        assert len(await s.kept(Activity, who=pseudonym)) == 4, "asked first"
        assert "tes lignes sont effacées" in await s.press(ID, "Effacer et sortir")
        assert found(tmp_path, pseudonym) == []
        await s.say(ID, "Je ne compte pas")
        [person] = await s.kept(Person, external=ID)
        assert await s.kept(Activity, who=person.pseudonym) == []
        assert len(await s.kept(Rsvp)) == len(await s.kept(Attendance)) == 1
        assert "tu as choisi de ne pas y être" in await s.tell(ID, "mes données")
        assert "Tu n’es pas dans le journal" in await s.tell(ID, "journal arrêter")
        assert "Tu n’es pas dans le journal" in await s.press(ID, "Effacer et sortir")
        assert "à partir de maintenant" in await s.tell(ID, "journal reprendre")
        assert "te compte déjà" in await s.tell(ID, "journal reprendre")
        await s.say(ID, "Je compte")
        assert [r.kind for r in await s.kept(Activity, who=person.pseudonym)] == ["message"]


async def test_staying_in_the_log_after_all(tmp_path: Path) -> None:
    async with stage(tmp_path, language="en", **QUIET) as s:
        await s.say("bo", "Hello")
        await s.tell("bo", "log off")
        assert await s.press("bo", "Change nothing") == "All right, nothing has changed."
        assert len(await s.kept(Activity)) == 1


async def test_the_inbox_keeps_nothing_of_a_stranger(tmp_path: Path) -> None:
    async with stage(tmp_path, **QUIET) as s:
        await s.platform.direct_room("inconnue")
        assert await s.tell("inconnue", "Bonjour, qui es-tu ?") == ""
        assert not any("inconnue" in row.room for row in await s.kept(Inbox))
        assert found(tmp_path, "inconnue") == []

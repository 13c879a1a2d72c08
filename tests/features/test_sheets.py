"""Where a platform has sheets to fill in: they are handed, corrected, and opened again."""

from pathlib import Path
from typing import Any

from bot.chat.content import Sheet
from bot.model.community import Person
from bot.model.flow import Conversation
from bot.model.session import Session
from tests.features.stories.acts import WORDS
from tests.stage import stage

QUIET: dict[str, Any] = {"icebreakers": {"on": False}, "stories": {"days": ()}, "pulse": {"on": False}}
PLAN = "sessions.plan"
GOOD = {"theme": "Dire non", "when": "jeudi 14 janvier 12 h", "length": "1 h 30", "place": "Salon bleu"}


def written(sheet: Sheet) -> dict[str, str]:
    return {q.name: q.value for q in sheet.questions if q.value}


async def test_a_command_that_misses_something_hands_a_sheet_with_what_was_given(tmp_path: Path) -> None:
    async with stage(tmp_path, native=True, **QUIET) as s:
        assert await s.command("ana", PLAN, theme="Dire non") == ""
        sheet = s.sheet("ana")
        assert (sheet.title, sheet.form) == ("Rencontre planifier", PLAN)
        assert written(sheet) == {"theme": "Dire non"}
        when = next(q for q in sheet.questions if q.name == "when")
        assert (when.label, when.required, when.shape) == ("Quand", True, "line")
        assert when.asks.startswith("Quel jour, et à quelle heure")
        assert [q.name for q in sheet.questions if not q.required] == ["place", "series"]
        assert "Rien n’est publié" in await s.fill("ana", {"when": GOOD["when"], "length": "1 h 30"})
        assert "C’est annoncé" in await s.press("ana", "Annoncer")
        assert [x.theme for x in await s.kept(Session)] == ["Dire non"]
        assert await s.kept(Conversation) == []
        # All of it passed where only Ana sees it: her private room was never opened.
        assert "direct-ana" not in s.platform.rooms


async def test_in_english(tmp_path: Path) -> None:
    async with stage(tmp_path, native=True, **QUIET) as s:
        s.native.languages["ana"] = "en"
        await s.command("ana", PLAN)
        sheet = s.sheet("ana")
        assert sheet.title == "Session plan"
        assert [q.label for q in sheet.questions[:2]] == ["Theme", "When"]
        told = await s.fill("ana", GOOD | {"when": "some day"})
        assert told.startswith("I can’t read a date in “some day”")
        assert told.split("\n")[-1] == "[Correct it]"


async def test_a_command_that_misses_nothing_hands_none(tmp_path: Path) -> None:
    async with stage(tmp_path, native=True, **QUIET) as s:
        assert "Rien n’est publié" in await s.command("ana", PLAN, **GOOD)
        assert s.native.sheets == {}


async def test_a_bad_date_is_said_given_back_and_corrected(tmp_path: Path) -> None:
    async with stage(tmp_path, native=True, **QUIET) as s:
        await s.command("ana", PLAN)
        told = (await s.fill("ana", GOOD | {"when": "un de ces jours"})).split("\n")
        assert told[0].startswith("Je ne lis pas de date dans «\u00a0un de ces jours\u00a0».")
        assert told[1] == "Voici ce que tu avais écrit\u00a0:"
        assert told[2:6] == ["> Dire non", "un de ces jours", "1 h 30", "Salon bleu"]
        assert told[-1] == "[Corriger]"
        assert await s.kept(Session) == []
        # Nothing but a click: no sheet opens by itself.
        assert len(s.native.sheets["ana"]) == 1
        await s.press("ana", "Corriger")
        assert written(s.sheet("ana")) == GOOD | {"when": "un de ces jours"}
        assert "Rien n’est publié" in await s.fill("ana", {"when": GOOD["when"]})
        assert await s.kept(Conversation) == []


async def test_a_bad_date_in_the_command_itself(tmp_path: Path) -> None:
    async with stage(tmp_path, native=True, **QUIET) as s:
        told = await s.command("ana", PLAN, **(GOOD | {"when": "bientôt"}))
        assert "bientôt" in told.split("\n")[0]
        await s.press("ana", "Corriger")
        assert written(s.sheet("ana")) == GOOD | {"when": "bientôt"}


async def test_what_the_command_itself_refuses_is_given_back_too(tmp_path: Path) -> None:
    async with stage(tmp_path, native=True, **QUIET) as s:
        await s.command("ana", PLAN, **GOOD)
        await s.press("ana", "Annoncer")
        await s.command("ana", "sessions.edit", session="1")
        sheet = s.sheet("ana")
        what = next(q for q in sheet.questions if q.name == "what")
        assert (what.shape, what.options[1]) == ("option", ("place", "lieu"))
        told = await s.fill("ana", {"what": "place", "value": "Salon bleu"})
        assert told.split("\n")[0].startswith("C’est déjà ainsi")
        assert "> 1\nlieu\nSalon bleu" in told
        await s.press("ana", "Corriger")
        assert written(s.sheet("ana")) == {"session": "1", "what": "place", "value": "Salon bleu"}
        assert "C’est changé" in await s.fill("ana", {"value": "Salon vert"})


async def test_a_message_does_not_answer_a_sheet(tmp_path: Path) -> None:
    async with stage(tmp_path, native=True, **QUIET) as s:
        await s.command("ana", PLAN)
        await s.fill("ana", GOOD | {"when": "bientôt"})
        assert "Aucune rencontre" in await s.tell("ana", "rencontres")
        await s.press("ana", "Corriger")
        assert written(s.sheet("ana"))["when"] == "bientôt"


async def test_a_sheet_does_not_end_a_conversation(tmp_path: Path) -> None:
    async with stage(tmp_path, native=True, **QUIET) as s:
        assert "Quel est le thème" in await s.tell("ana", "rencontre planifier")
        await s.command("ana", "icebreakers.add")
        assert "Il me faut des mots" in await s.fill("ana", {"question": "…"})
        await s.fill("ana", {"question": "Un livre ouvert ces jours-ci ?"})
        assert "Quel jour" in await s.tell("ana", "Dire non")


# -- in time and too late ------------------------------------------------------------------------------------


async def test_too_late_for_a_sheet_a_button_opens_it(tmp_path: Path) -> None:
    async with stage(tmp_path, native=True, **QUIET) as s:
        s.native.too_slow = True
        told = await s.command("ana", PLAN, theme="Dire non")
        assert told == "Le formulaire est prêt. Un clic, et il s’ouvre.\n[Ouvrir]"
        s.native.too_slow = False
        assert "ana" not in s.native.sheets
        await s.press("ana", "Ouvrir")
        assert written(s.sheet("ana")) == {"theme": "Dire non"}


async def test_once_the_handle_is_over_it_is_said_in_private(tmp_path: Path) -> None:
    async with stage(tmp_path, native=True, **QUIET) as s:
        s.native.handles_over = True
        assert "Aucune rencontre" in await s.command("bo", "sessions.list")
        assert s.in_room("direct-bo") == s.all_heard("bo")
        assert s.in_room() == []
        await s.command("ana", PLAN)
        assert s.in_room("direct-ana")[-1].endswith("[Ouvrir]")
        s.native.handles_over = False
        await s.press("ana", "Ouvrir")
        assert s.sheet("ana").form == PLAN


async def test_once_the_handle_is_over_and_the_door_is_closed(tmp_path: Path) -> None:
    async with stage(tmp_path, native=True, **QUIET) as s:
        s.native.handles_over = True
        s.native.closed.add("bo")
        assert await s.command("bo", "sessions.list") == ""
        assert [p.reachable for p in await s.kept(Person, external="bo")] == [False]
        s.native.handles_over = False
        # By a handle there is no door.
        assert "Aucune rencontre" in await s.command("bo", "sessions.list")


async def test_two_forms_one_after_another(tmp_path: Path) -> None:
    async with stage(tmp_path, native=True, **QUIET) as s:
        await s.command("ana", PLAN)
        first = s.sheet("ana")
        await s.command("ana", "icebreakers.add")
        second = s.sheet("ana")
        # The first is sent last.
        assert "[Corriger]" in await s.fill("ana", {"question": "??"}, second)
        assert "[Corriger]" in await s.fill("ana", GOOD | {"length": "longtemps"}, first)
        corrections = [said for said in s.native.seen_by("ana") if said.only == "ana"]
        await s.native.press("ana", corrections[0].id, 0)
        await s.app.settle()
        # What was told on the first of the two is in the message, and not on another form's sheet.
        assert (s.sheet("ana").form, written(s.sheet("ana"))) == ("icebreakers.add", {})
        await s.native.press("ana", corrections[1].id, 0)
        await s.app.settle()
        assert written(s.sheet("ana")) == GOOD | {"length": "longtemps"}


# -- what is not theirs, or no more --------------------------------------------------------------------------


async def test_facilitators_sheets_are_refused_to_members_even_forged(tmp_path: Path) -> None:
    async with stage(tmp_path, native=True, **QUIET) as s:
        assert "réservée aux personnes qui animent" in await s.command("bo", PLAN, theme="Dire non")
        assert s.native.sheets == {}
        forged = Sheet("", PLAN, ())
        told = await s.fill("bo", dict(GOOD), forged)
        assert "réservée aux personnes qui animent" in told
        assert "[Corriger]" not in told
        assert "Dire non" in told
        await s.fill("bo", {"when": "bientôt"}, forged)
        assert "réservée" in s.heard("bo")
        # A button of Ana's that Bo would press in her place.
        await s.command("ana", PLAN, **(GOOD | {"when": "bientôt"}))
        [offered] = [said for said in s.native.said if said.only == "ana"]
        await s.native.press("bo", offered.id, 0)
        await s.app.settle()
        assert "réservée" in s.heard("bo")
        assert "bo" not in s.native.sheets
        assert await s.kept(Session) == []


async def test_a_draft_is_changed_by_facilitators_only(tmp_path: Path) -> None:
    async with stage(tmp_path, native=True, **QUIET) as s:
        await s.command("ana", PLAN, **GOOD)
        await s.press("ana", "Changer")
        await s.press("ana", "Le lieu")
        sheet = s.sheet("ana")
        assert (sheet.form, sheet.title) == ("sessions.draft-place", "Le lieu de la rencontre")
        assert "réservée" in await s.fill("bo", {"place": "Ailleurs"}, sheet)
        assert [x.place for x in await s.kept(Session)] == ["Salon bleu"]
        assert "Ailleurs" in await s.fill("ana", {"place": "Ailleurs"}, sheet)


async def test_a_sheet_of_an_older_version(tmp_path: Path) -> None:
    async with stage(tmp_path, native=True, **QUIET) as s:
        told = await s.fill("bo", {"words": "Bonjour"}, Sheet("", "sessions.once", ()))
        assert told.startswith("J’ai changé depuis")
        assert "> Bonjour" in told
        # Since then a field is gone, and another has come.
        told = await s.fill("ana", {"theme": "Dire non", "colour": "bleu"}, Sheet("", PLAN, ()))
        assert told.startswith("Il me faut des mots")
        await s.press("ana", "Corriger")
        assert written(s.sheet("ana")) == {"theme": "Dire non"}
        # And its means are of another kind.
        assert "Quelque chose a mal tourné" in await s.fill(
            "bo", {"story": WORDS}, Sheet("", "stories.written", (), {"meeting": 4})
        )


async def test_someone_who_left_is_given_back_what_they_wrote(tmp_path: Path) -> None:
    async with stage(tmp_path, native=True, **QUIET) as s:
        await s.tell("bo", "rencontres")
        await s.leave("bo")
        await s.native.submit("bo", "direct-bo", "welcome.introduction", {}, {"does": "Je cuisine."})
        await s.app.settle()
        assert "Je ne te compte pas parmi les membres" in s.heard("bo")
        assert "> Je cuisine." in s.heard("bo")
        assert "[" not in s.heard("bo")

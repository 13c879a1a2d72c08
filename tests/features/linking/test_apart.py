"""Three accounts, apart again; and what is kept is theirs to see and to erase."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from bot.chat.content import File
from bot.chat.events import Someone
from bot.model.account import Account
from bot.model.activity import Activity
from bot.model.community import Person, Presence
from bot.model.flow import Inbox, Outbox
from bot.model.session import Rsvp, Session
from tests import kept
from tests import stage as bare
from tests.features.both import OTHER, THERE, both, given, link
from tests.features.linking.acts import planned, the_one

# -- three, and apart again -----------------------------------------------------------------------------------


async def test_three_accounts_of_one_person(tmp_path: Path) -> None:
    elsewhere: dict[str, Sequence[Someone]] = {OTHER: THERE, "third": [Someone("rob", "Rob")]}
    async with bare.stage(tmp_path, elsewhere=elsewhere, stories={"days": ()}) as here:
        there, third = here.on(OTHER), here.on("third")
        await link(here, there)
        said = await link(there, third, "bo77", "rob")
        assert all(account in said for account in ("Third, Rob (rob)", "Rehearsal, Bo (bo)", "Other, Robert (bo77)"))
        assert len(await here.kept(Account)) == 2
        await planned(here)
        for side, name, answer in ((here, "bo", "Je viens"), (there, "bo77", "Peut-être"), (third, "rob", "Je viens")):
            await side.press(name, answer)
        assert [r.answer for r in await here.kept(Rsvp)] == ["yes"]
        assert "déjà reliés" in await third.tell("rob", "relier mon compte")
        await third.tell("rob", "délier mon compte")
        await third.press("rob", "Délier Other")
        assert len(await here.kept(Account)) == 1
        assert {p.external for p in await here.kept(Person)} >= {"bo77"}


async def test_apart_again_the_past_stays_counted_once(tmp_path: Path) -> None:
    async with both(tmp_path) as (here, there):
        await link(here, there)
        await planned(here)
        await there.press("bo77", "Je viens")
        asked = await here.tell("bo", "délier mon compte")
        assert "Rehearsal, Bo (bo)" in asked
        assert "Le passé reste compté une seule fois" in asked
        done = await here.press("bo", "Délier Other")
        assert "Other, Robert (bo77)" in done
        assert await here.kept(Account) == []
        [bo] = await here.kept(Person, external="bo")
        [robert] = await here.kept(Person, external="bo77")
        assert (bo.present, robert.present) == (True, True)
        assert bo.pseudonym != robert.pseudonym
        assert [r.person_id for r in await here.kept(Rsvp)] == [bo.id]
        here_rooms = {p.room_id for p in await here.kept(Presence, person_id=bo.id)}
        assert here_rooms.isdisjoint({p.room_id for p in await here.kept(Presence, person_id=robert.id)})
        await there.press("bo77", "Peut-être")
        assert {r.person_id: r.answer for r in await here.kept(Rsvp)} == {bo.id: "yes", robert.id: "maybe"}
        assert "déjà délié" in await here.press("bo", "Délier Other")
        await link(here, there)
        assert len(await here.kept(Rsvp)) == 1, "and together again"


async def test_nothing_said_on_one_side_appears_on_the_other(tmp_path: Path) -> None:
    async with both(tmp_path) as (here, there):
        await link(here, there)
        await there.say("bo77", "Une phrase du samovar")
        await there.tell("bo77", "me présenter")
        for answer in ("Potier du samovar", "passer", "passer"):
            await there.tell("bo77", answer)
        await there.press("bo77", "Publier")
        assert "samovar" in there.in_room()[-1]
        assert not any("samovar" in bare.read(s.message) + s.text for s in here.platform.said)


# -- theirs to see and to erase -------------------------------------------------------------------------------


async def test_my_data_shows_both_accounts_from_either_side(tmp_path: Path) -> None:
    async with both(tmp_path) as (here, there):
        await link(here, there)
        assert "sur Other\u00a0: bo77, avec ton nom (Robert)" in await here.tell("bo", "mes données")
        assert "sur Rehearsal\u00a0: bo, avec ton nom (Bo)" in await there.tell("bo77", "mes données")
        await here.tell("bo", "exporter mes données")
        message = here.bot_said("direct-bo")[-1].message
        assert message is not None
        [file] = [block for block in message.blocks if isinstance(block, File)]
        [other] = json.loads(file.data)["other_accounts"]
        assert (other["platform"], other["identifier"], other["name"]) == (OTHER, "bo77", "Robert")


async def test_forgotten_on_one_side_is_forgotten_on_both(tmp_path: Path) -> None:
    async with both(tmp_path) as (here, there):
        await link(here, there)
        await planned(here)
        await there.press("bo77", "Je viens")
        await here.say("bo", "Bonjour")
        await there.tell("bo77", "mes données")
        await here.tell("bo", "oublie-moi")
        assert "tout ce qui menait à toi est effacé" in await here.press("bo", "Tout effacer")
        rows = [repr(row) for rows in kept.tables(tmp_path).values() for row in rows]
        assert not [row for row in rows if "bo77" in row or "'bo'" in row or "Robert" in row]
        assert await here.kept(Rsvp) == []


async def test_no_more_counted_on_either_side(tmp_path: Path) -> None:
    async with both(tmp_path) as (here, there):
        await link(here, there)
        await here.tell("bo", "oublie-moi")
        await here.press("bo", "Effacer et ne plus me compter")
        await here.say("bo", "Encore là")
        await there.say("bo77", "Moi aussi")
        assert await here.kept(Activity, kind="message") == []
        assert await here.kept(Account) == []


class Killed(BaseException):
    """No handler catches it: as good as the end of the process."""


async def test_killed_before_the_end_it_is_all_or_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The last click lies in the inbox and is handled once more by whoever starts again."""
    async with both(tmp_path) as (here, there):
        await planned(here)
        await there.press("bo77", "Je viens")
        code = await given(here, "bo")
        await there.tell("bo77", f"relier mon compte {code}")
        await there.press("bo77", "C’est moi, relier")
        asked = next(m for m in reversed(here.bot_said("direct-bo")) if m.message and m.message.choices)
        await here.platform.press("bo", asked.id, 0)
        [row] = await here.kept(Inbox, state="pending")
        before = await here.kept(Person)
        handled = here.app.router._answering.answer

        async def killed(*given: Any) -> None:
            await handled(*given)
            raise Killed

        monkeypatch.setattr(here.app.router._answering, "answer", killed)
        with pytest.raises(Killed):
            await here.app.router.drain()
        monkeypatch.undo()
        assert len(await here.kept(Person)) == len(before)
        assert await here.kept(Account) == []
        await here.app.settle()
        assert len(await here.kept(Account)) == 1
        assert [r.person_id for r in await here.kept(Rsvp)] == [(await the_one(here)).id]
        assert (await here.kept(Inbox, id=row.id)) == []
        assert len([r for r in await here.kept(Outbox, purpose="reply") if r.state == "failed"]) == 0
        assert (await here.kept(Session))[0].state == "planned"

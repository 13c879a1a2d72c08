"""What every store keeps to, whichever it is."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy.exc import IntegrityError

from bot.chat.content import Choice
from bot.model.activity import Activity, Entry
from bot.model.community import Community, Person
from bot.model.flow import Inbox, Outbox
from bot.model.rhythm import Due
from bot.model.settings import Settings
from bot.ports import AtLeast, Before, NoneOf, OneOf, Other, Store
from storage.at_once import StoreAtOnce
from storage.migrate import migrate
from storage.store import SqlStore

NOW = datetime(2027, 1, 4, 15, 0, 0, 123456, tzinfo=UTC)


@pytest.fixture(params=["file", "at once", "postgresql"])
async def store(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Store]:
    made: Store
    if request.param == "postgresql":
        made = SqlStore(request.getfixturevalue("postgres_tables").url)
    else:
        file = tmp_path / "v.db"
        migrate(file)
        made = SqlStore(f"sqlite+aiosqlite:///{file}") if request.param == "file" else StoreAtOnce(file)
    yield made
    await made.close()


def community(slug: str = "c") -> Community:
    return Community(slug=slug, settings=Settings(name="Le cercle", zone="Europe/Paris"), since=NOW)


def inbox(key: str, minutes: int = 0) -> Inbox:
    return Inbox(key=key, platform="p", room="r", event="{}", at=NOW + timedelta(minutes=minutes))


def due(key: str) -> Due:
    return Due(community_id=1, key=key, kind="test.say", due_at=NOW)


async def test_what_is_kept_is_found_as_it_was(store: Store) -> None:
    choices = (Choice("Je viens", "sessions.answer", {"session": 1, "answer": "yes"}, "✅"),)
    async with store.unit() as unit:
        ours = community()
        await unit.add(ours)
        assert ours.id > 0
        await unit.add(
            Outbox(
                key="k", community_id=ours.id, platform="p", language="fr", action="{}", choices=choices, at=NOW
            )
        )
    async with store.unit() as unit:
        found = await unit.one(Community, slug="c")
        assert found is not None
        assert found.settings == Settings(name="Le cercle", zone="Europe/Paris")
        assert found.since == NOW
        row = await unit.one(Outbox, key="k")
        assert row is not None
        assert row.choices == choices


async def test_a_unit_that_fails_keeps_nothing(store: Store) -> None:
    with pytest.raises(ZeroDivisionError):
        async with store.unit() as unit:
            await unit.add(community())
            raise ZeroDivisionError
    async with store.unit() as unit:
        assert await unit.count(Community) == 0


async def test_a_change_is_kept_without_being_asked_for(store: Store) -> None:
    async with store.unit() as unit:
        await unit.add(community())
    async with store.unit() as unit:
        found = await unit.one(Community, slug="c")
        assert found is not None
        found.settings = Settings(name="Autre")
    async with store.unit() as unit:
        found = await unit.one(Community, slug="c")
        assert found is not None
        assert found.settings.name == "Autre"


async def test_some_fields_alone(store: Store) -> None:
    async with store.unit() as unit:
        await unit.add(*(inbox(f"k{n}", n) for n in range(3)))
        assert await unit.only(Inbox, "key", "platform", key=OneOf(["k2", "k0"])) == [("k0", "p"), ("k2", "p")]
        assert await unit.only(Inbox, "key", key="none") == []


async def test_criteria(store: Store) -> None:
    async with store.unit() as unit:
        await unit.add(*(inbox(f"k{n}", n) for n in range(5)))

    async def keys(**criteria: object) -> list[str]:
        async with store.unit() as unit:
            return [i.key for i in await unit.find(Inbox, **criteria)]  # type: ignore[arg-type]

    assert await keys(at=AtLeast(NOW + timedelta(minutes=3))) == ["k3", "k4"]
    assert await keys(at=Before(NOW + timedelta(minutes=2))) == ["k0", "k1"]
    assert await keys(key=OneOf(["k1", "k4", "none"])) == ["k1", "k4"]
    assert await keys(key=OneOf([])) == []
    assert await keys(key=OneOf(["k2", *map(str, range(300_000))])) == ["k2"]
    assert await keys(key=Other("k0")) == ["k1", "k2", "k3", "k4"]
    assert await keys(key=NoneOf(["k1", "k4", "none"])) == ["k0", "k2", "k3"]
    assert await keys(key=NoneOf([])) == ["k0", "k1", "k2", "k3", "k4"]
    async with store.unit() as unit:
        assert [i.key for i in await unit.find(Inbox, order="-at", limit=2)] == ["k4", "k3"]
        assert await unit.delete(Inbox, key=OneOf(["k0", "k1"])) == 2
        assert await unit.count(Inbox, state="pending") == 3
        with pytest.raises(ValueError, match="never meant"):
            await unit.delete(Inbox)


async def test_what_is_rehearsed_is_seen_and_undone(store: Store) -> None:
    async with store.unit() as unit:
        await unit.add(community(), inbox("k"))
    async with store.unit() as unit:
        kept = await unit.one(Inbox, key="k")
        assert kept is not None
        async with unit.rehearsed():
            kept.state = "done"
            await unit.add(inbox("new"))
            assert await unit.count(Inbox, state="pending") == 1
        assert not unit.touched()
        assert vars(kept)["state"] == "pending"
        kept.room = "elsewhere"
    async with store.unit() as unit:
        assert [(i.key, i.state, i.room) for i in await unit.find(Inbox)] == [("k", "pending", "elsewhere")]


async def test_many_rehearsed_together_are_undone_and_their_numbers_free(store: Store) -> None:
    async with store.unit() as unit:
        await unit.add(community())
        gone = [inbox(f"rehearsed {n}") for n in range(5)]
        async with unit.rehearsed():
            await unit.add(*gone)
            assert await unit.count(Inbox) == 5
        assert [await unit.get(Inbox, kept.id) for kept in gone] == [None] * 5
        many = [inbox(f"kept {n}") for n in range(5)]
        await unit.add(*many)
        assert [await unit.get(Inbox, kept.id) for kept in many] == many
    async with store.unit() as unit:
        assert [kept.key for kept in await unit.find(Inbox)] == [f"kept {n}" for n in range(5)]


async def test_what_is_added_together_is_numbered_in_its_order_and_can_be_changed_at_once(store: Store) -> None:
    async with store.unit() as unit:
        await unit.add(community())
        dues = [due(f"k{n}") for n in range(30)]
        dues[3].late_from, dues[4].args = NOW, {"é\"\\": "\U0001d504\n", "n": 2**40}
        unit.lay(*dues)
        assert await unit.count(Due) == 30
        assert [d.id for d in dues] == sorted({d.id for d in dues})
        dues[5].state = "done"
        await unit.delete(Due, key="k6")
        unit.lay(due("last"), due("very last"))
        assert await unit.one(Due, key="k7") is dues[7]
    async with store.unit() as unit:
        found = await unit.find(Due)
        assert [d.key for d in found] == [f"k{n}" for n in range(30) if n != 6] + ["last", "very last"]
        assert (found[3].late_from, found[4].args) == (NOW, dues[4].args)
        assert [d.state for d in found][4:6] == ["pending", "done"]
        assert found[0].late_from is None
        assert found[0].moved is False


async def test_of_those_added_together_one_that_cannot_be_takes_all_with_it(store: Store) -> None:
    async with store.unit() as unit:
        await unit.add(community(), inbox("there"))
    with pytest.raises(IntegrityError):
        async with store.unit() as unit:
            await unit.add(inbox("new"), inbox("there"), inbox("newer"))
    async with store.unit() as unit:
        assert [kept.key for kept in await unit.find(Inbox)] == ["there"]


async def test_what_was_touched_is_told_by_its_class(store: Store) -> None:
    async with store.unit() as unit:
        await unit.add(community(), inbox("k"), inbox("l"))
        assert unit.touched() == {Community, Inbox}
    async with store.unit() as unit:
        kept = await unit.one(Inbox, key="k")
        assert kept is not None
        kept.state = "pending"
        assert unit.touched() == set()
        kept.state = "done"
        assert unit.touched() == {Inbox}
        await unit.find(Community)
        assert unit.touched() == {Inbox}
    async with store.unit() as unit:
        await unit.delete(Inbox, key="k")
        assert unit.touched() == {Inbox}
    async with store.unit() as unit:
        await unit.change(Inbox, {"room": "elsewhere"}, key="l")
        assert unit.touched() == {Inbox}


async def test_the_log_counts_each_event_once_and_links_it(store: Store) -> None:
    def row(event: str, who: str, answers: str = "") -> Entry:
        return Entry(
            community_id=1, room_id=None, who=who, at=NOW, kind="message", event=event, answers=answers
        )

    async with store.unit() as unit:
        await unit.add(community())
        await unit.record([row("e1", "ana"), row("e2", "bo", "e1")])
    async with store.unit() as unit:
        await unit.record([row("e1", "somebody else"), row("e3", "cleo", "e2"), row("e4", "dan", "unknown")])
        found = [(a.event, a.who, a.answers_who) for a in await unit.find(Activity)]
        assert (await unit.find(Activity))[0].at == NOW
    assert found == [("e1", "ana", ""), ("e2", "bo", "ana"), ("e3", "cleo", "bo"), ("e4", "dan", "")]


async def test_what_follows_a_commit_follows_only_a_commit(store: Store) -> None:
    done: list[str] = []
    with pytest.raises(ZeroDivisionError):
        async with store.unit() as unit:
            unit.after_commit(lambda: done.append("never"))
            raise ZeroDivisionError
    async with store.unit() as unit:
        unit.after_commit(lambda: done.append("after"))
        assert done == []
    assert done == ["after"]


async def test_many_rows_at_once(store: Store) -> None:
    async with store.unit() as unit:
        await unit.add(community())
        fields = {"community_id": 1, "platform": "p", "name": "", "greeting": "none"}
        flags = {"present": True, "logged": True, "reachable": True, "introduced": False}
        rows = [fields | flags | {"external": f"m{n}", "pseudonym": f"p{n}"} for n in range(2500)]
        await unit.add_rows(Person, rows)
        assert await unit.count(Person) == 2500


async def test_a_naive_instant_is_refused(store: Store) -> None:
    with pytest.raises(Exception, match="time zone"):
        async with store.unit() as unit:
            await unit.add(
                Inbox(key="k", platform="p", room="r", event="", at=datetime(2027, 1, 1))  # noqa: DTZ001
            )


async def test_many_are_changed_at_once_and_those_at_hand_know_it(store: Store) -> None:
    async with store.unit() as unit:
        await unit.add(inbox("one"), inbox("two"), inbox("three"))
        three = await unit.one(Inbox, key="three")
        assert three is not None
        three.platform = "q"
        one = await unit.one(Inbox, key="one")
        assert await unit.change(Inbox, {"room": "elsewhere"}, platform="p") == 2
        assert one is not None
        assert one.room == "elsewhere"
        with pytest.raises(ValueError, match="everything"):
            await unit.change(Inbox, {"room": "nowhere"})
    async with store.unit() as unit:
        assert [row.key for row in await unit.find(Inbox, room="elsewhere")] == ["one", "two"]

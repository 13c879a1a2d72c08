"""What PostgreSQL does otherwise than SQLite, and what may happen on the way to it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest
from sqlalchemy import text

from bot.model.activity import Activity, Entry
from bot.model.community import Community, Person
from bot.model.flow import Inbox
from bot.model.pulse import Pulse, PulseTaken, SealedAnswer
from bot.model.session import Session
from bot.model.settings import Settings
from bot.ports import OneOf, StoreTrouble
from storage.store import SqlStore
from tests.postgres.line import Line
from tests.postgres.server import Database

NOW = datetime(2027, 1, 4, 15, 0, tzinfo=UTC)


@pytest.fixture
async def store(postgres_tables: Database) -> AsyncIterator[SqlStore]:
    made = SqlStore(postgres_tables.url)
    yield made
    await made.close()


def inbox(key: str, event: str = "{}") -> Inbox:
    return Inbox(key=key, platform="p", room="r", event=event, at=NOW)


def community(slug: str = "c") -> Community:
    return Community(slug=slug, settings=Settings(name="Le cercle"), since=NOW)


async def keys(store: SqlStore) -> list[str]:
    async with store.unit() as unit:
        return [row.key for row in await unit.find(Inbox)]


# -- what it would refuse ------------------------------------------------------------------------------------------


async def test_text_that_postgresql_would_refuse_is_kept_without_what_it_refuses(store: SqlStore) -> None:
    async with store.unit() as unit:
        await unit.add(inbox("a\0b", "one\ud800two"), inbox("é" * 5000), community())
        assert [row.key for row in await unit.find(Inbox, key=OneOf(["a\0b"]))] == ["ab"]
        await unit.change(Inbox, {"room": "\0x\udfff"}, key="a\0b")
        said = Entry(community_id=1, room_id=None, who="w", at=NOW, kind="message", event="\U0001d504é")
        await unit.record([said._replace(event="e\0\\u0000", answers="\ud800"), said])
    async with store.unit() as unit:
        kept = await unit.one(Inbox, key="ab")
        assert kept is not None
        assert (kept.event, kept.room) == ("one?two", "x?")
        assert [a.event for a in await unit.find(Activity)] == ["e\\u0000", "\U0001d504é"]
        assert [a.answers for a in await unit.find(Activity)] == ["?", ""]


async def test_a_number_of_any_size_can_be_asked_for(store: SqlStore) -> None:
    async with store.unit() as unit:
        await unit.add(community())
        assert await unit.get(Session, 10**15) is None
        assert await unit.find(Session, number=10**15) == []
        assert await unit.find(Session, id=OneOf([1, 2**40])) == []


async def test_what_has_no_hour_comes_first_as_on_sqlite(store: SqlStore) -> None:
    def person(name: str, at: datetime | None) -> Person:
        return Person(community_id=1, platform="p", external=name, name=name, pseudonym=name, joined_at=at)

    async with store.unit() as unit:
        await unit.add(community())
        await unit.add(person("late", NOW), person("never", None))
        assert [p.name for p in await unit.find(Person, order="joined_at")] == ["never", "late"]
        assert [p.name for p in await unit.find(Person, order="-joined_at")] == ["late", "never"]


async def test_an_error_within_what_is_rehearsed_undoes_no_more_than_that(store: SqlStore) -> None:
    async with store.unit() as unit:
        await unit.add(inbox("kept"))
        with pytest.raises(Exception, match="duplicate key"):
            async with unit.rehearsed():
                await unit.add(inbox("kept"))
        await unit.add(inbox("after"))
    assert await keys(store) == ["kept", "after"]


# -- several processes ---------------------------------------------------------------------------------------------


async def test_units_of_several_processes_follow_one_another(postgres_tables: Database) -> None:
    """Each reads, waits, and writes what it read and one more: none is lost."""
    stores = [SqlStore(postgres_tables.url) for _ in range(3)]
    async with stores[0].unit() as unit:
        await unit.add(inbox("count", "0"))

    async def count(store: SqlStore) -> None:
        for _ in range(10):
            async with store.unit() as unit:
                row = await unit.one(Inbox, key="count")
                assert row is not None
                seen = int(row.event)
                await asyncio.sleep(0.001)
                row.event = str(seen + 1)

    await asyncio.gather(*(count(store) for store in stores))
    async with stores[0].unit() as unit:
        row = await unit.one(Inbox, key="count")
        assert row is not None
        assert row.event == "30"
    for store in stores:
        await store.close()


async def test_whoever_only_reads_waits_for_nobody_and_keeps_nothing(
    store: SqlStore, postgres_tables: Database
) -> None:
    reading = SqlStore(postgres_tables.url, reading=True)
    async with store.unit() as unit:
        await unit.add(inbox("k"))
        assert await asyncio.wait_for(keys(reading), 5) == []
    assert await keys(reading) == ["k"]
    with pytest.raises(StoreTrouble):
        async with reading.unit() as unit:
            await unit.add(inbox("never"))
    await reading.close()


# -- lines that break ----------------------------------------------------------------------------------------------


async def test_a_line_that_is_cut_is_trouble_once(postgres_tables: Database) -> None:
    async with Line(postgres_tables) as line:
        store = SqlStore(line.url)
        async with store.unit() as unit:
            await unit.add(inbox("before"))
        line.cut()
        await asyncio.sleep(0.05)
        with pytest.raises(StoreTrouble):
            await keys(store)
        assert await keys(store) == ["before"]
        with pytest.raises(StoreTrouble):
            async with store.unit() as unit:
                await unit.add(inbox("lost"))
                async with unit.rehearsed():
                    line.cut()
                    await asyncio.sleep(0.05)
                    await unit.find(Inbox)
        assert await keys(store) == ["before"]
        await store.close()


async def test_a_session_ended_by_the_server(store: SqlStore, postgres_tables: Database) -> None:
    with pytest.raises(StoreTrouble) as trouble:
        async with store.unit() as unit:
            await unit.add(inbox("lost"))
            with postgres_tables.server.administer() as admin:
                admin.execute(
                    "select pg_terminate_backend(pid) from pg_stat_activity where datname = %s", [postgres_tables.name]
                )
    assert "administrator" in trouble.value.reason
    assert await keys(store) == []


async def test_no_server(postgres_tables: Database) -> None:
    store = SqlStore(postgres_tables.at("127.0.0.1", 1))
    with pytest.raises(StoreTrouble) as trouble:
        await keys(store)
    assert postgres_tables.server.password not in trouble.value.reason
    await store.close()


async def test_a_line_on_which_nothing_comes_any_more(
    postgres_tables: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.postgres.Line.answer_within", 0.3)
    async with Line(postgres_tables) as line:
        store = SqlStore(line.url)
        assert await keys(store) == []
        line.flows.clear()
        async with asyncio.timeout(20):
            with pytest.raises(StoreTrouble):
                await keys(store)
        line.flows.set()
        assert await keys(store) == []
        await store.close()


async def test_whoever_is_cancelled_leaves_a_line_that_can_be_used(store: SqlStore, postgres_tables: Database) -> None:
    async def wait_for_the_lock() -> None:
        await keys(store)

    other = SqlStore(postgres_tables.url)
    async with other.unit() as unit:
        await unit.add(inbox("k"))
        waiting = asyncio.create_task(wait_for_the_lock())
        await asyncio.sleep(0.2)
        waiting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waiting
    assert await keys(store) == ["k"]
    await other.close()


async def test_a_commit_whose_answer_never_came_may_have_been_done(postgres_tables: Database) -> None:
    """Then it is trouble all the same: whoever asked does it again, and finds it done."""
    async with Line(postgres_tables) as line:
        store = SqlStore(line.url)
        assert await keys(store) == []
        line.lost_after = b"COMMIT"
        with pytest.raises(StoreTrouble):
            async with store.unit() as unit:
                await unit.add(inbox("done"))
        assert await keys(store) == ["done"]
        await store.close()


# -- what is left behind -------------------------------------------------------------------------------------------


def bytes_of(database: Database, table: str) -> bytes:
    """What lies on the disk of this table, read by the server itself."""
    with database.server.administer(database.name) as admin:
        admin.execute("checkpoint")
        whole = "select pg_read_binary_file(pg_relation_filepath(%s), 0, 10000000, true)"
        found = admin.execute(whole, [table]).fetchone()
    assert found is not None
    return bytes(found[0])


async def test_what_must_be_gone_is_gone_from_its_table(store: SqlStore, postgres_tables: Database) -> None:
    async with store.unit() as unit:
        await unit.add(inbox("a", "canari" * 20), inbox("b", "perruche"))
    assert b"canari" in bytes_of(postgres_tables, "inbox")
    async with store.unit() as unit:
        await unit.delete(Inbox, key="a")
        unit.leave_no_trace(rewrite=True)
    assert b"canari" not in bytes_of(postgres_tables, "inbox")
    assert b"perruche" in bytes_of(postgres_tables, "inbox")


async def test_no_dead_row_is_left_where_no_trace_may_be(store: SqlStore, postgres_tables: Database) -> None:
    async with store.unit() as unit:
        await unit.add(*(inbox(f"k{n}") for n in range(50)))
    async with store.unit() as unit:
        await unit.change(Inbox, {"event": "later"}, platform="p")
        unit.leave_no_trace()
    with postgres_tables.server.administer(postgres_tables.name) as admin:
        admin.execute("create extension pageinspect")
        dead = admin.execute(
            "select count(*) from heap_page_items(get_raw_page('inbox', 0)) where t_xmax::text != '0'"
        ).fetchone()
    assert dead == (0,)


async def test_what_a_kill_left_to_be_rewritten_is_rewritten_at_the_next_start(postgres_tables: Database) -> None:
    store = SqlStore(postgres_tables.url)
    async with store.unit() as unit:
        await unit.add(inbox("a", "canari" * 20))
    async with store.unit() as unit:
        await unit.delete(Inbox, key="a")
        # As killed between the commit and what follows it.
        await store.database.note(unit._session, {Inbox}, rewrite=True)
    await store.close()
    again = SqlStore(postgres_tables.url)
    assert await keys(again) == []
    assert b"canari" not in bytes_of(postgres_tables, "inbox")
    assert postgres_tables.rows("select obj_description('inbox'::regclass)") == [(None,)]
    await again.close()


@pytest.mark.parametrize("cut", [False, True])
@pytest.mark.parametrize(
    ("table", "held"), [("inbox", "share update exclusive"), ("sealed_answer", "row exclusive")]
)
async def test_what_was_committed_is_done_whatever_is_in_the_way_of_its_traces(
    store: SqlStore, postgres_tables: Database, table: str, held: str, cut: bool
) -> None:
    """Another session holds the table, and the line may break while that is waited for."""
    async with store.unit() as unit:
        await unit.add(community(), Pulse(community_id=1, question="q", own="", opens=NOW, closes=NOW))
        await unit.add(inbox("a", "canari" * 20), SealedAnswer(id="a", pulse_id=1, sealed=b"canari" * 20))
    server = postgres_tables.server
    with server.administer(postgres_tables.name) as other, server.administer(postgres_tables.name) as admin:
        other.execute(f"begin; lock table {table} in {held} mode")

        async def end_its_session() -> None:
            waits = "select count(pg_terminate_backend(pid)) from pg_stat_activity where wait_event = 'relation'"
            while admin.execute(waits).fetchone() == (0,):
                await asyncio.sleep(0.02)

        ending = asyncio.create_task(end_its_session()) if cut else None
        async with store.unit() as unit:
            if table == "inbox":
                await unit.delete(Inbox, key="a")
            else:
                await unit.delete(SealedAnswer, id="a")
            unit.leave_no_trace()
        if ending:
            await ending
        other.execute("rollback")
    store._erases_at = 0.0
    async with store.unit() as unit:
        assert await unit.count(Inbox if table == "inbox" else SealedAnswer) == 0
    async with store.unit() as unit:
        assert await unit._session.scalar(text("show lock_timeout")) == "0"
    assert postgres_tables.rows("select * from pg_description where description = 'to be rewritten'") == []


async def test_where_a_row_lies_tells_nothing_of_when_it_came_and_with_what(
    store: SqlStore, postgres_tables: Database
) -> None:
    """Who answered a pulse and what was answered are written together: nothing else may lead to one another."""
    async with store.unit() as unit:
        await unit.add(community())
        await unit.add(*(Person(community_id=1, platform="p", external=n, name=n, pseudonym=n) for n in "abcdef"))
        pulse = Pulse(community_id=1, question="q", own="", opens=NOW, closes=NOW)
        await unit.add(pulse)
    order = ["d", "a", "f", "b", "e", "c"]
    for number, key in enumerate(order):
        async with store.unit() as unit:
            await unit.add(PulseTaken(pulse_id=1, person_id=6 - number))
            await unit.add(SealedAnswer(id=key, pulse_id=1, sealed=key.encode()))
            unit.leave_no_trace()
    lying = postgres_tables.rows("select id, xmin::text from sealed_answer")
    assert [id for id, _ in lying] == sorted(order)
    assert len({transaction for _, transaction in lying}) == 1
    lying = postgres_tables.rows("select person_id, xmin::text from pulse_taken")
    assert [id for id, _ in lying] == [1, 2, 3, 4, 5, 6]
    assert len({transaction for _, transaction in lying}) == 1
    assert postgres_tables.rows("select * from pg_description where description = 'to be rewritten'") == []

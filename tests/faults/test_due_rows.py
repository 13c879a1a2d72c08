"""Rows that fall due together: one that fails keeps back none, each goes out once, and none is looked for in vain."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any, cast

import pytest
from sqlalchemy import event, text

from bot.app import FEATURES
from bot.chat.content import Text
from bot.context import Context
from bot.feature import DueKind
from bot.model.community import Community
from bot.model.flow import Outbox
from bot.model.rhythm import Due
from bot.model.session import Session
from bot.model.settings import Settings
from bot.ports import Before, OneOf, StoreTrouble
from bot.unasked import AT_ONCE
from storage.migrate import migrate
from storage.store import SqlStore, SqlUnit
from tests.stage import START, Stage, stage

# More than one batch of them.
MANY = 2 * AT_ONCE + 3


@pytest.fixture(autouse=True)
def wishes(monkeypatch: pytest.MonkeyPatch) -> set[int]:
    """A kind of row that wishes a good day, and fails where it says so. Returns the numbers of those that fail."""
    failing: set[int] = set()

    async def wish(ctx: Context, due: Due) -> None:
        number = int(due.args["number"])
        await ctx.post((Text(f"Bonjour {number}"),), purpose="test.wish")
        if number in failing:
            raise KeyError("canary")

    kind = DueKind("test.wish", wish, timedelta(days=1), heeds_quiet_hours=False, confided=False, chore=False)
    monkeypatch.setitem(FEATURES.dues, "test.wish", kind)
    return failing


async def lay(s: Stage, many: int = MANY) -> None:
    async with s.store.unit() as unit:
        community = (await unit.find(Community))[0].id
        at = s.clock.now() + timedelta(hours=1)
        for n in range(many):
            row = Due(community_id=community, key=f"wish:{n}", kind="test.wish", due_at=at, args={"number": n})
            await unit.add(row)


async def wishes_in(s: Stage) -> dict[str, list[str]]:
    return {
        state: sorted(d.key for d in await s.kept(Due, kind="test.wish", state=state))
        for state in ("pending", "done", "failed")
    }


async def test_one_that_fails_keeps_back_none(
    tmp_path: Path, wishes: set[int], capsys: pytest.CaptureFixture[str]
) -> None:
    wishes |= {0, 7, MANY - 1}
    async with stage(tmp_path, pulse={"on": False}) as s:
        await lay(s)
        await s.wait(hours=2)
        assert sorted(s.in_room()) == sorted(f"Bonjour {n}" for n in range(MANY) if n not in wishes)
        assert (await wishes_in(s))["failed"] == sorted(f"wish:{n}" for n in wishes)
        assert len(await s.kept(Outbox, purpose="test.wish")) == MANY - len(wishes)
    assert "canary" not in "".join(capsys.readouterr())


async def test_a_row_that_nobody_can_read_keeps_back_none(tmp_path: Path) -> None:
    async with stage(tmp_path, pulse={"on": False}) as s:
        await lay(s)
        async with cast(SqlStore, s.store).unit() as unit:
            await unit._session.execute(text("update due set args = 'no JSON' where key = 'wish:3'"))
        await s.wait(hours=2)
        assert sorted(s.in_room()) == sorted(f"Bonjour {n}" for n in range(MANY) if n != 3)
        async with s.store.unit() as unit:
            assert await unit.only(Due, "key", state="failed") == [("wish:3",)]


async def test_a_full_disk_undoes_a_batch_whole_and_it_goes_out_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with stage(tmp_path, pulse={"on": False}) as s:
        await lay(s)
        s.clock.move_to(s.clock.now() + timedelta(hours=1))
        post, posted = Context.post, 0

        async def until_it_is_full(self: Context, *said: Any, **rest: Any) -> list[str]:
            nonlocal posted
            posted += 1
            if posted == AT_ONCE + 5:
                raise StoreTrouble("database or disk is full")
            return await post(self, *said, **rest)

        monkeypatch.setattr(Context, "post", until_it_is_full)
        with pytest.raises(StoreTrouble):
            await s.app.timetable.drain()
        found = await wishes_in(s)
        done = len(found["done"])
        assert 0 < done < AT_ONCE + 5
        assert len(found["pending"]) == MANY - done
        assert len(await s.kept(Outbox, purpose="test.wish")) == done
        await s.app.settle()
        assert sorted(s.in_room()) == sorted(f"Bonjour {n}" for n in range(MANY))


# -- how they are found ---------------------------------------------------------------------------------------------


@pytest.fixture(params=["sqlite", "postgresql"])
async def store(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[SqlStore]:
    if request.param == "postgresql":
        url = request.getfixturevalue("postgres_tables").url
    else:
        migrate(tmp_path / "v.db")
        url = f"sqlite+aiosqlite:///{tmp_path / 'v.db'}"
    made = SqlStore(url)
    yield made
    await made.close()


async def planned(store: SqlStore, unit: SqlUnit, asked: Any) -> str:
    """How the database goes about what is asked."""
    statements: list[tuple[str, Any]] = []

    def note(_connection: Any, _cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        statements.append((statement, parameters))

    engine = store.database.engine.sync_engine
    event.listen(engine, "before_cursor_execute", note)
    await asked
    event.remove(engine, "before_cursor_execute", note)
    how = "explain query plan " if engine.dialect.name == "sqlite" else "explain "
    connection = await unit._session.connection()
    found = await connection.exec_driver_sql(how + statements[-1][0], statements[-1][1])
    return "\n".join(str(row[-1]) for row in found)


async def test_each_is_found_by_its_index(store: SqlStore) -> None:
    """Without statistics: a database just made has none, and one that grew has old ones."""
    async with store.unit() as unit:
        community = Community(slug="c", settings=Settings(name="C"), since=START)
        await unit.add(community)
        row: dict[str, Any] = {"community_id": community.id, "kind": "x.y", "args": {}, "moved": False, "reason": ""}
        await unit.add_rows(
            Due,
            [
                row | {"key": f"{n}", "due_at": START + timedelta(minutes=n), "state": "done" if n % 2 else "pending"}
                for n in range(5000)
            ],
        )
        soon = START + timedelta(minutes=9)
        due = unit.find(Due, state="pending", due_at=Before(soon), order="due_at", limit=9, claimed=True)
        assert "ix_due_pending" in await planned(store, unit, due)
        first = unit.only(Due, "due_at", state="pending", order="due_at", limit=1)
        assert "ix_due_pending" in await planned(store, unit, first)
        several = await planned(store, unit, unit.find(Due, id=OneOf([3, 4, 5]), order="due_at"))
        assert "PRIMARY KEY" in several or "pk_due" in several, several
        queue = unit.one(Outbox, state="pending", platform="p", room="r", person="")
        assert "ix_outbox_" in await planned(store, unit, queue)


async def test_a_year_of_sessions_is_planned_by_as_many_questions_as_one(tmp_path: Path) -> None:
    async def asked(s: Stage) -> int:
        count = 0

        def note(*_: Any) -> None:
            nonlocal count
            count += 1

        engine = cast(SqlStore, s.store).database.engine.sync_engine
        event.listen(engine, "before_cursor_execute", note)
        await s.app.unasked.plan()
        event.remove(engine, "before_cursor_execute", note)
        return count

    async with stage(tmp_path) as s:
        [community] = await s.kept(Community)

        async def planned(*weeks: int) -> None:
            async with s.store.unit() as unit:
                for week in weeks:
                    starts = s.clock.now() + timedelta(weeks=week)
                    given: dict[str, Any] = {"state": "planned", "planned_by": 0, "announced": True}
                    await unit.add(
                        Session(
                            community_id=community.id, number=week, theme="Oser", starts=starts, minutes=60, **given
                        )
                    )
            await s.app.unasked.plan()  # what is new is added

        await planned(1)
        one = await asked(s)
        await planned(*range(2, 53))
        assert await asked(s) == one

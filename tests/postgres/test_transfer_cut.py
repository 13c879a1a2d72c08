"""A line to PostgreSQL that ends while all is copied: it is told which of the two it was."""

from __future__ import annotations

import gc
from pathlib import Path
from typing import Any

import pytest

from bot.copying import fill
from bot.errors import OperatorProblem
from bot.operator import words
from storage import transfer as transferring
from storage.migrate import migrate
from tests.kept import new_file
from tests.postgres.server import Database
from tests.postgres.test_migrations import filled
from tests.postgres.test_transfer import rows


# SQLAlchemy leaves it to the end of its cursor, where the line has ended.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("cut", ["source", "target"])
def test_which_of_them_ended_the_line_is_told(
    postgres: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, cut: str
) -> None:
    """In the middle of it, though both are at work. On either side the answer is PostgreSQL's."""
    lived_in = tmp_path / "v.db"
    lived_in.write_bytes(new_file())
    filled(lived_in)
    ends: tuple[Path | str, Path | str] = (lived_in, postgres.url)
    migrate(postgres.url)
    if cut == "source":
        ends = (postgres.url, tmp_path / "back.db")
        fill(lived_in, postgres.url, stopped=False)
        migrate(tmp_path / "back.db")
    done: list[str] = []
    copied = transferring._copy

    def ended(table: Any, source: Any, target: Any) -> int:
        if len(done) == 3:
            with postgres.server.administer() as admin:
                admin.execute(
                    "select pg_terminate_backend(pid) from pg_stat_activity where datname = %s", [postgres.name]
                )
        done.append(table.name)
        return copied(table, source, target)

    monkeypatch.setattr(transferring, "_copy", ended)
    with pytest.raises(OperatorProblem) as problem:
        fill(*ends, stopped=False)
    said = words(problem.value.id, spoken="en", **problem.value.variables)
    id = problem.value.id
    del problem
    gc.collect()
    assert id == "database-unreachable"
    assert postgres.name in said
    assert "\n" not in said
    assert not any(rows(ends[1]).values())

"""The same of a PostgreSQL database."""

from __future__ import annotations

from bot.checking.database import as_finding, revision_finding
from bot.errors import OperatorProblem
from bot.ports import Finding
from bot.postgresql import reach, shown, told
from storage.transfer import Refused, reading


def examine(url: str) -> list[Finding]:
    """`url`: with its password, which is said nowhere."""
    about = {"file": shown(url)}
    try:
        reach(url)
        with reading(url) as connection:
            found = [Finding(True, "check-database-server", about), revision_finding(connection, about)]
            if not connection.exec_driver_sql("select has_schema_privilege(current_schema(), 'CREATE')").scalar():
                found.append(Finding(False, "database-no-right", {"where": about["file"]}))
            return found
    except OperatorProblem as problem:
        return [as_finding(problem)]
    except Refused as refused:
        return [as_finding(told(refused.problem.orig, url))]

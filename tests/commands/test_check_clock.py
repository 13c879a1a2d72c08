"""`veillee check` about the time, by what the platforms answer; and all of it at once."""

from __future__ import annotations

import http.server
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Any

import pytest

from adapters.discord.check import examine as examine_discord
from adapters.discord.settings import DiscordSettings
from adapters.told_time import ToldTime
from bot.chat.language import Language
from bot.checking import clock
from bot.cli.check import EXITS
from bot.errors import EXIT_PLATFORM, EXIT_TIME
from tests.commands.test_check_machine import configured, language, lines
from tests.discord.double import Double
from tests.kept import new_file
from tests.typed import veillee

__all__ = ["language"]


@pytest.mark.parametrize(
    ("ahead", "mark", "french", "english"),
    [
        (0.4, "✓", "s’accorde", "agrees"), (-4.9, "✓", "s’accorde", "agrees"),
        (12.0, "·", "avance de 12 s", "12 s ahead of"), (-40.0, "·", "retarde de 40 s", "40 s behind"),
        (90.0, "✗", "avance de 90 s", "90 s ahead of"), (-3600.0, "✗", "retarde de 1 heure", "1 hour behind"),
        (86_400.0, "✗", "avance de 1 jour", "1 day ahead of"),
    ],
)  # fmt: skip
def test_the_clock(ahead: float, mark: str, french: str, english: str, language: Language) -> None:
    (said,) = lines(clock.agreement([("matrix.example.org", ahead)], language))
    assert said.startswith(mark)
    assert (french if language == "fr" else english) in said
    assert ("timedatectl" in said) == (mark != "✓")


def test_a_server_that_does_not_say_what_time_it_is() -> None:
    assert clock.agreement([("matrix.example.org", None)], "en") == []
    told = ToldTime()
    for nonsense in ("", "yesterday", "Thu, 99 Foo 2026 99:99:99 GMT"):
        told.heard(nonsense, time.time())
    assert told.ahead is None


def test_the_quickest_answer_is_believed() -> None:
    now = 1_800_000_000.0
    told = ToldTime(lambda: now)
    date = format_datetime(datetime.fromtimestamp(now, UTC), usegmt=True)
    told.heard(date, now - 20)
    told.heard(date, now - 0.2)
    told.heard(date, now - 9)
    assert told.ahead == pytest.approx(-0.6)


def test_what_time_it_is_where_people_are(tmp_path: Path, language: Language) -> None:
    (said,) = lines(clock.zones(configured(tmp_path), datetime(2027, 1, 14, 17, 0, tzinfo=UTC), language))
    assert said == (
        "✓ cercle : là-bas, c’est le jeudi 14 janvier à 12 h (heure de Montréal)."
        if language == "fr"
        else "✓ cercle: it is Thursday 14 January at 12:00 (Montréal time) there."
    )


@contextmanager
def lying(by: timedelta) -> Iterator[str]:
    """A homeserver whose clock is elsewhere: it knows nobody."""

    class Server(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            known = self.path.endswith("/versions")
            body = json.dumps({"versions": ["v1.12"]} if known else {"errcode": "M_UNKNOWN_TOKEN", "error": "canari"})
            self.send_response_only(200 if known else 401)
            self.send_header("Date", format_datetime(datetime.now(UTC) + by, usegmt=True))
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body.encode())

        def log_message(self, format: str, *args: object) -> None:
            return

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Server)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


def test_all_of_it_at_once_as_it_is_typed(tmp_path: Path) -> None:
    """A clock a day off, a token that is refused, a configuration that others can read: one run says it all."""
    with lying(timedelta(days=-1)) as url:
        configured(tmp_path, url=url)
        (tmp_path / "veillee.toml").chmod(0o644)
        (tmp_path / "veillee.db").write_bytes(new_file())
        done = veillee("check", cwd=tmp_path, language="fr")
        asked = veillee("check", "--json", cwd=tmp_path, language="en")
    assert done.returncode == EXIT_PLATFORM  # the first that is to be mended
    marks = [line[0] for line in done.stdout.splitlines()]
    assert marks == ["✓", "✓", "✓", "✓", "·", "✓", "✗", "✗", "✓", "·"], done.stdout
    assert "avance de 1 jour sur 127.0.0.1" in done.stdout.replace("\u00a0", " ")
    assert done.stderr.startswith("2 choses sont à corriger")
    assert "canari" not in done.stdout + done.stderr + asked.stdout + asked.stderr
    told: dict[str, Any] = json.loads(asked.stdout)
    assert (asked.returncode, asked.stderr, told["well"]) == (EXIT_PLATFORM, "", False)
    assert [f["id"] for f in told["findings"] if f["state"] == "wrong"] == [
        "check-matrix-token-refused", "check-time-ahead",
    ]  # fmt: skip
    assert next(code for begins, code in EXITS if "check-time-ahead".startswith(begins)) == EXIT_TIME


async def test_discord_tells_the_time_too(double: Double) -> None:
    told = ToldTime()
    await examine_discord(DiscordSettings.model_validate({"token": "token", "api": double.url}), [], told)
    assert told.ahead is not None
    assert abs(told.ahead) < 2

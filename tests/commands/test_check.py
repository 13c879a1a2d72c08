"""`veillee check` against servers of every kind: one line for each thing, an exit code, nothing secret."""

from __future__ import annotations

import http.server
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.synapse.fixtures import NewMember
from tests.synapse.homeserver import Homeserver
from tests.synapse.member import Member
from tests.typed import veillee

CONFIG = """
[matrix]
homeserver = "{url}"
user_id = "{user}"
access_token = "{token}"
[[communities]]
slug = "cercle"
name = "Le cercle"
[communities.matrix]
rooms = {rooms}
"""


def configure(folder: Path, url: str, *, user: str = "@v:localhost", token: str = "canary", rooms: str = "[]") -> None:
    text = CONFIG.format(url=url, user=user, token=token, rooms=rooms)
    (folder / "veillee.toml").write_text(text, "utf-8")


@contextmanager
def web_site() -> Iterator[str]:
    """A server that is no homeserver: it answers a page to everything."""

    class Page(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(b"<html>Welcome to our choir</html>")

        def log_message(self, format: str, *args: object) -> None:
            return

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Page)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


@pytest.mark.parametrize(
    ("language", "said"),
    [("fr", "✗ http://127.0.0.1:9 ne répond pas. Vérifie"), ("en", "✗ http://127.0.0.1:9 cannot be reached. Check")],
)
def test_nobody_there(tmp_path: Path, language: str, said: str) -> None:
    configure(tmp_path, "http://127.0.0.1:9")
    done = veillee("check", cwd=tmp_path, language=language)
    assert said in done.stdout
    assert done.returncode == 3


@pytest.mark.parametrize(
    ("language", "said"), [("fr", "Le nom de http://nowhere.invalid"), ("en", "The name of http://nowhere.invalid")]
)
def test_a_name_that_nobody_has(tmp_path: Path, language: str, said: str) -> None:
    configure(tmp_path, "http://nowhere.invalid")
    assert said in veillee("check", cwd=tmp_path, language=language).stdout


@pytest.mark.parametrize(
    ("language", "said"), [("fr", "son certificat n’est pas reconnu"), ("en", "its certificate is not trusted")]
)
def test_a_server_without_a_certificate(tmp_path: Path, language: str, said: str) -> None:
    with web_site() as url:
        configure(tmp_path, url.replace("http:", "https:"))
        assert said in veillee("check", cwd=tmp_path, language=language).stdout


@pytest.mark.parametrize(
    ("language", "said"), [("fr", "pas comme un serveur Matrix"), ("en", "not as a Matrix server")]
)
def test_a_server_that_is_not_matrix(tmp_path: Path, language: str, said: str) -> None:
    with web_site() as url:
        configure(tmp_path, url)
        done = veillee("check", cwd=tmp_path, language=language)
    assert said in done.stdout
    assert done.returncode == 3


@pytest.mark.parametrize(("language", "said"), [("fr", "n’accepte pas"), ("en", "does not accept")])
def test_a_token_refused(tmp_path: Path, homeserver: Homeserver, language: str, said: str) -> None:
    configure(tmp_path, homeserver.url)
    done = veillee("check", cwd=tmp_path, language=language)
    assert said in done.stdout
    assert done.returncode == 3
    assert "canary" not in done.stdout + done.stderr
    running = veillee("run", cwd=tmp_path, language=language)
    assert running.returncode == 3
    assert "Traceback" not in running.stderr
    assert "canary" not in running.stdout + running.stderr


async def test_from_nothing_to_all_well(tmp_path: Path, homeserver: Homeserver, new_member: NewMember) -> None:
    bot = homeserver.register_fresh("veillee")
    ana = await new_member("ana")
    room = await ana.create_room("Salon", invite=[bot.user_id], power_levels={"events_default": 10})
    who = {"user": bot.user_id, "token": bot.access_token}
    configure(tmp_path, homeserver.url, **who, rooms='["#nowhere:localhost"]')
    assert "does not know #nowhere:localhost" in veillee("check", cwd=tmp_path).stdout
    configure(tmp_path, homeserver.url, **who, rooms=f'["{room}"]')
    assert "Invite it there" in veillee("check", cwd=tmp_path).stdout
    async with Member(homeserver.url, bot, auto_join=True) as joining:
        await joining.join(room)
    assert "may not post" in veillee("check", cwd=tmp_path).stdout
    await ana.set_power(room, bot.user_id, 10)
    done = veillee("check", cwd=tmp_path)
    assert "All is well" in done.stdout
    assert done.returncode == 0
    assert f"· cercle: the next session is not pinned in {room}. That needs power level 50" in done.stdout
    levels = await ana.state(room, "m.room.power_levels")
    events = {"m.reaction": 20, "org.matrix.msc3381.poll.start": 30, "m.room.encrypted": 60}
    await ana.set_state(room, "m.room.power_levels", {**levels, "events": {**levels.get("events", {}), **events}})
    done = veillee("check", cwd=tmp_path)
    assert f"✗ cercle: in {room}, it may not put signs to click under its messages" in done.stdout
    assert f"· cercle: polls in {room} are asked by a message" in done.stdout
    assert done.returncode == 3
    await ana.set_power(room, bot.user_id, 50)
    assert f"✓ cercle\u00a0: il peut épingler la prochaine rencontre dans {room}." in veillee(
        "check", cwd=tmp_path, language="fr"
    ).stdout
    await ana.set_state(room, "m.room.encryption", {"algorithm": "m.megolm.v1.aes-sha2"})
    done = veillee("check", cwd=tmp_path)
    assert "is encrypted" in done.stdout
    assert "may not post" in done.stdout  # what is sealed is of a kind of its own, and 60 is needed for that
    assert "write store_key under [matrix]" in done.stdout
    assert all(line[0] in "✓✗·" for line in done.stdout.splitlines())  # nothing of the log among the words
    assert done.returncode == 3

"""What Matrix is given to show."""

from __future__ import annotations

import pytest

from adapters.matrix.places import ordered
from adapters.matrix.power import level, needed_to_post
from adapters.matrix.render import render
from adapters.matrix.settings import MatrixSettings
from bot.chat.content import (
    Bullets,
    Choice,
    Choices,
    Code,
    File,
    Heading,
    Inline,
    Link,
    Mention,
    Message,
    Paragraph,
    Quote,
    Strong,
    Text,
    When,
)
from tests.unit.matrix.test_inbound import NOW


def one(*line: Inline) -> tuple[str, str]:
    rendered = render(Message((Paragraph(line),)))
    return rendered.body, rendered.formatted.removeprefix("<p>").removesuffix("</p>")


def test_every_block() -> None:
    rendered = render(
        Message(
            (
                Heading((Text("Thursday"),)),
                Paragraph((Strong("At eight"), Text(", "), When(NOW, "Thursday at 8"), Text("\nsecond line"))),
                Bullets(((Text("one"),), (Code("!veillee help"),))),
                Quote("a story\nin <two> lines"),
                Choices((Choice("Yes", "x.y", emoji="👍"), Choice("No", "x.y"))),
                File("a.ics", "text/calendar", data=b"x"),
            )
        )
    )
    assert rendered.body == (
        "Thursday\n\nAt eight, Thursday at 8\nsecond line\n\n• one\n• !veillee help\n\n"
        "> a story\n> in <two> lines\n\n• 👍 Yes\n• No"
    )
    assert rendered.formatted == (
        "<h4>Thursday</h4><p><strong>At eight</strong>, Thursday at 8<br>second line</p>"
        "<ul><li>one</li><li><code>!veillee help</code></li></ul>"
        "<blockquote>a story<br>in &lt;two&gt; lines</blockquote><ul><li>👍 Yes</li><li>No</li></ul>"
    )
    assert rendered.content()["m.mentions"] == {}
    assert rendered.content()["msgtype"] == "m.notice"


def test_mentions_are_said_and_typed_ones_are_not() -> None:
    line = (Mention("@ana:x.org", "Ana <3"), Text(" @room @bo:x.org "), Mention("not a person", "Bo"))
    rendered = render(Message((Paragraph(line), Paragraph((Mention("@ana:x.org", "Ana"),)))))
    assert rendered.content()["m.mentions"] == {"user_ids": ["@ana:x.org"]}
    assert '<a href="https://matrix.to/#/@ana:x.org">Ana &lt;3</a> @room @bo:x.org Bo' in rendered.formatted
    odd = one(Mention('@a"><script>:x', "A"))[1]
    assert odd == '<a href="https://matrix.to/#/@a%22%3E%3Cscript%3E:x">A</a>'


@pytest.mark.parametrize(
    ("url", "clickable"),
    [
        ('https://example.org/a?b=1&c="', True),
        ("http://example.org", True),
        ("mailto:ana@example.org", True),
        ("HTTPS://example.org", True),
        ("https://matrix.to/#/!room:x", True),
        ("javascript:alert(1)", False),
        ("data:text/html,x", False),
        (" https://example.org", False),
        ("https://example.org/\nx", False),
        ("https://" + "a" * 5000, False),
        ("", False),
    ],
)
def test_links(url: str, clickable: bool) -> None:
    body, formatted = one(Link(url, "here"))
    assert ("<a href" in formatted) == clickable
    assert "here" in body
    assert url in body


def test_a_link_that_shows_its_address() -> None:
    assert one(Link("https://x.org", "https://x.org"))[0] == "https://x.org"


def test_unprintable_characters() -> None:
    body, formatted = one(Text("a\x00\x1b\ud83dz\r\nb\rc"))
    assert body == "a\ufffd\ufffd\ufffdz\nb\nc"
    assert formatted == "a\ufffd\ufffd\ufffdz<br>b<br>c"


def test_power() -> None:
    old = {"sender": "@c:x", "content": {"room_version": "10"}}
    new = {"sender": "@c:x", "content": {"room_version": "12", "additional_creators": ["@d:x", 5]}}
    assert level({"users": {"@a:x": 50}}, old, "@a:x") == 50
    assert level({"users": {"@a:x": "50"}}, old, "@a:x") == 50
    assert level({"users": {"@a:x": 9007}}, old, "@a:x") == 100
    assert level({"users": {"@a:x": -1}}, old, "@a:x") == 0
    assert level({"users_default": 10}, old, "@b:x") == 10
    assert level({"users": {"@a:x": None}, "users_default": 10}, old, "@a:x") == 0
    assert level({}, old, "@c:x") == 0
    assert level(None, old, "@c:x") == 100
    assert level(None, old, "@a:x") == 0
    assert level({}, new, "@c:x") == level({}, new, "@d:x") == 100
    assert level({}, new, "@e:x") == 0
    assert level({}, {"sender": "@c:x", "content": {"room_version": "org.matrix.hydra.11"}}, "@c:x") == 100
    assert level({}, {}, "@c:x") == 0
    assert needed_to_post(None) == 0
    assert needed_to_post({"events_default": 50}) == 50
    assert needed_to_post({"events_default": 50, "events": {"m.room.message": 0}}) == 0


def test_children_of_a_space_in_order() -> None:
    def child(room: str, order: object, at: int, via: object = ("x",)) -> dict[str, object]:
        shown = list(via) if isinstance(via, tuple) else via
        content = {"via": shown, "order": order}
        return {"type": "m.space.child", "state_key": room, "origin_server_ts": at, "content": content}

    assert list(
        ordered([
            child("!late", None, 9), child("!early", None, 1), child("!b", "b", 9), child("!a", "a", 9),
            child("!bad", "é", 5), child("!gone", "0", 1, None), child("no room", "0", 1), {"type": "x"}, 7,
        ])
    ) == ["!a", "!b", "!early", "!bad", "!late"]  # fmt: skip


def test_settings() -> None:
    given = {"homeserver": "https://x.org/", "user_id": "@v:x.org", "password": "secret"}
    settings = MatrixSettings.model_validate(given)
    assert settings.homeserver == "https://x.org"
    assert settings.device == MatrixSettings.model_validate(given).device
    assert "secret" not in repr(settings)
    for wrong in ({"homeserver": "x.org"}, {"user_id": "v"}, {"password": None}, {"typo": 1}):
        with pytest.raises(ValueError, match="1 validation error"):
            MatrixSettings.model_validate(given | wrong)

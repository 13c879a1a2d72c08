"""A message as Discord is given it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from adapters.discord.render import NOTHING, content, file_name, render
from bot.chat.content import (
    Bullets,
    Choice,
    Choices,
    Code,
    File,
    Heading,
    Inline,
    Line,
    Link,
    Mention,
    Message,
    Paragraph,
    Quote,
    Strong,
    Text,
    When,
    message,
)
from tests.unit.discord import taken
from tests.unit.discord.reader import read

ANA = "123456789012345678"
NOON = datetime(2027, 1, 14, 17, 0, tzinfo=UTC)


def line(*parts: Inline | str) -> Line:
    return tuple(Text(part) if isinstance(part, str) else part for part in parts)


def said(*parts: Inline | str) -> str:
    return content(message(line(*parts)))


def test_a_whole_message() -> None:
    body = render(
        message(
            Heading(line("Rencontre 3")),
            line("Bonjour ", Mention(ANA, "Ana"), ", on se voit ", When(NOON, "jeudi à midi"), "."),
            line("Deux choses", Strong(" à lire"), " :"),
            Bullets((line("le ", Link("https://x.org/plan", "plan d’animation")), line("tape ", Code("/aide")))),
            Quote("J’ai dit non.\n\nEt voilà."),
            Choices((Choice("Je viens", "sessions.yes", {"session": 3}, "✅"), Choice("Peut-être", "sessions.maybe"))),
        ),
        key="k.0",
    )
    assert body["content"] == (
        "### Rencontre 3\n"
        f"Bonjour <@{ANA}>, on se voit <t:1799946000:F>.\n\n"
        "Deux choses **à lire** :\n"
        "- le [plan d’animation](<https://x.org/plan>)\n"
        "- tape `/aide`\n\n"
        "> J’ai dit non.\n> \u2060\n> Et voilà."
    )
    assert body["allowed_mentions"] == {"parse": [], "users": [ANA], "replied_user": False}
    assert body["flags"] == 4
    assert body["components"] == [
        {
            "type": 1,
            "components": [
                {"type": 2, "style": 2, "custom_id": "c/k.0/0", "label": "Je viens", "emoji": {"name": "✅"}},
                {"type": 2, "style": 2, "custom_id": "c/k.0/1", "label": "Peut-être"},
            ],
        }
    ]
    taken.message(body)


def test_who_is_only_named_is_not_called() -> None:
    named = [
        Mention(ANA, "Ana", quiet=True), Mention(ANA, "Ana", platform="matrix"), Mention("@ana:x.org", "Ana"),
        Mention("&1", "Ana"), Mention("0", "Ana"), Mention("1" * 21, "Ana"), Mention("１２３", "Ana"),
    ]  # fmt: skip
    for mention in named:
        body = render(message(line(mention)))
        assert (body["content"], body["allowed_mentions"]["users"]) == ("Ana", [])
    body = render(message(line(f"<@{ANA}> @everyone")))
    assert (read(body["content"]).found, body["allowed_mentions"]["users"]) == ([], [])


def test_who_is_called_twice_is_named_once_among_those_called() -> None:
    twice = render(message(line(Mention(ANA, "Ana")), Bullets((line(Mention(ANA, "Ana", platform="discord")),))))
    assert twice["allowed_mentions"]["users"] == [ANA]


@pytest.mark.parametrize(
    ("url", "text", "sent"),
    [
        ("https://x.org/a", "le plan", "[le plan](<https://x.org/a>)"),
        ("https://x.org/a_(b)", "le plan", "[le plan](<https://x.org/a_%28b%29>)"),
        ("https://x.org/a_(b)", "https://x.org/a_(b)", "<https://x.org/a_(b)>"),
        ("https://x.org/a)", "https://x.org/a)", "<https://x.org/a%29>"),
        ("https://x.org/a|b*>", "", "<https://x.org/a%7Cb%2A%3E>"),
        ("https://x.org", "où\u202f?", "[où ?](<https://x.org>)"),
        ("https://evil.org", "bank.com", "bank.com (<https://evil.org>)"),
        ("https://evil.org", "https://bank.com", "<https://bank.com> (<https://evil.org>)"),
        ("https://x.org", "a_b_", r"a\_b\_ (<https://x.org>)"),
        ("https://x.org", "👍", "👍 (<https://x.org>)"),
        ("https://x.org", "](<https://evil.org>)", r"\](\<<https://evil.org>\>) (<https://x.org>)"),
        ("javascript:alert(1)", "clic", r"clic (javascript\:alert(1))"),
        ("mailto:a@x.org", "clic", r"clic (mailto\:a\@x.org)"),
        ("https://x.org/a b", "clic", None),
        ("https://", "clic", None),
        ("https://x.org/" + "a" * 1000, "clic", None),
    ],
)
def test_links(url: str, text: str, sent: str | None) -> None:
    made = said(Link(url, text))
    if sent is not None:
        assert made == sent
    else:
        assert read(made).of("link") == []
        assert text in read(made).text


def test_an_address_that_was_typed_can_be_clicked_and_does_not_unfold() -> None:
    made = read(said("voir https://x.org/a_b?c=*d, (https://x.org/e). Et **https://x.org/f** !"))
    assert made.text == "voir https://x.org/a_b?c=*d, (https://x.org/e). Et **https://x.org/f** !"
    assert made.found == [("quiet-url", "https://x.org/e"), ("quiet-url", "https://x.org/f")]


@pytest.mark.parametrize("typed", ["discord.gg/a", "Discord.GG/a", "discord.com/invite/a", "discordapp.com/invite/a"])
def test_an_invitation_without_its_scheme_is_only_text(typed: str) -> None:
    for part in (Text(typed), Strong(typed), Code(typed)):
        made = read(said("viens sur ", part))
        assert made.text == f"viens sur {typed}"
        assert not made.of("invite")


def test_code_stands_as_it_is_typed() -> None:
    for typed in ["/aide *tout*", "a`b", "`", "``", "a``", " x ", "\\", "https://x.org", "@everyone", "<@1>"]:
        made = read(said("tape ", Code(typed), "."))
        assert made.of("code") == [typed], typed
        assert made.text == f"tape {typed}."
    for typed in ["`a``b", "`` ` ```"]:  # no fence is left for it
        made = read(said("tape ", Code(typed), "."))
        assert (made.of("code"), made.text) == ([], f"tape {typed}.")


def test_side_by_side_each_keeps_its_own_shape() -> None:
    made = read(said(Strong("a"), Strong("b"), Code("c"), Code("d"), Strong(" e "), "f"))
    assert made.found == [("strong", "ab"), ("code", "c"), ("code", "d"), ("strong", "e")]
    assert made.text == "abcd e f"


def test_pieces_do_not_make_markup_together() -> None:
    for pieces in [
        ("1", Strong(""), ". a"), ("1", Mention("x", ". a")), ("<", "@1>"), ("http", "://x.org/*a*"), ("*", "*a*", "*"),
        ("1", Link("", ". a")), ("#", " a"), ("[a]", "(https://x.org)"), (":", "smile", ":"), (">", " a"),
        ("\\", "*a*"),
        ("1", Link("https://x.org", ". *a")), ("`", Code("a"), "`"), ("*", Strong("*a*"), "*"), ("-", " a"),
    ]:  # fmt: skip
        made = read(said(*pieces))
        assert {kind for kind, _ in made.lines} == {""}, pieces
        assert {kind for kind, _ in made.found} <= {"strong", "code", "quiet-url"}, pieces


def test_lines_stay_in_their_block() -> None:
    made = read(content(message(Heading(line("un\ndeux #")), Bullets((line("a\n- b\n# c"), line(Strong("d\ne")))))))
    assert made.lines == [
        ("heading", "un deux #"), ("item", "a"), ("", "- b"), ("", "# c"), ("item", "d"), ("", "e"),
    ]  # fmt: skip
    made = read(content(message(Quote("un\n> deux\n\n# trois\n"), line("  - quatre"))))
    assert made.lines == [
        ("quote", "un"), ("quote", "> deux"), ("quote", ""), ("quote", "# trois"), ("", ""), ("", "- quatre"),
    ]  # fmt: skip


@pytest.mark.parametrize("text", ["", "  \n ", "\u200b", "\u2060\u3164", "\u202e", "\ufe0f", "\u2800"])
def test_there_is_always_something_to_see(text: str) -> None:
    choices = Choices((Choice("ok", "a.b"),))
    assert said(text, Strong(text), Code(text)) == NOTHING
    assert content(message(Heading(line(text)), Quote(text), Bullets((line(text),)), choices)) == NOTHING
    assert content(Message(())) == NOTHING
    taken.message(render(message(line(text), choices), key="k"))


def test_a_file_needs_no_words() -> None:
    file = File("plan.ics", "text/calendar", b"QUJD")
    assert content(Message((file,))) == ""
    assert content(Message((file, Choices((Choice("ok", "a.b"),))))) == NOTHING
    assert render(Message((Paragraph(line("voici")), file)), key="k")["content"] == "voici"


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/passwd", "etcpasswd"), ("récit été.ogg", "récit été.ogg"), ("", "file"), ("..", "file"),
        ("a\x00b\n.txt", "a\ufffdb.txt"), ("gpj.\u202eexe", "gpj.exe"), ("x" * 300 + ".ogg", "x" * 96 + ".ogg"),
    ],
)  # fmt: skip
def test_names_of_files(name: str, kept: str) -> None:
    assert file_name(File(name, "a/b", b"eA==")) == kept

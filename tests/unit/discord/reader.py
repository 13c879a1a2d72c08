"""What Discord's apps make of a message's content: a reader of their Markdown, written from how they behave.

Escapes, lines, lists, quotes and headings as they are read there; every kind of markup and mention that exists, so
that what was never meant to be one is noticed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

UNSEEN = "\u2060"


@dataclass
class Read:
    """`lines`: what is seen, each with its kind. `found`: all that is more than text, in order."""

    lines: list[tuple[str, str]] = field(default_factory=list)
    found: list[tuple[str, str]] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "\n".join(text for _, text in self.lines)

    def of(self, kind: str) -> list[str]:
        return [text for found, text in self.found if found == kind]


_ESCAPE = re.compile(r"\\([^A-Za-z0-9\s])")
_SHRUG = re.compile(r"¯\\_\(ツ\)_/¯")
_MASKED = re.compile(r"\[((?:\[[^\]]*\]|[^\[\]])*[^\[]*)\]\(\s*<?((?:\([^)]*\)|[^\s\\]|\\[^\n])*?)>?\s*\)")
_RULES = [
    ("block", re.compile(r"```(?:[\w+.-]*\n)?(.*?[^\n].*?)```", re.S)),
    ("quiet-url", re.compile(r"<([^: >]+:/[^ >]+)>")),
    ("url", re.compile(r"((?:https?|steam)://[^\s<]+[^<.,:;\"'\]\s])")),
    ("user", re.compile(r"<@!?([0-9]+)>")),
    ("channel", re.compile(r"<#([0-9]+)>")),
    ("role", re.compile(r"<@&([0-9]+)>")),
    ("everyone", re.compile(r"(@everyone|@here)")),
    ("when", re.compile(r"<t:(-?[0-9]+(?::[tTdDfFR])?)>")),
    ("emoji", re.compile(r"<(a?:\w+:[0-9]+)>")),
    ("command", re.compile(r"<(/[^:>]+:[0-9]+)>")),
    ("guide", re.compile(r"<(id:\w+)>")),
    ("mail", re.compile(r"<([^\s@<>]+@[^\s@<>]+\.\w+)>")),
    ("phone", re.compile(r"<(\+[0-9 ()-]+)>")),
    ("shortcode", re.compile(r":(\w+|[+-]1):")),
]
_NESTED = [
    ("strong", re.compile(r"\*\*((?:\\.|[^\\])+?)\*\*(?!\*)", re.S)),
    ("underline", re.compile(r"__((?:\\.|[^\\])+?)__(?!_)", re.S)),
    ("emphasis", re.compile(r"\*(?!\s)((?:\\.|\*\*|[^*\\])+?)(?<!\s) {0,2}\*(?!\*)", re.S)),
    ("emphasis", re.compile(r"_((?:\\.|__|[^_\\])+?)_(?![a-zA-Z0-9_])", re.S)),
    ("strike", re.compile(r"~~(.+?)~~(?!_)", re.S)),
    ("spoiler", re.compile(r"\|\|(.+?)\|\|", re.S)),
]
_CODE = re.compile(r"(`+)(.+?)(?<!`)\1(?!`)", re.S)
_INVITE = re.compile(r"discord(?:app)?\.(?:gg|gift|new|com)/\w", re.I)
_LINES = [
    ("heading", re.compile(r"#{1,3} +(?!#)")),
    ("small", re.compile(r"-# +")),
    ("quote", re.compile(r" *(?:>>>|>) ")),
    ("item", re.compile(r" *(?:[*-]|\d+\.) +")),
]


def read(content: str) -> Read:
    """As the server keeps it, outer spaces left out, and as it is seen then."""
    made = Read()
    inside = ""
    for line in content.strip().split("\n"):
        kind, start = next(((k, m.end()) for k, p in _LINES if (m := p.match(line))), ("", 0))
        if not kind and inside == "item" and line.startswith("  "):
            start = 2  # the item goes on
            nested = next((k for k, p in _LINES[2:] if p.match(line, start)), "")
            assert not nested, f"{nested} inside an item"
        elif not kind and line.strip():
            inside = ""
        if kind:
            inside = kind
        rest = line[start:]
        if kind == "heading":
            rest = rest.rstrip().rstrip("#").rstrip()
        if kind == "quote":
            nested = next((k for k, p in _LINES if p.match(rest)), "")
            assert not nested, f"{nested} inside a quote"
        seen = _inline(rest, made)
        made.lines.append((kind, seen.replace(UNSEEN, "")))
    for found in _INVITE.finditer(re.sub(r"<https?://[^ >]+>", "", content)):
        made.found.append(("invite", found.group()))
    return made


def _inline(source: str, made: Read) -> str:
    seen: list[str] = []
    at = 0
    while at < len(source):
        text, at = _next(source, at, made)
        seen.append(text)
    return "".join(seen)


def _next(source: str, at: int, made: Read) -> tuple[str, int]:
    if shrug := _SHRUG.match(source, at):
        return shrug.group(), shrug.end()
    if escape := _ESCAPE.match(source, at):
        return escape.group(1), escape.end()
    for kind, pattern in _RULES:
        if found := pattern.match(source, at):
            made.found.append((kind, found.group(1)))
            return (found.group(1) if kind in ("quiet-url", "url") else ""), found.end()
    if code := _CODE.match(source, at):
        inner = code.group(2)
        bare = inner.strip(" ")
        inner = inner[1:] if inner.startswith(" ") and bare.startswith("`") else inner
        inner = inner[:-1] if inner.endswith(" ") and bare.endswith("`") else inner
        made.found.append(("code", inner))
        return inner, code.end()
    if masked := _MASKED.match(source, at):
        made.found.append(("link", masked.group(2)))
        return masked.group(1), masked.end()
    for kind, pattern in _NESTED:
        if found := pattern.match(source, at):
            position = len(made.found)
            inner = _inline(found.group(1), made)
            made.found.insert(position, (kind, inner))
            return inner, found.end()
    return source[at], at + 1

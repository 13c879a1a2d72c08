"""Words as Discord's Markdown. Whatever stands in a piece of text is text and stays text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import groupby
from urllib.parse import quote

from adapters.discord.native import PLATFORM
from adapters.discord.text import JOINER, blank, shown
from bot.chat.content import Code, Inline, Line, Link, Mention, Strong, Text, When

LONGEST_URL = 1000
# Of an address, what may stand in it and be no markup.
_IN_URL = r"[\w\-.~:/?#@!$&'()+,;=%]"
_URL = re.compile(rf"(?<!\w)https?://\w{_IN_URL}*", re.I)
_WHOLE_URL = re.compile(rf"https?://\w{_IN_URL}*", re.I)
# What ends a sentence, or closes what was opened before the address.
_AFTER_URL = re.compile(r"[*_~|`)\]}\"'.,;:!?»”’>…]*(?=\s|$)")
_NOT_ITS_END = ".,:;!?'"
_KEPT = re.compile(r"[\w.~:/?#@!$&'+,;=%-]")
_ANYWHERE = re.compile(r"[\\*_~|`<>\[\]@#]|:(?=\S)|(?<=discord)\.|(?<=discordapp)\.", re.I)
_INVITATION = re.compile(r"discord(?:app)?\.\w", re.I)
_AT_LINE_START = re.compile(r"^([^\S\n]*)([-+]|\d+(?=[.)]))(?P<dot>[.)])?")
# Words of a link that Discord takes for nothing but words.
_BARE_LABEL = re.compile(r"[A-Za-z0-9À-ÖØ-öø-ɏ ,;!?'’“”«»()…–—/&%+.-]+")
_LIKE_ADDRESS = re.compile(r"discord|//|\w\.\w", re.I)
_PERSON = re.compile(r"[1-9][0-9]{0,19}", re.ASCII)


def markdown(line: Iterable[Inline]) -> str:
    return "".join(_part(part) for part in together(line))


def together(line: Iterable[Inline]) -> Line:
    """Only what Discord has markup for, neighbours of one kind as one: two bold words side by side would not be
    read as such, and text that ends in a number could begin a list with the text behind it."""
    joined: list[Inline] = []
    for kind, parts in groupby((found for part in line for found in _plainly(part)), key=type):
        if kind in (Text, Strong):
            joined.append(kind("".join(part.text for part in parts)))
        else:
            for part in parts:
                if kind is Code and joined and isinstance(joined[-1], Code):
                    joined.append(Text(JOINER))
                joined.append(part)
    return tuple(joined)


def _plainly(part: Inline) -> Iterator[Inline]:
    text = part.own or part.text if isinstance(part, Code) else part.text
    part = replace(part, text=shown(text))
    match part:
        case Mention() if calls(part):
            yield part
        case When():
            yield part
        case Link():
            yield from _linked(part.text, shown(part.url))
        case Strong() if not blank(part.text):
            yield part
        case Code() if not blank(part.text) and _can_be_code(part.text):
            yield part
        case _ if part.text:
            yield Text(part.text)


def _linked(text: str, url: str) -> Iterator[Inline]:
    if not address(url):
        yield Text(text if text == url or not url else f"{text} ({url})")
    elif text == url or blank(text):
        yield Link(url, url)
    elif _BARE_LABEL.fullmatch(label := re.sub(r"\s", " ", text)) and not _LIKE_ADDRESS.search(label):
        yield Link(url, label)
    else:
        # In the words of a link Discord undoes no escape, and refuses emoji and what looks like an address.
        yield from (Text(f"{text} ("), Link(url, url), Text(")"))


def calls(part: Inline) -> bool:
    """Whether it calls a person, who is told of the message."""
    return (
        isinstance(part, Mention)
        and not part.quiet
        and part.platform in ("", PLATFORM)
        and _PERSON.fullmatch(part.person) is not None
    )


def _part(part: Inline) -> str:
    match part:
        case Strong():
            return "\n".join(map(_strong, part.text.split("\n")))
        case Code():
            return "\n".join(map(_code, part.text.split("\n")))
        case Mention():
            return f"<@{part.person}>"
        case When():
            return f"<t:{int(part.instant.timestamp())}:{'t' if part.shows == 'time' else 'F'}>"
        case Link() if part.text != part.url:
            return f"[{part.text}](<{address(part.url)}>)"
        case Link():
            return f"<{part.url if _clickable(part.url) else address(part.url)}>"
        case _:
            return escaped(part.text)


def _strong(line: str) -> str:
    bare = line.strip()
    if blank(bare):
        return line
    start = line.index(bare)
    return f"{line[:start]}**{escaped(bare)}**{line[start + len(bare) :]}"


def _code(line: str) -> str:
    if blank(line):
        return line
    fence = _fence(line)
    before = " " if line.lstrip(" ").startswith("`") else ""
    after = " " if line.rstrip(" ").endswith("`") else ""
    return f"{fence}{before}{line}{after}{fence}"


def _can_be_code(text: str) -> bool:
    """Nothing is undone between backticks, and an invitation unfolds there too."""
    return not _INVITATION.search(text) and all(map(_fence, text.split("\n")))


def _fence(line: str) -> str:
    """Backticks, as many as stand nowhere together in the line. "" where that is neither one nor two: three open
    a block."""
    runs = {len(run) for run in re.findall("`+", line)}
    return next((fence for fence in ("`", "``") if len(fence) not in runs), "")


# -- links ---------------------------------------------------------------------------------------------------


def address(url: str) -> str:
    """The address as it may be clicked, "" where it is none."""
    if len(url) > LONGEST_URL or any(c.isspace() or not c.isprintable() for c in url):
        return ""
    whole = "".join(c if _KEPT.fullmatch(c) else quote(c, safe="") for c in url)
    return whole if _WHOLE_URL.fullmatch(whole) else ""


def _clickable(url: str) -> bool:
    """As it stands: nothing of it is taken for markup, or left out."""
    return len(url) <= LONGEST_URL and _WHOLE_URL.fullmatch(url) is not None and _without_end(url) == url


# -- bare text -----------------------------------------------------------------------------------------------


def escaped(text: str) -> str:
    """Nothing in it is markup any more, but that an address may be clicked. It is shown as it stands."""
    return "\n".join(_escaped_line(line) for line in text.split("\n"))


def _escaped_line(line: str) -> str:
    made: list[str] = []
    done = 0
    for found in _URL.finditer(line):
        url = _without_end(found.group())
        if not _AFTER_URL.match(line, found.start() + len(url)) or not _clickable(url):
            continue
        made += [_escaped(line[done : found.start()], first=done == 0), f"<{url}>"]
        done = found.start() + len(url)
    return "".join([*made, _escaped(line[done:], first=done == 0)])


def _without_end(url: str) -> str:
    while url[-1] in _NOT_ITS_END or (url[-1] == ")" and url.count(")") > url.count("(")):
        url = url[:-1]
    return url


def _escaped(text: str, *, first: bool) -> str:
    """`first`: a line may begin with it."""
    text = _ANYWHERE.sub(lambda found: "\\" + found.group(), text)
    return _AT_LINE_START.sub(_start, text) if first else text


def _start(found: re.Match[str]) -> str:
    space, mark, dot = found.group(1), found.group(2), found.group("dot")
    if mark in "-+":
        return f"{space}\\{found.group()[len(space) :]}"
    return f"{space}{mark}\\{dot}"

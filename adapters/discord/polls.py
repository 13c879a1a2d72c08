"""A poll of Discord's own: the message that bears it, and what came of it. Pure."""

from __future__ import annotations

from datetime import datetime, timedelta

from adapters.discord.native import Json
from adapters.discord.render import render
from adapters.discord.split import TEXT_LIMIT
from adapters.discord.text import blank, one_line, units
from bot.chat.content import Poll
from bot.ports import Refused

LONGEST_QUESTION, LONGEST_OPTION, MOST_OPTIONS = 300, 55, 10
LONGEST = timedelta(hours=768)
HOUR = timedelta(hours=1)


def body(poll: Poll, now: datetime, *, key: str = "") -> Json:
    """Open until it closes, or up to an hour longer. Raises Refused where Discord's polls are too small for it:
    nothing of what can be chosen is cut."""
    question = one_line(poll.question)
    options = [one_line(option) for option in poll.options]
    lasts = max(poll.closes - now, HOUR)
    fitting = all(not blank(option) and units(option) <= LONGEST_OPTION for option in options)
    if blank(question) or units(question) > LONGEST_QUESTION or not fitting:
        raise Refused("words too long for a poll, or none")
    if not 0 < len(options) <= MOST_OPTIONS or lasts > LONGEST:
        raise Refused("a poll too large, or open too long")
    said = render(poll.says.text, key=key)
    if units(said["content"]) > TEXT_LIMIT:
        raise Refused("too much said with a poll")
    return said | {
        "content": said["content"] if poll.says.text.blocks else "",
        "poll": {
            "question": {"text": question},
            "answers": [{"poll_media": {"text": option}} for option in options],
            "duration": -(-lasts // HOUR),
            "allow_multiselect": False,
        },
    }

"""Which voice room the place of a session names, as people write it or as a platform does."""

from __future__ import annotations

import re

from bot.text import folded

_MENTION = re.compile(r"<#(\S+)>")
_LINK = re.compile(r"https?://\S+?/(?P<last>[^/?#\s]+)/?", re.IGNORECASE)


def names_voice_room(place: str, voice: str, voice_name: str = "") -> bool:
    """By its identifier, its name with or without "#", a mention of it, or a link that ends in its identifier."""
    place = place.strip()
    if not place:
        return False
    link, mention = _LINK.fullmatch(place), _MENTION.fullmatch(place)
    named = link["last"] if link else mention[1] if mention else place
    if voice and named == voice:
        return True
    called = folded(voice_name.removeprefix("#"))
    return bool(called) and not link and folded(place.removeprefix("#")) == called


def may_be_voice_room(place: str) -> bool:
    """Not where it lies elsewhere for certain: at an address of the web that names no room."""
    link = _LINK.fullmatch(place.strip())
    return bool(place.strip()) and ("://" not in place or (link is not None and link["last"].isdigit()))

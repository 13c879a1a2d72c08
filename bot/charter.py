"""The community's charter: its own, or else the one proposed to all."""

from __future__ import annotations

import hashlib
import json

from bot.banks.read import bank, bank_for
from bot.chat.content import Block, Bullets, Heading, Line, Text
from bot.chat.language import Language
from bot.model.settings import Settings
from bot.voice import Voice

_LANGUAGES: tuple[Language, ...] = ("fr", "en")


def shown(settings: Settings, voice: Voice) -> list[Block | Line]:
    """Its text, in the reader's language where it is the one proposed to all."""
    said: list[Block | Line] = [Heading(voice.say("charter-title"))]
    if not settings.charter:
        said.append((Text(str(bank_for(voice, "charter")["intro"])),))
    rules = settings.charter or tuple(bank_for(voice, "charter")["rules"])
    return [*said, Bullets(tuple((Text(rule),) for rule in rules))]


def fingerprint(settings: Settings) -> str:
    """Stands for the text as it is today. In whichever language it was read, and by *tu* or *vous*, what is signed is
    one charter; how it is spaced changes nothing of it."""
    banks = [bank("charter", language) for language in _LANGUAGES]
    texts = settings.charter or [text for b in banks for text in (b["intro"], *b["rules"])]
    words = json.dumps([" ".join(text.split()) for text in texts], ensure_ascii=False)
    return hashlib.blake2b(words.encode(), digest_size=16).hexdigest()

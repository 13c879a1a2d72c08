"""Reading the banks: questions, pulses, charters, kept as TOML beside this file.

French says *tu* unless the community chose *vous*: what then differs stands beside it, `vous.text` beside `text`.
"""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from bot.chat.language import Language
from bot.voice import Address, Voice


def bank_for(voice: Voice, name: str) -> dict[str, Any]:
    """As whoever is spoken to in that voice reads it."""
    return bank(name, voice.language, voice.address)


@cache
def bank(name: str, language: Language, address: Address = "tu") -> dict[str, Any]:
    """What is said to somebody is read by `bank_for`."""
    written = tomllib.loads((Path(__file__).parent / f"{name}.{language}.toml").read_text("utf-8"))
    read: dict[str, Any] = _addressed(written, address)
    return read


def _addressed(written: Any, address: Address) -> Any:
    """The same with one way to say "you", and no trace of the other."""
    if isinstance(written, list):
        return [_addressed(each, address) for each in written]
    if not isinstance(written, dict):
        return written
    instead = written.get("vous", {}) if address == "vous" else {}
    return {key: _addressed(value, address) for key, value in (written | instead).items() if key != "vous"}

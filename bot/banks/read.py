"""Reading the banks: questions, pulses, charters, kept as TOML beside this file."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from bot.chat.language import Language


@cache
def bank(name: str, language: Language) -> dict[str, Any]:
    return tomllib.loads((Path(__file__).parent / f"{name}.{language}.toml").read_text("utf-8"))

"""What the configuration says about watching over Veillée."""

from __future__ import annotations

import ipaddress
import re
from pathlib import Path

from pydantic import BaseModel, ConfigDict, field_validator

from bot.mistakes import is_machine, mistake

_ADDRESS = re.compile(r"(\[[0-9a-fA-F:.]+\]|[\w.-]+):\d+")


class OperatingConfig(BaseModel):
    """`listen`: where health and figures are shown, as "host:port"; nowhere where it is left out. `backups`: the folder
    into which `veillee backup` writes, by which `veillee check` knows how old the last one is."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    listen: str = ""
    backups: Path = Path("backups")

    @field_validator("listen")
    @classmethod
    def _address(cls, typed: str) -> str:
        if typed and not (_ADDRESS.fullmatch(typed) and is_machine(typed)):
            raise mistake("config-listen")
        return typed

    @property
    def host(self) -> str:
        return self.listen.rpartition(":")[0].strip("[]")

    @property
    def port(self) -> int:
        return int(self.listen.rpartition(":")[2] or 0)

    @property
    def closed(self) -> bool:
        """Only this machine reaches it."""
        if self.host == "localhost":
            return True
        try:
            return ipaddress.ip_address(self.host).is_loopback
        except ValueError:
            return False

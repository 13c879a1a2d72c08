"""What the configuration says about Matrix."""

from __future__ import annotations

import hashlib
import re
from typing import Annotated

from pydantic import BaseModel, ConfigDict, SecretStr, field_validator, model_validator

from bot.mistakes import Token, is_machine, mistake, shaped

SHORTEST_SECRET = 20
USER_ID = re.compile(r"@[^:\s]+:\S+")


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class MatrixSettings(_Part):
    """The account. With a password, the device stays the same at every login, so that the server goes on
    recognising what was sent before. `store_key`: what the keys of encrypted rooms are sealed with on disk."""

    homeserver: str
    user_id: Annotated[str, shaped(USER_ID.pattern, "config-account")]
    access_token: Token | None = None
    password: SecretStr | None = None
    device_id: str | None = None
    device_name: str = "Veillée"
    store_key: SecretStr | None = None

    @field_validator("homeserver")
    @classmethod
    def _address(cls, typed: str) -> str:
        found = re.fullmatch(r"https?://([^\s/?#]+)(/[^\s?#]*)?", typed)
        if not found or not is_machine(found[1]):
            raise mistake("config-address", example="https://matrix.example.org")
        return typed.rstrip("/")

    @field_validator("store_key")
    @classmethod
    def _long(cls, typed: SecretStr | None) -> SecretStr | None:
        if typed is not None and len(typed.get_secret_value().strip()) < SHORTEST_SECRET:
            raise mistake("config-store-key", least=str(SHORTEST_SECRET))
        return typed

    @model_validator(mode="after")
    def _some_secret(self) -> MatrixSettings:
        if self.access_token is None and self.password is None:
            raise mistake("config-token-missing")
        return self

    @property
    def device(self) -> str:
        """The device to log in as. Never drawn at random: a new device could say everything a second time."""
        return self.device_id or "VEILLEE" + hashlib.sha256(self.user_id.encode()).hexdigest()[:8].upper()


RoomName = Annotated[str, shaped(r"[!#]\S+", "config-room")]
MaybeRoom = Annotated[str, shaped(r"([!#]\S+)?", "config-room")]


class MatrixPlaces(_Part):
    """Where one community meets: a space, rooms, or both, each by identifier or alias.

    The community is spoken to in `main`, else in the first of `rooms`, else in the first room of the space.
    Facilitators are written to in `office`.
    """

    slug: str
    space: MaybeRoom = ""
    rooms: tuple[RoomName, ...] = ()
    main: MaybeRoom = ""
    office: MaybeRoom = ""

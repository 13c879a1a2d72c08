"""The configuration: one TOML file, over which the environment has the last word.

Every mistake in it is told in one sentence that names the line's key and what to write instead.
"""

from __future__ import annotations

import os
import re
import tomllib
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict, SettingsError

from adapters.discord.settings import DiscordPlaces, DiscordServer, DiscordSettings
from adapters.matrix.settings import MatrixPlaces, MatrixSettings, MaybeRoom, RoomName
from bot.chat.language import Language
from bot.errors import EXIT_CONFIGURATION, OperatorProblem
from bot.first_mistake import first_mistake
from bot.mistakes import mistake, shaped
from bot.model.settings import Settings
from bot.operating.settings import OperatingConfig
from bot.operator import why

ENVIRONMENT_PREFIX = "VEILLEE_"


class DatabaseConfig(BaseModel):
    """`file`: the SQLite file; or `url`: the address of a PostgreSQL database. Beside the file lie the keys that seal
    open pulses, in "<file>.seals", and those of encrypted rooms, in "<file>.keys". `folder`: where they lie when there
    is no file. `attachments`: the folder of what comes with stories, for communities that keep it; "<file>.attachments"
    where none is named."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    file: Path = Path("veillee.db")
    url: SecretStr | None = None
    folder: Path | None = None
    attachments: Path | None = None

    @field_validator("file")
    @classmethod
    def _named(cls, file: Path) -> Path:
        if not file.name or "\0" in str(file) or str(file) == ":memory:":
            raise mistake("config-database-file")
        return file

    @field_validator("url")
    @classmethod
    def _of_postgresql(cls, url: SecretStr | None) -> SecretStr | None:
        if url is not None and not _is_address(given := url.get_secret_value()):
            alone = given.partition("?")[0]
            settings = alone != given and _is_address(alone)
            raise mistake("config-database-settings" if settings else "config-database-url")
        return url

    @model_validator(mode="after")
    def _one_place(self) -> DatabaseConfig:
        if self.url is not None and "file" in self.model_fields_set:
            raise mistake("config-database-both")
        if self.url is None and self.folder is not None:
            raise mistake("config-database-folder-alone")
        return self

    @property
    def where(self) -> Path | str:
        """The file, or the address with its password. Of a link, the file that it leads to: there lie its journal and
        its lock, and one file has one name."""
        if self.url:
            return self.url.get_secret_value()
        return Path(os.path.realpath(self.file)) if os.path.islink(self.file) else self.file

    @property
    def store(self) -> str:
        """The same, as storage.store takes it."""
        from storage.sqlite import address

        return self.where if isinstance(self.where, str) else str(address(self.where))

    @property
    def seals(self) -> Path:
        return self._beside("seals")

    @property
    def keys(self) -> Path:
        """The folder of the keys of encrypted rooms."""
        return self._beside("keys")

    @property
    def copies(self) -> Path:
        return self.attachments or self._beside("attachments")

    def _beside(self, what: str) -> Path:
        """Under the same names with a file and without: nothing needs to be moved on the way from one to the other."""
        file = (self.folder or Path()) / self.file.name if self.url else self.file
        return file.with_name(f"{file.name}.{what}")


def _is_address(url: str) -> bool:
    """postgresql://user:password@host:port/name?settings, of which only the name must be there. An @ in the name
    would be a password that is taken for it."""
    try:
        parts = urlsplit(url)
        shaped = parts.scheme in ("postgresql", "postgres") and len(parts.path) > 1 and parts.port != 0
    except ValueError:
        return False
    if not shaped or "@" in parts.path + parts.fragment:
        return False
    from psycopg import ProgrammingError
    from psycopg.conninfo import conninfo_to_dict

    try:
        conninfo_to_dict(url)
    except ProgrammingError:
        return False
    return True


class MatrixRooms(BaseModel):
    """Where a community meets on Matrix. `main`: where it is spoken to as a whole. `office`: where facilitators are
    written to."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    space: MaybeRoom = ""
    rooms: tuple[RoomName, ...] = ()
    main: MaybeRoom = ""
    office: MaybeRoom = ""


class CommunityConfig(Settings):
    """A community: its settings, and where it meets. `slug`: its short name, for ever the same."""

    slug: Annotated[str, shaped(r"[a-z0-9][a-z0-9-]{0,62}", "config-slug")]
    matrix: MatrixRooms | None = None
    discord: DiscordServer | None = None

    @property
    def settings(self) -> Settings:
        return Settings(**self.model_dump(exclude={"slug", "matrix", "discord"}))


class Config(BaseSettings):
    """All of it. `language`: of what Veillée says to whoever runs it."""

    model_config = SettingsConfigDict(
        env_prefix=ENVIRONMENT_PREFIX, env_nested_delimiter="__", extra="forbid", frozen=True
    )

    language: Language = "fr"
    database: DatabaseConfig = DatabaseConfig()
    matrix: MatrixSettings | None = None
    discord: DiscordSettings | None = None
    operating: OperatingConfig = OperatingConfig()
    communities: Annotated[tuple[CommunityConfig, ...], Field(min_length=1)]

    @field_validator("communities")
    @classmethod
    def _once_each(cls, communities: tuple[CommunityConfig, ...]) -> tuple[CommunityConfig, ...]:
        slugs = [c.slug for c in communities]
        twice = sorted({s for s in slugs if slugs.count(s) > 1})
        if twice:
            raise mistake("config-slug-twice", slugs=", ".join(twice))
        return communities

    @model_validator(mode="after")
    def _each_can_meet(self) -> Config:
        """Each community meets somewhere, by an account that is there; what facilitators must settle reaches one."""
        if self.matrix is None and self.discord is None:
            raise mistake("config-no-platform")
        for community in self.communities:
            if community.matrix is None and community.discord is None:
                raise mistake("config-no-place", community=community.slug)
            for platform in ("matrix", "discord"):
                if getattr(community, platform) is not None and getattr(self, platform) is None:
                    raise mistake("config-no-account", community=community.slug, platform=platform)
            offices = [place.office for place in (community.matrix, community.discord) if place is not None]
            if community.welcome.approval and not community.facilitators and not any(offices):
                raise mistake("config-no-office", community=community.slug)
        return self

    @property
    def on_matrix(self) -> list[MatrixPlaces]:
        """Where each community meets there."""
        return [MatrixPlaces(slug=c.slug, **c.matrix.model_dump()) for c in self.communities if c.matrix]

    @property
    def on_discord(self) -> list[DiscordPlaces]:
        return [DiscordPlaces(slug=c.slug, **c.discord.model_dump()) for c in self.communities if c.discord]

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        return env_settings, init_settings  # the environment over the file


def read_toml(file: Path) -> dict[str, Any]:
    """Raises OperatorProblem where there is no such file, or it is not TOML."""
    try:
        return tomllib.loads(file.read_text("utf-8"))
    except FileNotFoundError as problem:
        raise OperatorProblem("config-missing", EXIT_CONFIGURATION, file=str(file)) from problem
    except UnicodeDecodeError as problem:
        raise OperatorProblem("config-not-text", EXIT_CONFIGURATION, file=str(file)) from problem
    except OSError as problem:
        raise OperatorProblem("config-unreadable", EXIT_CONFIGURATION, file=str(file), why=why(problem)) from problem
    except ValueError as problem:  # tomllib's own, or that of a number with thousands of digits
        line = re.search(r"at line (\d+)", str(problem))
        raise OperatorProblem(
            "config-not-toml", EXIT_CONFIGURATION, file=str(file), line=line[1] if line else "?"
        ) from problem


def load(file: Path) -> Config:
    """Raises OperatorProblem for the first mistake."""
    values = read_toml(file)
    try:
        return Config(**values)
    except ValidationError as problem:
        raise first_mistake(problem, file, Config) from problem
    except SettingsError as problem:  # of the environment, in which a whole part stands as JSON
        part = re.search(r'field "(\w+)"', str(problem))
        name = ENVIRONMENT_PREFIX + (part[1].upper() if part else "")
        raise OperatorProblem("config-environment", EXIT_CONFIGURATION, name=name) from problem

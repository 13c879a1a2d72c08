"""Where a platform asks what to propose while someone types. Nothing is kept, and a mistake costs nobody a word."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from random import Random

import structlog

from bot.chat.events import CommandUsed
from bot.chat.language import Language
from bot.commands import Call
from bot.context import Context
from bot.feature import Features
from bot.logs import report
from bot.meaning import Reader, Reading
from bot.ports import Clock, PlatformProblem, Seals, Store, StoreTrouble
from bot.suggestions import suggest

log = structlog.get_logger("autocomplete")

# Each key pressed asks anew: where the database is slow, those who type must not make it slower.
MOST_AT_ONCE = 8


class Autocomplete:
    """Implements bot.ports.Suggests. `facilitates`: whether they do, asked where they act."""

    def __init__(
        self, store: Store, clock: Clock, features: Features, seals: Seals, random: Random,
        facilitates: Callable[[Reading], Awaitable[bool]],
    ) -> None:  # fmt: skip
        self._store = store
        self._clock = clock
        self._features = features
        self._facilitates = facilitates
        self._seals = seals
        self._random = random
        self._reader = Reader(features, random)
        self._under_way = 0

    async def suggest(
        self, platform: str, room: str, person: str, direct: bool, command: str, field: str, typed: str,
        language: Language | None,
    ) -> list[tuple[str, str]]:  # fmt: skip
        if self._under_way >= MOST_AT_ONCE:
            return []
        self._under_way += 1
        used = CommandUsed(
            id="", platform=platform, room=room, person=person, at=self._clock.now(), direct=direct,
            command=command, language=language,
        )  # fmt: skip
        try:
            return await self._suggest(used, field, typed)
        except (StoreTrouble, PlatformProblem) as trouble:
            log.info("nothing suggested", reason=trouble.reason)
        except Exception as fault:  # noqa: BLE001  whoever types goes on typing
            report(fault, f"suggesting {command} {field}")
        finally:
            self._under_way -= 1
        return []

    async def _suggest(self, used: CommandUsed, name: str, typed: str) -> list[tuple[str, str]]:
        async with self._store.unit() as unit:
            reading = await self._reader.read(unit, used, meets=False)
        if reading is None or not isinstance(reading.meaning, Call) or self._left(reading):
            return []
        command = reading.meaning.command
        field = next((f for f in command.fields if f.name == name), None)
        if field is None:
            return []
        # Asked outside any unit of work, as it is when the command is carried out.
        if command.facilitator and not await self._facilitates(reading):
            return []
        async with self._store.unit() as unit:
            ctx = Context(
                unit=unit, community=reading.community, now=used.at, cause="suggestion", features=self._features,
                seals=self._seals, random=self._random, person=reading.person, facilitator=command.facilitator,
                where=reading.where, spoken=reading.spoken,
            )  # fmt: skip
            async with unit.rehearsed():
                return await suggest(ctx, field, typed)

    def _left(self, reading: Reading) -> bool:
        """Who has left the community is told nothing of it, but where they still may ask."""
        if reading.person is None or reading.person.present or not reading.where.private:
            return False
        assert isinstance(reading.meaning, Call)
        return reading.meaning.command.id.split(".")[0] not in self._features.for_former

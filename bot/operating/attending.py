"""Watching over Veillée while it serves: health, figures, and what systemd wants to hear."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.metadata import version
from pathlib import Path
from platform import python_version
from typing import TYPE_CHECKING, Any

import structlog

from bot.chat.language import Language
from bot.config import Config
from bot.operating import pace
from bot.operating.health import Health, Standing, State
from bot.operating.systemd import Systemd
from bot.operator import words
from bot.ports import ChatPlatform
from bot.tally import INSTANTS, Spread, Tally

if TYPE_CHECKING:
    from bot.app import App
    from storage.lead import Lead

log = structlog.get_logger("operating")

STANDING: dict[Standing, str] = {
    "starting": "operating-starting", "standing by": "operating-standing-by", "at work": "operating-at-work",
    "stopping": "operating-stopping",
}  # fmt: skip


class Attending:
    """`tally`: of the whole process, however often it comes to lead. `health`: told where things are."""

    def __init__(self, config: Config) -> None:
        self.tally = Tally()
        named = [name for name in ("matrix", "discord") if getattr(config, name) is not None]
        self.health = Health(self.tally, named)
        self.systemd = Systemd()
        self._config = config
        self._listening: list[ChatPlatform] = []

    @property
    def _database(self) -> str:
        return "sqlite" if isinstance(self._config.database.where, Path) else "postgresql"

    def at_work(self, app: App) -> None:
        """This one serves from now on."""
        self._listening = list(app.platforms)
        self.tally.lag = Spread(INSTANTS)  # until then, what is loaded holds up nobody
        self.health.at_work(app.store, app.clock, app.share)
        self.systemd.ready(words("operating-at-work"))
        self._log("at work")

    def waiting(self, leads: Lead) -> None:
        """Until it leads, or another process does."""
        self.health.kept_away = lambda: leads.trouble

    def standing_by(self) -> None:
        """Another process serves."""
        self._listening = []
        self.health.put("standing by")
        self.systemd.ready(words("operating-standing-by"))
        self._log("standing by")

    def at_rest(self) -> None:
        """Nobody is served by this process any more, or not yet again."""
        self._listening = []
        self.health.put("starting")

    def stopping(self) -> None:
        self._listening = []
        self.health.put("stopping")
        self.systemd.stops()
        log.info("stopping", seconds=round(self.health.running))

    def _log(self, what: str) -> None:
        from storage.migrate import newest

        log.info(
            what, version=version("veillee"), revision=newest(), database=self._database,
            platforms=self.health.platforms, communities=len(self._config.communities), python=python_version(),
        )  # fmt: skip

    @asynccontextmanager
    async def watched(self) -> AsyncIterator[None]:
        """The loop's pulse is kept, and whoever asks is answered, as long as one is within."""
        beating = asyncio.create_task(pace.keep(self.tally, lambda: self._listening, self.systemd))
        try:
            if self._config.operating.listen:
                async with self._shown():
                    yield
            else:
                yield
        finally:
            beating.cancel()
            await asyncio.gather(beating, return_exceptions=True)

    @asynccontextmanager
    async def _shown(self) -> AsyncIterator[None]:
        from adapters.web import Answer, Web, as_json
        from bot.operating.metrics import KIND, Metrics

        operating, language = self._config.operating, self._config.language
        metrics = Metrics(self.tally, version("veillee"), self._database)

        async def health() -> Answer:
            state = await self.health.look()
            return as_json(200 if state.well else 503, told(state, language))

        async def figures() -> Answer:
            return 200, KIND, metrics.text(await self.health.look())

        web = Web({"/health": health, "/metrics": figures}, closed=operating.closed)
        try:
            await web.open(operating.host, operating.port)
        except OSError as problem:
            # Those who are served must not go without for want of figures.
            log.error("address not free: no health, no figures", where=operating.listen, type=type(problem).__name__)
        if not operating.closed:
            log.warning("health and figures are open to whoever reaches this address", where=operating.listen)
        try:
            yield
        finally:
            await web.close()


def told(state: State, spoken: Language) -> dict[str, Any]:
    """In words, and in numbers beside them."""
    says = [words(id, spoken=spoken, **variables) for id, variables in state.troubles]
    says = says or [words(STANDING[state.standing], spoken=spoken)]
    waiting = state.waiting._asdict() if state.reachable else {}
    return {
        "well": state.well,
        "standing": state.standing,
        "says": says,
        "version": version("veillee"),
        "running_seconds": round(state.running),
        "heard_seconds_ago": {name: None if ago is None else round(ago, 1) for name, ago in state.heard.items()},
        "database_reachable": state.reachable,
        "oldest_waiting_seconds": {name: round(waiting[name], 1) for name in ("inbox", "outbox", "due") if waiting},
    }

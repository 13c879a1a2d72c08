"""A community whose rhythm is driven at random, and the promises that hold after whatever happens."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

from adapters.rehearsal.platform import BOT
from bot.app import App
from bot.attention import WEEK
from bot.context import Context
from bot.falling_due import LAST_MINUTE, ON_TIME, ended
from bot.features.rhythm.declaration import SHOWN
from bot.features.rhythm.previews import excerpt, previews
from bot.model.attention import Request
from bot.model.community import Community
from bot.model.flow import Outbox
from bot.model.poll import Poll
from bot.model.rhythm import FACILITATOR, HOLIDAY, LATE, PAUSED, UNKNOWN, Due
from bot.model.settings import WEEKDAYS, Settings
from bot.ports import TryLater
from bot.rhythm import coming, fates, goes_out, quiet_times
from tests.properties.test_a_year_of_rhythm import shown_first
from tests.stage import HALL, Stage

WHY = {
    "skipped": {FACILITATOR, PAUSED, HOLIDAY}, "overtaken": {LATE, UNKNOWN}, "merged": {""}, "failed": set(),
}  # fmt: skip
ICEBREAKER = "Le brise-glace"


@dataclass(frozen=True)
class Row:
    """A due row as it was before a step. `own`: its hour, before anything put it off."""

    id: int
    key: str
    kind: str
    state: str
    due_at: datetime
    own: datetime
    args: dict[str, Any]


class World:
    """`s`: the stage. The platform can be away; Veillée can be killed and started again."""

    def __init__(self, s: Stage, folder: Path) -> None:
        self.s = s
        self.folder = folder
        self.starts = 0
        # Of what the clock was ahead of, nothing is told by the occurrences: they may be past already.
        self.steady = True
        # Time as it went by, in which the clock was never set back: at what of it each person was sent each request.
        self.gone_by = timedelta()
        self.sent: dict[tuple[int, str], timedelta] = {}

    # -- what happens -----------------------------------------------------------------------------------------

    @property
    def now(self) -> datetime:
        return self.s.clock.now()

    async def community(self) -> Community:
        [found] = await self.s.kept(Community)
        return found

    async def context(self, unit: Any) -> Context:
        [community] = await unit.find(Community)
        return self.s.app.unasked.context(unit, community, cause="looking")

    async def start_again(self, settings: Settings | None = None) -> None:
        """A new process on what is kept."""
        old, self.starts = self.s.app, self.starts + 1
        app = App(
            store=self.s.store, clock=self.s.clock, seals=old.unasked._seals, copies=old.filing._copies,
            platforms=self.s.platforms, random=Random(self.starts),
        )  # fmt: skip
        self.s.app = app
        for platform in self.s.platforms:
            await platform.run(app.intake)
        await app.prepare([("cercle", settings or (await self.community()).settings)])
        await app.settle()

    async def killed_before_it_is_said(self, **gap: float) -> None:
        """What fell due is kept, and nobody has heard of it."""
        self.s.clock.move_to(self.now + timedelta(**gap))
        await self.s.app.timetable.drain()
        await self.start_again()

    async def platform_away(self, **gap: float) -> None:
        """It answers nothing while time goes by; then it does, and Veillée is started again."""
        platform = self.s.platform

        async def away(*_: Any, **__: Any) -> str:
            raise TryLater("away")

        kept = {name: getattr(platform, name) for name in ("post", "edit", "direct_room")}
        for name in kept:
            setattr(platform, name, away)
        await self.s.wait(**gap)
        for name, method in kept.items():
            setattr(platform, name, method)
        await self.start_again()

    async def reconfigure(self, **changes: Any) -> None:
        settings = (await self.community()).settings
        await self.start_again(Settings.model_validate(settings.model_dump() | changes))

    async def coming(self) -> list[Due]:
        async with self.s.store.unit() as unit:
            return await coming(await self.context(unit), self.now + SHOWN)

    # -- what is shown beforehand -----------------------------------------------------------------------------

    async def foretold(self, until: datetime) -> tuple[dict[int, str], list[str]]:
        """What the plan says of each row until then, and the icebreakers it shows."""
        async with self.s.store.unit() as unit:
            ctx = await self.context(unit)
            dues = await coming(ctx, until)
            found = await fates(ctx, dues)
            shown: list[str] = []
            async with unit.rehearsed():
                for due in dues:
                    if (found[due.id].at or due.due_at) > until or not goes_out(found[due.id]):
                        continue
                    for preview in await previews(ctx, due):
                        if due.kind == "icebreakers.weekly":
                            shown.append(excerpt(preview.message))
        return {id: fate.state for id, fate in found.items()}, shown

    def icebreakers(self, since: int = 0) -> list[str]:
        posts = [s for s in self.s.platform.said[since:] if s.person == BOT and s.room == HALL and not s.removed]
        told = [excerpt(said.message) for said in posts if said.message]
        return [each for each in told if each.startswith(ICEBREAKER)]

    # -- what is promised -------------------------------------------------------------------------------------

    async def rows(self) -> dict[int, Row]:
        return {
            d.id: Row(d.id, d.key, d.kind, d.state, d.due_at, d.late_from or d.rhythm_at or d.due_at, d.args)
            for d in await self.s.kept(Due)
        }

    async def check(self, before: dict[int, Row], since: datetime, occurrences: list[str]) -> None:
        """`before`, `since`: the rows, and the hour, before the step. `occurrences`: the keys of what came up in it."""
        self.gone_by += max(self.now - since, timedelta())
        dues = {due.id: due for due in await self.s.kept(Due)}
        await self._check_closed(dues, before)
        polls = await self.s.kept(Poll)
        told = {f"polls.close:{p.id}" for p in polls if p.state != "open"}
        told |= {f"polls.results:{p.id}" for p in polls if p.state == "closed"}
        self._check_nothing_lost(dues, before, occurrences, told)
        await self._check_quiet(dues, before, since)
        await self._check_once(dues)
        await self._check_attention()

    async def _check_closed(self, dues: dict[int, Due], before: dict[int, Row]) -> None:
        for due in dues.values():
            if due.state == "pending":
                assert due.due_at > self.now, f"{due.key} is past and pending"
                assert due.closed_at is None
                continue
            assert due.state in ("done", *WHY), due.state
            assert due.state != "failed", due.key
            assert due.closed_at is not None, due.key
            assert due.state == "done" or due.reason in WHY[due.state], (due.key, due.state, due.reason)
            if due.state == "merged":
                assert due.merged_into in dues, f"{due.key} was merged into nothing"
                assert due.merged_into != due.id
            was = before.get(due.id)
            if was is not None and was.state == "done":
                assert due.state == "done", f"{due.key} was said, and is {due.state}"

    def _check_nothing_lost(
        self, dues: dict[int, Due], before: dict[int, Row], occurrences: list[str], told: set[str]
    ) -> None:
        """`told`: the keys of what was told already, as of a poll that was closed by hand while its row waited."""
        keys = {due.key for due in dues.values()}
        for row in before.values():
            if row.id in dues or row.kind.startswith("attention."):
                continue
            assert row.state == "pending", f"{row.key} was {row.state}, and nothing tells of it any more"
            if row.key in told:
                continue
            assert row.own > self.now or not self.steady, f"{row.key} came up and is gone"
        for key in occurrences:
            assert key in keys, f"{key} came up and nothing tells of it"

    async def _check_quiet(self, dues: dict[int, Due], before: dict[int, Row], since: datetime) -> None:
        """Of what was said in this step."""
        async with self.s.store.unit() as unit:
            ctx = await self.context(unit)
            quiet = await quiet_times(ctx)
        for due in dues.values():
            kind, was = self.s.app.unasked._features.dues[due.kind], before.get(due.id)
            new = due.state == "done" and (was is None or was.state != "done")
            if not new or kind.chore or due.closed_at is None or due.reason:
                continue
            at = due.closed_at
            feature = due.kind.split(".")[0]
            assert quiet.pause(feature, at) is None, f"{due.key} in a pause"
            late = at - (due.late_from or due.due_at) > ON_TIME
            if due.moved and not late:
                continue
            last = ended(kind, due.args)
            if last is not None and quiet._free(kind, at, late) > last - LAST_MINUTE:
                continue  # of no use any more once it is over
            assert quiet._free(kind, at, late) == at, f"{due.key} in peace at {at}"

    async def _check_once(self, dues: dict[int, Due]) -> None:
        rows = await self.s.kept(Outbox)
        for kind in ("icebreakers.weekly", "sessions.antechamber"):
            posts = Counter(r.due_id for r in rows if r.purpose == kind and r.due_id is not None)
            assert all(count == 1 for count in posts.values()), posts
        sent = [r for r in rows if r.purpose == "icebreakers.weekly" and r.state == "sent"]
        assert len(self.icebreakers()) == len(sent), "an icebreaker was heard twice, or never"

    async def _check_attention(self) -> None:
        most = (await self.community()).settings.attention.per_week
        for row in await self.s.kept(Request, state="sent"):
            if (row.person_id, row.key) not in self.sent:
                # As it is first seen: what the clock, set back, made to be still to come counts from today on.
                ago = max(self.now - (row.sent_at or self.now), timedelta())
                self.sent[row.person_id, row.key] = self.gone_by - ago
        for (person, _), at in self.sent.items():
            week = [when for (who, _), when in self.sent.items() if who == person and at - WEEK < when <= at]
            assert len(week) <= most, f"{len(week)} for {person} within a week"

    async def came_up(self, since: datetime, until: datetime) -> list[str]:
        """The keys of the icebreakers of that time, by the calendar alone."""
        community = await self.community()
        weekly, zone = community.settings.icebreakers, community.settings.clock
        if not weekly.on or not self.steady:
            return []
        found: list[str] = []
        day = since.astimezone(zone).date() - timedelta(days=1)
        while day <= until.astimezone(zone).date():
            at = shown_first(datetime.combine(day, weekly.at), zone)
            if day.weekday() == WEEKDAYS.index(weekly.day) and max(since, community.since) < at <= until:
                found.append(f"icebreakers:{day}")
            day += timedelta(days=1)
        return found


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[misc, arg-type]  # year, month and so on

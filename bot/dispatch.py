"""One row of the outbox, given to its platform, and what became of it kept: said, refused, passed over, or given up."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

import structlog

from bot.carrying import Carried, Carrier
from bot.chat.capabilities import Level
from bot.doubt import DOUBTED_FOR
from bot.logs import report
from bot.model.flow import Outbox
from bot.ports import Barred, ChatPlatform, Clock, DoorClosed, NotNow, Refused, Store, StoreTrouble, TryLater
from bot.receipts import Receipts, to_be_typed
from bot.share import Share, queue_of
from bot.tally import Tally

log = structlog.get_logger("delivery")

LONGEST_WAIT = 300.0
# Seconds until the clock is looked at again where it is not believed.
DOUBTED_WAIT = 1.0
WAITS_FOR = timedelta(days=1)
"""How long what is to be said waits where we may not write. Later than that it would surprise."""
# The last hundred of a day's tries are eight hours apart from first to last.
MOST_TRIES, TRIED_FOR = 100, timedelta(days=1)


class Dispatch:
    """`wake`: called once something more is to be said for what became of a row. `believed`: whether the hour is to be
    acted upon."""

    def __init__(
        self, store: Store, clock: Clock, platforms: Mapping[str, ChatPlatform], carrier: Carrier, receipts: Receipts,
        tally: Tally, share: Share, wake: Callable[[], None], believed: Callable[[], bool],
    ) -> None:  # fmt: skip
        self._store = store
        self._clock = clock
        self._platforms = platforms
        self._carrier = carrier
        self._receipts = receipts
        self._tally = tally
        self._share = share
        self._wake = wake
        self._believed = believed

    async def carry_out(self, row: Outbox, since: datetime | None) -> Outbox | None:
        """Returns what comes after it in its queue, read together with keeping what became of it."""
        platform = self._platforms.get(row.platform)
        if platform is None:
            raise NotNow(f"{row.platform} is not configured", LONGEST_WAIT)
        done: Carried | None = None
        closed = False
        try:
            if row.until is None or self._clock.now() < row.until:
                done = await self._carrier.carry_out(platform, row, since)
            elif not self._believed():
                raise NotNow("too late, if the clock is right", DOUBTED_WAIT)
            else:
                outcome, reason = "overtaken", "of no use any more"
                log.info("overtaken", platform=row.platform, purpose=row.purpose)
        except Refused as refusal:
            if isinstance(refusal, Barred) and await self._may_wait(row):
                raise TryLater(refusal.reason) from None
            log.warning("refused", platform=row.platform, purpose=row.purpose, reason=refusal.reason)
            outcome, reason, closed = "refused", refusal.reason, isinstance(refusal, DoorClosed)
        except (TryLater, StoreTrouble):
            raise
        except Exception as fault:  # noqa: BLE001  one that we cannot say must not silence all that follow
            outcome, reason = "mistake", f"mistake {report(fault, f'outbox:{row.id}')}"
        async with self._store.unit() as unit:
            if done is None:
                await self._receipts.refused(unit, row, reason, closed=closed)
                unit.after_commit(self._wake)  # it may go by another account of theirs, whose queue is another one
            else:
                outcome, clicked = "sent", _clicked(platform, row, done)
                await self._receipts.said(unit, row, done, clicked=clicked)
                if clicked:
                    unit.after_commit(self._wake)  # reactions of ours were laid
            following = await self._share.next_to_say(unit, queue_of(row))
        self._tally.say(row, outcome, self._clock.now())
        return following

    async def given_up(self, row: Outbox, tries: int, reason: str) -> bool:
        """What a platform that answers could not do all day long must not silence what stands behind it for ever."""
        given_up = tries >= MOST_TRIES and self._clock.now() - row.at >= TRIED_FOR and self._believed()
        try:
            async with self._store.unit() as unit:
                if given_up:
                    await self._receipts.refused(unit, row, reason, closed=False)
                    await self._receipts.unsaid(unit, row)
                else:
                    await unit.change(Outbox, {"tries": tries}, id=row.id)
                    if tries > DOUBTED_FOR:
                        self._receipts.decided(unit, row)
        except StoreTrouble as trouble:
            log.warning("try not counted", reason=trouble.reason)
            return False
        if given_up:
            log.error("set aside", platform=row.platform, purpose=row.purpose, reason=reason, tries=tries)
            self._tally.say(row, "set aside", self._clock.now())
        return given_up

    async def _may_wait(self, row: Outbox) -> bool:
        """Whether it is kept for when we are let write in that room."""
        if row.person or (self._clock.now() - row.at > WAITS_FOR and self._believed()):
            return False
        async with self._store.unit() as unit:
            await self._receipts.barred(unit, row)
        return True


def _clicked(platform: ChatPlatform, row: Outbox, done: Carried) -> bool:
    """Whether what can be chosen there is chosen by reactions."""
    room = platform.capabilities(done.room)
    return not done.native and room.buttons is not Level.NATIVE and not to_be_typed(row, room)

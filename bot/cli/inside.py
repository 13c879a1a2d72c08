"""Inside a rehearsed community: speak and click as anyone in it, and move its clock."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

from rich.console import Console

from adapters.rehearsal.acts import Press, Say, Tell
from adapters.rehearsal.platform import BOT, Said
from bot.cli.lines import Chat, say
from bot.commands import after_prefix
from bot.errands import typed_commands
from bot.rehearsal import ROOM, Rehearsal
from bot.rehearsed import voice_of
from bot.text import folded

BECOME = ("comme", "as")
ROOM_WORDS = ("salon", "room")
PRIVATE = ("prive", "dm", "private")
THREAD = ("fil", "thread")
PRESS = ("clic", "press", "click")
WHO = ("qui", "who")
HELP = ("aide", "help", "?")
QUIT = ("quitter", "quit", "exit", "q")
GAP = re.compile(r"\+ ?(\d{1,5}) ?([a-z]*)")
UNITS = {
    "minutes": ("m", "min", "minute", "minutes"),
    "hours": ("h", "heure", "heures", "hour", "hours"),
    "days": ("", "j", "d", "jour", "jours", "day", "days"),
    "weeks": ("s", "w", "semaine", "semaines", "week", "weeks"),
}
LONGEST_LEAP = timedelta(days=366)
SHOWN = 30

Ask = Callable[[str], str | None]


class Inside:
    """`run` is given what asks for a line, None at the end: a terminal, or a test."""

    def __init__(self, rehearsal: Rehearsal, console: Console) -> None:
        self._rehearsal = rehearsal
        self._console = console
        names = {m.person: m.name for m in rehearsal.people.values()}
        self._chat = Chat(console, voice_of(rehearsal), names)
        self._person = next(iter(rehearsal.people))
        self._private = False
        self._seen = len(rehearsal.platform.said)
        self._buttons: list[tuple[str, int]] = []

    async def run(self, ask: Ask) -> None:
        self._console.print()
        self._tell("rehearsal-inside-offer", style="bold")
        self._help()
        self._hold(self._person)
        self._where()
        while (line := ask(self._prompt())) is not None:
            if not await self._obey(line.strip()):
                break
        self._rehearsal.held = ""

    # -- what was typed -----------------------------------------------------------------------------------

    async def _obey(self, line: str) -> bool:
        """False to leave."""
        first, _, rest = line.partition(" ")
        word, rest = folded(first), rest.strip()
        if not line:
            return True
        if word in QUIT and not rest:
            return False
        if word in HELP and not rest and not self._private:
            self._help()
        elif word in WHO and not rest:
            self._who()
        elif word in BECOME and rest:
            self._become(rest)
        elif line.startswith("+"):
            await self._leap(line)
        elif word in ROOM_WORDS or word in PRIVATE:
            await self._elsewhere(word in PRIVATE, rest)
        elif word in THREAD and rest:
            await self._answer(rest)
        elif line.isascii() and line.isdigit():
            await self._press(int(line))
        elif word in PRESS and rest.isascii() and rest.isdigit():
            await self._press(int(rest))
        else:
            await self._speak(line)
        return True

    async def _elsewhere(self, private: bool, rest: str) -> None:
        self._private = private
        if rest:
            await self._speak(rest)
        else:
            self._where()

    async def _speak(self, text: str) -> None:
        if not self._there():
            return
        if self._private:
            await self._rehearsal.perform(self._person, Tell(text))
        else:
            await self._rehearsal.perform(self._person, Say(ROOM, text))
        unheard = not self._private and after_prefix(text, self._prefix) is None
        self._show(mine=False)
        if unheard:
            self._tell("rehearsal-inside-nothing", style="dim")

    async def _answer(self, text: str) -> None:
        """In the thread of what Veillée last said in the room."""
        said = [s for s in self._rehearsal.platform.said if s.room == ROOM and s.person == BOT and not s.removed]
        if not said:
            self._tell("rehearsal-inside-no-thread")
        elif self._there():
            await self._rehearsal.perform(self._person, Say(ROOM, text, thread=said[-1].thread or said[-1].id))
            self._show(mine=True)

    async def _press(self, number: int) -> None:
        if not 1 <= number <= len(self._buttons):
            self._tell("rehearsal-inside-no-button", number=str(number))
        elif self._there():
            message, choice = self._buttons[number - 1]
            clicks = len(self._rehearsal.pressed)
            await self._rehearsal.perform(self._person, Press(message, choice))
            for pressed in self._rehearsal.pressed[clicks:]:
                self._chat.line(pressed)
            self._show(mine=False, again=message)

    async def _leap(self, line: str) -> None:
        found = GAP.fullmatch(folded(line))
        unit = next((unit for unit, written in UNITS.items() if found and found[2] in written), "")
        if found is None or not unit:
            self._tell("rehearsal-inside-gap")
            return
        gap = timedelta(**{unit: int(found[1])})
        if gap > LONGEST_LEAP:
            self._tell("rehearsal-inside-far")
            return
        with self._console.status(""):
            await self._rehearsal.play(self._rehearsal.clock.now() + gap)
        self._show(mine=True)
        self._where()

    def _become(self, typed: str) -> None:
        people = self._rehearsal.people.values()
        names = [m for m in people if folded(m.name) == folded(typed)]
        found = names or [m for m in people if folded(m.name).startswith(folded(typed))]
        if len(found) != 1:
            self._tell("rehearsal-inside-unknown", name=typed)
            return
        self._hold(found[0].person)
        self._where()
        self._recall()

    def _hold(self, person: str) -> None:
        self._person = self._rehearsal.held = person
        self._buttons = []

    # -- what is shown ------------------------------------------------------------------------------------

    @property
    def _prefix(self) -> str:
        return self._rehearsal.season.community.prefix

    @property
    def _name(self) -> str:
        return self._rehearsal.people[self._person].name

    def _prompt(self) -> str:
        place = "private" if self._private else "room"
        return f"{self._name} · {self._word(f'rehearsal-inside-place-{place}')} >"

    def _word(self, sentence: str, **variables: str | int) -> str:
        return voice_of(self._rehearsal).text(sentence, **variables)

    def _tell(self, sentence: str, *, style: str = "", **variables: str | int) -> None:
        say(self._console, self._word(sentence, **variables), style)

    def _help(self) -> None:
        typed = typed_commands(self._rehearsal.season.community.language)["help.help"]
        self._tell("rehearsal-inside-help", help=f"{self._prefix} {typed}", private=typed)

    def _where(self) -> None:
        voice = voice_of(self._rehearsal)
        place = "private" if self._private else "room"
        when = voice.when(self._rehearsal.clock.now()).text
        sentence = f"rehearsal-inside-now-{place}"
        self._tell(sentence, style="dim", when=when[:1].upper() + when[1:], name=self._name)

    def _who(self) -> None:
        rehearsal = self._rehearsal
        here = rehearsal.platform.rooms[ROOM].members
        groups = {
            "facilitators": [m.name for m in rehearsal.facilitators if m.person in here],
            "members": [m.name for m in rehearsal.members if m.person in here],
            "absent": [m.name for m in rehearsal.people.values() if m.person not in here],
        }
        for group, names in groups.items():
            if names:
                self._tell(f"rehearsal-inside-{group}", names=", ".join(names))

    def _there(self) -> bool:
        there = self._person in self._rehearsal.platform.rooms[ROOM].members
        if not there:
            self._tell("rehearsal-inside-gone", name=self._name)
        return there

    def _recall(self) -> None:
        """What this person would have before their eyes: the last things Veillée told them."""
        room = f"direct-{self._person}"
        said = [s for s in self._rehearsal.platform.said if s.room == room and s.person == BOT and not s.removed]
        for one in said[-1:]:
            self._line(one)

    def _show(self, *, mine: bool, again: str = "") -> None:
        """All that this person can read and has not. `mine`: with what they said themselves.
        `again`: a message shown before, whose buttons were pressed and which may have changed."""
        platform = self._rehearsal.platform
        fresh = platform.said[self._seen :]
        self._seen = len(platform.said)
        seen = [
            s for s in fresh
            if self._person in platform.rooms[s.room].members and not s.removed
            and (mine or s.person != self._person)
        ]  # fmt: skip
        changed = [s for s in platform.said if s.id == again and s.edited and s.room == ROOM]
        if not seen and not changed and mine:
            self._tell("rehearsal-inside-quiet", style="dim")
        if len(seen) > SHOWN:
            self._tell("rehearsal-inside-more", style="dim", count=len(seen) - SHOWN)
        day = ""
        for said in [*changed, *seen[-SHOWN:]]:
            today = voice_of(self._rehearsal).day(said.at)
            self._line(said, when=today if mine and today != day else "")
            day = today

    def _line(self, said: Said, when: str = "") -> None:
        """With its buttons numbered, to be pressed."""
        choices = said.message.choices if said.message else ()
        if choices:
            self._buttons = [(said.id, position) for position in range(len(choices))]
        place = "" if said.room == ROOM else self._word("rehearsal-inside-place-private")
        head = " · ".join(filter(None, (when, place)))
        self._chat.line(said, numbers=1 if choices else None, when=head)

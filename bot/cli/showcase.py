"""Which moments of a season are shown while it is played: one of each kind, as they happen."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from adapters.rehearsal.acts import News
from adapters.rehearsal.platform import BOT, Said
from bot.rehearsal import ROOM, Pressed
from bot.voice import Voice

Item = Said | Pressed
Show = Callable[[str, list[Item]], None]

# What Veillée says in the room, by its purpose: the first time only.
IN_ROOM = {"sessions.announcement": "announced", "welcome.greeting": "greeted", "pulse.results": "result"}
# Private conversations worth following, by the click that begins them, and how long they are.
IN_PRIVATE = {
    "sessions.confirm": ("planned", 3),
    "welcome.introduce": ("first", 4),
    "stories.write": ("story", 7),
    "pulse.answer": ("pulse", 3),
}
LATER = timedelta(weeks=4)


class Showcase:
    """`show` is given a title and what was said, once a moment is complete."""

    def __init__(self, voice: Voice, opens: datetime, show: Show) -> None:
        self._voice = voice
        self._opens = opens
        self._show = show
        self._shown: set[str] = set()
        self._last: dict[str, Said] = {}
        self._before: dict[str, Said] = {}
        self._threads: dict[str, tuple[str, list[Item]]] = {}
        self._private: dict[str, tuple[str, int, list[Item]]] = {}

    def watch(self, happening: News | Pressed) -> None:
        if isinstance(happening, Pressed):
            self._on_click(happening)
        elif happening.said.room == ROOM:
            self._in_room(happening.said, happening.purpose)
        else:
            room = happening.said.room
            self._follow(room, happening.said)
            if room in self._last:
                self._before[room] = self._last[room]
            self._last[room] = happening.said

    def _in_room(self, said: Said, purpose: str) -> None:
        if purpose == "icebreakers.weekly":
            self._threads[said.id] = ("icebreaker", [said])
        elif purpose == "stories.share" and said.thread:
            self._thread("stories", f"{said.thread}/stories", said)
        elif said.thread in self._threads:
            self._thread("icebreaker", said.thread, said)
        elif purpose in IN_ROOM:
            later = purpose == "welcome.greeting" and said.at - self._opens > LATER
            self._once("newcomers" if later else IN_ROOM[purpose], [said])
        elif said.person == BOT and said.answers and (asked := self._last.get(ROOM)):
            self._once("mistyped", [asked, said])
        self._last[ROOM] = said

    def _thread(self, title: str, thread: str, said: Said) -> None:
        _, items = self._threads.setdefault(thread, (title, []))
        items.append(said)
        if len(items) == 3:
            self._once(title, items)

    def _on_click(self, pressed: Pressed) -> None:
        room, does = pressed.said.room, pressed.choice.does
        if does in IN_PRIVATE and room != ROOM and room not in self._private:
            title, most = IN_PRIVATE[does]
            if title not in self._shown:
                # What was planned was typed just before it was said back.
                typed = self._before.get(room) if title == "planned" else None
                self._private[room] = (title, most, [typed, pressed.said] if typed else [pressed.said])
        self._follow(room, pressed)

    def _follow(self, room: str, item: Item) -> None:
        if room not in self._private:
            return
        title, most, items = self._private[room]
        items.append(item)
        if len(items) == most:
            del self._private[room]
            name = next((i.name for i in items if isinstance(i, Pressed)), "")
            self._once(title, items, name=name)

    def _once(self, title: str, items: list[Item], **variables: str) -> None:
        if title in self._shown:
            return
        self._shown.add(title)
        when = self._voice.day(items[0].at)
        self._show(f"{self._voice.text(f'rehearsal-moment-{title}', **variables)} · {when}", items)

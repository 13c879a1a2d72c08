"""Simulated members: they see what a member sees, and answer by word, click or silence, each in their way.

They know nothing of Veillée's insides: only messages, their buttons, and what a reader understands of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

from adapters.rehearsal.acts import Act, Intention, Look, News, Press, React, Say, Tell
from adapters.rehearsal.platform import BOT, Said
from adapters.rehearsal.script import Script
from adapters.rehearsal.temperaments import Temperament
from bot.chat.content import Bullets, Choice, Code, File, Heading, Inline, Paragraph, plain

RISES, RETIRES = 8, 22
EMOJI = ("👍", "❤️", "🙏", "😊", "💜")
# What was said longer ago has sunk out of sight.
FRESH = timedelta(days=5)


class Member:
    """One member, with chances drawn from their own seed."""

    def __init__(
        self, person: str, name: str, temperament: Temperament, script: Script, room: str, zone: ZoneInfo,
        random: Random,
    ) -> None:  # fmt: skip
        self.person = person
        self.name = name
        self.temperament = temperament
        self._script = script
        self._room = room
        self._zone = zone
        self._random = random
        self._sentences: list[str] = []
        self._theme = ""
        self._asked = ("", "")
        self._acted: datetime | None = None

    # -- when -------------------------------------------------------------------------------------------

    def next_look(self, now: datetime) -> Intention:
        gap = min(max(self._random.expovariate(self.temperament.looks_a_day / 24), 0.7), 96)
        return Intention(self.awake(now + timedelta(hours=gap)), Look())

    def awake(self, at: datetime) -> datetime:
        """That instant, or some time after rising if it is night."""
        local = at.astimezone(self._zone)
        if RISES <= local.hour < RETIRES:
            return at
        morning = local if local.hour < RISES else local + timedelta(days=1)
        risen = morning.replace(hour=RISES, minute=self._random.randrange(60), second=0, microsecond=0)
        return risen.astimezone(at.tzinfo) + timedelta(minutes=self._random.randrange(120))

    def _soon(self, now: datetime, act: Act) -> Intention:
        """While the telephone is still in the hand."""
        return Intention(now + timedelta(seconds=self._random.randrange(50, 320)), act)

    def _later(self, now: datetime, act: Act) -> Intention:
        delay = timedelta(hours=self._random.uniform(*self.temperament.delay))
        return Intention(self.awake(now + delay), act)

    def _chance(self, of: float) -> bool:
        return self._random.random() < of

    # -- looking ----------------------------------------------------------------------------------------

    def look(self, now: datetime, news: list[News]) -> list[Intention]:
        """What they make of what is new in the rooms."""
        acts: list[Act] = []
        for item in news:
            if item.said.person == self.person or now - item.said.at > FRESH:
                continue
            acts.extend(self._on_post(item) if item.said.person == BOT else self._on_message(item.said))
        acts.extend(self._unprompted(now))
        intended: list[Intention] = []
        for act in acts:
            intended.append(self._soon(intended[-1].at if intended else now, act))
        return intended

    def _unprompted(self, now: datetime) -> Iterator[Act]:
        if self._chance(self.temperament.mistypes):
            yield Say(self._room, self._script.mistyped.next())
        elif self._chance(self.temperament.speaks) and (text := self._script.message(self.name, now)):
            yield Say(self._room, text)

    def _on_message(self, said: Said) -> Iterator[Act]:
        """Someone said something in a room."""
        if said.text.startswith(self._script.prefix):
            return
        if not said.thread and not said.answers and self._chance(self.temperament.replies):
            if text := self._script.reply(said.id):
                yield Say(said.room, text, answers=said.id)
        elif self._chance(self.temperament.reacts):
            yield React(said.id, self._random.choice(EMOJI))

    def _on_post(self, news: News) -> Iterator[Act]:
        """Veillée said something in a room."""
        said = news.said
        if choices := _choices(said):
            choice = self._choose(said, choices)
            if choice is not None:
                yield Press(said.id, choice)
        elif news.purpose == "icebreakers.weekly" and self._chance(self.temperament.breaks_ice):
            yield Say(said.room, self._script.icebreaker_answers.next(), thread=said.id)
        elif said.answers and self._chance(self.temperament.mistypes * 6) and (code := _suggested(said)):
            yield Say(said.room, code)
        elif news.purpose.startswith("welcome") and self._chance(self.temperament.reacts):
            yield React(said.id, "👋")

    # -- in private -------------------------------------------------------------------------------------

    def told(self, now: datetime, news: News) -> list[Intention]:
        """Veillée wrote to them alone."""
        if news.form:
            answer = self._fill(news)
            return [self._when(now, answer)]
        choices = _choices(news.said)
        choice = self._choose(news.said, choices) if choices else None
        return [] if choice is None else [self._when(now, Press(news.said.id, choice))]

    def did(self, now: datetime) -> None:
        """They have just done something: what comes next is answered at once."""
        self._acted = now

    def _when(self, now: datetime, act: Act) -> Intention:
        talking = self._acted is not None and now - self._acted < timedelta(minutes=20)
        return self._soon(now, act) if talking else self._later(now, act)

    def _fill(self, news: News) -> Tell:
        """An answer to what a form asks. Asked the same again, they give up: once is enough for anybody."""
        form, again = news.form, (news.form, news.field) == self._asked
        self._asked = (news.form, news.field)
        if again:
            self._asked = ("", "")
            return Tell(self._script.cancel)
        if form == "stories.recorded":
            return Tell("", (File("audio.ogg", "audio/ogg", b"OggS", f"voice/{news.said.id}"),))
        if form == "stories.written":
            return Tell(self._script.story(self._theme) or self._script.replies.next())
        if form.startswith("pulse"):
            return Tell(self._script.pulse_sentences.next())
        if not form.startswith("welcome"):
            return Tell(self._script.cancel)
        if not self._sentences:
            self._sentences = _sentences(self._script.introductions.next())
        return Tell(self._sentences.pop(0))

    # -- choosing ---------------------------------------------------------------------------------------

    def _choose(self, said: Said, choices: tuple[Choice, ...]) -> int | None:
        """Which button they press, if any."""
        kind, chance = self.temperament, self._chance
        offered = [c.does for c in choices]
        match offered[0]:
            case "sessions.answer":
                return self._answer(said, choices)
            case "charter.sign" | "welcome.introduce" if "welcome.introduce" in offered:
                if chance(kind.introduces):
                    return offered.index("welcome.introduce")
                return offered.index("welcome.later") if chance(kind.pulse / 2) else None
            case "welcome.post":
                return 0
            case "stories.write":
                return self._tell(said, offered)
            case "stories.named":
                return self._random.choices((0, 1, 2), (5, 4, 2))[0]
            case "pulse.answer":
                return self._random.choices(range(5), (1, 2, 5, 9, 6))[0] if chance(kind.pulse) else None
            case "attention.open":
                return self._random.randrange(offered.count("attention.open")) if chance(kind.pulse) else None
            case "polls.vote":
                return self._random.randrange(len(choices) - 1) if chance(kind.pulse) else None
            case "pulse.sentence":
                return 0 if chance(kind.comments) else 1 if chance(kind.pulse / 3) else None
            case _:
                return None

    def _answer(self, said: Said, choices: tuple[Choice, ...]) -> int | None:
        """Coming, maybe, not: once a session, but for a maybe that settles."""
        meeting = self._script.meeting(words(said))
        if meeting is None:
            return None
        before = meeting.answers.get(self.name, "")
        yes, maybe, no = self.temperament.coming
        weights = {"": (yes, maybe, no, max(0.0, 1 - yes - maybe - no)), "maybe": (0.4, 0, 0.2, 0.4)}.get(before)
        if weights is None:
            return None
        coming = self._random.choices(("yes", "maybe", "no", ""), weights)[0]
        found = next((p for p, c in enumerate(choices) if coming and c.args.get("answer") == coming), None)
        if found is not None:
            meeting.answers[self.name] = coming
        return found

    def _tell(self, said: Said, offered: list[str]) -> int | None:
        meeting = self._script.meeting(words(said))
        self._theme = meeting.theme if meeting else ""
        if self._chance(self.temperament.tells) and self._script.has_story(self._theme):
            return offered.index("stories.record") if self._chance(0.12) else 0
        if "stories.pass" in offered and self._chance(self.temperament.declines):
            return offered.index("stories.pass")
        return None


def _choices(said: Said) -> tuple[Choice, ...]:
    return said.message.choices if said.message else ()


def _lines(said: Said) -> Iterator[tuple[Inline, ...]]:
    for block in said.message.blocks if said.message else ():
        if isinstance(block, Heading | Paragraph):
            yield block.line
        elif isinstance(block, Bullets):
            yield from block.items


def words(said: Said) -> str:
    return "\n".join(plain(line) for line in _lines(said))


def _suggested(said: Said) -> str:
    """The first thing to type that a message shows."""
    return next((part.text for line in _lines(said) for part in line if isinstance(part, Code)), "")


def _sentences(text: str) -> list[str]:
    return [s.rstrip(".") + "." for s in text.split(". ")]

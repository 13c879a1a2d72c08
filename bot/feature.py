"""How a capability is declared: its commands, its forms, its choices, what it does by itself.

Declared once; what each platform makes of it is decided elsewhere.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Literal, TypeVar

from bot.chat.content import Argument
from bot.model.community import Person
from bot.model.rhythm import Due
from bot.ports import Seals, Unit
from bot.requests import RequestKind, Requests
from bot.undoing import Undoer, Undoing

if TYPE_CHECKING:
    from bot.chat.events import Event
    from bot.context import Context
    from bot.fields import Answers

FieldKind = Literal[
    "text", "instant", "day", "duration", "number", "session", "people", "scope", "story", "language", "option",
    "series", "choices", "span",
]  # fmt: skip
OnHolidays = Literal["goes", "skipped", "moved"]
Suggester = Callable[["Context", str], Awaitable[list[tuple[str, str]]]]


@dataclass(frozen=True, slots=True)
class Option:
    """One of a few things a field may hold. `en` and `fr`: what is typed for it, the first being the one taught."""

    id: str
    en: tuple[str, ...]
    fr: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Field:
    """One thing to be told. It is asked for by the sentence "ask-<feature>-<name>", and called, in a few words,
    "label-<feature>-<name>".

    text: one line. day: an instant, or the beginning of a day. story: as long as one likes, or a voice note.
    scope: a feature of the rhythm. option: the id of one of `options`. series: how often, and how many times.
    choices: a few things others are to choose from. span: how long something stays open.
    `optional` may be passed over. `suggests`: what to propose to someone who typed that much of it, each as it is
    shown and as it is typed; only for what its kind does not tell by itself.
    """

    name: str
    kind: FieldKind = "text"
    optional: bool = False
    options: tuple[Option, ...] = ()
    suggests: Suggester | None = None


Arguments = Mapping[str, Argument]
CommandHandler = Callable[["Context", "Answers"], Awaitable[None]]
FormHandler = Callable[["Context", "Answers", Arguments], Awaitable[None]]
ChoiceHandler = Callable[["Context", Arguments], Awaitable[None]]
DueHandler = Callable[["Context", Due], Awaitable[None]]
Listener = Callable[["Context", "Event"], Awaitable[None]]
Eraser = Callable[["Context", Person], Awaitable[None]]
Holder = Callable[[Unit, Seals], Awaitable[set[str] | None]]
Uniter = Callable[["Context", Person, int], Awaitable[None]]
Planner = Callable[["Context", datetime], Awaitable[list["Planned"]]]
AnyHandler = TypeVar("AnyHandler", bound=Callable[..., object])


@dataclass(frozen=True, slots=True)
class Command:
    """`id` is "feature.name"; "help-<feature>-<name>" says what it does.

    `en` and `fr`: what is typed after the prefix, the first being the one taught. `path`: where it stands among a
    platform's own commands, in English and in French, the words of a group before its own; "" as it is taught.
    There, what is above in a path is a group and no command, and is whole for facilitators or for everyone.
    `shows_more`: to facilitators, whose right is then asked for.
    """

    id: str
    en: tuple[str, ...]
    fr: tuple[str, ...]
    run: CommandHandler
    fields: tuple[Field, ...] = ()
    facilitator: bool = False
    path: tuple[str, str] = ("", "")
    shows_more: bool = False


@dataclass(frozen=True, slots=True)
class Form:
    id: str
    fields: tuple[Field, ...]
    run: FormHandler
    facilitator: bool = False


@dataclass(frozen=True, slots=True)
class ChoiceKind:
    """`facilitator`: only for them, checked again when it is clicked."""

    id: str
    run: ChoiceHandler
    facilitator: bool = False


@dataclass(frozen=True, slots=True)
class DueKind:
    """`useful_for`: how late it may still go out. Past that it is overtaken, and the log of what went out says so.
    None: members count on it, however late. It waits even for a pause without end, and if it fails for the day after.
    `heeds_quiet_hours`: put off to their end; what belongs to a session's own hour is not, unless it missed it.
    `confided`: it says what members confide until its hour, which they know: it is not shown before, moved or skipped.
    `chore`: it says nothing to anyone, such as erasing; it is no part of the plan, and no pause holds it up.

    `merges`: of several missed ones that have these arguments in common only the last goes out; with none, of all of
    that kind. None: each says something of its own. `on_holidays`: "goes" out all the same, where a person chose the
    day or waits for it; "skipped", where the next one is soon enough; "moved" to the next day that is none.
    `waits_for_pause`: what fell in a pause goes out at its end, if it is still useful; otherwise it is passed over.
    `tells_lateness`: it finds its own words for being late, or is not to say it. `before`: the argument that holds the
    instant, in ISO format, at which it is of no use any more.
    """

    id: str
    run: DueHandler
    useful_for: timedelta | None
    heeds_quiet_hours: bool
    confided: bool
    chore: bool
    merges: tuple[str, ...] | None = None
    on_holidays: OnHolidays = "moved"
    waits_for_pause: bool = False
    tells_lateness: bool = False
    before: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """What ought to go out: `key` is unique in the community for ever, `kind` is "feature.due"."""

    key: str
    kind: str
    due_at: datetime
    args: dict[str, Argument] = field(default_factory=dict)


@dataclass(slots=True)
class Feature(Requests, Undoing):
    """One capability. `name` prefixes all its ids. `for_former`: also for who has left the community.

    `confidential`: of what passes in private about it, no row remains but the choices that can still be made. How
    many messages someone exchanged would tell whether they told something.
    """

    name: str
    for_former: bool = False
    confidential: bool = False
    commands: list[Command] = field(default_factory=list)
    forms: dict[str, Form] = field(default_factory=dict)
    choices: dict[str, ChoiceKind] = field(default_factory=dict)
    dues: dict[str, DueKind] = field(default_factory=dict)
    listeners: list[tuple[type, Listener]] = field(default_factory=list)
    planner: Planner | None = None
    unions: list[Uniter] = field(default_factory=list)
    erasers: list[Eraser] = field(default_factory=list)
    holders: list[Holder] = field(default_factory=list)
    undoers: dict[str, Undoer] = field(default_factory=dict)

    def command(
        self,
        name: str,
        *,
        en: str | tuple[str, ...],
        fr: str | tuple[str, ...],
        fields: Iterable[Field] = (),
        facilitator: bool = False,
        path: tuple[str, str] = ("", ""),
        shows_more: bool = False,
    ) -> Callable[[CommandHandler], CommandHandler]:
        def declare(run: CommandHandler) -> CommandHandler:
            words_en = (en,) if isinstance(en, str) else en
            words_fr = (fr,) if isinstance(fr, str) else fr
            self.commands.append(
                Command(f"{self.name}.{name}", words_en, words_fr, run, tuple(fields), facilitator, path, shows_more)
            )
            return run

        return declare

    def form(
        self, name: str, *fields: Field, facilitator: bool = False
    ) -> Callable[[FormHandler], FormHandler]:
        def declare(run: FormHandler) -> FormHandler:
            id = f"{self.name}.{name}"
            self.forms[id] = Form(id, fields, run, facilitator)
            return run

        return declare

    def choice(
        self, name: str, *, facilitator: bool = False
    ) -> Callable[[ChoiceHandler], ChoiceHandler]:
        def declare(run: ChoiceHandler) -> ChoiceHandler:
            id = f"{self.name}.{name}"
            self.choices[id] = ChoiceKind(id, run, facilitator)
            return run

        return declare

    def due(
        self,
        name: str,
        *,
        useful_for: timedelta | None,
        heeds_quiet_hours: bool = True,
        confided: bool = False,
        chore: bool = False,
        merges: tuple[str, ...] | None = None,
        on_holidays: OnHolidays = "moved",
        waits_for_pause: bool = False,
        tells_lateness: bool = False,
        before: str = "",
    ) -> Callable[[DueHandler], DueHandler]:
        def declare(run: DueHandler) -> DueHandler:
            id = f"{self.name}.{name}"
            self.dues[id] = DueKind(
                id, run, useful_for, heeds_quiet_hours, confided, chore, merges, on_holidays, waits_for_pause,
                tells_lateness, before,
            )  # fmt: skip
            return run

        return declare

    def on(self, *events: type) -> Callable[[Listener], Listener]:
        def declare(run: Listener) -> Listener:
            self.listeners.extend((event, run) for event in events)
            return run

        return declare

    def unites(self, run: Uniter) -> Uniter:
        """Declares what else is put right once someone turned out to be that member under another account: the id
        is the one they had there. Rows that refer to a person have been moved."""
        self.unions.append(run)
        return run

    def forgets(self, run: Eraser) -> Eraser:
        """Declares what of someone's lies outside their rows, and goes when they are erased. Their rows are there
        still."""
        self.erasers.append(run)
        return run

    def holds(self, run: Holder) -> Holder:
        """Declares where attachments lie that are still needed, by their addresses. None where that cannot be told."""
        self.holders.append(run)
        return run

    @property
    def has_rhythm(self) -> bool:
        """Something of it goes out by itself that may be paused, as no chore is."""
        return self.planner is not None and any(not kind.chore for kind in self.dues.values())

    def plans(self, run: Planner) -> Planner:
        """Declares what says all that ought to go out from now until an instant."""
        self.planner = run
        return run


class Features:
    """All that Veillée can do."""

    def __init__(self, features: Iterable[Feature]) -> None:
        self.all = tuple(features)
        self.commands: dict[str, Command] = {c.id: c for f in self.all for c in f.commands}
        self.forms: dict[str, Form] = {k: v for f in self.all for k, v in f.forms.items()}
        # A command that misses something asks for it: it is a form as well.
        for command in self.commands.values():
            self.forms[command.id] = Form(
                command.id, command.fields, _as_form(command), command.facilitator
            )
        self.choices: dict[str, ChoiceKind] = {k: v for f in self.all for k, v in f.choices.items()}
        self.for_former = frozenset(f.name for f in self.all if f.for_former)
        self.confidential = frozenset(f.name for f in self.all if f.confidential)
        self.dues: dict[str, DueKind] = {k: v for f in self.all for k, v in f.dues.items()}
        self.undoers: dict[str, Undoer] = {f"{f.name}.{k}": v for f in self.all for k, v in f.undoers.items()}
        self.requests: dict[str, RequestKind] = {f"{f.name}.{k}": v for f in self.all for k, v in f.requests.items()}

    def listeners(self, event: object) -> list[Listener]:
        return [run for f in self.all for kind, run in f.listeners if isinstance(event, kind)]


def _as_form(command: Command) -> FormHandler:
    async def run(ctx: Context, answers: Answers, _args: Arguments) -> None:
        await command.run(ctx, answers)

    return run

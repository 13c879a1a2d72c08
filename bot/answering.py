"""One event, once its meaning and its author's right are known, to the feature that answers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from random import Random

from bot import conversing, deeds, forms, membership, people
from bot.chat.content import Choice, Line
from bot.chat.events import (
    AdmissionRefused,
    Asked,
    Event,
    FormSubmitted,
    GatheringChanged,
    InterestShown,
    MemberJoined,
    MemberLeft,
    MemberRenamed,
    MessagePosted,
    MessageRemoved,
    MessageUnread,
    NotSaid,
    PollClosed,
    PollEnded,
    PollVoted,
    ReactionAdded,
    RemovalRefused,
    RoomBarred,
    RoomClosed,
    RoomOpened,
    RoomReplaced,
    VoiceEntered,
)
from bot.commands import Call, Unknown
from bot.context import Context, Where
from bot.errors import Problem
from bot.feature import Features
from bot.fields import written
from bot.meaning import Reading, Settled
from bot.model.community import Community, Person, Room
from bot.model.flow import ANSWERS, Conversation, Inbox, Outbox
from bot.patience import SILENT, Answer, Patience
from bot.ports import Clock, Seals, Unit
from bot.rhythm import PLANS_NOTHING, replan
from bot.tally import Tally


class Answering:
    """`say` is called with what was said, once it lies in the outbox."""

    def __init__(
        self, clock: Clock, features: Features, seals: Seals, random: Random,
        say: Callable[[Sequence[Outbox]], None], tally: Tally,
    ) -> None:  # fmt: skip
        self._clock = clock
        self._features = features
        self._seals = seals
        self._random = random
        self._say = say
        self._tally = tally
        self._patience = Patience()

    async def answer(self, unit: Unit, row: Inbox, event: Event, reading: Reading | None, granted: bool) -> None:
        """`granted`: whoever asked facilitates. Raises Problem."""
        await done(unit, row, confidential=reading is not None and self._confidential(reading))
        if reading is None:
            if isinstance(event, Asked) and event.handle:
                await self._answer_stranger(unit, row, event)
            if getattr(event, "direct", False):
                # A stranger, or someone who asked to be forgotten: not even that they wrote is kept.
                await unit.delete(Inbox, id=row.id)
                unit.leave_no_trace()
            return
        ctx = self._context(unit, reading, cause=row.key, facilitator=granted)
        self._count(unit, reading, "answered", row, ctx)
        await self._seen(unit, event, reading)
        self._refuse_outsider(ctx, reading)
        if reading.facilitators_only and not granted and not isinstance(reading.meaning, Call | Unknown | PollEnded):
            raise Problem("problem-facilitators-only")
        match reading.meaning:
            case Call(command, values):
                if command.facilitator and not granted:
                    raise Problem("problem-facilitators-only")
                await forms.begin(ctx, command.id, {}, values, run=True)
            case Unknown(_, nearest):
                await self._suggest(ctx, nearest)
            case Settled():
                raise Problem("problem-settled")
            case FormSubmitted():
                await forms.submitted(ctx, reading.meaning)
            case Choice(does=forms.OPEN_AGAIN) as choice:
                await forms.open_again(ctx, choice.args)
            case Choice() as choice:
                await self._features.choices[choice.does].run(ctx, choice.args)
            case Conversation() as conversation if isinstance(event, MessagePosted):
                await conversing.go_on(ctx, conversation, written(event))
            case MemberJoined() | MemberLeft() | MemberRenamed() | RoomClosed():
                room = await unit.one(Room, platform=event.platform, external=event.room)
                if room is None or not await membership.keep(ctx, event, room):
                    return
                await self._listen(ctx, event)
            case GatheringChanged() | InterestShown() | VoiceEntered() | AdmissionRefused() | RemovalRefused():
                await self._listen(ctx, event)
            case RoomOpened() | RoomReplaced() | RoomBarred() | NotSaid() | MessageUnread():
                await self._listen(ctx, event)
            case PollVoted() | PollEnded() | PollClosed() | MessageRemoved():
                await self._listen(ctx, event)
            case _:
                return
        if ctx.where is not None and ctx.where.handle and all(o.purpose not in ANSWERS for o in ctx.said):
            # Whoever asked is shown that an answer is on its way: there must be one.
            await ctx.reply(ctx.here.say("done"))
        if not unit.touched() <= PLANS_NOTHING:
            if granted and not ctx.deed:
                await deeds.note(ctx, self._asked(reading))
            await replan(ctx)
        for finish in ctx.after_commit:
            unit.after_commit(finish)

    async def _answer_stranger(self, unit: Unit, row: Inbox, event: Asked) -> None:
        """Somebody whom no community here knows asks for something: they are told so, and nothing of it is kept."""
        community = await unit.one(Community)
        if community is None:
            return
        nobody = Person(
            community_id=community.id, platform=event.platform, external=event.person, pseudonym="", present=False
        )
        where = Where(event.platform, event.room, event.direct, handle=event.handle)
        ctx = Context(
            unit=unit, community=community, now=self._clock.now(), cause=row.key, features=self._features,
            seals=self._seals, random=self._random, person=nobody, where=where, spoken=event.language,
        )  # fmt: skip
        unit.after_commit(lambda: self._say(ctx.said))
        await ctx.reply(ctx.here.say("problem-stranger"), fleeting=True)

    async def _listen(self, ctx: Context, event: Event) -> None:
        for listener in self._features.listeners(event):
            await listener(ctx, event)

    @staticmethod
    async def _seen(unit: Unit, event: Event, reading: Reading) -> None:
        """Who writes in private can be written to. Who asks for something in a room has not left. Wherever it is,
        they are spoken to there from now on."""
        if reading.person is None or reading.meaning is None:
            return
        if reading.where.direct and isinstance(event, MessagePosted):
            await people.open_door(unit, reading.person, event.platform, event.person, event.room)
        if not isinstance(event, MemberLeft | MemberRenamed):
            await people.turn_to(unit, reading.person, event.platform, event.person)
        if reading.where.direct:
            return
        if isinstance(event, MessagePosted | ReactionAdded | Asked):
            reading.person.present = True

    def _refuse_outsider(self, ctx: Context, reading: Reading) -> None:
        """Who has left may still see to what is kept about them, and no more."""
        if reading.person is None or reading.person.present or not reading.where.private:
            return
        if isinstance(reading.meaning, MessageRemoved | RemovalRefused):
            return  # they asked for nothing
        if self._feature(reading) not in self._features.for_former:
            voice = ctx.here
            kept, forget = ctx.typed("privacy.data", voice), ctx.typed("privacy.forget", voice)
            raise Problem("problem-gone", community=ctx.settings.name, kept=kept, forget=forget)

    @classmethod
    def _feature(cls, reading: Reading) -> str:
        """The capability it is about, "" if none."""
        return cls._asked(reading).split(".")[0]

    @staticmethod
    def _asked(reading: Reading) -> str:
        """What is asked for, as "feature.command" or the like, "" if nothing is."""
        match reading.meaning:
            case Call(command, _):
                asked = command.id
            case FormSubmitted() as submitted:
                asked = submitted.form
            case Choice(does=forms.OPEN_AGAIN) as again:
                asked = str(again.args.get("form", ""))
            case Choice() as choice:
                asked = choice.does
            case Conversation() as conversation:
                asked = conversation.form
            case RemovalRefused() as refused:
                asked = refused.about
            case _:
                asked = ""
        return asked

    def _confidential(self, reading: Reading) -> bool:
        return reading.where.private and self._feature(reading) in self._features.confidential

    def _count(self, unit: Unit, reading: Reading, outcome: str, row: Inbox, ctx: Context) -> None:
        """Of what is confidential, not even when it was asked is to be seen in the numbers."""
        if not self._confidential(reading):
            feature = self._feature(reading)
            unit.after_commit(lambda: self._tally.answer(feature, outcome, row.at, ctx.said))

    @staticmethod
    async def _suggest(ctx: Context, nearest: tuple[str, ...]) -> None:
        voice = ctx.here
        if nearest:
            commands = voice.listed([ctx.typed(id, voice) for id in nearest], last="or")
            raise Problem("problem-unknown-command", nearest=commands, help=ctx.typed("help.help", voice))
        raise Problem("problem-unknown-words", help=ctx.typed("help.help", voice))

    def _context(self, unit: Unit, reading: Reading, *, cause: str, facilitator: bool) -> Context:
        ctx = Context(
            unit=unit, community=reading.community, now=self._clock.now(), cause=cause, features=self._features,
            seals=self._seals, random=self._random, person=reading.person, facilitator=facilitator,
            where=reading.where, spoken=reading.spoken, confidential=self._confidential(reading),
        )  # fmt: skip
        unit.after_commit(lambda: self._say(ctx.said))
        return ctx

    async def refuse(self, unit: Unit, row: Inbox, event: Event, reading: Reading | None, problem: Problem) -> None:
        """Whoever asked is told what is in the way."""
        if reading is not None:
            await self._seen(unit, event, reading)
            ctx = self._context(unit, reading, cause=row.key + "/problem", facilitator=False)
            self._count(unit, reading, "refused", row, ctx)
            if isinstance(reading.meaning, FormSubmitted):
                await forms.not_taken(ctx, reading.meaning, problem)
            else:
                await self._say_what_is_in_the_way(ctx, event, reading, problem)
        confidential = reading is not None and self._confidential(reading)
        await done(unit, row, "failed" if problem.id == "problem-ours" else "done", confidential)

    async def _say_what_is_in_the_way(
        self, ctx: Context, event: Event, reading: Reading, problem: Problem
    ) -> None:
        # What is answered to them alone, by the platform's own means, disturbs nobody.
        alone = ctx.where is not None and bool(ctx.where.handle)
        answer = Answer.PROBLEM if alone else self._patience.misunderstood(event.platform, event.person, event.at)
        if answer is Answer.PROBLEM:
            asked: list[Line] = []
            if isinstance(reading.meaning, Conversation) and problem.id not in forms.NOT_THEIRS:
                asked = conversing.asked_again(ctx, reading.meaning)
            await ctx.reply(ctx.here.say(problem.id, **problem.variables), *asked)
        elif answer is Answer.ENOUGH:
            minutes, shown = SILENT.seconds // 60, ctx.typed("help.help", ctx.here)
            await ctx.reply(ctx.here.say("problem-enough", minutes=minutes, help=shown))


async def done(unit: Unit, row: Inbox, state: str = "done", confidential: bool = False) -> None:
    """It is handled. Of what is confidential, not even that it was asked is kept."""
    kept = await unit.get(Inbox, row.id)
    if kept is not None and confidential:
        await unit.delete(Inbox, id=row.id)
        unit.leave_no_trace()
    elif kept is not None:
        kept.state = "failed" if state == "failed" else "done"
        kept.event = ""  # what was said is not kept

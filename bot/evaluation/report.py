"""The report: one HTML file that needs nothing else, to read on a phone, print, or hand to whoever funds.

What a member typed is always escaped: the template's environment sees to it.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path

from babel.dates import format_date
from babel.numbers import format_decimal
from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup

from bot.banks.read import bank_for
from bot.dates.places import say_place_time
from bot.dates.saying import say_date, say_day
from bot.evaluation import charts
from bot.evaluation.charts import Bar
from bot.evaluation.figures import DEFINITIONS, Evaluation, Measure, PulseFigures, StoryTold
from bot.voice import Voice

# A percentage of a handful of people says less than it seems to.
ENOUGH_FOR_PERCENT = 20
# A longer story is folded after this many characters, and unfolded in print where the browser can.
LONG_STORY = 900


def render_report(
    evaluation: Evaluation, voice: Voice, *, stories: bool = True, names: bool = True
) -> str:
    """The report in the reader's language, as a whole HTML page. The same figures give the same bytes.

    `stories`: with the texts their authors agreed to share with the community; `names`: and the names they
    signed. Both can be left out where the report goes further than the community.
    """
    view = _View(evaluation, voice, stories=stories, names=names)
    return _template().render(
        view=view, e=evaluation, say=voice.text, language=voice.language, definitions=DEFINITIONS
    )


class _View:
    """The figures as words and charts."""

    def __init__(self, evaluation: Evaluation, voice: Voice, *, stories: bool, names: bool) -> None:
        self.evaluation, self.voice = evaluation, voice
        self.stories, self.names = stories, names

    # -- words ------------------------------------------------------------------------------------------------

    def day(self, instant: datetime) -> str:
        """In full, with its year: a report is read years later."""
        return say_day(instant, zone=self.evaluation.zone, language=self.voice.language)

    def period(self) -> str:
        # The end is excluded: the last day is the one before it.
        last = self.evaluation.end - timedelta(microseconds=1)
        return self.voice.text("evaluation-period", first=self.day(self.evaluation.start), last=self.day(last))

    def place_time(self) -> str:
        return say_place_time(self.evaluation.zone, self.voice.language)

    def short(self, day: date) -> str:
        number = "d'er'" if self.voice.language == "fr" and day.day == 1 else "d"
        return format_date(day, f"{number} MMM", locale=self.voice.language)

    def long(self, day: date) -> str:
        return say_date(day, language=self.voice.language)

    def short_instant(self, instant: datetime) -> str:
        return self.short(instant.astimezone(self.evaluation.zone).date())

    def shown(self, measure: Measure) -> str:
        """The figure in words: a number, a part of a whole, or why it is not there."""
        say = self.voice.text
        if measure.value is None:
            return say(f"evaluation-not-shown-{measure.why}")
        if measure.definition == "first-reply":
            return self.wait(int(measure.value))
        if measure.of is None:
            return self.number(measure.value)
        if measure.of < ENOUGH_FOR_PERCENT:
            return say("evaluation-part", value=self.number(measure.value), of=self.number(measure.of))
        percent = round(100 * measure.value / measure.of)
        return say(
            "evaluation-part-percent",
            value=self.number(measure.value), of=self.number(measure.of), percent=percent,
        )  # fmt: skip

    def number(self, value: float) -> str:
        return str(format_decimal(value, format="#,##0.#", locale="fr_CA" if self.voice.language == "fr" else "en_CA"))

    def wait(self, minutes: int) -> str:
        # Past two days, nobody counts in hours.
        return self.voice.gap(timedelta(minutes=minutes)) if minutes > 48 * 60 else self.voice.duration(minutes)

    def headline(self) -> list[str]:
        e, say = self.evaluation, self.voice.text
        if not e.people.value:
            return [say("evaluation-nothing")]
        days = max(1, round((e.until - e.start) / timedelta(days=1)))
        weeks = round(days / 7)
        span = (
            say("evaluation-span-weeks", weeks=weeks)
            if days > 10 or days == 7
            else say("evaluation-span-days", days=days)
        )
        said = [say("evaluation-headline", people=e.people.value, span=span, community=e.name)]
        written = int(e.messages.value or 0) + int(e.replies.value or 0)
        if written:
            said.append(say("evaluation-headline-written", written=written))
        if e.sessions_held.value:
            said.append(say("evaluation-headline-sessions", sessions=e.sessions_held.value))
        if e.stories_told.value:
            said.append(say("evaluation-headline-stories", stories=e.stories_told.value))
        return said

    # -- stories ----------------------------------------------------------------------------------------------

    def beginning(self, story: StoryTold) -> str:
        """The story, or as much of it as stands well on a page, cut between two words."""
        if len(story.text) <= LONG_STORY:
            return story.text
        cut = story.text.rfind(" ", LONG_STORY // 2, LONG_STORY)
        return story.text[: cut if cut > 0 else LONG_STORY]

    def rest(self, story: StoryTold) -> str:
        return story.text[len(self.beginning(story)) :]

    def by(self, story: StoryTold) -> str:
        return (story.name if self.names else "") or self.voice.text("evaluation-story-unnamed")

    # -- charts -----------------------------------------------------------------------------------------------

    def week_label(self, monday: date, whole: bool) -> str:
        return self.short(monday) + ("" if whole else "*")

    def people_chart(self) -> Markup:
        weeks = self.evaluation.weeks
        people = [int(week.people.value or 0) for week in weeks]
        return charts.columns(
            "chart-people",
            self.voice.text("evaluation-weeks-people-chart"),
            self.voice.text("evaluation-weeks-people-said", weeks=len(weeks), most=max(people), least=min(people)),
            [
                Bar(self.week_label(week.monday, week.whole), (count,), self.number(count))
                for week, count in zip(weeks, people, strict=True)
            ],
        )

    def talk_chart(self) -> Markup:
        e = self.evaluation
        bars = []
        for week in e.weeks:
            parts = tuple(float(m.value or 0) for m in (week.messages, week.replies, week.reactions))
            bars.append(Bar(self.week_label(week.monday, week.whole), parts, self.number(sum(parts))))
        said = self.voice.text(
            "evaluation-weeks-talk-said",
            messages=e.messages.value, replies=e.replies.value, reactions=e.reactions.value,
        )  # fmt: skip
        return charts.columns("chart-talk", self.voice.text("evaluation-weeks-talk-chart"), said, bars)

    def later(self) -> list[tuple[int, Measure]]:
        """How many weeks after, and how many were there: those that can be shown."""
        measures = [(int(m.id.rsplit("-", 1)[1]), m) for m in self.evaluation.later]
        return [(gap, measure) for gap, measure in measures if measure.value is not None]

    def back_chart(self) -> Markup:
        later = self.later()
        first, last = self.shown(later[0][1]), self.shown(later[-1][1])
        return charts.columns(
            "chart-back",
            self.voice.text("evaluation-back-chart"),
            self.voice.text("evaluation-back-said", first=first, last=last),
            [
                Bar(
                    self.voice.text("evaluation-back-tick", weeks=gap),
                    (100 * (measure.value or 0) / (measure.of or 1),),
                    f"{measure.value}/{measure.of}",
                )
                for gap, measure in later
            ],
            most=100,
        )

    def ladder_chart(self) -> Markup:
        rows = [
            (self.voice.text(f"evaluation-name-{m.definition}"), self.shown(m), float(m.value or 0))
            for m in self.evaluation.ladder
        ]
        said = "; ".join(f"{label}: {shown}" for label, shown, _ in rows)
        if self.voice.language == "fr":
            said = said.replace("; ", "\u00a0; ").replace(":", "\u00a0:")
        return charts.rows("chart-ladder", self.voice.text("evaluation-ladder-chart"), said, rows)

    def ladder_hidden(self) -> bool:
        return any(measure.why for measure in self.evaluation.ladder)

    def sessions_chart(self) -> Markup | None:
        """Nothing to compare with one session, or where attendance was not taken."""
        sessions = self.evaluation.sessions
        if sum(bool(session.attended.value) for session in sessions) < 2:
            return None
        bars = [
            Bar(
                self.short_instant(s.starts), (float(s.attended.value or 0),),
                self.number(s.attended.value) if s.attended.value else "–",
            )
            for s in sessions
        ]  # fmt: skip
        counts = ", ".join(bar.above for bar in bars)
        return charts.columns(
            "chart-sessions", self.voice.text("evaluation-sessions-chart"),
            self.voice.text("evaluation-sessions-said", counts=counts), bars,
        )  # fmt: skip

    # -- the pulse --------------------------------------------------------------------------------------------

    def pulse_chart(self) -> Markup | None:
        pulses = [pulse for pulse in self.evaluation.pulses if pulse.mean.value is not None]
        if len(pulses) < 2:
            return None
        dots = [
            (self.short_instant(p.closes), self.number(p.mean.value or 0), p.question, float(p.mean.value or 0))
            for p in pulses
        ]
        separator = " ; " if self.voice.language == "fr" else "; "
        means = separator.join(said for _, said, _, _ in dots)
        return charts.scale(
            "chart-pulse", self.voice.text("evaluation-pulse-chart"),
            self.voice.text("evaluation-pulse-said", means=means), dots,
        )  # fmt: skip

    def same_question_twice(self) -> bool:
        asked = [pulse.question for pulse in self.evaluation.pulses if pulse.mean.value is not None]
        return len(asked) > len(set(asked))

    def question(self, pulse: PulseFigures) -> dict[str, str]:
        """The question in the reader's language: the bank asks the same in both."""
        for question in bank_for(self.voice, "pulse")["pulse"]:
            if question["id"] == pulse.question:
                return {key: str(question[key]) for key in ("text", "low", "high")}
        return {"text": self.voice.text("evaluation-pulse-unknown"), "low": "", "high": ""}

    def spread(self, pulse: PulseFigures) -> Markup:
        counts = [int(measure.value or 0) for measure in pulse.counts]
        said = self.voice.text("evaluation-pulse-spread")
        colon = "\u00a0: " if self.voice.language == "fr" else ": "
        id = f"chart-{pulse.answers.id.removesuffix('-pulse-answers')}"
        return charts.spread(id, said + colon + ", ".join(map(str, counts)), counts)


@cache
def _template() -> Template:
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    return environment.get_template("report.html.j2")

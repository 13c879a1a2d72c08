"""Whatever is asked, wished and whatever becomes of the clock: nobody ever reads more than was promised, nothing twice,
and nothing is lost without a row that says so."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from adapters.rehearsal.platform import BOT
from bot.attention import WEEK
from bot.model.attention import Request
from bot.model.community import Person
from tests.features.attention.acts import KINDS, ask, stage
from tests.stage import Stage

PEOPLE = ("ana", "bo", "cleo")
ASK = st.tuples(
    st.just("ask"), st.sampled_from(sorted(KINDS)), st.sampled_from([[*PEOPLE], ["bo", "cleo"], ["bo"]]),
    st.sampled_from([1, 20, 60, 300, 700]),
)  # fmt: skip
WISH = st.tuples(st.just("wish"), st.sampled_from(PEOPLE), st.sampled_from(["habitude", "moins", "rencontres", "rien"]))
GO_ON = st.tuples(st.just("go on"), st.sampled_from([9, 1, 30, 80, 170]))
AWAY = st.tuples(st.just("away"), st.sampled_from([5, 40, 200]))
BACK = st.tuples(st.just("back"), st.sampled_from([1, 30, 400]))
ACTS = st.lists(st.one_of(ASK, ASK, ASK, WISH, GO_ON, GO_ON, AWAY, BACK), min_size=12, max_size=20)


@dataclass
class Reader:
    """What one person read, by the hours that really went by, and how much of it they want."""

    read_at: list[datetime] = field(default_factory=list)
    wish: str = "habitude"


class Witness:
    """Compares what was said with what was promised. `passed`: by how much the clock was set back so far."""

    def __init__(self, s: Stage, most: int) -> None:
        self.s, self.most = s, most
        self.readers = {person: Reader() for person in PEOPLE}
        self.asked: dict[tuple[str, str], str] = {}
        self.passed = timedelta()
        self.seen = 0

    def look(self) -> None:
        fresh, self.seen = self.s.platform.said[self.seen :], len(self.s.platform.said)
        for said in fresh:
            person = said.room.removeprefix("direct-")
            text = self.s.read(said.message)
            if said.person != BOT or person not in PEOPLE or not text.startswith(("Whole", "J’ai plusieurs choses")):
                continue
            reader = self.readers[person]
            reader.read_at.append(said.at + self.passed)
            most = min(1, self.most) if reader.wish == "moins" else self.most
            assert in_a_week(reader.read_at) <= most
            assert reader.wish != "rien"
            kinds = {self.asked[person, word] for word in text.split() if (person, word) in self.asked}
            assert kinds
            assert reader.wish != "rencontres" or kinds == {"test.reminder"}

    async def nothing_lost(self) -> None:
        names = {p.id: p.external for p in await self.s.kept(Person)}
        rows = await self.s.kept(Request)
        assert {(names[row.person_id], row.key) for row in rows} == set(self.asked)
        for row in rows:
            told = " ".join(self.s.all_heard(names[row.person_id])).split()
            said = row.state in ("sent", "merged")
            assert told.count(row.key) == said, "once, or not at all"
            assert said == (row.sent_at is not None) == bool(row.message)
            assert row.state != "dropped" or row.why
        for person in PEOPLE:
            sent = [row.message for row in rows if names[row.person_id] == person and row.state == "sent"]
            assert len(sent) == len(set(sent)) == len(self.readers[person].read_at)


def in_a_week(instants: Sequence[datetime]) -> int:
    """Within the seven days up to the last of them."""
    return sum(instants[-1] - WEEK < at for at in instants)


@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(ACTS, st.sampled_from([1, 2, 3, 0]))
async def test_whatever_happens(acts: Sequence[tuple[object, ...]], most: int) -> None:
    with TemporaryDirectory() as folder:
        async with stage(Path(folder), attention={"per_week": most}) as s:
            witness = Witness(s, most)
            for number, act in enumerate(acts):
                await _happen(witness, number, act)
                witness.look()
            await witness.nothing_lost()


async def _happen(witness: Witness, number: int, act: tuple[object, ...]) -> None:
    s = witness.s
    match act:
        case ("ask", str(kind), list(people), int(hours)):
            what = f"w{number}"
            witness.asked |= {(person, what): kind for person in people}
            await ask(s, kind.removeprefix("test."), what, *people, useful=timedelta(hours=hours))
        case ("wish", str(person), str(wish)):
            witness.readers[person].wish = wish
            await s.tell(person, f"messages {wish}")
        case ("go on", int(hours)):
            await s.wait(hours=hours)
        case ("away", int(hours)):
            await s.sleep(hours=hours)
        case ("back", int(hours)):
            s.clock.set_to(s.clock.now() - timedelta(hours=hours))
            witness.passed += timedelta(hours=hours)
            await s.app.settle()

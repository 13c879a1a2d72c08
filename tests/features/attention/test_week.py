"""How many fit into a week, whatever came before and whatever is foreseen."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.attention import WEEK, Week
from bot.requests import Priority

MONDAY = datetime(2027, 1, 4, 15, 0, tzinfo=UTC)
LOW, HIGH = Priority.LOW, Priority.HIGH


def at(days: float) -> datetime:
    return MONDAY + timedelta(days=days)


def most_in_seven_days(instants: list[datetime]) -> int:
    return max((sum(end - WEEK < other <= end for other in instants) for end in instants), default=0)


def test_three_and_no_fourth_until_the_first_is_seven_days_past() -> None:
    week = Week([at(0), at(2), at(3)], [], 3)
    assert not week.fits(HIGH, at(6.99))
    assert week.next(HIGH, at(3)) == at(7)
    assert week.fits(LOW, at(7))


def test_room_is_kept_for_what_is_worth_more_and_comes_soon() -> None:
    week = Week([at(0), at(1)], [(HIGH, at(3))], 3)
    assert not week.fits(LOW, at(2)), "it would take the last place from the reminder"
    assert week.fits(HIGH, at(2))
    assert week.fits(LOW, at(3)), "at that very hour they come in one message"
    assert Week([at(0), at(1)], [(LOW, at(3))], 3).fits(LOW, at(2)), "what is worth no more keeps no room"
    assert Week([at(0), at(1)], [(HIGH, at(7.5))], 3).fits(LOW, at(2)), "by then the first is past"


def test_a_ceiling_of_none_lets_nothing_through() -> None:
    assert not Week([], [], 0).fits(HIGH, MONDAY)
    assert Week([], [], 0).next(HIGH, MONDAY) is None


@given(
    st.lists(st.floats(0, 30), max_size=12), st.lists(st.floats(0, 20), max_size=4), st.integers(0, 5),
    st.lists(st.sampled_from([LOW, HIGH]), min_size=12, max_size=12),
)  # fmt: skip
def test_who_says_only_what_fits_never_says_too_much(
    asked: list[float], foreseen: list[float], most: int, worth: list[Priority]
) -> None:
    sent: list[datetime] = []
    reminders = [(HIGH, at(day)) for day in foreseen]
    for day, priority in zip(sorted(asked), worth, strict=False):
        week = Week([s for s in sent if s > at(day) - WEEK], [r for r in reminders if r[1] > at(day)], most)
        if week.fits(priority, at(day)):
            sent.append(at(day))
        elif (later := week.next(priority, at(day))) is not None:
            assert later > at(day)
            assert week.fits(priority, later)
    assert most_in_seven_days(sent) <= most

"""A share of a whole as a row of squares, which any phone can show."""

LONGEST = 10


def bar(count: int, of: int) -> str:
    """At least one square where there is anyone at all."""
    squares = (round(LONGEST * count / of) or 1) if count else 0
    return "■" * squares + "□" * (LONGEST - squares)

"""Charts as SVG, drawn here rather than by a library.

pygal was tried. It puts a script in every chart and addresses of web sites in its comments, draws an id at random
(so that the same data give other bytes), has no text alternative, and shrinks its letters with the picture: on a
phone they cannot be read. Undoing all that is longer than drawing bars. Here positions across are in hundredths of
the width and heights in pixels, so that a chart narrows while its letters keep their size.

Shapes carry plain colours of their own, so that a chart can be taken out of its page; the page's style sheet
overrides them, for the dark. Solid, hatched and pale can be told apart in black and white.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup

Ink = Literal["solid", "hatched", "pale"]
INKS: tuple[Ink, ...] = ("solid", "hatched", "pale")

TOP, PLOT, BOTTOM = 22, 150, 26  # pixels
WIDEST_BAND = 14.0  # hundredths of the width: a single week is not one huge bar
MOST_LABELS = 6  # beyond, dates run into one another on a phone
MOST_VALUES = 14


@dataclass(frozen=True, slots=True)
class Rect:
    """`x` and `w` in hundredths of the width, `y` and `h` in pixels."""

    x: float
    y: float
    w: float
    h: float
    ink: Ink | Literal["track"]


@dataclass(frozen=True, slots=True)
class Stroke:
    x1: float
    y1: float
    x2: float
    y2: float
    ink: Literal["grid", "trend"]


@dataclass(frozen=True, slots=True)
class Words:
    x: float
    y: float
    text: str
    anchor: Literal["start", "middle", "end"] = "middle"
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Dot:
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Drawing:
    """`title` and `description` say in words what the chart shows, for who does not see it."""

    id: str
    title: str
    description: str
    height: int
    shapes: tuple[Rect | Stroke | Words | Dot, ...]
    width: str = "100%"


@dataclass(frozen=True, slots=True)
class Bar:
    """One column: its parts from the bottom up, and what is written above it."""

    label: str
    parts: tuple[float, ...]
    above: str


def columns(id: str, title: str, description: str, bars: Sequence[Bar], *, most: float | None = None) -> Markup:
    """Bars side by side, each one's parts stacked. `most`: the value that fills the height, the tallest if None."""
    tallest = most or max((sum(bar.parts) for bar in bars), default=0) or 1
    band = min(100 / max(len(bars), 1), WIDEST_BAND)
    every = -(-len(bars) // MOST_LABELS)
    floor = TOP + PLOT
    shapes: list[Rect | Stroke | Words | Dot] = []
    if len(bars) > MOST_VALUES:
        shapes.append(Stroke(0, TOP, 100, TOP, "grid"))
        shapes.append(Words(0, TOP - 6, max(bars, key=lambda bar: sum(bar.parts)).above, "start"))
    for number, bar in enumerate(bars):
        left, y = number * band, float(floor)
        for ink, part in zip(INKS, bar.parts, strict=False):
            if part:
                height = PLOT * part / tallest
                y -= height
                # A hair of paper between two parts, so that they stay apart in print.
                shapes.append(Rect(left + band * 0.12, y, band * 0.76, max(height - 1, 1), ink))
        if len(bars) <= MOST_VALUES:
            shapes.append(Words(left + band / 2, y - 6, bar.above, strong=True))
        if number % every == 0:
            shapes.append(Words(left + band / 2, floor + 18, bar.label))
    shapes.append(Stroke(0, floor, 100, floor, "grid"))
    return draw(Drawing(id, title, description, floor + BOTTOM, tuple(shapes)))


def rows(id: str, title: str, description: str, bars: Sequence[tuple[str, str, float]]) -> Markup:
    """One bar a row, under its words: (what, how many in words, value)."""
    longest = max((value for _, _, value in bars), default=0) or 1
    shapes: list[Rect | Stroke | Words | Dot] = []
    for number, (label, value_said, value) in enumerate(bars):
        y = number * 44
        shapes.append(Words(0, y + 15, label, "start"))
        shapes.append(Words(100, y + 15, value_said, "end", strong=True))
        shapes.append(Rect(0, y + 22, 100, 10, "track"))
        if value:
            shapes.append(Rect(0, y + 22, 100 * value / longest, 10, "solid"))
    return draw(Drawing(id, title, description, 44 * len(bars), tuple(shapes)))


def scale(id: str, title: str, description: str, dots: Sequence[tuple[str, str, str, float]]) -> Markup:
    """Values from 1 to 5 in the order of time: (date, the value in words, what was asked, value).

    A line joins only answers to the same question: two questions do not make a trend.
    """
    shapes: list[Rect | Stroke | Words | Dot] = []
    for step in (1, 2, 3, 4, 5):
        y = TOP + PLOT * (5 - step) / 4
        shapes.append(Stroke(6, y, 100, y, "grid"))
        shapes.append(Words(0, y + 4, str(step), "start"))
    band = min(94 / max(len(dots), 1), WIDEST_BAND * 1.2)
    every = -(-len(dots) // (MOST_LABELS - 1))
    before: dict[str, tuple[float, float]] = {}
    points: list[Dot | Words] = []
    for number, (label, said, asked, value) in enumerate(dots):
        x, y = 6 + band * (number + 0.5), TOP + PLOT * (5 - value) / 4
        if asked in before:
            shapes.append(Stroke(*before[asked], x, y, "trend"))
        before[asked] = (x, y)
        points.append(Dot(x, y))
        if len(dots) <= MOST_VALUES:
            points.append(Words(x, y - 10, said, strong=True))
        if number % every == 0:
            points.append(Words(x, TOP + PLOT + 20, label))
    return draw(Drawing(id, title, description, TOP + PLOT + BOTTOM, (*shapes, *points)))


def spread(id: str, title: str, counts: Sequence[int]) -> Markup:
    """How many chose each step, small, to stand beside its question."""
    most = max(counts, default=0) or 1
    shapes: list[Rect | Stroke | Words | Dot] = []
    for number, count in enumerate(counts):
        height = 34 * count / most
        x = number * 20
        if count:
            shapes.append(Rect(x + 3, 50 - height, 14, height, "solid"))
        shapes.append(Words(x + 10, 46 - height, str(count), strong=True))
        shapes.append(Words(x + 10, 64, str(number + 1)))
    shapes.append(Stroke(0, 50, 100, 50, "grid"))
    return draw(Drawing(id, title, "", 68, tuple(shapes), width="150"))


def draw(drawing: Drawing) -> Markup:
    """The drawing as an <svg> element."""
    return Markup(_template().render(drawing=drawing))  # noqa: S704  the template escapes what is put into it


@cache
def _template() -> Template:
    folder = Path(__file__).parent / "templates"
    environment = Environment(
        loader=FileSystemLoader(folder), autoescape=True, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    # Two decimals are a hundredth of a pixel: more would be bytes for nothing.
    environment.filters["n"] = lambda number: f"{round(number, 2):g}"
    environment.tests["rect"] = lambda shape: isinstance(shape, Rect)
    environment.tests["stroke"] = lambda shape: isinstance(shape, Stroke)
    environment.tests["words"] = lambda shape: isinstance(shape, Words)
    return environment.get_template("chart.svg.j2")

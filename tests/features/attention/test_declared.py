"""No capability can forget the budget: what is said to one person alone is a request, or declared as none."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.app import FEATURES
from bot.chat.content import Text
from bot.model.community import Community
from bot.requests import NEWS, TOGETHER
from tests.features.attention.acts import stage

ROOT = Path(__file__).parents[3]
# Who speaks to people alone, beside features.
SPEAKERS = [*sorted((ROOT / "bot" / "features").rglob("*.py")), ROOT / "bot" / "office.py"]


def calls(name: str) -> Iterator[tuple[Path, ast.Call]]:
    for file in SPEAKERS:
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == name:
                yield file, node


def test_every_purpose_that_is_requested_is_declared() -> None:
    """By its name, or by a constant of its module."""
    found = set()
    for file, call in calls("request"):
        if len(call.args) < 2:
            continue  # a declaration
        purpose = call.args[1]
        if isinstance(purpose, ast.Name):
            found.add(_constant(file, purpose.id))
        else:
            assert isinstance(purpose, ast.Constant)
            found.add(str(purpose.value))
    assert found == set(FEATURES.requests)
    assert {"stories.prompt", "pulse.open", "sessions.reminder", "sessions.attendance"} <= found


def _constant(file: Path, name: str) -> str:
    for node in ast.parse(file.read_text()).body:
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name) and node.targets[0].id == name:
            return str(ast.literal_eval(node.value))
    raise AssertionError(f"{file}: no {name}")


def test_only_the_one_place_writes_to_people_otherwise() -> None:
    assert list(calls("write_to")) == []


def test_what_is_news_is_no_request_and_both_stand_in_the_documentation() -> None:
    assert not NEWS.keys() & FEATURES.requests.keys()
    page = (ROOT / "docs" / "attention.md").read_text()
    for purpose in (*NEWS, *FEATURES.requests, TOGETHER):
        assert f"`{purpose}`" in page, purpose


@pytest.mark.parametrize("purpose", ["stories.nudge", "reply2", "sessions.reminder"])
async def test_what_is_neither_is_not_said(tmp_path: Path, purpose: str) -> None:
    async with stage(tmp_path) as s, s.store.unit() as unit:
        [community] = await unit.find(Community)
        ctx = s.app.unasked.context(unit, community, cause="test")
        [bo, *_] = await ctx.members()
        with pytest.raises(LookupError, match="it is a request"):
            await ctx.direct(bo, (Text("…"),), purpose=purpose)
        if purpose not in FEATURES.requests:
            with pytest.raises(LookupError, match="not declared"):
                await ctx.request([bo], purpose, key="k", until=ctx.now)

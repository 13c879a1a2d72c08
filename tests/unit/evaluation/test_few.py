"""The report of a community that is small, or that has only just begun."""

import pytest

from bot.evaluation.report import render_report
from bot.voice import Voice
from tests.unit.evaluation.life import EN, FR, Life, at


@pytest.mark.parametrize("voice", [FR, EN], ids=["fr", "en"])
@pytest.mark.parametrize("people", [0, 1, 4, 5])
async def test_it_is_made_and_shows_no_small_group(life: Life, people: int, voice: Voice) -> None:
    for name in ("ana", "bo", "cleo", "dan", "eve")[:people]:
        await life.did(name, "message", at(6))
        await life.did(name, "message", at(13))
    figures = await life.measured(at(5), at(26))
    report = render_report(figures, voice)
    said = {
        "few": ("Moins de cinq personnes ont une première semaine", "Fewer than five people have a first week"),
        "nothing": ("Il est trop tôt pour le dire", "It is too early to say"),
    }
    for why, (french, english) in said.items():
        words = french if voice is FR else english
        assert (words in report) is (figures.came_back.why == why)
    assert (figures.came_back.value is None) is (people < 5)

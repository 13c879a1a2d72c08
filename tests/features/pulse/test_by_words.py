"""Where words are encrypted and clicks are not, a pulse is answered by words."""

from dataclasses import replace
from pathlib import Path

import pytest

from adapters.rehearsal.platform import BOT
from bot.chat.capabilities import Level
from bot.model.pulse import SealedAnswer
from tests.features.pulse.acts import asked, stage
from tests.stage import read


@pytest.mark.parametrize(
    ("language", "hint", "sealed"),
    [
        ("fr", "Ici les mots sont chiffrés, et un clic ne le serait pas.", "ta réponse est scellée"),
        ("en", "Here words are encrypted, and a click would not be.", "your answer is sealed"),
    ],
)
async def test_the_number_is_typed(tmp_path: Path, language: str, hint: str, sealed: str) -> None:
    async with stage(tmp_path, buttons=Level.FALLBACK, language=language) as s:
        s.platform._capabilities = replace(s.platform._capabilities, clicks_in_clear=True)
        await asked(s)
        question = s.bot_said("direct-p1")[-1]
        assert hint in read(question.message)
        assert [who for who, _ in question.reactions if who == BOT] == [], "nothing is held out to be clicked"
        assert sealed in await s.tell("p1", "4")
        assert len(await s.kept(SealedAnswer)) == 1
        # What is asked next tells nothing of them: one click is enough there.
        assert len(s.bot_said("direct-p1")[-1].reactions) == 2

        other = s.bot_said("direct-p2")[-1]
        await s.platform.add_reaction("p2", other.id, "2️⃣")
        await s.app.settle()
        assert len(await s.kept(SealedAnswer)) == 2, "whoever clicks all the same is understood"
        assert other.reactions == [], "and it is taken away"


async def test_elsewhere_a_click_is_as_good(tmp_path: Path) -> None:
    async with stage(tmp_path, buttons=Level.FALLBACK) as s:
        await asked(s)
        question = s.bot_said("direct-p1")[-1]
        assert "Un clic sous ce message suffit" in read(question.message)
        assert len(question.reactions) == 5

from pathlib import Path
from typing import Any

from bot.model.pulse import Pulse
from tests.features.pulse.acts import EIGHT, answer, asked, speak_english, stage

SILENT: dict[str, Any] = {"pulse": {"on": False}}


async def test_both_languages_add_up_and_all_is_defined(tmp_path: Path) -> None:
    async with stage(tmp_path, **SILENT) as s:
        for person in EIGHT[:3]:
            await speak_english(s, person)
        await asked(s)
        await answer(s, dict(zip(EIGHT, (1, 2, 2, 4, 5, 5, 5, 5), strict=True)))
        await s.press("p1", "Add a sentence")
        await s.tell("p1", "More time, please.")
        await s.press("p8", "C’est tout")
        await s.wait(days=3, minutes=1)
        result = s.in_room()[-1]
        assert result.startswith("Le pouls\u00a0: ")
        assert "Moyenne\u00a0: 3,6 sur 5, soit la somme des réponses divisée par leur nombre" in result
        assert "Réponses\u00a0: 8, sur 11 personnes" in result
        bars = [line for line in result.split("\n") if line.startswith("- ")]
        assert [int(bar.split()[3]) for bar in bars] == [4, 1, 0, 2, 1]
        # One below the other, whatever the words of the two ends.
        assert bars[0].startswith("- 5 ■■■■■□□□□□ 4 · ")
        assert bars[1] == "- 4 ■□□□□□□□□□ 1"
        assert bars[4].startswith("- 1 ■□□□□□□□□□ 1 · ")
        assert "> More time, please." in result
        [pulse] = await s.kept(Pulse)
        assert pulse.counts == (1, 2, 0, 1, 4)
        await speak_english(s, "bo")
        again = await s.tell("bo", "pulse results")
        assert "Mean: 3.6 out of 5" in again
        assert "> More time, please." in again


async def test_the_trend_on_other_questions_then_on_the_same(tmp_path: Path) -> None:
    async with stage(tmp_path, **SILENT) as s:
        for step in (3, 4, 5):
            await asked(s)
            await answer(s, dict.fromkeys(EIGHT, step))
            await s.wait(days=4)
        assert "Les fois d’avant, sur d’autres questions de 1 à 5\u00a0: 3 · 4." in s.in_room()[-1]
        for step in (4, 5):
            await asked(s, "pouls Ça va ?")
            await answer(s, dict.fromkeys(EIGHT, step))
            await s.wait(days=4)
        assert "La même question, " in s.in_room()[-1]
        assert "\u00a0: 4. C’est plus haut maintenant." in s.in_room()[-1]


async def test_after_a_failed_one_the_trend_passes_over_it(tmp_path: Path) -> None:
    async with stage(tmp_path, **SILENT) as s:
        await asked(s)
        await answer(s, dict.fromkeys(EIGHT[:2], 1))
        await s.wait(days=4)
        await asked(s)
        await answer(s, dict.fromkeys(EIGHT, 4))
        await s.wait(days=4)
        assert "Moyenne\u00a0: 4 sur 5" in s.in_room()[-1]
        assert "d’avant" not in s.in_room()[-1]


async def test_hostile_sentences_stay_words(tmp_path: Path) -> None:
    async with stage(tmp_path, **SILENT) as s:
        await asked(s)
        await answer(s, dict.fromkeys(EIGHT, 4))
        for person, typed in zip(
            EIGHT, ("@everyone <b>non</b>", "{ $mean } \ue0000\ue001", "\x01\x02a"), strict=False
        ):
            await s.press(person, "Ajouter une phrase")
            await s.tell(person, typed)
        await s.wait(days=4)
        assert "> @everyone <b>non</b>" in s.in_room()[-1]
        assert "> { $mean } \ue0000\ue001" in s.in_room()[-1]


async def test_results_before_there_are_any(tmp_path: Path) -> None:
    async with stage(tmp_path, **SILENT) as s:
        assert "Pas encore de résultats" in await s.tell("bo", "pouls résultats")

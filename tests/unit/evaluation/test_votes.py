from tests.unit.evaluation.life import Life, at


async def test_a_vote_is_a_step_and_a_way_of_coming_back(life: Life) -> None:
    for name in ("ana", "bo", "cleo", "dan", "eve"):
        await life.did(name, "vote", at(6))
    for name in ("ana", "bo"):
        await life.did(name, "vote", at(13))
    figures = await life.measured(at(5), at(26))
    assert figures.people.value == 5
    assert {m.id: m.value for m in figures.ladder}["step-clicked"] == 5
    assert (figures.came_back.value, figures.came_back.of) == (2, 5)
    assert figures.reactions.value == 0

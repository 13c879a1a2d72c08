"""A code on one side, typed on the other, and a click on each; and those who mean harm."""

from pathlib import Path

from bot.features.linking.codes import ALPHABET, TRIES
from bot.model.account import Account, LinkCode, LinkTry
from bot.model.community import Person
from bot.model.flow import Inbox
from tests import stage as bare
from tests.features.both import OTHER, both, code_in, given
from tests.features.linking.acts import UNKNOWN, the_one
from tests.features.stories.acts import on_disk

# -- the way there --------------------------------------------------------------------------------------------


async def test_a_code_on_one_side_typed_on_the_other_and_a_click_on_each(tmp_path: Path) -> None:
    async with both(tmp_path) as (here, there):
        said = await here.tell("bo", "relier mon compte")
        code = code_in(said)
        assert set(code.replace("-", "")) <= set(ALPHABET)
        assert f"relier mon compte {code}" in said
        assert "tu comptes pour une seule personne" in said
        assert "n’est copié de l’autre" in said
        asked = await there.tell("bo77", f"relier mon compte {code}")
        assert "Rehearsal, Bo (bo)" in asked, "whose code it is"
        assert "Other, Robert (bo77)" in asked, "and who they are here"
        assert "Il reste un clic" in await there.press("bo77", "C’est moi, relier")
        assert "Ton code a été tapé par Other, Robert (bo77). Est-ce toi" in here.heard("bo")
        assert len(await here.kept(Person)) == 6, "nothing is linked yet"
        done = await here.press("bo", "C’est moi, relier")
        assert "ne font plus qu’une personne\u00a0: Rehearsal, Bo (bo) et Other, Robert (bo77)." in done
        person = await the_one(here)
        [account] = await here.kept(Account)
        assert (account.person_id, account.platform, account.external) == (person.id, OTHER, "bo77")
        assert await here.kept(LinkCode) == []


async def test_in_english_typed_carelessly_and_asked_for_in_the_room(tmp_path: Path) -> None:
    async with both(tmp_path, language="en") as (here, there):
        await there.say("bo77", "!veillee link my account")
        code = code_in(there.heard("bo77"))
        assert not any(code in text for text in there.in_room()), "the code is for them alone"
        asked = await here.tell("bo", f"Link my account  {code.lower().replace('-', ' ')}")
        assert "This code comes from Other, Robert (bo77)" in asked
        await here.press("bo", "That’s me, link them")
        assert "now make one person" in await there.press("bo77", "That’s me, link them")
        assert "linked already" in await here.tell("bo", "link my account")


async def test_who_sees_no_question_on_the_first_side_asks_for_it_there(tmp_path: Path) -> None:
    """Whose private messages are closed got the code all the same, and is asked when they come back."""
    async with both(tmp_path) as (here, there):
        code = await given(here, "bo")
        here.platform.closed.add("bo")
        await there.tell("bo77", f"relier mon compte {code}")
        await there.press("bo77", "C’est moi, relier")
        here.platform.closed.discard("bo")
        assert "Est-ce toi" in await here.tell("bo", "relier mon compte")
        assert "une personne" in await here.press("bo", "C’est moi, relier")


async def test_where_there_is_one_platform_there_is_nothing_to_link(tmp_path: Path) -> None:
    async with bare.stage(tmp_path) as s:
        assert "à un seul endroit" in await s.tell("bo", "relier mon compte")
        assert "rien à délier" in await s.tell("bo", "délier mon compte")


async def test_either_side_may_say_no(tmp_path: Path) -> None:
    async with both(tmp_path) as (here, there):
        for refusing in (there, here):
            code = await given(here, "bo")
            await there.tell("bo77", f"relier mon compte {code}")
            if refusing is here:
                await there.press("bo77", "C’est moi, relier")
            name = "bo" if refusing is here else "bo77"
            assert "rien n’a été relié" in await refusing.press(name, "Ce n’est pas moi")
            assert await here.kept(LinkCode) == []
            assert await here.kept(Account) == []


# -- those who mean harm --------------------------------------------------------------------------------------


async def test_a_stolen_code_links_nothing_until_its_owner_has_seen_whose_account_it_is(tmp_path: Path) -> None:
    async with both(tmp_path) as (here, there):
        code = await given(here, "bo")
        await there.tell("eli", f"relier mon compte {code}")
        assert "Il reste un clic" in await there.press("eli", "C’est moi, relier")
        assert "tapé par Other, Eli (eli)" in here.heard("bo")
        assert "l’autre personne verrait ce que je garde de toi" in here.heard("bo")
        assert await here.kept(Account) == []
        await here.press("bo", "Ce n’est pas moi")
        assert "trop tard" in await there.press("eli", "C’est moi, relier")
        assert await here.kept(Account) == []


async def test_whoever_is_made_to_type_anothers_code_sees_whose_it_is(tmp_path: Path) -> None:
    async with both(tmp_path) as (here, there):
        code = await given(there, "eli")
        asked = await here.tell("bo", f"relier mon compte {code}")
        assert "Other, Eli (eli)" in asked
        assert "ne relie rien" in asked
        await here.wait(minutes=30)
        assert await here.kept(Account) == []


async def test_a_code_is_good_once_and_for_ten_minutes(tmp_path: Path) -> None:
    async with both(tmp_path) as (here, there):
        code = await given(here, "bo")
        await there.tell("bo77", f"relier mon compte {code}")
        assert UNKNOWN in await there.tell("eli", f"relier mon compte {code}"), "typed already"
        assert UNKNOWN in await there.tell("bo77", f"relier mon compte {code}")
        late = await given(here, "cleo")
        await here.wait(minutes=10, seconds=1)
        assert UNKNOWN in await there.tell("dee", f"relier mon compte {late}")
        assert "trop tard" in await there.press("bo77", "C’est moi, relier")
        assert await here.kept(Account) == []


async def test_the_last_click_may_not_come_much_later(tmp_path: Path) -> None:
    async with both(tmp_path) as (here, there):
        code = await given(here, "bo")
        await there.tell("bo77", f"relier mon compte {code}")
        await there.press("bo77", "C’est moi, relier")
        await here.wait(minutes=11)
        assert "trop tard" in await here.press("bo", "C’est moi, relier")
        assert await here.kept(Account) == []


async def test_a_new_code_takes_the_place_of_the_one_before(tmp_path: Path) -> None:
    async with both(tmp_path) as (here, there):
        first, second = await given(here, "bo"), await given(here, "bo")
        assert first != second
        assert UNKNOWN in await there.tell("bo77", f"relier mon compte {first}")
        assert "Rehearsal, Bo" in await there.tell("bo77", f"relier mon compte {second}")


async def test_guessing_ends_soon_and_begins_again_an_hour_later(tmp_path: Path) -> None:
    async with both(tmp_path) as (here, there):
        code = await given(here, "bo")
        for number in range(TRIES):
            assert UNKNOWN in await there.tell("eli", f"relier mon compte AAAA-AAA{number + 2}")
        assert "dans une heure" in await there.tell("eli", f"relier mon compte {code}"), "even the right one"
        assert (await here.kept(LinkCode))[0].other_id is None
        assert "Rehearsal, Bo" in await there.tell("bo77", f"relier mon compte {code}"), "others may"
        await here.wait(hours=1, minutes=1)
        assert UNKNOWN in await there.tell("eli", "relier mon compte AAAA-AAAA")
        await given(here, "cleo")
        assert len(await here.kept(LinkTry)) == 1, "no longer kept than it serves"


async def test_no_code_lies_on_the_disk(tmp_path: Path) -> None:
    async with both(tmp_path) as (here, _):
        code = await given(here, "bo")
        assert len(await here.kept(LinkCode)) == 1
        assert on_disk(tmp_path, code, code.replace("-", "")) == []
        assert await here.kept(Inbox, room="direct-bo") == []


async def test_ones_own_code_and_two_accounts_of_one_platform_are_refused_kindly(tmp_path: Path) -> None:
    async with both(tmp_path) as (here, there):
        code = await given(here, "bo")
        assert "C’est bien ton code" in await here.tell("bo", f"relier mon compte {code}")
        assert "sur Rehearsal" in await here.tell("cleo", f"relier mon compte {code}")
        assert await here.kept(LinkTry) == [], "neither was a guess"
        assert "Rehearsal, Bo" in await there.tell("bo77", f"relier mon compte {code}"), "and the code still serves"


async def test_who_left_links_nothing(tmp_path: Path) -> None:
    async with both(tmp_path) as (here, there):
        code = await given(here, "bo")
        await there.leave("bo77")
        assert "parmi les membres" in await there.tell("bo77", f"relier mon compte {code}")


async def test_a_person_erased_between_the_two_clicks(tmp_path: Path) -> None:
    async with both(tmp_path) as (here, there):
        code = await given(here, "bo")
        await there.tell("bo77", f"relier mon compte {code}")
        await there.press("bo77", "C’est moi, relier")
        await there.tell("bo77", "oublie-moi")
        await there.press("bo77", "Tout effacer")
        assert "trop tard" in await here.press("bo", "C’est moi, relier")
        assert await here.kept(Account) == []


async def test_where_commands_are_the_platforms_own_only_they_see_it(tmp_path: Path) -> None:
    """By a command in the room, whose answer nobody else sees, and by buttons under such answers."""
    async with both(tmp_path, native=True) as (here, there):
        code = code_in(await there.command("bo77", "linking.link"))
        assert not any(code in text for text in there.in_room())
        asked = await here.command("bo", "linking.link", code=code)
        assert "Other, Robert (bo77)" in asked
        assert "Il reste un clic" in await here.press("bo", "C’est moi, relier")
        assert "ne font plus qu’une personne" in await there.press("bo77", "C’est moi, relier")
        assert [a.external for a in await here.kept(Account)] == ["bo"]
        assert "Rehearsal" in await there.command("bo77", "privacy.data")
        assert "Other" in await here.command("bo", "privacy.data"), "answered where it was asked"

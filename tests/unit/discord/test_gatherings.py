"""A gathering as a scheduled event of Discord's, and back."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.discord.gatherings import ACTIVE, CANCELLED, COMPLETED, SCHEDULED, Voices, as_shown, body, read
from adapters.discord.text import units
from bot.chat.content import Gathering
from tests.unit.discord import taken
from tests.unit.discord.reader import read as seen

NOW = datetime(2027, 1, 4, 15, 0, tzinfo=UTC)
NOON = datetime(2027, 1, 14, 12, 0, tzinfo=timezone(timedelta(hours=-5)))
VOICES: Voices = {"Salon bleu": ("111111111111111111", "voice"), "La Scène": ("222222222222222222", "stage")}
NAMES = {id: name for name, (id, _) in VOICES.items()}
PLAIN = Gathering("Dire non", NOON, NOON + timedelta(minutes=90), "Bibliothèque, local 3", "Apporte un souvenir.")


def echoed(sent: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """As Discord tells of it, once it stands there."""
    there = {"id": "5", "guild_id": "1", "creator_id": "9", "status": SCHEDULED, "user_count": 0} | sent | changes
    return there | {"scheduled_start_time": str(there["scheduled_start_time"]).replace("+00:00", ".000000+00:00")}


def test_a_place_in_town() -> None:
    sent = body(PLAIN, VOICES)
    assert sent == {
        "name": "Dire non", "privacy_level": 2, "entity_type": 3, "channel_id": None,
        "entity_metadata": {"location": "Bibliothèque, local 3"}, "description": "Apporte un souvenir.",
        "scheduled_start_time": "2027-01-14T17:00:00+00:00", "scheduled_end_time": "2027-01-14T18:30:00+00:00",
    }  # fmt: skip
    taken.event(sent, NOW)


@pytest.mark.parametrize(
    ("place", "name"),
    [
        ("Salon bleu", "Salon bleu"), ("#salon bleu", "Salon bleu"), (" #Salon Bleu ", "Salon bleu"),
        ("<#111111111111111111>", "Salon bleu"), ("la scène", "La Scène"),
        ("https://discord.com/channels/1/222222222222222222", "La Scène"),
        ("https://ptb.discord.com/channels/1/111111111111111111/5", "Salon bleu"),
    ],
)  # fmt: skip
def test_a_voice_or_stage_channel(place: str, name: str) -> None:
    id, kind = VOICES[name]
    sent = body(replace(PLAIN, place=place), VOICES)
    assert (sent["entity_type"], sent["channel_id"]) == (1 if kind == "stage" else 2, id)
    assert sent["entity_metadata"] is None
    assert sent["description"] == "Apporte un souvenir."
    taken.event(sent, NOW)
    back = read(echoed(sent), NAMES)
    assert back is not None
    assert back.place == f"#{name}"
    assert body(replace(PLAIN, place=back.place), VOICES) == sent


@pytest.mark.parametrize("place", ["Salon rouge", "#général", "<#333333333333333333>", "salon bleu 2", "#"])
def test_any_other_name_is_a_place_like_any_other(place: str) -> None:
    sent = body(replace(PLAIN, place=place), VOICES)
    assert (sent["entity_type"], sent["entity_metadata"]) == (3, {"location": place})


def test_no_place_yet() -> None:
    for place in ("", " \n", "\u200b"):
        sent = body(replace(PLAIN, place=place, about=""), VOICES)
        taken.event(sent, NOW)
        assert sent["entity_metadata"]["location"]
        assert sent["description"] is None
        back = read(echoed(sent), NAMES)
        assert back is not None
        assert back.place == ""


@pytest.mark.parametrize("words", ["Lieu à préciser", "Place to be announced"])
def test_no_place_yet_is_said_in_words_and_recognised(words: str) -> None:
    given = replace(PLAIN, place="", nowhere=words)
    sent = body(given, VOICES)
    taken.event(sent, NOW)
    assert sent["entity_metadata"] == {"location": words}
    assert sent["description"] == "Apporte un souvenir."
    assert read(echoed(sent), NAMES) == as_shown(given, VOICES)


def test_a_long_address_stands_whole_in_the_description() -> None:
    url = "https://zoom.example.org/j/123?pwd=" + "a" * 100
    sent = body(replace(PLAIN, place=url), VOICES)
    assert sent["entity_metadata"] == {"location": "zoom.example.org"}
    assert sent["description"] == f"<{url}>\n\nApporte un souvenir."
    town = "Rue de la Paix, " * 10
    sent = body(replace(PLAIN, place=town), VOICES)
    assert units(sent["entity_metadata"]["location"]) <= 100
    assert sent["description"].startswith(town.strip())
    taken.event(sent, NOW)


def test_cancelled() -> None:
    cancelled = replace(PLAIN, cancelled=True)
    assert body(cancelled, VOICES) == {"status": CANCELLED}
    assert body(cancelled, VOICES, status=ACTIVE) == {"status": COMPLETED}  # what began can only be ended
    taken.event_change(body(cancelled, VOICES), NOW)
    assert read(echoed(body(PLAIN, VOICES), status=CANCELLED), NAMES) == as_shown(cancelled, VOICES)
    over = read(echoed(body(PLAIN, VOICES), status=COMPLETED), NAMES)
    assert over is not None
    assert not over.cancelled


def test_changes_made_on_discord_are_seen() -> None:
    there = echoed(body(PLAIN, VOICES))
    ours = as_shown(PLAIN, VOICES)
    assert read(there, NAMES) == ours
    for changed in (
        {"name": "Dire oui"}, {"scheduled_start_time": "2027-01-14T17:15:00+00:00"},
        {"scheduled_end_time": "2027-01-14T19:00:00+00:00"}, {"entity_metadata": {"location": "ailleurs"}},
        {"status": CANCELLED}, {"channel_id": "111111111111111111", "entity_metadata": None},
        {"channel_id": "333333333333333333"},
    ):  # fmt: skip
        back = read(there | changed, NAMES)
        assert back is not None
        assert back != ours


def test_without_an_end_it_ends_as_it_begins() -> None:
    back = read(echoed(body(PLAIN, VOICES), scheduled_end_time=None), NAMES)
    assert back is not None
    assert back.ends == back.starts == NOON


@pytest.mark.parametrize(
    "data", [{}, {"scheduled_start_time": 3}, {"scheduled_start_time": "soon"}, {"scheduled_start_time": None}]
)
def test_what_is_no_gathering(data: dict[str, Any]) -> None:
    assert read(data, NAMES) is None


# Up to five years ahead, as Discord takes them.
INSTANTS = st.datetimes(datetime(2027, 1, 5), datetime(2031, 12, 1)).map(lambda at: at.replace(tzinfo=UTC))  # noqa: DTZ001
GATHERINGS = st.builds(
    Gathering,
    st.text(),
    INSTANTS,
    INSTANTS,
    st.text(max_size=150) | st.sampled_from([*VOICES, "<#111111111111111111>", "https://x.org/" + "a" * 120]),
    st.text() | st.text(max_size=20).map(lambda text: text * 100),
)


@settings(deadline=None)
@given(GATHERINGS)
def test_whatever_the_words_it_comes_back_as_it_was_shown(gathering: Gathering) -> None:
    sent = body(gathering, VOICES)
    taken.event(sent, NOW)
    assert read(echoed(sent), NAMES) == as_shown(gathering, VOICES)
    assert units(sent["description"] or "") <= 1000
    assert {kind for kind, _ in seen(sent["description"] or "").found} <= {"quiet-url"}
    sent["name"].encode()

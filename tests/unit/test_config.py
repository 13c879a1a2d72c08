"""Every mistake in the configuration is told in one sentence, in either language."""

import tomllib
from collections.abc import Iterator
from datetime import date, time
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel, ValidationError

from bot.chat.language import Language
from bot.config import CommunityConfig, Config, load
from bot.errors import EXIT_CONFIGURATION, OperatorProblem
from bot.first_mistake import first_mistake
from bot.model.settings import Settings
from bot.operator import words

LANGUAGES: tuple[Language, ...] = ("fr", "en")
EXAMPLE = (Path(__file__).parents[2] / "config.example.toml").read_text("utf-8")


def configured(folder: Path, *changes: tuple[str, str]) -> Path:
    text = EXAMPLE
    for old, new in changes:
        assert old in text, f"the example has no {old!r}"
        text = text.replace(old, new, 1)
    file = folder / "veillee.toml"
    file.write_text(text, "utf-8")
    return file


MISTAKES = [
    (("[matrix]", "[matrix"), "config-not-toml", "35"),
    (("zone = ", "zoen = "), "config-unknown-key-near", "zone"),
    (("prefix = ", "colour = "), "config-unknown-key", "colour"),
    (("[database]", "[datbase]"), "config-unknown-key-near", "database"),
    (("facilitator_level = 50", 'facilitator_level = "a lot"'), "config-number", "communities[1].facilitator_level"),
    (('zone = "America/Montreal"', 'zone = "Montreal"'), "config-zone", "America/Toronto"),
    (('access_token = "the account', '# access_token = "the account'), "config-token-missing", "ACCESS_TOKEN"),
    (('homeserver = "https://', 'homeserver = "matrix '), "config-address", "matrix.homeserver"),
    (('user_id = "@veillee:example.org"', 'user_id = "veillee"'), "config-account", "matrix.user_id"),
    (('slug = "tenir-le-fil"', ""), "config-key-missing", "slug"),
    (('slug = "tenir-le-fil"', 'slug = "Tenir le fil"'), "config-slug", "slug"),
    (('at = "09:00"', 'at = "25:00"'), "config-hour", "icebreakers.at"),
    (('at = "09:00"', 'at = "09:00+01:00"'), "config-hour", "icebreakers.at"),
    (('start = "21:00"', "start = 21"), "config-hour", "quiet_hours.start"),
    (('end = "08:00"', "end = 8.5"), "config-hour", "quiet_hours.end"),
    (('at = "10:00"', "at = 2027-01-04T10:00:00Z"), "config-hour", "pulse.at"),
    (("days = []", 'days = ["20 July"]'), "config-holiday", "20 July"),
    (("days = []", 'days = ["2026-12-20/2026-12-01"]'), "config-holiday-backwards", "2026-12-20/2026-12-01"),
    (("days = []", 'days = ["2026-12-20/9999-12-31"]'), "config-holiday-long", "2026-12-20/9999-12-31"),
    (("days = []", 'days = ["2026-01-01/2027-01-03"]'), "config-holiday-long", "2026-01-01/2027-01-03"),
    (("per_week = 3", "per_week = " + "9" * 5000), "config-not-toml", "veillee.toml"),
    (("per_week = 3", f"per_week = {10**300}"), "config-at-most", "21"),
    (("per_week = 3", "per_week = 2.5"), "config-number", "attention.per_week"),
    (("reminder_hours = 24", 'reminder_hours = "une journée"'), "config-number", "sessions.reminder_hours"),
    (("together_minutes = 5", "together_minutes = -1"), "config-at-least", "0"),
    (("[communities.pulse]\non = true", '[communities.pulse]\non = "parfois"'), "config-yes-or-no", "pulse.on"),
    (('day = "monday"', 'day = "lundi"'), "config-choice", '"monday", "tuesday"'),
    (('name = "Tenir le fil"', "name = 12"), "config-text", "communities[1].name"),
    (('prefix = "!veillee"', 'prefix = ""'), "config-too-short", "prefix"),
    (('prefix = "!veillee"', f'prefix = "{"v" * 21}"'), "config-too-long", "20"),
    (('country = ""', 'country = "Canada"'), "config-country", "holidays.country"),
    (('country = ""', 'country = "QC"'), "config-country", "holidays.country"),
    (('subdivision = ""', 'subdivision = "QC"'), "config-region-alone", "holidays.subdivision"),
    (('country = ""\nsubdivision = ""', 'country = "CA"\nsubdivision = "Laval"'), "config-region", "NB, NL"),
    (('country = ""\nsubdivision = ""', 'country = "LU"\nsubdivision = "X"'), "config-region-none", "subdivision"),
    (("days = [7, 2]", "days = 7"), "config-list", "stories.days"),
    (("[communities.pulse]", "[[communities.pulse]]"), "config-part", "[communities.pulse]"),
    (("\n[[communities]]\n", "\n[communities]\n"), "config-parts", "[[communities]]"),
    (('server = "123456789012345678"', "server = 123456789012345678"), "config-text", "discord.server"),
    (("# shard_count = 2", f"shard_count = {2**64}"), "config-at-most", "100000"),
    (("# shard_ids = [0]", "shard_ids = [0]"), "config-shards", "shard_count"),
    (('server = "123456789012345678"', 'server = "Le cercle"'), "config-discord-server", "123456789012345678"),
    (('# main = "salon"', 'main = " salon"'), "config-discord-name", "100"),
    (('space = "#', 'space = "'), "config-room", "matrix.space"),
    (('homeserver = "https://', 'homeserver = "https://a..'), "config-address", "matrix.homeserver"),
    (("matrix.example.org", "matrix.example.org:99999"), "config-address", "matrix.homeserver"),
    (("matrix.example.org", "[::1"), "config-address", "matrix.homeserver"),
    (('# api = "https://discord.com', 'api = "https://a..b'), "config-address", "discord.api"),
    (("the account's access token", "canary\\n"), "config-token", "matrix.access_token"),
    (("the bot's token", "cana\\rry"), "config-token", "discord.token"),
    (('# listen = "127.0.0.1:9464"', 'listen = ".:9464"'), "config-listen", "operating.listen"),
    (('file = "veillee.db"', 'file = "."'), "config-database-file", "[database]"),
    (('file = "veillee.db"', 'file = "/"'), "config-database-file", "[database]"),
    (('file = "veillee.db"', 'file = ":memory:"'), "config-database-file", "[database]"),
    (('file = "veillee.db"', r'file = "a\u0000.db"'), "config-database-file", "[database]"),
    (("days = [7, 2]", "days = [7, -2]"), "config-at-least", "stories.days[2]"),
    (('language = "en"', 'language = "de"'), "config-choice", '"fr", "en"'),
]


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize(("change", "id", "said"), MISTAKES, ids=[m[0][1][:30] for m in MISTAKES])
def test_a_mistake_is_one_sentence(
    tmp_path: Path, change: tuple[str, str], id: str, said: str, language: str
) -> None:
    with pytest.raises(OperatorProblem) as problem:
        load(configured(tmp_path, change))
    assert problem.value.id == id
    assert problem.value.exit_code == EXIT_CONFIGURATION
    sentence = words(id, spoken="fr" if language == "fr" else "en", **problem.value.variables)
    assert said in sentence
    assert "\n" not in sentence
    assert "the account's access token" not in sentence
    assert "cana" not in sentence


# Of every kind that TOML knows; none suits every key.
VALUES = [True, 3, -1, 10**9, 1.5, "", "x y", [], ["x y"], {}, {"x": 1}, date(2027, 1, 4), time(9), [{"x": 1}]]


def _with_each_value(part: Any) -> Iterator[None]:
    """Puts each value, one after the other, in each place."""
    for key in list(part if isinstance(part, dict) else range(len(part))):
        kept = part[key]
        for part[key] in VALUES:
            yield
        part[key] = kept
        if isinstance(kept, dict | list):
            yield from _with_each_value(kept)


def test_no_value_is_answered_in_the_words_of_a_library() -> None:
    """Whatever stands wherever: one of our sentences, made for that kind of value."""
    told: dict[str, OperatorProblem] = {}
    written = tomllib.loads(EXAMPLE)
    for _ in _with_each_value(written):
        try:
            Config(**written)
        except ValidationError as problem:
            mistake = first_mistake(problem, Path("veillee.toml"), Config)
            told[mistake.id] = mistake
    assert len(told) > 20
    assert "config-wrong-value" not in told
    for id, mistake in told.items():
        for spoken in LANGUAGES:
            assert "veillee.toml" in words(id, spoken=spoken, **mistake.variables)


def test_what_nobody_foresaw_is_a_sentence_all_the_same() -> None:
    class Odd(BaseModel):
        length: float

    with pytest.raises(ValidationError) as problem:
        Odd(length="long")  # type: ignore[arg-type]
    found = first_mistake(problem.value, Path("veillee.toml"), Odd)
    assert found.id == "config-wrong-value"
    assert "length" in words(found.id, spoken="fr", **found.variables)


def test_hours_and_days_as_people_write_them(tmp_path: Path) -> None:
    days = ("days = []", 'days = ["2027-07-20", "2026-01-01/2027-01-02"]')
    shown = load(configured(tmp_path, ('start = "21:00"', "start = 22:30:00"), days)).communities[0]
    assert (shown.quiet_hours.start, shown.quiet_hours.end) == (time(22, 30), time(8))
    assert len(shown.holidays.days) == 2


def test_what_was_let_through_once_is_still_read_where_it_is_kept() -> None:
    """A configuration that was mended replaces it, which is read before."""
    kept = Settings(name="C").model_dump_json().replace('"21:00:00"', '"00:00:21Z"')
    kept = kept.replace('"days":[]', '"days":["2026-12-20/9999-12-31"]')
    read = Settings.model_validate_json(kept)
    assert read.quiet_hours.start == time(0, 0, 21)
    assert read.holidays.days == ("2026-12-20/9999-12-31",)


def test_two_communities_of_one_slug_are_refused(tmp_path: Path) -> None:
    block = EXAMPLE[EXAMPLE.index("\n[[communities]]") :]
    file = tmp_path / "veillee.toml"
    file.write_text(EXAMPLE + "\n" + block, "utf-8")
    with pytest.raises(OperatorProblem, match="config-slug-twice") as problem:
        load(file)
    assert problem.value.variables["slugs"] == "tenir-le-fil"


@pytest.mark.parametrize(
    ("content", "id"),
    [(b"\xff\xfe\x00", "config-not-text"), (b"= = =", "config-not-toml"), (b"", "config-key-missing")],
)
def test_a_file_that_is_no_configuration(tmp_path: Path, content: bytes, id: str) -> None:
    file = tmp_path / "veillee.toml"
    file.write_bytes(content)
    with pytest.raises(OperatorProblem, match=id):
        load(file)


def test_no_file(tmp_path: Path) -> None:
    with pytest.raises(OperatorProblem, match="config-missing"):
        load(tmp_path / "none.toml")


def test_the_environment_has_the_last_word(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VEILLEE_MATRIX__ACCESS_TOKEN", "from the environment")
    config = load(configured(tmp_path))
    assert config.matrix is not None
    assert config.matrix.access_token is not None
    assert config.matrix.access_token.get_secret_value() == "from the environment"


def test_what_the_environment_says_otherwise_than_it_can_be_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VEILLEE_DATABASE", '{"url": "postgresql://a:s3cret@b/c')
    with pytest.raises(OperatorProblem, match="config-environment") as problem:
        load(configured(tmp_path))
    for spoken in ("fr", "en"):
        said = words("config-environment", spoken=spoken, **problem.value.variables)
        assert said.startswith("VEILLEE_DATABASE,")
        assert "s3cret" not in said


def test_secrets_are_masked(tmp_path: Path) -> None:
    config = load(configured(tmp_path, ("the account's access token", "s3cret")))
    assert "s3cret" not in repr(config)
    assert "s3cret" not in str(config.model_dump())


def test_the_example_shows_every_setting() -> None:
    """A setting that is not in the example cannot be found by whoever runs Veillée."""
    for name in Config.model_fields:
        assert f"[{name}]" in EXAMPLE or f"[[{name}]]" in EXAMPLE or f"{name} = " in EXAMPLE, name
    for name, field in CommunityConfig.model_fields.items():
        section = f"[communities.{name}]"
        assert section in EXAMPLE or f"{name} = " in EXAMPLE, name
        inner = getattr(field.annotation, "model_fields", {})
        body = EXAMPLE.partition(section)[2].partition("\n[")[0]
        for key in inner:
            assert f"{key} = " in body, f"{name}.{key}"


def test_the_example_shows_the_defaults() -> None:
    """What the example says of a value left out must be true."""
    shown = load(Path(__file__).parents[2] / "config.example.toml").communities[0]
    for name in ("quiet_hours", "welcome", "icebreakers", "sessions", "stories", "pulse", "facilitator_level"):
        assert getattr(shown, name) == CommunityConfig.model_fields[name].default, name


APPROVAL = ("approval = false", "approval = true")
NOBODY = ('facilitators = ["@ana:example.org"]', "facilitators = []")


@pytest.mark.parametrize("language", ["fr", "en"])
def test_who_waits_must_have_someone_to_wait_for(tmp_path: Path, language: str) -> None:
    with pytest.raises(OperatorProblem, match="config-no-office") as problem:
        load(configured(tmp_path, APPROVAL, NOBODY))
    sentence = words("config-no-office", spoken="fr" if language == "fr" else "en", **problem.value.variables)
    assert "tenir-le-fil" in sentence
    assert "office" in sentence


@pytest.mark.parametrize("office", ['office = "#animation:example.org"', 'office = "animation"'])
def test_an_office_or_a_name_is_enough(tmp_path: Path, office: str) -> None:
    assert load(configured(tmp_path, APPROVAL)).communities[0].welcome.approval
    assert load(configured(tmp_path, APPROVAL, NOBODY, (f"# {office}", office))).communities[0].welcome.approval

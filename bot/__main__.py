"""The command line."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

cli = typer.Typer(
    name="veillee",
    help="Veillée, a facilitator’s assistant for communities of practice.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

# Whether it can be read, the command finds out: it says so in the language of whoever asked, and typer only in English.
ConfigFile = Annotated[Path, typer.Option("--config", readable=False, help="The configuration.")]
Folder = Annotated[Path, typer.Option(readable=False, help="The folder to write into.")]
DEFAULT = Path("veillee.toml")


@cli.command()
def init(config: ConfigFile = DEFAULT) -> None:
    """Write a configuration to start from, every line explained."""
    from bot.cli.init import init as do

    do(config)


@cli.command()
def check(
    config: ConfigFile = DEFAULT,
    as_json: Annotated[bool, typer.Option("--json", help="For a program to read.")] = False,
) -> None:
    """Look at everything, and say in words what is missing. Nothing is changed."""
    from bot.cli.check import check as do

    do(config, as_json)


@cli.command()
def health(config: ConfigFile = DEFAULT) -> None:
    """Ask the Veillée that runs on this machine whether it is well."""
    from bot.cli.health import health as do

    do(config)


@cli.command()
def run(
    config: ConfigFile = DEFAULT,
    json_log: Annotated[bool, typer.Option("--json-log", help="One JSON object a line.")] = False,
) -> None:
    """Serve the communities, until stopped."""
    from bot.cli.run import run as do

    do(config, json_log)


@cli.command()
def rehearse(
    season: Annotated[Path | None, typer.Argument(readable=False, help="A season; left out, the example.")] = None,
    seed: Annotated[int, typer.Option(help="The same seed gives the same season.")] = 1,
    lang: Annotated[str | None, typer.Option(help="fr or en.")] = None,
    out: Folder = Path("rehearsal"),
    weeks: Annotated[int | None, typer.Option(help="How many weeks to play.")] = None,
    demo: Annotated[bool, typer.Option("--demo", help="Show it as it happens.")] = False,
) -> None:
    """Play a whole season on a virtual clock, with simulated members. No account, no network."""
    from bot.cli.rehearse import rehearse as do

    do(season, seed, lang, out, weeks, demo)


@cli.command()
def report(
    community: Annotated[str | None, typer.Argument(help="Its slug; may be left out if there is one.")] = None,
    config: ConfigFile = DEFAULT,
    since: Annotated[str | None, typer.Option("--from", help="First day, as 2027-01-04.")] = None,
    until: Annotated[str | None, typer.Option("--to", help="Last day, as 2027-03-01.")] = None,
    out: Folder = Path("report"),
    lang: Annotated[str | None, typer.Option(help="fr or en; left out, the community’s.")] = None,
    stories: Annotated[bool, typer.Option(help="With the stories told to the community.")] = True,
    names: Annotated[bool, typer.Option(help="With the names their authors signed with.")] = True,
) -> None:
    """Write the evaluation: report.html, report.json, activity.csv, calendar.ics."""
    from bot.cli.report import report as do

    do(config, community, since, until, out, lang, stories, names)


@cli.command()
def migrate(config: ConfigFile = DEFAULT) -> None:
    """Bring the database to this version. `run` does so by itself."""
    from bot.cli.run import migrate as do

    do(config)


@cli.command()
def backup(
    config: ConfigFile = DEFAULT,
    out: Folder = Path("backups"),
    keep: Annotated[int, typer.Option(min=0, help="How many to keep there; 0 for all.")] = 0,
) -> None:
    """Copy all that is kept into one file, while Veillée runs."""
    from bot.cli.backup import backup as do

    do(config, out, keep)


@cli.command()
def restore(
    file: Annotated[Path, typer.Argument(readable=False, help="What `backup` wrote.")], config: ConfigFile = DEFAULT
) -> None:
    """Put a backup back, where there is no database any more."""
    from bot.cli.backup import restore as do

    do(config, file)


@cli.command()
def copy(
    source: Annotated[str | None, typer.Option("--from", help="A configuration, a file or an address.")] = None,
    target: Annotated[str | None, typer.Option("--to", help="The same. It must be empty.")] = None,
    config: ConfigFile = DEFAULT,
) -> None:
    """Copy all that is kept from a file into PostgreSQL, or back, and compare every row."""
    from bot.cli.copy import copy as do

    do(config, source, target)


matrix = typer.Typer(help="Encrypted rooms on Matrix.", no_args_is_help=True)
cli.add_typer(matrix, name="matrix")


@matrix.command()
def verify(config: ConfigFile = DEFAULT) -> None:
    """Show the device, and how to compare it in another client."""
    from bot.cli.matrix import verify as do

    do(config)


@matrix.command()
def identity(config: ConfigFile = DEFAULT) -> None:
    """Give the account the identity kept here. Needed only where `check` says so."""
    from bot.cli.matrix import identity as do

    do(config)


def main() -> None:
    from bot.operator import one_line

    with one_line():
        cli()


if __name__ == "__main__":
    main()

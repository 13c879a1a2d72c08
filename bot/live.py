"""Composition for real communities: the configuration's platforms, the real clock, the database file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.app import FEATURES, App
from bot.config import Config
from bot.leading import share
from bot.ports import ChatPlatform
from bot.tally import Tally

if TYPE_CHECKING:
    from storage.lead import Lead


def live(config: Config, tally: Tally | None = None, *, lead: Lead | None = None) -> App:
    from scheduler.clock import RealClock
    from storage.attachments import AttachmentFolder
    from storage.seals import FileSeals
    from storage.store import SqlStore

    clock = RealClock()
    platforms: list[ChatPlatform] = []
    if config.matrix:
        from adapters.matrix.client import MatrixPlatform

        named = {f for c in config.communities for f in c.facilitators}
        platforms.append(
            MatrixPlatform(
                config.matrix,
                config.on_matrix,
                clock=clock,
                may_invite=lambda inviter, _room: inviter in named,
                keys=config.database.keys,
                guard=lead,
            )
        )
    discord = None
    if config.discord:
        from adapters.discord.client import DiscordPlatform
        from bot.shapes import shapes

        # Discord knows one wording of a command for all servers: "vous" where every community says so.
        addresses = {community.address for community in config.communities}
        commands = shapes(FEATURES, "vous" if addresses == {"vous"} else "tu")
        discord = DiscordPlatform(config.discord, config.on_discord, clock=clock, commands=commands, guard=lead)
        platforms.append(discord)
    app = App(
        store=SqlStore(config.database.store, lead.line if lead else None),
        clock=clock,
        seals=FileSeals(config.database.seals),
        copies=AttachmentFolder(config.database.copies),
        platforms=platforms,
        tally=tally,
        share=share(config),
    )
    if discord:
        discord.suggest_by(app.suggestions)
    return app

"""Pictures of Veillée on Discord, in French and in English: `python -m tests.pictures OUT`.

What is said comes from the whole product, played on a Discord of our own; how it looks, from simcord's preview and a
Chromium that is there already (CHROMIUM=/usr/bin/chromium). Nothing is asked of the network.

Besides the project and its development tools, in an environment of its own: pip install simcord[screenshot].
With names (`session`, `story`…), only those are drawn.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.pictures.drawing import drawn
from tests.pictures.season import played
from tests.pictures.words import ENGLISH, FRENCH

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"]


async def main(out: Path, names: list[str]) -> None:
    from playwright.async_api import async_playwright  # type: ignore[import-not-found,unused-ignore]

    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        for words in (FRENCH, ENGLISH):
            with TemporaryDirectory() as folder:
                moments = await played(words, Path(folder))
            for moment in moments:
                if names and moment.name not in names:
                    continue
                file = out / f"discord-{moment.name}-{words.language}.png"
                file.write_bytes(await drawn(moment, words, browser))
                sys.stdout.write(f"{file} ({file.stat().st_size // 1000} kB)\n")
        await browser.close()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m tests.pictures", description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("names", nargs="*")
    asked = parser.parse_args()
    asked.out.mkdir(parents=True, exist_ok=True)
    asyncio.run(main(asked.out, asked.names))

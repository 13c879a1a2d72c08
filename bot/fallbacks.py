"""What is said instead where a room lacks something. The only place where that is decided."""

from __future__ import annotations

from bot.chat.capabilities import Capabilities, Level
from bot.chat.content import Block, Bullets, Choice, Choices, File, Message, Paragraph, Text
from bot.chat.language import Language
from bot.text import folded

NUMBERS = ("1️⃣", "2️⃣", "3️⃣", "4️⃣", "5️⃣", "6️⃣", "7️⃣", "8️⃣", "9️⃣", "🔟")
# Worded so that they suit tu and vous alike: nothing here knows which the community chose.
_HINT = {
    "fr": "Un clic sous ce message suffit, ou le numéro en réponse.",
    "en": "One click below this message is enough, or type the number.",
}
_HINT_WORDS = {
    "fr": "Le numéro en réponse suffit. Ici les mots sont chiffrés, et un clic ne le serait pas.",
    "en": "Type the number, and that is enough. Here words are encrypted, and a click would not be.",
}
_HINT_ROOM = {"fr": "Un clic sous ce message suffit.", "en": "One click below this message is enough."}

_FILE_GONE = {
    "fr": "Il y avait ici un enregistrement. Il n’est plus là où il avait été envoyé.",
    "en": "There was a recording here. It is no longer where it was sent.",
}

CALENDAR = "text/calendar"


def sign(position: int, choice: Choice) -> str:
    """The reaction that stands for a choice."""
    return choice.emoji or NUMBERS[position]


def fit(message: Message, room: Capabilities, language: Language, *, direct: bool) -> Message:
    """The message as this room can carry it."""
    blocks: list[Block] = []
    for block in message.blocks:
        if isinstance(block, Choices) and room.buttons is not Level.NATIVE:
            shown = message.choices
            blocks.append(
                Bullets(tuple((Text(f"{sign(shown.index(c), c)} {c.label}"),) for c in block.choices))
            )
            hint = _HINT_WORDS if direct and by_words(block, room) else _HINT if direct else _HINT_ROOM
            blocks.append(Paragraph((Text(hint[language]),)))
        elif isinstance(block, File) and not block.uri and not block.data:
            blocks.append(Paragraph((Text(_FILE_GONE[language]),)))
        elif isinstance(block, File) and (room.files is Level.NONE or _stands_there(block, room, direct)):
            continue
        else:
            blocks.append(block)
    return Message(tuple(blocks))


def by_words(choices: Choices, room: Capabilities) -> bool:
    """It is not to be clicked there. Whoever does so all the same is understood."""
    return choices.unseen and room.clicks_in_clear


def _stands_there(file: File, room: Capabilities, direct: bool) -> bool:
    """A session that stands in the platform's own calendar is not posted as a file besides. Who asks for it has it."""
    return not direct and file.mime == CALENDAR and room.gatherings is Level.NATIVE


def chosen(choices: tuple[Choice, ...], *, emoji: str = "", typed: str = "") -> Choice | None:
    """Which choice a reaction or a typed answer stands for."""
    for position, choice in enumerate(choices):
        # Clients add or drop the variation selector of an emoji as they like.
        if emoji and _bare(emoji) in {_bare(s) for s in (sign(position, choice), *NUMBERS[position : position + 1])}:
            return choice
        if typed and folded(typed).rstrip(".") in {str(position + 1), folded(choice.label)}:
            return choice
    return None


def _bare(emoji: str) -> str:
    return emoji.replace("\ufe0f", "").replace("\ufe0e", "")

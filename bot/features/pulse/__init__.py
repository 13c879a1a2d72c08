"""The pulse: one question, one click, an optional sentence; nothing leads from an answer to a person.

Each answer lies sealed, of one size with all others, sentences included, under an id drawn at random. Its
key lies in a file outside the database and its backups. When the pulse closes, what remains are counts and
sentences, from five answers up; the sealed rows are deleted and the key is destroyed. Below five, nothing
is shown and nothing kept.

What can be inferred from the database, its journal, the log and any backups, alone or together: who took
part, and, once closed, how many chose each step. Where all answers are of one step, or of two, that is each
one's answer, or one of the two. A sentence may be known by its style: the member is told beforehand who
will read it.

Until the close, whoever holds the keys as well, and copies of the database from before and after one
answer, can read that answer. What was clicked or typed stands in the conversation, on the platform, until
it is taken back there.
"""

from bot.features.pulse import answering, asking, closing, commands
from bot.features.pulse.declaration import feature

__all__ = ["answering", "asking", "closing", "commands", "feature"]

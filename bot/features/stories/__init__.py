"""Stories of experience: asked for ahead of a session, told in private, shared at its hour.

What can be inferred of who told a story without a name, from the database, its journal, the log and any
backups, alone or together: it was one of the members who answered and whose name is on no story of that
session. Members who pass, or keep nothing, are among them and leave the same rows. Where only one member
answered in that way, they are its author; and one who wrote to Veillée more often than it takes to pass is
more likely to be.

Until the session's hour, whoever holds the keys as well as the database can read what waits; afterwards the
words are in the thread, and the key is gone. The conversation itself lies on the platform, and what is kept
there is not ours. A voice is known to who knows it. The member is told both before choosing.
"""

from bot.features.stories import asking, attached, commands, deciding, sharing, telling, uniting
from bot.features.stories.declaration import feature

__all__ = ["asking", "attached", "commands", "deciding", "feature", "sharing", "telling", "uniting"]

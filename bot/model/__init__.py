"""The words of the field, as plain data. Nothing here knows a platform or a database.

The classes are mutable and compared by identity: a unit of work hands them out, and keeps what was changed.
Every instant is aware and in UTC. An `id` of 0 means "not yet kept".
"""

"""A platform that exists only in memory, and the members who people it: no account, no network."""

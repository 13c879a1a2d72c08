"""A real PostgreSQL for the tests, run as the same user as they are, or as nobody where that is root."""

"""A real homeserver, independent members and a faulty network, for tests that must not trust a simulation."""

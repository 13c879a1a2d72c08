"""Matrix: plain rooms over the client-server API."""

"""Members who speak in encrypted rooms, by a client that is not ours and shares no library with ours."""

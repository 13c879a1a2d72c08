"""The language in which every platform and the core speak: events in, actions out, messages as blocks."""

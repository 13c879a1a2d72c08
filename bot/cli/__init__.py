"""The command line: one module a command. Whatever is heavy is imported where it is used."""

"""What is told to the user, and what stops the program with one line."""

from __future__ import annotations

from typing import Any


class Problem(Exception):
    """Something the person can mend. `id` is a Fluent message of theirs, which says what to do next."""

    def __init__(self, id: str, **variables: Any) -> None:
        super().__init__(id)
        self.id = id
        self.variables = variables


class OperatorProblem(Exception):
    """Something whoever runs Veillée can mend: `id` is a Fluent message, one clear sentence."""

    def __init__(self, id: str, exit_code: int, **variables: Any) -> None:
        super().__init__(id)
        self.id = id
        self.exit_code = exit_code
        self.variables = variables


# 1 is a mistake of ours. docs/commands.md says the same to whoever runs Veillée.
EXIT_CONFIGURATION = 2
EXIT_PLATFORM = 3
EXIT_DATABASE = 4
EXIT_DISK = 5
EXIT_TIME = 6
EXIT_UNWELL = 7

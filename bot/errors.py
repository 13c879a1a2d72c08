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
    """Something whoever runs Veillée can mend: one clear sentence, and the exit code that goes with it."""

    def __init__(self, sentence: str, exit_code: int) -> None:
        super().__init__(sentence)
        self.exit_code = exit_code


EXIT_CONFIGURATION = 2
EXIT_PLATFORM = 3
EXIT_DATABASE = 4
EXIT_DISK = 5

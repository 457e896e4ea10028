"""What the user can put right: raised anywhere, caught once at the door."""


class DutyListError(Exception):
    """The surroundings do not allow the work: no library, no such revision, a folder that cannot be written.

    `message` is one Chinese line, `hint` the next step. A fault *in the data* is never raised: it is a `Finding`.
    """

    exit_code = 3

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class UsageError(DutyListError):
    """The command was asked for something it does not do (exit code 2)."""

    exit_code = 2
